"""Bids of one sheet: who bids for which lot, with whom, as the rows say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.identifiers import personal_id
from graph.masked import is_masked
from graph.names import name_key

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

    @property
    def place(self) -> tuple[str, str]:
        """The lot, however it is written, and the bidder."""
        return name_key(self.lot), self.id


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody's role in a bidder. `number`: his full number, "" where it is not known in full; `props`: those of the
    relation, with where it is said.
    """

    type: str
    person: Props
    number: str
    props: Props


def together(one: Bid, other: Bid) -> bool:
    """Whether the two bid as one."""
    return bool(one.consortium) and name_key(one.consortium) == name_key(other.consortium)


def lots(bids: Iterable[Bid]) -> list[list[Bid]]:
    """The rows of each lot."""
    return _groups((name_key(b.lot), b) for b in bids if b.lot)


def consortia(bids: Iterable[Bid]) -> list[list[Bid]]:
    """The rows of each consortium, within a lot where lots are given."""
    return _groups(((name_key(b.lot), name_key(b.consortium)), b) for b in bids if b.consortium)


def rows_of(bids: Iterable[Bid]) -> dict[tuple[str, str], list[int]]:
    """By lot and bidder: its rows; the same one may stand in a sheet twice."""
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for bid in bids:
        rows[bid.place].append(bid.row)
    return rows


def full_number(person: Props) -> str:
    """A full personal number in its normal form, with its kind; "" without one."""
    number = str(person.get("id_number") or "")
    if not number or is_masked(number):
        return ""
    code = personal_id(number, str(person.get("id_type") or ""))
    return f"{code.kind} {code.value}" if code.formed else ""


def _groups(keyed: Iterable[tuple[object, Bid]]) -> list[list[Bid]]:
    groups: dict[object, dict[str, Bid]] = defaultdict(dict)
    for key, bid in keyed:
        groups[key].setdefault(bid.id, bid)
    return [list(group.values()) for group in groups.values() if len(group) > 1]
