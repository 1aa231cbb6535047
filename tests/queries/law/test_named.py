"""Whoever an entry merely names: on some lists that lists him, on a debtor's it says nothing of him (R02)."""

from __future__ import annotations

from graph.store import Store
from queries.findings import findings
from queries.scenarios import scenario
from tests.queries.tiny import firm, listing, named, person


def test_named_by_an_entry_on_a_debtor_binds_nobody_and_by_an_entry_that_lists_whom_it_names_it_does(
    store: Store,
) -> None:
    firm(store, "A", "甲有限公司")
    person(store, "P", "王某")
    for entry, code, ground in (("L1", "SXBZXR", ""), ("L2", "XSCF", "economic"), ("L3", "QXNMG", "")):
        listing(store, entry, "A", code, "2024-01-01", **({"ground": ground} if ground else {}))
        named(store, "P", entry, "LEGAL_REP")
    told = {
        code: {
            (str(found.cls), found.rule, found.list)
            for found in findings(store, "P", scenario(code), as_of="2024-06-01").findings
        }
        for code in ("land", "securities", "civil_service")
    }
    debtor = {one for found in told.values() for one in found if one[2] == "SXBZXR" and one[0] != "ALERT"}
    assert debtor == set()
    assert not any(rule == "R28" for found in told.values() for _, rule, _ in found)
    assert ("STATUTORY", "R39", "QXNMG") in told["civil_service"]
    assert all(("LISTED_SELF", "R22", "QXNMG") in found for found in told.values())
