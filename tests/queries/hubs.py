"""A hub for measuring: one company that holds many, every hundredth of them listed, every twentieth share sold."""

from __future__ import annotations

from collections.abc import Iterator

from graph.bulk import NewNode, NewRelation
from graph.store import Store


def fill(store: Store, count: int) -> None:
    """Load `hub` and its `count` holdings n000000, n000001, … into an empty embedded store."""
    store.bulk(_nodes(count), _relations(count))


def _nodes(count: int) -> Iterator[NewNode]:
    yield "Subject", "hub", {"id": "hub", "kind": "enterprise", "name": "乌有市中枢投资有限公司"}
    for i in range(count):
        yield "Subject", f"n{i}", {"id": f"n{i:06d}", "kind": "enterprise", "name": f"乌有市第{i}号商贸有限公司"}
    for i in range(0, count, 100):
        entry = {"id": f"L{i}", "list": "SXBZXR", "listed_on": "2024-01-01", "state": "listed", "record": "l.csv:1"}
        yield "Listing", f"L{i}", entry


def _relations(count: int) -> Iterator[NewRelation]:
    for i in range(count):
        facts = {"ratio": (i * 37 % 100) / 100, "since": f"{2000 + i % 20}-01-01", "record": f"r.csv:{i}"}
        yield "SHAREHOLDER", "hub", f"n{i}", facts | ({"until": "2023-01-01"} if i % 20 == 1 else {})
    for i in range(0, count, 100):
        yield "LISTED", f"n{i}", f"L{i}", {}
