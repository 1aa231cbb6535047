"""Random small graphs and random patterns: as Cypher, and as what they mean, found by trying everything."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

TYPES = ("KIN", "SHAREHOLDER", "LEGAL_REP")
NODES = 7
EDGES = 14
Properties = dict[str, Any]
# True, False, or None: not known, as Cypher has it.
Truth = bool | None


@dataclass(frozen=True, slots=True)
class Edge:
    """One relationship; `key` names it in answers."""

    key: str
    kind: str
    first: str
    second: str
    properties: Properties


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by id, and edges between them: loops and parallel ones too."""

    nodes: dict[str, Properties]
    edges: list[Edge]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on the variable `on`, as text and as meaning."""

    on: str
    text: str
    holds: Callable[[Properties], Truth]


@dataclass(frozen=True, slots=True)
class Hop:
    """One step: types (none: any) and direction."""

    kinds: tuple[str, ...]
    direction: str

    @property
    def text(self) -> str:
        """As Cypher, with a blank for the variable."""
        kinds = ":" + "|".join(self.kinds) if self.kinds else ""
        return {"out": f"-[%s{kinds}]->", "in": f"<-[%s{kinds}]-", "any": f"-[%s{kinds}]-"}[self.direction]

    def ways(self, graph: Graph, node: str) -> Iterator[tuple[Edge, str]]:
        """Edges this step may take from a node, and where they lead; a loop is taken once."""
        for edge in graph.edges:
            if self.kinds and edge.kind not in self.kinds:
                continue
            if edge.first == node and self.direction in {"out", "any"}:
                yield edge, edge.second
            if (
                edge.second == node
                and self.direction in {"in", "any"}
                and not (self.direction == "any" and edge.first == node)
            ):
                yield edge, edge.first


@dataclass(frozen=True, slots=True)
class Pattern:
    """A chain of hops, conditions joined by `joint`, and whether the end must be the start."""

    hops: list[Hop]
    conditions: list[Condition] = field(default_factory=list)
    joint: str = "AND"
    closed: bool = False

    @property
    def nodes(self) -> list[str]:
        """Names of the node variables."""
        last = ["n0"] if self.closed else [f"n{len(self.hops)}"]
        return [f"n{i}" for i in range(len(self.hops))] + last

    @property
    def text(self) -> str:
        """The MATCH clause."""
        names = self.nodes
        chain = f"({names[0]}:Subject)"
        for i, hop in enumerate(self.hops):
            chain += hop.text % f"r{i}" + f"({names[i + 1]})"
        where = f" {self.joint} ".join(c.text for c in self.conditions)
        return f"MATCH {chain}" + (f" WHERE {where}" if where else "")

    def matches(self, graph: Graph) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """All ways it fits: ids of nodes, keys of edges. No edge is taken twice."""
        for start in graph.nodes:
            yield from self._extend(graph, (start,), ())

    def _extend(
        self, graph: Graph, nodes: tuple[str, ...], edges: tuple[Edge, ...]
    ) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        if len(edges) == len(self.hops):
            if (not self.closed or nodes[0] == nodes[-1]) and self._holds(graph, nodes, edges):
                yield nodes, tuple(edge.key for edge in edges)
            return
        for edge, node in self.hops[len(edges)].ways(graph, nodes[-1]):
            if edge not in edges:
                yield from self._extend(graph, (*nodes, node), (*edges, edge))

    def _holds(self, graph: Graph, nodes: tuple[str, ...], edges: tuple[Edge, ...]) -> bool:
        things = {f"n{i}": graph.nodes[node] for i, node in enumerate(nodes)}
        things |= {f"r{i}": edge.properties for i, edge in enumerate(edges)}
        truths = [condition.holds(things[condition.on]) for condition in self.conditions]
        if not truths:
            return True
        return all(t is True for t in truths) if self.joint == "AND" else any(t is True for t in truths)


def random_graph(rng: random.Random) -> Graph:
    """Some properties are missing, some ends meet themselves."""
    nodes: dict[str, Properties] = {}
    for i in range(NODES):
        given: Properties = {"id": f"s{i}", "kind": rng.choice(["person", "enterprise"])}
        if rng.random() < 0.7:
            given["n"] = rng.randrange(4)
        nodes[f"s{i}"] = given
    edges = []
    for i in range(EDGES):
        given = {"key": f"e{i}"}
        if rng.random() < 0.6:
            given["ratio"] = rng.choice([0.1, 0.25, 0.5, 1.0])
        if rng.random() < 0.6:
            given["since"] = f"20{rng.randrange(10, 30)}-01-01"
        ends = rng.choice(list(nodes)), rng.choice(list(nodes))
        edges.append(Edge(f"e{i}", rng.choice(TYPES), *ends, given))
    return Graph(nodes, edges)


def random_pattern(rng: random.Random) -> Pattern:
    """One to three hops."""
    hops = [
        Hop(tuple(rng.sample(TYPES, rng.randrange(3))), rng.choice(["out", "in", "any"]))
        for _ in range(rng.randint(1, 3))
    ]
    closed = len(hops) > 1 and rng.random() < 0.2
    names = [f"n{i}" for i in range(len(hops) + (not closed))] + [f"r{i}" for i in range(len(hops))]
    conditions = [_condition(rng, rng.choice(names)) for _ in range(rng.randrange(4))]
    return Pattern(hops, conditions, rng.choice(["AND", "OR"]), closed)


def _condition(rng: random.Random, on: str) -> Condition:
    wanted = _on_node(rng, on) if on.startswith("n") else _on_edge(rng, on)
    if rng.random() < 0.3:
        return Condition(on, f"NOT ({wanted.text})", lambda given: _denied(wanted.holds(given)))
    return wanted


def _on_node(rng: random.Random, on: str) -> Condition:
    number = rng.randrange(4)
    return rng.choice([
        Condition(on, f"{on}.n >= {number}", lambda given: _known(given, "n", lambda n: n >= number)),
        Condition(on, f"{on}.n IN [0, {number}]", lambda given: _known(given, "n", lambda n: n in {0, number})),
        Condition(on, f"{on}.n IS NULL", lambda given: "n" not in given),
        Condition(on, f"{on}.kind = 'person'", lambda given: given["kind"] == "person"),
    ])  # fmt: skip


def _on_edge(rng: random.Random, on: str) -> Condition:
    ratio, since = rng.choice([0.25, 0.5]), f"20{rng.randrange(10, 30)}-01-01"
    return rng.choice([
        Condition(on, f"{on}.ratio > {ratio}", lambda given: _known(given, "ratio", lambda r: r > ratio)),
        Condition(on, f"{on}.ratio IS NOT NULL", lambda given: "ratio" in given),
        Condition(on, f"{on}.since <= '{since}'", lambda given: _known(given, "since", lambda s: s <= since)),
        Condition(
            on,
            f"({on}.since IS NULL OR {on}.since > '{since}')",
            lambda given: "since" not in given or given["since"] > since,
        ),
    ])  # fmt: skip


def _known(given: Properties, name: str, test: Callable[[Any], bool]) -> Truth:
    return test(given[name]) if name in given else None


def _denied(truth: Truth) -> Truth:
    return None if truth is None else not truth
