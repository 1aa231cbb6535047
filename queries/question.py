"""What every question of risk is asked with: the day, how far, what counts, how long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Required, TypedDict

from graph.errors import InputError
from queries.model import Listing
from queries.policy import Policy, shipped

SECONDS = 20.0
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Asked(TypedDict, total=False):
    """The keywords of `expose`, `expose_many` and `reach`.

    `as_of`: the day, YYYY-MM-DD. `hops`: relations at most (default: the policy's). `include_possible`: whether
    MAYBE_SAME counts. `policy`: default the shipped one. `replay`: for a past day, also what has ended by today.
    `needs`: lists without which the answer is not complete. `seconds`: time after which the search is cut.
    """

    as_of: Required[str]
    hops: int | None
    include_possible: bool
    policy: Policy | None
    replay: bool
    needs: frozenset[str]
    seconds: float


@dataclass(frozen=True, slots=True)
class Question:
    """`Asked` with its defaults filled and checked."""

    as_of: str
    today: str
    policy: Policy
    hops: int
    include_possible: bool
    replay: bool
    needs: frozenset[str]
    seconds: float

    @classmethod
    def of(cls, asked: Asked) -> Question:
        """Raises InputError for a day that does not exist or more hops than the policy allows."""
        policy = asked.get("policy") or shipped()
        hops = asked.get("hops")
        if hops is not None and not 1 <= hops <= policy.max_hops:
            raise InputError("--hops 超出范围", value=str(hops), remedy=f"1 至 {policy.max_hops}")
        return cls(
            as_of=day(asked["as_of"]),
            today=date.today().isoformat(),
            policy=policy,
            hops=policy.max_hops if hops is None else hops,
            include_possible=asked.get("include_possible", False),
            replay=asked.get("replay", False),
            needs=asked.get("needs", frozenset()),
            seconds=asked.get("seconds", SECONDS),
        )

    def listing(self, props: Mapping[str, Any]) -> Listing:
        """An entry as it stood on the question's day."""
        return Listing.read(props, self.as_of, self.today)

    @property
    def listed_days(self) -> dict[str, Any]:
        """Parameters of what makes a listing count: active on `as_of` and, without replay, not over by today."""
        return {"as_of": self.as_of, "over": self.as_of if self.replay else max(self.as_of, self.today)}


def day(text: str) -> str:
    """`text`, if it is a day (YYYY-MM-DD); else InputError."""
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        date.fromisoformat(text)
    except ValueError as error:
        raise InputError("不是有效日期", value=text, remedy="写成 YYYY-MM-DD") from error
    return text
