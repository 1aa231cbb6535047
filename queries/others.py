"""Subjects many at a time: what is shown of them, and the entries in force that list them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.cypher import text
from graph.store import Store
from queries.model import Listing, Subject, in_force
from queries.question import Question


def subjects(store: Store, ids: Iterable[str]) -> dict[str, Subject]:
    """By id; those there are not are left out."""
    rows = store.read(text("queries", "facts"), ids=sorted(set(ids)))
    return {row["subject"]["id"]: Subject.read(row["subject"]) for row in rows}


def listed(store: Store, ids: Iterable[str], question: Question) -> dict[str, tuple[Listing, ...]]:
    """The entries in force on the question's day by subject; subjects without any are left out."""
    found: defaultdict[str, list[Listing]] = defaultdict(list)
    days = question.listed_days
    for row in store.read(text("queries", "entries_of"), ids=sorted(set(ids))):
        if in_force(row["entry"], days["as_of"], days["over"]):
            found[row["id"]].append(question.listing(row["entry"]))
    return {subject: tuple(entries) for subject, entries in found.items()}
