"""The shortest evidence paths between two subjects or two sets of them.

Breadth first from both sides, always the smaller one, one statement a step. Active relations only; a hub, or a
subject that does not conduct, is not walked through unless asked for, and named. "None" is an answer.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Required, TypedDict, Unpack

from graph.errors import InputError, NotFoundError
from graph.store import Store
from graph.vocabulary import RELATION_TYPES
from queries.links import Links, Walk
from queries.meeting import Meeting
from queries.model import Json, NotCrossed, Path, Subject
from queries.policy import POSSIBLE, shipped
from queries.question import SECONDS, day
from queries.subjects import subjects

# Relatives are read only where they are asked for, and so are possible identities.
USUAL_TYPES = tuple(t for t in RELATION_TYPES if t not in ("KIN", POSSIBLE))
MOST_HOPS = 10


class PathsAsked(TypedDict, total=False):
    """The keywords of `paths`.

    `as_of`: the day. `max_hops`: 1–10 (default 4). `types`: relation types walked (default: all but KIN and
    MAYBE_SAME). `k`: paths given at most (default 5). `through_hubs`: walk through what else stops.
    `seconds`: time after which the search is cut.
    """

    as_of: Required[str]
    max_hops: int
    types: Sequence[str] | None
    k: int
    through_hubs: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class PathsAnswer:
    """What `paths` answers: all of one length, the shortest. `busy`: contacts too common to walk over."""

    a: tuple[Subject, ...]
    b: tuple[Subject, ...]
    as_of: str
    max_hops: int
    paths: tuple[Path, ...]
    more: bool
    not_crossed: tuple[NotCrossed, ...]
    busy: tuple[Json, ...]
    complete: bool

    def to_json(self) -> Json:
        """`paths --json`."""
        stops = [stop.to_json() for stop in self.not_crossed]
        contacts = [
            {"contact": {"kind": c["kind"], "value": c["value"]}, "reason": "fanout", "degree": c["degree"]}
            for c in self.busy
        ]
        return {
            "a": [subject.to_json() for subject in self.a],
            "b": [subject.to_json() for subject in self.b],
            "as_of": self.as_of,
            "max_hops": self.max_hops,
            "paths": [path.to_json() for path in self.paths],
            "not_crossed": [*stops, *contacts],
            "complete": self.complete,
            "text": self.text,
        }

    @property
    def text(self) -> str:
        """The answer in a sentence."""
        skipped = len(self.not_crossed) + len(self.busy)
        told = f"；未穿过 {skipped} 个高连接或不传导的节点" if skipped else ""
        if self.paths:
            most = "（仅列出部分）" if self.more else ""
            return f"最短路径 {len(self.paths[0].edges)} 步，{len(self.paths)} 条{most}{told}。"
        found = f"{self.max_hops} 步之内没有路径" if self.complete else "搜索中止，尚未找到路径"
        return f"{found}{told}。"


def paths(store: Store, a: Sequence[str], b: Sequence[str], **asked: Unpack[PathsAsked]) -> PathsAnswer:
    """The shortest paths from any of the subjects `a` to any of `b`, by ids.

    Raises NotFoundError for an id that is no subject's, InputError for an unknown type, a day that does not
    exist or hops outside 1–10.
    """
    walk, hops = _walk(asked), asked.get("max_hops", 4)
    if not 1 <= hops <= MOST_HOPS:
        raise InputError("--max-hops 超出范围", value=str(hops), remedy=f"1 至 {MOST_HOPS}")
    unknown = {*a, *b} - subjects(store, [*a, *b]).keys()
    if unknown:
        raise NotFoundError(min(unknown))
    links, most = Links(store, walk, [*a, *b]), asked.get("k", 5)
    meeting = Meeting(links, frozenset(a), frozenset(b))
    complete = meeting.search(hops)
    found = list(islice(meeting.ways(), most + 1))
    kept = found[:most]
    stops = [i for i in links.places if not links.open(i)]
    named = subjects(store, {*a, *b, *stops, *(i for nodes, _ in kept for i in nodes)})
    return PathsAnswer(
        a=tuple(named[i] for i in a),
        b=tuple(named[i] for i in b),
        as_of=walk.as_of,
        max_hops=hops,
        paths=tuple(Path(tuple(named[i] for i in nodes), edges) for nodes, edges in kept),
        more=len(found) > len(kept),
        not_crossed=tuple(
            NotCrossed(named[i], links.places[i].stop, links.places[i].degree)
            for i in sorted(stops, key=lambda i: (-links.places[i].degree, i))
        ),
        busy=tuple(links.busy.values()),
        complete=complete,
    )


def _walk(asked: PathsAsked) -> Walk:
    types = asked.get("types") or USUAL_TYPES
    unknown = [name for name in types if name not in RELATION_TYPES]
    if unknown:
        raise InputError("未知的关系类型", value=unknown[0], remedy=f"可用：{'、'.join(RELATION_TYPES)}")
    return Walk(
        types=tuple(types),
        as_of=day(asked["as_of"]),
        cap=shipped().fanout_cap,
        deadline=time.monotonic() + asked.get("seconds", SECONDS),
        through=asked.get("through_hubs", False),
    )
