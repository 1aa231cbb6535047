"""What a question about paths is asked with: which paths, how far, over which relations, on which days."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Required, TypedDict

from graph.errors import InputError
from graph.vocabulary import RELATION_TYPES, RELATIONS
from queries.links import Walk
from queries.model import Json
from queries.policy import POSSIBLE, shipped
from queries.question import SECONDS, day

# Relatives are read only where they are asked for, and so are possible identities.
USUAL_TYPES = tuple(t for t in RELATION_TYPES if t not in ("KIN", POSSIBLE))
MOST_HOPS = 10
MOST_PATHS = 1_000  # given at once, whatever is asked for
SHORTEST_GIVEN = 5
LARGEST_SET = 50
EVER = "0000-00-00"  # before every day

Mode = Literal["shortest", "k", "all"]
Span = tuple[str | None, str | None]


class PathsAsked(TypedDict, total=False):
    """The keywords of `paths`.

    `as_of`: the day. `span`: its first and last day instead: what was in force on any of them counts (None: no first
    day; `as_of` as the last). `max_hops`: 1–10 (default 4). `types`: relation types walked (default: all but KIN and
    MAYBE_SAME). `k`: the k shortest paths, also longer ones than the shortest. `every`: all paths up to `max_hops`.
    Without both: all of the shortest length. `most`: paths given at most, up to 1000 (default 5; of all, 1000).
    `through_hubs`: walk through what else stops. `seconds`: time after which the search is cut.
    """

    as_of: Required[str]
    span: Span | None
    max_hops: int
    types: Sequence[str] | None
    k: int | None
    every: bool
    most: int | None
    through_hubs: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class PathsQuestion:
    """`PathsAsked` with its defaults filled and checked. `days`: first and last day, `as_of` twice without a span."""

    as_of: str
    days: tuple[str, str]
    max_hops: int
    types: tuple[str, ...]
    mode: Mode
    most: int
    through_hubs: bool
    seconds: float

    @classmethod
    def of(cls, asked: PathsAsked) -> PathsQuestion:
        """Raises InputError for what cannot be asked."""
        hops, k, every = asked.get("max_hops", 4), asked.get("k"), asked.get("every", False)
        if not 1 <= hops <= MOST_HOPS:
            raise InputError("--max-hops 超出范围", value=str(hops), remedy=f"1 至 {MOST_HOPS}")
        if k is not None and every:
            raise InputError("--k 与 --all 不能同时使用", remedy="二者选一")
        most = k if k is not None else asked.get("most") or (MOST_PATHS if every else SHORTEST_GIVEN)
        if not 1 <= most <= MOST_PATHS:
            raise InputError("路径条数超出范围", value=str(most), remedy=f"1 至 {MOST_PATHS}")
        as_of = day(asked["as_of"])
        return cls(
            as_of=as_of,
            days=_days(as_of, asked.get("span")),
            max_hops=hops,
            types=_types(asked.get("types")),
            mode="k" if k is not None else "all" if every else "shortest",
            most=most,
            through_hubs=asked.get("through_hubs", False),
            seconds=asked.get("seconds", SECONDS),
        )

    def walk(self) -> Walk:
        """How the graph is walked, from now on."""
        return Walk(
            types=self.types,
            days=self.days,
            cap=shipped().fanout_cap,
            deadline=time.monotonic() + self.seconds,
            through=self.through_hubs,
        )

    @property
    def span(self) -> Span | None:
        """The days asked for, where they are more than one question's day."""
        first, last = self.days
        return None if self.days == (self.as_of, self.as_of) else (None if first == EVER else first, last)

    @property
    def span_words(self) -> str:
        """That relations of one path need not have been in force together, for the end of a sentence."""
        if self.span is None:
            return ""
        first, last = self.span
        return f"；{f'{first} 至 {last} 间' if first else f'{last} 及以前'}曾经有效的关系，不一定同时有效"

    def to_json(self) -> Json:
        """What was asked; `span` only where one was."""
        span = {} if self.span is None else {"span": {"from": self.span[0], "to": self.span[1]}}
        return {"as_of": self.as_of, **span, "max_hops": self.max_hops, "mode": self.mode}


def _days(as_of: str, span: Span | None) -> tuple[str, str]:
    if span is None:
        return as_of, as_of
    first, last = (None if text is None else day(text) for text in span)
    if (first or EVER) > (last or as_of):
        raise InputError("起始日晚于截止日", value=f"{first} > {last or as_of}", remedy="--from 不得晚于 --to")
    return first or EVER, last or as_of


def _types(types: Sequence[str] | None) -> tuple[str, ...]:
    wanted = tuple(types or USUAL_TYPES)
    unknown = [name for name in wanted if name not in RELATION_TYPES]
    if unknown:
        raise InputError("未知的关系类型", value=unknown[0], remedy=f"可用：{_known_types()}")
    return wanted


def _known_types() -> str:
    return "、".join(f"{name}（{known.label}）" for name, known in RELATIONS.items())
