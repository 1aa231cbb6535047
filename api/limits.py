"""How much one request may bring, and how many heavy questions are worked on at once.

Two ASGI middlewares. `Bounds` counts the body as it comes in, whatever its header says. `Gate` lets so many heavy
questions in and makes the others wait: beyond what the machine can do at once, more of them at once only makes all
of them slow, and the light ones with them.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.failures import document
from api.language import asked_language
from graph.errors import InputError

BODY = 2_500_000  # bytes of a JSON document
UPLOAD = 20_000_000  # bytes of an uploaded form
AT_ONCE = 6  # heavy questions
PATIENCE = 15.0  # seconds one waits for its turn
HEAVY = (
    "/api/exposure", "/api/reach", "/api/findings", "/api/explain", "/api/paths", "/api/ownership", "/api/related",
    "/api/groups", "/api/report", "/api/export", "/api/view", "/api/layout",
)  # fmt: skip
TOO_LARGE = "请求内容过大"
BUSY = "服务繁忙，请稍后再试"


def size_limit(content_type: str) -> int:
    """Bytes a body of that type may have."""
    return UPLOAD if content_type.lower().startswith("multipart/form-data") else BODY


def too_large(limit: int) -> InputError:
    """What is said of a body beyond its limit."""
    wise = "名单可拆成几个文件分别上传" if limit == UPLOAD else "请减少一次查看、导出或保存的主体"
    return InputError(TOO_LARGE, remedy=f"不超过 {limit / 1_000_000:g} MB；{wise}")


class Bounds:
    """Refuses bodies beyond their limit with 413: at once where the header tells, else as soon as it is passed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, its body counted."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit, told = size_limit(headers.get("content-type", "")), headers.get("content-length", "")
        if told.isdecimal() and int(told) > limit:
            refusal = document(too_large(limit), asked_language(scope))
            await JSONResponse(refusal, 413)(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


@dataclass(slots=True)
class Crowd:
    """Heavy questions now worked on, waiting, and turned away since the start."""

    inside: int = 0
    waiting: int = 0
    refused: int = 0


class Gate:
    """Lets AT_ONCE heavy questions in; whoever waited PATIENCE seconds is told to come again."""

    def __init__(self, app: ASGIApp, crowd: Crowd, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._app, self._crowd, self._patience = app, crowd, patience
        self._places = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request when it is its turn."""
        if scope["type"] != "http" or not is_heavy(scope["path"]):
            await self._app(scope, receive, send)
        elif not await self._enter():
            self._crowd.refused += 1
            busy = InputError(BUSY, remedy="同时进行的查询过多，几秒后重试；一再如此请联系管理员")
            refusal = document(busy, asked_language(scope))
            await JSONResponse(refusal, 503, headers={"Retry-After": "5"})(scope, receive, send)
        else:
            self._crowd.inside += 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._crowd.inside -= 1
                self._places.release()

    async def _enter(self) -> bool:
        self._crowd.waiting += 1
        try:
            await asyncio.wait_for(self._places.acquire(), self._patience)
        except TimeoutError:
            return False
        finally:
            self._crowd.waiting -= 1
        return True


def is_heavy(path: str) -> bool:
    """Whether a question at that address may take the store and this process long."""
    return any(path == heavy or path.startswith(heavy + "/") for heavy in HEAVY)
