"""Who may speak to the service: the right host name, the right token; and what every answer tells browsers.

The service is for one machine, or sits behind a proxy. A page on another site must not be able to use it through
a visitor's browser: its name is not ours (DNS rebinding), it does not hold the token, and may not frame us.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.failures import document
from api.language import asked_language
from graph.errors import InputError

# What load balancers ask; they say nothing of the data.
OPEN = frozenset({"/healthz", "/readyz"})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def new_token() -> str:
    """A token nobody can guess: 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Access:
    """The token asked for, and the host names (without port) we answer to besides this machine's own."""

    token: str = field(repr=False)
    hosts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, token: str, hosts: Iterable[str] = ()) -> Access:
        """With host names in any case."""
        return cls(token, frozenset(host.lower() for host in hosts))

    @property
    def cookie(self) -> str:
        """The cookie's name: another service on another port of this machine has another."""
        return "xinmai-" + hashlib.sha256(self.token.encode()).hexdigest()[:12]

    def knows_host(self, header: str) -> bool:
        """Whether a Host header names us. A bare address is nobody's name, so no site can rebind it."""
        try:
            host = urlsplit(f"//{header}").hostname or ""
        except ValueError:
            return False
        return host in LOOPBACK | self.hosts or _is_address(host)

    def same_site(self, headers: Headers) -> bool:
        """Whether a request that changes something comes from a page of ours, or from no page at all."""
        origin = headers.get("origin")
        return origin is None or origin.lower().partition("://")[2] == headers.get("host", "").lower()

    def holds(self, given: str) -> bool:
        """Whether this is the token, compared in constant time."""
        return secrets.compare_digest(given.encode(), self.token.encode())

    def admits(self, headers: Headers) -> bool:
        """Whether a request carries the token: `Authorization: Bearer …`, or the cookie."""
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self.holds(bearer.strip())
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return cookie is not None and self.holds(cookie.value)


class Door:
    """ASGI middleware that lets in what `Access` admits, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers[name] = value
            await send(message)

        await (self._refusal(scope) or self._app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers, path, lang = Headers(scope=scope), scope["path"], asked_language(scope)
        if not self._access.knows_host(headers.get("host", "")):
            return _no(lang, 421, "不认识的访问域名", "用启动时打印的地址访问；经代理访问时用 --allow-host 指明域名")
        if scope["method"] not in SAFE and not self._access.same_site(headers):
            return _no(lang, 403, "此请求来自别的网站，已拒绝", "从信脉自己的页面操作；程序调用时不要带 Origin 请求头")
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0] if path == "/" else ""
        if not given and (path in OPEN or self._access.admits(headers)):
            return None
        if given and self._access.holds(given):
            # The token goes from the address, where histories keep it, into a cookie scripts cannot read.
            entered = RedirectResponse("/", status_code=303)
            entered.set_cookie(self._access.cookie, self._access.token, httponly=True, samesite="strict")
            return entered
        return _no(
            lang,
            401,
            "缺少访问令牌或令牌不对",
            "用启动时打印的带令牌的地址打开，或在请求头写 Authorization: Bearer 令牌",
        )


def _no(lang: str, status: int, message: str, remedy: str) -> Response:
    return JSONResponse(document(InputError(message, remedy=remedy), lang), status)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
