"""Uploads and jobs over HTTP: the command line's own answers, and nothing in them for a stranger or a hostile file."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import Workbook, load_workbook

from api.routes.asking import Caller, caller
from api.screening import Request, run
from graph.store import Store
from tests.api.conftest import HOSTILE, PERSON_ID
from tests.loaders.packages import USCC_A

DAY = "2026-01-01"
SHEET = f"""企业名称,统一社会信用代码,董事,董事身份证号,备注
乌有市甲木有限公司,{USCC_A},张三,{PERSON_ID},=1+1
乌有市乙火有限公司,,,,
{HOSTILE},,,,
没有这家有限公司,,,,
,,,,只有备注
"""


def upload(client: TestClient, content: str | bytes, name: str = "名单.csv") -> Any:
    body = content.encode() if isinstance(content, str) else content
    return client.post("/api/sheets", files={"file": (name, body)})


def kept(client: TestClient, content: str | bytes = SHEET, name: str = "名单.csv") -> dict[str, Any]:
    answer = upload(client, content, name)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def started(client: TestClient, path: str, **asked: Any) -> str:
    answer = client.post(path, json={"as_of": DAY, **asked})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["job"]["id"])


def ended(client: TestClient, job: str) -> list[tuple[str, dict[str, Any]]]:
    """The events of a job until it is over."""
    answer = client.get(f"/api/jobs/{job}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    blocks = [block.split("\n") for block in answer.text.split("\n\n") if block.startswith("event: ")]
    return [(event.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for event, data in blocks]


@pytest.fixture(scope="module")
def screened(client: TestClient) -> str:
    """A finished screening of the sheet."""
    job = started(client, "/api/screen", sheet=kept(client)["id"], scenario="procurement")
    assert ended(client, job)[-1][0] == "done"
    return job


def told(client: TestClient, job: str, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"/api/jobs/{job}/result", params=asked)
    assert answer.status_code == 200, answer.text
    read: dict[str, Any] = answer.json()
    return read


def test_an_upload_tells_its_columns_and_no_number_in_full(client: TestClient) -> None:
    answer = upload(client, SHEET)
    sheet = answer.json()
    assert (sheet["name"], sheet["rows"], sheet["header_row"], sheet["understood"]) == ("名单.csv", 4, 1, True)
    guessed = ["name", "uscc", "DIRECTOR", "DIRECTOR_ID", None]
    assert [column["field"] for column in sheet["columns"]] == guessed
    assert sheet["rejected"] == [{"row": 6, "reason": "没有名称或号码"}]
    assert {"field": "uscc", "label": "统一社会信用代码"} in sheet["fields"]
    assert PERSON_ID not in answer.text
    assert USCC_A in answer.text


def test_numbers_under_a_title_nobody_knows_are_masked_too(client: TestClient) -> None:
    old = "110101600315000"  # fifteen figures: also a register number with a right check digit
    answer = upload(client, f"甲,乙,丙,丁\n{PERSON_ID},13800001234,6222021001116240000,{old}\n")
    assert not answer.json()["understood"]
    for number in (PERSON_ID, "13800001234", "6222021001116240000", old):
        assert number not in answer.text


def test_the_document_is_the_command_lines_own(client: TestClient, graph: Store, screened: str, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(SHEET, encoding="utf-8")
    here = run(graph, Request(path, DAY, scenario="procurement"), lambda *_: None)
    there = client.get(f"/api/jobs/{screened}/download", params={"format": "json"}).json()
    assert there == json.loads(json.dumps(here))


def test_progress_is_told_until_the_end(client: TestClient) -> None:
    job = started(client, "/api/screen", sheet=kept(client)["id"], scenario="general")
    events = ended(client, job)
    assert [name for name, _ in events[:-1]] == ["progress"] * (len(events) - 1)
    name, last = events[-1]
    assert (name, last["state"], last["summary"]["rows"]) == ("done", "done", 4)
    assert last["about"]["sheet"] == "名单.csv"
    assert ended(client, job) == [events[-1]], "a job that is over is told once"


def test_rows_are_filtered_searched_and_paged(client: TestClient, screened: str) -> None:
    whole = told(client, screened)
    assert whole["unchecked"].startswith("未核查")
    assert whole["summary"]["rows"] == len(whole["rows"]) == whole["total"] == 4
    assert whole["rejected"] == [{"row": 6, "reason": "没有名称或号码"}]
    for decision in ("blocked", "review", "notice", "clear", "unmatched"):
        rows = told(client, screened, decision=decision)["rows"]
        assert len(rows) == whole["summary"][decision]
        assert {row["decision"] for row in rows} <= {decision}
    assert [row["number"] for row in told(client, screened, text="甲木")["rows"]] == [2]
    assert told(client, screened, text="没有人叫这个")["rows"] == []
    page = told(client, screened, skip=1, limit=2)
    assert ([row["number"] for row in page["rows"]], page["more"]) == ([3, 4], True)
    assert told(client, screened, skip=3)["more"] is False


def test_a_row_in_full_gives_every_reason_with_its_steps(client: TestClient, screened: str) -> None:
    answer = client.get(f"/api/jobs/{screened}/entries/2")
    entry = answer.json()
    assert entry["subject"]["id"] == "A"
    alerts = [finding for finding in entry["findings"] if finding["class"] == "ALERT"]
    assert alerts
    assert all(finding["klass"] == "关联提示，不构成失信惩戒依据" for finding in alerts)
    assert all(finding["steps"] for finding in alerts)
    assert PERSON_ID not in answer.text
    image = client.get(f"/api/jobs/{screened}/entries/2/picture")
    assert image.headers["content-type"] == "image/svg+xml"
    assert "<script" not in image.text
    assert client.get(f"/api/jobs/{screened}/entries/99").status_code == 404
    assert client.get(f"/api/jobs/{screened}/entries/5/picture").status_code == 404


def test_downloads_are_attachments_in_which_nothing_computes(client: TestClient, screened: str) -> None:
    got = {f: client.get(f"/api/jobs/{screened}/download", params={"format": f}) for f in ("xlsx", "html", "pdf")}
    for ending, answer in got.items():
        named = f'attachment; filename="xinmai-screen-{DAY}.{ending}"'
        assert (answer.status_code, answer.headers["content-disposition"]) == (200, named)
    book = load_workbook(io.BytesIO(got["xlsx"].content))
    assert all(cell.data_type != "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    assert HOSTILE not in got["html"].text
    assert got["pdf"].content.startswith(b"%PDF")
    assert client.get(f"/api/jobs/{screened}/download", params={"format": "exe"}).status_code == 400


def test_columns_nobody_knows_have_to_be_said(client: TestClient) -> None:
    sheet = kept(client, f"标杆,杂项\n乌有市甲木有限公司,{USCC_A}\n")
    refused = client.post("/api/screen", json={"sheet": sheet["id"], "as_of": DAY})
    assert (refused.status_code, "认不出" in refused.text) == (400, True)
    for wrong in ({"A": "nonsense"}, {"A": "lot"}, {"A": "name", "B": "name"}, {"ZZZZ": "name"}):
        assert client.post("/api/screen", json={"sheet": sheet["id"], "mapping": wrong}).status_code == 400
    job = started(client, "/api/screen", sheet=sheet["id"], mapping={"A": "name", "B": "uscc"})
    assert ended(client, job)[-1][0] == "done"
    assert [row["subject"] for row in told(client, job)["rows"]] == ["乌有市甲木有限公司"]


def test_bidders_are_compared_in_lots(client: TestClient) -> None:
    head = (
        f"投标人,统一社会信用代码,法定代表人,法定代表人身份证号,标段\n乌有市甲木有限公司,{USCC_A},张三,{PERSON_ID},一\n"
    )
    sheet = kept(client, head + f"乌有市乙火有限公司,,张三,{PERSON_ID},一\n{HOSTILE},,,,一\n")
    job = started(client, "/api/bidders", sheet=sheet["id"], law="tender")
    assert ended(client, job)[-1][0] == "done"
    result = told(client, job)
    assert [len(lot["members"]) for lot in result["lots"]] == [3]
    assert result["total"] == len(result["pairs"]) > 0
    entry = client.get(f"/api/jobs/{job}/entries/{result['pairs'][0]['key']}").json()
    assert entry["verdict"] == result["pairs"][0]["verdict"]
    assert all(path for reason in entry["reasons"] for path in reason["paths"])
    assert client.get(f"/api/jobs/{job}/entries/{result['pairs'][0]['key']}/picture").status_code == 200
    assert client.get(f"/api/jobs/{job}/entries/9-9").status_code == 404
    for ending in ("xlsx", "html", "pdf", "json"):
        assert client.get(f"/api/jobs/{job}/download", params={"format": ending}).status_code == 200
    assert PERSON_ID not in json.dumps(result) + json.dumps(entry)


def test_work_that_fails_says_why_by_the_name_its_owner_knows(client: TestClient) -> None:
    sheet = kept(client, "投标人,标段\n乌有市甲木有限公司,一\n", "一家.csv")
    job = started(client, "/api/bidders", sheet=sheet["id"], law="tender")
    name, last = ended(client, job)[-1]
    assert (name, last["state"]) == ("failed", "failed")
    assert last["error"]["message"]
    assert "/tmp" not in json.dumps(last)
    assert client.get(f"/api/jobs/{job}/result").status_code == 400


def test_an_earlier_result_is_compared(client: TestClient, screened: str) -> None:
    document = client.get(f"/api/jobs/{screened}/download", params={"format": "json"}).content
    before = client.post("/api/earlier", files={"file": ("上次.json", document)}).json()
    assert (before["rows"], before["as_of"]) == (4, DAY)
    fewer = SHEET.replace("没有这家有限公司,,,,\n", "新来的有限公司,,,,\n")
    job = started(
        client, "/api/screen", sheet=kept(client, fewer)["id"], scenario="procurement", since_last=before["id"]
    )
    ended(client, job)
    result = told(client, job)
    assert result["compared"]
    assert [row["change"] for row in result["rows"]] == ["无变化", "无变化", "无变化", "新增"]
    assert result["changed"] == 1
    assert [row["asked"] for row in told(client, job, changed=True)["rows"]] == ["新来的有限公司"]
    assert any("上次.json" in words for words in result["remarks"])
    assert client.post("/api/earlier", files={"file": ("x.json", b'{"a": 1}')}).status_code == 400
    refused = client.post("/api/screen", json={"sheet": before["id"]})
    assert (refused.status_code, "名单" in refused.text) == (400, True)


def test_a_job_is_its_callers_alone(app: FastAPI, client: TestClient, screened: str) -> None:
    sheet = kept(client)["id"]
    app.dependency_overrides[caller] = lambda: Caller("somebody else", "")
    try:
        for path in ("", "/events", "/result", "/entries/2", "/entries/2/picture", "/download"):
            assert client.get(f"/api/jobs/{screened}{path}").status_code == 404
        assert client.delete(f"/api/jobs/{screened}").status_code == 404
        assert client.get(f"/api/sheets/{sheet}").status_code == 404
        assert client.post("/api/screen", json={"sheet": sheet}).status_code == 404
        assert client.get("/api/jobs").json() == {"jobs": []}
    finally:
        app.dependency_overrides.clear()
    assert client.get(f"/api/jobs/{screened}").json()["state"] == "done"


def test_a_job_that_is_over_is_forgotten_when_deleted(client: TestClient) -> None:
    job = started(client, "/api/screen", sheet=kept(client)["id"])
    ended(client, job)
    assert client.delete(f"/api/jobs/{job}").status_code == 200
    assert client.get(f"/api/jobs/{job}/result").status_code == 404


@pytest.mark.parametrize("asked", [{"scenario": "nonsense"}, {"as_of": "2026-02-30"}, {"more": 1}, {"sheet": "x" * 99}])
def test_what_cannot_be_asked_starts_nothing(client: TestClient, asked: dict[str, Any]) -> None:
    before = len(client.get("/api/jobs").json()["jobs"])
    assert client.post("/api/screen", json={"sheet": kept(client)["id"], **asked}).status_code == 400
    assert client.post("/api/bidders", json={"sheet": kept(client)["id"], "law": "nonsense"}).status_code == 400
    assert len(client.get("/api/jobs").json()["jobs"]) == before


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd.csv", "..\\..\\windows\\x.csv", "/etc/cron.d/x.csv", "a\u202ecsv.csv", "甲" * 300 + ".csv"],
)
def test_a_file_name_is_never_a_path(app: FastAPI, client: TestClient, name: str) -> None:
    folder = app.state.sheets.folder
    shown = upload(client, SHEET, name).json().get("name", "")
    assert not set("/\\\u202e") & set(shown)
    assert len(shown) <= 120
    assert all(path.parent == folder and path.stem.isalnum() for path in folder.iterdir() if path.is_file())


def test_the_folder_is_private(app: FastAPI, client: TestClient) -> None:
    folder = app.state.sheets.folder
    kept(client)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir() if path.is_file()} == {0o600}
    jobs = [path for path in folder.iterdir() if path.is_dir()]
    assert not [path for job in jobs for path in job.glob("input*") if PERSON_ID in path.read_text("utf-8", "ignore")]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "另存为"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "密码"),
        ("a.exe", b"MZ", "只能上传"),
        ("a", b"x", "只能上传"),
        ("a.csv", b"", "空"),
        ("a.xlsx", b"PK\x03\x04" + b"\x00" * 100, "损坏"),
        ("a.csv", bytes(range(256)) * 20, "字节"),
        ("a.csv", "企业名称\n".encode(), "没有数据行"),
    ],
)
def test_files_that_are_no_lists_are_refused_by_name(
    app: FastAPI, client: TestClient, name: str, content: bytes, word: str
) -> None:
    folder = app.state.sheets.folder
    answer = upload(client, content, name)
    assert (answer.status_code, word in answer.text) == (400, True), answer.text
    assert str(folder) not in answer.text
    assert not [path for path in folder.iterdir() if path.is_file() and path.read_bytes() == content and content]


def test_more_than_allowed_is_not_taken(client: TestClient) -> None:
    answer = upload(client, b"x" * 20_000_001)
    assert (answer.status_code, "20 MB" in answer.text) == (413, True)

    def endless() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        for _ in range(400):
            yield b"x" * 65_536

    form = {"content-type": "multipart/form-data; boundary=b"}
    answer = client.post("/api/sheets", content=endless(), headers=form)
    assert (answer.status_code, "20 MB" in answer.text) == (413, True)


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_zip_that_unpacks_to_an_absurd_size_is_not_unpacked(client: TestClient, member: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(member, "w") as entry:
            for _ in range(410 if "sheet1" in member else 101):
                entry.write(b"\x00" * 1_000_000)
    answer = upload(client, packed.getvalue(), "bomb.xlsx")
    assert (answer.status_code, "过大" in answer.text) == (400, True)


def test_formulas_are_read_as_stored_and_never_worked_out(client: TestClient) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["企业名称", "信用代码"])
    sheet.append(["乌有市甲木有限公司", "=HYPERLINK(1)"])
    sheet.append(['=cmd|" /C calc"!A0', None])
    packed = io.BytesIO()
    book.save(packed)
    found = kept(client, packed.getvalue(), "f.xlsx")
    assert (found["rows"], [r["row"] for r in found["rejected"]]) == (1, [3])


@pytest.mark.parametrize(
    ("headers", "content"),
    [
        ({"content-type": "multipart/form-data"}, b"x"),
        ({"content-type": "multipart/form-data; boundary=b"}, b"no form"),
        (
            {"content-type": "multipart/form-data; boundary=b"},
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n',
        ),
        ({"content-type": "application/json"}, b"{}"),
        ({}, b""),
    ],
)
def test_what_is_no_form_is_refused(client: TestClient, headers: dict[str, str], content: bytes) -> None:
    assert client.post("/api/sheets", content=content, headers=headers).status_code == 400


@pytest.mark.parametrize("kind", ["screen", "bidders"])
def test_a_template_comes_back_as_a_list_without_rows(client: TestClient, kind: str) -> None:
    answer = client.get("/api/template", params={"kind": kind})
    assert answer.headers["content-disposition"].endswith(f'"xinmai-{kind}-template.xlsx"')
    assert upload(client, answer.content, "t.xlsx").json()["rows"] == 0
    assert client.get("/api/template", params={"kind": "other"}).status_code == 400


def test_nothing_without_the_token(client: TestClient, screened: str) -> None:
    nobody = {"authorization": "Bearer wrong"}
    assert client.post("/api/sheets", files={"file": ("a.csv", SHEET)}, headers=nobody).status_code == 401
    for path in (f"/api/jobs/{screened}/events", "/api/jobs", "/api/template?kind=screen", "/screening"):
        assert client.get(path, headers=nobody).status_code == 401
