"""A picture of the explorer as it stands there, drawn as SVG: text stays text, and nothing in it runs or is fetched.

Places are the reader's own, so lines are straight from card to card. What the picture rests on (day, that it is
association only, what was left out) is part of it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from viz.choice import mutual, style
from viz.labels import clip, short_name, width, wrap
from viz.layout import CARD
from viz.marks import Mark
from viz.model import Edge, Subject
from viz.palette import DASHES, EDGE_LIGHT, LIGHT, LOOKS, RISKS, Risk
from viz.picture import Node, shape, tag
from viz.scene_tags import Point, Shared, shared, shared_tag, stub
from viz.svg import NAMESPACE, STYLE, card
from viz.texts import Texts

_MARGIN = 36.0
_HEAD = 66.0
_ROW = 22.0
_LABEL = 14.0  # em of one row of a line's label at most
_BROAD = 9.0  # em from which the names of merged relations stand below each other
_NAMED = 6  # merged relations named at most
_LEADING = 14.0
_BESIDE = 9.0  # pixels between lines of one pair
_STYLE = ".xm .w{font-size:20px;font-weight:700}.xm .v{font-size:12.5px}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A subject as it stands in the picture: its mark (own entries, how near others' come), the middle of its card, and
    how many of its relations were not brought in.
    """

    subject: Subject
    mark: Mark
    place: Point
    unexpanded: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn: subjects, relations, the day, a title; `notes` says what is not in it."""

    subjects: tuple[Shown, ...]
    edges: tuple[Edge, ...]
    as_of: str
    title: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """Relations drawn as one: same ends, direction and style. `words`: what each is called."""

    source: Point
    target: Point
    style: str
    arrow: bool
    edges: tuple[Edge, ...]
    words: tuple[str, ...]


def scene_svg(scene: Scene, t: Texts) -> str:
    """The whole file."""
    nodes = [_node(i, shown, t) for i, shown in enumerate(scene.subjects)]
    at = {shown.subject.id: shown.place for shown in scene.subjects}
    tags, plain = shared(scene.edges, at, scene.as_of)
    lines = list(_lines(plain, at, scene.as_of, t))
    around = [*(node.place for node in nodes), *(tag.place for tag in tags)]
    legend = list(_legend(nodes, lines, tags, t))
    foot = [*scene.notes, t("legend_shapes")]
    left, top, right, bottom = _box(around, foot)
    below = bottom + _ROW
    tall = bottom + _ROW * (len(legend) + len(foot) + 1) - top + _MARGIN
    size = f"{left:.0f} {top:.0f} {right - left:.0f} {tall:.0f}"
    body = (
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{right - left:.0f}" height="{tall:.0f}" fill="#fff"/>',
        *_heading(scene, t, left + _MARGIN, top + _MARGIN),
        *(part for tag in tags for part in tag.rays()),
        *(part for line in lines for part in _drawn(line)),
        *(part for shown in scene.subjects for part in stub(shown.place, shown.unexpanded)),
        *(part for tag in tags for part in shared_tag(tag, t)),
        *(card(node, t) for node in nodes),
        *(_sample(left + _MARGIN, below + i * _ROW, *row) for i, row in enumerate(legend)),
        *(_text(left + _MARGIN, below + (len(legend) + i) * _ROW + 4, note) for i, note in enumerate(foot)),
    )
    head = f'<svg class="xm" role="img" xmlns="{NAMESPACE}" viewBox="{size}"'
    size = f'width="{right - left:.0f}" height="{tall:.0f}" aria-label={quoteattr(scene.title)}'
    return f"{head} {size}><title>{escape(scene.title)}</title><style>{STYLE}{_STYLE}</style>{''.join(body)}</svg>\n"


def _node(number: int, shown: Shown, t: Texts) -> Node:
    subject, mark = shown.subject, shown.mark
    return Node(
        key=f"n{number}",
        subject=subject,
        risk=mark.risk,
        shape=shape(subject),
        glyph=t(f"glyph_{shape(subject)}"),
        lines=wrap(short_name(subject.name)),
        tag=tag(subject, mark, t),
        tip="",
        place=shown.place,
    )


def _box(points: Sequence[Point], foot: Iterable[str]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    left, top = min(xs) - CARD[0] / 2 - _MARGIN, min(ys) - CARD[1] / 2 - _MARGIN - _HEAD
    wide = max([560.0, *(width(text) * 12.5 + 2 * _MARGIN for text in foot)])
    return left, top, max(max(xs) + CARD[0] / 2 + _MARGIN, left + wide), max(ys) + CARD[1] / 2 + _MARGIN


def _heading(scene: Scene, t: Texts, x: float, y: float) -> Iterator[str]:
    yield f'<text class="w" x="{x:.0f}" y="{y:.0f}">{escape(scene.title)}</text>'
    yield _text(x, y + 24, f"{t('as_of')} {scene.as_of} · {t('alert')}")


def _text(x: float, y: float, words: str) -> str:
    return f'<text class="v" x="{x:.0f}" y="{y:.1f}">{escape(words)}</text>'


def _lines(edges: Iterable[Edge], at: Mapping[str, Point], as_of: str, t: Texts) -> Iterator[_Line]:
    """Relations of one pair, direction and style together, those without a direction apart; several lines of a pair
    stand beside each other.
    """
    pairs: defaultdict[tuple[str, str], dict[tuple[str, str, str, bool], list[Edge]]] = defaultdict(dict)
    for edge in edges:
        if edge.source in at and edge.target in at and edge.source != edge.target:
            one, other = sorted((edge.source, edge.target))
            ends = (one, other) if mutual(edge) else (edge.source, edge.target)
            pairs[one, other].setdefault((*ends, style(edge, as_of), not mutual(edge)), []).append(edge)
    for (one, other), lines in sorted(pairs.items()):
        for i, ((source, target, kind, arrow), held) in enumerate(sorted(lines.items())):
            shift = _aside(at[one], at[other], (i - (len(lines) - 1) / 2) * _BESIDE)
            words = tuple(dict.fromkeys(_word(edge, as_of, t) for edge in held))
            yield _Line(_moved(at[source], shift), _moved(at[target], shift), kind, arrow, tuple(held), words)


def _aside(one: Point, other: Point, far: float) -> Point:
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = math.hypot(dx, dy) or 1.0
    return -dy / length * far, dx / length * far


def _moved(point: Point, by: Point) -> Point:
    return point[0] + by[0], point[1] + by[1]


def _drawn(line: _Line) -> Iterator[str]:
    start, end = _border(line.source, line.target), _border(line.target, line.source)
    dash = f' stroke-dasharray="{DASHES[line.style]}"' if DASHES[line.style] else ""
    largest = max((edge.ratio or 0.0 for edge in line.edges), default=0.0)
    weight = 1.4 if largest < 0.25 else 2.2 if largest <= 0.5 else 3.2
    way = f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"
    yield f'<path class="e" stroke-width="{weight:g}"{dash} d="{way}"/>'
    if line.arrow:
        turn = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
        put = f'transform="translate({end[0]:.1f} {end[1]:.1f}) rotate({turn:.1f})"'
        yield f'<path class="p" {put} d="M0 0L-9 -4.5v9Z"/>'
    rows = _rows(line.words)
    x, y, wide = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2, max(map(width, rows)) * 11 + 6
    tall = len(rows) * _LEADING + 2
    yield f'<rect class="h" x="{x - wide / 2:.1f}" y="{y - tall / 2:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>'
    for i, row in enumerate(rows):
        base = y - tall / 2 + (i + 1) * _LEADING - 2
        yield f'<text class="l" x="{x:.1f}" y="{base:.1f}">{escape(row)}</text>'


def _rows(words: Sequence[str]) -> list[str]:
    """Every merged relation is named, below each other where one row would be long."""
    more = len(words) - _NAMED
    named = [*words[: _NAMED - 1], f"+{more + 1}"] if more > 0 else list(words)
    return [clip(word, _LABEL) for word in named] if width("".join(named)) > _BROAD else ["、".join(named)]


def _word(edge: Edge, as_of: str, t: Texts) -> str:
    """What a relation is called, its share beside it; one that is not in force says so."""
    name = t("same_contact", kind=t.contact(edge.via_kind)) if edge.via else t.rated(edge.type, edge.ratio)
    state = edge.state(as_of)
    return name if state == "current" else t("former" if state == "ended" else "future", label=name)


def _border(middle: Point, towards: Point) -> Point:
    """Where a line from the middle of a card leaves it."""
    dx, dy = towards[0] - middle[0], towards[1] - middle[1]
    part = min((half / abs(d) for half, d in ((CARD[0] / 2, dx), (CARD[1] / 2, dy)) if abs(d) > 1e-6), default=0.0)
    part = min(part, 0.5)
    return middle[0] + dx * part, middle[1] + dy * part


def _legend(
    nodes: Iterable[Node], lines: Iterable[_Line], tags: Iterable[Shared], t: Texts
) -> Iterator[tuple[str, str]]:
    """Samples with meanings, of what the picture holds."""
    used = {node.risk for node in nodes}
    own = "no listing of its own" if t.english else "本身未列入名单"
    for risk in RISKS:
        if risk in used:
            yield _look(risk), own if risk == "none" else t(f"legend_{risk}")
    styles = {line.style for line in lines} | {tag.style for tag in tags}
    for kind, dash in DASHES.items():
        if kind in styles:
            dashed = f' stroke-dasharray="{dash}"' if dash else ""
            yield f'<path d="M1 0H33" stroke="{EDGE_LIGHT["plain"]}" stroke-width="1.6"{dashed}/>', t(f"legend_{kind}")


def _look(risk: Risk) -> str:
    ink, look = LIGHT[risk], LOOKS[risk]
    dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
    pen = f'stroke="{ink.line}" stroke-width="{look.border:g}"{dash}'
    mark = f'<text x="17" y="4" font-size="9" text-anchor="middle" style="fill:{ink.text}">{look.mark}</text>'
    return f'<rect x="2" y="-7" width="30" height="14" fill="{ink.fill}" {pen}/>{mark}'


def _sample(x: float, y: float, drawing: str, meaning: str) -> str:
    return (
        f'<g transform="translate({x:.0f} {y:.1f})">{drawing}<text class="v" x="44" y="4">{escape(meaning)}</text></g>'
    )
