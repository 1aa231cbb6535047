"""Which relations of a subject are wanted: types, direction, order, how many after how many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

from graph.errors import InputError
from graph.vocabulary import RELATION_TYPES, RELATIONS, SUBJECT_RELATION_TYPES

Order = Literal["risk", "share", "since", "name"]
Direction = Literal["out", "in", "both"]
MOST = 100
MOST_SKIPPED = 10_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """`types` (none: all, shared contacts too), `direction` as stored, `limit` relations after the first `skip`.

    `order`: risk (listed others first, by severity, then by share), share (largest first), since (newest first) or
    name. `active`: only those in force; otherwise ended ones follow behind. `replay`: for a past day, also what has
    ended by today marks others as listed.
    """

    as_of: str
    types: tuple[str, ...] = ()
    direction: Direction = "both"
    order: Order = "risk"
    limit: int = 25
    skip: int = 0
    active: bool = True
    replay: bool = False

    def checked(self) -> Wanted:
        """With all types named. Raises InputError."""
        unknown = [kind for kind in self.types if kind not in RELATIONS]
        if unknown:
            raise InputError("不认识的关系类型", value=unknown[0], remedy="用 " + "、".join(RELATION_TYPES))
        if self.order not in get_args(Order) or self.direction not in get_args(Direction):
            raise InputError("不认识的排序或方向", value=f"{self.order} {self.direction}")
        if not (1 <= self.limit <= MOST and 0 <= self.skip <= MOST_SKIPPED):
            raise InputError(
                "一次展开的条数超出范围",
                value=f"limit={self.limit} skip={self.skip}",
                remedy=f"limit 为 1 至 {MOST}，skip 不超过 {MOST_SKIPPED:,}；再往后请先按类型、方向缩小范围",
            )
        return replace(self, types=self.types or RELATION_TYPES)

    @property
    def stored(self) -> tuple[str, ...]:
        """The types wanted that join two subjects."""
        return tuple(kind for kind in SUBJECT_RELATION_TYPES if kind in self.types)

    @property
    def ways(self) -> frozenset[bool]:
        """The directions wanted: whether along the relation, from the subject."""
        return {"out": frozenset({True}), "in": frozenset({False})}.get(self.direction, frozenset({True, False}))
