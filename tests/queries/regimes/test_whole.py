"""The ownership tests for everybody at once say what they say of one subject after another."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from graph.store import Store
from queries.ownership.arrays import DayStakes
from queries.ownership.control import control
from queries.ownership.reading import read_mapped
from queries.ownership.whole import Says, controlled
from queries.regimes.read import shipped
from queries.regimes.related import related
from queries.regimes.whole import blocked
from tests.conftest import EMPTY
from tests.queries.graphs import Graph, Row, build, listing, relation
from tests.queries.ownership.random_holdings import DAYS, Case, case
from tests.snapshots import snapshot_of

SHORT, LONG = range(50), range(3_000, 3_500)
UK = {"authority": "英国财政部金融制裁办公室（OFSI）"}
TESTS = {"OFAC": "OFAC_SDN", "EU": "EU_833", "UK": "OTHER_FOREIGN"}


def _listings(one: Case, seed: int) -> list[Row]:
    rnd = random.Random(seed)
    rows = []
    for number, id in enumerate(rnd.sample(one.ids, rnd.randint(1, 3))):
        code = rnd.choice(["OFAC_SDN", "OFAC_SDN", "EU_833", "OTHER_FOREIGN", "OTHER_FOREIGN", "SXBZXR"])
        over = rnd.choice([{}, {}, {}, {"removed_on": "2023-01-01", "state": "revoked"}])
        events = rnd.choice([{}, {}, {"events": ["2024-02-01 suspended e.csv:1"]}])
        rows.append(listing(f"L{seed}-{number}", id, code, listed_on="2020-01-01", **UK, **over, **events))
    return rows


def _more(one: Case, seed: int) -> list[Row]:
    """Boards that somebody appointed, partners who only represent another, what was seen long ago."""
    rnd = random.Random(seed)
    firms, people = ([i for i in one.ids if f"-{letter}" in i] for letter in "fp")
    rows = []
    for number in range(rnd.choice([0, 0, 3])):
        title = f"董事（由{rnd.choice(firms)}委派）"
        rows.append(relation(rnd.choice(people), "DIRECTOR", firms[0], title=title, record=f"d.csv:{number}"))
    for row in one.relations:
        if row["type"] == "GENERAL_PARTNER":
            row["title"] = rnd.choice([None, "执行事务合伙人", "委派代表"])
        if rnd.random() < 0.1:
            row["seen_on"] = rnd.choice(["2020-01-01", "2026-05-01"])
        if rnd.random() < 0.1 and row["type"] == "SHAREHOLDER":  # another source tells another ratio
            rows.append({**row, "origin": "b", "ratio": 0.6, "record": f"o.csv:{len(rows)}"})
    return rows


def _compare(store: Store, place: Path, seeds: range) -> None:
    cases = [case(seed) for seed in seeds]
    more = [row for one, seed in zip(cases, seeds, strict=True) for row in _more(one, seed)]
    build(
        store,
        Graph(
            [row for one in cases for row in one.subjects],
            [*(row for one in cases for row in one.relations), *more],
            [row for one, seed in zip(cases, seeds, strict=True) for row in _listings(one, seed)],
        ),
    )
    caught = {name: 0 for name in TESTS}
    with snapshot_of(store, place) as snapshot:
        whole = {
            (day, name): blocked(snapshot, day, test)
            for day in DAYS
            for name in TESTS
            if (test := shipped()[name].sanction)
        }
        for one in cases:
            for number, id in enumerate(one.ids):
                for name in [*TESTS][number % 3 :: 3]:
                    found, index = whole[one.day, name], snapshot.subjects.index(id)
                    (told,) = related(store, id, as_of=one.day, regime=name).to_json()["sanctions"]
                    case_of = (id, name, one.day)
                    assert bool(told["listed"]) == (index in found.listed), case_of
                    assert told["caught"] == found.caught[index], case_of
                    assert told["conditional"] == found.open[index], case_of
                    caught[name] += told["caught"]
                    if found.low is not None and found.high is not None and not told["listed"] and "-n" not in id:
                        assert told["sum"] == pytest.approx(found.low[index], abs=1e-8), case_of
                        assert told["sum_max"] == pytest.approx(found.high[index], abs=1e-8), case_of
    assert all(caught.values()), caught


def test_random_graphs(arcadedb: Store, tmp_path: Path) -> None:
    arcadedb.write(EMPTY)
    _compare(arcadedb, tmp_path / "s", SHORT)


@pytest.mark.long
def test_many_random_graphs(arcadedb: Store, tmp_path: Path) -> None:
    arcadedb.write(EMPTY)
    _compare(arcadedb, tmp_path / "s", LONG)


def test_whom_each_controls(arcadedb: Store, tmp_path: Path) -> None:
    arcadedb.write(EMPTY)
    cases = [case(seed) for seed in SHORT]
    more = [row for one, seed in zip(cases, SHORT, strict=True) for row in _more(one, seed)]
    subjects = [row for one in cases for row in one.subjects]
    build(arcadedb, Graph(subjects, [*(row for one in cases for row in one.relations), *more]))
    pairs = 0
    with snapshot_of(arcadedb, tmp_path / "s") as snapshot:
        for day in DAYS:
            stakes = DayStakes.of(snapshot, day)
            who, over = controlled(Says(stakes), np.arange(snapshot.subjects.count))
            found = {
                (snapshot.subjects.id(one), snapshot.subjects.id(other)) for one, other in zip(who, over, strict=True)
            }
            wanted = set()
            for one in (one for one in cases if one.day == day):
                for id in one.ids:
                    wanted |= {(id, other) for other in control(read_mapped(snapshot, day, down=[id]), id).grips}
            own = {id for one in cases if one.day == day for id in one.ids}
            assert {pair for pair in found if pair[0] in own} == wanted
            pairs += len(wanted)
    assert pairs > 50
