"""What `expand` fetches: as many relations as its order needs, sorted and cut in the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graph.cypher import text
from graph.store import Store
from queries.expand_asked import Wanted
from queries.expand_kept import first
from queries.links import CONTACT, NEVER, shared, via
from queries.model import Edge, Json, Listing
from queries.others import described
from queries.question import Question

CONTACTS_MOST = 100
SORTED_MOST = 20_000  # relations in force up to which others are sorted behind the listed ones


@dataclass(frozen=True, slots=True)
class Row:
    """A relation before its other end is known in full."""

    edge: Edge
    other: str
    name: str
    active: bool


@dataclass(slots=True)
class Found:
    """What was fetched: rows by key, severity of listed others, contacts too many gave.

    `ordered`: whether the order holds over all there are. `complete`: whether all contacts were looked at.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    severity: dict[str, float] = field(default_factory=dict)
    busy: tuple[Json, ...] = ()
    ordered: bool = True
    complete: bool = True


def fetch(store: Store, subject: str, wanted: Wanted, question: Question, active: int) -> Found:
    """At least the first `skip` + `limit` of what is wanted, in its order; `active` are in force."""
    fetching = _Fetching(store, subject, wanted, question, active)
    if wanted.stored:
        if wanted.order == "risk":
            fetching.listed()
        fetching.relations()
    if CONTACT in wanted.types:
        fetching.contacts()
    return fetching.found


def in_force_on(edge: Edge, day: str) -> bool:
    """Whether a relation is in force on a day."""
    return (edge.since or "") <= day < (edge.until or NEVER)


@dataclass(frozen=True, slots=True)
class _Fetching:
    store: Store
    subject: str
    wanted: Wanted
    question: Question
    active: int  # of the stored relations wanted, those in force
    found: Found = field(default_factory=Found)

    def relations(self) -> None:
        """The first relations in the order wanted, as far as listed others do not come before them anyway."""
        found, wanted = self.found, self.wanted
        most = wanted.skip + wanted.limit
        weighty = sum(row.active for row in found.rows.values())
        if weighty < most:
            # Reading all of a hub a second time takes too long: the others come as they are stored.
            found.ordered = wanted.order != "risk" or self.active <= SORTED_MOST
            self._read(in_force=True, most=most if found.ordered else most + weighty)
        if not wanted.active and self.active < most:
            self._read(in_force=False, most=most)

    def listed(self) -> None:
        """The first relations to listed others, and how severe their entries are."""
        policy, most = self.question.policy, self.wanted.skip + self.wanted.limit
        statement = text("queries", "expand_listed", TYPES=self.wanted.stored)
        given: Json = {
            **self._ways(),
            **self.question.listed_days,
            "severity": {code: float(weight) for code, weight in policy.severity.items()},
            "tier": {tier: float(weight) for tier, weight in policy.tier.items()},
        }
        for row in self._first(statement, given, most):
            if row["other"] != self.subject:
                self.found.rows[row["key"]] = self._row(row)
                self.found.severity[row["other"]] = row["severity"]

    def contacts(self) -> None:
        """Others that gave a contact the subject gave, unless too many did."""
        found, wanted, cap = self.found, self.wanted, self.question.policy.fanout_cap
        statement = text("queries", "expand_contacts")
        rows = self.store.read(statement, id=self.subject, as_of=wanted.as_of, most=CONTACTS_MOST + 1)
        found.complete &= len(rows) <= CONTACTS_MOST
        found.busy = tuple({**via(row), "degree": row["degree"]} for row in rows if row["degree"] > cap)
        mine = [row for row in rows[:CONTACTS_MOST] if row["degree"] <= cap]
        edges = {key: edge for key, edge in self._shared(mine) if self._in_force(edge) or not wanted.active}
        others = {edge.target for edge in edges.values()}
        facts, listed = described(self.store, others, self.question)
        for key, edge in edges.items():
            found.rows[key] = Row(edge, edge.target, facts[edge.target].name or "", self._in_force(edge))
        for other, entries in listed.items():
            self._weigh(other, entries)

    def _shared(self, mine: Sequence[Json]) -> Iterator[tuple[str, Edge]]:
        day = self.wanted.as_of
        first, last = (day, day) if self.wanted.active else ("", NEVER)
        given = self.store.read(
            text("queries", "paths_bearers"),
            contacts=sorted({row["contact"] for row in mine}),
            first=first,
            last=last,
            cap=self.question.policy.fanout_cap,
            through=True,
        )
        bearers = {row["contact"]: row["bearers"] for row in given}
        for row in mine:
            for other, *theirs in bearers.get(row["contact"], ()):
                if other != self.subject:
                    yield f"{row['contact']} {row['record']} {other} {theirs[-1]}", shared(row, other, theirs)

    def _read(self, *, in_force: bool, most: int) -> None:
        given: Json = {**self._ways(), "as_of": self.wanted.as_of, "active": in_force}
        for row in self._first(self._statement(), given, most):
            if row["other"] != self.subject:
                self.found.rows.setdefault(row["key"], self._row(row))

    def _first(self, statement: str, given: Json, most: int) -> list[Json]:
        def read(count: int) -> list[Json]:
            return self.store.read(statement, **given, most=count)

        return first(self.store, (statement, given), self.active, most, read)

    def _statement(self) -> str:
        types = self.wanted.stored
        if not self.found.ordered:
            return text("queries", "expand_any", TYPES=types)
        if self.wanted.order == "since":
            return text("queries", "expand_by_since", TYPES=types)
        if self.wanted.order == "name":
            return text("queries", "expand_by_name", TYPES=types)
        return text("queries", "expand_by_share", TYPES=types)

    def _ways(self) -> Json:
        ways = self.wanted.ways
        return {"out": [self.subject] if True in ways else [], "in": [self.subject] if False in ways else []}

    def _row(self, row: Json) -> Row:
        ends = (self.subject, row["other"]) if row["along"] else (row["other"], self.subject)
        edge = Edge.read(row["type"], ends, row["edge"])
        return Row(edge, row["other"], row["name"] or "", self._in_force(edge))

    def _in_force(self, edge: Edge) -> bool:
        return in_force_on(edge, self.wanted.as_of)

    def _weigh(self, other: str, entries: Iterable[Listing]) -> None:
        weights = [float(self.question.policy.severity_of(entry.list, entry.tier)) for entry in entries]
        self.found.severity[other] = max([self.found.severity.get(other, 0.0), *weights])
