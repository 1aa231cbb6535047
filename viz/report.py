"""The network report: one self-contained HTML file that opens offline and contacts nothing.

    html(ReportData(...)) -> str          write(ReportData(...), path)

Findings first, as numbered sentences with dates and records; then what was not checked; the picture (interactive,
and as SVG on paper); tables; sources and versions.
"""

from __future__ import annotations

from pathlib import Path

from viz.case import ReportData, read
from viz.network import render
from viz.page import build
from viz.picture import compose
from viz.svg import svg
from viz.texts import Texts

__all__ = ["ReportData", "html", "svg_picture", "write"]


def html(data: ReportData) -> str:
    """The report as one HTML document (UTF-8). Equal input gives an equal document."""
    t = Texts(data.locale)
    case = read(data)
    picture = compose(case, t, data.max_nodes)
    return render(picture, build(data, case, picture, t))


def svg_picture(data: ReportData) -> str:
    """Only the picture, as one SVG document."""
    t = Texts(data.locale)
    case = read(data)
    return svg(compose(case, t, data.max_nodes), t, title=case.subject.name)


def write(data: ReportData, path: Path | str) -> None:
    """Write the report to `path`, whole or not at all."""
    target = Path(path)
    draft = target.with_name(target.name + ".part")
    draft.write_text(html(data), encoding="utf-8", newline="\n")
    draft.replace(target)
