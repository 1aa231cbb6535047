"""Edges as the load compares them: what tells two apart, what they carry, and which differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

# What tells two edges of one source between the same two nodes apart; the rest is what they carry.
TELLING: tuple[str, ...] = ("kin", "title", "since", "role")
# Where the evidence stands and when it was seen: kept fresh, but moving them changes no fact.
PROVENANCE: frozenset[str] = frozenset({"record", "seen_on"})
# Whose edge it was before an identity decision moved it; no source says it and no load touches it.
MOVED: frozenset[str] = frozenset({"first_of", "second_of"})
END_RECORD = "absent in {file}"

Key = tuple[str, str, str, str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge of one source: type, ends (node ids) and properties without empty ones."""

    type: str
    a: str
    b: str
    props: dict[str, Any]

    def key(self) -> Key:
        """What identifies the edge within its source."""
        kin, title, since, role = (str(self.props.get(name) or "") for name in TELLING)
        return (self.type, self.a, self.b, kin, title, since, role, int(self.props.get("n") or 0))

    def facts(self) -> dict[str, Any]:
        """What the edge says, without where and when it was read."""
        return {k: v for k, v in self.props.items() if v is not None and k not in PROVENANCE | MOVED}


@dataclass(slots=True)
class EdgeDiff:
    """What a load would do to one source's edges."""

    added: list[Edge] = field(default_factory=list)
    changed: list[tuple[Edge, dict[str, Any]]] = field(default_factory=list)  # held edge, properties to set
    refreshed: list[tuple[Edge, dict[str, Any]]] = field(default_factory=list)
    ended: list[tuple[Edge, dict[str, Any]]] = field(default_factory=list)
    unchanged: int = 0


def numbered(edges: Iterable[Edge]) -> tuple[list[Edge], int]:
    """The edges with repeats dropped (counted) and true parallels numbered in order of appearance."""
    seen: dict[Key, list[dict[str, Any]]] = {}
    kept: list[Edge] = []
    repeats = 0
    for edge in edges:
        held = seen.setdefault(edge.key(), [])
        facts = edge.facts()
        if facts in held:
            repeats += 1
            continue
        props = {**edge.props, "n": len(held)} if held else edge.props
        held.append(facts)
        kept.append(Edge(edge.type, edge.a, edge.b, props))
    return kept, repeats


def compare(held: Iterable[Edge], new: Iterable[Edge], *, ending: dict[str, Any] | None = None) -> EdgeDiff:
    """What differs between the edges a source had and those it has now.

    `ending`: given for a full load, where the new edges are all the source knows: the properties that end an
    active edge which is not among them.
    """
    before = {edge.key(): edge for edge in held}
    diff = EdgeDiff()
    present: set[Key] = set()
    for edge in new:
        key = edge.key()
        present.add(key)
        old = before.get(key)
        if old is None:
            diff.added.append(edge)
        elif old.facts() == edge.facts():
            diff.unchanged += 1
            if old.props != edge.props:
                diff.refreshed.append((old, _setting(old, edge)))
        else:
            diff.changed.append((old, _setting(old, edge)))
    if ending is not None:
        gone = (e for k, e in before.items() if k not in present and not e.props.get("until"))
        diff.ended = [(edge, ending) for edge in gone]
    return diff


def _setting(old: Edge, new: Edge) -> dict[str, Any]:
    return {**{k: None for k in old.props if k not in new.props and k not in MOVED}, **new.props}
