"""The network report: one self-contained HTML file that opens offline and contacts nothing; the same as PDF and DOCX.

    html(ReportData(...)) -> str    pdf(...), docx(...) -> bytes    write(ReportData(...), path)

Findings first, as numbered sentences with dates and records; then what was not checked; the picture (interactive,
and as SVG on paper); ownership; tables; sources and versions. Number, day, versions and hash stand on every page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from graph.errors import InputError
from viz import docx_file, typeset
from viz.case import ReportData, read
from viz.network import render
from viz.page import build
from viz.paper import Paper
from viz.picture import compose
from viz.report_paper import paper
from viz.svg import svg
from viz.texts import Texts

__all__ = ["FORMATS", "ReportData", "docx", "form_of", "html", "make", "pdf", "svg_picture", "write"]


def html(data: ReportData) -> str:
    """The report as one HTML document (UTF-8). Equal input gives an equal document."""
    t = Texts(data.locale)
    case = read(data)
    picture = compose(case, t, data.max_nodes)
    return render(picture, build(data, case, picture, t))


def pdf(data: ReportData) -> bytes:
    """The report as PDF. Raises InputError where no Chinese font is installed."""
    return typeset.pdf(_paper(data))


def docx(data: ReportData) -> bytes:
    """The report as DOCX, for approval files. Its pictures are bitmaps; those of the PDF are not."""
    return docx_file.docx(_paper(data))


def _paper(data: ReportData) -> Paper:
    t = Texts(data.locale)
    case = read(data)
    picture = compose(case, t, data.max_nodes)
    return paper(data, case, picture, build(data, case, picture, t))


def svg_picture(data: ReportData) -> str:
    """Only the picture, as one SVG document."""
    t = Texts(data.locale)
    case = read(data)
    return svg(compose(case, t, data.max_nodes), t, title=case.subject.name)


FORMATS: Mapping[str, Callable[[ReportData], bytes]] = {
    "html": lambda data: html(data).encode(),
    "pdf": pdf,
    "docx": docx,
}


def form_of(path: Path | str) -> str:
    """The format the ending of `path` names. Raises InputError for another ending."""
    form = Path(path).suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise InputError("不认识的报告格式", file=str(path), remedy="文件名以 .html、.pdf 或 .docx 结尾")
    return form


def make(data: ReportData, form: str) -> bytes:
    """The report in one of `FORMATS`."""
    return FORMATS[form](data)


def write(data: ReportData, path: Path | str) -> None:
    """Write the report to `path` in the format its ending names, whole or not at all."""
    target = Path(path)
    made = make(data, form_of(target))
    draft = target.with_name(target.name + ".part")
    draft.write_bytes(made)
    draft.replace(target)
