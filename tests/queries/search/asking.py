"""A small graph to suggest from, and how the tests of suggestions ask."""

from __future__ import annotations

import time
from typing import Any

from queries.search.keeping import Search
from tests.queries.graphs import Graph, contact, listing, relation, subject

DAY = "2025-06-01"
PERSON_ID = "999999199003070020"
PHONE = "13800001234"
GRAPH = Graph(
    [
        subject("wq", name="乌有市问渠水务有限公司", uscc="91999999MA0000001D", id_number=None),
        subject("old", name="乌有市新名有限公司", aliases=["乌有市旧名有限公司"]),
        subject("late", name="乌有市迟来有限公司"),
        subject("p1", "person", name="张三", id_number=PERSON_ID, id_type="居民身份证"),
        subject("p2", "person", name="张三", id_number="999999********0039", id_type="居民身份证"),
        subject("p3", "person", name="张三"),
        subject("p4", "person", name="张三丰"),
        subject("mended", name="乌有市已修有限公司"),
        subject("former", "person", name="李四"),
        subject("coming", "person", name="王五"),
    ],
    [
        relation("p1", "DIRECTOR", "old"),
        relation("p1", "LEGAL_REP", "wq"),
        relation("p2", "SUPERVISOR", "wq"),
        relation("p2", "LEGAL_REP", "old", until="2024-01-01"),
        relation("p1", "KIN", "p3"),
        relation("former", "LEGAL_REP", "old", until="2024-01-01"),
        relation("former", "DIRECTOR", "late", since="2020-01-01", until="2025-06-01"),
        relation("coming", "LEGAL_REP", "wq", since="2025-06-02"),
    ],
    [
        listing("L1", "p3"),
        listing("L2", "late", listed_on="2025-06-02"),
        listing("L3", "p4", "YZWF"),
        listing("L4", "p3"),
        listing("L8", "coming", "GREEN"),
        listing("L9", "coming"),
        listing("L10", "coming", "AEO"),
        listing("L5", "mended", removed_on="2025-07-01", state="repaired"),
        listing("L6", "mended", "YZWF", removed_on="2025-07-01", state="revoked"),
        listing("L7", "mended", "A_TAX", expires_on="2025-07-01"),
    ],
    contacts=[contact("wq", "phone", PHONE)],
    aliases=[{"id": "a1", "kind": "name", "key": "乌有市旧名有限公司", "subject": "old"}],
)


def wait(search: Search) -> None:
    """Until the index is that of the graph."""
    until = time.monotonic() + 60
    while search.suggest("wq", as_of=DAY, limit=1).state != "ready":
        assert time.monotonic() < until
        time.sleep(0.02)


def ask(search: Search, asked: str, **more: Any) -> list[dict[str, Any]]:
    return list(search.suggest(asked, **{"as_of": DAY, "limit": 8, **more}).to_json()["suggestions"])


def ids(search: Search, asked: str, **more: Any) -> list[str]:
    return [one["subject"]["id"] for one in ask(search, asked, **more)]
