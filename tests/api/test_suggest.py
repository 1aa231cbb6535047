"""GET /api/suggest: the agreed shape, errors in one form, and nothing personal in or out."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.api.conftest import HERE, HOLDER, HOSTILE, PERSON_ID

DAY = {"as_of": "2026-01-01"}


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Somebody with the token, once the index is made."""
    with TestClient(app, base_url=HERE, headers=HOLDER) as made:
        until = time.monotonic() + 60
        while made.get("/api/suggest", params={"q": "甲"}).json()["index"]["state"] != "ready":
            assert time.monotonic() < until
            time.sleep(0.1)
        yield made


def test_the_agreed_shape(client: TestClient) -> None:
    answer = client.get("/api/suggest", params={"q": "张", **DAY}).json()
    assert set(answer) == {"q", "suggestions", "index", "more"}
    assert set(answer["index"]) == {"state", "subjects", "built_at"}
    assert (answer["q"], answer["more"], answer["index"]["subjects"]) == ("张", False, 7)
    [found] = answer["suggestions"]
    assert set(found) == {"subject", "matched", "text", "organisation", "listed"}
    assert set(found["subject"]) == {"id", "kind", "form", "name", "uscc", "id_masked", "status"}
    assert {name: found["organisation"][name] for name in ("id", "name", "relation", "active")} == {
        "id": "B", "name": "乌有市乙火有限公司", "relation": "LEGAL_REP", "active": True,
    }  # fmt: skip


def test_listed_is_marked_and_limit_holds(client: TestClient) -> None:
    answer = client.get("/api/suggest", params={"q": "wysyh", **DAY}).json()
    assert [(s["subject"]["id"], s["listed"], s["matched"]) for s in answer["suggestions"]] == [
        ("B", ["SXBZXR"], "initials")
    ]
    answer = client.get("/api/suggest", params={"q": "同名", "limit": 1, **DAY}).json()
    assert ([s["subject"]["id"] for s in answer["suggestions"]], answer["more"]) == (["N1"], True)


def test_no_personal_number_in_or_out(client: TestClient) -> None:
    for typed in ("张三", "P", PERSON_ID, PERSON_ID[:14]):
        answer = client.get("/api/suggest", params={"q": typed, **DAY})
        assert answer.status_code == 200
        assert PERSON_ID not in answer.text
    assert client.get("/api/suggest", params={"q": PERSON_ID[:14]}).json()["suggestions"] == []
    assert client.get("/api/suggest", params={"q": PERSON_ID}).json()["suggestions"] == []


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=%20", "?q=" + "x" * 101, "?q=a&limit=0", "?q=a&limit=51", "?q=a&as_of=2026-02-30"]
)
def test_what_makes_no_sense_is_400(client: TestClient, query: str) -> None:
    answer = client.get("/api/suggest" + query)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_an_empty_question_is_told_what_to_do(client: TestClient) -> None:
    error = client.get("/api/suggest", params={"q": " "}).json()["error"]
    assert "请输入" in error["remedy"]


@pytest.mark.parametrize(
    "typed", [HOSTILE, '"', "NEAR(", "*", "%00", "\x00", "'; --", "a" * 100, "公" * 100, "%ED%A0%80"]
)
def test_hostile_text_is_only_text(client: TestClient, typed: str) -> None:
    answer = client.get("/api/suggest", params={"q": typed, **DAY})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"


def test_not_for_strangers(client: TestClient) -> None:
    assert client.get("/api/suggest", params={"q": "甲"}, headers={"authorization": "Bearer wrong"}).status_code == 401
