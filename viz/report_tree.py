"""The ownership tree as SVG: who holds the subject on the left, what it holds on the right, two steps each way.

Every subject stands once, on the main way to it. A thick frame and line is the chain of control. Text stays text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape, quoteattr

from viz.labels import share, wrap
from viz.model import Edge, Json, Path, Subject, number
from viz.palette import ASKED, EDGE_LIGHT, FONT
from viz.svg import NAMESPACE
from viz.texts import Texts

STEPS = 2
CHILDREN = (10, 6)  # cards a parent has at most, on the first and the second step
CARD = (172.0, 58.0)
PITCH = (236.0, 68.0)
NAME_EM = 12.4
_MARGIN = 10.0

_PLAIN, _CHAIN = EDGE_LIGHT["plain"], EDGE_LIGHT["chain"]
STYLE = (
    f".xo text{{font-family:{FONT};fill:#1b2430}}.xo .n{{font-size:12px;font-weight:600}}"
    f".xo .s{{font-size:10.5px;fill:{EDGE_LIGHT['label']}}}.xo .f{{font-size:10.5px;text-anchor:middle}}"
    f".xo .o{{fill:#fff;stroke:{_PLAIN};stroke-width:1}}.xo .c{{stroke:{_CHAIN};stroke-width:3}}"
    f".xo .k{{stroke:{ASKED['light']};stroke-width:2.5}}.xo .d{{stroke-dasharray:3 3}}"
    f".xo .e{{fill:none;stroke:{_PLAIN};stroke-width:1.2}}.xo .b{{stroke:{_CHAIN};stroke-width:3.2}}"
    f".xo .a{{fill:{_CHAIN}}}"
)


@dataclass(frozen=True, slots=True)
class Holder:
    """One card: the subject, the share its line says, the line below its name, and what is beyond it."""

    subject: Subject
    line: str
    told: str
    control: bool
    beyond: tuple[Holder, ...] = ()
    more: int = 0  # subjects beyond it that are not drawn

    @property
    def rows(self) -> int:
        """Rows it takes with all that is beyond it."""
        return max(1, sum(one.rows for one in self.beyond) + bool(self.more))


@dataclass(frozen=True, slots=True)
class Tree:
    """The subject between its holders and its holdings; `more` of both sides: how many first steps are not drawn."""

    subject: Subject
    up: tuple[Holder, ...]
    down: tuple[Holder, ...]
    more: tuple[int, int] = (0, 0)

    @property
    def cards(self) -> int:
        """Cards drawn, the subject's own apart."""
        return sum(1 + len(one.beyond) for one in (*self.up, *self.down))


def tree(answer: Json, t: Texts) -> Tree:
    """The tree of an `ownership` answer."""
    up, more_up = _side(answer.get("owners") or (), t)
    down, more_down = _side(answer.get("holdings") or (), t)
    return Tree(Subject.of(answer["subject"]), up, down, (more_up, more_down))


def _side(rows: Sequence[Json], t: Texts) -> tuple[tuple[Holder, ...], int]:
    beyond: dict[str, list[Holder]] = defaultdict(list)
    first: list[Holder] = []
    for row in rows:
        path = Path.of(row.get("path"))
        if len(path.edges) == STEPS:
            beyond[path.nodes[1].id].append(_holder(row, path.edges[-1], t))
        elif len(path.edges) == 1:
            first.append(_holder(row, path.edges[-1], t))
    whole = [_with(one, beyond[one.subject.id]) for one in first]
    return tuple(whole[: CHILDREN[0]]), max(0, len(whole) - CHILDREN[0])


def _with(one: Holder, beyond: Sequence[Holder]) -> Holder:
    shown = tuple(beyond[: CHILDREN[1]])
    return replace(one, beyond=shown, more=len(beyond) - len(shown))


def _holder(row: Json, edge: Edge, t: Texts) -> Holder:
    told = [t("tree_integrated", share=in_all(row, t))]
    control = bool(row.get("controls"))
    if control:
        told.append(t("tree_control"))
    return Holder(Subject.of(row["subject"]), of_edge(edge, t), t("tree_sep").join(told), control)


def in_all(row: Json, t: Texts) -> str:
    """The integrated share of a row: what it is at least where one on the way is unknown, and its bound."""
    low, most = number(row.get("integrated")) or 0.0, number(row.get("integrated_max"))
    if not row.get("at_least"):
        return share(low)
    if most is not None and most < 1:
        return f"{share(low)}–{share(most)}"
    return t("own_at_least", share=share(low)) if low else t("own_unknown")


def of_edge(edge: Edge, t: Texts) -> str:
    """The share of one relation, or what the relation is where it is none of capital."""
    if edge.ratio is not None:
        return share(edge.ratio)
    if edge.ratio_min is not None or edge.ratio_max is not None:
        return f"{share(edge.ratio_min) or '0%'}–{share(edge.ratio_max) or '100%'}"
    return t("own_unknown") if edge.type in ("SHAREHOLDER", "LIMITED_PARTNER") else t.relation(edge.type)


@dataclass(frozen=True, slots=True)
class Card:
    """A card where it stands: its middle, and the middle of the card it hangs on."""

    holder: Holder
    at: tuple[float, float]
    inner: tuple[float, float]
    way: int  # −1 holders on the left, 1 holdings on the right
    stub: int = 0


@dataclass(slots=True)
class _Plan:
    cards: list[Card] = field(default_factory=list)

    def lay(self, side: Sequence[Holder], more: int, way: int) -> None:
        """Place one side around the height 0."""
        row = -sum(one.rows for one in side) / 2 - (0.5 if more else 0)
        for one in side:
            y = (row + one.rows / 2) * PITCH[1]
            self.cards.append(Card(one, (way * PITCH[0], y), (0.0, 0.0), way))
            self._beyond(one, row, y, way)
            row += one.rows
        if more:
            self.cards.append(_stub(more, (way * PITCH[0], (row + 0.5) * PITCH[1]), (0.0, 0.0), way))

    def _beyond(self, one: Holder, row: float, y: float, way: int) -> None:
        inner, x = (way * PITCH[0], y), way * 2 * PITCH[0]
        for other in one.beyond:
            self.cards.append(Card(other, (x, (row + 0.5) * PITCH[1]), inner, way))
            row += 1
        if one.more:
            self.cards.append(_stub(one.more, (x, (row + 0.5) * PITCH[1]), inner, way))


def _stub(more: int, at: tuple[float, float], inner: tuple[float, float], way: int) -> Card:
    return Card(Holder(Subject("", f"+{more:,}"), "", "", control=False), at, inner, way, more)


def size(drawn: str) -> tuple[float, float]:
    """Width and height of an SVG made here or by `svg.svg`, in pixels."""
    wide, high = drawn.split(' width="', 1)[1].split('"', 1)[0], drawn.split(' height="', 1)[1].split('"', 1)[0]
    return float(wide), float(high)


def svg(found: Tree, t: Texts, *, title: str, standalone: bool = True) -> str:
    """The tree as one SVG element; `standalone` adds the namespace and the style (a page has its own)."""
    plan = _Plan()
    plan.lay(found.up, found.more[0], -1)
    plan.lay(found.down, found.more[1], 1)
    xs, ys = [0.0, *(card.at[0] for card in plan.cards)], [0.0, *(card.at[1] for card in plan.cards)]
    left, top = min(xs) - CARD[0] / 2 - _MARGIN, min(ys) - CARD[1] / 2 - _MARGIN
    wide, high = max(xs) + CARD[0] / 2 + _MARGIN - left, max(ys) + CARD[1] / 2 + _MARGIN - top
    head = f'<svg class="xo" role="img" viewBox="{left:g} {top:g} {wide:g} {high:g}" width="{wide:g}" height="{high:g}"'
    if standalone:
        head += f' xmlns="{NAMESPACE}"'
    # Lines of control are drawn last: they share the way into a card with others.
    ordered = sorted(plan.cards, key=lambda card: card.holder.control)
    body = [*(_line(card) for card in ordered), *(_label(card) for card in plan.cards)]
    body.append(_card(Holder(found.subject, "", t("asked"), control=False), (0.0, 0.0), t, "k"))
    body += [
        _card(card.holder, card.at, t, "c" if card.holder.control else "d" if card.stub else "") for card in plan.cards
    ]
    style = f"<style>{STYLE}</style>" if standalone else ""
    return f"{head} aria-label={quoteattr(title)}><title>{escape(title)}</title>{style}{''.join(body)}</svg>"


def _line(card: Card) -> str:
    """From holder to held, always rightward, with its head at the held."""
    half = CARD[0] / 2
    (x1, y1), (x2, y2) = (card.at, card.inner) if card.way < 0 else (card.inner, card.at)
    start, end = x1 + half, x2 - half
    turn = end - 16 if card.way < 0 else start + 14
    kind = "e b" if card.holder.control else "e"
    way = f"M{start:g} {y1:g}H{turn:g}V{y2:g}H{end - 5:g}" if y1 != y2 else f"M{start:g} {y1:g}H{end - 5:g}"
    return f'<path class="{kind}" d="{way}"/><path class="a" d="M{end:g} {y2:g}l-8 -4v8Z"/>'


def _label(card: Card) -> str:
    if not card.holder.line:
        return ""
    x = card.at[0] - card.way * (CARD[0] / 2 + 24)
    return f'<text class="f" x="{x:g}" y="{card.at[1] - 4:g}">{escape(card.holder.line)}</text>'


def _card(one: Holder, at: tuple[float, float], t: Texts, kind: str) -> str:
    (w, h), (x, y) = CARD, at
    corner = h / 2 if one.subject.kind == "person" else 0
    box = f'x="{x - w / 2:g}" y="{y - h / 2:g}" width="{w:g}" height="{h:g}" rx="{corner:g}"'
    words = _words(one, x - w / 2 + (16 if corner else 9), y, t)
    return f'<rect class="{" ".join(filter(None, ("o", kind)))}" {box}/>{"".join(words)}'


def _words(one: Holder, x: float, y: float, t: Texts) -> Iterator[str]:
    lines = wrap(one.subject.name, NAME_EM - (1.4 if one.subject.kind == "person" else 0))
    told = one.told or t("stub")
    first = y - (len(lines) * 15 + 13) / 2 + 12
    for i, line in enumerate(lines):
        yield f'<text class="n" x="{x:g}" y="{first + i * 15:g}">{escape(line)}</text>'
    yield f'<text class="s" x="{x:g}" y="{first + len(lines) * 15:g}">{escape(told)}</text>'
