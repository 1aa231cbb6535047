"""Terms of the lists: where the law fixes one it can be computed, and elsewhere nothing is made up."""

from __future__ import annotations

import pytest

from graph.vocabulary import TIERS, list_types


@pytest.mark.parametrize(
    ("code", "ground", "tier", "until"),
    [
        ("SXBZXR", "3", None, ("2026-02-28", "text")),
        ("SXBZXR", "1", None, None),  # until performance
        ("SXBZXR", "own_debt", None, None),  # says whose debt it is, not how the judgment was evaded
        ("SXBZXR", None, None, None),
        ("QXNMG", None, None, ("2027-02-28", "text")),
        ("YZWF", "no_report", None, ("2027-02-28", "unverified")),
        ("AQSC", None, "serious", ("2027-02-28", "partial")),
        ("XZCF", None, "minor", ("2024-05-29", "text")),
        ("XZCF", None, "general", ("2025-02-28", "text")),
        ("XZCF", None, "serious", ("2027-02-28", "text")),
        ("XZCF", None, None, None),
        ("PCZR", "closed", None, ("2027-02-28", "text")),
        ("PCZR", "accepted", None, None),
        ("ZTB", None, None, None),  # by decision
        ("DXYZ", "illegal", None, None),  # a permanent state
        ("XZXF", None, None, None),
        ("ZQJR", None, None, None),
        ("OFAC_SDN", None, None, None),
    ],
)
def test_term_of_a_listing(code: str, ground: str | None, tier: str | None, until: tuple[str, str] | None) -> None:
    assert list_types()[code].term_until("2024-02-29", ground, tier) == until


def test_terms_name_grounds_and_tiers_that_exist() -> None:
    for kind in list_types().values():
        for term in kind.terms:
            assert bool(term.years) != bool(term.months), kind.code
            assert set(term.grounds) <= set(kind.grounds), kind.code
            assert term.tier in {"", *TIERS}, kind.code
            assert term.grade in ("text", "partial", "unverified"), kind.code


def test_a_term_read_by_nobody_says_so_in_words_too() -> None:
    for kind in list_types().values():
        if any(term.grade == "unverified" for term in kind.terms):
            assert "待核实" in kind.term, kind.code
