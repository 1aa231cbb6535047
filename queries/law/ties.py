"""What joins organisations that bid: who has a role in them, and who holds or runs them, all the way up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.cypher import text
from graph.store import Store
from graph.vocabulary import RELATIONS, Kind
from queries.law.bids import Bid, Props, Role, full_number
from queries.law.bindings import BATCH, MOST
from queries.law.times import Days, seen_before
from queries.model import Edge
from queries.ownership.stakes import stake

LEVELS = 60  # of holders above holders; 40 exist in practice
ABOVE = 100_000  # holders looked at
HOLDER = "SHAREHOLDER"
PARTNER = "GENERAL_PARTNER"  # runs the partnership or not: the deed says
OVER = 1e-6  # shares that come to more than the whole by no more than this were rounded


@dataclass(frozen=True, slots=True)
class Tie:
    """What joins a holder to what it holds: one relation, or all that make up one stake (then `edge` is their sum).

    `share`: of the capital or of the votes, whichever is more, as far as it is known (公司法 第265条 takes either);
    None where the relation has none; `high`: the most it may be; `capital`: of the capital alone, as far as known;
    `votes`: of the votes alone, where they are told apart.
    `conducts`: whether the holder joins what it holds. `stale`: seen too long ago. `parts`: the records added up.
    `doubt`: what makes it unsure that it is this holder. `stated`: said by the sheet.
    """

    type: str
    holder: Props
    held: str
    edge: Edge
    share: float | None
    conducts: bool
    stale: bool
    high: float = 1.0
    capital: float = 0.0
    votes: float = 0.0
    parts: tuple[Edge, ...] = ()
    doubt: str = ""
    stated: bool = False

    @property
    def nominal(self) -> bool:
        """Whether the holder holds for others; the state joins nothing, but holds for itself."""
        return not self.conducts and self.holder.get("kind") != Kind.GOVERNMENT


@dataclass(frozen=True, slots=True)
class Wanted:
    """Relation types to read: roles in a bidder, and relations that put somebody above it."""

    roles: tuple[str, ...]
    holders: tuple[str, ...]


class Ties:
    """Roles in and holders above a set of organisations; `cut` where something was more than may be read."""

    def __init__(self, store: Store, days: Days) -> None:
        self.store, self.days, self.cut = store, days, False
        self.odd: set[str] = {"exact"}  # what ties there are that are not plain: the names of `How`
        self.down: dict[str, list[Tie]] = defaultdict(list)
        self._above: dict[str, list[Tie]] = defaultdict(list)  # shareholders
        self._roles: dict[str, list[Role]] = defaultdict(list)
        self._named: dict[tuple[str, str], list[Role]] = defaultdict(list)

    def read(self, ids: Iterable[str], wanted: Wanted) -> None:
        """Fetch the roles in these, and who stands above them."""
        asked = [i for i in dict.fromkeys(ids) if not i.startswith("sheet:")]
        seen, frontier = set(asked), asked
        types = tuple(sorted({*wanted.roles, *wanted.holders}))
        for _ in range(LEVELS):
            above: dict[str, None] = {}
            found: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
            for row in self._read(frontier, types):
                holder = row["holder"]
                if row["type"] in wanted.roles and frontier is asked:
                    self._roles[row["id"]].append(Role(row["type"], holder, full_number(holder), row["props"]))
                if row["type"] in wanted.holders:
                    found[holder["id"], row["id"], row["type"]].append(row)
                    if holder["kind"] != Kind.PERSON and holder["id"] not in seen:
                        above[str(holder["id"])] = None
            for rows in found.values():
                self._tie(rows)
            seen |= set(above)
            frontier, types = list(above), tuple(sorted(wanted.holders))
            if len(seen) > ABOVE:
                break
        self.cut = self.cut or bool(frontier)

    def _read(self, ids: Sequence[str], types: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        if not types:
            return
        statement = text("queries.law", "lot_ties", TYPES=types)
        for start in range(0, len(ids), BATCH):
            batch = list(ids[start : start + BATCH])
            rows = self.store.read(statement, ids=batch, as_of=self.days.as_of, most=MOST)
            self.cut = self.cut or len(rows) >= MOST
            yield from rows

    def _tie(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """One tie of all relations of one type between the same two."""
        first, share, high, capital, votes = rows[0], None, 1.0, 0.0, 0.0
        held, holder = str(first["id"]), first["holder"]
        ends = (str(holder["id"]), held)
        if RELATIONS[first["type"]].rated:
            whole = stake(ends, [{**row["props"], "type": row["type"]} for row in rows])
            edges, share, capital = whole.edges, max(whole.capital.low, whole.votes.low), whole.capital.low
            high = max(1.0 if one.high is None else one.high for one in (whole.capital, whole.votes))
            if any(e.shares and "votes" in e.shares for e in edges):
                votes = whole.votes.low
            edge = edges[0]
            if len(edges) > 1:
                records = "；".join(e.record for e in edges if e.record)
                edge = replace(edge, ratio=whole.capital.low, record=records or None)
        else:
            edges = tuple(Edge.read(row["type"], ends, row["props"]) for row in rows)
            edge = min(edges, key=self._stale)
            edges = (edge,)
        stale = any(self._stale(e) for e in edges)
        parts = edges if len(edges) > 1 else ()
        conducts = bool(first["conducts"])
        self.add(Tie(first["type"], holder, held, edge, share, conducts, stale, high, capital, votes, parts))

    def _stale(self, edge: Edge) -> bool:
        return bool(seen_before({"seen_on": edge.seen_on, "until": edge.until}, self.days))

    def add(self, tie: Tie) -> None:
        """One tie more, as read or as the sheet has it."""
        self.down[str(tie.holder["id"])].append(tie)
        if tie.type == HOLDER:
            self._above[tie.held].append(tie)
        bounded = RELATIONS[tie.type].rated and tie.high > (tie.share or 0.0)
        signs = (
            ("stale", tie.stale),
            ("raw", self.whole(tie.held) > 1.0),
            ("nominal", tie.nominal),
            ("open", bounded or tie.type == PARTNER),
        )
        self.odd |= {name for name, there in signs if there}

    def others(self, held: str, but: Collection[str]) -> tuple[float, float]:
        """What shareholders but these have of a body's capital, and of its votes, as far as it is known."""
        others = [tie for tie in self._above[held] if str(tie.holder["id"]) not in but]
        return sum(tie.capital for tie in others), sum(tie.votes for tie in others)

    def whole(self, held: str) -> float:
        """What all shares or all votes of a body come to, as far as they are known: more than 1 cannot be."""
        known = max(self.others(held, ()))
        return known if known > 1.0 + OVER else min(known, 1.0)

    def add_role(self, bid: Bid, role: Role) -> None:
        """A role the sheet names, in this bid and no other."""
        self._named[bid.place].append(role)

    def roles(self, bid: Bid, types: Iterable[str] = ()) -> list[Role]:
        """Who has such a role in a bidder, as the graph has it and as its bid for this lot says; those seen lately
        first.
        """
        wanted = set(types)
        known = (*self._roles.get(bid.id, ()), *self._named.get(bid.place, ()))
        return sorted((r for r in known if r.type in wanted), key=lambda r: bool(seen_before(r.props, self.days)))
