"""Small random graphs of holdings with everything that may go wrong in them, the same ones for the same seed.

Self-holdings, mutual and circular ones, groups that hold all of themselves, sums above and below the whole, unknown
and interval shares, parallel, ended and future relations, votes apart, partnerships, concert, declared control, the
state and nominees.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.queries.graphs import Row, relation, subject

DAYS = ("2024-01-01", "2025-06-01", "2026-06-01")


@dataclass(frozen=True, slots=True)
class Case:
    """One graph, whose ids begin with its number, and the day it is asked on."""

    day: str
    subjects: list[Row]
    relations: list[Row]

    @property
    def ids(self) -> list[str]:
        """Of all subjects."""
        return [row["id"] for row in self.subjects]


def case(seed: int) -> Case:
    """The graph of that number."""
    chance = random.Random(seed)
    firms = [f"{seed}-f{n}" for n in range(chance.randint(3, 9))]
    people = [f"{seed}-p{n}" for n in range(chance.randint(1, 4))]
    subjects = [subject(i) for i in firms] + [subject(i, "person") for i in people]
    others = []
    if chance.random() < 0.3:
        subjects.append(subject(f"{seed}-g", "government"))
        others.append(f"{seed}-g")
    if chance.random() < 0.3:
        subjects.append(subject(f"{seed}-n", conducts=False))
        others.append(f"{seed}-n")
    relations: list[Row] = []
    for firm in firms:
        relations += _holders(chance, firm, firms + people + others)
    relations += _closed(chance, firms)
    relations += _declared(chance, firms, people)
    numbered = [{**row, "record": f"t.csv:{n}"} for n, row in enumerate(relations, start=2)]
    return Case(chance.choice(DAYS), subjects, numbered)


def _holders(chance: random.Random, firm: str, known: list[str]) -> list[Row]:
    """Holders of a firm, itself among them at times, as partners at times."""
    holders = chance.choices(known, k=chance.randint(0, 4))  # one twice: two lots
    if chance.random() < 0.15:
        holders.append(firm)
    partnership = chance.random() < 0.15
    weights = [chance.random() + 0.05 for _ in holders]
    total = chance.choice((0.5, 0.9, 1.0, 1.0, 1.0, 1.3))
    rows = []
    for holder, weight in zip(holders, weights, strict=True):
        kind = chance.choice(("GENERAL_PARTNER", "LIMITED_PARTNER")) if partnership else "SHAREHOLDER"
        if kind != "SHAREHOLDER" and holder == firm:
            continue
        share = round(total * weight / sum(weights), chance.choice((2, 4)))
        rows.append(relation(holder, kind, firm, **_share(chance, share), **_span(chance)))
    if chance.random() < 0.2 and len(holders) > 1:  # boundaries met exactly
        rows = [relation(holder, "SHAREHOLDER", firm, ratio=0.5) for holder in holders[:2]]
    return rows


def _share(chance: random.Random, share: float) -> Row:
    draw = chance.random()
    if draw < 0.06:
        return {}
    if draw < 0.12:
        return {"ratio_min": share, "ratio_max": min(1.0, round(share + 0.1, 4))}
    if draw < 0.18:
        return {"ratio": share, "votes": round(chance.random() * 0.7, 2)}
    return {"ratio": share}


def _span(chance: random.Random) -> Row:
    draw = chance.random()
    if draw < 0.08:
        return {"until": chance.choice(DAYS)}
    if draw < 0.16:
        return {"since": chance.choice(DAYS)}
    return {}


def _closed(chance: random.Random, firms: list[str]) -> list[Row]:
    """Now and then firms more, without anybody outside: they hold all of themselves and, if they do, of others."""
    if chance.random() > 0.25 or len(firms) < 3:
        return []
    group = chance.sample(firms, chance.randint(2, 3))
    return [
        relation(holder, "SHAREHOLDER", held, ratio=1.0)
        for holder, held in zip(group, [*group[1:], group[0]], strict=True)
    ]


def _declared(chance: random.Random, firms: list[str], people: list[str]) -> list[Row]:
    rows = []
    if chance.random() < 0.3:
        rows.append(relation(chance.choice(people), "ACTUAL_CONTROLLER", chance.choice(firms)))
    for _ in range(chance.choice((0, 0, 1, 2, 3))):
        one, other = chance.sample(firms + people, 2)
        rows.append(relation(one, "CONCERT", other, **_span(chance)))
    return rows
