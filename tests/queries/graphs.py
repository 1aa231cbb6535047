"""Graphs for tests, written straight into a store: a subject, a relation or an entry is one short call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graph.cypher import text
from graph.names import name_key
from graph.store import Store

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Graph:
    """What a test writes: subjects, their relations, entries with whom they list, contacts, sources, other ids, whom
    entries name beside their subject, and who is exempt from what follows.
    """

    subjects: list[Row] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)
    listings: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    aliases: list[Row] = field(default_factory=list)
    named: list[Row] = field(default_factory=list)
    exempt: list[Row] = field(default_factory=list)


def subject(id: str, kind: str = "enterprise", **more: Any) -> Row:
    """A subject; its name is its id unless given."""
    name = more.pop("name", id)
    return {"id": id, "kind": kind, "name": name, "name_key": name_key(name), **more}


def relation(source: str, kind: str, target: str, **more: Any) -> Row:
    """A relation; `record` tells it from others."""
    return {"source": source, "type": kind, "target": target, "record": f"t.csv:{source}-{target}", **more}


def listing(id: str, of: str, list: str = "SXBZXR", **more: Any) -> Row:
    """An entry of a list, in force since 2024."""
    return {"id": id, "of": of, "list": list, "listed_on": "2024-01-01", "state": "listed", **more}


def named(of: str, entry: str, role: str = "", **more: Any) -> Row:
    """Somebody the entry itself names, in this role."""
    return {"of": of, "listing": entry, "role": role, "record": f"n.csv:{of}", **more}


def exempt(of: str, entry: str, kind: str, **more: Any) -> Row:
    """Somebody whom a court or an authority took out of what the entry means for him."""
    return {"of": of, "listing": entry, "kind": kind, "record": f"x.csv:{of}", **more}


def contact(of: str, kind: str, value: str, **more: Any) -> Row:
    """A contact a subject gave."""
    return {"of": of, "id": f"{kind} {value}", "kind": kind, "value": value, "record": f"c.csv:{of}", **more}


def build(store: Store, graph: Graph) -> None:
    """Write a graph, beside whatever is there."""
    for label in ("subject", "listing", "contact"):
        store.write(text("tests.queries.cypher", f"unique_{label}"))
    store.write(text("tests.queries.cypher", "subjects"), rows=graph.subjects)
    by_type = defaultdict(list)
    for row in graph.relations:
        by_type[row["type"]].append(_split(row, "type", "source", "target"))
    for kind, rows in by_type.items():
        store.write(text("tests.queries.cypher", "relations", TYPE=kind), rows=rows)
    store.write(text("tests.queries.cypher", "listings"), rows=[_split(r, "of") for r in graph.listings])
    store.write(text("tests.queries.cypher", "contacts"), rows=[_split(r, "of") for r in graph.contacts])
    for name, rows in (("named", graph.named), ("exempt", graph.exempt)):
        store.write(text("tests.queries.cypher", name), rows=[_split(r, "of", "listing") for r in rows])
    for name, rows in (("sources", graph.sources), ("aliases", graph.aliases)):
        store.write(text("tests.queries.cypher", name), rows=rows)


def people(ids: Iterable[str]) -> list[Row]:
    """Subjects that are persons."""
    return [subject(i, "person") for i in ids]


def firms(ids: Iterable[str]) -> list[Row]:
    """Subjects that are enterprises."""
    return [subject(i) for i in ids]


def _split(row: Row, *keys: str) -> Row:
    kept = {name: value for name, value in row.items() if name not in keys and value is not None}
    return {**{key: row[key] for key in keys}, "props": kept}
