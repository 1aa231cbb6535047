"""Paths over a snapshot say to the letter what paths over Cypher say, on both stores."""

from __future__ import annotations

import random
from pathlib import Path as FilePath

import pytest

from graph.errors import NotFoundError
from graph.store import Store
from graph.vocabulary import RELATION_TYPES, SUBJECT_RELATION_TYPES
from queries import links_mapped
from queries.groups.answer import groups
from queries.model import Json
from queries.paths import paths
from queries.paths_asked import PathsAsked
from queries.paths_pairs import paths_pairs
from tests.queries.graphs import Graph, Row, build, contact, relation, subject
from tests.snapshots import snapshot_of

DAY = "2025-06-01"
DAYS = (None, None, None, "2020-01-01", DAY, "2025-06-02")
SHORT, LONG = range(10), range(1_000, 1_250)


def _random(seed: int) -> Graph:
    """Parallel and ended relations, circles, relations to oneself, contacts given at different times."""
    rnd = random.Random(seed)
    ids = [f"g{seed:04}{letter}" for letter in "abcdefgh"[: rnd.randint(5, 8)]]
    kinds = ["person", "enterprise", "enterprise", "government"]
    said: list[Row] = [{}, {}, {}, {"conducts": False}, {"conducts": True}]
    graph = Graph([subject(i, rnd.choice(kinds), **rnd.choice(said)) for i in ids])
    types = rnd.sample(SUBJECT_RELATION_TYPES, 6)
    for number in range(rnd.randint(4, 16)):
        one, other = rnd.choice(ids[: rnd.choice([2, 8])]), rnd.choice(ids)
        if one != other:
            more = {"since": rnd.choice(DAYS), "until": rnd.choice(DAYS), "title": rnd.choice([None, "一", "二"])}
            ratio = rnd.choice([None, 0.25, 0.5])
            graph.relations.append(
                relation(one, rnd.choice(types), other, ratio=ratio, **more) | {"record": f"r.csv:{number}"}
            )
    for _ in range(rnd.randint(0, 5)):
        given = {"since": rnd.choice(DAYS), "until": rnd.choice(DAYS)}
        graph.contacts.append(contact(rnd.choice(ids), "phone", f"1390000{seed:04}"[:11], **given))
        graph.contacts.append(contact(rnd.choice(ids), "email", f"g{seed}@example.org", **given))
    return graph


def _asked(rnd: random.Random) -> PathsAsked:
    asked: PathsAsked = {"as_of": DAY, "max_hops": rnd.randint(1, 4), "through_hubs": rnd.random() < 0.2}
    if rnd.random() < 0.4:
        asked["types"] = rnd.choice([list(RELATION_TYPES), rnd.sample(RELATION_TYPES, 8), ["CONTACT"]])
    if rnd.random() < 0.3:
        asked["span"] = rnd.choice([(None, None), ("2019-01-01", "2021-01-01"), ("2019-01-01", None)])
    return asked


def _answers(store: Store, seed: int, ids: list[str]) -> list[Json]:
    """The same questions, whoever answers."""
    rnd = random.Random(seed)
    found = []
    for _ in range(2):
        asked, a, b = _asked(rnd), rnd.sample(ids, rnd.choice([1, 1, 2])), rnd.sample(ids, rnd.choice([1, 1, 3]))
        found.append(paths(store, a, b, **asked).to_json())
        several: PathsAsked = {**asked, "k": rnd.randint(1, 9)}
        all_of_them: PathsAsked = {**asked, "every": True}
        found += [paths(store, a, b, **question).to_json() for question in (several, all_of_them)]
        found.append(paths_pairs(store, ids[:4], **asked).to_json())
    return found


def _compare(store: Store, place: FilePath, seeds: range) -> None:
    graphs = [_random(seed) for seed in seeds]
    build(
        store,
        Graph(
            [row for graph in graphs for row in graph.subjects],
            [row for graph in graphs for row in graph.relations],
            contacts=[row for graph in graphs for row in graph.contacts],
        ),
    )
    everybody = [[row["id"] for row in graph.subjects] for graph in graphs]
    wanted = [_answers(store, seed, ids) for seed, ids in zip(seeds, everybody, strict=True)]
    with snapshot_of(store, place):
        for seed, ids, answers in zip(seeds, everybody, wanted, strict=True):
            assert _answers(store, seed, ids) == answers, seed
    assert any(answer.get("paths") for answers in wanted for answer in answers)


def test_random_graphs(store: Store, tmp_path: FilePath) -> None:
    _compare(store, tmp_path / "s", SHORT)


@pytest.mark.long
def test_many_random_graphs(store: Store, tmp_path: FilePath) -> None:
    _compare(store, tmp_path / "s", LONG)


def test_hubs_contacts_of_many_and_who_is_in_no_graph(store: Store, tmp_path: FilePath) -> None:
    many = [f"f{n:03}" for n in range(104)]
    graph = Graph(
        [subject("hub"), subject("state", "government"), *(subject(i) for i in many)],
        [
            *(relation("hub", "SHAREHOLDER", i, ratio=0.2) for i in many[:102]),
            *(relation("hub", "CONCERT", i) for i in many[:60]),
            *(relation(i, "CONCERT", "hub") for i in many[:60]),
            *(relation("state", "MANAGES", i) for i in many[50:54]),
        ],
        contacts=[
            *(contact(i, "address", "乌有市样例路1号") for i in many),
            *(contact(i, "phone", "13900000001") for i in ("f000", "f101")),
        ],
    )
    build(store, graph)

    def answers() -> list[Json]:
        questions: list[PathsAsked] = [
            {"as_of": DAY, "k": 5},
            {"as_of": DAY, "k": 5, "through_hubs": True},
            {"as_of": DAY, "types": ["CONCERT"], "k": 9},
            {"as_of": DAY, "types": ["SHAREHOLDER", "MANAGES"], "k": 9},
        ]
        ends = (["f000"], ["f101"]), (["hub"], ["f103"]), (["f050"], ["state"]), (["f050"], ["f053"])
        found = [paths(store, a, b, **asked).to_json() for asked in questions for a, b in ends]
        return [*found, groups(store, "f000", as_of=DAY, kinds=["community"]).to_json()]

    wanted = answers()
    with snapshot_of(store, tmp_path / "s"):
        assert answers() == wanted
        assert "13900000001" not in str(answers())
        with pytest.raises(NotFoundError):
            paths(store, ["f000"], ["nobody"], as_of=DAY)
    assert any(stop["degree"] == 102 + 60 for stop in wanted[0]["not_crossed"])


def test_a_snapshot_of_before_is_not_walked(store: Store, tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("walked over the arrays")

    build(store, Graph([subject("a"), subject("b")], sources=[{"name": "s"}]))
    with snapshot_of(store, tmp_path / "s"):
        build(store, Graph([], [relation("a", "SHAREHOLDER", "b")], sources=[{"name": "t"}]))
        monkeypatch.setattr(links_mapped.MappedLinks, "_relations", never)
        assert len(paths(store, ["a"], ["b"], as_of=DAY).paths) == 1
