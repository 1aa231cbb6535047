"""Subjects as people name them at the doors: one, or several with commas between."""

from __future__ import annotations

import re

from graph.errors import NotFoundError
from graph.store import Store
from queries.subjects import find

_COMMAS = re.compile(r"[,，、;；]")


def ends(store: Store, asked: str) -> list[str]:
    """Ids of one end of `paths`: one subject, whose name may hold a comma, or several joined by commas."""
    try:
        return [find(store, asked).id]
    except NotFoundError as error:
        names = [name for name in _COMMAS.split(asked) if name.strip()]
        if error.candidates or len(names) < 2:
            raise
        return list(dict.fromkeys(find(store, name).id for name in names))


def pair(store: Store, a: str, b: str, *, undone: bool = False) -> tuple[str, str]:
    """Ids of the two subjects of a decision. Of one that is to be undone, an id that was merged into the other still
    finds that one, and stands as given.
    """
    first, second = find(store, a).id, find(store, b).id
    if first == second and undone:
        return first, next((given for given in (a, b) if given != first), second)
    return first, second
