"""What the service refuses, and how it says so: other sites, large bodies, crowds, wrong words; and what it counts."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api.access import SECURITY, Access
from api.app import create_app
from api.limits import BODY, UPLOAD, Crowd, Gate, is_heavy
from api.routes.asking import caller
from graph.store import Store

TOKEN = "a-token-of-the-test"
HERE = "http://127.0.0.1:8710"
BODY_OF = {"a": "N1", "b": "N2", "same": False, "reason": "x"}
# Open to all: they say nothing of the data. The start pages are files.
WITHOUT_CALLER = {"/healthz"}


@pytest.fixture(scope="module")
def app(graph: Store) -> FastAPI:
    """The service, not started yet."""
    return create_app(graph.location, access=Access.of(TOKEN, ["credit.example"]))


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Somebody with the token."""
    headers = {"authorization": f"Bearer {TOKEN}"}
    with TestClient(app, base_url=HERE, headers=headers, raise_server_exceptions=False) as served:
        yield served


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:8711",
        "http://localhost:8710",
        "http://127.0.0.1:8710.evil.example",
        "http://127.0.0.1:8710@evil.example",
        "null",
        "",
        "http://[::bad",
    ],
)
def test_a_page_of_another_origin_changes_nothing(client: TestClient, origin: str) -> None:
    for method, path in (("POST", "/api/same"), ("POST", "/api/same/undo"), ("DELETE", "/api/jobs/x")):
        refused = client.request(method, path, json=BODY_OF, headers={"origin": origin})
        assert refused.status_code == 403, origin
        assert "别的网站" in refused.json()["error"]["message"]
        assert {name: refused.headers[name] for name in SECURITY} == SECURITY
    assert client.get("/api/same").json()["decisions"] == []
    assert client.get("/api/policy", headers={"origin": origin}).status_code == 200


def test_our_own_pages_and_programs_may_change_things(client: TestClient) -> None:
    wrong = {**BODY_OF, "reason": ""}  # gets as far as being read
    assert client.post("/api/same", json=wrong).status_code == 400
    assert client.post("/api/same", json=wrong, headers={"origin": HERE}).status_code == 400
    named = {"origin": "https://credit.example", "host": "credit.example"}
    assert client.post("/api/same", json=wrong, headers=named).status_code == 400


def test_no_answer_may_be_framed_sniffed_or_kept(client: TestClient) -> None:
    for method, path in (("GET", "/"), ("GET", "/api/policy"), ("GET", "/nothing"), ("POST", "/api/policy")):
        headers = client.request(method, path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-frame-options"], headers["x-content-type-options"]) == ("DENY", "nosniff")
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers


def callers(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from callers(inner)


def routes(app: FastAPI) -> list[APIRoute]:
    return [route for route in walked(app.router.routes) if isinstance(route, APIRoute)]


def walked(found: object) -> Iterator[object]:
    """All routes, also those of routers that are included as they are."""
    for route in found if isinstance(found, list) else []:
        yield route
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        yield from walked(getattr(inner, "routes", None))


def test_every_route_knows_its_caller(app: FastAPI) -> None:
    served = routes(app)
    assert len(served) > 30
    # A router may ask for the caller on behalf of all its routes.
    anonymous = {route.path for route in served if route.include_in_schema and caller not in callers(route.dependant)}
    assert anonymous <= WITHOUT_CALLER


def test_a_body_beyond_the_limit_is_refused_whatever_its_header_says(client: TestClient) -> None:
    large = b'{"a": "' + b"x" * BODY + b'"}'
    kind = {"content-type": "application/json"}
    told = client.post("/api/same", content=large, headers=kind)
    untold = client.post("/api/same", content=iter([large[:1000], large[1000:]]), headers=kind)
    for refused in (told, untold):
        assert refused.status_code == 413
        assert "不超过 2.5 MB" in refused.json()["error"]["remedy"]
        assert refused.headers["x-frame-options"] == "DENY"
    form = {"content-type": "multipart/form-data; boundary=x"}
    assert client.post("/api/sheets", headers={**form, "content-length": str(UPLOAD + 1)}).status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "status", "words"),
    [
        ("GET", "/nothing", 404, "没有这个地址"),
        ("POST", "/api/policy", 405, "不接受这种请求方法"),
        ("DELETE", "/api/exposure", 405, "不接受这种请求方法"),
        ("GET", "/api/exposure?subject=A&hops=x", 400, "参数 hops 应为整数"),
        ("GET", "/api/exposure?subject=A&as_of=2026-02-30", 400, "参数 as_of 不是有效日期"),
        ("GET", "/api/exposure?subject=A&as_of=20260601", 400, "参数 as_of 不是有效日期"),
        ("GET", "/api/exposure?subject=A&limit=0", 400, "不小于 1"),
        ("GET", "/api/exposure?subject=A&limit=10001", 400, "不大于 10000"),
        ("GET", "/api/exposure", 400, "参数 subject 没有给出"),
        ("GET", "/api/exposure?subject=", 400, "至少 1 个字符"),
        ("GET", "/api/exposure?subject=" + "x" * 300, 400, "不超过 200 个字符"),
        ("GET", "/api/exposure?subject=A&replay=maybe", 400, "true 或 false"),
        ("GET", "/api/ownership?subject=A&threshold=nan", 400, "参数 threshold"),
        ("GET", "/api/ownership?subject=A&threshold=1", 400, "小于 1"),
        ("GET", "/api/groups?subject=A&kind=none", 400, "可用：corporate、guarantee、contacts、phoenix、community"),
        ("GET", "/api/vocabulary?lang=fr", 400, "可用：zh-CN、en"),
    ],
)
def test_refusals_are_chinese_and_say_what_to_do(
    client: TestClient, method: str, path: str, status: int, words: str
) -> None:
    refused = client.request(method, path)
    error = refused.json()["error"]
    assert (refused.status_code, words in f"{error['message']} {error['remedy']}") == (status, True), error
    assert error["remedy"]
    for english in ("Input", "should", "valid", "Not Found", "Method", "Field"):
        assert english not in error["message"] + error["remedy"]


def test_a_method_that_is_not_allowed_names_those_that_are(client: TestClient) -> None:
    assert "GET" in client.post("/api/policy").headers["allow"]


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("application/json", b"{", 400),
        ("application/json", b"\xff\xfe", 400),
        ("application/json", b'{"a":"\\ud800","b":"B","same":true,"reason":"x"}', 400),
        ("application/json", b"[" * 20_000, 400),
        ("text/plain", b"a=1", 415),
        ("application/x-www-form-urlencoded", b"a=1&b=2", 415),
        ("application/json", b"", 400),
    ],
)
def test_bodies_nobody_can_read(client: TestClient, kind: str, content: bytes, status: int) -> None:
    refused = client.post("/api/same", content=content, headers={"content-type": kind})
    assert refused.status_code == status, refused.text
    assert re.search("[一-鿿]", refused.json()["error"]["message"])


def test_metrics_count_by_template_and_never_by_address(client: TestClient) -> None:
    client.get("/api/subject/A")
    client.get("/api/subject/nobody-of-that-name")
    client.get("/secret-address")
    told = client.get("/metrics")
    assert told.headers["content-type"].startswith("text/plain")
    for line in (
        'xinmai_requests_total{method="GET",route="/api/subject/{subject}",status="200"}',
        'xinmai_requests_total{method="GET",route="/api/subject/{subject}",status="404"}',
        'xinmai_request_seconds_bucket{le="0.5",route="/api/subject/{subject}"}',
        'xinmai_requests_total{method="GET",route="none",status="404"}',
        "xinmai_heavy_waiting 0.0",
        "xinmai_jobs_running 0.0",
        "xinmai_search_ready",
        "process_resident_memory_bytes",
    ):
        assert line in told.text.replace("{subject:path}", "{subject}"), line
    assert "nobody-of-that-name" not in told.text
    assert "secret-address" not in told.text


def test_metrics_need_the_token(client: TestClient) -> None:
    assert client.get("/metrics", headers={"authorization": ""}).status_code == 401
    assert client.get("/metrics", headers={"authorization": ""}).headers["x-frame-options"] == "DENY"


def test_each_service_counts_for_itself(graph: Store, client: TestClient) -> None:
    other = create_app(graph.location, access=Access.of(TOKEN))
    assert b"/api/subject" not in other.state.metrics.text()[0]


def test_a_crowd_waits_and_then_is_told_to_come_again() -> None:
    crowd = Crowd()
    said: list[bytes] = []

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.3)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def nothing() -> Message:
        return {"type": "http.request"}

    async def ask(gate: Gate, path: str) -> int:
        statuses = []

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
                said.extend(name for name, _ in message["headers"])

        await gate({"type": "http", "path": path, "method": "GET", "headers": []}, nothing, send)
        return int(statuses[0])

    async def everybody(patience: float) -> list[int]:
        gate = Gate(slow, crowd, at_once=1, patience=patience)
        return await asyncio.gather(*(ask(gate, path) for path in ("/api/related", "/api/related", "/api/policy")))

    assert asyncio.run(everybody(5.0)) == [200, 200, 200]
    assert crowd == Crowd(0, 0, 0)
    assert asyncio.run(everybody(0.05)) == [200, 503, 200]
    assert crowd == Crowd(0, 0, 1)
    assert b"retry-after" in said


def test_what_is_heavy() -> None:
    assert is_heavy("/api/ownership")
    assert is_heavy("/api/ownership/tree")
    assert not is_heavy("/api/ownerships")
    assert not is_heavy("/api/suggest")
    assert not is_heavy("/healthz")
