"""Whatever anybody sends: never a fault of ours, and every answer as /openapi.json says. Requests are generated."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import HERE, HOLDER

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# Requests of each operation and mode: the short run keeps what the long one found.
SHORT, LONG = 2, 60
PAIR = re.compile(r'"prefixItems": \[(\{[^{}]*\}), \1\]')
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
KNOWN = st.sampled_from(["A", "B", "P", "H", "L1", "同名有限公司", "nobody", "A,B"])
NAMING = ("subject", "a", "b", "source", "target")  # parameters that name somebody


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Somebody with the token, who is told of a fault as users are."""
    with TestClient(app, base_url=HERE, headers=HOLDER, raise_server_exceptions=False) as served:
        yield served


def named(case: Any, draw: Any) -> None:
    """Ask of somebody there is as often as of nobody: most of what can break lies behind that."""
    for part in (case.query, case.path_parameters):
        for name in NAMING if isinstance(part, dict) else ():
            if name in part and draw(st.booleans()):
                part[name] = draw(KNOWN)


def as_files(parts: Any) -> Any:
    """Parts of a form as the client sends them: a number made for a file is its digits."""
    if isinstance(parts, dict):
        return {name: as_files(part) for name, part in parts.items()}
    if isinstance(parts, list | tuple):
        return type(parts)(as_files(part) for part in parts)
    return str(parts) if isinstance(parts, int | float) else parts


def attack(client: TestClient, operation: Any, mode: GenerationMode, most: int) -> int:
    """`most` requests of one operation, fitting its description or not; how many there were."""
    sent = 0

    @settings(
        max_examples=most,
        deadline=None,
        database=None,
        derandomize=most == SHORT,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def one(data: st.DataObject) -> None:
        nonlocal sent
        case = data.draw(operation.as_strategy(generation_mode=mode))
        named(case, data.draw)
        request = case.as_transport_kwargs(base_url=HERE)
        request.pop("cookies", None)
        if isinstance(request.get("data"), str | bytes):
            request["content"] = request.pop("data")
        if "files" in request:
            request["files"] = as_files(request["files"])
        answer = client.request(**request, follow_redirects=False)
        sent += 1
        # What was sent in pieces is gone, and the checks want to look at it.
        answer.request = type(answer.request)(answer.request.method, answer.request.url, headers=answer.request.headers)
        case.validate_response(answer, checks=CHECKS)

    with suppress(Unsatisfiable):  # nothing that would not fit can be made of it
        one()
    return sent


def attack_all(app: FastAPI, client: TestClient, most: int) -> int:
    """Every operation that is described, either way."""
    told = json.dumps(app.openapi())
    # The generator does not know arrays told item by item; ours are pairs of the same.
    described = schemathesis.openapi.from_dict(json.loads(PAIR.sub(r'"items": \1', told)))
    found = list(described.get_all_operations())
    operations = [one.ok() for one in found if isinstance(one, Ok)]
    assert len(operations) == len(found)  # all of it can be understood
    sent = {(one.label, mode): attack(client, one, mode, most) for one in operations for mode in MODES}
    assert not [one for (one, mode), number in sent.items() if mode is GenerationMode.POSITIVE and not number]
    return sum(sent.values())


def test_nothing_that_is_sent_breaks_the_service(app: FastAPI, client: TestClient) -> None:
    assert attack_all(app, client, SHORT) > 80


@pytest.mark.long
def test_nothing_that_is_sent_in_numbers_breaks_it(app: FastAPI, client: TestClient) -> None:
    assert attack_all(app, client, LONG) > 2_000
