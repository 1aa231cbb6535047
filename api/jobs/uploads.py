"""A file taken from a multipart request. How much may come in at all, `api.limits` counts piece by piece."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from graph.errors import InputError

_REMEDY = "用页面的“选择文件”上传；程序调用时以 multipart/form-data 的 file 字段上传一个文件"


class _EndedError(MultiPartException):
    """A body that was cut off: of this kind, so that the parser lets go of its files."""

    def __init__(self, cause: HTTPException) -> None:
        super().__init__("cut off")
        self.cause = cause


async def received(request: Request) -> UploadFile:
    """The field `file`, which its taker closes. Raises InputError for what is no such form, HTTPException 413."""
    if "multipart/form-data" not in request.headers.get("content-type", ""):
        raise InputError("请求里没有文件", remedy=_REMEDY)
    parser = MultiPartParser(request.headers, _pieces(request), max_files=1, max_fields=4)
    try:
        form = await parser.parse()
    except _EndedError as error:
        raise error.cause from error
    except (MultiPartException, KeyError, ValueError) as error:
        raise InputError("上传的内容无法读取", value=str(error)[:80], remedy=_REMEDY) from error
    found = form.get("file")
    if not isinstance(found, UploadFile):
        await form.close()
        raise InputError("请求里没有文件", remedy=_REMEDY)
    return found


async def written(upload: UploadFile, path: Path) -> None:
    """Write an upload to a file of ours."""
    content = await upload.read()
    await run_in_threadpool(path.write_bytes, content)


async def _pieces(request: Request) -> AsyncGenerator[bytes, None]:
    try:
        async for piece in request.stream():
            yield piece
    except HTTPException as error:
        raise _EndedError(error) from error
