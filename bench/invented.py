"""A made-up graph package for machines without the real data: seeded, fictional, with hubs and listings."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path

from graph.vocabulary import list_types

SEED = 20260601
FIRMS, PEOPLE, LISTINGS = 20_000, 20_000, 400
HUBS = 5  # firms that hold shares in very many others, as nominees do
LIST = "SXBZXR"
LISTED_SHARE = 0.03
GROUNDS = (("SXBZXR", "own_debt"), ("XZXF", ""), ("DXYZ", "illegal"), ("QXNMG", ""), ("SWD", ""), ("JYYC", ""))


def write(folder: Path) -> Path:
    """Write the package into `folder` (made if missing); the same files every time."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    firms = [f"firm{n}" for n in range(FIRMS)]
    people = [f"person{n}" for n in range(PEOPLE)]
    _table(
        folder / "subjects.csv",
        ("id", "kind", "form", "name"),
        [(f, "enterprise", "company", f"虚构{f[4:]}号有限公司") for f in firms]
        + [(p, "person", "", f"虚构人{p[6:]}") for p in people],
    )
    _table(
        folder / "relations.csv",
        ("source", "target", "type", "ratio", "since", "record"),
        [(*relation, "", f"invented:{n}") for n, relation in enumerate(_relations(chance, firms, people), start=1)],
    )
    listed = chance.sample(firms, LISTINGS)
    basis = list_types()[LIST].basis
    _table(
        folder / "listings.csv",
        ("id", "subject", "list", "basis", "listed_on", "state", "record"),
        [(f"l{n}", f, LIST, basis, "2025-01-01", "listed", f"invented:{n}") for n, f in enumerate(listed, start=1)],
    )
    return folder


def entries(folder: Path, ids: Sequence[str]) -> Path:
    """Entries of domestic lists on some of these subjects, as a package: what a screening has to find."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    listed = chance.sample(list(ids), int(len(ids) * LISTED_SHARE))
    rows = []
    for n, subject in enumerate(listed, start=1):
        code, ground = chance.choice(GROUNDS)
        rows.append((f"s{n}", subject, code, list_types()[code].basis, ground, "2025-03-01", "listed", f"invented:{n}"))
    header = ("id", "subject", "list", "basis", "ground", "listed_on", "state", "record")
    _table(folder / "listings.csv", header, rows)
    return folder


def _relations(chance: random.Random, firms: list[str], people: list[str]) -> list[tuple[str, str, str, float | str]]:
    """A head, two directors and two holders a firm; every tenth firm is held by a hub too."""
    found: list[tuple[str, str, str, float | str]] = []
    for number, firm in enumerate(firms):
        found.append((chance.choice(people), firm, "LEGAL_REP", ""))
        found += [(person, firm, "DIRECTOR", "") for person in chance.sample(people, 2)]
        found.append((chance.choice(people), firm, "SHAREHOLDER", round(chance.uniform(0.1, 0.6), 4)))
        # Older firms hold younger ones, so that most of it is a tree with some cross-holdings.
        holder = firms[chance.randrange(max(1, number))]
        if holder != firm:
            found.append((holder, firm, "SHAREHOLDER", round(chance.uniform(0.05, 0.4), 4)))
        if number % 10 == 0 and number >= HUBS:
            found.append((firms[chance.randrange(HUBS)], firm, "SHAREHOLDER", 0.01))
    return found


def _table(path: Path, header: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
