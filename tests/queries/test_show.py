"""The card of a subject: everything with its record, nothing personal, what is left out counted."""

from __future__ import annotations

import json

import pytest

from graph.errors import NotFoundError
from graph.store import Store
from queries.show import show
from tests.queries.graphs import Graph, build, contact, firms, listing, people, relation, subject

DAY = "2025-06-01"


def test_relations_with_dates_and_records_in_both_directions(store: Store) -> None:
    graph = Graph(
        [subject("f", uscc="91999999000000001X", aliases=["旧名"], sources=["test"]), *firms("gh"), *people("pq")],
        [
            relation("p", "DIRECTOR", "f", since="2020-01-01", title="董事长"),
            relation("q", "DIRECTOR", "f", until="2024-01-01"),
            relation("f", "SHAREHOLDER", "g", ratio=0.6),
            relation("h", "SHAREHOLDER", "f", ratio=0.5),
        ],
    )
    build(store, graph)
    told = show(store, "f", as_of=DAY).to_json()
    assert {
        (r["type"], r["source"], r["target"], r["since"], r["until"], r["other"]["id"]) for r in told["relations"]
    } == {
        ("DIRECTOR", "p", "f", "2020-01-01", None, "p"),
        ("DIRECTOR", "q", "f", None, "2024-01-01", "q"),
        ("SHAREHOLDER", "f", "g", None, None, "g"),
        ("SHAREHOLDER", "h", "f", None, None, "h"),
    }
    assert {(c["type"], c["direction"], c["total"], c["active"], c["shown"]) for c in told["counts"]} == {
        ("DIRECTOR", "in", 2, 1, 2),
        ("SHAREHOLDER", "out", 1, 1, 1),
        ("SHAREHOLDER", "in", 1, 1, 1),
    }
    assert all(r["record"].startswith("t.csv:") for r in told["relations"])
    assert (told["names"], told["sources"]) == (["旧名"], ["test"])


def test_what_is_left_out_is_counted_and_ended_relations_come_last(store: Store) -> None:
    ids = [f"p{n}" for n in range(9)]
    ended = [relation(i, "DIRECTOR", "f", until="2020-01-01") for i in ids[:5]]
    build(store, Graph([*firms("f"), *people(ids)], [*ended, *(relation(i, "DIRECTOR", "f") for i in ids[5:])]))
    told = show(store, "f", as_of=DAY, most=6).to_json()
    (count,) = told["counts"]
    assert (count["total"], count["active"], count["shown"]) == (9, 4, 6)
    assert [r["other"]["id"] for r in told["relations"]] == ["p5", "p6", "p7", "p8", "p0", "p1"]


def test_of_a_large_group_some_are_shown_all_counted_and_ended_ones_come_last(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queries.show.LARGE", 5)
    ids = [f"p{n}" for n in range(9)]
    ended = [relation(i, "DIRECTOR", "f", until="2020-01-01") for i in ids[:5]]
    others = [relation("f", "SHAREHOLDER", "g"), *(relation(i, "DIRECTOR", "f") for i in ids[5:])]
    build(store, Graph([*firms("fg"), *people(ids)], [*ended, *others]))
    told = show(store, "f", as_of=DAY, most=6).to_json()
    assert [(c["type"], c["total"], c["active"], c["shown"]) for c in told["counts"]] == [
        ("DIRECTOR", 9, 4, 6), ("SHAREHOLDER", 1, 1, 1),
    ]  # fmt: skip
    shown = [r["other"]["id"] for r in told["relations"] if r["type"] == "DIRECTOR"]
    assert set(shown[:4]) == set(ids[5:])
    assert set(shown[4:]) < set(ids[:5])
    assert len(set(shown)) == 6


def test_numbers_and_phones_are_masked_and_names_are_not(store: Store) -> None:
    number, phone = "999999199003070020", "13900000001"
    graph = Graph(
        [subject("p", "person", name="王小样", id_type="resident_id", id_number=number)],
        listings=[listing("L", "p", reason=f"身份证 {number}，电话 {phone}", record=f"名单.csv:3 {number}")],
        contacts=[contact("p", "phone", phone)],
    )
    build(store, graph)
    told = show(store, "p", as_of=DAY).to_json()
    printed = json.dumps(told, ensure_ascii=False)
    assert number not in printed
    assert phone not in printed
    assert told["subject"]["id_masked"] == "999999**********20"
    assert "王小样" in printed
    assert told["contacts"][0]["value"] == "139******01"


def test_entries_that_are_over_are_only_counted(store: Store) -> None:
    over = listing("L2", "f", removed_on="2025-05-31", state="repaired")
    build(store, Graph(firms("f"), listings=[listing("L1", "f"), over]))
    card = show(store, "f", as_of=DAY)
    assert ([e["id"] for e in card.to_json()["listed"]], card.ended) == (["L1"], 1)
    replayed = show(store, "f", as_of="2025-05-30", replay=True).to_json()
    assert {(e["id"], e["state"], e["state_now"], e["active"]) for e in replayed["listed"]} == {
        ("L1", "listed", "listed", True),
        ("L2", "listed", "repaired", True),
    }


def test_how_many_share_a_contact(store: Store) -> None:
    given = [contact(i, "address", "测试市样例路1号") for i in "fgh"]
    build(store, Graph(firms("fgh"), contacts=[*given[:2], {**given[2], "until": "2020-01-01"}]))
    (told,) = show(store, "f", as_of=DAY).to_json()["contacts"]
    assert (told["value"], told["given"]) == ("测试市样例路1号", 2)


def test_contacts_are_told_whatever_is_wanted_of_relations_and_what_is_left_out_is_counted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [contact("f", "phone", f"1390000000{n}") for n in range(3)]
    build(store, Graph(firms("f"), contacts=given))
    told = show(store, "f", as_of=DAY, most=1).to_json()
    assert (len(told["contacts"]), told["contacts_left_out"]) == (3, 0)
    monkeypatch.setattr("queries.show.SHOWN", 2)
    told = show(store, "f", as_of=DAY).to_json()
    assert (len(told["contacts"]), told["contacts_left_out"]) == (2, 1)


def test_nobody(store: Store) -> None:
    with pytest.raises(NotFoundError):
        show(store, "nobody", as_of=DAY)
