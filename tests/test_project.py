"""What holds for the repository as a whole: what is committed, wheel, locks, bundle, containers, docs."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.bundle import pinned

ROOT = Path(__file__).parent.parent
PACKAGES = ("graph", "loaders", "queries", "viz", "api")


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listing.returncode != 0:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in listing.stdout.decode().split("\0") if name]
    return [path for path in paths if path.exists()]


def test_no_input_data_is_committed() -> None:
    never = re.compile(
        r"cn_listed|cn_register|cn_sanctions|(company_basic|shareholder|keydirector|supplier)_info|linked\.csv"
        r"|eu_32014|us_dod_1260h|ofac_sdn|targets\.simple|entities\.ftm|bods\.jsonl"
    )
    data = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".xlsx", ".parquet", ".zip", ".gz")
    assert {p.name for p in tracked() if p.suffix in data and never.search(p.as_posix())} == set()


def test_committed_rows_hold_only_made_up_identifiers() -> None:
    code = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-Z]{10}|\d{17}x)(?![0-9A-Za-z])")
    for path in tracked():
        if path.suffix == ".csv":
            text = path.read_text(encoding="utf-8-sig", errors="replace")
            real = {c for c in code.findall(text) if c[:6] != "999999" and c[2:8] != "999999"}
            assert real == set(), path.name


def test_committed_files_are_small() -> None:
    assert {path.name for path in tracked() if path.stat().st_size > 3_000_000} == set()


def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        inside = set(wheel.namelist())
        metadata = wheel.read(next(name for name in inside if name.endswith("/METADATA"))).decode()
    folders = [ROOT / package for package in PACKAGES]
    wanted = {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert wanted - inside == set()
    tops = {name.split("/")[0] for name in inside}
    assert {top for top in tops if not top.endswith((".dist-info", ".data"))} == set(PACKAGES)
    assert any(name.endswith(".data/data/share/xinmai/examples/demo.yaml") for name in inside)
    assert "Classifier: Private :: Do Not Upload" in metadata


def locked(name: str) -> dict[str, set[str]]:
    """Versions a lock file holds for each package."""
    held: dict[str, set[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if line and not line.startswith((" ", "#")):
            assert "--hash=sha256:" in line, f"{name}: no hash: {line}"
            wanted = Requirement(line.partition(" --hash=")[0])
            held.setdefault(canonicalize_name(wanted.name), set()).add(str(wanted.specifier).removeprefix("=="))
    return held


def test_locks_are_in_step_with_the_project() -> None:
    needs = [*project()["project"]["dependencies"], *project()["dependency-groups"]["build"]]
    extra = project()["project"]["optional-dependencies"]["dev"]
    for lock, wanted in (("requirements.lock", needs), ("requirements-dev.lock", [*needs, *extra])):
        held = locked(lock)
        for requirement in map(Requirement, wanted):
            versions = held.get(canonicalize_name(requirement.name), set())
            assert versions, f"{requirement.name} is not in {lock}: run make lock"
            assert all(requirement.specifier.contains(v, prereleases=True) for v in versions), requirement.name


def test_the_dev_lock_agrees_with_the_runtime_lock() -> None:
    runtime, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert runtime == {name: dev.get(name) for name in runtime}


def test_bundle_judges_markers_for_the_machine_it_packs_for() -> None:
    lock = """numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via xinmai
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:cc
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:dd
"""
    older = {"python_full_version": "3.11.0", "sys_platform": "linux"}
    newer = {"python_full_version": "3.13.0", "sys_platform": "linux"}
    assert [line.split() for line in pinned(lock, older)] == [["numpy==2.4.6", "--hash=sha256:aa", "--hash=sha256:bb"]]
    assert [line.split() for line in pinned(lock, newer)] == [["numpy==2.5.5", "--hash=sha256:cc"]]


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def test_production_is_closed_by_default() -> None:
    services = compose()["services"]
    assert services["xinmai"]["ports"] == ["${XINMAI_PUBLISH:-127.0.0.1:8710}:8710"]
    assert "ports" not in services["neo4j"]
    assert compose()["networks"]["back"] == {"internal": True}
    for service in services.values():
        assert service["user"].split(":")[0] not in ("root", "0")
        assert service["cap_drop"] == ["ALL"]
        assert "neo4j_auth" in service["secrets"]
        secret = {k for k in service["environment"] if re.search("password|auth|token", k, re.IGNORECASE)}
        assert {service["environment"][k].split("/")[:3] == ["", "run", "secrets"] for k in secret} == {True}


def test_images_are_pinned_and_of_this_version() -> None:
    services = compose()["services"]
    assert services["xinmai"]["image"] == f"xinmai:{project()['project']['version']}"
    assert re.fullmatch(r"neo4j:5\.26\.\d+-community", services["neo4j"]["image"])
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    bases = re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    assert bases
    assert all(re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", base) for base in bases)
    assert {f"COPY {name} {name}" for name in PACKAGES} <= set(dockerfile.splitlines())


def test_the_container_reads_its_secrets_from_files_only(tmp_path: Path) -> None:
    tool, auth, token = tmp_path / "xinmai", tmp_path / "auth", tmp_path / "token"
    tool.write_text('#!/bin/sh\necho "$XINMAI_DB_USER|$XINMAI_DB_PASSWORD|$XINMAI_TOKEN|$*"\n', encoding="utf-8")
    tool.chmod(0o755)
    auth.write_text("neo4j/with/slash\n", encoding="utf-8")
    token.write_text("letters\n", encoding="utf-8")
    files = {"XINMAI_DB_AUTH_FILE": str(auth), "XINMAI_TOKEN_FILE": str(token)}
    command = ["sh", str(ROOT / "scripts" / "container-start.sh"), "serve"]
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", **files}
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert said == "neo4j|with/slash|letters|serve\n"
    for missing in (token, auth):
        missing.unlink()
        failed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert failed.returncode == 2
        assert str(missing) in failed.stderr
        assert failed.stdout == ""


def test_every_make_target_is_documented() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))
    assert {"demo", "test", "serve", "bench", "lint", "bundle", "test-long"} <= targets
    docs = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {target for target in targets if f"`make {target}" not in docs} == set()


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_starts_with_the_two_commands(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert "make demo" in text
    assert "make test" in text


def test_decisions_are_short_and_numbered() -> None:
    notes = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [note.name[:3] for note in notes] == [f"{n:03d}" for n in range(1, len(notes) + 1)]
    assert {note.name for note in notes if len(note.read_text(encoding="utf-8").splitlines()) > 60} == set()
