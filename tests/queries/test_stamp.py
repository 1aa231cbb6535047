"""The stamp of the graph: another one after every load and decision, the same in between."""

from __future__ import annotations

from pathlib import Path

from graph.store import Store
from loaders.decisions import decide, undo
from queries.stamp import stamp
from tests.loaders.packages import load_all, package


def loaded(store: Store, folder: Path, ratio: float) -> str:
    """甲 holds so much of 乙; the stamp afterwards."""
    given = package(
        folder,
        subjects="""
            id,kind,form,name
            A,enterprise,company,乌有市甲木有限公司
            B,enterprise,company,乌有市乙火有限公司
            C,enterprise,company,乌有市乙火有限公司
        """,
        relations=f"""
            source,target,type,ratio,record
            A,B,SHAREHOLDER,{ratio},r:1
        """,
    )
    load_all(store, given, snapshot="2026-01-01")
    return stamp(store)


def test_two_loads_of_one_second_have_two_stamps(store: Store, tmp_path: Path) -> None:
    stamps = [loaded(store, tmp_path / str(i), 0.3 + i / 100) for i in range(4)]
    assert len(set(stamps)) == 4
    assert stamp(store) == stamps[-1]


def test_a_decision_changes_it_and_so_does_the_same_one_made_again(store: Store, tmp_path: Path) -> None:
    before = loaded(store, tmp_path / "in", 0.3)
    decide(store, "B", "C", yes=True, reason="同一营业执照")
    decided = stamp(store)
    undo(store, "B", "C")
    decide(store, "B", "C", yes=True, reason="同一营业执照")
    assert len({before, decided, stamp(store)}) == 3
