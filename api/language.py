"""The language an HTTP request asks to be answered in: Chinese, unless it says English."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope


def asked_language(scope: Scope) -> str:
    """zh or en: that of the query's `lang`, else of a header Accept-Language that begins with en, else Chinese."""
    said = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[-1]
    told = said or Headers(scope=scope).get("accept-language", "")
    return "en" if told.strip().lower().startswith("en") else "zh"


def language_of(request: Request) -> str:
    """The same, for routes that depend on it."""
    return asked_language(request.scope)
