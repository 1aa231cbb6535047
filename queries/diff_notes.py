"""What makes two whole-graph results hard to compare, as data; `viz.changes_words` has the words."""

from __future__ import annotations

from queries.diff import Side
from queries.model import Json
from queries.propagated_file import About

# What a result is asked with beside its day.
_OPTIONS = ("policy", "hops", "include_possible")


def asked_alike(before: Side, after: Side) -> bool:
    """Whether the two differ in nothing but the day, as far as they say."""
    one, other = before.about, after.about
    said = bool(one.made and other.made)
    return not said or (not _unlike(one, other) and _replayed(one) == _replayed(other))


def notes(before: Side, after: Side) -> list[Json]:
    """Each with its `kind`: `option` (name, before, after), `not_replayed` (side, as_of, over), `not_checked` (lists
    left out of the `before` or the `after` only), `unsaid` (a file that does not say what it was made of).
    """
    one, other = before.about, after.about
    told: list[Json] = []
    said = bool(one.made and other.made)
    if said:
        told += [
            {"kind": "option", "name": name, "before": getattr(one, name), "after": getattr(other, name)}
            for name in _unlike(one, other)
        ]
    told += [
        {"kind": "not_replayed", "side": side, "as_of": about.as_of, "over": about.over}
        for side, about in (("before", one), ("after", other))
        if not _replayed(about)
    ]
    lists = [{str(missing["list"]) for missing in about.not_checked} for about in (one, other)]
    if said and lists[0] != lists[1]:
        told.append(
            {"kind": "not_checked", "before": sorted(lists[0] - lists[1]), "after": sorted(lists[1] - lists[0])}
        )
    return told if said else [*told, {"kind": "unsaid"}]


def _unlike(one: About, other: About) -> list[str]:
    return [name for name in _OPTIONS if getattr(one, name) != getattr(other, name)]


def _replayed(about: About) -> bool:
    """Whether what has ended since the day counts on it."""
    return about.over <= about.as_of
