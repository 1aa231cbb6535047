"""Subjects many at a time, each with the entries in force that list it."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from graph.store import Store
from queries.model import Listing, Subject, in_force
from queries.question import Question
from queries.subjects import with_entries


def described(
    store: Store, ids: Iterable[str], question: Question
) -> tuple[dict[str, Subject], dict[str, tuple[Listing, ...]]]:
    """Subjects by id, unknown ids left out; and the entries in force on the question's day by subject, by list
    and id, subjects without any left out.
    """
    known, rows = with_entries(store, ids)
    days = question.listed_days
    entries = {
        subject: sorted(
            (question.listing(entry) for entry in held if in_force(entry, days["as_of"], days["over"])),
            key=attrgetter("list", "id"),
        )
        for subject, held in rows.items()
    }
    return known, {subject: tuple(held) for subject, held in entries.items() if held}
