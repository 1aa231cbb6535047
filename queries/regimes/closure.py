"""Shares that count in full through whoever reaches a number: the fix-point of sanction tests and of the tax bulletin.

Whatever the group holds of something adds up; where it comes to the number, that thing belongs to the group, and what
it holds counts as the group's own, undiminished. Below the number nothing is passed on. Pure: no store, no regime.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from queries.ownership.control import SLACK

Stakes = Mapping[tuple[str, str], float]  # (holder, held) -> share, 0–1
Controls = Callable[[str], Collection[str]]  # whom somebody controls


@dataclass(frozen=True, slots=True)
class Bound:
    """The number: a share of at least, or (`strict`) of more than."""

    share: float
    strict: bool

    def met(self, share: float) -> bool:
        """Whether a share comes to it."""
        return share > self.share + SLACK if self.strict else share >= self.share - SLACK


@dataclass(frozen=True, slots=True)
class Caught:
    """One that belongs to the group. `share`: all the group holds of it in the end; `by`: what those held who made it
    belong, the largest first; empty where it is controlled by `controller` instead.
    """

    held: str
    share: float
    by: tuple[tuple[str, float], ...]
    controller: str = ""


def caught(stakes: Stakes, group: Collection[str], bound: Bound, controls: Controls | None = None) -> dict[str, Caught]:
    """All that a group reaches, without its own members, in the order found: each rests on the group and on those
    before it. `controls`: where control counts like a share, whom each controls.
    """
    into: dict[str, dict[str, float]] = defaultdict(dict)
    for (holder, held), share in stakes.items():
        if holder != held and share > 0:
            into[held][holder] = into[held].get(holder, 0.0) + share
    inside = set(group)
    found: dict[str, Caught] = {}
    while True:
        made = [one for one in _next(into, inside, bound) if one.held not in inside]
        if not made and controls:
            made = _by_control(controls, inside)
        if not made:
            break
        for one in made:
            found[one.held] = one
            inside.add(one.held)
    return {
        held: Caught(held, sum(s for h, s in into[held].items() if h in inside), one.by, one.controller)
        for held, one in found.items()
    }


def _next(into: Mapping[str, Mapping[str, float]], inside: set[str], bound: Bound) -> list[Caught]:
    """Those that belong on account of whoever is inside already."""
    made = []
    for held in sorted(into.keys() - inside):
        by = {holder: share for holder, share in into[held].items() if holder in inside}
        if by and bound.met(sum(by.values())):
            ranked = sorted(by.items(), key=lambda item: (-item[1], item[0]))
            made.append(Caught(held, sum(by.values()), tuple(ranked)))
    return made


def _by_control(controls: Controls, inside: set[str]) -> list[Caught]:
    made: dict[str, Caught] = {}
    for holder in sorted(inside):
        for held in sorted(set(controls(holder)) - inside):
            made.setdefault(held, Caught(held, 0.0, (), holder))
    return list(made.values())


def resting_on(found: Mapping[str, Caught], start: Collection[str]) -> set[str]:
    """Of those caught, whoever is in it on account of `start`, at least in part."""
    reached: set[str] = set()
    for held, one in found.items():
        holders = {holder for holder, _ in one.by} | ({one.controller} if one.controller else set())
        if holders & (reached | set(start)):
            reached.add(held)
    return reached


def chain(found: Mapping[str, Caught], held: str, start: Collection[str] = ()) -> list[str]:
    """From one that is caught up to a member of the group over the largest shares; to `start` where it rests on it."""
    wanted = resting_on(found, start) | set(start)
    steps = [held]
    while steps[-1] in found:
        one = found[steps[-1]]
        holders = [holder for holder, _ in one.by] or [one.controller]
        steps.append(next((h for h in holders if h in wanted), holders[0]))
    return steps
