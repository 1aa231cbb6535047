"""The whole graph as files for Neo4j's offline import: the real importer reads back what the store holds."""

from __future__ import annotations

import csv
import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph import import_files, import_tables
from graph.errors import InputError, StoreError
from graph.store import Store, open_store
from tests import neo4j_server

# Texts that break careless CSV: quotes, commas, line breaks, backslashes, formulas, lone and leading blanks.
HARD = 'a "quoted", \\"text\\"; =1+1\nsecond line\r\n  blanks  \\'
CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n|$)')
GRAPH = """
CREATE (a:Subject {id: 'a', name: $hard, aliases: ['x;y', 'a "b", c', $hard], ratio: 0.1, n: 3, conducts: true}),
  (b:Subject {id: 'b,"c"', name: '', named_only: false, n: 9007199254740993}),
  (l:Listing {id: 'l', list: 'YZWF', events: ['2025-01-01 listed f:1'], amount: 1e-7}),
  (c:Contact {id: 'phone|1', kind: 'phone', value: '13800000000'}),
  (:Alias {id: 'id|z', kind: 'id', key: 'z', subject: 'a'}), (:Source {name: 'package', subjects: 2, lists: []}),
  (:Decision {id: 'a|b', kept: '{"first": {"x": "y"}}'}), (:Investigation {id: 'i', title: '查'}),
  (a)-[:SHAREHOLDER {ratio: 0.5, record: 'f:2'}]->(b), (a)-[:SHAREHOLDER {ratio: 1, record: $hard}]->(b),
  (b)-[:SHAREHOLDER]->(b), (a)-[:CONTACT]->(c), (b)-[:LISTED {origin: 'package'}]->(l),
  (a)-[:NAMED_IN {role: 'x'}]->(l), (a)-[:EXEMPT_FROM {until: '2026-01-01'}]->(l)
"""


def silent(stage: str, done: int, total: int | None) -> None:
    """Progress nobody watches."""


def content(store: Store) -> list[str]:
    """Everything in the store, one text each; whole numbers and others told apart."""
    nodes = store.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS p")
    edges = store.read(
        "MATCH (a)-[r]->(b) RETURN coalesce(a.id, a.name) AS a, type(r) AS t, properties(r) AS p, "
        "coalesce(b.id, b.name) AS b"
    )
    return sorted(json.dumps(row, sort_keys=True) for row in [*nodes, *edges])


def imported(files: Path, written: import_files.Written, home: Path) -> list[str]:
    """What a new Neo4j holds after the very command that was written down."""
    words = shlex.split(written.command.replace("\\\n", " "))
    assert words[0] == "neo4j-admin"
    placed = [_placed(word, files) for word in words[1:]]
    done = neo4j_server.admin(home, *placed, f"--report-file={home}/report")
    assert done.returncode == 0, done.stdout + done.stderr
    server = neo4j_server.start(home)
    try:
        with open_store(server.url) as store:
            return content(store)
    finally:
        server.stop()


def _placed(word: str, files: Path) -> str:
    """File names as paths: the command is run in their directory, the importer here is not."""
    option, mark, names = word.rpartition("=")
    if not option.startswith(("--nodes", "--relationships")):
        return word
    return option + mark + ",".join(str(files / name) for name in names.split(","))


def told(store: Store) -> list[str]:
    """What the files have to say: everything but empty lists, which have no form in them."""
    return [row.replace('"lists": [], ', "") for row in content(store)]


def parsed(folder: Path) -> list[str]:
    """The files read by the rules of the importer: quoted is a text, doubled quotes in it; bare and empty is absent."""
    return sorted(json.dumps(row, sort_keys=True) for header in folder.glob("*-header.csv") for row in _rows(header))


def _rows(header: Path) -> Iterator[dict[str, Any]]:
    stem = header.name.removesuffix("-header.csv")
    fields = [field.split(":", 1) for field in header.read_text(encoding="utf-8").strip().split(",")]
    text = (header.parent / f"{stem}.csv").read_bytes().decode()
    cells = [match for match in CELL.finditer(text) if match[3]]
    for at in range(0, len(cells), len(fields)):
        line = cells[at : at + len(fields)]
        assert [cell[3] for cell in line] == [*[","] * (len(fields) - 1), "\n"]
        read = [(name, kind, _value(cell, kind)) for (name, kind), cell in zip(fields, line, strict=True)]
        props = {name: value for name, _, value in read if name and value is not None}
        if fields[0][0]:
            yield {"labels": [stem.split("-")[0]], "p": props}
        else:
            ends = [value for name, _, value in read if not name]
            yield {"a": ends[0], "b": ends[1], "t": stem.split("-")[0], "p": props}


def _value(cell: re.Match[str], kind: str) -> Any:
    if cell[1] is not None:
        text = cell[1].replace('""', '"')
        return text.split("\x1f") if kind == "string[]" else text
    readers: dict[str, Callable[[str], Any]] = {"long": int, "double": float, "boolean": "true".__eq__}
    return readers[kind](cell[2]) if cell[2] else None


@pytest.mark.parametrize("first", [1, 5_000])
def test_every_node_and_relation_is_in_the_files(
    store: Store, tmp_path: Path, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With columns settled after one row, properties and types met later need further files.
    monkeypatch.setattr(import_tables, "FIRST", first)
    store.write(GRAPH, hard=HARD)
    written = import_files.write(store, tmp_path / "files", silent)
    assert (written.nodes, written.relations) == (8, 7)
    assert parsed(tmp_path / "files") == told(store)


@pytest.mark.long
@pytest.mark.neo4j
@pytest.mark.usefixtures("neo4j_process")  # skipped where there are no jars
def test_the_real_importer_reads_the_files_as_we_do(
    arcadedb: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_tables, "FIRST", 1)
    arcadedb.write("MATCH (n) DETACH DELETE n")
    arcadedb.write(GRAPH, hard=HARD)
    written = import_files.write(arcadedb, tmp_path / "files", silent)
    assert imported(tmp_path / "files", written, tmp_path / "home") == told(arcadedb)


def test_only_the_owner_can_read_any_of_it(arcadedb: Store, tmp_path: Path) -> None:
    arcadedb.write("MATCH (n) DETACH DELETE n")
    arcadedb.write(GRAPH, hard=HARD)
    folder = tmp_path / "files"
    import_files.write(arcadedb, folder, silent)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    note = (folder / "README.txt").read_text(encoding="utf-8")
    assert "未打码" in note
    assert "neo4j-admin database import full" in note
    assert "CREATE CONSTRAINT subject_id" in (folder / "schema.cypher").read_text(encoding="utf-8")


def test_a_directory_with_anything_in_it_is_refused_and_left_alone(arcadedb: Store, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("keep", encoding="utf-8")
    with pytest.raises(InputError, match="不是空的"):
        import_files.write(arcadedb, tmp_path, silent)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_what_no_file_can_hold_leaves_no_file(arcadedb: Store, tmp_path: Path) -> None:
    arcadedb.write("MATCH (n) DETACH DELETE n")
    arcadedb.write("CREATE (:Subject {id: 'a', name: 'x'}), (:Subject {id: 'b', aliases: ['x\x1fy']})")
    with pytest.raises(StoreError, match="aliases"):
        import_files.write(arcadedb, tmp_path / "files", silent)
    arcadedb.write("MATCH (n) DETACH DELETE n")
    arcadedb.write("CREATE (:Subject {name: 'x'})")
    with pytest.raises(StoreError, match="没有编号"):
        import_files.write(arcadedb, tmp_path / "files", silent)
    assert list((tmp_path / "files").iterdir()) == []


def test_absent_and_empty_texts_are_told_apart(tmp_path: Path) -> None:
    table = import_tables.Table(tmp_path, "Subject", ("id:ID(Subject)",))
    rows: list[dict[str, Any]] = [{"name": ""}, {}, {"name": "=x"}, {"name": 1}]
    for number, row in enumerate(rows):
        table.add((str(number),), row)
    parts = table.close()
    assert [data.read_text(encoding="utf-8") for _, data in parts] == ['"0",""\n"1",\n"2","=x"\n', '"3",1\n']
    headers = [next(csv.reader([header.read_text(encoding="utf-8").strip()])) for header, _ in parts]
    assert headers == [["id:ID(Subject)", "name:string"], ["id:ID(Subject)", "name:long"]]
