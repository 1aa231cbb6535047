"""「可能为同一主体」, identity decisions and withdrawing a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.store import Store
from loaders.decisions import decide, undo
from loaders.unload import unload
from tests.loaders.packages import load_one, package, relations, subjects

SUBJECTS = """
    id,kind,name,id_number
    a,enterprise,甲公司,
    b,enterprise,乙公司,
    p,person,王一,
    q,person,王一,
    r,person,王一,
"""
RELATIONS = """
    source,target,type
    p,a,LEGAL_REP
    q,a,DIRECTOR
    r,b,DIRECTOR
"""


def maybe(store: Store) -> set[frozenset[str]]:
    rows = store.read("MATCH (x)-[:MAYBE_SAME]->(y) RETURN x.id AS x, y.id AS y")
    return {frozenset((r["x"], r["y"])) for r in rows}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return package(tmp_path / "pkg", subjects=SUBJECTS, relations=RELATIONS)


def test_equal_name_and_organisation_are_linked_and_a_namesake_elsewhere_is_not(store: Store, folder: Path) -> None:
    load_one(store, folder)
    assert maybe(store) == {frozenset({"p", "q"})}


def test_consistent_masks_are_linked_and_contradicting_ones_are_not(store: Store, tmp_path: Path) -> None:
    rows = """
        id,kind,name,id_number
        p,person,刘某,9999************12
        q,person,刘某,9999************12
        r,person,刘某,9999************31
        s,person,李某,9999************12
    """
    load_one(store, package(tmp_path / "pkg", subjects=rows))
    assert maybe(store) == {frozenset({"p", "q"})}


def test_a_name_borne_too_often_gets_no_links_and_is_counted(store: Store, tmp_path: Path) -> None:
    rows = "id,kind,name\na,enterprise,甲公司\n" + "".join(f"p{i},person,王一\n" for i in range(21))
    ties = "source,target,type\n" + "".join(f"p{i},a,EMPLOYEE\n" for i in range(21))
    tally = load_one(store, package(tmp_path / "pkg", subjects=rows, relations=ties))
    assert maybe(store) == set()
    assert any("超过 20 个主体" in w for w in tally.warnings)


def test_yes_makes_two_one_and_survives_a_reload(store: Store, folder: Path) -> None:
    load_one(store, folder)
    decide(store, "p", "q", yes=True, reason="同一签名样本")
    assert subjects(store) == {("a", "甲公司"), ("b", "乙公司"), ("p", "王一"), ("r", "王一")}
    tally = load_one(store, folder)
    assert tally.relations.added == 0
    assert {r[:3] for r in relations(store)} == {
        ("LEGAL_REP", "p", "a"),
        ("DIRECTOR", "p", "a"),
        ("DIRECTOR", "r", "b"),
    }


def test_undo_restores_both(store: Store, folder: Path) -> None:
    load_one(store, folder)
    before = relations(store)
    decide(store, "p", "q", yes=True, reason="误判")
    undo(store, "p", "q")
    assert relations(store) == before
    assert ("q", "王一") in subjects(store)
    assert load_one(store, folder).relations.added == 0


def test_no_removes_the_link_for_good_and_undo_brings_it_back(store: Store, folder: Path) -> None:
    load_one(store, folder)
    decide(store, "p", "q", yes=False, reason="出生地不同")
    assert maybe(store) == set()
    load_one(store, folder)
    assert maybe(store) == set()
    undo(store, "p", "q")
    assert maybe(store) == {frozenset({"p", "q"})}


def test_no_holds_against_a_link_the_package_itself_states(store: Store, tmp_path: Path) -> None:
    stated = "source,target,type\nq,r,MAYBE_SAME\n"
    folder = package(tmp_path / "pkg", subjects=SUBJECTS, relations=stated)
    load_one(store, folder)
    decide(store, "q", "r", yes=False, reason="出生地不同")
    tally = load_one(store, folder, mode="full", allow_shrink=True)
    assert tally.relations.added == 0
    assert maybe(store) == set()


def test_a_person_and_a_firm_are_never_one(store: Store, folder: Path) -> None:
    load_one(store, folder)
    with pytest.raises(InputError, match="不能合并"):
        decide(store, "p", "a", yes=True, reason="x")
    with pytest.raises(InputError, match="理由"):
        decide(store, "p", "q", yes=True, reason=" ")


def test_unload_leaves_what_others_said(store: Store, folder: Path, tmp_path: Path) -> None:
    load_one(store, folder)
    other = package(tmp_path / "other", subjects="id,kind,name,region\na,enterprise,甲公司,999999\n")
    load_one(store, other, source="other")
    unload(store, "package")
    assert subjects(store) == {("a", "甲公司")}
    assert relations(store) == set()
    row = store.read("MATCH (s:Subject) RETURN s.sources AS sources, s.region AS region, s.claims AS claims")
    assert row == [{"sources": ["other"], "region": "999999", "claims": None}]


def test_unloading_what_was_never_loaded_names_what_is(store: Store, folder: Path) -> None:
    load_one(store, folder)
    with pytest.raises(InputError, match="package"):
        unload(store, "nothing")
