"""One hop at a time out of the store: who is next to a set of subjects, and over what (`exposure.cypher`)."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from graph.cypher import text
from graph.errors import QueryTimeoutError
from graph.store import Store
from graph.vocabulary import RELATIONS
from queries.policy import Keep, Policy
from queries.question import Question

# Subjects a statement starts from: few enough for a bounded answer (each has at most the fan-out cap of steps).
BATCH = 400
# Pruning in the store is done with floats and must not lose what exact numbers keep.
SLACK = 1e-9


class OutOfTimeError(Exception):
    """The search ran past its time; what was found so far stands."""


@dataclass(frozen=True, slots=True)
class Step:
    """The relation that counts between two neighbours, walked to `other`. `key` breaks ties."""

    other: str
    weight: Decimal
    key: tuple[str, str, str, str]
    ratio: float | None
    title: str | None
    since: str | None
    until: str | None
    seen_on: str | None


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around one subject: `stop` says why nothing goes through it, "" if it does.

    Fetched for products up to `reach`; steps that would fall below the floor from there are missing.
    """

    degree: int
    stop: str
    steps: tuple[Step, ...]
    reach: Decimal
    end: bool


NOTHING = Around(0, "", (), Decimal(1), end=True)


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
            "keeps": {relation: _weights(policy, relation, towards_listed) for relation in carrying},
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
        wanted: list[dict[str, Any]] = [
            {"id": subject, "w": float(product), "end": ends}
            for subject, product in products.items()
            if not self._known(subject, product, ends)
        ]
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            for row in self._read(batch, last=last):
                self._take(row, products[row["id"]], ends)
            for entry in batch:  # a subject without any such relation has no row
                self._around.setdefault(entry["id"], NOTHING)

    def _known(self, subject: str, product: Decimal, ends: bool) -> bool:
        around = self._around.get(subject)
        if around is None or not around.stop:
            return around is not None and around.reach >= product
        return not ends or (around.end and around.reach >= product)

    def _read(self, batch: list[dict[str, Any]], *, last: bool) -> list[dict[str, Any]]:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise OutOfTimeError
        try:
            return self._store.read(
                self._statement, timeout=left, frontier=batch, last=last and self._seek, **self._params
            )
        except QueryTimeoutError as error:
            raise OutOfTimeError from error

    def _take(self, row: dict[str, Any], product: Decimal, end: bool) -> None:
        best: dict[str, Step] = {}
        for values in row["steps"]:
            other = values[0]
            if other == row["id"]:
                continue
            step = _step(row["id"], values)
            known = best.get(other)
            if known is None or (-step.weight, step.key) < (-known.weight, known.key):
                best[other] = step
            if values[10] and other not in self.listed:
                self.listed[other] = {i: self._policy.severity_of(code, tier) for i, code, tier in values[10]}
        self._around[row["id"]] = Around(row["degree"], row["stop"], tuple(best.values()), product, end)


def _step(here: str, values: list[Any]) -> Step:
    other, kind, along, weight, record, ratio, title, since, until, seen_on = values[:10]
    ends = (here, other) if along else (other, here)
    key = (kind, *ends, record or "")
    return Step(other, Decimal(str(weight)), key, ratio, title, since, until, seen_on)


def _weights(policy: Policy, relation: str, towards_listed: bool) -> dict[str, Any]:
    """The rows of one relation type as `exposure.cypher` reads them."""
    known = RELATIONS[relation]
    rows = [k for k in policy.keeps if k.relation == relation]
    none = next(_pairs([k for k in rows if k.min_ratio is None], known.symmetric, towards_listed), [-1.0, 0.0, 0.0])
    bands = list(_pairs([k for k in rows if k.min_ratio is not None], known.symmetric, towards_listed))
    # A type without a ratio has one weight, whatever stands in the field.
    return {"none": none, "bands": bands if known.rated else [none], "twice": known.symmetric}


def _pairs(rows: list[Keep], symmetric: bool, towards_listed: bool) -> Iterator[list[float]]:
    """[min_ratio, weight along, weight against], the largest min_ratio first.

    Each direction takes its own largest min_ratio ≤ ratio, so a bound that only one of them has must carry the
    other's next lower row.
    """
    rated = sorted({k.min_ratio for k in rows if k.min_ratio is not None}, reverse=True)
    bounds: list[Decimal | None] = [*rated] if rated else [None]
    for bound in bounds if rows else ():
        forward = _weight(rows, "forward", bound)
        backward = forward if symmetric else _weight(rows, "backward", bound)
        # Walking to the listed one along a relation, its second is the listed one: that is "backward".
        along, against = (backward, forward) if towards_listed else (forward, backward)
        yield [-1.0 if bound is None else float(bound), float(along), float(against)]


def _weight(rows: list[Keep], direction: str, bound: Decimal | None) -> Decimal:
    fitting = [
        k for k in rows
        if k.direction == direction and (bound is None or (k.min_ratio is not None and k.min_ratio <= bound))
    ]  # fmt: skip
    return max(fitting, key=lambda k: k.min_ratio or Decimal(0)).weight if fitting else Decimal(0)
