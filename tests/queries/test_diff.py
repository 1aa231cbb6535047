"""What changed between two days or two files, and why: the listing or the relation that began or ended, or neither."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

import pytest
from openpyxl import load_workbook

from graph.store import Store
from queries.diff import Side
from queries.diff_causes import document
from queries.finding import ALERT_SENTENCE
from queries.model import Json
from queries.propagate import propagate
from queries.propagated_file import About
from queries.question import Asked
from tests.queries.graphs import Graph, build, firms, listing, relation, subject
from tests.snapshots import snapshot_of
from viz import changes, changes_words
from viz.texts import LOCALES, Texts
from viz.writing import joined

BEFORE, AFTER = "2026-05-01", "2026-06-01"
PERSON = "999999199003070020"
GRAPH = Graph(
    subjects=[
        *firms(["new", "left", "lists", "freed", "held", "more", "still", "x", "y", "z", "w", "hub", "over", "far"]),
        subject("p", "person", name="=HYPERLINK(1)", id_number=PERSON, id_type="居民身份证"),
        *firms(f"h{n:03}" for n in range(99)),
    ],
    relations=[
        relation("new", "SHAREHOLDER", "x", ratio=0.6, since="2026-05-10"),
        relation("left", "LEGAL_REP", "x", since="2020-01-01", until="2026-05-20"),
        relation("p", "LEGAL_REP", "y"),
        relation("freed", "SHAREHOLDER", "z", ratio=0.6),
        relation("held", "SHAREHOLDER", "w", ratio=0.6),
        relation("more", "SHAREHOLDER", "x", ratio=0.1),
        relation("more", "ACTUAL_CONTROLLER", "x", since="2026-05-15"),
        relation("still", "SHAREHOLDER", "x", ratio=0.6),
        # A hub loses the relation that was one too many: what lies behind it is near from then on.
        relation("hub", "SHAREHOLDER", "x", ratio=0.6),
        relation("over", "SHAREHOLDER", "hub", ratio=0.6, until="2026-05-05"),
        relation("far", "SHAREHOLDER", "hub", ratio=0.6),
        *(relation(f"h{n:03}", "GUARANTEES", "hub") for n in range(98)),
    ],
    listings=[
        listing("LX", "x", reason=f"=cmd {PERSON}"),
        listing("LY", "y", listed_on="2026-05-12"),
        listing("LZ", "z", removed_on="2026-05-15", state="repaired"),
        listing("LW", "w", expires_on="2026-05-09"),
    ],
)


def sides(store: Store, path: Path) -> tuple[Side, Side]:
    """The graph on both days, as it was then."""
    with snapshot_of(store, path) as made:
        before, after = (Side(*propagate(store, made, as_of=day, replay=True)) for day in (BEFORE, AFTER))
    return before, after


@pytest.fixture
def answer(store: Store, tmp_path: Path) -> Json:
    """What changed in the graph between the two days."""
    build(store, GRAPH)
    return document(store, *sides(store, tmp_path / "s"), most=1000)


def by_subject(answer: Json, kind: str) -> dict[str, Any]:
    """Changes of one kind by subject, without the hub's many neighbours."""
    return {c["subject"]["id"]: c for c in answer[kind] if not c["subject"]["id"].startswith("h0")}


def kinds(change: Json) -> list[str]:
    return [cause["kind"] for cause in change["causes"]]


def test_who_became_exposed_and_by_what(answer: Json) -> None:
    became = by_subject(answer, "became")
    assert set(became) == {"new", "p", "far"}
    (cause,) = became["new"]["causes"]
    assert (cause["kind"], cause["relation"]["since"]) == ("relation_began", "2026-05-10")
    assert (cause["relation"]["source"], cause["relation"]["target"]) == ("new", "x")
    (cause,) = became["p"]["causes"]
    assert (cause["kind"], cause["listing"]["listed_on"]) == ("listing_began", "2026-05-12")
    assert cause["listed_subject"]["id"] == "y"
    assert became["new"]["before"] is None
    assert became["new"]["after"]["class"] == "ALERT"
    assert became["new"]["after"]["note"] == answer["note"] == ALERT_SENTENCE


def test_where_neither_began_nor_ended_that_is_said(answer: Json) -> None:
    assert by_subject(answer, "became")["far"]["causes"] == [{"kind": "none"}]
    (text,) = changes.causes(by_subject(answer, "became")["far"], AFTER, Texts("zh-CN"))
    assert "不是列入或关系的起止" in text


def test_who_ceased_and_by_what(answer: Json) -> None:
    ceased = by_subject(answer, "ceased")
    assert set(ceased) == {"left", "freed", "held"}
    (cause,) = ceased["left"]["causes"]
    assert (cause["kind"], cause["relation"]["until"]) == ("relation_ended", "2026-05-20")
    (cause,) = ceased["freed"]["causes"]
    assert (cause["kind"], cause["listing"]["removed_on"]) == ("listing_ended", "2026-05-15")
    (cause,) = ceased["held"]["causes"]
    assert (cause["kind"], cause["listing"]["expires_on"]) == ("listing_ended", "2026-05-09")


def test_who_moved_and_who_did_not(answer: Json) -> None:
    changed = by_subject(answer, "changed")
    assert set(changed) == {"more"}
    assert changed["more"]["what"] == ["band", "score"]
    (cause,) = changed["more"]["causes"]
    assert (cause["kind"], cause["relation"]["type"]) == ("relation_began", "ACTUAL_CONTROLLER")
    assert cause["instead"]["type"] == "SHAREHOLDER"
    assert answer["counts"]["changed"] == 1
    assert answer["complete"]
    assert "still" not in {c["subject"]["id"] for kind in ("became", "ceased", "changed") for c in answer[kind]}


def test_a_relation_or_a_listing_the_graph_no_longer_has_is_gone(store: Store, tmp_path: Path) -> None:
    build(store, GRAPH)
    before, after = sides(store, tmp_path / "s")
    rest = after.rows[~after.rows["subject"].isin(["still", "p"])]
    store.write("MATCH (:Subject {id: 'still'})-[r:SHAREHOLDER]->() DELETE r")
    store.write("MATCH (l:Listing {id: 'LY'}) DETACH DELETE l")
    ended = document(store, Side(after.rows, after.about), Side(rest, after.about), most=1000)
    assert {c["subject"]["id"]: kinds(c) for c in ended["ceased"]} == {
        "still": ["relation_gone"], "p": ["listing_gone"],
    }  # fmt: skip
    assert len(before.rows) > 0
    assert changes.causes(ended["ceased"][0], AFTER, Texts("en"))


def test_what_cannot_be_compared_is_said_and_the_counts_are_of_all(store: Store, tmp_path: Path) -> None:
    build(store, GRAPH)
    before, after = sides(store, tmp_path / "s")
    few = document(store, before, after, most=1)
    assert (len(few["became"]), few["complete"]) == (1, False)
    assert few["counts"]["became"] > 1
    unknown = document(store, Side(before.rows, About()), after, most=10)
    assert {"kind": "unsaid"} in unknown["notes"]
    told = list(changes_words.about({**unknown, "complete": False}, Texts("en"), most=1))
    assert "does not say how it was made" in told[0]
    assert "only the first 1 rows" in " ".join(told)
    assert all(kinds(c) == ["none"] for c in unknown["became"])
    assert document(store, after, after, most=10)["counts"] == dict.fromkeys(few["counts"], 0)


def test_what_was_asked_differently_began_nowhere(store: Store, tmp_path: Path) -> None:
    build(store, GRAPH)
    with snapshot_of(store, tmp_path / "s") as made:

        def side(**asked: Unpack[Asked]) -> Side:
            return Side(*propagate(store, made, **asked))

        replayed = side(as_of=AFTER, replay=True)
        fewer = document(store, replayed, side(as_of=AFTER, replay=True, hops=1), most=100)
        unplayed = document(store, side(as_of=BEFORE), side(as_of=BEFORE, replay=True), most=100)
    assert fewer["notes"] == [{"kind": "option", "name": "hops", "before": 4, "after": 1}]
    said = [changes_words.note(fewer["notes"][0], Texts(locale)) for locale in LOCALES]
    assert said == ["步数上限不同：前一次 4，后一次 1", "the limit of relations differs: 4 before, 1 after"]
    assert fewer["ceased"]
    assert all(cause == {"kind": "options"} for change in fewer["ceased"] for cause in change["causes"])
    # What has ended since that day is missing in the one that was not replayed: said, and nothing "took effect" for it.
    assert [(note["kind"], note.get("side")) for note in unplayed["notes"]] == [("not_replayed", "before")]
    assert "没有重放" in changes_words.note(unplayed["notes"][0], Texts("zh-CN"))
    assert "was not replayed" in changes_words.note(unplayed["notes"][0], Texts("en"))
    assert unplayed["became"]
    assert all(cause == {"kind": "options"} for change in unplayed["became"] for cause in change["causes"])


def test_an_entry_over_by_the_day_a_result_was_made_is_its_end(store: Store, tmp_path: Path) -> None:
    build(store, GRAPH)
    before, after = sides(store, tmp_path / "s")
    # Neither replayed: LZ, removed on 2026-05-15, still counted when the first was made, not when the second was.
    first = Side(before.rows, replace(before.about, as_of="2026-04-20", over="2026-05-01"))
    second = Side(after.rows, replace(after.about, as_of="2026-05-10", over="2026-06-01"))
    told = document(store, first, second, most=1000)
    assert [note["kind"] for note in told["notes"]] == ["not_replayed", "not_replayed"]
    (cause,) = by_subject(told, "ceased")["freed"]["causes"]
    assert (cause["kind"], cause["listing"]["id"]) == ("listing_ended", "LZ")


def test_tables_run_no_formula_and_show_no_number(answer: Json) -> None:
    text = joined(changes.writers(Texts("zh-CN"))[".csv"](answer)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    (row,) = [row for row in rows if row["编号"] == "p"]
    assert row["名称"] == "'=HYPERLINK(1)"
    assert row["证件号码（已打码）"] == "999999**********20"
    assert {row["提示"] for row in rows} == {ALERT_SENTENCE}
    book = load_workbook(io.BytesIO(joined(changes.writers(Texts("en"))[".xlsx"](answer))))
    cells = [cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line]
    assert f"the later result ({AFTER}" in str(book["Notes"]["A2"].value)
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]
    for told in (text, json.dumps(answer, ensure_ascii=False), *(str(cell.value) for cell in cells)):
        assert PERSON not in told
