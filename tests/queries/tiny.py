"""Tiny graphs one fact at a time, in the shape the loader leaves behind."""

from __future__ import annotations

from typing import Any

from graph.cypher import text
from graph.names import name_key
from graph.store import Store

CYPHER = "tests.queries.cypher"


def firm(store: Store, node: str, name: str, **properties: Any) -> None:
    """An organisation; former names go in `aliases`."""
    subject(store, node, name, **{"kind": "enterprise", "form": "company", **properties})


def person(store: Store, node: str, name: str, **properties: Any) -> None:
    """A person; a number needs `id_number`, its type is that of a resident unless said."""
    typed = {"id_type": "居民身份证"} if "id_number" in properties else {}
    subject(store, node, name, **{"kind": "person", **typed, **properties})


def subject(store: Store, node: str, name: str, **properties: Any) -> None:
    """Any subject, with its former names findable."""
    row = {"id": node, "name": name, "name_key": name_key(name), "conducts": True, **properties}
    store.write(text(CYPHER, "subjects"), rows=[row])
    keys = [name_key(alias) for alias in properties.get("aliases", ())]
    rows = [{"id": f"name:{key}:{node}", "key": key, "kind": "name", "subject": node} for key in keys]
    store.write(text(CYPHER, "aliases"), rows=rows)


def relate(store: Store, source: str, kind: str, target: str, **properties: Any) -> None:
    """A relation from source to target."""
    props = {"record": f"r.csv:{source}-{target}", **properties}
    rows = [{"source": source, "target": target, "props": props}]
    store.write(text(CYPHER, "relations", TYPE=kind), rows=rows)


def listing(store: Store, node: str, of: str, code: str, on: str, **properties: Any) -> None:
    """An entry of a list on a subject."""
    props = {
        "id": node, "list": code, "listed_on": on, "state": "listed", "events": [], "authority": "某机关",
        "doc_no": f"文{node}", "basis": "某法第1条", "record": f"l.csv:{node}", **properties,
    }  # fmt: skip
    store.write(text(CYPHER, "listings"), rows=[{"of": of, "props": props}])


def named(store: Store, of: str, entry: str, role: str) -> None:
    """A subject the entry itself names."""
    props = {"role": role, "record": f"n.csv:{of}"}
    store.write(text(CYPHER, "named"), rows=[{"of": of, "listing": entry, "props": props}])


def source(store: Store, name: str, **properties: Any) -> None:
    """A source that was loaded."""
    store.write(text(CYPHER, "sources"), rows=[{"name": name, **properties}])
