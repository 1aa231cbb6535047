"""A finished screening as its page shows it: counts, rows in words, and one row in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from api.jobs.outcome import Format, Json, Page, Stored
from api.jobs.sheets import GoneError
from viz import screening as outputs
from viz.model import clean
from viz.screening_headline import hard_gap, ranked
from viz.screening_labels import STATUS
from viz.screening_lines import Line, lines, notices, undone
from viz.screening_picture import picture
from viz.screening_words import DECISIONS, Row, context, remarks, rows, summary, unchecked, warning

MOST_LINES = 200  # findings of one row that are shown; the downloads have all


class Screened:
    """The document of `screen`, kept in a job's folder."""

    __slots__ = ("_counts", "_head", "_numbers", "_rows", "_stored", "_words")

    def __init__(self, document: Json, folder: Path) -> None:
        self._stored = Stored(document, "results", folder)
        self._counts = summary(document)
        self._rows = list(rows(document))
        self._words = [_searched(row) for row in self._rows]
        self._numbers = {str(row.number): index for index, row in enumerate(self._rows)}
        told = list(undone(document))
        self._head = {
            "unchecked": unchecked(document),
            "missing": bool(document["not_checked"]),
            "context": context(document),
            "remarks": remarks(document)[1:],
            "rejected": [{"row": r["row"], "reason": clean(r["reason"])} for r in document["rejected"]],
            "undone": [{"kind": kind, "text": text} for kind, text in told if kind != "拒绝行"],
            "complete": document["complete"],
            "as_of": document["as_of"],
            "scenario": document["scenario"],
            "compared": "since_last" in document,
            "changed": sum(map(_changed, self._rows)),
        }

    def summary(self) -> Json:
        """Rows by decision, and how many were refused."""
        return {**self._counts, "rows": len(self._rows), "rejected": len(self._head["rejected"])}

    def page(self, wanted: Page) -> Json:
        """Rows of one decision with a text in them."""
        text = wanted.text.casefold()
        found = [
            row
            for row, words in zip(self._rows, self._words, strict=True)
            if wanted.decision in ("", row.decision) and text in words and (_changed(row) or not wanted.changed)
        ]
        shown = found[wanted.skip : wanted.skip + wanted.limit]
        return {
            **self._head,
            "summary": self.summary(),
            "total": len(found),
            "rows": [_row(row) for row in shown],
            "more": wanted.skip + len(shown) < len(found),
        }

    def entry(self, key: str) -> Json:
        """One row with every finding in words and its steps, the gravest first."""
        index = self._index(key)
        alone = self._stored.alone(index)
        result = alone["results"][0]
        findings, told = ranked(result["findings"]), list(lines(alone))
        gap = [None] if hard_gap(result, alone) else []
        paired = list(zip([*gap, *findings], told, strict=True))
        match = result["match"]
        return {
            "row": _row(self._rows[index]),
            "subject": match["subject"],
            "level": match["level"],
            "query": {field: clean(value) for field, value in result["query"].items()},
            "candidates": match["candidates"],
            "warnings": [warning(code) for code in match["warnings"]],
            "findings": [_finding(finding, line) for finding, line in paired[:MOST_LINES]],
            "left_out": max(0, len(paired) - MOST_LINES),
            "notices": [
                {"told": who, "about": about, "parts": list(parts)} for _, _, who, about, parts in notices(alone)
            ],
            "picture": any(finding["path"]["edges"] for finding in findings),
            "as_of": alone["as_of"],
        }

    def picture(self, key: str) -> str:
        """The network of one row's findings."""
        alone = self._stored.alone(self._index(key))
        return picture(alone["results"][0], alone["as_of"], standalone=True)

    def file(self, wanted: Format, job: str) -> bytes:
        """The whole screening as a file."""
        if wanted == "pdf":
            return outputs.as_pdf(self._stored.whole(), job)
        return outputs.made(self._stored.whole(), f".{wanted}")

    def _index(self, key: str) -> int:
        if key not in self._numbers:
            raise GoneError(f"第 {key[:10]} 行")
        return self._numbers[key]


def _row(row: Row) -> Json:
    """A row for the page, which shows possible subjects with the row itself."""
    return {**asdict(row), "notes": row.notes.replace("，见“未匹配”", "")}


def _changed(row: Row) -> bool:
    """Whether an earlier result says something else of this row, or nothing."""
    return bool(row.change) and row.change != STATUS["unchanged"]


def _searched(row: Row) -> str:
    word, _, _ = DECISIONS[row.decision]
    told = (row.number, word, row.asked, row.code, row.lot, row.subject, row.subject_code, row.top, row.flags)
    return "\n".join(map(str, told)).casefold()


def _finding(finding: Mapping[str, Any] | None, line: Line) -> Json:
    """A finding in words. Without one: what could not be checked."""
    path = finding["path"] if finding else {"nodes": [], "edges": []}
    told = asdict(line)
    for repeated in ("row", "asked", "decision", "path"):
        del told[repeated]
    return {
        **told,
        "class": finding["class"] if finding else "UNCHECKED",
        "code": finding["effect"] if finding else "review",
        "list_code": finding["list"] if finding else None,
        "conditions": [clean(words) for words in finding["conditions"]] if finding else [],
        "disputed": bool(finding and finding["disputed"]),
        "end_name": clean(path["nodes"][-1]["name"]) if path["edges"] else "",
    }
