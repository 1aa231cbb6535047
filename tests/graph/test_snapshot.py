"""A snapshot holds what the store holds, on either store; a file that is none, or not whole, is refused."""

from __future__ import annotations

import json
import os
import stat
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graph import snapshot_file, snapshot_parts
from graph.cypher import text
from graph.mask import scrub
from graph.snapshot import LinkTable, NodeTable, Snapshot
from graph.snapshot_build import LINKS, RELATION, SUBJECT, GraphChangedError, build
from graph.snapshot_file import MAGIC, SnapshotFileError
from graph.store import Store
from graph.vocabulary import SUBJECT_RELATION_TYPES
from tests.queries.graphs import Graph, contact, exempt, listing, named, relation, subject
from tests.queries.graphs import build as fill
from tests.snapshots import snapshot_of

PERSON = "999999199003070020"
OLD_PERSON = "999999900307002"
GRAPH = Graph(
    subjects=[
        subject(
            "甲", form="company", uscc="91999999MA0000001D", status="存续", sector="建筑", established="2001-02-03",
            state_owned=True, conducts=False,
        ),
        subject("p", "person", id_number=PERSON, id_type="居民身份证", name="张三"),
        subject("q", "person", uscc=PERSON, id_number=OLD_PERSON, name="李四"),
        subject("Z"), subject("a"), subject("ÿ"), subject("𠀀"), subject("￿"), subject("alone", name="=1+1"),
    ],
    relations=[
        relation(
            "甲", "SHAREHOLDER", "a", ratio=0.3, ratio_min=0.25, ratio_max=0.35, votes=0.4, income=0.2,
            amount=12345678901.5, since="2020-01-01", until="2025-12-31", seen_on="2026-05-31", origin="city",
        ),
        relation("甲", "SHAREHOLDER", "a", ratio=0.0, record="r.csv:007"),
        relation("p", "LEGAL_REP", "甲", title=f"董事长（{PERSON}）", record=f"r.csv:{PERSON}"),
        relation("p", "KIN", "q", kin="夫妻"),
        relation("q", "KIN", "p", kin="夫妻", record="r.csv:1"),
        relation("𠀀", "GUARANTEES", "￿"), relation("￿", "GUARANTEES", "𠀀"), relation("Z", "SUPPLIES", "Z"),
        relation("甲", "MAYBE_SAME", "Z", record="r.csv:4294967295"),
    ],
    listings=[
        listing("L1", "a", tier="minor", events=["2025-01-01 suspended e:1", "2025-02-01 listed e:2"]),
        listing("L2", "p", "YZWF", reason=f"身份证 {PERSON}", doc_no="（2025）乌0199执23号", amount=5.5),
        listing("名单三", "p", "A_TAX", expires_on="2030-01-01", removed_on="2026-01-01", state="repaired"),
    ],
    contacts=[contact("甲", "phone", "0870-1234567"), contact("a", "phone", "0870-1234567", since="2020-01-01")],
    named=[named("q", "L1", "直接责任人员")],
    exempt=[exempt("p", "L2", "court", since="2025-01-01", until="2025-06-01")],
)  # fmt: skip


def held(table: NodeTable) -> dict[str, dict[str, Any]]:
    """All rows by id."""
    return {table.id(index): table.row(index) for index in range(table.count)}


def told(props: dict[str, Any], only: Any = None) -> dict[str, Any]:
    """Properties as a snapshot keeps them: what is given, numbers masked."""
    masked = {"id_number": "999999**********20" if props.get("id_number") == PERSON else "999999*******02"}
    kept = {name: value for name, value in props.items() if only is None or name == "id" or name in only}
    kept |= {name: scrub(kept[name]) for name in ("title", "record", "reason", "doc_no", "uscc") if kept.get(name)}
    kept |= {name: value for name, value in masked.items() if kept.get(name)}
    return {name: value for name, value in kept.items() if value not in (None, [])}


def test_every_node_comes_back_in_the_order_of_ids(store: Store, tmp_path: Path) -> None:
    fill(store, GRAPH)
    every = store.read(text("graph", "dump_nodes"))
    with snapshot_of(store, tmp_path / "s") as made:
        for table, label in ((made.subjects, "Subject"), (made.listings, "Listing"), (made.contacts, "Contact")):
            rows = [row["properties"] for row in every if row["labels"] == [label]]
            assert held(table) == {p["id"]: told(p, SUBJECT if label == "Subject" else None) for p in rows}
            assert list(table.ids) == sorted(p["id"] for p in rows)
            assert [table.index(table.id(index)) for index in range(table.count)] == list(range(table.count))
        assert made.subjects.index("nobody") == made.subjects.index("") == -1
        assert made.subjects.indexes(["a", "nobody"]).tolist() == [made.subjects.index("a"), -1]


def linked(store: Store, types: tuple[str, ...], only: Any = None) -> Counter[str]:
    """All links of these types as the store has them."""
    found: Counter[str] = Counter()
    for row in store.read(text("graph", "import_relations")):
        if row["type"] in types:
            properties = sorted(told(row["properties"], only).items())
            found[repr((row["first"], row["type"], row["second"], properties))] += 1
    return found


def links(firsts: NodeTable, table: LinkTable, seconds: NodeTable) -> Counter[str]:
    """All links of a table; both ways to them must tell the same."""
    found: Counter[str] = Counter()
    arriving = [row for node in range(seconds.count) for row in table.arriving(node)]
    leaving = [row for node in range(firsts.count) for row in table.leaving(node)]
    assert leaving == sorted(arriving) == list(range(table.count))
    keys = list(zip(table.first.tolist(), table.second.tolist(), table.kind.tolist(), strict=True))
    assert keys == sorted(keys)
    for row, (first, second, _) in enumerate(keys):
        assert row in table.leaving(first)
        assert row in table.arriving(second)
        told_so = (firsts.id(first), table.type(row), seconds.id(second), sorted(table.row(row).items()))
        found[repr(told_so)] += 1
    for node in range(seconds.count):
        assert [table.first[row] for row in table.arriving(node)] == sorted(
            table.first[row] for row in table.arriving(node)
        )
    return found


def test_every_link_comes_back_both_ways(store: Store, tmp_path: Path) -> None:
    fill(store, GRAPH)
    with snapshot_of(store, tmp_path / "s") as made:
        relations = links(made.subjects, made.relations, made.subjects)
        assert relations == linked(store, SUBJECT_RELATION_TYPES, RELATION)
        assert relations.total() == 9
        for part, (kind, _) in LINKS.items():
            table: LinkTable = getattr(made, part)
            ends = made.contacts if part == "shared" else made.listings
            assert links(made.subjects, table, ends) == linked(store, (kind,))
            assert table.count > 0


def test_no_full_personal_number_is_in_the_file(store: Store, tmp_path: Path) -> None:
    fill(store, GRAPH)
    with snapshot_of(store, tmp_path / "s") as made:
        content = made.path.read_bytes()
    assert PERSON.encode() not in content
    assert OLD_PERSON.encode() not in content
    assert b"19900307" not in content
    assert "张三".encode() in content
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600


def test_an_empty_graph_is_a_snapshot_too(store: Store, tmp_path: Path) -> None:
    with snapshot_of(store, tmp_path / "s") as made:
        assert made.subjects.count == made.listings.count == made.relations.count == made.listed.count == 0
        assert made.relations.starts_first.tolist() == made.relations.starts_second.tolist() == [0]
        assert made.subjects.index("a") == -1
        assert made.relations.codes("since").tolist() == []


def test_subjects_without_relations_and_columns_nobody_has(store: Store, tmp_path: Path) -> None:
    fill(store, Graph(subjects=[subject("a"), subject("b")]))
    with snapshot_of(store, tmp_path / "s") as made:
        assert made.subjects.row(0) == {"id": "a", "kind": "enterprise", "name": "a"}
        assert made.subjects.codes("conducts").tolist() == [0, 0]
        assert made.subjects.column("conducts").at(1) is None
        assert list(made.relations.leaving(1)) == made.relations.arriving(1) == []


def test_a_change_while_it_is_read_leaves_the_older_snapshot(store: Store, tmp_path: Path) -> None:
    fill(store, Graph(subjects=[subject("a")]))
    path = tmp_path / "graph.snapshot"
    build(store, path, "one")
    with pytest.raises(GraphChangedError):
        build(store, path, "two", still=lambda: False)
    assert Snapshot.open(path).stamp == "one"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


class Died(Exception):
    """What a build ends with in these tests."""


def test_a_build_that_is_given_up_leaves_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, Graph(subjects=[subject("a")]))
    path = tmp_path / "graph.snapshot"

    def ended(what: str, done: int) -> None:
        raise Died

    with pytest.raises(Died):
        build(store, path, "one", progress=ended)
    assert list(tmp_path.iterdir()) == []
    build(store, path, "one")
    monkeypatch.setattr(os, "fsync", ended)
    with pytest.raises(TypeError):  # in the middle of writing
        build(store, path, "two")
    assert Snapshot.open(path).stamp == "one"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def written(path: Path, values: list[int], about: dict[str, Any]) -> None:
    """A file of one array."""
    snapshot_file.write(path, about, {"x": np.array(values, dtype=np.uint32)})


def test_an_open_file_stays_as_it_is_when_another_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "graph.snapshot"
    written(path, [1, 2, 3], {"of": "one"})
    about, arrays = snapshot_file.read(path)
    written(path, [9, 9], {"of": "two"})
    assert (about["of"], arrays["x"].tolist()) == ("one", [1, 2, 3])
    assert snapshot_file.read(path)[1]["x"].tolist() == [9, 9]
    with pytest.raises(ValueError, match="read-only"):
        arrays["x"][0] = 5


def test_what_killed_writers_left_is_removed_and_what_living_ones_write_is_not(tmp_path: Path) -> None:
    path = tmp_path / "graph.snapshot"
    dead, mine = tmp_path / "graph.snapshot.4194305.new", tmp_path / f"graph.snapshot.{os.getppid()}.new"
    other = tmp_path / "search.db.new"
    for left in (dead, mine, other):
        left.write_bytes(b"left")
    written(path, [1], {})
    assert (dead.exists(), mine.exists(), other.exists()) == (False, True, True)


def damages(good: bytes) -> dict[str, bytes]:
    """What may stand where a snapshot should."""
    head = len(MAGIC) + 8
    length = int.from_bytes(good[len(MAGIC) : head], "little")
    described = json.loads(good[head : head + length])

    def with_description(told: object) -> bytes:
        text = json.dumps(told).encode()
        return MAGIC + len(text).to_bytes(8, "little") + text

    return {
        "empty": b"",
        "foreign": b"SQLite format 3\0" + b"\0" * 100,
        "cut head": good[: head - 3],
        "cut description": good[: head + 5],
        "cut": good[:-1],
        "longer": good + b"\0",
        "absurd length": MAGIC + b"\xff" * 8 + good[head:],
        "no description": with_description([]),
        "other format": with_description({**described, "format": snapshot_file.FORMAT + 1}),
        "no size": with_description({"format": snapshot_file.FORMAT}),
        "not UTF-8": MAGIC + (3).to_bytes(8, "little") + b"\xff\xfe\xff",
    }


def test_files_that_are_no_snapshots_are_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "graph.snapshot"
    written(path, [1, 2, 3], {"stamp": "s"})
    good = path.read_bytes()
    for what, content in damages(good).items():
        path.write_bytes(content)
        with pytest.raises(SnapshotFileError, match="xinmai snapshot"):
            snapshot_file.read(path)
        with pytest.raises(SnapshotFileError, match="xinmai snapshot"):
            Snapshot.open(path)
        assert what
    path.unlink()
    with pytest.raises(SnapshotFileError, match="xinmai snapshot"):
        Snapshot.open(path)
    written(path, [1, 2, 3], {"stamp": "s"})  # a sound file, of something else
    with pytest.raises(SnapshotFileError, match="xinmai snapshot"):
        Snapshot.open(path)


def test_wherever_it_is_cut_the_snapshot_is_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [
        *(f"e{n}" for n in range(40)),
        *(f"企{n}" for n in range(9)),
        "e1企",
        "e1￿",
        "e1𠀀",
        "~",
        "\u00ff",
        "￿",
        "𠀀",
    ]
    ring = [relation(a, "GUARANTEES", b) for a, b in zip(ids, [*ids[1:], ids[0]], strict=True)]
    hub = [relation("e1", "SUPPLIES", b, ratio=0.5) for b in ids]
    fill(
        store, Graph(subjects=[subject(i) for i in ids], relations=ring + hub, listings=[listing("L", i) for i in ids])
    )
    with snapshot_of(store, tmp_path / "whole") as made:
        whole = held(made.subjects), links(made.subjects, made.relations, made.subjects)
    monkeypatch.setattr(snapshot_parts, "SUBJECTS", 3)
    cuts = snapshot_parts.Parts(store).bounds
    assert len(cuts) > 3
    assert all(cut.isascii() for cut in cuts)
    with snapshot_of(store, tmp_path / "parts") as made:
        assert (held(made.subjects), links(made.subjects, made.relations, made.subjects)) == whole
        assert made.listed.count == len(ids)
    assert whole[1].total() == 2 * len(ids)
