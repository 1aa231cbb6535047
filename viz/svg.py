"""The picture as SVG for print and for readers without scripts: text stays text, fonts are named.

Colours are those of the light scheme: paper is white.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from viz.labels import width
from viz.layout import CARD
from viz.outlines import outline
from viz.palette import ASKED, DASHES, EDGE_LIGHT, FONT, LIGHT, LOOKS, RISKS, Risk
from viz.picture import TAG_EM, Link, Node, Picture
from viz.routes import LABEL_EM, LABEL_LINE, label_size
from viz.texts import Texts

NAMESPACE = "http://www.w3.org/2000/svg"


def _rules() -> Iterator[str]:
    yield f".xm text{{font-family:{FONT};fill:#1b2430}}"
    yield ".xm .n{font-size:12.5px;font-weight:600}.xm .g{font-size:11px;font-weight:600;text-anchor:middle}"
    yield f".xm .t,.xm .y{{font-size:{TAG_EM}px;font-weight:500}}"
    yield f".xm .l{{font-size:{LABEL_EM:g}px;fill:{EDGE_LIGHT['label']};text-anchor:middle}}.xm .h{{fill:#fff}}"
    yield f".xm .a{{font-size:11px;font-weight:600;fill:{ASKED['light']}}}"
    yield f".xm .k{{fill:none;stroke:{ASKED['light']};stroke-width:2}}"
    yield f".xm .e{{fill:none;stroke:{EDGE_LIGHT['plain']}}}.xm .c{{stroke:{EDGE_LIGHT['chain']}}}"
    yield f".xm .p{{fill:{EDGE_LIGHT['plain']}}}.xm .q{{fill:{EDGE_LIGHT['chain']}}}"
    for risk in RISKS:
        yield from _risk_rules(risk)


def _risk_rules(risk: Risk) -> Iterator[str]:
    ink, look, at = LIGHT[risk], LOOKS[risk], f".xm .r-{risk}"
    dash = f";stroke-dasharray:{look.dash}" if look.dash else ""
    yield f"{at} .o{{fill:{ink.fill};stroke:{ink.line};stroke-width:{look.border:g}{dash}}}"
    if look.double:
        yield f"{at} .i{{fill:none;stroke:{'#fff' if risk == 'negative' else ink.line};stroke-width:1{dash}}}"
    badge, glyph = ("#fff", "#000") if risk == "negative" else (ink.line, "#fff")
    yield f"{at} .b{{fill:{badge}}}{at} .g{{fill:{glyph}}}"
    yield f"{at} .n,{at} .t{{fill:{ink.text}}}{at} .x{{fill:{look.chip}}}{at} .y{{fill:{look.chip_text}}}"


STYLE = "".join(_rules())


def svg(picture: Picture, t: Texts, *, title: str, standalone: bool = True) -> str:
    """The picture as one SVG element; `standalone` adds the namespace and the style (a page has its own)."""
    left, top, right, bottom = picture.box
    size = f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"
    head = f'<svg class="xm" role="img" viewBox="{size}" width="{right - left:.0f}" height="{bottom - top:.0f}"'
    if standalone:
        head += f' xmlns="{NAMESPACE}"'
    body = (
        *(_line(link) for link in picture.links),
        *(_label(link) for link in picture.links),
        *(card(node, t, asked=i == 0) for i, node in enumerate(picture.nodes)),
    )
    style = f"<style>{STYLE}</style>" if standalone else ""
    return f"{head} aria-label={quoteattr(title)}><title>{escape(title)}</title>{style}{''.join(body)}</svg>"


def _line(link: Link) -> str:
    chain = " c" if link.chain else ""
    dash = f' stroke-dasharray="{DASHES[link.style]}"' if DASHES[link.style] else ""
    weight = link.width + (0.6 if link.chain else 0)
    drawn = f'<path class="e{chain}" stroke-width="{weight:g}"{dash} d="{link.route.svg()}"/>'
    if not link.arrow:
        return drawn
    x, y = link.route.end
    back = x - 9 * link.route.heading
    return f'{drawn}<path class="{"q" if link.chain else "p"}" d="M{x:g} {y:.1f}L{back:g} {y - 4.5:.1f}v9Z"/>'


def _label(link: Link) -> str:
    if not link.spot or not link.lines:
        return ""
    (x, y), (w, h) = link.spot, label_size(link.lines)
    first = y - h / 2 + LABEL_LINE - 3
    texts = "".join(
        f'<text class="l" x="{x:.1f}" y="{first + i * LABEL_LINE:.1f}">{escape(line)}</text>'
        for i, line in enumerate(link.lines)
    )
    return f'<rect class="h" x="{x - w / 2:.1f}" y="{y - h / 2:.1f}" width="{w:.1f}" height="{h:.1f}"/>{texts}'


def card(node: Node, t: Texts, *, asked: bool = False) -> str:
    """One card at its place, as an SVG group; the `asked` one wears a ring and its caption."""
    half = CARD[0] / 2
    parts = [f'<path class="o" d="{outline(node.shape)}"/>']
    if LOOKS[node.risk].double:
        parts.append(f'<path class="i" d="{outline(node.shape, 4)}"/>')
    if asked:
        parts.append(f'<path class="k" d="{outline(node.shape, -6)}"/>')
        parts.append(f'<text class="a" x="{-half:g}" y="{-CARD[1] / 2 - 12:g}">◎ {escape(t("asked"))}</text>')
    parts.append(f'<circle class="b" cx="{21 - half:g}" r="10.5"/>')
    parts.append(f'<text class="g" x="{21 - half:g}" y="4">{escape(node.glyph)}</text>')
    parts += _words(node, 37 - half)
    x, y = (round(v, 1) for v in node.place)
    return f'<g class="r-{node.risk}" transform="translate({x:g} {y:g})">{"".join(parts)}</g>'


def _words(node: Node, x: float) -> Iterator[str]:
    top = -12.0 if len(node.lines) > 1 else -4.0
    for i, line in enumerate(node.lines):
        yield f'<text class="n" x="{x:g}" y="{top + i * 15:g}">{escape(line)}</text>'
    y = top + len(node.lines) * 15 + 2
    if node.risk in ("none", "stub"):
        yield f'<text class="t" x="{x:g}" y="{y + 1:g}">{escape(node.tag)}</text>'
        return
    chip = width(node.tag) * TAG_EM + 10
    yield f'<rect class="x" x="{x - 1:g}" y="{y - 10:g}" width="{chip:.1f}" height="14" rx="3"/>'
    yield f'<text class="y" x="{x + 4:g}" y="{y + 1:g}">{escape(node.tag)}</text>'
