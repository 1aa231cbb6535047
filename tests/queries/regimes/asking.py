"""Asking for related parties in tests, answered in tuples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from graph.store import Store
from queries.model import Json
from queries.regimes.read import shipped
from queries.regimes.related import related
from tests.queries.graphs import Graph, Row, build, listing, relation, subject
from tests.queries.screening import number

DAY = "2026-06-01"
SECONDS = 300.0  # what is tested here is what is said, on however busy a machine; the limit of time has its own tests
Said = tuple[str, str, str]
NUMBER = re.compile(r"\d{17}[\dX]")  # of a person
NUMBERS = ("ratio", "ratio_min", "ratio_max", "votes", "income")


def asked(store: Store, id: str, regime: str | None, as_of: str = DAY) -> Json:
    return related(store, id, as_of=as_of, regime=regime, seconds=SECONDS).to_json()


def parties(store: Store, id: str, regime: str, as_of: str = DAY) -> set[Said]:
    """(party, clause, certainty), the party without the prefix of its graph."""
    answer = asked(store, id, regime, as_of)
    assert all(one["regime"] == regime and one["text"] and one["path"]["nodes"] for one in answer["parties"])
    return {(bare(one["subject"]["id"]), one["clause"], one["certainty"]) for one in answer["parties"]}


def whom(store: Store, id: str, regime: str, as_of: str = DAY) -> set[str]:
    """The parties alone."""
    return {who for who, *_ in parties(store, id, regime, as_of)}


def kept_out(store: Store, id: str, regime: str) -> set[str]:
    return {bare(one["subject"]["id"]) for one in asked(store, id, regime)["exempted"]}


def bare(id: str) -> str:
    return id.split(".", 1)[-1]


class Small:
    """A small graph, drawn in lines; its ids carry a prefix, so that many stand in one store beside each other.

    "x 0.5 A": x holds half of A; "x ? A": a share nobody knows; "d DIRECTOR A until=2024-01-01": a relation. Names in
    lower case are persons, others enterprises; `more` says otherwise, and what else they are.
    """

    def __init__(self, prefix: str, *lines: str, **more: dict[str, Any]) -> None:
        self.relations: list[Row] = []
        self.subjects: dict[str, Row] = {}
        self.listings: list[Row] = []
        self._prefix = prefix
        for name, facts in more.items():
            self._add(name, facts)
        for line in lines:
            source, how, target, *words = line.split()
            props: dict[str, Any] = dict(word.split("=", 1) for word in words)
            kind = how if how.isupper() else "SHAREHOLDER"
            if how not in (kind, "?"):
                props["ratio"] = how
            told = {key: float(value) if key in NUMBERS else value for key, value in props.items()}
            for end in (source, target):
                self._add(end)
            self.relations.append(relation(f"{prefix}.{source}", kind, f"{prefix}.{target}", **told))

    def on(self, list_code: str, *names: str, **more: Any) -> Small:
        """With these on a list."""
        for name in names:
            self._add(name)
            self.listings.append(
                listing(f"{self._prefix}.{list_code}.{name}", f"{self._prefix}.{name}", list_code, **more)
            )
        return self

    def _add(self, name: str, more: dict[str, Any] | None = None) -> None:
        if name in self.subjects:
            return
        if name.islower():
            count = sum(map(ord, self._prefix + name)) % 900 + 1
            kept: dict[str, Any] = {"kind": "person", "id_type": "居民身份证", "id_number": number(count)}
        else:
            kept = {"kind": "enterprise"}
        self.subjects[name] = subject(f"{self._prefix}.{name}", **{"name": name, **kept, **(more or {})})


def draw(store: Store, graphs: Iterable[Small]) -> None:
    """All of them into one store."""
    made = list(graphs)
    build(
        store,
        Graph(
            subjects=[row for graph in made for row in graph.subjects.values()],
            relations=[row for graph in made for row in graph.relations],
            listings=[row for graph in made for row in graph.listings],
        ),
    )


def sound(answer: Json) -> None:
    start = answer["subject"]["id"]
    assert not NUMBER.search(json.dumps(answer))
    assert answer["cut"] is None
    for one in answer["parties"]:
        assert one["regime"] in shipped()
        assert one["subject"]["id"] != start
        joined(one["path"], start, one["subject"]["id"])
        assert (one["certainty"] == "met") or one["conditions"]
        assert one["law"]
        assert one["grade"] in ("text", "partial", "unverified")
    for one in answer["exempted"]:
        joined(one["path"], start, one["subject"]["id"])
    keys = [(one["subject"]["id"], one["regime"], one["clause"]) for one in answer["parties"]]
    assert len(keys) == len(set(keys))


def joined(path: Json, start: str, end: str) -> None:
    """Every relation of a path joins its two neighbours."""
    ids = [node["id"] for node in path["nodes"]]
    assert (ids[0], ids[-1]) == (start, end)
    assert len(path["edges"]) == len(ids) - 1
    for edge, one, other in zip(path["edges"], ids, ids[1:], strict=False):
        assert {edge["source"], edge["target"]} == {one, other}
