"""A screening as one self-contained HTML page: no script at all, so nothing in it can ever run.

The filter by decision is made of radio buttons and style rules. Findings stand in full below the table, so that
the page prints as it reads.
"""

from __future__ import annotations

from collections import defaultdict

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from viz import assets
from viz.screening_words import (
    DECISIONS,
    Json,
    Line,
    candidates,
    context,
    lines,
    remarks,
    rows,
    summary,
    unchecked,
)

SHOWN = 50  # findings of one row written out; the workbook and the JSON have all


def page(screening: Json) -> str:
    """The page as text, UTF-8. Equal input gives an equal page."""
    environment = Environment(
        loader=PackageLoader("viz"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = assets.template("screening.css")
    found: dict[int, list[Line]] = defaultdict(list)
    for line in lines(screening):
        found[line.row].append(line)
    return environment.get_template("screening.html").render(
        policy=assets.policy((), (style,)),
        style=Markup(style),
        unchecked=unchecked(screening),
        missing=bool(screening["not_checked"]),
        context=context(screening),
        remarks=remarks(screening)[1:],
        decisions=DECISIONS,
        counts=summary(screening),
        rows=list(rows(screening)),
        findings=found,
        shown=SHOWN,
        open_rows=list(candidates(screening)),
        rejected=screening["rejected"],
    )
