"""A set of subjects as a network: all relations among them, none to others, none ended unasked."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import InputError
from graph.store import Store
from queries.model import Json
from queries.view import MOST, Picked, view
from tests.queries.graphs import Graph, build, contact, firms, listing, people, relation

DAY = "2025-06-01"


def asked(store: Store, ids: str | list[str], **more: Any) -> Json:
    return view(store, Picked(tuple(ids), **{"as_of": DAY, **more})).to_json()


def edges(answer: Json) -> set[tuple[str, str, str]]:
    return {(edge["type"], edge["source"], edge["target"]) for edge in answer["edges"]}


@pytest.fixture
def town(store: Store) -> Store:
    """f holds a and b; p directs both a and f; b sold to f; e and f act together, told twice; x is outside."""
    graph = Graph(
        [*firms("fabex"), *people("p")],
        [
            relation("f", "SHAREHOLDER", "a", ratio=0.1),
            relation("f", "SHAREHOLDER", "b", until="2020-01-01"),
            relation("p", "DIRECTOR", "a"),
            relation("p", "DIRECTOR", "f", since="2026-01-01"),
            relation("f", "CONCERT", "e"),
            relation("e", "CONCERT", "f"),
            relation("f", "SUPPLIES", "x"),
            relation("f", "SUPPLIES", "f"),
        ],
        [listing("L", "a"), listing("over", "a", removed_on="2025-01-01", state="repaired")],
        aliases=[{"id": "id:old", "key": "old", "kind": "id", "subject": "a"}],
    )
    build(store, graph)
    return store


def test_every_relation_among_them_and_none_to_others(town: Store) -> None:
    answer = asked(town, "fabep")
    concert = {edge for edge in edges(answer) if edge[0] == "CONCERT"}
    assert edges(answer) - concert == {("SHAREHOLDER", "f", "a"), ("DIRECTOR", "p", "a")}
    assert len(concert) == 1
    assert answer["complete"]
    told = {
        node["subject"]["id"]: (node["degree"], [entry["id"] for entry in node["listed"]]) for node in answer["nodes"]
    }
    assert told["a"] == (2, ["L"])
    assert told["e"] == (2, [])


def test_ended_ones_only_when_asked_for_and_marked(town: Store) -> None:
    found = {(e["type"], e["target"]): e["active"] for e in asked(town, "fabp", ended=True)["edges"]}
    assert found == {
        ("SHAREHOLDER", "a"): True, ("SHAREHOLDER", "b"): False, ("DIRECTOR", "a"): True, ("DIRECTOR", "f"): False,
    }  # fmt: skip


def test_a_mutual_relation_in_force_is_not_hidden_behind_one_that_ended(store: Store) -> None:
    held = [
        relation("a", "CONCERT", "b", since="2018-01-01", until="2019-01-01"),
        relation("b", "CONCERT", "a", since="2024-01-01", record="z.csv:9"),
        relation("a", "MAYBE_SAME", "b", title="同名同电话"),
        relation("b", "MAYBE_SAME", "a", title="同名同任职"),
        relation("a", "KIN", "b"),
        relation("b", "KIN", "a"),
    ]
    build(store, Graph(people("ab"), held))
    told = asked(store, "ab", ended=True)["edges"]
    assert {(e["since"], e["active"]) for e in told if e["type"] == "CONCERT"} == {
        ("2018-01-01", False), ("2024-01-01", True),
    }  # fmt: skip
    assert sorted(e["title"] for e in told if e["type"] == "MAYBE_SAME") == sorted(["同名同电话", "同名同任职"])
    assert len([e for e in told if e["type"] == "KIN"]) == 1
    assert [e["since"] for e in asked(store, "ab")["edges"] if e["type"] == "CONCERT"] == ["2024-01-01"]


@pytest.mark.parametrize("hub", [1_000, 2])
def test_with_new_ones_only_what_touches_them(town: Store, monkeypatch: pytest.MonkeyPatch, hub: int) -> None:
    monkeypatch.setattr("queries.view_edges.HUB", hub)  # 2: f, a and e are hubs
    assert edges(asked(town, "fap", new=("p",))) == {("DIRECTOR", "p", "a")}
    assert edges(asked(town, "fap", new=("f",))) == {("SHAREHOLDER", "f", "a")}
    assert edges(asked(town, "fap", new=())) == set()
    assert edges(asked(town, "fap")) == {("SHAREHOLDER", "f", "a"), ("DIRECTOR", "p", "a")}


def test_nobody_is_missing_and_an_id_given_up_is_its_present_one(town: Store) -> None:
    answer = asked(town, ["f", "nobody", "old", "f"])
    assert [node["subject"]["id"] for node in answer["nodes"]] == ["f", "a"]
    assert (answer["missing"], answer["renamed"]) == (["nobody"], {"old": "a"})
    assert edges(answer) == {("SHAREHOLDER", "f", "a")}


def test_a_number_of_a_person_asked_for_as_an_id_is_not_told_again(town: Store) -> None:
    assert "999999199003070020" not in str(asked(town, ["f", "999999199003070020", "13912345678"]))


def test_more_relations_than_are_read_at_once_are_not_complete(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.view_edges.MOST_ROWS", 2)
    assert not asked(town, "fabep")["complete"]


def test_too_many_are_refused_in_words(town: Store) -> None:
    with pytest.raises(InputError, match="过多"):
        asked(town, [f"n{i}" for i in range(MOST + 1)])
    assert len(asked(town, [f"n{i}" for i in range(MOST)])["missing"]) == MOST


def test_a_contact_few_gave_joins_them_and_one_many_gave_does_not(store: Store) -> None:
    crowd = [f"x{n}" for n in range(101)]
    build(
        store,
        Graph(
            [*firms("fgh"), *firms(crowd)],
            contacts=[
                *(contact(i, "phone", "13900000001") for i in "fg"),
                contact("h", "phone", "13900000001", until="2020-01-01"),
                *(contact(i, "address", "乌有市一号") for i in ["f", "g", *crowd]),
            ],
        ),
    )
    answer = asked(store, "fgh")
    (edge,) = answer["edges"]
    assert (edge["type"], edge["source"], edge["target"]) == ("CONTACT", "f", "g")
    assert edge["via"] == {"kind": "phone", "value": "139******01"}
    assert answer["not_crossed"] == [{"kind": "address", "value": "乌有市一号", "degree": 103}]
    assert len(asked(store, "fgh", ended=True)["edges"]) == 3
