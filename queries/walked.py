"""The graph one question walks over: the snapshot where there is a current one; else the store."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from graph.errors import NotFoundError
from graph.store import Store
from queries.engine import snapshot_for
from queries.links import Links, StoredLinks, Walk
from queries.model import Subject
from queries.subjects import subjects

if TYPE_CHECKING:
    from graph.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Walked:
    """`snapshot`: None where the store is asked."""

    store: Store
    snapshot: Snapshot | None

    @classmethod
    def of(cls, store: Store) -> Self:
        """As a question finds it when it begins."""
        return cls(store, snapshot_for(store))

    def links(self, walk: Walk, ends: Iterable[str]) -> Links:
        """What is walked over."""
        if self.snapshot is None:
            return StoredLinks(self.store, walk, ends)
        from queries.links_mapped import MappedLinks  # noqa: PLC0415  # numpy, which plain commands do without

        return MappedLinks(self.snapshot, walk, ends)

    def subjects(self, ids: Iterable[str]) -> dict[str, Subject]:
        """Subjects by id; unknown ids are left out."""
        if self.snapshot is None:
            return subjects(self.store, ids)
        from queries.mapped import named  # noqa: PLC0415  # numpy, which plain commands do without

        return named(self.snapshot, ids)

    def known(self, ids: Collection[str]) -> None:
        """Raises NotFoundError for the first id that is no subject's."""
        unknown = set(ids) - self.subjects(ids).keys()
        if unknown:
            raise NotFoundError(min(unknown))
