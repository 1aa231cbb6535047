"""The explorer's routes: pieces of a network, places, files to take away, saved investigations."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import HOSTILE, PERSON_ID
from tests.loaders.packages import USCC_A

DAY = {"as_of": "2026-01-01"}
EVERYBODY = ["A", "B", "C", "H", "P"]


def test_expand_finds_by_code_and_marks_who_is_listed(client: TestClient) -> None:
    told = client.get("/api/expand", params={"subject": USCC_A, **DAY}).json()
    assert [(r["other"]["id"], [x["id"] for x in r["listed"]]) for r in told["relations"]] == [("B", ["L1"]), ("P", [])]
    assert (told["total"], told["more"]) == (2, False)
    assert PERSON_ID not in json.dumps(told)
    ended: dict[str, Any] = {
        "subject": "P",
        "type": ["LEGAL_REP", "DIRECTOR"],
        "direction": "out",
        "active": False,
        **DAY,
    }
    assert [r["active"] for r in client.get("/api/expand", params=ended).json()["relations"]] == [True, True, False]


@pytest.mark.parametrize("wrong", [{"type": "OWNS"}, {"limit": 101}, {"order": "size"}, {"direction": "up"}])
def test_expand_refuses_what_it_does_not_know(client: TestClient, wrong: dict[str, str]) -> None:
    answer = client.get("/api/expand", params={"subject": "A", **wrong})
    assert (answer.status_code, "error" in answer.json()) == (400, True)


def test_view_and_its_bounds(client: TestClient) -> None:
    told = client.post("/api/view", json={"ids": [*EVERYBODY, "nobody"], **DAY}).json()
    assert {(e["type"], e["source"], e["target"]) for e in told["edges"]} == {
        ("SHAREHOLDER", "A", "B"), ("SHAREHOLDER", "H", "B"), ("LEGAL_REP", "P", "A"), ("LEGAL_REP", "P", "B"),
    }  # fmt: skip
    assert told["missing"] == ["nobody"]
    too_many = client.post("/api/view", json={"ids": [f"n{i}" for i in range(1_501)]})
    assert (too_many.status_code, too_many.json()["error"]["value"]) == (400, "1501")


def test_layout_leaves_what_has_a_place(client: TestClient) -> None:
    asked = {"nodes": [{"id": "A", "x": 5, "y": -7}, {"id": "B"}], "edges": [["A", "B"]], "kind": "force"}
    first = client.post("/api/layout", json=asked).json()
    assert first["positions"]["A"] == [5, -7]
    assert first["positions"]["B"] != [5, -7]
    assert client.post("/api/layout", json=asked).json() == first
    endless = '{"nodes": [{"id": "A", "x": 1e400, "y": 0}]}'
    assert client.post("/api/layout", content=endless, headers={"content-type": "application/json"}).status_code == 400
    many = {"nodes": [{"id": str(i)} for i in range(1_501)]}
    assert client.post("/api/layout", json=many).status_code == 400


def taken(client: TestClient, form: str, ending: str, **more: object) -> bytes:
    answer = client.post("/api/export", json={"format": form, "ids": EVERYBODY, **DAY, **more})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="xinmai-2026-01-01.{ending}"')
    return answer.content


def export(client: TestClient, form: str, **more: object) -> str:
    return taken(client, form, form, **more).decode()


def tables(client: TestClient, **more: object) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(taken(client, "csv", "zip", **more))) as packed:
        return {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_drawing_is_text_that_neither_runs_nor_fetches(client: TestClient) -> None:
    drawn = export(client, "svg", title=f"核查{HOSTILE}", positions={"A": [0, 0], "B": [400, 0]}, hidden_types=["KIN"])
    root = ET.fromstring(drawn)
    tags = {element.tag.split("}")[1] for element in root.iter()}
    assert tags <= {"svg", "title", "style", "rect", "path", "text", "g", "circle"}
    assert drawn.count("http") == 1  # the name space
    words = "".join(root.itertext())
    for expected in (
        "核查",
        "乌有市甲木",
        "张三",
        "2026-01-01",
        "关联提示，不构成失信惩戒依据",
        "未画出的关系：亲属",
        "Noto Sans CJK SC",
    ):
        assert expected in words
    assert PERSON_ID not in drawn
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


def test_tables_and_graph_data(client: TestClient) -> None:
    told = tables(client, hidden_types=["LEGAL_REP"], ids=[*EVERYBODY, "13912345678"])
    assert list(told) == ["主体.csv", "关系.csv", "说明.txt"]
    subjects, relations = rows(told["主体.csv"]), rows(told["关系.csv"])
    assert {row["编号"] for row in subjects} == set(EVERYBODY)
    assert {row["关系"] for row in relations} == {"股东"}
    assert next(row["本身列入"] for row in subjects if row["编号"] == "B").startswith("失信被执行人")
    for row in (*subjects, *relations):
        assert (row["基准日"], row["提示"]) == ("2026-01-01", "关联提示，不构成失信惩戒依据")
        assert not any((cell or "").startswith(("=", "+", "-", "@")) for cell in row.values())
    for expected in ("2026-01-01", "不构成失信惩戒依据", "未画出的关系：法定代表人", "1 个编号未找到"):
        assert expected in told["说明.txt"]
    assert PERSON_ID not in "".join(told.values())
    english = tables(client, lang="en")
    assert list(english) == ["subjects.csv", "relations.csv", "about.txt"]
    assert rows(english["relations.csv"])[0]["As of"] == "2026-01-01"
    for form in ("graphml", "gexf"):
        assert "乌有市甲木有限公司" in "".join(ET.fromstring(export(client, form)).itertext()) or form == "gexf"
    text = export(client, "json", positions={"A": [1, 2]}, ids=[*EVERYBODY, "13912345678"])
    data = json.loads(text)
    assert data["positions"]["A"] == [1, 2]
    assert set(data["positions"]) == set(EVERYBODY)
    assert data["notice"] == "关联提示，不构成失信惩戒依据"
    assert (data["missing"], "13912345678" in text) == (1, False), "what nobody has is not handed on"


def test_a_file_holds_what_the_screen_shows(client: TestClient) -> None:
    def states(**more: object) -> Counter[str]:
        return Counter(row["当日效力"] for row in rows(tables(client, **more)["关系.csv"]))

    plain, ended = states(), states(ended=True)
    assert set(plain) == {"现行"}
    assert ended["已终止"] > 0
    assert ended["现行"] == plain["现行"], "what is over is added, nothing goes"
    begun = [row["起"] for row in rows(tables(client)["关系.csv"])]
    late = tables(client, began_from="2100-01-01")
    assert [row["起"] for row in rows(late["关系.csv"])] == [""] * begun.count(""), "without a beginning it stays"
    assert "只含起始于 2100-01-01" in late["说明.txt"]
    near = {"A": {"band": "medium", "score": 0.51}}
    drawing = export(client, "svg", nearness=near, unexpanded={"A": 46}, ended=True)
    for mark in ("◆ 中 0.51", "+46", "含当日无效"):
        assert mark in drawing
    assert [row["接近程度"] for row in rows(tables(client, nearness=near)["主体.csv"]) if row["编号"] == "A"] == [
        "中 0.51"
    ]


def test_export_refuses_what_it_cannot_draw(client: TestClient) -> None:
    refused: tuple[dict[str, object], ...] = (
        {"format": "pdf"},
        {"hidden_types": ["OWNS"]},
        {"ids": []},
        {"positions": {"A": [1e9, 0]}},
    )
    for wrong in refused:
        assert client.post("/api/export", json={"format": "svg", "ids": ["A"], **wrong}).status_code == 400
    assert client.post("/api/export", json={"format": "svg", "ids": ["nobody"]}).status_code == 404


def test_an_investigation_is_saved_changed_and_deleted(client: TestClient) -> None:
    made = client.post("/api/investigations", json={"name": "核查", "view": {"nodes": ["A"]}})
    assert made.status_code == 201
    place = f"/api/investigations/{made.json()['id']}"
    assert client.get(place).json() == made.json()
    second = client.put(place, json={"name": "核查二", "view": {}, "version": 1}).json()
    assert (second["name"], second["version"]) == ("核查二", 2)
    stale = client.put(place, json={"name": "旧", "view": {}, "version": 1})
    assert (stale.status_code, "第 2 版" in stale.json()["error"]["message"]) == (409, True)
    endless = client.put(place, json={"name": "旧", "view": {}, "version": 10**30})
    assert endless.status_code == 400
    (head,) = client.get("/api/investigations").json()["investigations"]
    assert (head["name"], "view" in head) == ("核查二", False)
    assert client.delete(place).status_code == 200
    for gone in (
        client.get(place),
        client.delete(place),
        client.put(place, json={"name": "x", "view": {}, "version": 2}),
    ):
        assert (gone.status_code, "没有编号" in gone.json()["error"]["message"]) == (404, True)


def test_a_view_too_large_is_not_saved(client: TestClient) -> None:
    large = client.post("/api/investigations", json={"name": "大", "view": {"x": "y" * 2_000_001}})
    assert large.status_code in {400, 413}
    assert client.get("/api/investigations").json()["investigations"] == []


def test_strangers_get_nothing(client: TestClient) -> None:
    for method, path in (("GET", "/api/expand?subject=A"), ("POST", "/api/layout"), ("GET", "/api/investigations")):
        assert client.request(method, path, headers={"authorization": "Bearer wrong"}).status_code == 401
