"""A file taken from a multipart request piece by piece, and not one piece more than allowed."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from graph.errors import InputError

FRAME = 65_536  # what a form has around its file
_REMEDY = "用页面的“选择文件”上传；程序调用时以 multipart/form-data 的 file 字段上传一个文件"


async def received(request: Request, most: int) -> UploadFile:
    """The field `file`. Raises InputError for a body beyond `most` bytes, and for one that is no such form."""
    if "multipart/form-data" not in request.headers.get("content-type", ""):
        raise InputError("请求里没有文件", remedy=_REMEDY)
    stated = request.headers.get("content-length", "")
    if stated.isascii() and stated.isdigit() and int(stated) > most + FRAME:
        raise _too_large(most)
    parser = MultiPartParser(request.headers, _counted(request, most + FRAME), max_files=1, max_fields=4)
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise InputError("上传的内容无法读取", value=str(error)[:80], remedy=_REMEDY) from error
    found = form.get("file")
    if not isinstance(found, UploadFile):
        raise InputError("请求里没有文件", remedy=_REMEDY)
    if found.size is not None and found.size > most:
        raise _too_large(most)
    return found


async def written(upload: UploadFile, path: Path) -> None:
    """Write an upload to a file of ours."""
    content = await upload.read()
    await run_in_threadpool(path.write_bytes, content)
    await upload.close()


async def _counted(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    seen = 0
    async for piece in request.stream():
        seen += len(piece)
        if seen > most:
            raise _too_large(most - FRAME)
        yield piece


def _too_large(most: int) -> InputError:
    return InputError(f"文件超过 {most // 1_000_000} MB", remedy="删去多余的列和工作表，或拆成几个文件分别上传")
