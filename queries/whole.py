"""Every subject's exposure: its nearest listing, by the kernel, as the table of `propagated`.

frame = propagated(snapshot, Question.of({"as_of": "2026-06-01"}))
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np
import pandas as pd

from graph.errors import InputError
from graph.kernel import Reached
from graph.kernel_whole import Nearest, nearest
from graph.snapshot import Snapshot
from queries.kernel_search import search
from queries.kernel_view import Seen, decimals, seen
from queries.propagated import CLASS, COLUMNS
from queries.question import Question
from queries.spread import ROUNDED

TOGETHER = 10_000  # listed subjects searched before their answers are reduced to one row each
Row = tuple[str, float, int, str, str, str, str, list[str]]


def propagated(snapshot: Snapshot, question: Question) -> pd.DataFrame:
    """One row for each exposed subject, sorted by its id. Raises InputError for a policy too fine for the kernel."""
    digits = decimals(question.policy)
    if digits > ROUNDED:  # whole numbers would tell scores apart that are equal once rounded
        raise InputError(
            "策略太细，不能一次算全图",
            value=f"权重和严重程度连乘有 {digits} 位小数",
            remedy=f"让连乘不超过 {ROUNDED} 位小数，或用 xinmai exposure 逐个查询",
        )
    look = seen(snapshot, question)
    found = nearest(look.view, question.hops)
    rows = dict(_others(look, found, question))
    rows.update(_listed(look, question))
    return pd.DataFrame([rows[subject] for subject in sorted(rows)], columns=list(COLUMNS))


def _others(look: Seen, found: Nearest, question: Question) -> Iterator[tuple[int, Row]]:
    """Rows of those who are not listed themselves."""
    listed = np.diff(look.view.entry_starts) > 0
    for subject in np.flatnonzero((found.score > 0) & ~listed).tolist():
        way = found.way(subject)
        yield subject, _row(look, way, (int(found.score[subject]), int(found.entry[subject])), question)


def _listed(look: Seen, question: Question) -> Iterator[tuple[int, Row]]:
    """Rows of the listed, without their own listings."""
    listed = np.flatnonzero(np.diff(look.view.entry_starts)).tolist()
    for start in range(0, len(listed), TOGETHER):
        part = listed[start : start + TOGETHER]
        for subject, reached in zip(part, search(look, part, question.hops), strict=True):
            if len(reached.entries):
                label, told = _first(look, reached)
                yield subject, _row(look, reached.way(label), told, question)


def _first(look: Seen, reached: Reached) -> tuple[int, tuple[int, int]]:
    """The first of an answer: highest score, fewest relations, first entry."""
    met = [
        (-score, int(reached.hops[label]), int(look.view.entry[at]), label)
        for label, at, score in reached.entries.tolist()
    ]
    score, _, entry, label = min(met)
    return label, (-score, entry)


def _row(look: Seen, way: Sequence[int], told: tuple[int, int], question: Question) -> Row:
    ids, (score, entry) = [look.snapshot.subjects.id(node) for node in way], told
    exact = Decimal(score) / look.view.unit(question.hops)
    band = question.policy.band(exact)
    return ids[0], float(exact), len(ids) - 1, look.snapshot.listings.id(entry), ids[-1], band, CLASS, ids
