"""A screening as one self-contained HTML page: no script at all, so nothing in it can ever run.

The filter by decision is made of radio buttons and style rules. Findings stand in full below the table, so that
the page prints as it reads.
"""

from __future__ import annotations

from collections import defaultdict

from markupsafe import Markup

from viz import assets
from viz.screening_lines import Line, lines, notices, undone
from viz.screening_picture import picture
from viz.screening_words import DECISIONS, Json, candidates, context, remarks, rows, summary, unchecked
from viz.svg import STYLE

SHOWN = 50  # findings of one row written out; the workbook and the JSON have all
DRAWN = 300  # applicants drawn; the page of a long list would not open otherwise
_FLAGGED = ("blocked", "review")


def page(screening: Json) -> str:
    """The page as text, UTF-8. Equal input gives an equal page."""
    style = assets.template("screening.css") + STYLE
    found: dict[int, list[Line]] = defaultdict(list)
    for line in lines(screening):
        found[line.row].append(line)
    told: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for row, _, _, _, parts in notices(screening):
        told[row].append(parts)
    return (
        assets.pages()
        .get_template("screening.html")
        .render(
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
            notices=told,
            undone=list(undone(screening)),
            pictures=_pictures(screening),
            shown=SHOWN,
            open_rows=list(candidates(screening)),
        )
    )


def _pictures(screening: Json) -> dict[int, Markup]:
    """The network of each flagged applicant whose findings lead over others."""
    drawn: dict[int, Markup] = {}
    for result in screening["results"]:
        if result["decision"] in _FLAGGED and len(drawn) < DRAWN:
            image = picture(result, screening["as_of"])
            if image:
                drawn[result["row"]] = Markup(image)
    return drawn
