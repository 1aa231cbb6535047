"""Suggestions: what the index or the graph finds, with the facts the graph has of it today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.cypher import text
from graph.identifiers import normalise
from graph.mask import scrub
from graph.names import name_key
from graph.store import Store
from graph.vocabulary import RELATIONS, Family, list_types
from queries.model import Json, Subject, in_force
from queries.question import Question
from queries.search.index import Hit

SLACK = 12  # looked up beyond what is shown: some may be gone, others are listed and go first
GRAVE: tuple[Family, ...] = ("negative", "status", "record", "cn_foreign", "foreign", "permit", "red")
ROLES_READ = 50  # of a person, to choose the organisation that is shown
# The role that tells most of a person first: the order of the vocabulary.
ROLES = tuple(r.name for r in RELATIONS.values() if r.first in ("person", "subject") and r.second == "organisation")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A subject that may be meant. `matched`: by what, `text`: what fitted; `organisation`: where a person has a role,
    had one, or is to have one; `listed`: codes of the lists it is on that day and has not left since.
    """

    subject: Subject
    matched: str
    text: str
    organisation: Json | None
    listed: tuple[str, ...]

    def to_json(self) -> Json:
        """An entry of `suggestions`."""
        return {
            "subject": self.subject.to_json(),
            "matched": self.matched,
            # Codes in the index are organisations' own.
            "text": self.text if self.matched in ("uscc", "reg_no") else scrub(self.text),
            "organisation": self.organisation,
            "listed": list(self.listed),
        }


def suggestions(store: Store, hits: Sequence[Hit], *, as_of: str, limit: int) -> tuple[list[Suggestion], bool]:
    """The first `limit` hits that are in the graph, the listed ones first among those that fit equally well, and
    whether there are more.
    """
    days = Question.of({"as_of": as_of}).listed_days
    rows = store.read(text("queries.search", "facts"), ids=[hit.id for hit in hits]) if hits else []
    found = {row["subject"]["id"]: row["subject"] for row in rows}
    listed = {row["subject"]["id"]: _listed(row["entries"], **days) for row in rows}
    known = sorted((hit for hit in hits if hit.id in found), key=lambda hit: (hit.grade, not listed[hit.id]))
    shown = known[:limit]
    places = _organisations(store, [hit.id for hit in shown if found[hit.id]["kind"] == "person"], as_of)
    told = [
        Suggestion(Subject.read(found[hit.id]), hit.matched, hit.text, places.get(hit.id), listed[hit.id])
        for hit in shown
    ]
    return told, len(known) > limit


def exact(store: Store, asked: str, most: int) -> list[Hit]:
    """Subjects whose id, code or name is just that, from the graph itself: for what the index does not know (yet)."""
    wanted, hits = asked.strip(), dict[str, Hit]()
    for query, kind, key in (
        ("subjects_by_id", "id", wanted),
        ("subjects_by_uscc", "uscc", normalise(wanted)),
        ("subjects_by_name", "name", name_key(wanted)),
    ):
        for row in store.read(text("queries", query), key=key, most=most) if key and scrub(key) == key else []:
            props = row["props"]
            former = kind == "name" and props.get("name_key") != key
            fitted = props["name"] if kind == "name" and not former else key
            hits.setdefault(props["id"], Hit(props["id"], "former" if former else kind, fitted, int(former)))
    return list(hits.values())[:most]


def _listed(entries: Sequence[Json], as_of: str, over: str) -> tuple[str, ...]:
    return tuple(sorted({entry["list"] for entry in entries if in_force(entry, as_of, over)}, key=_gravest))


def _gravest(code: str) -> tuple[int, str]:
    """What takes something away before what only tells, and that before what commends."""
    kind = list_types().get(code)
    return (GRAVE.index(kind.family) if kind else len(GRAVE), code)


def _organisations(store: Store, people: Sequence[str], as_of: str) -> dict[str, Json]:
    statement = text("queries.search", "organisations", TYPES=ROLES)
    rows = [] if not people else store.read(statement, ids=people, as_of=as_of, most=ROLES_READ)
    return {row["id"]: _first(row["found"]) for row in rows}


def _first(found: Sequence[Json]) -> Json:
    best = min(found, key=lambda one: (one["stage"], ROLES.index(one["relation"])))
    return {**{name: best[name] for name in ("id", "name", "relation", "since", "until")}, "active": best["stage"] == 0}
