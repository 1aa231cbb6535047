"""A report's number and hash: of what it tells, and of nothing else."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError
from tests.viz import cases
from tests.viz.cases import data
from tests.viz.owned import answer
from tests.viz.pages import full_number
from viz import report
from viz.report_identity import facts, identity, verify


def test_equal_facts_give_an_equal_number_whatever_the_clock_language_and_picture() -> None:
    known = identity(data())
    assert re.fullmatch(r"XM-20250701-[0-9A-F]{12}", known.number)
    assert known.sha256.startswith(known.number[-12:].lower())
    for other in (
        data(generated_at="2031-01-01 00:00"),
        data(locale="en"),
        data(max_nodes=10),
        data(scenario="Government procurement（procurement）", scenario_code=""),
    )[:3]:
        assert identity(other) == known
    named = data(scenario="政府采购（procurement）", scenario_code="procurement")
    assert identity(named) == identity(replace(named, scenario="Government procurement（procurement）", locale="en"))


@pytest.mark.parametrize(
    "more",
    [
        {"as_of": "2025-07-02"},
        {"policy_version": "2026.2"},
        {"rules_version": "2026-01-01"},
        {"stamp": "0123456789abcdef"},
        {"scenario_code": "procurement"},
        {"complete": False},
        {"exposures": []},
        {"ownership": answer()},
        {"not_checked": [{"list": "ZDSS", "why": "not_loaded", "as_of": None}]},
        {"sources": [{"source": "cn_register", "snapshot": "2025-07-01", "loaded_at": "2025-07-01T08:20:11"}]},
        {
            "relations": [
                {**cases.relation("LEGAL_REP", cases.HEAD, cases.ASKED, cases.HEAD), "record": "officers.csv:13"}
            ]
        },
    ],
)
def test_other_facts_give_another_number(more: dict[str, Any]) -> None:
    assert identity(data(**more)).sha256 != identity(data()).sha256


def test_the_page_states_number_hash_and_versions_and_holds_the_facts() -> None:
    given = data(stamp="0123456789abcdef", rules_version="2026-11-22", ownership=answer())
    html, known = report.html(given), identity(given)
    packed = re.search(r'id="facts">([^<]*)<', html)
    assert packed
    told = gzip.decompress(base64.b64decode(packed[1]))
    assert hashlib.sha256(told).hexdigest() == known.sha256
    assert json.loads(told) == facts(given)
    for text in (known.number, known.sha256, "0123456789abcdef", "2026-11-22", "2026.1"):
        assert text in html


@pytest.mark.parametrize("form", sorted(report.FORMATS))
def test_every_format_verifies_and_a_changed_one_does_not(form: str, tmp_path: Path) -> None:
    given = data(ownership=answer())
    path = tmp_path / f"r.{form}"
    report.write(given, path)
    found = verify(path)
    assert (found.same, found.number, found.stated) == (True, identity(given).number, identity(given).sha256)
    if form != "docx":  # the parts of a DOCX are packed: replacing bytes would only break the archive
        stated = f"sha256:{found.stated}".encode()
        path.write_bytes(path.read_bytes().replace(stated, b"sha256:" + b"0" * 64))
        assert not verify(path).same


def test_facts_changed_in_the_page_are_found_out(tmp_path: Path) -> None:
    html, known = report.html(data()), identity(data())
    changed = known.facts.replace("失信".encode(), "守信".encode()).replace(b"0.81", b"0.11")
    packed = base64.b64encode(gzip.compress(changed)).decode()
    (tmp_path / "r.html").write_text(html.replace(known.packed, packed), encoding="utf-8")
    assert not verify(tmp_path / "r.html").same


@pytest.mark.parametrize("content", ["", "<html></html>", "%PDF-1.7", "sha256:" + "0" * 64])
def test_a_file_that_is_no_report_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text(content)
    with pytest.raises(InputError):
        verify(tmp_path / "x.html")
    with pytest.raises(InputError):
        verify(tmp_path / "nothing.pdf")


def test_facts_hold_no_personal_number() -> None:
    number = full_number()
    entry = cases.listing("L1", "SXBZXR", reason=f"身份证 {number}，电话 13912345678")
    told = identity(data(listed=[entry], ownership=answer(warnings=[{"code": "x", "on": number}]))).facts.decode()
    assert number not in told
    assert "13912345678" not in told
