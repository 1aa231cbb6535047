"""What holds for all code: layers, one door to the database, house limits, Cypher in files and bounded."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from graph.vocabulary import RELATION_TYPES, STRUCTURAL_TYPES

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "graph" / "schema.cypher"
PACKAGES = ("graph", "loaders", "queries", "viz", "api")
EXPORT = ROOT / "viz" / "export.py"  # writes Cypher for others to run
KEY = re.compile(r"CONSTRAINT \w+ IF NOT EXISTS FOR \(\w+:(\w+)\)")
STATEMENT = re.compile(r"\b(MATCH|MERGE|CREATE)\s*\(|\b(UNWIND|DETACH DELETE|CREATE INDEX)\s|\bRETURN\s+\w+\.")


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_imports_point_down_only() -> None:
    result = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


def test_the_layer_check_is_not_empty() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    assert ["api", "viz", "queries", "graph"] in [c.get("layers") for c in contracts]
    assert ["api", "loaders", "graph"] in [c.get("layers") for c in contracts]


def test_only_the_store_speaks_to_a_database() -> None:
    importing = {
        path.relative_to(ROOT).as_posix()
        for path in sources(*PACKAGES)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(n.name.split(".")[0] == "neo4j" for n in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "neo4j")
    }
    assert {name for name in importing if not name.startswith("graph/")} == set()


def test_files_and_functions_stay_small() -> None:
    too_long = set()
    for path in sources(*PACKAGES, "tests", "bench", "scripts"):
        text = path.read_text(encoding="utf-8")
        if len(text.splitlines()) > 400:
            too_long.add(path.name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60:
                too_long.add(f"{path.name}:{node.name}")
    assert too_long == set()


def cypher_files() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.cypher"))]


def bare(path: Path) -> str:
    """The statement without comments and quoted text."""
    text = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
    return re.sub(r"'[^']*'|\"[^\"]*\"", "''", text)


def patterns(statement: str) -> Iterator[tuple[list[str], str]]:
    """Each relation pattern `-[name:A|B*1..3 …]-`: its types and its length part."""
    for inside in re.findall(r"-\[([^\]]*)\]-", statement):
        match = re.fullmatch(r"\s*\w*\s*(?::([^*{]*?))?\s*(\*[\d.]*)?\s*(?:\{.*|WHERE.*)?", inside, re.DOTALL)
        assert match, f"unreadable relation pattern [{inside}]"
        yield [word.strip() for word in (match[1] or "").split("|") if word.strip()], match[2] or ""


def test_cypher_names_only_what_the_vocabulary_knows() -> None:
    known = {*RELATION_TYPES, *STRUCTURAL_TYPES, "CONTACT"}
    keyed = set(KEY.findall(SCHEMA.read_text(encoding="utf-8")))
    assert {"Subject", "Listing"} <= keyed
    for path in cypher_files():
        statement = bare(path)
        for types, _ in patterns(statement):
            unknown = {t for t in types if t not in known and not re.fullmatch(r"\$\$[A-Z_]+\$\$", t)}
            assert unknown == set(), path
        # `$(…)` is a label given by value, which a dump needs: it is read back under the labels it was written with.
        labels = [x for x in re.findall(r"\(\s*\w*\s*(:[^\s{)]+)", statement) if not x.startswith(":$(")]
        assert {label.removeprefix(":") for label in labels} <= keyed, (
            f"{path}: one label per node, with a key in {SCHEMA.name}"
        )


def test_cypher_walks_are_bounded() -> None:
    for path in cypher_files():
        for _, length in patterns(bare(path)):
            assert not length or re.fullmatch(r"\*\d+|\*\d*\.\.\d+", length), f"{path}: no upper bound"


def test_cypher_files_are_all_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources(*PACKAGES))
    unused = {path.name for path in cypher_files() if not re.search(rf'"{re.escape(path.stem)}"', code)}
    assert unused == set()


def test_cypher_is_never_built_in_python() -> None:
    built = set()
    for path in {*sources(*PACKAGES)} - {EXPORT}:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(v.value) for v in node.values if isinstance(v, ast.Constant))
                if STATEMENT.search(text):
                    built.add(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert built == set()
