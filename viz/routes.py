"""Ways of the lines between the cards, and where their labels stand.

A line leaves and enters cards sideways, swings only in the gaps between columns and passes columns in the room
that `layout` kept free for it. Labels are put on their own line, near the outer end, where nothing is in the way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from viz import labels
from viz.layout import CARD, Plan, reach

Point: TypeAlias = tuple[float, float]
Piece: TypeAlias = tuple[Point, Point, Point]  # two controls and an end
Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom

LABEL_EM = 11.0
LABEL_LINE = 13.0
_PORT_ROOM = 38.0
_BULGE = 58.0
_TURN = 52.0  # room in which a line changes its height, next to its inner card; the rest of a gap is straight


@dataclass(frozen=True, slots=True)
class Route:
    """A line from port to port: the start, then cubic pieces (two controls and an end each)."""

    start: Point
    pieces: tuple[Piece, ...]

    @property
    def end(self) -> Point:
        """Where the line ends: at the border of its target."""
        return self.pieces[-1][2]

    @property
    def heading(self) -> int:
        """The way it enters its target: 1 rightward, −1 leftward."""
        return 1 if self.pieces[-1][1][0] < self.end[0] else -1

    def svg(self) -> str:
        """The line as SVG path data, one decimal."""
        parts, here = [f"M{_n(self.start[0])} {_n(self.start[1])}"], self.start
        for piece in self.pieces:
            straight = all(y == here[1] for _, y in piece)
            parts.append(f"H{_n(piece[2][0])}" if straight else "C" + " ".join(f"{_n(x)} {_n(y)}" for x, y in piece))
            here = piece[2]
        return "".join(parts)

    def points(self, each: int = 12) -> list[Point]:
        """Points along the line, `each` a piece."""
        found, here = [self.start], self.start
        for c1, c2, end in self.pieces:
            found += [_cubic(here, c1, c2, end, i / each) for i in range(1, each + 1)]
            here = end
        return found


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _cubic(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    u = 1 - t
    k = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    return (
        k[0] * a[0] + k[1] * b[0] + k[2] * c[0] + k[3] * d[0],
        k[0] * a[1] + k[1] * b[1] + k[2] * c[1] + k[3] * d[1],
    )


def routes(plan: Plan, ends: Sequence[tuple[str, str]]) -> list[Route]:
    """The way of every line; lines that share a side of a card get ports of their own there."""
    sides = [_sides(plan, a, b) for a, b in ends]
    ports = _ports(plan, ends, sides)
    return [_route(plan, a, b, sides[i], (ports[i, 0], ports[i, 1])) for i, (a, b) in enumerate(ends)]


def _sides(plan: Plan, a: str, b: str) -> tuple[int, int]:
    """Side of each card its line uses: facing ones, or the outer one of both within a lane."""
    step = plan.columns[b] - plan.columns[a] or plan.places[b][0] - plan.places[a][0]
    if step:
        return (1, -1) if step > 0 else (-1, 1)
    outer = -1 if plan.columns[a] < 0 else 1
    return outer, outer


def _ports(
    plan: Plan, ends: Sequence[tuple[str, str]], sides: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], float]:
    """Height of each line's ports above (−) or below (+) the middle of its two cards, by line and end."""
    used: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
    for i, pair in enumerate(ends):
        for end in (0, 1):
            here, other = pair[end], pair[1 - end]
            passed = plan.passes.get(pair, ())
            toward = passed[-end][1] if passed else plan.places[other][1]
            used[here, sides[i][end]].append((toward, i, end))
    found: dict[tuple[int, int], float] = {}
    for lines in used.values():
        gap = min(16.0, _PORT_ROOM / max(1, len(lines) - 1))
        for n, (_, i, end) in enumerate(sorted(lines)):
            found[i, end] = (n - (len(lines) - 1) / 2) * gap
    return found


def _route(plan: Plan, a: str, b: str, sides: tuple[int, int], ports: tuple[float, float]) -> Route:
    start, end = (_port(plan, key, side, port) for key, side, port in zip((a, b), sides, ports, strict=True))
    if sides[0] == sides[1]:
        bulge = max(start[0] * sides[0], end[0] * sides[0]) * sides[0] + sides[0] * _BULGE
        return Route(start, (((bulge, start[1]), (bulge, end[1]), end),))
    knots = [start, *_knots(plan, a, b, start, end), end]
    pieces = (piece for p, q in pairwise(knots) if p != q for piece in _swing(p, q))
    return Route(start, _merged(start, pieces))


def _merged(start: Point, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces with neighbouring straight ones made one."""
    found: list[Piece] = []
    here = start
    for piece in pieces:
        if found and piece[2][1] == here[1] == found[-1][0][1]:
            found[-1] = (found[-1][0], piece[1], piece[2])
        else:
            found.append(piece)
        here = piece[2]
    return tuple(found)


def _port(plan: Plan, key: str, side: int, port: float) -> Point:
    x, y = plan.places[key]
    return x + side * reach(plan.columns[key]), y + port


def _knots(plan: Plan, a: str, b: str, start: Point, end: Point) -> Iterable[Point]:
    """Edges of the columns on the way, each at the height the line has there."""
    if plan.columns[a] == plan.columns[b]:
        return
    way = 1 if plan.columns[b] > plan.columns[a] else -1
    leave, enter = (1, 0) if way > 0 else (0, 1)
    yield plan.spans[plan.columns[a]][leave], start[1]
    for column, y in plan.passes.get((a, b), ()):
        yield plan.spans[column][enter], y
        yield plan.spans[column][leave], y
    yield plan.spans[plan.columns[b]][enter], end[1]


def _swing(p: Point, q: Point) -> Iterable[Piece]:
    """From `p` to `q`: an S next to the inner of the two (nearer to the asked subject), then straight."""
    if abs(q[0] - p[0]) <= _TURN or p[1] == q[1]:
        yield _bend(p, q)
        return
    way = 1 if q[0] > p[0] else -1
    if abs(p[0]) <= abs(q[0]):
        turned = (p[0] + way * _TURN, q[1])
        yield from (_bend(p, turned), _bend(turned, q))
    else:
        turned = (q[0] - way * _TURN, p[1])
        yield from (_bend(p, turned), _bend(turned, q))


def _bend(p: Point, q: Point) -> Piece:
    middle = (p[0] + q[0]) / 2
    return (middle, p[1]), (middle, q[1]), q


def label_spots(
    plan: Plan, lines: Sequence[tuple[Route, tuple[str, ...]]], outer_end: Sequence[bool]
) -> list[Point | None]:
    """The middle of each line's label, None where there is no room (or no label)."""
    taken = [_around(place, (2 * reach(plan.columns[key]), CARD[1])) for key, place in plan.places.items()]
    spots: list[Point | None] = []
    for (route, text), at_end in zip(lines, outer_end, strict=True):
        spot = _free(route, label_size(text), taken, at_end=at_end) if text else None
        spots.append(spot)
        if spot:
            taken.append(_around(spot, label_size(text)))
    return spots


def label_size(text: tuple[str, ...]) -> tuple[float, float]:
    """Width and height of a label, pixels at scale 1."""
    return max(map(labels.width, text)) * LABEL_EM + 4, len(text) * LABEL_LINE + 1


def _free(route: Route, size: tuple[float, float], taken: list[Box], *, at_end: bool) -> Point | None:
    points = route.points()
    if at_end:
        points.reverse()
    room = size[0] / 2 + 8
    for point in points:
        box = _around(point, size)
        far = abs(point[0] - points[0][0]) >= room or abs(point[1] - points[0][1]) >= CARD[1]
        if far and not any(_overlap(box, other) for other in taken):
            return point
    return None


def _around(middle: Point, size: tuple[float, float]) -> Box:
    return middle[0] - size[0] / 2, middle[1] - size[1] / 2, middle[0] + size[0] / 2, middle[1] + size[1] / 2


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
