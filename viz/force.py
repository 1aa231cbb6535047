"""Places for the cards of the explorer, worked out on the server: deterministic, none moved that has a place.

Networks nobody has placed yet are laid out by distance (`stress`) or in layers (`layered`) and stand beside each
other; subjects that come to a placed network stand near their neighbours, where there is room.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from viz.layered import layered
from viz.room import CELL, Points, Room, box, pack, spread
from viz.stress import EDGE, stress

Kind: TypeAlias = Literal["force", "layered"]
Point: TypeAlias = tuple[float, float]
Pairs: TypeAlias = Sequence[tuple[int, int]]
_WAYS = 16
_STRETCH = (1.4, 0.9)  # cards are wide, and between two beside each other stands the name of their relation


def positions(
    nodes: Iterable[str],
    edges: Iterable[tuple[str, str]],
    placed: Mapping[str, Point] | None = None,
    kind: Kind = "force",
) -> dict[str, Point]:
    """A place (middle of the card, pixels) for every one of `nodes`; those `placed` keep theirs.

    Edges between others than `nodes` are passed over. Equal input gives equal places.
    """
    names = list(dict.fromkeys(nodes))
    kept = {name: placed[name] for name in names if placed and name in placed}
    number = {name: i for i, name in enumerate(names)}
    links = _links(number, edges)
    found: dict[str, Point] = dict(kept)
    fresh = [members for members in _components(len(names), links) if not any(names[i] in kept for i in members)]
    if kept and kind == "force":
        found |= _joined(names, links, kept, {i for members in fresh for i in members})
    elif kept:
        loose = [i for i, name in enumerate(names) if name not in kept]
        fresh = [loose] if loose else []
    groups = [_alone(members, links, kind) for members in fresh]
    taken = box(np.array(list(found.values()))) if found else None
    for members, points in zip(fresh, pack(groups, taken), strict=True):
        found |= {names[i]: (float(x), float(y)) for i, (x, y) in zip(members, points, strict=True)}
    return {
        name: (round(found[name][0], 1), round(found[name][1], 1)) if name not in kept else kept[name] for name in names
    }


def _links(number: Mapping[str, int], edges: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
    """Edges as pairs of numbers, each pair once in the direction it came first."""
    kept: dict[frozenset[int], tuple[int, int]] = {}
    for source, target in edges:
        if source in number and target in number and source != target:
            pair = (number[source], number[target])
            kept.setdefault(frozenset(pair), pair)
    return list(kept.values())


def _components(count: int, links: Pairs) -> list[list[int]]:
    """Connected subjects together, in the order they came."""
    if not count:
        return []
    first, second = _ends(links)
    matrix = coo_matrix((np.ones(len(links)), (first, second)), shape=(count, count))
    _, labels = connected_components(matrix, directed=False)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for i, label in enumerate(labels):
        members[int(label)].append(i)
    return list(members.values())


def _ends(links: Pairs) -> tuple[np.ndarray, np.ndarray]:
    pairs = np.array(links, dtype=np.intp).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _alone(members: Sequence[int], links: Pairs, kind: Kind) -> Points:
    """The places of subjects by themselves."""
    place = {i: k for k, i in enumerate(members)}
    inner = [(place[a], place[b]) for a, b in links if a in place and b in place]
    if kind == "layered":
        return layered(len(members), inner)
    return spread(stress(len(members), *_ends(inner)) * np.array(_STRETCH))


def _joined(names: Sequence[str], links: Pairs, kept: Mapping[str, Point], apart: set[int]) -> dict[str, Point]:
    """Places for those that come to a placed network, nearest ones first, each beside its placed neighbours."""
    near: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in links:
        near[a].append(b)
        near[b].append(a)
    room = Room()
    at = {i: kept[name] for i, name in enumerate(names) if name in kept}
    for point in at.values():
        room.put(*point)
    waiting = [i for i in range(len(names)) if i not in at and i not in apart]
    found: dict[str, Point] = {}
    while waiting:
        ready = [i for i in waiting if any(other in at for other in near[i])]
        wishes = _wishes(ready, near, at)
        for i in ready:
            found[names[i]] = at[i] = room.take(*wishes[i])
        waiting = [i for i in waiting if i not in at]
    return found


def _wishes(ready: Sequence[int], near: Mapping[int, Sequence[int]], at: Mapping[int, Point]) -> dict[int, Point]:
    """Between its neighbours; of one neighbour only, on that one's emptier side."""
    taken = np.array(list(at.values()))
    sides: dict[int, Point] = {}
    wishes: dict[int, Point] = {}
    for i in ready:
        beside = [other for other in near[i] if other in at]
        if len(beside) > 1:
            x, y = np.mean([at[other] for other in beside], axis=0)
            wishes[i] = (float(x), float(y))
            continue
        parent = beside[0]
        if parent not in sides:
            crowd = sum(near[other] == [parent] or parent in near[other] for other in ready)
            sides[parent] = _emptier(at[parent], taken, max(EDGE, CELL[0] * crowd**0.5 * 0.62))
        wishes[i] = sides[parent]
    return wishes


def _emptier(around: Point, taken: Points, far: float) -> Point:
    """The point so far away in the direction with the fewest cards near it."""
    angle = np.arange(_WAYS) * (2 * np.pi / _WAYS)
    spots = np.array(around) + far * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    distance = np.linalg.norm(spots[:, None, :] - taken[None, :, :], axis=2)
    crowd = np.exp(-distance / far).sum(axis=1)
    x, y = spots[int(np.round(crowd, 6).argmin())]
    return float(x), float(y)
