"""Comparisons of tests: rows of bidders, and what is said of each pair."""

from __future__ import annotations

from typing import Any

from graph.store import Store
from queries.applicants import applicant
from queries.bidders.compare import compare
from queries.bidders.laws import law
from tests.queries.screening import DAY, code

# Verdict, and of each reason its rule, kind, and whether it prohibits.
Said = tuple[str, list[tuple[str | None, str, bool]]]


def compared(store: Store, *rows: dict[str, str], of: str = "tender", as_of: str = DAY) -> dict[str, Any]:
    """The document of a comparison; the first row is row 2."""
    asked = [applicant(n, row) for n, row in enumerate(rows, start=2)]
    return compare(store, asked, law(of), as_of=as_of).to_json()


def bid(n: int, lot: str = "", **more: str) -> dict[str, str]:
    """A row that bids, by the code of the nth firm."""
    return {"name": "", "uscc": code(n), **({"lot": lot} if lot else {}), **more}


def pair(document: dict[str, Any], lot: str) -> dict[str, Any]:
    """The only pair of a lot."""
    (found,) = [p for p in document["pairs"] if p["lot"] == lot]
    return dict(found)


def said(document: dict[str, Any], lot: str) -> Said:
    """What is said of the only pair of a lot."""
    found = pair(document, lot)
    return found["verdict"], [(r["rule"], r["kind"], r["conclusive"]) for r in found["reasons"]]
