"""Ownership and control by their definitions alone: what the answers are compared with.

Written from the contract, slow and short, and on its own: nothing here comes from `queries.ownership`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.queries.graphs import Row

Shares = dict[tuple[str, str], float]  # (holder, held): share
CAPITAL = ("SHAREHOLDER", "GENERAL_PARTNER", "LIMITED_PARTNER")
SURE = 1e-9  # sums of decimals


@dataclass(slots=True)
class Facts:
    """What holds on one day, of the rows of a test graph. `capital`, `votes`: lower bounds, not scaled yet; `most`:
    upper bounds of capital; `concert`: pairs, both ways round; `acts`: who can control; `stops`: through whom nobody
    controls.
    """

    capital: Shares = field(default_factory=lambda: defaultdict(float))
    most: Shares = field(default_factory=lambda: defaultdict(float))
    votes: Shares = field(default_factory=lambda: defaultdict(float))
    declared: set[tuple[str, str]] = field(default_factory=set)
    partners: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    concert: set[tuple[str, str]] = field(default_factory=set)
    acts: set[str] = field(default_factory=set)
    stops: set[str] = field(default_factory=set)

    @classmethod
    def on(cls, day: str, subjects: Iterable[Row], relations: Iterable[Row]) -> Facts:
        """The facts of that day; the relations are all of one source."""
        found = cls()
        for one in subjects:
            state = one["kind"] == "government"
            stops = not one.get("conducts", not state)
            found.stops |= {one["id"]} if stops else set()
            found.acts |= {one["id"]} if state or not stops else set()
        for row in relations:
            if (row.get("since") or "") <= day and (row.get("until") or "9999") > day:
                found._take(row)
        return found

    def _take(self, row: Row) -> None:
        ends, kind, ratio = (row["source"], row["target"]), row["type"], row.get("ratio")
        if kind == "CONCERT":
            self.concert |= {ends, ends[::-1]}
        elif kind == "ACTUAL_CONTROLLER":
            self.declared.add(ends)
        if kind == "GENERAL_PARTNER":
            self.partners[ends[1]].add(ends[0])
        if kind in CAPITAL:
            low, high = float(row.get("ratio_min") or 0.0), float(row.get("ratio_max") or 1.0)
            self.capital[ends] += low if ratio is None else ratio
            self.most[ends] += high if ratio is None else ratio
            own = row.get("votes")
            voteless = own is None and kind == "LIMITED_PARTNER"
            self.votes[ends] += own if own is not None else 0.0 if voteless else low if ratio is None else ratio


def scaled(shares: Shares) -> Shares:
    """Shares whose sum is above the whole, made to be the whole."""
    sums: dict[str, float] = defaultdict(float)
    for (_, held), share in shares.items():
        sums[held] += share
    return {ends: share / max(1.0, sums[ends[1]]) for ends, share in shares.items() if share > 0}


def integrated(shares: Shares, holder: str) -> dict[str, float]:
    """M = (I − A)⁻¹ on what the holder reaches, with the relations into the holder left out; his row of it."""
    part = {ends: share for ends, share in scaled(shares).items() if ends[1] != holder}
    reached = sorted(_closure([holder], part))
    place = {one: n for n, one in enumerate(reached)}
    system = np.identity(len(reached))
    for (source, target), share in part.items():
        if source in place:
            system[place[source], place[target]] -= share
    row = np.linalg.solve(system.T, np.eye(len(reached))[place[holder]])
    return {one: float(row[place[one]]) for one in reached if one != holder}


def walked(shares: Shares, holder: str, steps: int = 20_000) -> dict[str, float]:
    """The same as a sum over walks, one step longer each time, until the longer ones add nothing."""
    part = [(*ends, share) for ends, share in scaled(shares).items() if ends[1] != holder]
    total: dict[str, float] = defaultdict(float)
    carried = {holder: 1.0}
    for _ in range(steps):
        further: dict[str, float] = defaultdict(float)
        for source, target, share in part:
            if source in carried:
                further[target] += carried[source] * share
        for one, share in further.items():
            total[one] += share
        carried = dict(further)
        if sum(carried.values()) < 1e-15:
            return dict(total)
    raise AssertionError(f"the walks from {holder} have not ended after {steps} steps")


def controlled(facts: Facts, subject: str, threshold: float = 0.5) -> set[str]:
    """What a subject controls alone; and jointly with those it acts in concert with what none of them controls alone
    and in which it, or what it controls alone, takes part.
    """
    group = _closure([subject], facts.concert)
    alone = {who: _controlled(facts, {who}, threshold) for who in group}
    together = _controlled(facts, group, threshold)
    joint = together - {over for found in alone.values() for over in found}
    voting = {(who, held) for (who, held), share in facts.votes.items() if share > 0}
    says = voting | facts.declared | {(who, over) for over, partners in facts.partners.items() for who in partners}
    own = alone[subject] | {subject} if subject in facts.acts else set()
    return alone[subject] | {over for over in joint if own & _sayers(says, over, together)}


def _sayers(says: set[tuple[str, str]], over: str, together: set[str]) -> set[str]:
    """Who has a say in an organisation, or in what of the group's has one."""
    found: set[str] = set()
    bodies = {over}
    while True:
        more = {who for who, held in says if held in bodies} - found
        if not more:
            return found
        found |= more
        bodies |= more & together


def _controlled(facts: Facts, group: set[str], threshold: float) -> set[str]:
    """What a group controls as one: go round until nothing is added."""
    votes = scaled(facts.votes)
    bodies = {held for _, held in votes} | {over for _, over in facts.declared} | facts.partners.keys()
    found: set[str] = set()
    while True:
        members = (group & facts.acts) | (found - facts.stops)
        more = {over for over in bodies - group if _is_held(facts, votes, members, over, threshold)} - found
        if not more:
            return found
        found |= more


def _is_held(facts: Facts, votes: Shares, members: set[str], over: str, threshold: float) -> bool:
    if any((who, over) in facts.declared for who in members):
        return True
    if facts.partners.get(over):
        return facts.partners[over] <= members
    return sum(votes.get((who, over), 0.0) for who in members) > threshold + SURE


def caught(shares: Shares, blocked: Iterable[str], least: float = 0.5) -> set[str]:
    """Whom a rule of aggregated ownership catches: holders that are blocked or caught hold `least` of it together."""
    found = set(blocked)
    while True:
        sums: dict[str, float] = defaultdict(float)
        for (holder, held), share in shares.items():
            sums[held] += share if holder in found else 0.0
        more = {held for held, total in sums.items() if total >= least - SURE} - found
        if not more:
            return found
        found |= more


def _closure(start: Iterable[str], pairs: Iterable[tuple[str, str]]) -> set[str]:
    steps: Mapping[str, Sequence[str]] = _steps(pairs)
    seen = set(start)
    todo = list(seen)
    while todo:
        for other in steps.get(todo.pop(), ()):
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


def _steps(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for source, target in pairs:
        found[source].append(target)
    return found
