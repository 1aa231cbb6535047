"""Packs an offline install: wheels for every chosen Python and machine, lock, checksums, installer.

    python scripts/bundle.py --pythons 3.11 3.12 --machines x86_64 aarch64

Writes `dist/xinmai-VERSION-offline.tar` (not compressed: wheels are); equal wheels give equal bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build" / "bundle"
LOCK = ROOT / "requirements.lock"
OFFLINE = ROOT / "scripts" / "offline"  # what goes beside the wheels
GLIBC = (34, 28, 27, 26, 24, 17, 12, 5)  # newest first: the store's wheel asks for 2.34
OLD_NAMES = ("manylinux2014", "manylinux2010", "manylinux1")


def main(arguments: Sequence[str] | None = None) -> Path:
    """Build the archive and return its path."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pythons", nargs="+", default=["3.11", "3.12", "3.13"], metavar="3.11")
    parser.add_argument("--machines", nargs="+", default=["x86_64", "aarch64"], metavar="x86_64")
    chosen = parser.parse_args(arguments)
    shutil.rmtree(BUILD, ignore_errors=True)
    wheels = BUILD / "wheels"
    wheels.mkdir(parents=True)
    for machine in chosen.machines:
        for python in chosen.pythons:
            _download(python, machine, wheels)
    _run("hatchling", "build", "--target", "wheel", "--directory", str(wheels))
    archive = _pack(_version())
    count, size = len(list(wheels.iterdir())), archive.stat().st_size / 1e6
    print(f"{archive.relative_to(ROOT)}: {count} wheels, {size:.0f} MB")
    return archive


def pinned(lock: str, environment: Mapping[str, str]) -> Iterator[str]:
    """The lock's entries that hold in one environment, hashes kept, markers gone.

    pip judges markers by the Python it runs on, not by the one it downloads for: so they are judged here.
    """
    for line in lock.replace("\\\n", " ").splitlines():
        entry, _, hashes = line.strip().partition(" --hash=")
        if not entry or entry.startswith("#"):
            continue
        wanted = Requirement(entry)
        if wanted.marker is None or wanted.marker.evaluate(dict(environment)):
            yield f"{wanted.name}{wanted.specifier} --hash={hashes}"


def _download(python: str, machine: str, into: Path) -> None:
    lock = BUILD / f"{python}-{machine}.lock"
    environment = _environment(python, machine)
    lock.write_text("\n".join(pinned(LOCK.read_text(encoding="utf-8"), environment)) + "\n", encoding="utf-8")
    names = [f"manylinux_2_{minor}_{machine}" for minor in GLIBC] + [f"{old}_{machine}" for old in OLD_NAMES]
    tags = [word for name in names for word in ("--platform", name)]
    for abi in (f"cp{python.replace('.', '')}", "abi3", "none"):
        tags += ["--abi", abi]
    _run(
        *("pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"),
        *("--implementation", "cp", "--python-version", python, *tags),
        *("--require-hashes", "--requirement", str(lock), "--dest", str(into)),
    )


def _environment(python: str, machine: str) -> dict[str, str]:
    return {
        "implementation_name": "cpython",
        "os_name": "posix",
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "platform_system": "Linux",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "linux",
    }


def _pack(version: str) -> Path:
    """Gather files, sum them, and write the archive in a fixed order with fixed times and owners."""
    top = f"xinmai-{version}-offline"
    sums = BUILD / "SHA256SUMS"
    files = {f"wheels/{wheel.name}": wheel for wheel in (BUILD / "wheels").iterdir()}
    files |= {path.name: path for path in (LOCK, ROOT / "LICENSE", *OFFLINE.iterdir())}
    sums.write_text("".join(f"{_sha256(files[name])}  {name}\n" for name in sorted(files)), encoding="utf-8")
    archive = ROOT / "dist" / f"{top}.tar"
    archive.parent.mkdir(exist_ok=True)
    with tarfile.open(archive, "w") as tar:
        for name, path in [("SHA256SUMS", sums), *sorted(files.items())]:
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size, entry.mode = path.stat().st_size, 0o755 if name.endswith(".sh") else 0o644
            with path.open("rb") as content:
                tar.addfile(entry, content)
    return archive


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def _run(*module: str) -> None:
    subprocess.run([sys.executable, "-m", *module], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
