"""The relations of a new graph by columns: those that are plain and unlike any other, and the few that need care.

A row whose ends are not there, or do not fit its type, that has its like, or stands in a circle of branches, is left
to `loaders.relations`, with all its likes; what is rejected or numbered is decided there alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from graph import ndjson
from graph.ndjson import Coded, Own, Property
from graph.vocabulary import RELATIONS
from loaders.columns import DISTINCT, Mask, arrow, codes, compact, is_compact, used, values
from loaders.edges import Edge, numbered
from loaders.facts import Rejection
from loaders.relations import NUMBERS, REPRESENTS, TEXTS, Ends, branch_cycles, relation_edges
from loaders.roll import Met, Places, Roll

Codes = npt.NDArray[np.integer[Any]]


@dataclass(slots=True)
class Bonds:
    """All relations of a load: rows of `frame` that are `plain`, and `edges` made of the others.

    `first`, `second`: places of the ends by row; `kinds`, `titles`: what is stored, distinct values and codes by row.
    """

    frame: pd.DataFrame
    first: Places
    second: Places
    kinds: tuple[list[str], Codes]
    titles: tuple[list[str], Codes]
    plain: Mask
    met: Met = field(default_factory=lambda: Met({}, {}))
    edges: list[Edge] = field(default_factory=list)
    repeats: int = 0

    @staticmethod
    def of(relations: pd.DataFrame, roll: Roll, origin: str, rejected: list[Rejection]) -> Bonds:
        """Sort the rows; those that cannot be a relation are rejected with the reason."""
        frame = relations if is_compact(relations) else compact(relations, list(relations.columns))
        frame = frame.reset_index(drop=True)
        first, second = roll.places(frame["source"]), roll.places(frame["target"])
        kinds, titles = _stored(frame, first, second, roll)
        found = Bonds(frame, first, second, kinds, titles, np.ones(len(frame), dtype=bool))
        found.plain &= found._fit(roll)
        found.plain &= ~found._like_another()
        found.plain &= ~found._circles()
        odd = frame[~found.plain]
        found.met = roll.meet([*odd["source"], *odd["target"]])
        found.edges, found.repeats = numbered(relation_edges(odd, Ends(found.met.bearers.get, origin), rejected))
        return found

    @property
    def count(self) -> int:
        """How many relations there are."""
        return int(self.plain.sum()) + len(self.edges)

    def lines(self, origin: str) -> Iterator[memoryview]:
        """The lines that make the plain ones.

        By type and first end, not as they were given: the engine writes relations of one type together, and comes to
        each page of first ends once. At a million firms that is a quarter of its time.
        """
        rows = np.flatnonzero(self.plain)
        rows = rows[np.lexsort((self.first[rows], self.kinds[1][rows]))]
        made: list[Property] = []
        for name in (*TEXTS, *NUMBERS):
            column = self.frame[name]
            if name in DISTINCT:
                made.append(Own(name, arrow(column).take(rows)))
                continue
            texts, at = self.titles if name == "title" else (values(column), codes(column))
            seen = set(used(at, len(texts)))
            if any(texts[code] for code in seen):
                told = [_read(name, text) if code in seen and text else None for code, text in enumerate(texts)]
                made.append(Coded(name, told, at[rows]))
        made.append(Coded("origin", [origin], np.zeros(len(rows), dtype=np.int8)))
        names, at = self.kinds
        yield from ndjson.relation_lines((names, at[rows]), self.first[rows], self.second[rows], made)

    def _fit(self, roll: Roll) -> Mask:
        """Rows whose ends are there and may be joined so."""
        names, at = self.kinds
        fits = (self.first >= 0) & (self.second >= 0)
        person = np.append(roll.are("kind", "person"), False)
        for end, places in (("first", self.first), ("second", self.second)):
            wanted = np.array([getattr(RELATIONS[name], end) for name in names])[at]
            is_person = person[places]
            fits &= ~((wanted == "person") & ~is_person) & ~((wanted == "organisation") & is_person)
        rated = np.array([RELATIONS[name].rated for name in names], dtype=bool)[at]
        fits &= rated | (self.first != self.second)
        return fits

    def _like_another(self) -> Mask:
        """Rows with the ends and all that tells relations apart in common with another."""
        pairs = self.first.astype(np.int64) << 32 | self.second
        again = np.flatnonzero(pd.Series(pairs).duplicated(keep=False).to_numpy(bool))
        some = {
            "pair": pairs[again],
            "kind": self.kinds[1][again],
            "title": self.titles[1][again],
            **{name: codes(self.frame[name])[again] for name in ("kin", "since")},
        }
        like = np.zeros(len(pairs), dtype=bool)
        like[again] = pd.DataFrame(some).duplicated(keep=False).to_numpy(bool)
        return like

    def _circles(self) -> Mask:
        names, at = self.kinds
        found = np.zeros(len(self.first), dtype=bool)
        if "BRANCH_OF" in names:
            rows = np.flatnonzero((at == names.index("BRANCH_OF")) & (self.first >= 0) & (self.second >= 0))
            pairs = list(zip(self.first[rows].tolist(), self.second[rows].tolist(), strict=True))
            circles = branch_cycles(pairs)
            found[rows] = [pair in circles for pair in pairs]
        return found


def _stored(
    frame: pd.DataFrame, first: Places, second: Places, roll: Roll
) -> tuple[tuple[list[str], Codes], tuple[list[str], Codes]]:
    """Types and titles as they are stored: a firm given as legal representative is something else."""
    names, at = values(frame["type"]), codes(frame["type"]).astype(np.int16)
    titles, said = values(frame["title"]), codes(frame["title"])
    if REPRESENTS in names:
        person = np.append(roll.are("kind", "person"), True)
        firms = (at == names.index(REPRESENTS)) & ~person[first]
        if firms.any():
            partner = np.append(roll.are("form", "partnership"), False)[second]
            names = [*names, *({"PRINCIPAL", "GENERAL_PARTNER"} - set(names))]
            at = np.where(firms, np.where(partner, names.index("GENERAL_PARTNER"), names.index("PRINCIPAL")), at)
            titles = titles if "法定代表人" in titles else [*titles, "法定代表人"]
            bare = np.array([not title for title in titles], dtype=bool)[said]
            said = np.where(firms & bare, titles.index("法定代表人"), said)
    seen = {code: n for n, code in enumerate(used(at, len(names)))}
    place = np.full(len(names), -1, dtype=np.int16)
    place[list(seen)] = list(seen.values())
    return ([names[code] for code in seen], place[at]), (titles, said)


def _read(name: str, text: str) -> object:
    return float(text) if name in NUMBERS else text
