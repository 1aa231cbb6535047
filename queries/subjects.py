"""Subjects and listings by what people call them, and their properties by id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from graph.cypher import text
from graph.errors import NotFoundError
from graph.identifiers import normalise
from graph.names import name_key
from graph.store import Store
from queries.engine import snapshot_for
from queries.model import Subject

BATCH = 1_000
SHOWN = 20  # candidates given for an ambiguous name


def find(store: Store, asked: str) -> Subject:
    """The subject with that id (or a former id), else that USCC, else the only one with that name or former name.

    Raises NotFoundError: without candidates when nothing fits, with the first of them when several do.
    """
    wanted = asked.strip()
    snapshot = snapshot_for(store)
    # An id in use is nobody's former one; whatever else was asked for, the store knows.
    if snapshot is not None and (index := snapshot.subjects.index(wanted)) >= 0:
        return Subject.read(snapshot.subjects.row(index))
    for query, key in (
        ("subjects_by_id", wanted),
        ("subjects_by_uscc", normalise(wanted)),
        ("subjects_by_name", name_key(wanted)),
    ):
        rows = store.read(text("queries", query), key=key, most=SHOWN) if key else []
        if len(rows) > 1:
            raise NotFoundError(asked, tuple(Subject.read(row["props"]).to_json() for row in rows))
        if rows:
            return Subject.read(rows[0]["props"])
    raise NotFoundError(asked)


def subjects(store: Store, ids: Iterable[str]) -> dict[str, Subject]:
    """Subjects by id; unknown ids are left out."""
    return with_entries(store, (), ids)[0]


def entries(store: Store, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Properties of listings by id; unknown ids are left out."""
    return {row["props"]["id"]: row["props"] for row in _read(store, "entries", sorted(set(ids)))}


def with_entries(
    store: Store, asked: Iterable[str], named: Iterable[str] = ()
) -> tuple[dict[str, Subject], dict[str, list[dict[str, Any]]]]:
    """Subjects by id, those `asked` about and those only `named`, and the properties of all entries each of the
    `asked` is listed with, over or not; unknown ids are left out.
    """
    own = set(asked)
    rows = _read(store, "subjects", [{"id": i, "own": i in own} for i in sorted(own | set(named))])
    found = {row["props"]["id"]: row for row in rows}
    known = {i: Subject.read(row["props"]) for i, row in found.items()}
    return known, {i: row["entries"] for i, row in found.items() if i in own}


def _read(store: Store, query: str, keys: Sequence[object]) -> list[dict[str, Any]]:
    statement, starts = text("queries", query), range(0, len(keys), BATCH)
    return [row for start in starts for row in store.read(statement, keys=keys[start : start + BATCH])]
