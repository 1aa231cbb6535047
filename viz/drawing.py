"""A small network drawn by itself, beside a row or a pair: only what is given, nothing a report tells besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viz.case import ReportData, read
from viz.model import Json
from viz.picture import compose
from viz.svg import svg
from viz.texts import Texts

CARDS = 24


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn: the subject it starts from, and relations, entries and findings around it."""

    subject: Json
    relations: Sequence[Json] = ()
    listed: Sequence[Json] = ()
    findings: Sequence[Json] = ()

    def svg(self, as_of: str, texts: Texts, title: str, *, standalone: bool = False) -> str:
        """As an SVG element; `standalone`: with all that a file of its own needs."""
        data = ReportData(
            subject=self.subject,
            relations=self.relations,
            listed=self.listed,
            findings=self.findings,
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
        return svg(compose(read(data), texts, CARDS), texts, title=title, standalone=standalone)
