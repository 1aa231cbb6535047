"""Integrated shares and control of random graphs, against a dense solver, a sum over walks and naive iteration."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from graph.store import Store
from queries.ownership import reading
from queries.ownership.answer import OwnershipAnswer
from queries.ownership.control import control
from queries.ownership.ground import Ground
from queries.ownership.owners import ownership
from queries.regimes.closure import Bound, caught
from tests.queries.graphs import Graph, build
from tests.queries.ownership import reference
from tests.queries.ownership.random_holdings import DAYS, Case, case
from tests.queries.ownership.reference import Facts

NEAR = 1e-9
APART = ("votes_integrated", "income_integrated")  # told where any stake that was read has votes or income apart
SHORT, PURE, LONG = range(60), range(300), range(1_000, 1_500)


def test_the_two_references_agree() -> None:
    for one in map(case, PURE):
        facts = Facts.on(one.day, one.subjects, one.relations)
        for holder in one.ids:
            walked = reference.walked(facts.capital, holder)
            assert reference.integrated(facts.capital, holder) == pytest.approx(walked, abs=NEAR, rel=NEAR), holder


def test_random_graphs(store: Store) -> None:
    _compare(store, [case(seed) for seed in SHORT])


@pytest.mark.long
def test_many_random_graphs(store: Store) -> None:
    _compare(store, [case(seed) for seed in LONG])


def _compare(store: Store, cases: Sequence[Case]) -> None:
    build(
        store,
        Graph(
            subjects=[row for one in cases for row in one.subjects],
            relations=[row for one in cases for row in one.relations],
        ),
    )
    grounds = {day: Ground(reading.read_whole(store, day)) for day in DAYS}
    for one in cases:
        facts = Facts.on(one.day, one.subjects, one.relations)
        owned = {holder: reference.integrated(facts.capital, holder) for holder in one.ids}
        ruled = {holder: reference.controlled(facts, holder) for holder in one.ids}
        for id in one.ids[::2]:
            answer = ownership(store, id, as_of=one.day)
            _compare_shares(answer, owned)
            _compare_control(answer, ruled)
            down = reading.read(store, one.day, down=[id])
            assert control(down, id).grips.keys() == ruled[id], id
            if id in grounds[one.day].known.nodes:
                _compare_grounds(answer, ownership(store, id, as_of=one.day, ground=grounds[one.day]))


def _compare_shares(answer: OwnershipAnswer, owned: dict[str, dict[str, float]]) -> None:
    id = answer.subject.id
    above = {holder: shares[id] for holder, shares in owned.items() if shares.get(id)}
    if answer.subject.kind != "person":
        told = {one.subject.id: one.integrated for one in answer.owners}
        assert {who: share for who, share in told.items() if share} == pytest.approx(above, abs=NEAR), id
    told = {one.subject.id: one.integrated for one in answer.holdings}
    assert {held: share for held, share in told.items() if share} == pytest.approx(owned[id], abs=NEAR), id


def _compare_control(answer: OwnershipAnswer, ruled: dict[str, set[str]]) -> None:
    id = answer.subject.id
    for one in answer.owners:
        assert (one.control is not None) == (id in ruled[one.subject.id]), (one.subject.id, id)
    for one in answer.holdings:
        assert (one.control is not None) == (one.subject.id in ruled[id]), (id, one.subject.id)


def test_whom_aggregated_ownership_catches() -> None:
    for seed in PURE:
        one = case(seed)
        shares = Facts.on(one.day, one.subjects, one.relations).capital
        blocked = random.Random(seed).sample(one.ids, 2)
        told = caught(shares, blocked, Bound(0.5, strict=False))
        assert told.keys() - set(blocked) == reference.caught(shares, blocked) - set(blocked), seed


def _compare_grounds(one: OwnershipAnswer, other: OwnershipAnswer) -> None:
    """The same whether the graph around a subject was read for it or the whole one was read before."""
    told, again = one.to_json(), other.to_json()
    for part in ("owners", "holdings"):
        shares = [[{**row, **dict.fromkeys(APART)} for row in document[part]] for document in (told, again)]
        assert shares[0] == shares[1], (told["subject"]["id"], part)
    for part in ("ultimate_controllers", "beneficial_owners", "possible_beneficial_owners", "cycles", "scaled"):
        assert told[part] == again[part], (told["subject"]["id"], part)
