"""Small random graphs with everything that may go wrong: cycles, parallel and ended relations, hubs, ties."""

from __future__ import annotations

import random
from typing import Any

from tests.queries.graphs import Graph, Row, listing, relation, subject

# Products of these meet exactly, or only after rounding to nine decimals (0.500001 × 0.499999 against 0.5 × 0.5).
_KEEPS: list[tuple[str, str, float | None, float]] = [
    ("LEGAL_REP", "forward", None, 1),
    ("LEGAL_REP", "backward", None, 0.5),
    ("DIRECTOR", "forward", None, 0.500001),
    ("DIRECTOR", "backward", None, 0.25),
    ("EXECUTIVE", "forward", None, 0.499999),
    ("EXECUTIVE", "backward", None, 0),
    ("SUPERVISOR", "forward", None, 0),
    ("SHAREHOLDER", "forward", 0.5, 0.8),
    ("SHAREHOLDER", "forward", 0.25, 0.4),
    ("SHAREHOLDER", "backward", 0.3, 0.6),
    ("SHAREHOLDER", "backward", 0, 0.1),
    ("SHAREHOLDER", "forward", None, 0.3),
    ("BRANCH_OF", "forward", None, 0.9),
    ("BRANCH_OF", "backward", None, 0.9),
    ("CONCERT", "forward", None, 0.5),
    ("MAYBE_SAME", "forward", None, 0.7),
]
POLICY: dict[str, Any] = {
    "version": "random",
    "floor": 0.05,
    "max_hops": 4,
    "fanout_cap": 5,
    "name_cap": 20,
    "former_days": 365,
    "max_age_days": 180,
    "bands": {"high": 0.6, "low": 0.05},
    "severity": {"SXBZXR": 1, "YZWF": 0.9, "XZCF": 0.333333, "OFAC_SDN": 0.4},
    "tier": {"minor": 0.4, "general": 0.7, "serious": 1},
    "keeps": [
        {"relation": relation, "direction": way, "min_ratio": bound, "weight": weight}
        for relation, way, bound, weight in _KEEPS
    ],
}
# One decimal a weight, as the shipped policy has: nothing is ever rounded, and ties abound.
PLAIN: dict[str, Any] = {
    **POLICY,
    "severity": {"SXBZXR": 1, "YZWF": 0.9, "XZCF": 0.3, "OFAC_SDN": 0.4},
    "keeps": [{**row, "weight": round(row["weight"], 1)} for row in POLICY["keeps"]],
}
# Fine enough for scores that only rounding makes equal, and not too fine for whole numbers.
FINE: dict[str, Any] = {**POLICY, "max_hops": 2, "severity": PLAIN["severity"]}
_TYPES = [*dict.fromkeys(row[0] for row in _KEEPS), "KIN", "SUPPLIES"]
_RATIOS = (None, 0, 0.1, 0.25, 0.3, 0.5, 0.9)


def random_graph(seed: int, year: int) -> Graph:
    """One graph for the first of June of that year; ids begin with the seed, so many fit into one store."""
    rnd = random.Random(seed)
    ids = [f"g{seed:04}.{letter}" for letter in "abcdefghi"[: rnd.randint(4, 9)]]
    graph = Graph(subjects=[_subject(rnd, i) for i in ids])
    for number in range(rnd.randint(3, 3 * len(ids))):
        graph.relations.extend(_relations(rnd, ids, number, year))
    for number in range(rnd.randint(1, 5)):
        graph.listings.append(_listing(rnd, f"{ids[0]}-L{number}", rnd.choice(ids), year))
    return graph


def _subject(rnd: random.Random, id: str) -> Row:
    kind = rnd.choice(["enterprise", "enterprise", "person", "enterprise", "institution", "government"])
    conducts = rnd.choices([None, True, False], [8, 2, 1])[0]
    return subject(id, kind, **({} if conducts is None else {"conducts": conducts}))


def _relations(rnd: random.Random, ids: list[str], number: int, year: int) -> list[Row]:
    # A few subjects get most relations: some exceed the cap, some just reach it.
    source, target = rnd.choice(ids[: rnd.choice([2, len(ids)])]), rnd.choice(ids)
    kind = rnd.choice(_TYPES)
    more = {"ratio": rnd.choice(_RATIOS)} if kind in ("SHAREHOLDER", "SUPPLIES") or rnd.random() < 0.05 else {}
    more |= _days(rnd, year, ("since", "until")) if rnd.random() < 0.4 else {}
    rows = [relation(source, kind, target, **{**more, "record": f"r.csv:{rnd.choice([number, 1])}"})]
    if kind in ("CONCERT", "MAYBE_SAME") and rnd.random() < 0.5:
        rows.append(relation(target, kind, source, **{**more, "record": f"r.csv:{number + 100}"}))
    return rows


def _listing(rnd: random.Random, id: str, of: str, year: int) -> Row:
    code = rnd.choice(["SXBZXR", "SXBZXR", "YZWF", "XZCF", "OFAC_SDN", "A_TAX"])
    row = listing(id, of, code, listed_on="2010-01-01", tier=rnd.choice([None, "minor", "general", "serious"]))
    if rnd.random() < 0.3:
        row |= _days(rnd, year, ("listed_on", "expires_on"))
    if rnd.random() < 0.2:
        row |= _days(rnd, year, ("removed_on",)) | {"state": "repaired"}
    if rnd.random() < 0.3:
        states = rnd.choices(["listed", "suspended", "objected"], k=rnd.randint(1, 3))
        days = sorted(rnd.choices([f"{year}-05-01", f"{year}-06-01", f"{year}-06-02"], k=len(states)))
        row["events"] = [f"{day} {state} e.csv:1" for day, state in zip(days, states, strict=True)]
    return row


def _days(rnd: random.Random, year: int, names: tuple[str, ...]) -> Row:
    days = [None, f"{year}-05-31", f"{year}-06-01", f"{year}-06-02", f"{year - 9}-01-01", f"{year + 1}-01-01"]
    return {name: rnd.choice(days) for name in names}
