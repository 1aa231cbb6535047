"""A stake: what one subject holds of another, with bounds where no figure is known, and the records that say so.

Several relations between the same two are one stake. Relations of one source add up (two lots, or a partner's two
capacities); sources do not: of several the one that was seen last is believed, then the one that says more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from queries.model import Edge

# Relations that are a share of capital. A limited partner has no say in the partnership for his share.
HOLDING_TYPES = ("SHAREHOLDER", "GENERAL_PARTNER", "LIMITED_PARTNER")
VOTELESS = "LIMITED_PARTNER"
SAME = 1e-6  # ratios nearer than this are the same


@dataclass(frozen=True, slots=True)
class Share:
    """A share between two bounds, 0–1; `high` is None where nothing bounds it from above but the whole."""

    low: float
    high: float | None

    @property
    def exact(self) -> bool:
        """Whether it is known to the figure."""
        return self.high is not None and self.high <= self.low

    def __add__(self, other: Share) -> Share:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Share(self.low + other.low, high)


NONE = Share(0.0, 0.0)
UNKNOWN = Share(0.0, None)


@dataclass(frozen=True, slots=True)
class Stake:
    """What `holder` has of `held`: capital, votes and income rights, and the relations that say so.

    `others`: relations of other sources that were not believed, for the record. `own_votes`: whether votes are known
    apart, not taken from the capital.
    """

    holder: str
    held: str
    capital: Share
    votes: Share
    income: Share
    edges: tuple[Edge, ...]
    others: tuple[Edge, ...] = ()
    own_votes: bool = False

    @property
    def differs(self) -> bool:
        """Whether another source tells another ratio."""
        told = sum(edge.ratio or 0.0 for edge in self.edges)
        return any(edge.ratio is not None and abs(edge.ratio - told) > SAME for edge in self.others)


def stake(ends: tuple[str, str], rows: Sequence[Mapping[str, Any]]) -> Stake:
    """The stake that relations between holder and held make, each a mapping with `type`, the properties of the
    relation and its `origin` (the source).
    """
    by_origin: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_origin[str(row.get("origin") or "")].append(row)
    ranked = sorted(by_origin.items(), key=lambda item: (_seen(item[1]), _total(item[1]), item[0]), reverse=True)
    believed = ranked[0][1]
    return Stake(
        *ends,
        capital=_sum(_capital(row) for row in believed),
        votes=_sum(_votes(row) for row in believed),
        income=_sum(_own(row, "income") for row in believed),
        edges=tuple(_edge(ends, row) for row in believed),
        others=tuple(_edge(ends, row) for _, group in ranked[1:] for row in group),
        own_votes=any(row.get("votes") is not None for row in believed),
    )


def _edge(ends: tuple[str, str], row: Mapping[str, Any]) -> Edge:
    return Edge.read(row["type"], ends, row)


def _seen(rows: Iterable[Mapping[str, Any]]) -> str:
    return max(str(row.get("seen_on") or "") for row in rows)


def _total(rows: Iterable[Mapping[str, Any]]) -> float:
    return sum(_capital(row).low for row in rows)


def _sum(shares: Iterable[Share]) -> Share:
    total = NONE
    for share in shares:
        total = total + share
    return total


def _capital(row: Mapping[str, Any]) -> Share:
    """The ratio; else its bounds, a missing lower one being 0 and a missing upper one open."""
    ratio, low, high = row.get("ratio"), row.get("ratio_min"), row.get("ratio_max")
    if ratio is not None:
        return Share(float(ratio), float(ratio))
    return Share(float(low or 0.0), None if high is None else float(high))


def _votes(row: Mapping[str, Any]) -> Share:
    """Votes where they are known apart, else those of the capital; none for a limited partner."""
    if row.get("votes") is None and row["type"] == VOTELESS:
        return NONE
    return _own(row, "votes")


def _own(row: Mapping[str, Any], name: str) -> Share:
    value = row.get(name)
    return _capital(row) if value is None else Share(float(value), float(value))
