"""A set of subjects as a network: what is known of each, and every relation among them on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.cypher import text
from graph.errors import InputError
from graph.mask import scrub
from graph.store import Store
from graph.vocabulary import SUBJECT_RELATION_TYPES
from queries.expand_rows import in_force_on
from queries.model import Edge, Json, Listing, Subject
from queries.others import described
from queries.question import Question
from queries.view_edges import Edges

MOST = 1_500


@dataclass(frozen=True, slots=True)
class Node:
    """A subject of the view, its entries in force, and how many relations it has in all."""

    subject: Subject
    listed: tuple[Listing, ...]
    degree: int

    def to_json(self) -> Json:
        """{subject, listed, degree}."""
        return {
            "subject": self.subject.to_json(),
            "listed": [entry.to_json() for entry in self.listed],
            "degree": self.degree,
        }


@dataclass(frozen=True, slots=True)
class View:
    """What `view` answers. `renamed`: ids that were given up, with the present ones. `not_crossed`: contacts too many
    gave to be a relation. `complete`: false when time ran out.
    """

    as_of: str
    nodes: tuple[Node, ...]
    edges: tuple[tuple[Edge, bool], ...]
    missing: tuple[str, ...]
    renamed: dict[str, str]
    not_crossed: tuple[Json, ...]
    complete: bool

    def to_json(self) -> Json:
        """Answer of /api/view."""
        return {
            "as_of": self.as_of,
            "nodes": [node.to_json() for node in self.nodes],
            "edges": [{**edge.to_json(), "active": active} for edge, active in self.edges],
            "missing": [scrub(one) for one in self.missing],
            "renamed": self.renamed,
            "not_crossed": list(self.not_crossed),
            "complete": self.complete,
        }


@dataclass(frozen=True, slots=True)
class Picked:
    """Which subjects, on which day. `new`: only relations that touch one of these (None: all). `ended`: also relations
    not in force. `replay`: for a past day, also entries that have ended by today.
    """

    ids: tuple[str, ...]
    as_of: str
    new: tuple[str, ...] | None = None
    ended: bool = False
    replay: bool = False


def view(store: Store, picked: Picked) -> View:
    """Subjects by id and their relations to each other; ids nobody has are `missing`.

    Raises InputError for more than MOST ids.
    """
    count = len(set(picked.ids))
    if count > MOST:
        raise InputError("一次查看的主体过多", value=str(count), remedy=f"最多 {MOST:,} 个；请先隐藏或移除一部分")
    question = Question.of({"as_of": picked.as_of, "replay": picked.replay})
    renamed = _renamed(store, picked.ids)
    wanted = list(dict.fromkeys(renamed.get(i, i) for i in picked.ids))
    degree = _degrees(store, wanted)
    known = [i for i in wanted if i in degree]
    new = known if picked.new is None else (renamed.get(i, i) for i in picked.new)
    edges = Edges(store, question, picked.ended, degree, frozenset(new) & frozenset(known))
    edges.fetch()
    facts, entries = described(store, known, question)
    return View(
        as_of=question.as_of,
        nodes=tuple(Node(facts[i], entries.get(i, ()), degree[i]) for i in known if i in facts),
        edges=tuple((edge, in_force_on(edge, question.as_of)) for edge in edges.once()),
        missing=tuple(i for i in dict.fromkeys(picked.ids) if renamed.get(i, i) not in degree),
        renamed={old: now for old, now in renamed.items() if now in degree},
        not_crossed=edges.busy,
        complete=edges.complete,
    )


def _renamed(store: Store, ids: Iterable[str]) -> dict[str, str]:
    rows = store.read(text("queries", "renamed"), ids=sorted(set(ids)))
    return {row["id"]: row["now"] for row in rows}


def _degrees(store: Store, ids: Sequence[str]) -> dict[str, int]:
    rows = store.read(text("queries", "degree", TYPES=SUBJECT_RELATION_TYPES), ids=list(ids))
    return {row["id"]: row["degree"] for row in rows}
