"""One hop at a time out of the store: who is next to a set of subjects, and what passes (`exposure.cypher`)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import ceil
from typing import Any

from graph.cypher import text
from graph.errors import QueryTimeoutError
from graph.store import Store
from queries.question import Question
from queries.weights import weights

# Subjects a statement starts from: few enough for a bounded answer (each has at most the fan-out cap of steps).
BATCH = 400
# Pruning in the store is done with floats and must not lose what exact numbers keep.
SLACK = 1e-9


class OutOfTimeError(Exception):
    """The search ran past its time; what was found so far stands."""


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around one subject: `stop` says why nothing goes through it, "" if it does; `steps` are its
    neighbours, each with the largest weight of a relation to it.

    Fetched for products up to `reach`; steps that would fall below the floor from there are missing.
    """

    degree: int
    stop: str
    steps: tuple[tuple[str, Decimal], ...]
    reach: Decimal
    end: bool


_NOTHING = Around(0, "", (), Decimal(1), end=True)


class Neighbourhood:
    """The part of the graph a search has seen, fetched as it goes and shared by searches of one question.

    `towards_listed`: whether the search walks from the exposed to the listed (else from the listed outwards).
    `listed`: active listings with a severity, by subject seen: {listing id: severity}.
    """

    def __init__(self, store: Store, question: Question, *, towards_listed: bool) -> None:
        policy = question.policy
        carrying = policy.carrying(include_possible=question.include_possible)
        self.listed: dict[str, dict[str, Decimal]] = {}
        self._store, self._policy = store, policy
        self._around: dict[str, Around] = {}
        self._seek = towards_listed
        self._deadline = time.monotonic() + question.seconds
        self._statement = text("queries", "exposure", TYPES=carrying)
        self._params: dict[str, Any] = {
            **question.listed_days,
            "keeps": weights(policy, carrying, towards_listed=towards_listed),
            "lists": [code for code, severity in policy.severity.items() if severity > 0],
            "cap": policy.fanout_cap,
            "floor": float(policy.floor) - SLACK,
            "seek": towards_listed,
        }

    def around(self, subject: str) -> Around:
        """What was fetched of `subject`."""
        return self._around[subject]

    def fetch(self, products: Mapping[str, Decimal], *, ends: bool, last: bool) -> None:
        """Fetch what lies around each subject with a product, unless it is known for as high a one.

        `ends`: the subjects are asked for themselves, nothing stops there. `last`: only steps to listed ones.
        Raises OutOfTimeError.
        """
        wanted = [
            [subject, float(product)]
            for subject, product in products.items()
            if not self._known(subject, product, ends)
        ]
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            for row in self._read(frontier=batch, ends=ends, last=last and self._seek):
                self._take(row, products[row["id"]], ends)
            for subject, _ in batch:  # one without any such relation has no row
                self._around.setdefault(str(subject), _NOTHING)

    def _known(self, subject: str, product: Decimal, ends: bool) -> bool:
        around = self._around.get(subject)
        if around is None or not around.stop:
            return around is not None and around.reach >= product
        return not ends or (around.end and around.reach >= product)

    def _read(self, **params: Any) -> list[dict[str, Any]]:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise OutOfTimeError
        try:
            # In whole seconds: the limit goes along with the text, and texts seen before are not parsed again.
            return self._store.read(self._statement, timeout=ceil(left), **params, **self._params)
        except QueryTimeoutError as error:
            raise OutOfTimeError from error

    def _take(self, row: dict[str, Any], product: Decimal, end: bool) -> None:
        subject = row["id"]
        near = zip(row["others"], row["passing"], strict=True)
        steps = tuple((other, exact(weight)) for other, weight in near if other != subject)
        for other, listings in row["listed"]:
            if other not in self.listed:
                self.listed[other] = {i: self._policy.severity_of(code, tier) for i, code, tier in listings}
        self._around[subject] = Around(row["degree"], row["stop"], steps, product, end)


@cache
def exact(weight: float) -> Decimal:
    """A weight as the policy wrote it."""
    return Decimal(str(weight))
