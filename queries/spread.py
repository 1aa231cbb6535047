"""The search behind exposure and reach: best products over simple paths of at most so many relations, exactly.

A heavier but longer way to a subject may hide the lighter, shorter one that can still go on, so the best is
kept for each number of hops. Scores are compared rounded, and rounding can make two products equal that are
not; so beside the best product those are kept that rounding may still make its equal and whose path is smaller.
What is dropped can win no more: another label at the same subject has as few hops and a product as high.
A walk that meets a subject twice is always dropped so, by the same walk without its loop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal

from queries.hops import Neighbourhood, OutOfTimeError
from queries.policy import Policy

ROUNDED = 9  # decimals of scores, as they are compared and printed
UNIT = Decimal("1e-9")
# The longest product of a sound policy stays exact in so many digits.
EXACT = Context(prec=60)
ONE = Decimal(1)
# Subjects a hop may start from, of all searches side by side; beyond it the search is cut and says so.
FRONT_AT_MOST = 200_000


@dataclass(frozen=True, slots=True)
class Label:
    """One way from the asked subject to another: the product, and the ids in the answer's order."""

    product: Decimal
    ids: tuple[str, ...]

    @property
    def hops(self) -> int:
        """Relations walked."""
        return len(self.ids) - 1

    def rank(self, score: Decimal) -> tuple[Decimal, int, tuple[str, ...]]:
        """Order of ways with these scores, best first: score, hops, node ids."""
        return (-score, self.hops, self.ids)


@dataclass(slots=True)
class Search:
    """The state of one search. `front`: labels of the last hop by subject; `reached`: all labels kept.

    `outward`: the search walks from the listed subject, and paths are told from the reached one back to it.
    `stops`: subjects reached before the last hop and not gone on from.
    """

    asked: str
    policy: Policy
    outward: bool = False
    front: dict[str, list[Label]] = field(default_factory=dict)
    reached: dict[str, list[Label]] = field(default_factory=lambda: defaultdict(list))
    stops: set[str] = field(default_factory=set)
    _best: dict[str, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.front = {self.asked: [Label(ONE, (self.asked,))]}
        self._best[self.asked] = ONE

    def products(self) -> dict[str, Decimal]:
        """The highest product at each subject the next hop starts from."""
        return {subject: labels[0].product for subject, labels in self.front.items()}

    def advance(self, seen: Neighbourhood) -> None:
        """Walk one relation from every label of the front."""
        found: dict[str, list[Label]] = defaultdict(list)
        for subject, labels in self.front.items():
            around = seen.around(subject)
            if around.stop and subject != self.asked:
                self.stops.add(subject)
                continue
            for other, weight in around.steps:
                known = self._best.get(other, -ONE)
                for label in labels:
                    product = label.product * weight
                    if product > known and rounded(product) >= self.policy.floor:
                        ids = (other, *label.ids) if self.outward else (*label.ids, other)
                        found[other].append(Label(product, ids))
        self.front = {subject: self._keep(labels) for subject, labels in found.items()}
        for subject, labels in self.front.items():
            self._best[subject] = labels[0].product
            self.reached[subject] += labels

    def _keep(self, labels: list[Label]) -> list[Label]:
        """The labels of one subject and hop that can still win, highest product first."""
        labels.sort(key=lambda label: (-label.product, label.ids))
        within, kept = margin(self.policy), labels[:1]
        for label in labels[1:]:
            if labels[0].product - label.product > within:
                break
            if label.ids < kept[-1].ids:
                kept.append(label)
        return kept


def walk(searches: Sequence[Search], seen: Neighbourhood, hops: int) -> str:
    """Take all searches `hops` relations far, side by side; says why they ended early, "" if they did not."""
    for hop in range(hops):
        products: dict[str, Decimal] = {}
        for search in searches:
            for subject, product in search.products().items():
                products[subject] = max(product, products.get(subject, product))
        if len(products) > FRONT_AT_MOST:
            return f"范围过大：第 {hop} 步已到达 {len(products)} 个主体，只完整搜索了 {hop} 步之内的关系"
        try:
            seen.fetch(products, ends=hop == 0, last=hop == hops - 1)
        except OutOfTimeError:
            return f"超时：只完整搜索了 {hop} 步之内的关系"
        for search in searches:
            search.advance(seen)
    return ""


def best(ways: Iterable[Label], severity: Decimal, floor: Decimal) -> tuple[Decimal, Label] | None:
    """The way that counts for a listing of that severity, and its score; None when all are below the floor."""
    scored = [(rounded(severity * way.product), way) for way in ways]
    reported = [(score, way) for score, way in scored if score >= floor]
    return min(reported, key=lambda found: found[1].rank(found[0]), default=None)


def margin(policy: Policy) -> Decimal:
    """How far apart two products may be whose scores rounding makes equal.

    What follows multiplies a difference by the floor at least; beyond two units rounding cannot close it.
    """
    return 2 * UNIT / (policy.floor - UNIT)


def rounded(number: Decimal) -> Decimal:
    """As scores are compared and printed: nine decimals, half to even."""
    return number.quantize(UNIT)
