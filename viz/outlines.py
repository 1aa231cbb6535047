"""Outlines of the cards, one for each kind of subject, as SVG path data around (0, 0).

Canvas and print draw the same text, so a kind is told by its outline and its character as well as by colour.
"""

from __future__ import annotations

from collections.abc import Sequence

from viz.layout import CARD

SHAPES = ("enterprise", "person", "institution", "social_org", "government", "foreign", "other")


def outline(shape: str, inset: float = 0.0) -> str:
    """Path data of a card of that shape, made smaller by `inset` pixels on every side."""
    w, h = CARD[0] / 2 - inset, CARD[1] / 2 - inset
    corners = {
        "institution": (
            *((10 - w, -h), (w - 10, -h), (w, 10 - h), (w, h - 10)),
            *((w - 10, h), (10 - w, h), (-w, h - 10), (-w, 10 - h)),
        ),
        "government": ((-w, -h), (w, -h), (w - 8, 0.0), (w, h), (-w, h), (8 - w, 0.0)),
        "foreign": ((13 - w, -h), (w - 13, -h), (w, 0.0), (w - 13, h), (13 - w, h), (-w, 0.0)),
        "enterprise": ((-w, -h), (w, -h), (w, h), (-w, h)),
    }
    if shape in corners:
        return _polygon(corners[shape])
    radii = {"person": (h, h), "social_org": (20 - inset / 2, 0.0)}
    return _rounded(w, h, *radii.get(shape, (12 - inset / 2, 12 - inset / 2)))


def _polygon(points: Sequence[tuple[float, float]]) -> str:
    path, before = f"M{points[0][0]:g} {points[0][1]:g}", points[0]
    for x, y in points[1:]:
        path += f"H{x:g}" if y == before[1] else f"V{y:g}" if x == before[0] else f"L{x:g} {y:g}"
        before = (x, y)
    return path + "Z"


def _rounded(w: float, h: float, top: float, bottom: float) -> str:
    """A box of half width and height, with the radii of its upper and its lower corners."""
    return (
        f"M{top - w:g} {-h:g}H{w - top:g}{_arc(top, w, top - h)}V{h - bottom:g}{_arc(bottom, w - bottom, h)}"
        f"H{bottom - w:g}{_arc(bottom, -w, h - bottom)}V{top - h:g}{_arc(top, top - w, -h)}Z"
    )


def _arc(radius: float, x: float, y: float) -> str:
    return f"A{radius:g} {radius:g} 0 0 1 {x:g} {y:g}" if radius else ""
