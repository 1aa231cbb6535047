"""The interactive picture: a `pyvis.network.Network` filled from a `Picture`, rendered by our own template.

pyvis is the builder only. Its own page loads remote files, writes headings and tooltips unescaped, and lays out by
physics; ours does none of it: escaped template, positions from Python, vis-network from `vendor/`.
"""

from __future__ import annotations

import json
from typing import Any

from jinja2 import StrictUndefined
from pyvis.network import Network

from viz.assets import TEMPLATES
from viz.layout import CARD
from viz.outlines import SHAPES, outline
from viz.palette import ASKED, DARK, DASHES, EDGE_DARK, EDGE_LIGHT, FONT, LIGHT, LOOKS, RISKS, Ink, Risk
from viz.picture import TAG_EM, Link, Node, Picture
from viz.routes import LABEL_EM, LABEL_LINE, label_size

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "tooltipDelay": 200,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "selectConnectedEdges": False,
        "hideEdgesOnDrag": False,
    },
    "nodes": {"shape": "custom", "font": {"face": FONT}},
    "edges": {"smooth": False, "font": {"face": FONT}},
}


def network(picture: Picture) -> Network:
    """The pyvis network of a picture: every card with its position, every line with its way, physics off."""
    net = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    net.set_options(json.dumps(OPTIONS))
    for node in picture.nodes:
        net.add_node(node.key, label="\n".join(node.lines), shape="custom", title=node.tip, **_node(node))
    for link in picture.links:
        net.add_edge(link.source, link.target, id=link.key, title=link.tip, **_link(link))
    return net


def render(picture: Picture, page: object, template: str = "report.html") -> str:
    """The page around the network. `page` is what the template names `page`; all its texts are escaped."""
    net = network(picture)
    net.set_template_dir(str(TEMPLATES), template)
    environment = net.templateEnv
    environment.autoescape = True  # pyvis leaves it off
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.globals.update(page=page, theme=theme())
    html: str = net.generate_html()
    return html


def _node(node: Node) -> dict[str, Any]:
    x, y = node.place
    drawn = {"x": round(x, 1), "y": round(y, 1), "color": LIGHT[node.risk].line, "risk": node.risk, "tag": node.tag}
    return drawn | {"kind": node.shape, "glyph": node.glyph} | _told(chain=node.chain)


def _link(link: Link) -> dict[str, Any]:
    x, y = link.route.end
    drawn: dict[str, Any] = {
        "arrows": "to" if link.arrow else "",
        "width": link.width,
        "way": link.route.svg(),
        "tip": [round(x, 1), round(y, 1), link.route.heading],
    }
    label = "\n".join(link.lines)
    spot = [round(v, 1) for v in (*link.spot, *label_size(link.lines))] if link.spot else []
    dashes = [float(v) for v in DASHES[link.style].split()]
    style = link.style if link.style != "current" else ""
    return drawn | _told(label=label, spot=spot, dashes=dashes, style=style, chain=link.chain)


def _told(**values: object) -> dict[str, object]:
    """Only what says something: a large picture must stay a small file."""
    return {key: value for key, value in values.items() if value}


def theme() -> dict[str, Any]:
    """Colours, outlines and sizes for the page's script, both schemes."""
    return {
        "card": CARD,
        "font": FONT,
        "em": {"tag": TAG_EM, "label": LABEL_EM, "line": LABEL_LINE},
        "outline": {shape: [outline(shape), outline(shape, 4), outline(shape, -6)] for shape in SHAPES},
        "look": {
            risk: {
                "border": look.border,
                "double": look.double,
                "dash": [float(x) for x in look.dash.split()],
                "chip": look.chip,
                "chipText": look.chip_text,
            }
            for risk, look in LOOKS.items()
        },
        "light": {"node": _inks(LIGHT), "edge": EDGE_LIGHT, "asked": ASKED["light"]},
        "dark": {"node": _inks(DARK), "edge": EDGE_DARK, "asked": ASKED["dark"]},
    }


def _inks(inks: dict[Risk, Ink]) -> dict[str, list[str]]:
    return {risk: [inks[risk].line, inks[risk].fill, inks[risk].text] for risk in RISKS}
