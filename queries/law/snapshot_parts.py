"""The parts of a binding read from a snapshot by their numbers, as the statements of `law/*.cypher` give them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from graph.snapshot import LinkTable, Snapshot
from queries.law.snapshot_joins import Joins

Props = Mapping[str, Any]
Row = dict[str, Any]
# What the statements read of a subject.
SUBJECT = ("id", "kind", "form", "name", "uscc", "id_number", "status", "sector", "state_owned", "established")
KEPT = 50_000  # subjects, entries and relations each that stay read, those used last
FOUNDER = ("FOUNDER",)


class Parts:
    """Reads them; what is read again and again is kept. Nobody changes what is given."""

    def __init__(self, snapshot: Snapshot, joins: Joins) -> None:
        self._snapshot, self._joins = snapshot, joins
        self._subject = lru_cache(KEPT)(self._read_subject)
        self._listing = lru_cache(KEPT)(snapshot.listings.row)
        self._relation = lru_cache(KEPT)(snapshot.relations.row)

    def by_entry(self, link: tuple[LinkTable, int], listed: int) -> Row:
        """Somebody an entry lists or names, and whom it lists (-1: nobody)."""
        table, row = link
        holder, listing = int(table.first[row]), int(table.second[row])
        return {"link": table.types[0], "said": table.row(row), **self._ends(holder, listed, listing)}

    def by_role(self, row: int, listing: int) -> Row:
        """Somebody with a role in whom an entry lists."""
        relations = self._joins.relations
        holder, listed = int(relations.first[row]), int(relations.second[row])
        return {
            "role_type": relations.type(row),
            "role": self._relation(row),
            "named": self._between(self._snapshot.named, holder, listing),
            **self._ends(holder, listed, listing),
        }

    def post(self, row: int) -> Row:
        """A post, and the organisation."""
        other = int(self._joins.relations.second[row])
        return {
            "post_type": self._joins.relations.type(row),
            "post": self._relation(row),
            "other": self._subject(other),
        }

    def post_and_founders(self, row: int) -> Row:
        """The same with the relations of the organisation's founders."""
        return {**self.post(row), "founders": self._joins.arriving(int(self._joins.relations.second[row]), FOUNDER)}

    def _ends(self, holder: int, listed: int, listing: int) -> Row:
        return {
            "listing": self._listing(listing),
            "listed": self._subject(listed) if listed >= 0 else None,
            "holder": self._subject(holder),
            "exempt": self._between(self._snapshot.exempt, holder, listing),
        }

    def _between(self, table: LinkTable, holder: int, listing: int) -> list[Props]:
        return [table.row(row) for row in table.leaving(holder) if int(table.second[row]) == listing]

    def _read_subject(self, index: int) -> Props:
        row = self._snapshot.subjects.row(index)
        return {name: row.get(name) for name in SUBJECT}
