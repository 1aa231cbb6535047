"""Reading a report back: its texts, attributes, items and rows; and reports made of hostile texts."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

from graph.identifiers import resident_id
from tests.viz.cases import data, edge, exposure, finding, listing, path, subject
from viz import report


class Page(HTMLParser):
    """Texts of a page outside scripts and styles, its attributes, and the texts of its numbered items."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.items: list[str] = []
        self.rows: list[tuple[str, ...]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in ("meta", "br", "rect", "circle", "path"):
            self._open.append((tag, told.get("class") or ""))
        if tag == "li" and "item" in (told.get("class") or "").split():
            self.items.append("")
        if tag == "tr":
            self.rows.append(())
        if tag == "td":
            self.rows[-1] += ("",)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if "script" in tags or "style" in tags:
            return
        self.texts.append(data)
        if any(tag == "li" and "item" in name.split() for tag, name in self._open):
            self.items[-1] += data
        if "td" in tags:
            self.rows[-1] = (*self.rows[-1][:-1], self.rows[-1][-1] + data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def page(**more: Any) -> Page:
    return Page(report.html(data(**more)))


def scene(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="scene">(.*?)</script>', html, re.DOTALL)
    assert found
    loaded: dict[str, Any] = json.loads(found[1])
    return loaded


def full_number() -> str:
    first = "99999919850312123"
    return next(first + last for last in "0123456789X" if resident_id(first + last).valid)


def hostile(payload: str) -> report.ReportData:
    """A report with `payload` in every text field, codes of the vocabulary and dates included."""
    here, there = (
        {**subject(payload + k, payload), **dict.fromkeys(("kind", "form", "uscc", "id_masked", "status"), payload)}
        for k in "ab"
    )
    fields = ("type", "title", "since", "until", "seen_on", "record")
    tie = {**edge(payload, here, there), **dict.fromkeys(fields, payload), "via": {"kind": payload, "value": payload}}
    entry = {key: payload for key in listing("", "")}
    law = finding(
        "STATUTORY",
        entry,
        there,
        path([here, there], [tie]),
        text=payload,
        measure=payload,
        reason=payload,
        remedy=payload,
        rule=payload,
        effect=payload,
        conditions=[payload],
        basis=[{"law": payload, "article": payload, "grade": payload}],
        period={"from": payload, "until": payload},
    )
    odd = {**law, "class": payload, "text": ""}
    return data(
        subject=here,
        relations=[{**tie, "other": there}, {**tie, "type": "DIRECTOR", "via": None, "other": there}],
        listed=[entry],
        findings=[law, odd],
        exposures=[{**exposure(0.8, "high", entry, path([here, there], [tie])), "band": payload}],
        reached=[exposure(0.5, "medium", entry, path([there, here], [tie]))],
        not_crossed=[{"subject": there, "reason": payload, "degree": payload}],
        not_checked=[{"list": payload, "why": payload, "as_of": payload}],
        as_of=payload, policy_version=payload, generated_at=payload, scenario=payload, rules_version=payload,
        sources=[{"source": payload, "snapshot": payload, "loaded_at": payload, payload: [payload]}],
    )  # fmt: skip
