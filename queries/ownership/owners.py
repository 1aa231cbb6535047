"""Who owns and controls a subject, what it owns and controls, and who benefits in the end.

ownership(store, "91999999MA00004966", as_of="2026-06-01").to_json()
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Required, TypedDict, Unpack

from graph.errors import InputError, NotFoundError
from graph.store import Store
from queries.model import Json, Path, Subject, shown
from queries.ownership.beneficial import Beneficial, beneficial, standard
from queries.ownership.bounds import at_most
from queries.ownership.circles import circles
from queries.ownership.control import HALF, HOW_WORDS, Control, control, controllers, ultimate
from queries.ownership.holdings import Holdings
from queries.ownership.integrated import OVER, Shares
from queries.ownership.stakes import Share, Stake
from queries.ownership.ways import Ways
from queries.question import SECONDS, day

BOUNDED = 100  # subjects with unknown shares whose largest possible share is worked out
DIGITS = 9
CUT_WORDS = {"time": "搜索超时，只给出已读到的部分", "size": "主体过多，只给出已读到的部分"}


class OwnershipAsked(TypedDict, total=False):
    """The keywords of `ownership`.

    `as_of`: the day. `up`, `down`: which way (default both). `threshold`: votes that control have to be above this,
    0.5 to 1 (default 0.5). `seconds`: time after which reading is cut.
    """

    as_of: Required[str]
    up: bool
    down: bool
    threshold: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Holding:
    """An owner of the asked subject, or something it owns. `direct`: None without a stake of its own; `at_least`:
    some share on the way is unknown or an interval, `most` is then what it can be; `control`: None where there is
    none; `stop`: nobody is joined to anybody through it.
    """

    subject: Subject
    direct: Share | None
    votes: Share | None
    integrated: float
    at_least: bool
    most: float | None
    control: Control | None
    controlled: str
    path: Path
    stop: bool

    def to_json(self) -> Json:
        """An entry of `owners` or `holdings`."""
        return {
            "subject": self.subject.to_json(),
            "direct": _told(self.direct.low) if self.direct else 0.0,
            "direct_max": _told(self.direct.high) if self.direct and self.direct.high is not None else None,
            "votes": _told(self.votes.low) if self.votes else 0.0,
            "integrated": _told(self.integrated),
            "integrated_max": _told(self.most) if self.most is not None else None,
            "at_least": self.at_least,
            "controls": self.control is not None,
            "control": _control_json(self.control, self.controlled) if self.control else None,
            "stop": self.stop,
            "path": self.path.to_json(),
        }


@dataclass(frozen=True, slots=True)
class OwnershipAnswer:
    """What `ownership` answers. `unknown`: stakes without a figure; `conflicts`: stakes sources disagree on."""

    subject: Subject
    as_of: str
    owners: tuple[Holding, ...]
    holdings: tuple[Holding, ...]
    ultimate: tuple[Subject, ...]
    beneficial: Beneficial | None
    cycles: tuple[tuple[Subject, ...], ...]
    scaled: tuple[tuple[Subject, float], ...]
    unknown: tuple[Json, ...]
    conflicts: tuple[Json, ...]
    cut: str

    def to_json(self) -> Json:
        """`ownership --json`."""
        found = self.beneficial
        return {
            "subject": self.subject.to_json(),
            "as_of": self.as_of,
            "owners": [one.to_json() for one in self.owners],
            "holdings": [one.to_json() for one in self.holdings],
            "ultimate_controllers": [one.to_json() for one in self.ultimate],
            "beneficial_owners": [one.to_json() for one in found.owners] if found else [],
            "possible_beneficial_owners": [
                {"subject": one.to_json(), "share_max": _told(most)} for one, most in (found.possible if found else ())
            ],
            "beneficial_rule": _rule_json(found) if found else None,
            "cycles": [[one.id for one in circle] for circle in self.cycles],
            "cycle_names": [[one.name for one in circle] for circle in self.cycles],
            "scaled": [{"subject": one.to_json(), "sum": _told(total)} for one, total in self.scaled],
            "unknown": list(self.unknown),
            "conflicts": list(self.conflicts),
            "complete": not self.cut,
            "cut": CUT_WORDS.get(self.cut),
        }


def ownership(store: Store, subject: str, **asked: Unpack[OwnershipAsked]) -> OwnershipAnswer:
    """Ownership around a subject, by its id.

    Raises NotFoundError for an id that is no subject's, InputError for a day that does not exist or a threshold
    outside 0.5–1.
    """
    threshold, as_of = asked.get("threshold", HALF), day(asked["as_of"])
    if not HALF <= threshold < 1:
        raise InputError("控制的表决权界限超出范围", value=str(threshold), remedy="0.5 至 1（不含 1）")
    up, down = asked.get("up", True), asked.get("down", True)
    ends = {"up": [subject] if up else [], "down": [subject] if down else []}
    known = Holdings.read(store, as_of, seconds=asked.get("seconds", SECONDS), **ends)
    if subject not in known.nodes:
        raise NotFoundError(subject)
    person = known.nodes[subject].person
    shares = Shares.of_capital(known)
    into = shares.into(subject) if up else {}
    above = controllers(known, subject, threshold) if up and not person else {}
    owners = _owners(known, subject, into, above) if up and not person else ()
    below = control(known, subject, threshold) if down else None
    holdings = _holdings(known, subject, shares.from_holder(subject), below) if below else ()
    sums = known.sums()
    return OwnershipAnswer(
        subject=known.nodes[subject].subject,
        as_of=as_of,
        owners=tuple(sorted(owners, key=_order)),
        holdings=tuple(sorted(holdings, key=_order)),
        ultimate=tuple(known.nodes[i].subject for i in ultimate(known, subject, threshold)) if above else (),
        beneficial=beneficial(store, known, subject, into, above) if up and not person else None,
        cycles=tuple(tuple(known.nodes[i].subject for i in circle) for circle in circles(known)),
        scaled=tuple((known.nodes[i].subject, sums[i]) for i in sorted(sums) if sums[i] > 1 + OVER),
        unknown=tuple(_unknown(known)),
        conflicts=tuple(_conflicts(known)),
        cut=known.cut,
    )


def _owners(
    known: Holdings, subject: str, into: Mapping[str, float], above: Mapping[str, Control]
) -> Iterable[Holding]:
    ways = Ways(known, subject, up=True)
    vague = _spread({s.holder for s in _vague(known)}, known.into)
    for owner in ways.reached:
        if owner != subject:
            most = at_most(known, owner, subject) if owner in vague and len(vague) <= BOUNDED else None
            yield _holding(known, (owner, subject), (into.get(owner, 0.0), most, owner in vague), above, ways)


def _holdings(known: Holdings, subject: str, owned: Mapping[str, float], below: Control) -> Iterable[Holding]:
    ways = Ways(known, subject, up=False)
    reached = ways.reached.keys()
    vague = _spread({s.held for s in _vague(known) if s.holder in reached}, known.out)
    for held in reached:
        if held != subject:
            most = at_most(known, subject, held) if held in vague and len(vague) <= BOUNDED else None
            controls = {subject: below} if held in below.grips else {}
            yield _holding(known, (subject, held), (owned.get(held, 0.0), most, held in vague), controls, ways)


def _holding(
    known: Holdings,
    ends: tuple[str, str],
    share: tuple[float, float | None, bool],
    controls: Mapping[str, Control],
    ways: Ways,
) -> Holding:
    holder, held = ends
    other = holder if ways.start == held else held
    stake = known.into.get(held, {}).get(holder)
    return Holding(
        subject=known.nodes[other].subject,
        direct=stake.capital if stake else None,
        votes=stake.votes if stake else None,
        integrated=share[0],
        at_least=share[2],
        most=share[1],
        control=controls.get(holder),
        controlled=held,
        path=ways.path(other),
        stop=known.nodes[other].stops,
    )


def _vague(known: Holdings) -> Iterable[Stake]:
    """Stakes whose share is unknown or an interval."""
    return (one for stakes in known.into.values() for one in stakes.values() if not one.capital.exact)


def _spread(start: Iterable[str], along: Mapping[str, Iterable[str]]) -> set[str]:
    seen, todo = set(start), list(start)
    while todo:
        for other in along.get(todo.pop(), ()):
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


def _order(one: Holding) -> tuple[float, bool, int, str]:
    return (-one.integrated, one.control is None, len(one.path.edges), one.subject.id)


def _told(share: float) -> float:
    return round(min(share, 1.0) if share < 1 + 1e-9 else share, DIGITS)


def _control_json(found: Control, over: str) -> Json:
    grip = found.grips[over]
    declared = found.declared(over)
    return {
        "how": str(grip.how),
        "declared": declared,
        "label": "登记" if declared else "推定",
        "votes": _told(grip.votes),
        "jointly_with": sorted(found.group - {found.subject}),
        "chain": [edge.to_json() for edge in found.chain(over)],
        "text": f"{'' if declared else '推定控制：'}{HOW_WORDS[grip.how]}",
    }


def _rule_json(found: Beneficial) -> Json:
    rule = standard()
    return {
        "regime": "P13",
        "share": rule.share,
        "boundary": ">" if rule.strict else ">=",
        "basis": [{name: one[name] for name in ("law", "article", "grade")} for one in rule.basis],
        "exemption": rule.exemption["zh"] if found.may_be_exempt else None,
    }


def _unknown(known: Holdings) -> Iterable[Json]:
    for one in _vague(known):
        yield {
            "holder": one.holder,
            "held": one.held,
            "min": _told(one.capital.low),
            "max": None if one.capital.high is None else _told(one.capital.high),
            "record": [shown(edge.record) for edge in one.edges],
        }


def _conflicts(known: Holdings) -> Iterable[Json]:
    """Stakes on which the sources differ: what was believed, and what not."""
    for stakes in known.into.values():
        for one in stakes.values():
            if any(edge.ratio != sum(e.ratio or 0.0 for e in one.edges) for edge in one.others):
                yield {
                    "holder": one.holder,
                    "held": one.held,
                    "used": [edge.to_json() for edge in one.edges],
                    "not_used": [edge.to_json() for edge in one.others],
                }
