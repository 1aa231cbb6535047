"""The policy's rows as the Cypher texts read them: per relation type, what passes at which ratio, either way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from graph.vocabulary import RELATIONS
from queries.policy import Keep, Policy


def weights(policy: Policy, types: Iterable[str], *, towards_listed: bool) -> dict[str, Any]:
    """The parameter `$keeps` of `exposure.cypher`.

    `towards_listed`: seen by a search that walks from the exposed to the listed, else from the listed outwards.
    """
    return {relation: _rows(policy, relation, towards_listed) for relation in types}


def _rows(policy: Policy, relation: str, towards_listed: bool) -> dict[str, Any]:
    known = RELATIONS[relation]
    rows = [k for k in policy.keeps if k.relation == relation]
    unrated = [k for k in rows if k.min_ratio is None]
    result: dict[str, Any] = {"none": _row(unrated, None, known.symmetric, towards_listed)}
    if known.rated:  # a type without a ratio has one weight, whatever stands in the field
        bounds = sorted({k.min_ratio for k in rows if k.min_ratio is not None}, reverse=True)
        rated = [k for k in rows if k.min_ratio is not None]
        result["bands"] = [_row(rated, bound, known.symmetric, towards_listed) for bound in bounds]
    if known.symmetric:
        result["twice"] = relation
    return result


def _row(rows: Sequence[Keep], bound: Decimal | None, symmetric: bool, towards_listed: bool) -> list[float]:
    """[min_ratio, weight along, weight against] from one bound up.

    Each direction has bounds of its own, so where this is the other's its next lower row holds.
    """
    forward = _weight(rows, "forward", bound)
    backward = forward if symmetric else _weight(rows, "backward", bound)
    # Walking along a relation towards the listed one, its second is the listed one: that is "backward".
    along, against = (backward, forward) if towards_listed else (forward, backward)
    return [-1.0 if bound is None else float(bound), float(along), float(against)]


def _weight(rows: Sequence[Keep], direction: str, bound: Decimal | None) -> Decimal:
    fitting = [k for k in rows if k.direction == direction and (bound is None or (k.min_ratio or 0) <= bound)]
    return max(fitting, key=lambda k: k.min_ratio or Decimal(0)).weight if fitting else Decimal(0)
