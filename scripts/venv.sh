#!/bin/sh
# Builds or brings up to date .venv from a lock file, then installs the project itself, editable.
#   scripts/venv.sh requirements.lock        what the tool needs
#   scripts/venv.sh requirements-dev.lock    and what its tests need
# uv where it is installed, else venv + pip. PYTHON=/path/to/python3.12 picks the interpreter.
set -eu
cd "$(dirname "$0")/.."
lock=$1
usable='import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 15))'

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c "$usable" 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

# A virtual environment dies with the interpreter it was made from, and its scripts when its folder is moved.
alive() {
    .venv/bin/python -c "$usable" 2>/dev/null || return 1
    [ ! -e .venv/where ] || [ "$(cat .venv/where)" = "$(pwd -P)" ]
}

if ! alive; then
    python=$(find_python)
    rm -rf .venv
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --python "${python:->=3.11,<3.15}" .venv
    elif [ -z "$python" ]; then
        echo "需要 Python 3.11–3.14，本机未找到。 Python 3.11 to 3.14 is needed and was not found." >&2
        exit 2
    elif ! "$python" -m venv .venv; then
        rm -rf .venv
        echo "无法建立虚拟环境；Debian/Ubuntu 请先安装 python3-venv。 Install python3-venv first." >&2
        exit 2
    fi
fi

if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
    uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
else
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip --upgrade >/dev/null
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
printf '%s' "$(pwd -P)" >.venv/where
