"""Exact numbers without fractions: products as integers, of as many decimals as a policy can make.

A weight of two decimals is so many hundredths; after each relation a product has two decimals more. Spark has no
exact fractions, but integers of 18 digits and, slower, of 37.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from graph.errors import InputError
from queries.question import Question
from queries.weights import weights

SCORE_DIGITS = 9
_LONG, _LONGEST = 18, 37


@dataclass(frozen=True, slots=True)
class Scale:
    """`first`: decimals of a severity with its tier; `each`: those a relation adds; `hops`: relations at most."""

    first: int
    each: int
    hops: int

    @classmethod
    def of(cls, question: Question) -> Scale:
        """The decimals of a question's policy. Raises InputError when they are too many to compute exactly."""
        policy = question.policy
        scale = cls(
            first=_places(policy.severity.values()) + _places(policy.tier.values()),
            each=_places(keep.weight for keep in policy.keeps),
            hops=question.hops,
        )
        if scale.digits(scale.hops) > _LONGEST:
            raise InputError(
                "策略的小数位过多，无法在 Spark 上精确计算",
                value=f"{scale.hops} 步共 {scale.digits(scale.hops)} 位小数",
                remedy=f"减少权重的小数位或 --hops，使总位数不超过 {_LONGEST}",
            )
        return scale

    @property
    def kind(self) -> str:
        """The type, in Spark's words, that holds every product."""
        return "bigint" if self.digits(self.hops) <= _LONG else "decimal(38,0)"

    def digits(self, hop: int) -> int:
        """Decimals of a product after so many relations."""
        return self.first + self.each * hop

    def weight(self, number: float | Decimal) -> int:
        """A weight as an integer."""
        return int(Decimal(str(number)).scaleb(self.each))

    def margin(self, hop: int, floor: Decimal) -> int:
        """How much smaller a product may be and still give the same score after more relations, once rounded.

        What follows multiplies a difference by the floor at least, or nothing is reported of either: beyond two units
        of the last decimal of a score rounding cannot close it. Nothing is rounded where a score has no more decimals.
        """
        if self.digits(self.hops) <= SCORE_DIGITS:
            return 0
        unit = Decimal(1).scaleb(-SCORE_DIGITS)
        share = 2 * unit / (floor - unit)
        return int(share.scaleb(self.digits(hop)).to_integral_value(ROUND_CEILING))


def keeps(question: Question, scale: Scale) -> list[dict[str, Any]]:
    """The policy's rows by relation type: `kind`; `none`, without a ratio; `bands`, by ratio, largest first, or None.

    A row: smallest ratio (`bound`), what passes to the first of a relation (`along`), and to its second (`against`).
    """
    carrying = question.policy.carrying(include_possible=question.include_possible)

    def row(bound: float, along: float, against: float) -> dict[str, float]:
        return {"bound": bound, "along": scale.weight(along), "against": scale.weight(against)}

    return [
        {
            "kind": kind,
            "none": row(*rows["none"]),
            "bands": [row(*band) for band in rows["bands"]] if "bands" in rows else None,
        }
        for kind, rows in weights(question.policy, carrying, towards_listed=True).items()
    ]


def severities(question: Question, scale: Scale) -> list[dict[str, Any]]:
    """What a listing weighs before anything carries it: `list`, tier or "" (`grade`), an integer (`product`), for
    lists that weigh anything.
    """
    policy = question.policy
    return [
        {"list": code, "grade": tier, "product": int(policy.severity_of(code, tier).scaleb(scale.first))}
        for code, severity in policy.severity.items()
        for tier in ("", *policy.tier)
        if severity > 0
    ]


def _places(numbers: Iterable[Decimal]) -> int:
    """The most decimals one of them has."""
    return max((max(0, -int(number.normalize().as_tuple().exponent)) for number in numbers), default=0)
