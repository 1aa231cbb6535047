"""Small random graphs for the law pack: every relation type, roles begun and ended, parallel ones, co-debtors, people
with numbers whom entries name, and exemptions.
"""

from __future__ import annotations

import random

from graph.vocabulary import RELATIONS, STATES, SUBJECT_RELATION_TYPES, list_types
from tests.queries.graphs import Graph, Row, exempt, listing, named, relation, subject
from tests.queries.screening import number

_DAYS = (None, None, "2019-01-01", "2023-12-31", "2024-01-01", "2025-06-01", "2026-06-01", "2026-06-02")
_OFTEN = ("LEGAL_REP", "PRINCIPAL", "DIRECT_RESPONSIBLE", "SHAREHOLDER", "DIRECTOR", "FOUNDER", "CO_DEBTOR")
_TITLES = (None, "总经理", "财务负责人")
_ENTRIES_ROLES = ("", "LEGAL_REP", "DIRECT_RESPONSIBLE", "法定代表人")


def random_law(seed: int) -> Graph:
    """One graph; ids begin with the seed, so many fit into one store."""
    rnd = random.Random(seed)
    people, firms = ([f"r{seed:04}.{sort}{n}" for n in range(rnd.randint(2, 5))] for sort in "pf")
    graph = Graph(subjects=[*(_person(rnd, id) for id in people), *(_firm(rnd, id) for id in firms)])
    everybody = [*people, *firms]
    for n in range(rnd.randint(4, 5 * len(everybody))):
        graph.relations.append(_relation(rnd, (people, firms), f"r.csv:{rnd.choice([n, 1])}"))
    for n in range(rnd.randint(1, 5)):
        entry = _listing(rnd, f"{seed:04}-L{n}", rnd.choice(everybody))
        graph.listings.append(entry)
        for who in rnd.choices(people, k=rnd.choice([0, 1, 1, 2])):
            graph.named.append(named(who, entry["id"], rnd.choice(_ENTRIES_ROLES)))
        for who in rnd.choices(everybody, k=rnd.choice([0, 0, 1, 2])):
            kind = rnd.choice(["lifted", "court", "permission"])
            graph.exempt.append(exempt(who, entry["id"], kind, since=rnd.choice(_DAYS), until=rnd.choice(_DAYS)))
    return graph


def whole(seeds: range) -> Graph:
    """Many of them side by side."""
    graphs = [random_law(seed) for seed in seeds]
    return Graph(**{
        part: [row for graph in graphs for row in getattr(graph, part)]
        for part in ("subjects", "relations", "listings", "named", "exempt")
    })  # fmt: skip


def _person(rnd: random.Random, id: str) -> Row:
    told = rnd.choice([{}, {"id_type": "居民身份证", "id_number": number(rnd.randint(1, 900))}])
    return subject(id, "person", **told)


def _firm(rnd: random.Random, id: str) -> Row:
    more = {
        "form": rnd.choice([None, "company", "partnership", "branch"]),
        "sector": rnd.choice([None, "货币银行服务", "建材批发"]),
        "state_owned": rnd.choice([None, True, False]),
        "established": rnd.choice(_DAYS),
    }
    kind = rnd.choice(["enterprise", "enterprise", "institution", "social_org", "government"])
    return subject(id, kind, **{name: value for name, value in more.items() if value is not None})


def _relation(rnd: random.Random, ends: tuple[list[str], list[str]], record: str) -> Row:
    people, firms = ends
    kind = rnd.choice([*_OFTEN, *_OFTEN, *SUBJECT_RELATION_TYPES])
    first = rnd.choice(people if RELATIONS[kind].first == "person" else [*people, *firms])
    second = rnd.choice(people if RELATIONS[kind].second == "person" else firms)
    more = {
        "ratio": rnd.choice([None, 0.1, 0.5, 1.0]) if RELATIONS[kind].rated else None,
        "title": rnd.choice(_TITLES),
        "since": rnd.choice(_DAYS),
        "until": rnd.choice(_DAYS),
        "seen_on": rnd.choice([None, "2020-01-01", "2026-05-01"]),
    }
    return relation(first, kind, second, **{**{k: v for k, v in more.items() if v is not None}, "record": record})


def _listing(rnd: random.Random, id: str, of: str) -> Row:
    code = rnd.choice([*list_types(), "SXBZXR", "XZXF", "DXYZ", "SWD", "YZWF", "FZCH"])
    more = {
        "ground": rnd.choice([None, *list_types()[code].grounds, "own_debt"]),
        "listed_on": rnd.choice(_DAYS),
        "expires_on": rnd.choice([None, None, "2026-05-31", "2027-01-01"]),
        "amount": rnd.choice([None, 1000.5]),
    }
    row = listing(id, of, code, **{**more, "state": rnd.choice([*STATES, "listed"])})
    if rnd.random() < 0.3:
        row |= {"removed_on": "2026-01-01", "state": "repaired"}
    if rnd.random() < 0.3:
        row["events"] = ["2025-07-01 suspended e.csv:1", "2026-06-01 objected e.csv:2"]
    return row
