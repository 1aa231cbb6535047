"""Everybody's exposure on a day, over the whole graph, as a table with what it was made of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Unpack

import pandas as pd

from graph.snapshot import Snapshot
from graph.store import Store
from queries.finding import ALERT_SENTENCE
from queries.propagated_file import About
from queries.question import Asked, Question
from queries.sources import expected_lists, not_checked
from queries.whole import propagated


def propagate(store: Store, snapshot: Snapshot, **asked: Unpack[Asked]) -> tuple[pd.DataFrame, About]:
    """One row for each exposed subject (`queries.propagated`). Raises InputError.

    `snapshot` is what is asked; the store only says which lists could not be looked at.
    """
    question = Question.of(asked)
    frame = propagated(snapshot, question)
    missing = not_checked(
        store, expected_lists(question.policy, question.needs), question.as_of, question.policy.max_age_days
    )
    return frame, About(
        as_of=question.as_of,
        over=question.listed_days["over"],
        policy=question.policy.version,
        hops=question.hops,
        include_possible=question.include_possible,
        subjects=snapshot.subjects.count,
        stamp=snapshot.stamp,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        not_checked=tuple(one.to_json() for one in missing),
        note=ALERT_SENTENCE,
    )
