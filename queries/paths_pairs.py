"""How every two of a set of subjects are joined: the shortest path of each pair, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Unpack

from graph.errors import InputError
from graph.store import Store
from queries.hops import OutOfTimeError
from queries.links import Links
from queries.meeting import SEEN_AT_MOST, Meeting, Way
from queries.model import Json, NotCrossed, Path, Subject
from queries.paths import beside, path_json, path_of, skipped, stopped, stops_json
from queries.paths_asked import LARGEST_SET, PathsAsked, PathsQuestion
from queries.walked import Walked


@dataclass(frozen=True, slots=True)
class Joined:
    """Two of the set, the shortest path between them (None: none), and whether the search for it was not cut."""

    a: Subject
    b: Subject
    path: Path | None
    complete: bool


@dataclass(frozen=True, slots=True)
class PairsAnswer:
    """What `paths_pairs` answers: every pair of the set, in the order asked."""

    subjects: tuple[Subject, ...]
    asked: PathsQuestion
    pairs: tuple[Joined, ...]
    ways: tuple[Way, ...]
    not_crossed: tuple[NotCrossed, ...]
    busy: tuple[Json, ...]

    def to_json(self) -> Json:
        """`paths --json` with one set."""
        others = beside(self.ways)
        return {
            "subjects": [subject.to_json() for subject in self.subjects],
            **self.asked.to_json(),
            "pairs": [
                {
                    "a": pair.a.to_json(),
                    "b": pair.b.to_json(),
                    "hops": len(pair.path.edges) if pair.path else None,
                    "path": path_json(pair.path, others) if pair.path else None,
                    "complete": pair.complete,
                }
                for pair in self.pairs
            ],
            "not_crossed": stops_json(self.not_crossed, self.busy),
            "complete": self.complete,
            "text": self.text,
        }

    @property
    def complete(self) -> bool:
        """Whether no search was cut before it found a path."""
        return all(pair.complete for pair in self.pairs)

    @property
    def text(self) -> str:
        """The answer in a sentence."""
        found = sum(pair.path is not None for pair in self.pairs)
        cut = sum(not pair.complete for pair in self.pairs)
        told = f"；{cut} 对搜索中止，尚未找到路径" if cut else ""
        told += skipped(len(self.not_crossed) + len(self.busy)) + self.asked.span_words
        none = len(self.pairs) - found - cut
        return f"{len(self.pairs)} 对中 {found} 对有路径，{none} 对在 {self.asked.max_hops} 步之内没有{told}。"


def paths_pairs(store: Store, ids: Sequence[str], **asked: Unpack[PathsAsked]) -> PairsAnswer:
    """The shortest path between every two of 2–50 subjects, by ids; the first by node ids where there are several.

    Raises NotFoundError for an id that is no subject's, InputError for too few or too many subjects, for `k`, `every`
    or `most`, and as `paths` does.
    """
    ids = tuple(dict.fromkeys(ids))
    question = PathsQuestion.of(asked)
    if not 2 <= len(ids) <= LARGEST_SET:
        raise InputError("主体数目超出范围", value=str(len(ids)), remedy=f"给出 2 至 {LARGEST_SET} 个主体，或另给一端")
    if question.mode != "shortest" or asked.get("most") is not None:
        raise InputError("两两之间只给出各一条最短路径", remedy="去掉 --k、--all、--most，或另给一端")
    graph = Walked.of(store)
    graph.known(ids)
    links = graph.links(question.walk(), ids)
    _look_around(links, ids, (question.max_hops + 1) // 2)
    found = [(one, other, *_shortest(links, one, other, question.max_hops)) for one, other in combinations(ids, 2)]
    ways = tuple(way for _, _, way, _ in found if way is not None)
    stops = stopped(links)
    named = graph.subjects({*ids, *stops, *(i for nodes, _ in ways for i in nodes)})
    return PairsAnswer(
        subjects=tuple(named[i] for i in ids),
        asked=question,
        pairs=tuple(
            Joined(named[one], named[other], path_of(way, named) if way else None, complete)
            for one, other, way, complete in found
        ),
        ways=ways,
        not_crossed=tuple(NotCrossed(named[i], links.places[i].stop, links.places[i].degree) for i in stops),
        busy=tuple(links.busy.values()),
    )


def _look_around(links: Links, ids: Sequence[str], layers: int) -> None:
    """Fetch what lies around all of them together: a statement a layer instead of one for each pair."""
    seen, front = set(ids), set(ids)
    try:
        for _ in range(layers):
            links.fetch(front)
            opened = (i for i in front if i in ids or links.open(i))
            front = {other for i in opened for other in links.places[i].links} - seen
            seen |= front
            if len(seen) > SEEN_AT_MOST:
                return
    except OutOfTimeError:
        return  # each pair says for itself that its search was cut


def _shortest(links: Links, one: str, other: str, hops: int) -> tuple[Way | None, bool]:
    meeting = Meeting(links, frozenset([one]), frozenset([other]))
    way = next(meeting.ways(hops), None)
    return way, way is not None or meeting.complete
