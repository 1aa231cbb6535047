"""Who is joined to whom in the made-up graph: heavy-tailed holders and heads, near-forest ownership, planted rings.

Subjects are numbered: firms first, the oldest first, then people, institutions, associations and offices. A firm's
corporate holders are older than it, so ownership is without circles but for those planted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

Ints = np.ndarray
LARGEST_HUB = 100_000
SMALLEST_HUB = 110  # just above the fan-out cap of the shipped policy
# Role of a hub and its relations as a share of the largest one's; those that come out too small are left out, or
# made just large enough where there would be none otherwise.
HUBS: tuple[tuple[str, float], ...] = (
    ("nominee", 1.0), ("head", 0.5), ("nominee", 0.2), ("branches", 0.2), ("guarantor", 0.1), ("nominee", 0.1),
    ("head", 0.1), ("director", 0.05), ("supplier", 0.05),
    *(("nominee", 0.02),) * 4, *(("head", 0.02),) * 4, *(("nominee", 0.01),) * 8, *(("head", 0.01),) * 8,
)  # fmt: skip
CROSS_HOLDINGS = 0.005  # of all stakes of firms in firms
MIDDLE_LOW, MIDDLE_HIGH = 0.2, 0.9  # circles are planted among firms neither old nor new


@dataclass(frozen=True, slots=True)
class People:
    """How many subjects there are of each kind, and where each kind begins."""

    firms: int

    @property
    def persons(self) -> int:
        """Natural persons."""
        return int(self.firms * 0.79)

    @property
    def others(self) -> tuple[int, int, int]:
        """Institutions, associations, offices."""
        some = max(4, int(self.firms * 0.004))
        return some, some, max(2, some // 2)

    @property
    def bodies(self) -> int:
        """Where institutions begin; associations and offices follow."""
        return self.firms + self.persons

    @property
    def count(self) -> int:
        """All of them."""
        return self.bodies + sum(self.others)


@dataclass(frozen=True, slots=True)
class Part:
    """Relations of one type. `ratio`: in hundredths of a per cent, -1 unknown. `planted`: in force on every day."""

    kind: str
    first: Ints
    second: Ints
    ratio: Ints | None = None
    planted: bool = False

    def __len__(self) -> int:
        return len(self.first)


@dataclass(slots=True)
class Planted:
    """What was planted, by number of the subject."""

    hubs: list[tuple[int, str, int]] = field(default_factory=list)
    cross: list[tuple[int, int]] = field(default_factory=list)
    circles: list[list[int]] = field(default_factory=list)
    rings: list[list[int]] = field(default_factory=list)


@dataclass(slots=True)
class Society:
    """One made-up society; `parts` tells its relations. `forms` of firms: 0 company, 1 partnership, 2 branch."""

    people: People
    chance: np.random.Generator
    planted: Planted = field(default_factory=Planted)
    forms: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.forms = self.chance.choice(3, self.people.firms, p=[0.87, 0.03, 0.1]).astype(np.int8)
        self.planted.hubs = list(self._hubs())
        self.forms[[number for number, _, _ in self.planted.hubs if number < self.people.firms]] = 0

    def parts(self) -> Iterator[Part]:
        """All relations, a part a time; no two of a part join the same two the same way."""
        heads = self._heads()
        partnership = self.forms == 1
        everyone = np.arange(self.people.firms)
        for kind, some in (("LEGAL_REP", ~partnership), ("PRINCIPAL", partnership)):
            yield Part(kind, heads[some], everyone[some])
        yield from self._stakes(heads)
        yield from self._posts(heads)
        yield from self._branches()
        yield from self._guarantees()
        yield from self._the_rest(heads)

    def _hubs(self) -> Iterator[tuple[int, str, int]]:
        """(number, role, degree) of each, firms among the oldest so that all they hold is younger."""
        firms, top = self.people.firms, min(self.people.firms // 10, LARGEST_HUB)
        old = iter(self.chance.permutation(max(40, firms // 100)).tolist())
        persons = iter((firms + self.chance.choice(self.people.persons, 1_000)).tolist())
        for _ in range(max(1, firms // 1_000_000)):
            for role, share in HUBS:
                degree = max(int(top * share), SMALLEST_HUB if share >= 0.05 else 0)
                if degree >= SMALLEST_HUB:
                    yield next(persons if role in ("head", "director") else old), role, degree

    def _of_hubs(self, role: str) -> Iterator[tuple[Ints, Ints]]:
        """(the hub so many times, others) of every hub of a role."""
        for number, of, degree in self.planted.hubs:
            if of == role:
                low = number + 1 if number < self.people.firms else 0
                others = low + self.chance.choice(self.people.firms - low, degree, replace=False)
                yield np.full(degree, number), others

    def _persons(self, count: int, share: float = 0.25) -> Ints:
        """So many people: most anybody, a share of them the busy few."""
        persons = self.people.persons
        busy = persons * self.chance.random(count) ** 2.5
        anybody = persons * self.chance.random(count)
        rank = np.where(self.chance.random(count) < share, busy, anybody).astype(np.int64)
        # A rank is not a place: the busy few stand anywhere.
        return self.people.firms + (rank * 982_451_653 + 57_885_161) % persons

    def _heads(self) -> Ints:
        heads = self._persons(self.people.firms)
        for hub, firms in self._of_hubs("head"):
            heads[firms] = hub
        return heads

    def _each(self, odds: Sequence[float], some: Ints) -> Ints:
        """The numbers in `some`, each 0, 1, 2, … times by these odds."""
        return np.repeat(some, self.chance.choice(len(odds), len(some), p=odds))

    def _stakes(self, heads: Ints) -> Iterator[Part]:
        """Shares add up to one or a little less; of one in twenty-five the size is not known."""
        rows = sorted(self._holders(heads), key=lambda row: not row[3])
        first, second = (np.concatenate([row[n] for row in rows]) for n in (0, 1))
        size = np.concatenate([np.full(len(row[0]), row[2]) for row in rows]) * self.chance.standard_gamma(
            1.0, len(first)
        )
        planted = np.concatenate([np.full(len(row[0]), row[3]) for row in rows])
        kept = _once(first, second, self.people.count)
        first, second, size, planted = first[kept], second[kept], size[kept], planted[kept]
        whole = np.bincount(second, weights=size, minlength=self.people.firms)
        told = self.chance.choice([1.0, 1.0, 1.0, 0.95, 0.8], self.people.firms)
        ratio = np.maximum(size / whole[second] * told[second] * 10_000, 1).astype(np.int64)
        ratio[(self.chance.random(len(ratio)) < 0.04) & ~planted] = -1
        held = self.forms[second] == 1
        kinds = np.where(held & (first < self.people.firms), 1, np.where(held, 2, 0))
        for number, kind in enumerate(("SHAREHOLDER", "GENERAL_PARTNER", "LIMITED_PARTNER")):
            for fixed in (False, True):
                some = (kinds == number) & (planted == fixed)
                yield Part(kind, first[some], second[some], ratio[some], planted=fixed)

    def _holders(self, heads: Ints) -> Iterator[tuple[Ints, Ints, float, bool]]:
        """Holders, what they hold, how large such stakes are, whether they are planted."""
        free = np.flatnonzero(self.forms != 2)
        held = self._each([0.06, 0.27, 0.3, 0.2, 0.11, 0.06], free)
        own = self.chance.random(len(held)) < 0.35
        yield np.where(own, heads[held], self._persons(len(held))), held, 1.0, False
        held = self._each([0.45, 0.35, 0.15, 0.05], free[free > 0])
        holders = (held * self.chance.random(len(held)) ** 1.4).astype(np.int64)
        yield holders, held, 1.5, False
        for turn, (hub, firms) in enumerate(self._of_hubs("nominee")):
            yield hub, firms, 0.03 if turn % 3 == 2 else 0.8, False
        yield from self._circles(holders, held)

    def _circles(self, holders: Ints, held: Ints) -> Iterator[tuple[Ints, Ints, float, bool]]:
        """Holdings that go back to the holder, and rings of firms with a chord in every second one."""
        hubs = [number for number, _, _ in self.planted.hubs]
        plain = np.flatnonzero(~np.isin(holders, hubs) & ~np.isin(held, hubs))
        cross = self.chance.choice(plain, max(2, int(len(held) * CROSS_HOLDINGS)), replace=False)
        self.planted.cross = [(int(a), int(b)) for a, b in zip(held[cross], holders[cross], strict=True)]
        yield held[cross], holders[cross], 0.2, True
        yield holders[cross], held[cross], 1.5, True
        sizes = self.chance.integers(3, 31, min(60, max(2, self.people.firms // 20_000)))
        self.planted.circles = self._groups(sizes)
        for turn, members in enumerate(self.planted.circles):
            circle = np.array(members)
            yield circle, np.roll(circle, -1), 0.5, True
            if turn % 2 and len(circle) > 3:
                yield circle[:1], circle[2:3], 0.3, True

    def _groups(self, sizes: Ints) -> list[list[int]]:
        """Firms in groups of these sizes, nobody in two; neither hubs nor branches."""
        low, high = int(self.people.firms * MIDDLE_LOW), int(self.people.firms * MIDDLE_HIGH)
        plain = low + np.flatnonzero(self.forms[low:high] == 0)
        some = self.chance.choice(plain, int(sizes.sum()), replace=False)
        return [group.tolist() for group in np.split(some, np.cumsum(sizes)[:-1])]

    def _posts(self, heads: Ints) -> Iterator[Part]:
        firms = np.flatnonzero(self.forms != 2)
        for kind, odds, own in (
            ("DIRECTOR", [0.3, 0.27, 0.1, 0.22, 0.07, 0.04], 0.4),
            ("SUPERVISOR", [0.35, 0.5, 0.15], 0.0),
            ("EXECUTIVE", [0.22, 0.5, 0.28], 0.5),
            ("ACTUAL_CONTROLLER", [0.92, 0.08], 0.8),
        ):
            at = self._each(odds, firms)
            who = np.where(self.chance.random(len(at)) < own, heads[at], self._persons(len(at)))
            hubs = [(who, at), *(self._of_hubs("director") if kind == "DIRECTOR" else ())]
            yield self._part(kind, *(np.concatenate(ends) for ends in zip(*hubs, strict=True)))

    def _branches(self) -> Iterator[Part]:
        branches = np.flatnonzero(self.forms == 2)
        branches = branches[branches > 0]
        head = (branches * self.chance.random(len(branches)) ** 1.5).astype(np.int64)
        of_hubs = [(there, hub) for hub, there in self._of_hubs("branches")]
        yield self._part("BRANCH_OF", *(np.concatenate(ends) for ends in zip((branches, head), *of_hubs, strict=True)))

    def _guarantees(self) -> Iterator[Part]:
        """Chains among neighbours, rings of three to eight, and those who guarantee for anybody."""
        firms = self.people.firms
        given = self._each([0.85, 0.1, 0.04, 0.01], np.arange(firms))
        debtor = (given + self.chance.integers(1, 60, len(given)) * self.chance.choice([-1, 1], len(given))) % firms
        self.planted.rings = self._groups(self.chance.integers(3, 9, max(4, firms // 1_000)))
        rings = [(np.array(ring), np.roll(ring, -1)) for ring in self.planted.rings]
        ends = zip(*rings, (given, debtor), *self._of_hubs("guarantor"), strict=True)
        first, second = (np.concatenate(end) for end in ends)
        kept = _once(first, second, self.people.count)
        planted = kept < sum(len(ring) for ring, _ in rings)
        yield Part("GUARANTEES", first[kept[planted]], second[kept[planted]], planted=True)
        yield Part("GUARANTEES", first[kept[~planted]], second[kept[~planted]])

    def _the_rest(self, heads: Ints) -> Iterator[Part]:
        firms, bodies = self.people.firms, self.people.bodies
        supplied = self._each([0.85, 0.1, 0.05], np.arange(firms))
        supplier = (firms * self.chance.random(len(supplied)) ** 1.8).astype(np.int64)
        ends = zip((supplier, supplied), *self._of_hubs("supplier"), strict=True)
        first, second = (np.concatenate(end) for end in ends)
        told = np.where(self.chance.random(len(first)) < 0.3, self.chance.integers(100, 9_000, len(first)), -1)
        yield self._part("SUPPLIES", first, second, told)
        some = self.chance.integers(0, firms, firms // 50)
        yield self._part("CONCERT", heads[some], self._persons(len(some)))
        yield self._part("KIN", self._persons(firms // 25), self._persons(firms // 25))
        yield self._part("CO_DEBTOR", *self.chance.integers(0, firms, (2, firms // 30)))
        other = np.arange(bodies, self.people.count)
        led = other[: sum(self.people.others[:2])]
        yield self._part("LEGAL_REP", self._persons(len(led)), led)
        yield self._part(
            "MANAGES", self.chance.choice(other, firms // 100), self.chance.integers(0, firms, firms // 100)
        )
        founded = self._each([0.97, 0.03], np.arange(firms))
        yield self._part("FOUNDER", self._persons(len(founded)), founded)

    def _part(self, kind: str, first: Ints, second: Ints, ratio: Ints | None = None) -> Part:
        kept = _once(first, second, self.people.count)
        return Part(kind, first[kept], second[kept], None if ratio is None else ratio[kept])


def _once(first: Ints, second: Ints, count: int) -> Ints:
    """Places of the pairs that join two, each pair once."""
    _, places = np.unique(first.astype(np.int64) * count + second, return_index=True)
    kept: Ints = np.sort(places)
    kept = kept[first[kept] != second[kept]]
    return kept
