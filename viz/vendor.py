"""Third-party files of the pages, pinned by hash: refetch or verify them with `python -m viz.vendor [--check]`.

`vendor/VENDOR.json` names each package, its version, the tarball with its sha256, and every file taken with its own.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import sys
import tarfile
import urllib.request
from importlib.resources import files
from pathlib import Path
from typing import Any

_HERE = Path(str(files("viz"))) / "vendor"
_INJECTOR = re.compile(r"function (\w+)\(\w+,\w+\)\{[^{}]*\{\}[^{}]*\{[^{}]*createElement\(\"style\"\)")
_LITERAL = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""


def packages() -> list[dict[str, Any]]:
    """`VENDOR.json`: of each package its name, version, licence, tarball, sha256 and files."""
    loaded: list[dict[str, Any]] = json.loads((_HERE / "VENDOR.json").read_text(encoding="utf-8"))["packages"]
    return loaded


def package(name: str) -> dict[str, Any]:
    """One package of the manifest."""
    return next(known for known in packages() if known["package"] == name)


def pinned() -> dict[str, str]:
    """File -> the sha256 it must have."""
    return {name: entry["sha256"] for known in packages() for name, entry in known["files"].items()}


def text(name: str) -> str:
    """A vendored file; refused when it is not the one pinned."""
    raw = (_HERE / name).read_bytes()
    if hashlib.sha256(raw).hexdigest() != pinned()[name]:
        raise ValueError(f"{name}: sha256 differs from vendor/VENDOR.json; run python -m viz.vendor")
    return raw.decode("utf-8")


def csp_hash(source: str) -> str:
    """The Content-Security-Policy source that allows exactly this inline script or style."""
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def injected_styles(script: str) -> tuple[str, ...]:
    """The style sheets a bundled script adds to the page by itself, in order."""
    found = _INJECTOR.search(script)
    if found is None:
        return ()
    calls = re.findall(rf"(?<![\w$.]){re.escape(found[1])}\({_LITERAL}\)", script)
    return tuple(json.loads(_as_json(literal)) for literal in calls if "{" in literal)


def _as_json(literal: str) -> str:
    if literal[0] == '"':
        return literal
    return '"' + literal[1:-1].replace("\\'", "'").replace('"', '\\"') + '"'


def check() -> list[str]:
    """Names of vendored files that are missing or not the pinned ones."""
    return [name for name, wanted in pinned().items() if _digest(_HERE / name) != wanted]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def fetch() -> None:
    """Download the pinned tarballs, verify them, and write the files they hold for us."""
    for wanted in packages():
        _fetch(wanted)


def _fetch(wanted: dict[str, Any]) -> None:
    with urllib.request.urlopen(wanted["tarball"], timeout=60) as answer:
        raw = answer.read()
    if hashlib.sha256(raw).hexdigest() != wanted["sha256"]:
        raise ValueError(f"{wanted['tarball']}: sha256 differs from vendor/VENDOR.json")
    with tarfile.open(fileobj=io.BytesIO(raw)) as tar:
        for name, entry in wanted["files"].items():
            member = tar.extractfile(entry["path"])
            if member is None:
                raise ValueError(f"{entry['path']}: not in {wanted['tarball']}")
            (_HERE / name).write_bytes(member.read())


def main(arguments: list[str]) -> int:
    """`--check` verifies only; otherwise fetch, then verify. 0 when every file is the pinned one."""
    if "--check" not in arguments:
        fetch()
    wrong = check()
    print("vendored files: " + ("as pinned" if not wrong else "wrong: " + ", ".join(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
