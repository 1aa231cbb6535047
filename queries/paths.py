"""Evidence paths between two subjects or two sets of them: the shortest, the k shortest, or all up to a length.

Breadth first from both sides, one statement a step. Relations in force on the day, or on any day of a span; a hub, or
a subject that does not conduct, is not walked through unless asked for, and named. "None" is an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice, pairwise
from typing import Unpack

from graph.errors import InputError
from graph.store import Store
from queries.links import Links
from queries.meeting import Meeting, Way
from queries.model import Edge, Json, NotCrossed, Path, Subject
from queries.paths_asked import LARGEST_SET, PathsAsked, PathsQuestion
from queries.walked import Walked

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PathsAnswer:
    """What `paths` answers. `beside`: the relations between two neighbours of a path besides the one it goes over.
    `more`: whether there are others of the kind asked for. `busy`: contacts too common to walk over.
    """

    a: tuple[Subject, ...]
    b: tuple[Subject, ...]
    asked: PathsQuestion
    paths: tuple[Path, ...]
    beside: Mapping[Pair, tuple[Edge, ...]]
    more: bool
    not_crossed: tuple[NotCrossed, ...]
    busy: tuple[Json, ...]
    complete: bool

    def to_json(self) -> Json:
        """`paths --json`: PATHs whose edges have the parallel ones in `also`, where there are any."""
        return {
            "a": [subject.to_json() for subject in self.a],
            "b": [subject.to_json() for subject in self.b],
            **self.asked.to_json(),
            "paths": [path_json(path, self.beside) for path in self.paths],
            "more": self.more,
            "not_crossed": stops_json(self.not_crossed, self.busy),
            "complete": self.complete,
            "text": self.text,
        }

    @property
    def text(self) -> str:
        """The answer in a sentence."""
        told = skipped(len(self.not_crossed) + len(self.busy)) + self.asked.span_words
        if self.paths:
            most = "（仅列出部分）" if self.more else ""
            cut = "" if self.complete or self.more else "（搜索中止，可能还有）"
            return f"{self._found}{most}{cut}{told}。"
        found = f"{self.asked.max_hops} 步之内没有路径" if self.complete else "搜索中止，尚未找到路径"
        return f"{found}{told}。"

    @property
    def _found(self) -> str:
        shortest, longest = len(self.paths[0].edges), len(self.paths[-1].edges)
        if self.asked.mode == "shortest":
            return f"最短路径 {shortest} 步，{len(self.paths)} 条"
        steps = f"{shortest} 步" if shortest == longest else f"{shortest} 至 {longest} 步"
        wanted = "最短的" if self.asked.mode == "k" else f"{self.asked.max_hops} 步之内"
        return f"{wanted}路径 {len(self.paths)} 条，{steps}"


def paths(store: Store, a: Sequence[str], b: Sequence[str], **asked: Unpack[PathsAsked]) -> PathsAnswer:
    """The paths from any of the subjects `a` to any of `b`, by ids: no subject twice, and the sets at the ends only.

    Raises NotFoundError for an id that is no subject's, InputError for more than 50 subjects a side, an unknown type,
    a day that does not exist, hops outside 1–10 or more paths than are given at once.
    """
    question = PathsQuestion.of(asked)
    for side in (a, b):
        if len(set(side)) > LARGEST_SET:
            raise InputError("一端的主体过多", value=str(len(set(side))), remedy=f"每端至多 {LARGEST_SET} 个主体")
    graph = Walked.of(store)
    graph.known([*a, *b])
    links = graph.links(question.walk(), [*a, *b])
    meeting = Meeting(links, frozenset(a), frozenset(b))
    found = list(islice(_wanted(meeting, question), question.most + 1))
    kept, more = found[: question.most], len(found) > question.most
    stops = [i for i in stopped(links) if i not in {*a, *b}]
    named = graph.subjects({*a, *b, *stops, *(i for nodes, _ in kept for i in nodes)})
    return PathsAnswer(
        a=tuple(named[i] for i in a),
        b=tuple(named[i] for i in b),
        asked=question,
        paths=tuple(path_of(way, named) for way in kept),
        beside=beside(kept),
        more=more,
        not_crossed=tuple(NotCrossed(named[i], links.places[i].stop, links.places[i].degree) for i in stops),
        busy=tuple(links.busy.values()),
        complete=meeting.complete and not (more and question.mode == "all"),
    )


def _wanted(meeting: Meeting, question: PathsQuestion) -> Iterator[Way]:
    ways = meeting.ways(question.max_hops)
    if question.mode != "shortest":
        return ways
    # All of the first length there is.
    return chain.from_iterable(of_one for _, of_one in islice(groupby(ways, lambda way: len(way[0])), 1))


def path_of(way: Way, named: Mapping[str, Subject]) -> Path:
    """Over the first relation between each two neighbours."""
    nodes, edges = way
    return Path(tuple(named[i] for i in nodes), tuple(between[0] for between in edges))


def beside(ways: Sequence[Way]) -> dict[Pair, tuple[Edge, ...]]:
    """The relations between two neighbours besides the first, by the two in the order of the way."""
    steps = ((pair, edges) for nodes, joined in ways for pair, edges in zip(pairwise(nodes), joined, strict=True))
    return {pair: edges[1:] for pair, edges in steps if len(edges) > 1}


def path_json(path: Path, others: Mapping[Pair, tuple[Edge, ...]]) -> Json:
    """PATH, each edge with the parallel ones in `also`."""
    told = path.to_json()
    pairs = pairwise(node.id for node in path.nodes)
    for pair, edge in zip(pairs, told["edges"], strict=True):
        if pair in others:
            edge["also"] = [other.to_json() for other in others[pair]]
    return told


def stopped(links: Links) -> list[str]:
    """Subjects reached that nothing goes through, those with the most relations first."""
    closed = [i for i in links.places if not links.open(i)]
    return sorted(closed, key=lambda i: (-links.places[i].degree, i))


def stops_json(stops: Sequence[NotCrossed], busy: Sequence[Json]) -> list[Json]:
    """The contract's `not_crossed`, with the contacts that were too common."""
    contacts = [
        {"contact": {"kind": c["kind"], "value": c["value"]}, "reason": "fanout", "degree": c["degree"]} for c in busy
    ]
    return [*(stop.to_json() for stop in stops), *contacts]


def skipped(number: int) -> str:
    """That so many were not walked through, for the end of a sentence."""
    return f"；未穿过 {number} 个高连接或不传导的节点" if number else ""
