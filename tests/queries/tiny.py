"""Tiny graphs, written straight into the store in the shape the loader leaves behind."""

from __future__ import annotations

from typing import Any

from graph.names import name_key
from graph.store import Store


def firm(store: Store, node: str, name: str, **properties: Any) -> None:
    """An organisation; former names go in `aliases`."""
    subject(store, node, name, **{"kind": "enterprise", "form": "company", **properties})


def person(store: Store, node: str, name: str, **properties: Any) -> None:
    """A person; a number needs `id_number`, its type is that of a resident unless said."""
    typed = {"id_type": "居民身份证"} if "id_number" in properties else {}
    subject(store, node, name, **{"kind": "person", **typed, **properties})


def subject(store: Store, node: str, name: str, **properties: Any) -> None:
    """Any subject, with its former names findable."""
    props = {
        "id": node,
        "name": name,
        "name_key": name_key(name),
        "conducts": True,
        "sources": ["t"],
        **properties,
    }
    store.write("CREATE (s:Subject) SET s = $props", props=props)
    for alias in properties.get("aliases", ()):
        key = name_key(alias)
        row = {"id": f"name:{key}:{node}", "key": key, "kind": "name", "subject": node}
        store.write("CREATE (a:Alias) SET a = $row", row=row)


def relate(store: Store, a: str, kind: str, b: str, **properties: Any) -> None:
    """A relation from a to b."""
    props = {"record": f"r.csv:{a}-{b}", **properties}
    ends = "MATCH (a:Subject {id: $a}) MATCH (b:Subject {id: $b})"
    store.write(f"{ends} CREATE (a)-[r:{kind}]->(b) SET r = $props", a=a, b=b, props=props)


def listing(store: Store, node: str, subject_id: str, code: str, on: str, **properties: Any) -> None:
    """An entry of a list on a subject."""
    props = {
        "id": node, "list": code, "listed_on": on, "state": "listed", "events": [], "authority": "某机关",
        "doc_no": f"文{node}", "basis": "某法第1条", "record": f"l.csv:{node}", "source": "t", **properties,
    }  # fmt: skip
    store.write(
        "MATCH (s:Subject {id: $s}) CREATE (l:Listing) SET l = $props CREATE (s)-[:LISTED]->(l)",
        s=subject_id, props=props,
    )  # fmt: skip


def named(store: Store, subject_id: str, entry: str, role: str) -> None:
    """A subject the entry itself names."""
    store.write(
        "MATCH (s:Subject {id: $s}) MATCH (l:Listing {id: $l}) CREATE (s)-[r:NAMED_IN]->(l) SET r = $props",
        s=subject_id, l=entry, props={"role": role, "record": f"n.csv:{subject_id}"},
    )  # fmt: skip
