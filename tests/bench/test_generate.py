"""The made-up graph: the same every time, fictional, and with what it says was planted in it."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest

from bench.generate import AS_OF, SCALES, make
from graph.identifiers import resident_id, uscc
from graph.vocabulary import RELATIONS
from loaders.checks import checked
from loaders.package import read
from queries.policy import shipped

FIRMS = SCALES["XS"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("xs")
    make(place, FIRMS)
    return place


@pytest.fixture(scope="module")
def tables(folder: Path) -> dict[str, pd.DataFrame]:
    return {path.stem: pd.read_csv(path, dtype=str, keep_default_na=False) for path in folder.glob("*.csv")}


@pytest.fixture(scope="module")
def truth(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return found


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(folder: Path, tmp_path: Path) -> None:
    make(tmp_path / "again", FIRMS)
    make(tmp_path / "other", FIRMS, seed=8)
    assert bytes_of(tmp_path / "again") == bytes_of(folder)
    assert bytes_of(tmp_path / "other") != bytes_of(folder)


def test_the_package_loads_without_a_rejected_row(folder: Path) -> None:
    facts = checked(read(sorted(folder.glob("*.csv")), ""))
    assert (facts.rejected, facts.warnings) == ([], [])


def test_parquet_holds_the_same_rows(folder: Path, tmp_path: Path) -> None:
    make(tmp_path, FIRMS, form="parquet")
    for name in ("subjects", "relations", "listings"):
        as_csv = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        pd.testing.assert_frame_equal(
            pd.read_parquet(tmp_path / f"{name}.parquet").fillna(""), as_csv, check_dtype=False
        )


def test_codes_and_numbers_are_of_no_real_region_valid_and_never_given_twice(tables: dict[str, pd.DataFrame]) -> None:
    subjects = tables["subjects"]
    codes, numbers = (subjects[name][subjects[name] != ""] for name in ("uscc", "id_number"))
    assert codes.is_unique
    assert numbers.is_unique
    assert subjects["id"].is_unique
    assert all(code[2:6] == "9999" and uscc(code).valid for code in codes)
    assert all(number.startswith("999") and resident_id(number).valid for number in numbers)


def test_names_are_shared_by_some_people_and_by_hardly_any_firm(tables: dict[str, pd.DataFrame]) -> None:
    kinds = tables["subjects"].groupby("kind")["name"]
    assert kinds.nunique()["person"] < kinds.count()["person"]
    assert kinds.nunique()["enterprise"] > 0.99 * kinds.count()["enterprise"]


def test_relations_join_whom_their_type_may_join_and_nobody_to_himself(tables: dict[str, pd.DataFrame]) -> None:
    relations = tables["relations"]
    kind = tables["subjects"].set_index("id")["kind"]
    assert not (relations["source"] == relations["target"]).any()
    assert not relations.duplicated(["source", "target", "type"]).any()
    for name, rows in relations.groupby("type"):
        known = RELATIONS[str(name)]
        for end, allowed in (("source", known.first), ("target", known.second)):
            persons = kind[rows[end]] == "person"
            assert persons.all() if allowed == "person" else not persons.any() if allowed == "organisation" else True, (
                name
            )


def test_what_a_company_gives_away_is_not_more_than_all_of_it(tables: dict[str, pd.DataFrame]) -> None:
    relations = tables["relations"]
    held = relations[relations["type"].isin(["SHAREHOLDER", "GENERAL_PARTNER", "LIMITED_PARTNER"])]
    ratios = pd.to_numeric(held["ratio"])
    assert ratios.dropna().between(0.0001, 1).all()
    assert ratios.groupby(held["target"]).sum().max() <= 1.001
    assert 0.02 < ratios.isna().mean() < 0.06


def test_ownership_is_a_forest_but_for_what_was_planted(tables: dict[str, pd.DataFrame], truth: dict[str, Any]) -> None:
    held = tables["relations"].query("type in ['SHAREHOLDER', 'GENERAL_PARTNER', 'LIMITED_PARTNER']")
    graph = nx.DiGraph(zip(held["source"], held["target"], strict=True))
    planted = [*pairs(truth["cross_holdings"]), *(pair for circle in truth["circles"] for pair in around(circle))]
    assert all(graph.has_edge(*pair) for pair in planted)
    graph.remove_edges_from(planted)
    chords = {(circle[0], circle[2]) for circle in truth["circles"] if len(circle) > 3}
    graph.remove_edges_from(chords)
    assert nx.is_directed_acyclic_graph(graph)
    assert 0.001 <= len(truth["cross_holdings"]) / held["source"].str.startswith("e").sum() <= 0.01


def test_planted_rings_and_hubs_are_there_and_in_force(tables: dict[str, pd.DataFrame], truth: dict[str, Any]) -> None:
    relations = tables["relations"]
    active = relations[(relations["since"] <= AS_OF) & ((relations["until"] == "") | (relations["until"] > AS_OF))]
    given = active[active["type"] == "GUARANTEES"]
    guaranteed = set(zip(given["source"], given["target"], strict=True))
    assert all(pair in guaranteed for ring in truth["guarantee_rings"] for pair in around(ring))
    degree = Counter([*active["source"], *active["target"]])
    assert {hub["role"] for hub in truth["hubs"]} >= {"nominee", "head", "branches", "guarantor"}
    assert all(degree[hub["id"]] > shipped().fanout_cap for hub in truth["hubs"])


def test_two_in_a_hundred_are_listed_and_some_no_longer(tables: dict[str, pd.DataFrame]) -> None:
    entries = tables["listings"]
    active = entries[entries["removed_on"] == ""]
    assert 0.018 < active["subject"].nunique() / len(tables["subjects"]) < 0.022
    ended = entries[entries["removed_on"] != ""]
    assert len(ended) > 0
    assert (ended["removed_on"] <= AS_OF).all()


def pairs(rows: list[list[str]]) -> list[tuple[str, str]]:
    return [(first, second) for first, second in rows]


def around(circle: list[str]) -> list[tuple[str, str]]:
    return list(pairwise([*circle, circle[0]]))
