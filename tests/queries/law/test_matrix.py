"""Every cell of the matrix: whom the law reaches through a role in a listed organisation, and above all whom not."""

from __future__ import annotations

from typing import cast

import pytest

from graph.store import Store
from queries.finding import Class, Finding
from tests.conftest import EMPTY
from tests.queries.graphs import Graph
from tests.queries.law.asking import Known, known
from tests.queries.law.matrix import AS_OF, RELATION, Trial, cells, trials

# Rules that hold beside those of a cell, and why they stand in none:
BESIDE = {
    **{("SXBZXR", role): {"R40"} for role in RELATION},  # court auctions: the four roles again, from memory (§2.2)
    ("XSCF", "ACTUAL_CONTROLLER"): {"R29"},  # the row of R29 names the controller beside the holder of 5 %
}
# And those of whom the entry names: R39 for the civil service, R17 since the decision of a food case binds him.
OF_NAMED = {"R17", "R39"}
# A branch's debt may be extended to its head, never the reverse (R32 of §2.2b); a liability, not a consequence.
LIABLE = {("SXBZXR", "of_branch"), ("XZXF", "of_branch"), ("BZXR", "of_branch")}


@pytest.fixture(scope="module", params=["arcadedb", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def graph(request: pytest.FixtureRequest) -> Known:
    """All trials of all cells in one graph, asked for once."""
    store = cast(Store, request.getfixturevalue(request.param))
    store.write(EMPTY)
    whole = Graph()
    every = [trial for cell in cells() for trial in trials(*cell)]
    for trial in every:
        for name in ("subjects", "relations", "listings", "named"):
            getattr(whole, name).extend(getattr(trial.graph, name))
    return known(store, whole, AS_OF, [trial.asked for trial in every])


@pytest.mark.parametrize("code", sorted({code for code, _ in cells()}))
def test_cells_of_a_list(graph: Known, code: str) -> None:
    wrong = []
    for cell in (cell for cell in cells() if cell[0] == code):
        try:
            _cell(graph, *cell)
        except AssertionError as error:
            wrong.append(f"{cell}: {cells()[cell]}: {error}")
    assert not wrong, "\n\n".join(wrong)


def _cell(graph: Known, code: str, role: str) -> None:
    cell = cells()[code, role]
    fired: set[str | None] = set()
    for trial in trials(code, role):
        found = [f for f in graph.told(trial.asked, AS_OF) if f.listing["id"] == trial.entry]
        told = f"{trial.key}: {[(str(f.cls), f.rule, f.target['id'], f.text) for f in found]}"
        above = [f for f in found if f.cls is not Class.ALERT and f.target["id"] == trial.asked]
        if trial.named:
            assert Class.LISTED_SELF in {f.cls for f in above}, told
            assert {f.rule for f in above if f.cls is not Class.LISTED_SELF} <= OF_NAMED, told
            continue
        if trial.key.endswith("/former"):
            assert not above, told
        fired |= {f.rule for f in above if not _liable(code, trial, f)}
        assert not any(f.cls is Class.LISTED_SELF for f in found), told
        if cell == "none":
            assert not found, told
        elif cell == "A" and trial.key.endswith("/held"):
            assert found, f"{trial.key}: an alert, not nothing"
        elif cell == "S":
            assert all(f.cls is Class.ALERT for f in found), told
            held = trial.key.endswith("/held")
            assert not held or any("应核查其是否同时列入" in f.text for f in found), told
    rules = set(cell.split()) - {"A", "S", "none"}
    assert rules <= fired <= rules | BESIDE.get((code, role), set()), (fired, rules)


def _liable(code: str, trial: Trial, found: Finding) -> bool:
    return found.cls is Class.LIABILITY and (code, trial.key.rsplit("/", 1)[-1]) in LIABLE and found.rule == "R32"


def test_matrix_is_whole() -> None:
    roles = {role for _, role in cells()}
    assert len(roles) == 9
    assert len(cells()) == len({code for code, _ in cells()}) * 9
