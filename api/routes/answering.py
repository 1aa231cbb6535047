"""How an answer leaves a route that may be asked often."""

from __future__ import annotations

from fastapi import Response

from api.out import Out


def told(answer: Out) -> Response:
    """The answer as JSON, written by the thread that found it.

    Given back as it is, it would wait for a second thread that looks whether it is of its own type. The route names
    its type as `response_model`.
    """
    return Response(answer.model_dump_json(by_alias=True), media_type="application/json")
