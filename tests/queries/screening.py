"""Screenings of tests: rows of firms and people of a graph, with right numbers, and what is said of each."""

from __future__ import annotations

from typing import Any, cast

from examples.generator.numbers import resident_id, uscc
from graph.store import Store
from queries.applicants import applicant
from queries.question import Asked
from queries.scenarios import Scenario, scenario
from queries.screen import screen
from tests.queries.graphs import Row, subject

DAY = "2026-06-01"
Told = tuple[str, str | None, str, str, str]


def code(n: int) -> str:
    """A social credit code of a made-up company."""
    return uscc("91", f"MA{n:06d}")


def number(n: int) -> str:
    """A resident number of a made-up person."""
    return resident_id("1980-01-01", n)


def firm(id: str, n: int, **more: Any) -> Row:
    """A company called after its id."""
    kept = {"form": "company", "uscc": code(n), "sector": "建材批发", "state_owned": False, "name": f"{id}有限公司"}
    return subject(id, **{**kept, **more})


def person(id: str, n: int, name: str, **more: Any) -> Row:
    """A person with a full number."""
    return subject(id, "person", **{"name": name, "id_type": "居民身份证", "id_number": number(n), **more})


def screened(store: Store, *rows: dict[str, str], of: Scenario | str = "general", **asked: Any) -> dict[str, Any]:
    """The document of a screening; the first row is row 2."""
    profile = scenario(of) if isinstance(of, str) else of
    applicants = [applicant(n, row) for n, row in enumerate(rows, start=2)]
    return screen(store, applicants, profile, cast(Asked, {"as_of": DAY, **asked})).to_json()


def said(document: dict[str, Any], row: int) -> set[Told]:
    """(class, rule, whom it binds, where it falls, effect) of the findings of a row."""
    (result,) = [r for r in document["results"] if r["row"] == row]
    return {(f["class"], f["rule"], f["target"]["id"], f["falls_on"], f["effect"]) for f in result["findings"]}


def decisions(document: dict[str, Any]) -> list[str]:
    """Of each row."""
    return [result["decision"] for result in document["results"]]


def warnings(document: dict[str, Any], row: int) -> list[str]:
    """Of one row."""
    return [w for r in document["results"] if r["row"] == row for w in r["match"]["warnings"]]
