"""The legend: a sample of every look and line that a picture uses, with its meaning in words."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from viz.palette import DASHES, EDGE_LIGHT, LIGHT, LOOKS, RISKS, Risk
from viz.picture import Picture
from viz.texts import Texts


def legend(picture: Picture, t: Texts) -> tuple[tuple[Markup, str], ...]:
    """Samples with meanings, only of what the picture holds."""
    return (*_looks(picture, t), *_lines(picture, t))


def _looks(picture: Picture, t: Texts) -> Iterator[tuple[Markup, str]]:
    used = {node.risk for node in picture.nodes}
    for risk in RISKS:
        if risk in used and risk != "stub":
            yield _card(risk), t(f"legend_{risk}")


def _card(risk: Risk) -> Markup:
    ink, look = LIGHT[risk], LOOKS[risk]
    dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
    pen = f'stroke="{ink.line}" stroke-width="{look.border:g}"{dash}'
    parts = [f'<rect x="2" y="2" width="30" height="14" fill="{ink.fill}" {pen}/>']
    if look.double:
        line = "#ffffff" if risk == "negative" else ink.line
        parts.append(f'<rect x="5" y="5" width="24" height="8" fill="none" stroke="{line}"{dash}/>')
    parts.append(f'<text x="17" y="13" font-size="9" text-anchor="middle" fill="{ink.text}">{look.mark}</text>')
    return _sample("".join(parts))


def _sample(drawing: str) -> Markup:
    return Markup(f'<svg width="34" height="18" aria-hidden="true">{drawing}</svg>')  # of our own constants only


def _lines(picture: Picture, t: Texts) -> Iterator[tuple[Markup, str]]:
    styles = {link.style for link in picture.links if link.edges}
    for style, dash in DASHES.items():
        if style in styles:
            yield _line(EDGE_LIGHT["plain"], 1.6, dash), t(f"legend_{style}")
    if any(link.chain for link in picture.links):
        yield _line(EDGE_LIGHT["chain"], 2.4, ""), t("legend_chain")


def _line(colour: str, weight: float, dash: str) -> Markup:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    line = f'<path d="M1 9H28" stroke="{colour}" stroke-width="{weight}"{dashed}/>'
    return _sample(f'{line}<path d="M34 9L26 5V13Z" fill="{colour}"/>')
