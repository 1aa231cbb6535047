#!/bin/sh
# 离线安装：./install.sh [目录]（默认 ./xinmai）。 Installs without a network: ./install.sh [FOLDER] (default ./xinmai).
# PYTHON=/path/to/python3.12 picks the interpreter. Nothing outside FOLDER is touched.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-xinmai}

fail() {
    echo "$1" >&2
    exit 2
}

if command -v sha256sum >/dev/null 2>&1; then check="sha256sum -c"; else check="shasum -a 256 -c"; fi
echo "校验文件… Checking files…"
(cd "$here" && $check SHA256SUMS >/dev/null) || fail "校验失败：安装包不完整或被改动。 A checksum does not match: damaged or altered."

# The store's wheel is made for one Python version: take an interpreter the archive has it for.
usable() {
    tag=$("$1" -c 'import sys; print("cp%d%d" % sys.version_info[:2])' 2>/dev/null) || return 1
    ls "$here"/wheels/arcadedb_embedded-*-"$tag"-*_"$(uname -m)".whl >/dev/null 2>&1
}
python=""
for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null 2>&1 && usable "$name"; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    ls "$here"/wheels/arcadedb_embedded-* | sed 's/.*-cp3\([0-9]*\)-manylinux_[0-9_]*_\(.*\)\.whl/  Python 3.\1, Linux \2/' >&2
    fail "本机没有上列版本的 Python（或处理器不符）。 None of these was found on this $(uname -m) machine."
fi

# glibc 2.34 or later: what the store's own Java is built for.
glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/glibc //') || glibc=""
case $glibc in
    2.[0-9] | 2.[0-2][0-9] | 2.3[0-3]) fail "需要 glibc 2.34 以上，本机为 $glibc。 glibc 2.34 or later is needed; this is $glibc." ;;
    "") fail "需要 glibc（非 musl）的 Linux。 A Linux with glibc is needed." ;;
esac

[ ! -e "$target" ] || [ -e "$target/pyvenv.cfg" ] || fail "$target 已存在且不是本工具的目录。 $target exists and is not ours."
echo "安装到 $target … Installing into $target …"
"$python" -m venv --clear --without-pip "$target"
# pip runs from its own wheel: a system Python may have none. No index, no configuration, no cache of this machine.
PYTHONPATH=$(ls "$here"/wheels/pip-*.whl)
export PYTHONPATH PIP_CONFIG_FILE=/dev/null PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
unset PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_FIND_LINKS
pip_install() { "$target/bin/python" -m pip install --quiet --no-index --find-links "$here/wheels" "$@"; }
pip_install --require-hashes --requirement "$here/requirements.lock"
pip_install --no-deps "$here"/wheels/xinmai-*.whl
unset PYTHONPATH
"$target/bin/xinmai" --help >/dev/null
echo "完成：$target/bin/xinmai --help。 Done."
