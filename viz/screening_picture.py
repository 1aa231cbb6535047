"""The network of one row of a screening: the applicant and the paths of its findings, drawn as in the report."""

from __future__ import annotations

from viz.case import ReportData, read
from viz.picture import compose
from viz.screening_headline import ranked
from viz.screening_words import Json
from viz.svg import svg
from viz.texts import Texts

PATHS = 12  # the gravest
CARDS = 24


def picture(result: Json, as_of: str) -> str:
    """An SVG element, or "" where no finding leads over anybody else."""
    findings = [f for f in ranked(result["findings"]) if f["path"]["edges"]][:PATHS]
    if not findings:
        return ""
    own = [f["listing"] for f in result["findings"] if f["class"] == "LISTED_SELF" and f["listing"]]
    subject = result["match"]["subject"] or findings[0]["target"]
    data = ReportData(
        subject=subject,
        relations=(),
        listed=own if result["match"]["subject"] else (),
        findings=findings,
        exposures=(),
        reached=(),
        not_crossed=(),
        not_checked=(),
        complete=True,
        as_of=as_of,
        policy_version="",
        sources=(),
        generated_at="",
        max_nodes=CARDS,
    )
    texts = Texts("zh-CN")
    case = read(data)
    return svg(compose(case, texts, CARDS), texts, title=f"{case.subject.name} 的关联路径", standalone=False)
