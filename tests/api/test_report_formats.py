"""The report by command and over HTTP, in three formats; what cannot be done ends with its code."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graph.store import Store
from tests.api.conftest import HOSTILE, PERSON_ID
from tests.api.running import ask_here, here
from tests.viz.pdf_text import pages, streams
from viz import typeset
from viz.report_identity import verify

DAY = ["--as-of", "2026-01-01"]
START = {"html": b"<!doctype html>", "pdf": b"%PDF-", "docx": b"PK\x03\x04"}


def test_the_ending_decides_the_format_and_the_number_is_told(graph: Store, tmp_path: Path) -> None:
    numbers = set()
    for form, start in START.items():
        ended = ask_here(graph, tmp_path, "report", "A", "-o", f"r.{form}", "--scenario", "procurement", *DAY)
        assert ended.code == 0, ended.err
        assert (tmp_path / f"r.{form}").read_bytes().startswith(start)
        assert ended.document["format"] == form
        assert (ended.document["font"] is not None) == (form == "pdf")
        numbers.add((ended.document["report"], ended.document["sha256"]))
        checked = here("verify", f"r.{form}", "--json", cwd=tmp_path)
        assert (checked.code, checked.document["same"]) == (0, True)
        assert checked.document["report"] == ended.document["report"]
    assert len(numbers) == 1
    told = "".join(pages((tmp_path / "r.pdf").read_bytes()))
    assert "政府采购" in told
    assert "DIRECTOR" not in told


@pytest.mark.parametrize("name", ["r.txt", "r", "r.html.exe", "nowhere/r.pdf"])
def test_another_ending_is_refused_and_nothing_written(graph: Store, tmp_path: Path, name: str) -> None:
    ended = ask_here(graph, tmp_path, "report", "A", "-o", name, *DAY)
    assert ended.code == 2
    assert list(tmp_path.rglob("r*")) == []


def test_a_changed_report_does_not_verify(graph: Store, tmp_path: Path) -> None:
    ask_here(graph, tmp_path, "report", "A", "-o", "r.html", *DAY)
    path = tmp_path / "r.html"
    path.write_text(path.read_text(encoding="utf-8").replace("sha256:", f"sha256:{'0' * 64} "), encoding="utf-8")
    ended = here("verify", "r.html", "--json", cwd=tmp_path)
    assert (ended.code, ended.document["same"]) == (2, False)
    (tmp_path / "no.pdf").write_text("no")
    assert here("verify", "no.pdf", "--json", cwd=tmp_path).code == 2


def test_without_a_chinese_font_nothing_is_written(
    graph: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fonts").mkdir()
    monkeypatch.setenv(typeset.FONTS, str(tmp_path / "fonts"))
    ended = ask_here(graph, tmp_path, "report", "A", "-o", "r.pdf", *DAY)
    assert ended.code == 2
    assert "fonts-noto-cjk" in ended.err
    assert not (tmp_path / "r.pdf").exists()


@pytest.mark.parametrize("form", sorted(START))
def test_over_http_it_is_a_download(client: TestClient, tmp_path: Path, form: str) -> None:
    asked = {"subject": "H", "as_of": "2026-01-01", "format": form, "scenario": "procurement", "lang": "en"}
    answer = client.get("/api/report", params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(START[form])
    assert answer.headers["content-disposition"] == f'attachment; filename="xinmai-H-2026-01-01.{form}"'
    (tmp_path / f"r.{form}").write_bytes(answer.content)
    assert verify(tmp_path / f"r.{form}").same
    inside = [answer.content, *(streams(answer.content) if form == "pdf" else [])]
    assert not any(PERSON_ID.encode() in body for body in inside)
    if form == "html":
        assert HOSTILE not in answer.text


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"format": "exe"}, 400),
        ({"scenario": "nonsense"}, 400),
        ({"lang": "fr"}, 400),
        ({"subject": "nobody"}, 404),
        ({"as_of": "2026-02-30"}, 400),
    ],
)
def test_over_http_what_cannot_be_done_is_refused(client: TestClient, asked: dict[str, str], code: int) -> None:
    answer = client.get("/api/report", params={"subject": "A", **asked})
    assert answer.status_code == code
    assert answer.json()["error"]["message"]
