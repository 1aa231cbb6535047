"""What could not be looked at is said."""

from __future__ import annotations

from graph.store import Store
from queries.exposure import expose
from queries.policy import shipped
from queries.sources import expected_lists, loaded, not_checked
from tests.queries.graphs import Graph, Row, build, firms

DAY = "2025-06-01"


def _source(name: str, snapshot: str | None, *lists: str, **more: object) -> Row:
    return {"name": name, "title": name, "snapshot": snapshot, "lists": list(lists), **more}


def test_not_loaded_and_stale(store: Store) -> None:
    sources = [
        _source("old", "2024-01-01", "SXBZXR", "YZWF", "ZDSS"),
        _source("new", "2025-05-01", "YZWF"),
        _source("on the edge", "2024-12-03", "ZDSS"),
        _source("undated", None, "XZXF", loaded_at="2020-02-02T10:00:00"),
    ]
    build(store, Graph(sources=[{k: v for k, v in s.items() if v is not None} for s in sources]))
    found = not_checked(store, ["SXBZXR", "YZWF", "ZDSS", "AQSC", "XZXF"], DAY, 180)
    assert [(m.list, m.why, m.as_of) for m in found] == [
        ("SXBZXR", "stale", "2024-01-01"),
        ("AQSC", "not_loaded", None),
        ("XZXF", "stale", "2020-02-02"),
    ]
    assert {m.list for m in not_checked(store, ["ZDSS"], "2025-06-02", 180)} == {"ZDSS"}


def test_an_answer_names_domestic_lists_it_could_not_check_and_stays_complete_unless_it_needs_them(
    store: Store,
) -> None:
    build(store, Graph(firms("f"), sources=[_source("s", "2025-05-01", "SXBZXR")]))
    answer = expose(store, "f", as_of=DAY)
    missing = {m.list for m in answer.not_checked}
    assert "SXBZXR" not in missing
    assert {"YZWF", "ZDSS", "CN_UEL"} <= missing
    assert not {"OFAC_SDN", "A_TAX", "XZXK"} & missing
    assert answer.complete
    assert not expose(store, "f", as_of=DAY, needs=frozenset({"YZWF"})).complete
    assert expose(store, "f", as_of=DAY, needs=frozenset({"SXBZXR"})).complete


def test_a_list_without_severity_is_checked_where_it_is_needed() -> None:
    policy = shipped()
    assert "A_TAX" not in expected_lists(policy)
    assert "A_TAX" in expected_lists(policy, ["A_TAX"])
    assert "OFAC_SDN" in expected_lists(policy, ["OFAC_SDN"])


def test_sources_as_loaded(store: Store) -> None:
    build(store, Graph(sources=[_source("s", "2025-05-01", "SXBZXR", files=["a.csv"], subjects=3)]))
    (source,) = loaded(store)
    told = source.to_json()
    assert (told["source"], told["files"], told["subjects"], told["lists"]) == ("s", ["a.csv"], 3, ["SXBZXR"])
