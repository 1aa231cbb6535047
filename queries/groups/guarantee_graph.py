"""Guarantees as they join subjects: fetched layer by layer around one, or all of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import fsum
from typing import Any

from queries.groups.reading import Reading
from queries.groups.rings import Ring
from queries.hops import OutOfTimeError
from queries.model import Edge, Json

BATCH = 400
SUBJECTS_AT_MOST = 5_000  # walked to from one subject
GIVEN_AT_MOST = 5_000  # guarantees of one subject
ALL_AT_MOST = 200_000  # guarantees of the whole graph

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Guarantee:
    """One guarantee; `amount`: what it is for in 元, None where the source does not say."""

    edge: Edge
    amount: float | None

    def to_json(self) -> Json:
        """An edge of a PATH with its amount."""
        return {**self.edge.to_json(), "amount": self.amount}


@dataclass(frozen=True, slots=True)
class Total:
    """Several guarantees together: how many, what those with an amount come to (None: none has one), how many have
    none.
    """

    count: int
    amount: float | None
    unknown: int

    @classmethod
    def of(cls, guarantees: Iterable[Guarantee]) -> Total:
        """The sum; an amount that is not known is not guessed."""
        amounts = [one.amount for one in guarantees]
        known = [amount for amount in amounts if amount is not None]
        return cls(len(amounts), round(fsum(known), 2) if known else None, len(amounts) - len(known))

    def to_json(self) -> Json:
        """As answers give it."""
        return {"guarantees": self.count, "amount": self.amount, "amount_unknown": self.unknown}


@dataclass(slots=True)
class Guarantees:
    """What was fetched. `given`: by guarantor and debtor; `got`: by debtor and guarantor, which also knows guarantors
    whose own guarantees are too many. `too_many`: subjects with more guarantees one way than the cap, and how many:
    nothing goes that way. `complete`: whether nothing was cut by time or size. `rings`: those of the whole graph and
    whether that are all, where they were looked for already.
    """

    given: dict[str, dict[str, list[Guarantee]]] = field(default_factory=lambda: defaultdict(dict))
    got: dict[str, dict[str, list[Guarantee]]] = field(default_factory=lambda: defaultdict(dict))
    too_many: dict[str, int] = field(default_factory=dict)
    complete: bool = True
    rings: tuple[list[Ring], bool] | None = None

    @classmethod
    def around(cls, reading: Reading, subject: str) -> Guarantees:
        """Everybody down the guarantees from a subject and up, to the ends of the chains."""
        found = cls()
        seen: dict[bool, set[str]] = {True: {subject}, False: {subject}}
        fronts: dict[bool, set[str]] = {True: {subject}, False: {subject}}
        fetched: set[str] = set()
        try:
            while front := sorted((fronts[True] | fronts[False]) - fetched):
                if len(fetched) + len(front) > SUBJECTS_AT_MOST:
                    found.complete = False
                    return found
                found._fetch(reading, front, subject)
                fetched |= set(front)
                for given, near in ((True, found.given), (False, found.got)):
                    fronts[given] = {other for i in fronts[given] for other in near.get(i, ())} - seen[given]
                    seen[given] |= fronts[given]
        except OutOfTimeError:
            found.complete = False
        return found

    @classmethod
    def whole(cls, reading: Reading) -> Guarantees:
        """All guarantees of the graph; of a snapshot those a ring can go over."""
        found = cls()
        if reading.snapshot is not None:
            from queries.groups.guarantees_mapped import whole  # noqa: PLC0415  # numpy, which plain commands do without

            told = whole(reading.snapshot, reading.as_of, reading.cap)
            for guarantor, one in told.inside:
                found._add((guarantor, one[0]), one, given=True)
            found.too_many, found.rings = told.too_many, (told.rings, told.every)
            return found
        try:
            rows = reading.rows("guarantees_all", most=ALL_AT_MOST + 1)
        except OutOfTimeError:
            found.complete = False
            return found
        found.complete = len(rows) <= ALL_AT_MOST
        for row in rows[:ALL_AT_MOST]:
            found._add((row["guarantor"], row["found"][0]), row["found"], given=True)
        for guarantor, debtors in list(found.given.items()):
            if (number := sum(map(len, debtors.values()))) > reading.cap:
                found.too_many[guarantor] = number
                del found.given[guarantor]
        return found

    def between(self, guarantor: str, debtor: str) -> list[Guarantee]:
        """The guarantees of one for the other, from whichever side they were read; in one order, whoever read them."""
        return sorted(self.given.get(guarantor, {}).get(debtor) or self.got[debtor][guarantor], key=_order)

    def total(self, pairs: Iterable[Pair]) -> Total:
        """All guarantees between these guarantors and debtors together."""
        return Total.of(one for pair in pairs for one in self.between(*pair))

    def _fetch(self, reading: Reading, front: Sequence[str], asked: str) -> None:
        for start in range(0, len(front), BATCH):
            batch = list(front[start : start + BATCH])
            for row in _rows(reading, batch, asked):
                if row["degree"] > len(row["found"]):
                    self.too_many[row["id"]] = max(row["degree"], self.too_many.get(row["id"], 0))
                for told in row["found"]:
                    ends = (row["id"], told[0]) if row["given"] else (told[0], row["id"])
                    self._add(ends, told, given=row["given"])

    def _add(self, ends: Pair, told: Sequence[Any], *, given: bool) -> None:
        guarantor, debtor = ends
        if guarantor == debtor:
            return
        _, title, since, until, seen_on, record, amount = told
        edge = Edge("GUARANTEES", *ends, title=title, since=since, until=until, seen_on=seen_on, record=record)
        kept, near = (self.given[guarantor], debtor) if given else (self.got[debtor], guarantor)
        kept.setdefault(near, []).append(Guarantee(edge, amount))


def _order(one: Guarantee) -> tuple[str, ...]:
    edge = one.edge
    return tuple(str(told or "") for told in (edge.record, edge.since, edge.until, edge.title, one.amount))


def _rows(reading: Reading, batch: list[str], asked: str) -> list[Json]:
    if reading.snapshot is None:
        return reading.rows("guarantees", frontier=batch, cap=reading.cap, most=GIVEN_AT_MOST, ends=[asked])
    from queries.groups.guarantees_mapped import around  # noqa: PLC0415  # numpy, which plain commands do without

    reading.check()
    return around(reading, reading.snapshot, batch, most=GIVEN_AT_MOST, asked=asked)
