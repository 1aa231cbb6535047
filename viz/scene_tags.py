"""What stands in a picture beside its cards: contacts that many share, and how much of a hub was not brought in."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

from viz.labels import width, wrap
from viz.layout import CARD
from viz.model import Edge
from viz.palette import DASHES
from viz.texts import Texts

Point = tuple[float, float]

MANY_SHARE = 3  # subjects from which a contact they share has a tag of its own: else everybody is joined to everybody
_BELOW = 70.0  # pixels from the middle of those who share it to its tag
_ROW = 15.0


@dataclass(frozen=True, slots=True)
class Shared:
    """A contact of many: what it is, where its tag stands, and the places of those who gave it."""

    kind: str
    value: str
    style: Literal["possible", "ended"]
    place: Point
    members: tuple[Point, ...]

    def rays(self) -> Iterator[str]:
        """A line from the tag to each of them."""
        x, y = self.place
        for one in self.members:
            way = f"M{x:.1f} {y:.1f}L{one[0]:.1f} {one[1]:.1f}"
            yield f'<path class="e" stroke-width="1.4" stroke-dasharray="{DASHES[self.style]}" d="{way}"/>'


def shared(edges: Iterable[Edge], at: Mapping[str, Point], as_of: str) -> tuple[list[Shared], list[Edge]]:
    """Contacts shared by many of those shown, and the relations that are left. Contacts that are over stand apart."""
    edges = [edge for edge in edges if edge.source in at and edge.target in at]
    found: defaultdict[tuple[str, str, bool], list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.via:
            found[edge.via_kind, edge.via, edge.state(as_of) == "current"].append(edge)
    tags, taken = [], set()
    for key, held in sorted(found.items()):
        members = sorted({end for edge in held for end in (edge.source, edge.target)})
        if len(members) < MANY_SHARE:
            continue
        taken.add(key)
        places = tuple(at[one] for one in members)
        middle = sum(x for x, _ in places) / len(places), sum(y for _, y in places) / len(places) + _BELOW
        tags.append(Shared(key[0], key[1], "possible" if key[2] else "ended", middle, places))
    rest = [edge for edge in edges if (edge.via_kind, edge.via, edge.state(as_of) == "current") not in taken]
    return tags, rest


def shared_tag(tag: Shared, t: Texts) -> Iterator[str]:
    """What it is, and what it says."""
    what = t("same_contact", kind=t.contact(tag.kind))
    rows = [t("former", label=what) if tag.style == "ended" else what, *wrap(tag.value)]
    wide, tall = max(map(width, rows)) * 11 + 20, len(rows) * _ROW + 10
    x, y = tag.place
    yield (
        f'<rect x="{x - wide / 2:.1f}" y="{y - tall / 2:.1f}" width="{wide:.1f}" height="{tall:.1f}" rx="8"'
        ' fill="#f6f7f9" stroke="#77808d" stroke-dasharray="3 3"/>'
    )
    for i, row in enumerate(rows):
        yield f'<text class="l" x="{x:.1f}" y="{y - tall / 2 + (i + 1) * _ROW:.1f}">{escape(row)}</text>'


def stub(card: Point, count: int) -> Iterator[str]:
    """How many relations of a subject are not in the picture, at the lower right of its card; nothing for none."""
    if count <= 0:
        return
    text = f"+{count:,}"
    x, y, wide = card[0] + CARD[0] / 2 + 14, card[1] + CARD[1] / 2 + 12, width(text) * 11 + 16
    corner = math.floor(card[0] + CARD[0] / 2 - 8), math.floor(card[1] + CARD[1] / 2 - 4)
    yield f'<path class="e" stroke-width="1" stroke-dasharray="3 3" d="M{corner[0]} {corner[1]}L{x:.1f} {y:.1f}"/>'
    yield (
        f'<rect x="{x - wide / 2:.1f}" y="{y - 9:.1f}" width="{wide:.1f}" height="18" rx="9" fill="#f6f7f9"'
        ' stroke="#77808d" stroke-dasharray="3 3"/>'
    )
    yield f'<text class="l" x="{x:.1f}" y="{y + 4:.1f}">{escape(text)}</text>'
