"""The graph as `paths` walks it, read from a snapshot: the same places, degrees and edges as from the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np

from graph.columns import Array
from graph.snapshot import Snapshot
from queries import mapped
from queries.links import CONTACT, TWICE, Links, Place, Walk
from queries.model import Edge, Json

_TOLD = ("ratio", "title", "since", "until", "seen_on", "record")


class MappedLinks(Links):
    """Read from the arrays, a batch of subjects at a time."""

    def __init__(self, snapshot: Snapshot, walk: Walk, ends: Iterable[str]) -> None:
        super().__init__(walk, ends)
        self._snapshot = snapshot
        self._wanted = mapped.kinds(snapshot.relations, (t for t in walk.types if t != CONTACT))
        self._twice = mapped.kinds(snapshot.relations, TWICE)
        self._ids: dict[int, str] = {}
        self._indexes: dict[str, int] = {}

    def _relations(self, batch: Sequence[str]) -> None:
        batch, nodes = self._known(batch)
        rows, owner, other = self._near(nodes)
        kind = self._snapshot.relations.kind[rows]
        degrees = np.bincount(owner[~self._twice[kind]], minlength=len(nodes)) + self._told_twice(
            owner, kind, other, len(nodes)
        )
        conducts = mapped.conducts(self._snapshot, nodes)
        opened = np.zeros(len(nodes), dtype=bool)
        for n, subject in enumerate(batch):
            place = self.places[subject]
            place.degree = int(degrees[n])
            if place.degree:
                place.stop = "conducts" if not conducts[n] else "fanout" if place.degree > self._walk.cap else ""
            opened[n] = not place.stop or self._through(subject)
        kept = opened[owner] & (other != nodes[owner])
        places = [self.places[subject] for subject in batch]
        for row, n, end in zip(rows[kept].tolist(), owner[kept].tolist(), other[kept].tolist(), strict=True):
            self._link(places[n], end, row)

    def _near(self, nodes: Array) -> tuple[Array, Array, Array]:
        """The relations in force of these nodes: rows, whose, and the node at the other end; one to itself once."""
        relations = self._snapshot.relations
        (out, whose), (into, of) = mapped.leaving(relations, nodes), mapped.arriving(relations, nodes)
        into_others = relations.first[into] != relations.second[into]
        into, of = into[into_others], of[into_others]
        rows, owner = np.concatenate([out, into]), np.concatenate([whose, of])
        other = np.concatenate([relations.second[out], relations.first[into]]).astype(np.int64)
        kept = self._wanted[relations.kind[rows]] & mapped.in_force(relations, rows, self._walk.days)
        return rows[kept], owner[kept], other[kept]

    def _told_twice(self, owner: Array, kind: Array, other: Array, count: int) -> Array:
        """Relations that read the same either way: of each type and other end one counts."""
        twice = self._twice[kind]
        pairs = np.unique(np.stack([owner[twice], kind[twice], other[twice]]), axis=1)
        return np.bincount(pairs[0], minlength=count)

    def _link(self, place: Place, other: int, row: int) -> None:
        place.links.setdefault(self._id(other), []).append(partial(self._edge, row))

    def _edge(self, row: int) -> Edge:
        relations = self._snapshot.relations
        told = dict(zip(_TOLD, mapped.told(relations, row, _TOLD), strict=True))
        ends = (self._id(int(relations.first[row])), self._id(int(relations.second[row])))
        return Edge(relations.type(row), *ends, **told)

    def _given(self, batch: Sequence[str]) -> list[Json]:
        batch, nodes = self._known(batch)
        shared, contacts = self._snapshot.shared, self._snapshot.contacts
        rows, owner = mapped.leaving(shared, nodes)
        kept = mapped.in_force(shared, rows, self._walk.days)
        conducts = mapped.conducts(self._snapshot, nodes)
        return [
            {
                "id": batch[n],
                "conducts": bool(conducts[n]),
                "contact": contacts.id(int(shared.second[row])),
                "kind": contacts.column("kind").at(int(shared.second[row])),
                "value": contacts.column("value").at(int(shared.second[row])),
                "since": shared.column("since").at(row),
                "until": shared.column("until").at(row),
                "record": shared.column("record").at(row),
            }
            for row, n in zip(rows[kept].tolist(), owner[kept].tolist(), strict=True)
        ]

    def _givers(self, contacts: Sequence[str]) -> list[Json]:
        shared, found = self._snapshot.shared, list[Json]()
        for contact in contacts:
            rows, _ = mapped.arriving(shared, np.array([self._snapshot.contacts.index(contact)]))
            rows = rows[mapped.in_force(shared, rows, self._walk.days)]
            bearers = rows.tolist() if len(rows) <= self._walk.cap or self._walk.through else []
            found.append({
                "contact": contact,
                "degree": len(rows),
                "bearers": [
                    [self._id(int(shared.first[row])), *mapped.told(shared, row, ("since", "until", "record"))]
                    for row in bearers
                ],
            })  # fmt: skip
        return found

    def _known(self, batch: Sequence[str]) -> tuple[list[str], Array]:
        """Those of a batch that are in the graph, and where. Raises OutOfTimeError."""
        self.check()
        found = [(i, index) for i in batch if (index := self._index(i)) >= 0]
        return [i for i, _ in found], np.array([index for _, index in found], dtype=np.int64)

    def _index(self, id: str) -> int:
        if id not in self._indexes:
            self._indexes[id] = self._snapshot.subjects.index(id)
        return self._indexes[id]

    def _id(self, index: int) -> str:
        if index not in self._ids:
            id = self._snapshot.subjects.id(index)
            self._ids[index], self._indexes[id] = id, index
        return self._ids[index]
