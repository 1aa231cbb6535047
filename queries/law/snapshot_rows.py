"""The statements of `law/*.cypher` that look for bindings, answered from a snapshot: the same rows, no store asked.

Most subjects have nobody listed near them: arrays say at once which of all that are asked about may have any row, and
only rows that are found are read property by property. Personal numbers are masked in a snapshot already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import cast

import numpy as np

from graph.columns import Array
from graph.snapshot import LinkTable, Snapshot
from queries.law.snapshot_joins import Entries, Joins, Pairs
from queries.law.snapshot_parts import Parts, Row

Blanks = Mapping[str, Sequence[str]]
# The place of a subject among those asked about, and its row.
Found = Iterator[tuple[int, Row]]
CO_DEBTOR = ("CO_DEBTOR",)
PLACES = 200_000  # of ids that stay known


class SnapshotRows:
    """Answers those statements by their names, from one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot, self._joins = snapshot, Joins(snapshot.relations)
        self._parts = Parts(snapshot, self._joins)
        self._index = lru_cache(PLACES)(snapshot.subjects.index)
        self._entries = lru_cache(4)(lambda lists: Entries(snapshot, lists))

    def read(self, name: str, ids: Sequence[str], lists: Sequence[str], most: int, blanks: Blanks) -> list[Row]:
        """The rows of the statement `name` for these subjects, `most` at most; unknown subjects have none."""
        known = [(id, index) for id in ids if (index := self._index(id)) >= 0]
        if not known:
            return []
        look = _Look(
            snapshot=self._snapshot,
            joins=self._joins,
            parts=self._parts,
            entries=self._entries(tuple(lists)),
            nodes=np.array([index for _, index in known], dtype=np.int64),
            roles=blanks.get("ROLES", ()),
            posts=blanks.get("POSTS", ()),
        )
        return [{"id": known[place][0], **row} for place, row in islice(_SHAPES[name](look), most)]


@dataclass(frozen=True, slots=True)
class _Look:
    """One statement asked: of which subjects (`nodes`), over which relations, to which entries."""

    snapshot: Snapshot
    joins: Joins
    parts: Parts
    entries: Entries
    nodes: Array
    roles: Sequence[str]
    posts: Sequence[str]

    @property
    def listed(self) -> Iterator[tuple[int, int, int]]:
        """Of the subjects those that entries list: place, number, entry."""
        for place in np.flatnonzero(self.entries.listed(self.nodes)).tolist():
            node = int(self.nodes[place])
            for listing in self.on(node):
                yield place, node, listing

    def on(self, node: int) -> list[int]:
        """The entries that list a subject."""
        rows = self.entries.links(self.snapshot.listed, node)
        return cast(list[int], self.snapshot.listed.second[rows].tolist())

    def links(self, node: int) -> Iterator[tuple[LinkTable, int, int]]:
        """What joins a subject to entries that list or name it, and whom each lists (-1: nobody)."""
        for table in (self.snapshot.listed, self.snapshot.named):
            for row in self.entries.links(table, node):
                owners = self.snapshot.listed.arriving(int(table.second[row]))
                yield table, row, int(self.snapshot.listed.first[owners[0]]) if owners else -1

    def ends(self, row: int) -> tuple[int, int]:
        """The two ends of a relation."""
        return int(self.joins.relations.first[row]), int(self.joins.relations.second[row])

    def pairs(self, found: Pairs) -> Iterator[tuple[int, int]]:
        """Place and relation."""
        return zip(found.asked.tolist(), found.rows.tolist(), strict=True)

    def roles_in_listed(self, nodes: Array) -> Pairs:
        """The roles of these nodes in whom entries list."""
        found = self.joins.leaving_many(nodes, self.roles)
        return found.where(self.entries.listed(self.joins.relations.second[found.rows]))


def _self(look: _Look) -> Found:
    for place in np.flatnonzero(look.entries.listed_or_named(look.nodes)).tolist():
        for table, row, owner in look.links(int(look.nodes[place])):
            yield place, look.parts.by_entry((table, row), owner)


def _named_in_listed(look: _Look) -> Found:
    for place, node, listing in look.listed:
        for row in look.snapshot.named.arriving(listing):
            yield place, look.parts.by_entry((look.snapshot.named, row), node)


def _role_of_holder(look: _Look) -> Found:
    for place, row in look.pairs(look.roles_in_listed(look.nodes)):
        for listing in look.on(look.ends(row)[1]):
            yield place, look.parts.by_role(row, listing)


def _role_in_listed(look: _Look) -> Found:
    for place, node, listing in look.listed:
        for row in look.joins.arriving(node, look.roles):
            yield place, look.parts.by_role(row, listing)


def _post_of_listed(look: _Look) -> Found:
    for place in np.flatnonzero(look.entries.listed_or_named(look.nodes)).tolist():
        node = int(look.nodes[place])
        for table, row, owner in look.links(node):
            for post in look.joins.leaving(node, look.posts):
                if owner not in (-1, look.ends(post)[1]):
                    yield place, {**look.parts.by_entry((table, row), owner), **look.parts.post_and_founders(post)}


def _post_in_other(look: _Look) -> Found:
    found = look.joins.arriving_many(look.nodes, look.posts)
    found = found.where(look.entries.listed_or_named(look.joins.relations.first[found.rows]))
    for place, post in look.pairs(found):
        holder, other = look.ends(post)
        for table, row, owner in look.links(holder):
            if owner not in (-1, other):
                yield place, {**look.parts.by_entry((table, row), owner), **look.parts.post_and_founders(post)}


def _named_and_post_of_listed(look: _Look) -> Found:
    named = look.snapshot.named
    for place, node, listing in look.listed:
        for row in named.arriving(listing):
            for post in look.joins.leaving(int(named.first[row]), look.posts):
                if look.ends(post)[1] != node:
                    yield place, {**look.parts.by_entry((named, row), node), **look.parts.post_and_founders(post)}


def _role_and_post(look: _Look) -> Found:
    posts = look.joins.arriving_many(look.nodes, look.posts)
    holders = np.unique(look.joins.relations.first[posts.rows])  # many organisations have some of them in common
    roles: dict[int, list[int]] = defaultdict(list)
    for place, row in look.pairs(look.roles_in_listed(holders)):
        roles[int(holders[place])].append(row)
    for place, post in look.pairs(posts.where(np.isin(look.joins.relations.first[posts.rows], [*roles]))):
        holder, other = look.ends(post)
        for row in roles[holder]:
            if (listed := look.ends(row)[1]) != other:
                for listing in look.on(listed):
                    yield place, {**look.parts.by_role(row, listing), **look.parts.post_and_founders(post)}


def _role_and_post_of_holder(look: _Look) -> Found:
    for place, row in look.pairs(look.roles_in_listed(look.nodes)):
        holder, listed = look.ends(row)
        for listing in look.on(listed):
            for post in look.joins.leaving(holder, look.posts):
                if look.ends(post)[1] != listed:
                    yield place, {**look.parts.by_role(row, listing), **look.parts.post(post)}


def _role_and_post_of_listed(look: _Look) -> Found:
    for place, node, listing in look.listed:
        for row in look.joins.arriving(node, look.roles):
            for post in look.joins.leaving(look.ends(row)[0], look.posts):
                if look.ends(post)[1] != node:
                    yield place, {**look.parts.by_role(row, listing), **look.parts.post_and_founders(post)}


def _sibling(look: _Look) -> Found:
    relations = look.joins.relations
    both = (look.joins.leaving_many, relations.second), (look.joins.arriving_many, relations.first)
    for around, far in both:
        found = around(look.nodes, CO_DEBTOR)
        found = found.where(look.entries.listed(far[found.rows]))
        for place, row in look.pairs(found):
            node, listed = int(look.nodes[place]), int(far[row])
            for listing in look.on(listed):
                yield from ((place, found) for found in _in_common(look, node, listed, listing))


def _sibling_of_listed(look: _Look) -> Found:
    for place, node, listing in look.listed:
        others = [look.ends(row)[1] for row in look.joins.leaving(node, CO_DEBTOR)]
        others += [look.ends(row)[0] for row in look.joins.arriving(node, CO_DEBTOR)]
        for other in others:
            yield from ((place, found) for found in _in_common(look, other, node, listing))


def _in_common(look: _Look, other: int, listed: int, listing: int) -> Iterator[Row]:
    """Who holds one co-debtor and the other, which an entry lists; of the entry only that is asked."""
    for post in look.joins.arriving(other, look.posts) if other != listed else ():
        for row in look.joins.between(look.ends(post)[0], listed, look.roles):
            yield {**look.parts.by_role(row, listing), **look.parts.post(post), "named": [], "exempt": []}


_SHAPES: Mapping[str, Callable[[_Look], Found]] = {
    "self": _self,
    "named_in_listed": _named_in_listed,
    "role_of_holder": _role_of_holder,
    "role_in_listed": _role_in_listed,
    "post_of_listed": _post_of_listed,
    "post_in_other": _post_in_other,
    "named_and_post_of_listed": _named_and_post_of_listed,
    "role_and_post": _role_and_post,
    "role_and_post_of_holder": _role_and_post_of_holder,
    "role_and_post_of_listed": _role_and_post_of_listed,
    "sibling": _sibling,
    "sibling_of_listed": _sibling_of_listed,
}
