"""Bids of one sheet: who bids for which lot, with whom, as the rows say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Props = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bid:
    """One row that bids. `subject`: who, perhaps made of the sheet alone; `certain`: surely the one meant."""

    row: int
    subject: Props
    lot: str
    consortium: str
    certain: bool

    @property
    def id(self) -> str:
        """The bidder's id."""
        return str(self.subject["id"])


@dataclass(frozen=True, slots=True)
class Head:
    """A head of a bidder. `number`: his full number, "" where it is not known in full. `record`: where it says so."""

    type: str
    person: Props
    number: str
    props: Props


def lots(bids: Iterable[Bid]) -> list[list[Bid]]:
    """The rows of each lot."""
    return _groups((b.lot, b) for b in bids if b.lot)


def consortia(bids: Iterable[Bid]) -> list[list[Bid]]:
    """The rows of each consortium, within a lot where lots are given."""
    return _groups(((b.lot, b.consortium), b) for b in bids if b.consortium)


def rows_of(bids: Iterable[Bid]) -> dict[tuple[str, str], list[int]]:
    """By lot and bidder: its rows; the same one may stand in a sheet twice."""
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for bid in bids:
        rows[bid.lot, bid.id].append(bid.row)
    return rows


def _groups(keyed: Iterable[tuple[object, Bid]]) -> list[list[Bid]]:
    groups: dict[object, dict[str, Bid]] = defaultdict(dict)
    for key, bid in keyed:
        groups[key].setdefault(bid.id, bid)
    return [list(group.values()) for group in groups.values() if len(group) > 1]
