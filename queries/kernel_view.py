"""A snapshot seen through a policy on a day: weights and days meet the arrays here, and nowhere earlier."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

import numpy as np

from graph.columns import Array, Texts
from graph.kernel import Searcher, View
from graph.kernel_rows import NOTHING, Carriage, rows
from graph.snapshot import NodeTable, Snapshot
from queries.model import last_event
from queries.policy import Policy
from queries.question import Question
from queries.spread import EXACT, ROUNDED, UNIT, margin, rounded
from queries.weights import weights

# Whole numbers hold so many decimals.
DIGITS = 18
KEPT = 4  # views at once, of some 12 bytes a relation each
LENT = 8  # rooms for searches kept by a view, of 16 bytes a subject each
CONDUCTS, HUB = 1, 2


@dataclass(frozen=True, slots=True)
class Weighing:
    """What each relation passes, by [type, code of the ratio]: walking along it towards the listed one, and against.

    Classes into `weights`, the numbers of the policy, the highest first.
    """

    weights: tuple[Decimal, ...]
    along: Array
    against: Array
    carries: Array
    once: Array


class Seen:
    """A view, with room for searches that may be lent to one thread after the other."""

    def __init__(self, snapshot: Snapshot, question: Question, *, outward: bool) -> None:
        self.snapshot = snapshot
        self.weighing = weighing(snapshot, question)
        self.active = in_force(snapshot, question.as_of)
        self.view = _view(snapshot, question, self.weighing, self.active, outward)
        self._free: list[Searcher] = []

    def borrow(self) -> Searcher:
        """A searcher nobody else has; give it back."""
        try:
            return self._free.pop()
        except IndexError:
            return Searcher(self.view)

    def give_back(self, searcher: Searcher) -> None:
        """Lend it to the next."""
        if len(self._free) < LENT:
            self._free.append(searcher)


_kept: OrderedDict[tuple[Any, ...], tuple[Snapshot, Policy, Seen]] = OrderedDict()
_lock = threading.Lock()
_counted: deque[tuple[Policy, int]] = deque(maxlen=KEPT)  # counted once a policy, not once a question


def seen(snapshot: Snapshot, question: Question, *, outward: bool = False) -> Seen:
    """The view a question needs; made at the first of its kind, kept for the next ones."""
    # By identity: the values hold on to both, so that no other gets their numbers.
    days = question.listed_days
    key = (id(snapshot), id(question.policy), question.include_possible, outward, days["as_of"], days["over"])
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key][2]
    made = Seen(snapshot, question, outward=outward)
    with _lock:
        for old in [old for old, kept in _kept.items() if kept[0].stamp != snapshot.stamp and _same(kept[0], snapshot)]:
            del _kept[old]
        _kept[key] = (snapshot, question.policy, made)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _same(one: Snapshot, other: Snapshot) -> bool:
    """Whether two are of one store."""
    return one.path == other.path


def declined(policy: Policy) -> str:
    """Why the kernel does not answer with a policy, "" if it does."""
    digits = decimals(policy)
    if digits <= DIGITS:
        return ""
    return f"策略的权重和严重程度连乘有 {digits} 位小数，超过 {DIGITS} 位，内核不能精确计算"


def decimals(policy: Policy) -> int:
    """How many decimals the finest score of a policy has, before it is rounded."""
    with _lock:
        known = next((digits for one, digits in _counted if one is policy), None)
    if known is None:
        known = policy.max_hops * _digits(k.weight for k in policy.keeps) + _digits(_severities(policy))
        with _lock:
            _counted.append((policy, known))
    return known


def in_force(snapshot: Snapshot, as_of: str) -> Array:
    """By relation, whether it is in force on a day."""
    since, until = snapshot.relations.column("since"), snapshot.relations.column("until")
    begun = snapshot.relations.codes("since") <= since.rank_le(as_of)
    ends = snapshot.relations.codes("until")
    return np.asarray(begun & ((ends == 0) | (ends > until.rank_le(as_of))))


def weighing(snapshot: Snapshot, question: Question) -> Weighing:
    """The policy's rows for the relation types and ratios there are."""
    types = question.policy.carrying(include_possible=question.include_possible)
    keeps = weights(question.policy, types, towards_listed=True)
    relations = snapshot.relations
    ratios = [None, *np.asarray(relations.column("ratio").values, dtype=float).tolist()] if relations.count else [None]
    found = {Decimal(str(w)) for keep in keeps.values() for row in _rows(keep) for w in row[1:]}
    known = tuple(sorted((weight for weight in found if weight > 0), reverse=True))
    classes = {float(weight): rank for rank, weight in enumerate(known)}
    shape = (len(relations.types), len(ratios))
    along, against = np.full(shape, NOTHING, np.uint8), np.full(shape, NOTHING, np.uint8)
    for number, kind in enumerate(relations.types):
        keep = keeps.get(kind)
        for code, ratio in enumerate(ratios if keep else ()):
            row = _row(keep, ratio)
            along[number, code] = classes.get(row[1], NOTHING)
            against[number, code] = classes.get(row[2], NOTHING)
    once = np.array([bool(keeps.get(kind, {}).get("twice")) for kind in relations.types])
    return Weighing(known, along, against, (along != NOTHING) | (against != NOTHING), once)


def _row(keep: Any, ratio: float | None) -> Sequence[float]:
    """As `exposure.cypher` picks it."""
    if ratio is None or "bands" not in keep:
        bare: Sequence[float] = keep["none"]
        return bare
    return next((band for band in keep["bands"] if band[0] <= ratio), (0.0, 0.0, 0.0))


def _rows(keep: Any) -> Iterable[Sequence[float]]:
    return (keep["none"], *keep.get("bands", ()))


def _view(snapshot: Snapshot, question: Question, told: Weighing, active: Array, outward: bool) -> View:
    policy = question.policy
    one, other = (told.against, told.along) if outward else (told.along, told.against)
    carriage = Carriage(one, other, told.carries, told.once, active)
    made = rows(snapshot.relations, snapshot.subjects.count, carriage)
    digits, fine = _digits(told.weights), _digits(_severities(policy))
    scale, severity_scale = 10**digits, 10**fine
    stop = np.where(_conducts(snapshot.subjects), np.where(made.degree > policy.fanout_cap, HUB, 0), CONDUCTS)
    hops = range(policy.max_hops + 1)
    starts, entry, severity = _entries(snapshot, question, severity_scale)
    return View(
        rows=made,
        weights=np.array([int(weight * scale) for weight in told.weights] or [0], dtype=np.int64),
        scale=scale,
        stop=stop.astype(np.uint8),
        entry_starts=starts,
        entry=entry,
        severity=severity,
        severity_scale=severity_scale,
        floor=[_lowest(policy.floor, scale**n) for n in hops],
        score_floor=[_lowest(policy.floor, scale**n * severity_scale) for n in hops],
        margin=[int(margin(policy) * scale**n) if decimals(policy) > ROUNDED else 0 for n in hops],
    )


def _lowest(floor: Decimal, scale: int) -> int:
    """The lowest number of `scale`ths that is not below the floor once it is rounded."""
    with localcontext(EXACT):
        number = math.ceil((floor - UNIT) * scale)
        while rounded(Decimal(number) / scale) < floor:  # at most as many steps as there are within the unit
            number = max(number + 1, math.ceil((floor - UNIT / 2) * scale))
        return number


def _conducts(subjects: NodeTable) -> Array:
    """By subject, whether anything passes through it: as said, else all but governments do."""
    said, kinds = subjects.codes("conducts"), subjects.column("kind")
    values = (
        np.array([True, *np.asarray(subjects.column("conducts").values, dtype=bool).tolist()]) if said.any() else None
    )
    by_kind = subjects.codes("kind") != (kinds.code("government") if len(kinds.values) else -1)
    return np.asarray(by_kind if values is None else np.where(said == 0, by_kind, values[said]))


def _entries(snapshot: Snapshot, question: Question, scale: int) -> tuple[Array, Array, Array]:
    """The entries in force that weigh anything, by subject, the heaviest first, then by id."""
    table, days = snapshot.listings, question.listed_days
    weight = _by_pair(snapshot, question.policy, scale)
    listed, removed, expires = (table.column(name) for name in ("listed_on", "removed_on", "expires_on"))
    gone, last = table.codes("removed_on"), table.codes("expires_on")
    counts = (
        (weight > 0)
        & (table.codes("listed_on") <= listed.rank_le(days["as_of"]))
        & ((gone == 0) | (gone > removed.rank_le(days["over"])))
        & ((last == 0) | (last > expires.rank_lt(days["over"])))
    )
    told = table.codes("events")
    for row in np.flatnonzero(counts & (told > 0)).tolist():
        counts[row] = last_event(table.row(row), days["as_of"]) != "suspended"
    links = snapshot.listed
    kept = counts[links.second] if links.count else np.zeros(0, bool)
    subject, entry = links.first[kept].astype(np.int64), links.second[kept].astype(np.int64)
    order = np.lexsort((entry, -weight[entry], subject))
    sizes = np.bincount(subject, minlength=snapshot.subjects.count)
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])
    return starts, entry[order], weight[entry][order]


def _by_pair(snapshot: Snapshot, policy: Policy, scale: int) -> Array:
    """What each entry weighs, by its list and tier."""
    table = snapshot.listings
    lists, tiers = table.column("list").values, table.column("tier").values
    names = [None, *lists] if isinstance(lists, Texts) else [None]
    levels = [None, *tiers] if isinstance(tiers, Texts) else [None]
    weight = np.array(
        [[int(policy.severity_of(name, tier) * scale) if name else 0 for tier in levels] for name in names],
        dtype=np.int64,
    )
    return np.asarray(weight[table.codes("list"), table.codes("tier")])


def _severities(policy: Policy) -> Iterable[Decimal]:
    tiers = [Decimal(1), *policy.tier.values()]
    return (severity * tier for severity in policy.severity.values() for tier in tiers)


def _digits(numbers: Iterable[Decimal]) -> int:
    """How many decimals the finest of these has."""
    return max((max(0, -int(number.normalize().as_tuple().exponent)) for number in numbers), default=0)
