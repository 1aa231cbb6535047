"""The paths of the law pack out of a snapshot are those out of the store, in the same order, with numbers masked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from graph.mask import mask_id
from graph.snapshot_build import RELATION
from graph.store import Store
from graph.vocabulary import SUBJECT_RELATION_TYPES, list_types
from queries.findings import RED, every_rule
from queries.law.bindings import Binding, Search, Types
from queries.law.explain import explain
from queries.law.read import shipped
from queries.model import Subject
from queries.reach import reach
from queries.scenarios import scenario
from queries.screen import screen
from tests.conftest import EMPTY
from tests.queries.graphs import Graph, build, exempt, firms, listing, named, people, relation
from tests.queries.law.asking import REPLAN, said, stop_clock
from tests.queries.law.random_law import whole
from tests.queries.screening import number, person
from tests.queries.tiny import source
from tests.snapshots import snapshot_of
from tests.test_expected import applicants, city

DAY = "2026-06-01"
LOOKS = ("themselves", "around", "onward")
EVERY = SUBJECT_RELATION_TYPES
OURS = Types.of(shipped(), every_rule().lists, RED)
ANYTHING = Types(EVERY, EVERY, EVERY, EVERY, EVERY, tuple(list_types()), held_first=EVERY, held_after=EVERY)
Told = dict[str, list[str]]


def plain(binding: Binding) -> str:
    """A binding with all that may be read of it; a number as it may be shown."""

    def node(props: Mapping[str, Any] | None) -> dict[str, Any]:
        kept = {name: value for name, value in (props or {}).items() if value not in (None, [])}
        return {**kept, "id_number": mask_id(kept["id_number"])} if "id_number" in kept else kept

    def link(of: Any) -> Any:
        return of and [of.type, {name: of.props[name] for name in RELATION if of.props.get(name) is not None}]

    told = {
        "listing": node(binding.listing),
        "ends": [node(binding.listed), node(binding.holder), node(binding.other)],
        "said": binding.said and node(binding.said),
        "links": [link(binding.role), link(binding.post)],
        "exempt": [node(one) for one in binding.exempt],
        "rest": [binding.founders, binding.sibling, binding.himself],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def told(store: Store, look: str, types: Types, ids: list[str]) -> Told:
    search = Search(store, types)
    found: Mapping[str, Iterable[Binding]] = getattr(search, look)(ids)
    assert not search.cut
    return {id: [plain(binding) for binding in bindings] for id, bindings in found.items()}


def the_same(store: Store, graph: Graph, folder: Path) -> None:
    """Every look at every subject, over the types of the pack and over all there are."""
    build(store, graph)
    if "neo4j" in store.name.lower():
        store.write(REPLAN)  # it plans by counts it takes now and then; right after this much it knows none
    ids = sorted(row["id"] for row in graph.subjects)
    asked = [(look, types) for look in LOOKS for types in (OURS, ANYTHING)]
    from_store = [told(store, look, types, ids) for look, types in asked]
    with snapshot_of(store, folder / "s"):
        from_snapshot = [told(store, look, types, ids) for look, types in asked]
    assert sum(len(rows) for found in from_store for rows in found.values()) > 10 * len(graph.listings)
    for question, one, other in zip(asked, from_store, from_snapshot, strict=True):
        for id in ids:
            assert other.get(id) == one.get(id), (question[0], id)


def test_every_shape_on_random_graphs(store: Store, tmp_path: Path) -> None:
    the_same(store, whole(range(20)), tmp_path)


@pytest.mark.long
def test_every_shape_on_many_random_graphs(store: Store, tmp_path: Path) -> None:
    the_same(store, whole(range(20, 520)), tmp_path)


def test_the_city_screens_and_explains_the_same(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch, DAY)
    city(store, tmp_path)
    first = answers(store)
    with snapshot_of(store, tmp_path / "s"):
        second = answers(store)
    assert len(first) > 10
    for what, answer in first.items():
        assert second[what] == answer, what


def answers(store: Store) -> dict[tuple[str, ...], Any]:
    """What is said of the city, one engine."""
    sheet, found = applicants(), dict[tuple[str, ...], Any]()
    for code in ("general", "procurement"):
        found["screen", code] = screen(store, sheet, scenario(code), {"as_of": DAY}).to_json()
    meant = [r["match"]["subject"]["id"] for r in found["screen", "procurement"]["results"] if r["match"]["subject"]]
    rules = shipped().rules
    for n, id in enumerate(sorted(set(meant))[:8]):
        rule = [*rules][n * 5 % len(rules)]
        found["explain", id, rule] = explain(store, id, rules[rule], as_of=DAY).to_json()
    results = found["screen", "procurement"]["results"]
    entries = {f["listing"]["id"] for r in results for f in r["findings"] if f["listing"]}
    for id in sorted(entries)[:4]:
        found["reach", id] = reach(store, id, as_of=DAY).to_json()
    return found


TOWN = Graph(
    subjects=[*firms(["A", "B", "C"]), *people(["left", "head"]), person("zhang", 7, "张乙")],
    relations=[
        relation("zhang", "LEGAL_REP", "A", since="2020-01-01"),
        relation("head", "LEGAL_REP", "B", since="2020-01-01"),
        relation("left", "LEGAL_REP", "A", since="2010-01-01", until="2012-01-01"),
        relation("zhang", "DIRECTOR", "C", since="2025-01-01"),
    ],
    listings=[
        listing("L", "A", "XZXF"),
        listing("repaired", "B", "XZXF", state="repaired", removed_on="2025-01-01"),
    ],
    named=[named("zhang", "L", "DIRECT_RESPONSIBLE"), named("zhang", "L", "LEGAL_REP")],
    exempt=[exempt("zhang", "L", "permission", since="2025-01-01"), exempt("zhang", "L", "court")],
)


def test_what_has_ended_binds_nobody(store: Store, tmp_path: Path) -> None:
    build(store, TOWN)
    with snapshot_of(store, tmp_path / "s"):
        assert {rule for _, rule, *_ in said(store, "zhang", DAY)} >= {"R01"}
        assert not said(store, "left", DAY)
        assert not said(store, "head", DAY)
        assert not [f for f in said(store, "B", DAY) if f[0] != "ALERT"]


def test_a_snapshot_of_an_earlier_graph_is_not_asked(store: Store, tmp_path: Path) -> None:
    build(store, TOWN)
    with snapshot_of(store, tmp_path / "s"):
        source(store, "later", mark="1")
        build(store, Graph(listings=[listing("new", "C", "XZXF")]))
        assert {b.listing["id"] for b in Search(store, OURS).themselves(["C"])["C"]} == {"new"}


def test_as_many_rows_as_a_statement_may_give(store: Store, tmp_path: Path) -> None:
    build(store, TOWN)
    ids = ["A", "zhang", "C"]
    with snapshot_of(store, tmp_path / "s"):
        fewest, one_more = Search(store, OURS, 1), Search(store, OURS, 6)
        assert sum(len(found) for found in fewest.themselves(ids).values()) == 1
        assert fewest.cut
        assert sum(len(found) for found in one_more.themselves(ids).values()) == 3
        assert not one_more.cut


def test_no_number_is_in_what_a_snapshot_gives(store: Store, tmp_path: Path) -> None:
    build(store, TOWN)
    with snapshot_of(store, tmp_path / "s"):
        found = Search(store, OURS).around(["A", "zhang", "C"])
    holders = [b.holder for bindings in found.values() for b in bindings if b.holder["id"] == "zhang"]
    assert holders
    assert {holder["id_number"] for holder in holders} == {mask_id(number(7))}
    assert Subject.read(holders[0]).id_masked == mask_id(number(7))


def test_who_is_not_in_the_graph_has_nothing(store: Store, tmp_path: Path) -> None:
    build(store, TOWN)
    with snapshot_of(store, tmp_path / "s"):
        search = Search(store, OURS)
        assert search.around([]) == {}
        assert search.around(["nobody", "sheet:2"]) == {}
        assert set(search.around(["nobody", "A"])) == {"A"}
    store.write(EMPTY)
    with snapshot_of(store, tmp_path / "s"):
        assert Search(store, OURS).onward(["A"]) == {}


def test_a_masked_number_is_masked_to_the_same() -> None:
    numbers = (
        "110101198003070119",
        "110101800307011",
        "E12345678",
        "12345",
        "H0123456789",
        "１２３－４５６",
        "",
        "1*3",
    )
    for one in numbers:
        assert mask_id(mask_id(one)) == mask_id(one)
