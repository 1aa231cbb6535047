"""Expanding a subject: the first relations in an order, the rest counted, nothing too far and nothing ended unasked."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from graph.errors import InputError
from graph.store import Store, open_store
from graph.vocabulary import RELATION_TYPES
from queries.expand import expand, prepare
from queries.expand_asked import Wanted
from queries.model import Json
from queries.subjects import find
from tests.queries.graphs import Graph, build, contact, firms, listing, people, relation, subject
from tests.queries.hubs import fill

DAY = "2025-06-01"


def asked(store: Store, of: str, **more: Any) -> Json:
    return expand(store, find(store, of), Wanted(**{"as_of": DAY, **more})).to_json()


def others(answer: Json) -> list[str]:
    return [relation["other"]["id"] for relation in answer["relations"]]


@pytest.fixture
def holder(store: Store) -> Store:
    """f holds a (10 %, listed), b (90 %), c (unknown), formerly d; p directs f; e is told twice to act with f."""
    graph = Graph(
        [*firms("fabcde"), *people("p")],
        [
            relation("f", "SHAREHOLDER", "a", ratio=0.1, since="2021-01-01"),
            relation("f", "SHAREHOLDER", "b", ratio=0.9, since="2019-01-01"),
            relation("f", "SHAREHOLDER", "c"),
            relation("f", "SHAREHOLDER", "d", ratio=0.5, until="2025-06-01"),
            relation("p", "DIRECTOR", "f", since="2025-06-01"),
            relation("f", "CONCERT", "e"),
            relation("e", "CONCERT", "f"),
        ],
        [
            listing("L", "a"),
            listing("over", "b", removed_on="2025-01-01", state="repaired"),
            listing("red", "c", "A_TAX"),
        ],
    )
    build(store, graph)
    return store


@pytest.mark.parametrize(
    ("order", "expected"),
    [("risk", "abc"), ("share", "bac"), ("since", "abc"), ("name", "abc")],
)
def test_each_order_puts_first_what_it_says(holder: Store, order: str, expected: str) -> None:
    answer = asked(holder, "f", types=("SHAREHOLDER",), order=order)
    assert others(answer) == list(expected)
    assert (answer["total"], answer["active"], answer["left_out"]) == (4, 3, 0)
    assert answer["ordered"]
    assert answer["complete"]


def test_what_has_ended_is_shown_only_when_asked_for_last_and_marked(holder: Store) -> None:
    told = asked(holder, "f", types=("SHAREHOLDER",), active=False, order="share")
    assert [(r["other"]["id"], r["active"]) for r in told["relations"]] == [
        ("b", True), ("a", True), ("c", True), ("d", False),
    ]  # fmt: skip
    assert asked(holder, "f", types=("SHAREHOLDER",), active=False, limit=3)["left_out"] == 1


def test_only_entries_in_force_mark_the_other(holder: Store) -> None:
    told = asked(holder, "f", types=("SHAREHOLDER",))
    marked = {r["other"]["id"]: [entry["id"] for entry in r["listed"]] for r in told["relations"]}
    assert marked == {"a": ["L"], "b": [], "c": ["red"]}


def test_direction_is_as_stored_and_mutual_relations_count_once(holder: Store) -> None:
    assert others(asked(holder, "f", direction="in", types=("DIRECTOR",))) == ["p"]
    assert others(asked(holder, "f", direction="out", types=("DIRECTOR",))) == []
    assert others(asked(holder, "f", types=("CONCERT",))) == ["e"]
    everything = asked(holder, "f")
    assert sorted(others(everything)) == list("abcep")
    assert not everything["more"]


def test_a_mutual_relation_that_ended_and_one_in_force_are_two_and_one_told_twice_is_one(store: Store) -> None:
    held = [
        relation("a", "CONCERT", "b", since="2018-01-01", until="2019-01-01"),
        relation("b", "CONCERT", "a", since="2024-01-01"),
        relation("a", "CONCERT", "c"),
        relation("c", "CONCERT", "a"),
    ]
    build(store, Graph(firms("abc"), held))
    told = asked(store, "a", active=False, order="name")
    assert [(r["other"]["id"], r["active"]) for r in told["relations"]] == [("b", True), ("c", True), ("b", False)]
    assert (told["total"], told["active"], told["left_out"]) == (3, 2, 0)


def test_pieces_follow_each_other_without_gap_or_repetition(store: Store) -> None:
    ids = [f"n{i:02d}" for i in range(23)]
    held = [relation("f", "SHAREHOLDER", i, ratio=(n % 5) / 10) for n, i in enumerate(ids)]
    directed = [relation(f"p{n}", "DIRECTOR", "f") for n in range(9)]
    build(
        store, Graph([*firms(["f", *ids]), *people(f"p{n}" for n in range(9))], held + directed, [listing("L", "n07")])
    )
    for order in ("risk", "share", "since", "name"):
        pieces = [asked(store, "f", order=order, limit=7, skip=skip) for skip in range(0, 35, 7)]
        assert [piece["left_out"] for piece in pieces] == [25, 18, 11, 4, 0]
        seen = [other for piece in pieces for other in others(piece)]
        assert sorted(seen) == sorted([*ids, *(f"p{n}" for n in range(9))])
        whole = asked(store, "f", order=order, limit=100)
        assert others(whole) == seen


def test_a_shared_contact_is_one_hop_and_one_many_gave_is_none(store: Store) -> None:
    crowd = [f"x{n}" for n in range(101)]
    build(
        store,
        Graph(
            [*firms("fgh"), *firms(crowd)],
            contacts=[
                contact("f", "phone", "13900000001"),
                contact("g", "phone", "13900000001", until="2030-01-01"),
                contact("h", "phone", "13900000001", until="2020-01-01"),
                *(contact(i, "address", "乌有市一号") for i in ["f", *crowd]),
            ],
        ),
    )
    told = asked(store, "f", types=("CONTACT",))
    assert others(told) == ["g"]
    assert told["relations"][0]["via"] == {"kind": "phone", "value": "139******01"}
    assert told["not_crossed"] == [{"kind": "address", "value": "乌有市一号", "degree": 102}]
    assert "13900000001" not in json.dumps(told)
    both = asked(store, "f", types=("CONTACT",), active=False)
    assert [(r["other"]["id"], r["active"]) for r in both["relations"]] == [("g", True), ("h", False)]


def test_personal_numbers_are_masked_in_what_is_expanded(store: Store) -> None:
    number = "999999199003070020"
    person = subject("p", "person", name="王小样", id_type="resident_id", id_number=number)
    build(store, Graph([*firms("f"), person], [relation("p", "DIRECTOR", "f", record=f"r.csv:1 {number}")]))
    told = json.dumps(asked(store, "f"), ensure_ascii=False)
    assert number not in told
    assert "王小样" in told


@pytest.mark.parametrize(
    "wrong", [{"types": ("OWNS",)}, {"limit": 101}, {"limit": 0}, {"skip": -1}, {"skip": 10_001}, {"order": "x"}]
)
def test_what_cannot_be_asked_is_refused(holder: Store, wrong: Json) -> None:
    with pytest.raises(InputError):
        asked(holder, "f", **wrong)


def test_nothing_is_no_error(store: Store) -> None:
    build(store, Graph([*firms("f")]))
    answer = asked(store, "f")
    assert (answer["total"], answer["relations"], answer["more"]) == (0, [], False)


def test_listed_neighbours_of_a_hub_come_first_and_it_says_that_the_rest_is_not_sorted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queries.expand_rows.SORTED_MOST", 50)
    monkeypatch.setattr("queries.degrees.HUB", 50)
    ids = [f"n{i:03d}" for i in range(120)]
    held = [relation("f", "SHAREHOLDER", i, ratio=0.5) for i in ids]
    entries = [listing("L1", "n100", "YZWF"), listing("L2", "n050", "SXBZXR")]
    build(store, Graph([*firms(["f", *ids])], held, entries))
    pieces = [asked(store, "f", limit=50, skip=skip) for skip in (0, 50, 100)]
    assert set(others(pieces[0])[:2]) == {"n050", "n100"}
    assert [piece["ordered"] for piece in pieces] == [False] * 3
    assert sorted(other for piece in pieces for other in others(piece)) == ids
    assert [piece["left_out"] for piece in pieces] == [70, 20, 0]
    assert asked(store, "f", order="name", limit=3)["ordered"]


def test_pieces_of_a_hub_are_kept_and_forgotten_with_the_next_load(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queries.degrees.HUB", 10)
    monkeypatch.setattr("queries.expand_kept.AHEAD", 12)
    ids = [f"n{i:02d}" for i in range(30)]
    held = [relation("f", "SHAREHOLDER", i, ratio=0.5, since=f"20{i[1:]}-01-01") for i in ids[:25]]
    build(store, Graph([*firms(["f", *ids])], held, [listing("L", "n07")], sources=[{"name": "one"}]))
    for order in ("risk", "share", "since", "name"):
        whole = others(asked(store, "f", order=order, limit=100))
        for _ in range(2):
            pieces = [asked(store, "f", order=order, limit=5, skip=skip) for skip in range(0, 25, 5)]
            assert [other for piece in pieces for other in others(piece)] == whole
            assert [piece["left_out"] for piece in pieces] == [20, 15, 10, 5, 0]
    assert others(asked(store, "f", direction="in", order="name", limit=5)) == []
    # A later day, the other ones, and another graph with as many relations are asked for anew.
    assert others(asked(store, "f", order="since", as_of="2003-06-01", limit=5))[0] == "n03"
    build(store, Graph(relations=[relation("f", "SHAREHOLDER", "n29", since="2025-05-01")], sources=[{"name": "two"}]))
    assert others(asked(store, "f", order="since", limit=5))[0] == "n29"


def test_a_hub_is_sorted_before_it_is_expanded_however_it_will_be_asked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queries.degrees.HUB", 10)
    ids = [f"n{i:02d}" for i in range(20)]
    held = [relation("f", "SHAREHOLDER", i, ratio=0.5, since="2020-01-01") for i in ids]
    build(store, Graph([*firms(["f", *ids])], held, sources=[{"name": "one"}]))
    for order in ("risk", "share", "since", "name"):
        assert len(others(asked(store, "n00", order=order))) == 1  # no hub: nothing is kept
    prepare(store, find(store, "f"), DAY)
    # Changed behind the back of the stamp: what was sorted before still answers, what was not does not.
    store.write("MATCH (:Subject {id: 'f'})-[e:SHAREHOLDER]->(:Subject) SET e.ratio = 0.1")
    for order in ("risk", "share", "since", "name"):
        for way in ({}, {"types": ("SHAREHOLDER",)}, {"types": ("SHAREHOLDER",), "direction": "out"}):
            answer = asked(store, "f", order=order, limit=100, **way)
            assert [one["ratio"] for one in answer["relations"]] == [0.5] * 20, (order, way)
    assert asked(store, "n00")["relations"][0]["ratio"] == 0.1


@pytest.mark.long
@pytest.mark.parametrize("order", ["risk", "share", "since", "name"])
def test_a_piece_of_a_hub_of_100000_is_quick(tmp_path_factory: pytest.TempPathFactory, order: str) -> None:
    with open_store(tmp_path_factory.mktemp("hub")) as store:
        fill(store, 100_000)
        prepare(store, find(store, "hub"), DAY)  # as its card does
        times = []
        for _ in range(8):
            began = time.monotonic()
            answer = asked(store, "hub", types=("SHAREHOLDER",), direction="out", order=order, limit=100)
            times.append(time.monotonic() - began)
    assert len(answer["relations"]) == 100
    assert answer["total"] == 100_000
    assert sorted(times)[len(times) // 2] <= 0.3


def test_types_of_the_vocabulary_are_all_known() -> None:
    assert Wanted(DAY, types=RELATION_TYPES).checked().types == RELATION_TYPES
