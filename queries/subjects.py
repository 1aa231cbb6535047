"""Subjects and listings by what people call them, and their properties by id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.cypher import text
from graph.errors import NotFoundError
from graph.identifiers import normalise
from graph.names import name_key
from graph.store import Store
from queries.model import Subject

BATCH = 1_000
SHOWN = 20  # candidates given for an ambiguous name


def find(store: Store, asked: str) -> Subject:
    """The subject with that id (or a former id), else that USCC, else the only one with that name or former name.

    Raises NotFoundError: without candidates when nothing fits, with the first of them when several do.
    """
    wanted = asked.strip()
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
    rows = _by_id(store, "subjects", ids)
    return {row["props"]["id"]: Subject.read(row["props"]) for row in rows}


def entries(store: Store, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Properties of listings by id; unknown ids are left out."""
    return {row["props"]["id"]: row["props"] for row in _by_id(store, "entries", ids)}


def entries_of(store: Store, ids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Properties of all entries each subject is listed with, whenever; unknown subjects are left out."""
    return {row["id"]: row["entries"] for row in _by_id(store, "entries_of", ids)}


def _by_id(store: Store, query: str, ids: Iterable[str]) -> list[dict[str, Any]]:
    ordered, statement = sorted(set(ids)), text("queries", query)
    starts = range(0, len(ordered), BATCH)
    return [row for start in starts for row in store.read(statement, ids=ordered[start : start + BATCH])]
