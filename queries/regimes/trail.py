"""A trail: the subjects and relations from the asked subject to whom a clause may reach, and what is open on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from queries.model import Edge, Path, Subject


@dataclass(frozen=True, slots=True)
class Trail:
    """`opens`: what has to be shown before the relation is certain; `caveats`: what it rests on though it is certain
    (control that is presumed, a set of relatives known from memory); `notes`: facts said beside it; `also`: further
    relations it rests on.
    """

    nodes: tuple[Mapping[str, Any], ...]
    edges: tuple[Edge, ...] = ()
    opens: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    also: tuple[Edge, ...] = ()
    caveats: tuple[str, ...] = ()

    @property
    def end(self) -> Mapping[str, Any]:
        """Whom it reaches."""
        return self.nodes[-1]

    @property
    def id(self) -> str:
        """The id of whom it reaches."""
        return str(self.nodes[-1]["id"])

    @property
    def path(self) -> Path:
        """As answers show it."""
        return Path(tuple(Subject.read(node) for node in self.nodes), self.edges)

    @property
    def rank(self) -> tuple[bool, int, int, list[str], list[str]]:
        """Certain ones first, then short ones, then by ids and records."""
        records = [f"{e.type} {e.record or ''}" for e in self.edges]
        return bool(self.opens), len(self.edges), len(self.opens), [str(n["id"]) for n in self.nodes], records

    def has(self, id: str) -> bool:
        """Whether it has passed there."""
        return any(node["id"] == id for node in self.nodes)

    def on(self, part: Part) -> Trail:
        """The trail with a part more."""
        return Trail(
            nodes=(*self.nodes, *part.nodes),
            edges=(*self.edges, *part.edges),
            opens=merged(self.opens, part.opens),
            notes=merged(self.notes, part.notes),
            also=(*self.also, *part.also),
            caveats=merged(self.caveats, part.caveats),
        )


@dataclass(frozen=True, slots=True)
class Part:
    """What a step adds: subjects and relations after the last, in order."""

    nodes: tuple[Mapping[str, Any], ...]
    edges: tuple[Edge, ...]
    opens: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    also: tuple[Edge, ...] = ()
    caveats: tuple[str, ...] = ()


def merged(one: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    """Both, none twice."""
    return tuple(dict.fromkeys((*one, *more)))
