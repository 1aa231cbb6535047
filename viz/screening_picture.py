"""The network of one row of a screening: the applicant and the paths of its findings, drawn as in the report."""

from __future__ import annotations

from viz.drawing import Drawing
from viz.model import Subject
from viz.screening_headline import ranked
from viz.screening_words import Json
from viz.texts import Texts

PATHS = 12  # the gravest


def picture(result: Json, as_of: str, *, standalone: bool = False) -> str:
    """An SVG element, or "" where no finding leads over anybody else; `standalone`: as a file of its own."""
    findings = [f for f in ranked(result["findings"]) if f["path"]["edges"]][:PATHS]
    if not findings:
        return ""
    own = [f["listing"] for f in result["findings"] if f["class"] == "LISTED_SELF" and f["listing"]]
    known = result["match"]["subject"]
    subject = known or findings[0]["target"]
    drawing = Drawing(subject, listed=own if known else (), findings=findings)
    title = f"{Subject.of(subject).name} 的关联路径"
    return drawing.svg(as_of, Texts("zh-CN"), title, standalone=standalone)
