"""What lies between bidders that nothing else joins: one shortest path of a few relations for each pair.

All bidders are walked from at once, as `paths` walks: active relations, no relatives, not through a hub or through a
subject that does not conduct.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product

from graph.store import Store
from queries.hops import OutOfTimeError
from queries.links import Links, Walk
from queries.model import Edge, Json, NotCrossed, Path, Subject
from queries.paths_asked import USUAL_TYPES
from queries.question import Question
from queries.subjects import subjects
from queries.walked import Walked

MOST_HOPS = 4  # two from either side
SIDE = 2
Pair = tuple[str, str]
# How one bidder reaches a subject: in how many steps, and from whom the last one.
Ball = Mapping[str, tuple[int, str]]


@dataclass(slots=True)
class Near:
    """Paths by pair of ids (the smaller first), what was not crossed, and whether the search came to its end."""

    paths: dict[Pair, Path] = field(default_factory=dict)
    not_crossed: list[NotCrossed] = field(default_factory=list)
    busy: list[Json] = field(default_factory=list)
    complete: bool = True


def near(store: Store, ids: Sequence[str], wanted: Collection[Pair], question: Question) -> Near:
    """One shortest path of at most MOST_HOPS relations for each of the `wanted` pairs that has one."""
    found = Near()
    if not wanted:
        return found
    day, deadline = question.as_of, time.monotonic() + question.seconds
    links = Walked.of(store).links(Walk(USUAL_TYPES, (day, day), question.policy.fanout_cap, deadline), ids)
    balls: dict[str, Ball] = {}
    try:
        balls = _balls(links, ids)
    except OutOfTimeError:
        found.complete = False
    ways = _ways(links, balls, wanted)
    stops = [i for i, place in links.places.items() if place.stop and i not in set(ids)]
    named = subjects(store, {*(i for way in ways.values() for i in way), *stops})
    for pair, way in ways.items():
        found.paths[pair] = Path(tuple(named[i] for i in way), tuple(_edge(links, *step) for step in pairwise(way)))
    found.not_crossed = _stops(links, stops, named)
    found.busy = [
        {"contact": {"kind": c["kind"], "value": c["value"]}, "reason": "fanout", "degree": c["degree"]}
        for c in links.busy.values()
    ]
    return found


def _balls(links: Links, ids: Sequence[str]) -> dict[str, Ball]:
    """By bidder: everybody within SIDE steps, with whom the last step came from, the smallest id of several."""
    links.fetch(ids)
    links.fetch({other for i in ids for other in links.places[i].links})
    balls = {i: _ball(links, i) for i in ids}
    # Where two of two steps meet somebody goes through, too: it has to be seen whether he lets.
    reached: dict[str, int] = defaultdict(int)
    for ball in balls.values():
        for other, (steps, _) in ball.items():
            reached[other] += steps == SIDE
    links.fetch(other for other, times in reached.items() if times > 1)
    return balls


def _ball(links: Links, start: str) -> Ball:
    ball: dict[str, tuple[int, str]] = {start: (0, "")}
    frontier = [start]
    for steps in range(1, SIDE + 1):
        front: list[str] = []
        for here in sorted(frontier):
            if here == start or links.open(here):
                for other in links.places[here].links:
                    if other not in ball:
                        ball[other] = (steps, here)
                        front.append(other)
        frontier = front
    return ball


def _ways(links: Links, balls: Mapping[str, Ball], wanted: Collection[Pair]) -> dict[Pair, tuple[str, ...]]:
    """For each wanted pair the shortest way, of several that over the smallest id in the middle."""
    middle: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for start, ball in balls.items():
        for other, (steps, _) in ball.items():
            middle[other].append((start, steps))
    best: dict[Pair, tuple[str, ...]] = {}
    asked = set(wanted)
    for length in range(1, MOST_HOPS + 1):
        for here in sorted(middle):
            for a, b in _meeting(middle[here], length):
                pair = (a, b) if a < b else (b, a)
                if pair in asked and pair not in best and (here in pair or _open(links, here)):
                    first, second = pair
                    best[pair] = (*reversed(_back(balls[first], here)), *_back(balls[second], here)[1:])
        if len(best) == len(asked):
            break
    return best


def _meeting(reached: Sequence[tuple[str, int]], length: int) -> Iterator[Pair]:
    """Pairs of bidders that reach somebody in so many steps together."""
    by_steps: dict[int, list[str]] = defaultdict(list)
    for start, steps in reached:
        by_steps[steps].append(start)
    for one in range(length // 2 + 1):
        other = length - one
        if one == other:
            yield from combinations(by_steps[one], 2)
        else:
            yield from product(by_steps[one], by_steps[other])


def _open(links: Links, here: str) -> bool:
    return here in links.places and links.open(here)


def _back(ball: Ball, here: str) -> list[str]:
    """From somebody back to the bidder whose ball it is."""
    way = [here]
    while ball[way[-1]][0]:
        way.append(ball[way[-1]][1])
    return way


def _edge(links: Links, one: str, other: str) -> Edge:
    here, there = (one, other) if one in links.places and other in links.places[one].links else (other, one)
    return links.places[here].between(there)[0]


def _stops(links: Links, stops: Iterable[str], named: Mapping[str, Subject]) -> list[NotCrossed]:
    ordered = sorted(stops, key=lambda i: (-links.places[i].degree, i))
    return [NotCrossed(named[i], links.places[i].stop, links.places[i].degree) for i in ordered if i in named]
