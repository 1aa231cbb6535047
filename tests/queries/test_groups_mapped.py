"""Guarantee rings and chains over a snapshot are those over the store, on both stores."""

from __future__ import annotations

import random
from pathlib import Path

from graph.store import Store
from queries.groups.answer import groups
from queries.model import Json
from tests.queries.graphs import Graph, Row, build, firms, relation
from tests.snapshots import snapshot_of

DAY = "2025-06-01"
DAYS = (None, None, None, DAY, "2025-06-02")


def _random(seed: int) -> Graph:
    """Circles, mutual and parallel guarantees, ended ones, one for oneself; some without an amount."""
    rnd = random.Random(seed)
    ids = [f"g{seed:02}{letter}" for letter in "abcdefghi"[: rnd.randint(4, 9)]]
    rows: list[Row] = []
    for number in range(rnd.randint(4, 22)):
        one, other = rnd.choice(ids), rnd.choice(ids)
        more = {"amount": rnd.choice([None, 1000.5]), "until": rnd.choice(DAYS), "since": rnd.choice(DAYS)}
        if one != other:
            rows.append({**relation(one, "GUARANTEES", other, **more), "record": f"g.csv:{number}"})
    return Graph(firms(ids), rows)


def test_the_same_rings_and_chains(store: Store, tmp_path: Path) -> None:
    graphs = [_random(seed) for seed in range(15)]
    many = [f"m{n:03}" for n in range(101)]
    company = [relation("guarantor", "GUARANTEES", id) for id in many]  # gives too many to be walked through
    company += [relation("m000", "GUARANTEES", "guarantor"), relation("m000", "GUARANTEES", "m001")]
    subjects = [row for graph in graphs for row in graph.subjects]
    build(
        store,
        Graph(
            [*subjects, *firms(["guarantor", *many])], [row for graph in graphs for row in graph.relations] + company
        ),
    )
    asked = [None, "guarantor", "m000", "m005", *(graph.subjects[0]["id"] for graph in graphs)]

    def answers() -> list[Json]:
        return [groups(store, id, as_of=DAY, kinds=["guarantee"]).to_json() for id in asked]

    wanted = answers()
    with snapshot_of(store, tmp_path / "s"):
        for id, answer, expected in zip(asked, answers(), wanted, strict=True):
            assert answer == expected, id
    assert wanted[0]["guarantee"]["rings"]
    assert wanted[0]["guarantee"]["mutual"]
    assert [stop["degree"] for stop in wanted[0]["guarantee"]["not_crossed"]] == [101]
