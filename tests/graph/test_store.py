"""The store answers, on both engines, with plain values."""

from __future__ import annotations

from graph.store import Store


def test_write_then_read(store: Store) -> None:
    store.write("CREATE (:Subject {id: $id, name: $name})", id="s1", name="甲公司")
    assert store.read("MATCH (s:Subject) RETURN s.id AS id, s AS s") == [
        {"id": "s1", "s": {"id": "s1", "name": "甲公司"}}
    ]
