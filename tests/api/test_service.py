"""The HTTP service: answers of the contract, errors in one form, and a door that stays shut to strangers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.access import SECURITY, Access
from api.app import create_app
from graph.store import Store
from tests.api.conftest import HOSTILE, PERSON_ID
from tests.loaders.packages import USCC_A

TOKEN = "a-token-of-the-test"
HERE = "http://127.0.0.1:8710"
PATHS = {
    "/api/bidders", "/api/earlier", "/api/evidence", "/api/expand", "/api/explain", "/api/export", "/api/exposure",
    "/api/findings", "/api/groups", "/api/investigations", "/api/investigations/{key}", "/api/jobs",
    "/api/jobs/{job}", "/api/jobs/{job}/download", "/api/jobs/{job}/entries/{key}",
    "/api/jobs/{job}/entries/{key}/picture", "/api/jobs/{job}/events", "/api/jobs/{job}/result", "/api/layout",
    "/api/listings", "/api/lists", "/api/ownership", "/api/ownership/tree", "/api/paths", "/api/policy", "/api/reach",
    "/api/regimes", "/api/regimes/{regime}", "/api/related", "/api/report", "/api/rules", "/api/rules/{rule}",
    "/api/same", "/api/same/undo", "/api/scenarios", "/api/scenarios/{code}", "/api/screen", "/api/sheets",
    "/api/sheets/{sheet}", "/api/snapshot", "/api/sources", "/api/subject/{subject}", "/api/suggest", "/api/template",
    "/api/view", "/api/vocabulary", "/healthz", "/metrics", "/readyz",
}  # fmt: skip
DAY = {"as_of": "2026-01-01"}


@pytest.fixture(scope="module")
def stranger(graph: Store) -> Iterator[TestClient]:
    """Somebody without the token."""
    with TestClient(create_app(graph.location, access=Access.of(TOKEN)), base_url=HERE) as client:
        yield client


@pytest.fixture
def client(stranger: TestClient) -> Iterator[TestClient]:
    """Somebody with the token, forgotten after the test."""
    stranger.headers["authorization"] = f"Bearer {TOKEN}"
    yield stranger
    del stranger.headers["authorization"]
    stranger.cookies.clear()


def test_exposure_is_the_contracts_answer(client: TestClient) -> None:
    answer = client.get("/api/exposure", params={"subject": USCC_A, **DAY}).json()
    assert answer["subject"]["id"] == "A"
    assert answer["as_of"] == "2026-01-01"
    found = {(e["listing"]["id"], e["hops"], e["listed_subject"]["id"], e["class"]) for e in answer["exposures"]}
    assert found == {("L1", 1, "B", "ALERT")}
    assert [e["record"] for e in answer["exposures"][0]["path"]["edges"]] == ["r:1"]


def test_a_subject_is_found_by_id_code_and_name(client: TestClient) -> None:
    cards = [client.get(f"/api/subject/{asked}", params=DAY).json() for asked in ("A", USCC_A, "乌有市甲木有限公司")]
    assert {card["subject"]["id"] for card in cards} == {"A"}
    assert {(r["type"], r["other"]["id"]) for r in cards[0]["relations"]} == {("SHAREHOLDER", "B"), ("LEGAL_REP", "P")}


def test_reach_tells_whom_a_listing_binds_and_whom_it_comes_near(client: TestClient) -> None:
    answer = client.get("/api/reach", params={"subject": "L1", **DAY}).json()
    assert ("R01", "P", "STATUTORY") in {(f["rule"], f["target"]["id"], f["class"]) for f in answer["consequences"]}
    assert {e["class"] for e in answer["exposures"]} == {"ALERT"}


def test_listings_and_paths(client: TestClient) -> None:
    entries = client.get("/api/listings", params={"list": "SXBZXR", **DAY}).json()
    assert [(e["id"], e["subject"]["id"]) for e in entries["listings"]] == [("L1", "B")]
    found = client.get("/api/paths", params={"a": "H", "b": "P", **DAY}).json()
    assert [[node["id"] for node in path["nodes"]] for path in found["paths"]] == [["H", "B", "P"]]
    assert client.get("/api/paths", params={"a": "C", "b": "P", **DAY}).json()["paths"] == []


def test_the_report_is_a_download_in_which_hostile_text_is_only_text(client: TestClient) -> None:
    answer = client.get("/api/report", params={"subject": "H", **DAY})
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-disposition"] == 'attachment; filename="xinmai-H-2026-01-01.html"'
    assert HOSTILE not in answer.text
    assert "<script>window" not in answer.text


def test_an_ended_relation_exposes_nobody(client: TestClient) -> None:
    answer = client.get("/api/exposure", params={"subject": "C", **DAY}).json()
    assert (answer["listed"], answer["exposures"]) == ([], [])


def test_rows_beyond_the_limit_are_counted_and_the_answer_says_so(client: TestClient) -> None:
    answer = client.get("/api/reach", params={"subject": "L1", "limit": 1, **DAY}).json()
    assert len(answer["exposures"]) == 1
    assert answer["left_out"] > 0
    assert answer["complete"] is False


def test_no_personal_number_leaves(client: TestClient) -> None:
    for path, parameters in (
        ("/api/exposure", {"subject": "P"}),
        ("/api/reach", {"subject": "B"}),
        ("/api/exposure", {"subject": PERSON_ID}),
    ):
        assert PERSON_ID not in client.get(path, params={**parameters, **DAY}).text


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/api/exposure?subject=nobody", 404, "nobody"),
        ("/api/exposure?subject=同名有限公司", 409, "N1"),
        ("/api/exposure?subject=A&hops=99", 400, "hops"),
        ("/api/exposure?subject=A&hops=x", 400, "hops"),
        ("/api/exposure?subject=A&as_of=2026-02-30", 400, "as_of"),
        ("/api/exposure?subject=A&limit=0", 400, "limit"),
        ("/api/exposure?subject=", 400, "subject"),
        ("/api/exposure", 400, "subject"),
        ("/api/exposure?subject=" + "x" * 300, 400, "subject"),
        ("/api/listings?list=NONSENSE", 400, "NONSENSE"),
        ("/api/paths?a=A&b=B&types=NONSENSE", 400, "NONSENSE"),
        ("/api/report?subject=nobody", 404, "nobody"),
        ("/api/subject/nobody", 404, "nobody"),
        ("/api/nothing", 404, "没有这个地址"),
    ],
)
def test_errors_have_one_form(client: TestClient, path: str, status: int, word: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert {"message", "file", "line", "value", "remedy"} <= set(answer.json()["error"])
    assert word in answer.text
    assert "Traceback" not in answer.text


def test_an_unforeseen_error_tells_nothing_but_keeps_the_headers(graph: Store) -> None:
    app = create_app(graph.location, access=Access.of(TOKEN))

    @app.get("/breaks")
    def breaks() -> None:
        raise ZeroDivisionError("secret detail")

    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        answer = client.get("/breaks", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == SECURITY["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/", "/api/exposure?subject=A", "/api/policy", "/openapi.json", "/static/js/theme.js"]
)
def test_without_the_token_nothing_is_told(stranger: TestClient, path: str) -> None:
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": f"Basic {TOKEN}"}, {"cookie": "xinmai=x"}):
        answer = stranger.get(path, headers=headers)
        assert answer.status_code == 401
        assert "甲木" not in answer.text


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_open_and_says_nothing_else(stranger: TestClient, path: str) -> None:
    assert stranger.get(path).json() == {"status": "ok"}


def test_the_token_in_the_address_becomes_a_cookie_scripts_cannot_read(stranger: TestClient) -> None:
    entered = stranger.get("/", params={"token": TOKEN}, follow_redirects=False)
    cookie = entered.headers["set-cookie"]
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert stranger.get("/api/policy").status_code == 200
    again = stranger.get("/", params={"token": TOKEN}, follow_redirects=False)
    assert (again.status_code, again.headers["location"]) == (
        303,
        "/",
    )  # not kept in the address with the cookie either
    stranger.cookies.clear()
    assert stranger.get("/", params={"token": "wrong"}).status_code == 401
    assert stranger.get("/api/policy", params={"token": TOKEN}).status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8710", "user@evil.example", "[::bad", ""]
)
def test_another_sites_name_is_refused_even_with_the_token(client: TestClient, host: str) -> None:
    assert client.get("/api/policy", headers={"host": host}).status_code == 421
    assert client.get("/healthz", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8710", "127.0.0.1", "[::1]:8710", "LOCALHOST", "192.0.2.7:8000"])
def test_our_own_names_and_bare_addresses_are_known(client: TestClient, host: str) -> None:
    assert client.get("/api/policy", headers={"host": host}).status_code == 200


def test_a_name_given_at_start_is_known() -> None:
    access = Access.of(TOKEN, ["Credit.Example"])
    assert access.knows_host("credit.example:443")
    assert not access.knows_host("other.example")
    assert TOKEN not in repr(access)


@pytest.mark.parametrize("path", ["/", "/api/policy", "/static/js/theme.js", "/nothing", "/healthz"])
def test_every_answer_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers[name] for name in SECURITY} == SECURITY


def test_a_hostile_name_stays_data(client: TestClient) -> None:
    answer = client.get("/api/exposure", params={"subject": "H", **DAY})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["subject"]["name"] == HOSTILE


def test_openapi_describes_every_route_with_examples(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == PATHS
    schemas = described["components"]["schemas"]
    assert schemas["Subject"]["properties"]["name"]["examples"]
    assert "as_of" in {p["name"] for p in described["paths"]["/api/exposure"]["get"]["parameters"]}
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert operation.get("description"), path
            asked = [p for p in operation.get("parameters", ()) if p["required"]]
            assert all("example" in str(p) for p in asked), (method, path)
            for kind, body in operation.get("requestBody", {}).get("content", {}).items():
                name = body["schema"].get("$ref", "").rpartition("/")[2]
                assert "example" in str(schemas.get(name, body)) or "form" in kind, (method, path)
            assert "422" not in operation["responses"]
