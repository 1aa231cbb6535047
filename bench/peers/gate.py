"""The gate before any timing: a peer whose answer is not the right one is dropped, and that is told.

On a small graph right is what brute force says; on a larger one what at least two peers say that share no code, by
most of them where they differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse

from bench.peers.arrays import Arrays
from bench.peers.protocol import Shares, Whole
from bench.peers.reference import Owned, Reference

SHARE = 1e-8  # shares further apart than this are not the same
SAMPLE = 24  # subjects of a whole graph that brute force weighs


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one workload: how many questions were compared with what, and who was wrong about which."""

    against: str
    checked: int
    wrong: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What answers are compared by: the graph, the workload, and brute force where the graph is small. `kin`: peers
    that share code, by one name: their agreement is that of one.
    """

    arrays: Arrays
    work: str
    small: Reference | None
    kin: Mapping[str, str] = field(default_factory=dict)


def judged(known: Known, questions: Sequence[Sequence[Any]], answers: Mapping[str, Sequence[Any]]) -> Verdict:
    """`answers`: by peer, of the first questions; a peer may have given up before the last."""
    wrong: dict[str, str] = {}
    checked = 0
    for number, question in enumerate(questions):
        given = {
            peer: told[number] for peer, told in answers.items() if number < len(told) and told[number] is not None
        }
        right = _right(known, question, given)
        if not given:
            break
        checked += right is not None or known.small is not None
        for peer, told in given.items():
            fault = _fault(known, question, told, right)
            if fault:
                wrong.setdefault(peer, fault)
    against = "brute force" if known.small else "agreement" if checked else "nobody else to compare with"
    return Verdict(against, checked, wrong)


def _right(known: Known, question: Sequence[Any], given: Mapping[str, Any]) -> Any:
    """The answer to compare with: brute force's, else the one most peers give; None where nobody agrees."""
    if known.small is not None and known.work != "whole":
        return known.small.answer(known.work, question)
    best: tuple[int, Any] = (1, None)
    for told in given.values():
        kin = {known.kin.get(peer, peer) for peer, other in given.items() if _same(known.work, told, other)}
        if len(kin) > best[0]:
            best = (len(kin), told)
    return best[1]


def _fault(known: Known, question: Sequence[Any], told: Any, right: Any) -> str:
    """What is wrong with an answer, "" if nothing."""
    arrays, small = known.arrays, known.small
    if known.work == "path":
        return _way_fault(known, question, told, right)
    if known.work == "whole" and small is not None:
        return _whole_fault(arrays, told, small)
    if known.work == "shares" and small is not None:
        return _shares_fault(arrays, told, right)
    if right is None or _same(known.work, told, right):
        return ""
    return f"{question!r:.60}: {told!r:.160} instead of {right!r:.160}"


def _same(work: str, one: Any, other: Any) -> bool:
    if isinstance(one, Whole):
        return bool(np.array_equal(one.scores, other.scores) and np.array_equal(one.hops, other.hops))
    if isinstance(one, Shares):
        return _apart(one, other) <= SHARE
    if work == "path":
        return len(one) == len(other)
    if work == "owned":  # a share at the bound may be told by one only
        apart = (abs(one.get(id, 1e-3) - other.get(id, 1e-3)) for id in {*one, *other})
        return max(apart, default=0.0) <= SHARE
    return bool(one == other)


def _apart(one: Shares, other: Shares) -> float:
    size = 1 + max(int(part.max(initial=0)) for s in (one, other) for part in (s.first, s.second))
    first, second = (sparse.csr_array((s.share, (s.first, s.second)), shape=(size, size)) for s in (one, other))
    return float(np.abs((first - second).data).max(initial=0.0))


def _way_fault(known: Known, question: Sequence[Any], way: Sequence[str], right: Any) -> str:
    """Whether it is as long as it should be, each step joins two, and nothing is walked through that may not be."""
    arrays = known.arrays
    length = len(way) - 1 if way else None
    expected = right if known.small else (len(right) - 1 if right else None) if right is not None else length
    if length != expected:
        return f"{question!r}: {length} relations instead of {expected}"
    numbers = [arrays.numbers[id] for id in way]
    ends = not way or (way[0], way[-1]) == tuple(question)
    joined = all(b in _beside(arrays, a) for a, b in pairwise(numbers))
    passed = not any(arrays.near_stop[n] for n in numbers[1:-1])
    return "" if ends and joined and passed else f"{question!r}: {way!r} is no way"


def _beside(arrays: Arrays, number: int) -> Iterable[int]:
    found: list[int] = arrays.near_to[arrays.near_starts[number] : arrays.near_starts[number + 1]].tolist()
    return found


def _whole_fault(arrays: Arrays, told: Whole, small: Reference) -> str:
    for number in range(0, len(arrays.ids), max(1, len(arrays.ids) // SAMPLE)):
        right = small.score(arrays.ids[number])
        if (float(told.scores[number]), int(told.hops[number])) != right:
            return f"{arrays.ids[number]}: {told.scores[number]}, {told.hops[number]} instead of {right}"
    return ""


def _shares_fault(arrays: Arrays, told: Shares, right: Owned) -> str:
    holders, held = (np.array([arrays.numbers[id] for id in ids]) for ids in (right.holders, right.held))
    rows, columns = np.nonzero(right.share > SHARE / 10)
    expected = Shares(holders[rows], held[columns], np.minimum(right.share[rows, columns], 1.0))
    asked = np.isin(told.first, holders)
    apart = _apart(Shares(told.first[asked], told.second[asked], told.share[asked]), expected)
    return "" if apart <= SHARE else f"a share is {apart:.2g} off"
