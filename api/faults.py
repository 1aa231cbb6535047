"""One table of errors: what goes wrong becomes a status and our one error form, saying what to do."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.access import SECURITY
from api.failures import document
from api.language import language_of
from api.limits import size_limit, too_large
from graph.errors import InputError, NotFoundError, QueryTimeoutError, StoreError, XinmaiError, shown
from queries.investigations import ChangedMeanwhileError, NoInvestigationError

_LOG = logging.getLogger(__name__)
# The first that fits; an ambiguous name is a 409 with its candidates.
STATUS: tuple[tuple[type[XinmaiError], int], ...] = (
    (InputError, 400),
    (NotFoundError, 404),
    (NoInvestigationError, 404),
    (ChangedMeanwhileError, 409),
    (QueryTimeoutError, 504),
    (StoreError, 503),
    (XinmaiError, 500),
)
# What frameworks refuse by a bare status: message and remedy.
_BARE: Mapping[int, tuple[str, str]] = {
    400: ("请求无法读取", "检查请求正文的格式"),
    404: ("没有这个地址", "地址见 /openapi.json"),
    405: ("此地址不接受这种请求方法", "允许的方法见 Allow 响应头"),
    415: ("不接受这种内容类型", "请求头写 Content-Type: application/json；上传文件用 multipart/form-data"),
    422: ("参数无效", "参数见 /openapi.json"),
    429: ("排队的任务太多", "等前面的任务完成，或取消其中几个"),
    503: ("服务暂时不可用", "稍后再试"),
}
_DAY = ("不是有效日期", "写成 YYYY-MM-DD，例如 2026-06-01")
_WHOLE, _NUMBER = ("应为整数", "只写数字"), ("应为数字", "只写数字")
_FLAG = ("应为 true 或 false", "写 true 或 false")
_TEXT, _LIST, _ROW = ("应为文本", ""), ("应为列表", ""), ("应为 JSON 对象", "")
# By kind of pydantic error: message and remedy; {name} is filled from what the error says of itself.
_FAULTS: Mapping[str, tuple[str, str]] = {
    "missing": ("没有给出", "补上这个参数"),
    "extra_forbidden": ("不认识这个字段", "去掉它，或检查拼写"),
    **dict.fromkeys(("date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact", "date_type"), _DAY),
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float", "int_parsing_size"), _WHOLE),
    **dict.fromkeys(("float_parsing", "float_type", "finite_number"), _NUMBER),
    **dict.fromkeys(("bool_parsing", "bool_type"), _FLAG),
    "greater_than_equal": ("超出范围", "不小于 {ge}"),
    "greater_than": ("超出范围", "大于 {gt}"),
    "less_than_equal": ("超出范围", "不大于 {le}"),
    "less_than": ("超出范围", "小于 {lt}"),
    "string_too_short": ("太短", "至少 {min_length} 个字符"),
    "string_too_long": ("太长", "不超过 {max_length} 个字符"),
    "too_short": ("太少", "至少 {min_length} 项"),
    "too_long": ("太多", "不超过 {max_length} 项"),
    "string_pattern_mismatch": ("格式不对", "格式见 /openapi.json"),
    **dict.fromkeys(("string_type", "string_unicode"), _TEXT),
    **dict.fromkeys(("list_type", "tuple_type", "set_type"), _LIST),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), _ROW),
    "json_invalid": ("请求正文不是有效的 JSON", "检查引号、逗号和括号"),
    **dict.fromkeys(("literal_error", "enum"), ("不是可用的值", "可用：{expected}")),
}


def status_of(error: XinmaiError) -> int:
    """The HTTP status an error is answered with."""
    if isinstance(error, NotFoundError) and error.candidates:
        return 409
    return next(status for kind, status in STATUS if isinstance(error, kind))


def answer_errors(app: FastAPI) -> None:
    """Have an app answer every error in our form."""

    @app.exception_handler(XinmaiError)
    def ours(request: Request, error: XinmaiError) -> JSONResponse:
        return _told(request, error, status_of(error))

    @app.exception_handler(RequestValidationError)
    def unreadable(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        kind = request.headers.get("content-type", "")
        of_body = tuple(first["loc"]) == ("body",)
        if kind and of_body and not kind.startswith(("application/json", "multipart/form-data")):
            return _told(request, InputError(*_pair(_BARE[415], value=kind)), 415)
        return _told(request, fault(first), 400)

    @app.exception_handler(HTTPException)
    def bare(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 413:
            return _told(request, too_large(size_limit(request.headers.get("content-type", ""))), 413, error.headers)
        told = _BARE.get(error.status_code, ("请求未能完成", "稍后再试"))
        return _told(request, InputError(*_pair(told)), error.status_code, error.headers)

    @app.exception_handler(UnicodeEncodeError)
    def not_text(request: Request, error: UnicodeEncodeError) -> JSONResponse:
        # Half a character (a lone surrogate): JSON can write it, nothing else can.
        return _told(request, InputError("文本中有无法编码的字符", remedy="删去损坏的字符后重试"), 400)

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> JSONResponse:
        # Answered outside the door, so the headers are put on here; details stay in the log.
        _LOG.error("unforeseen", exc_info=error)
        return _told(request, XinmaiError("内部错误，详情见服务日志"), 500, SECURITY)


def fault(error: Mapping[str, Any]) -> InputError:
    """One thing pydantic found wrong, in words a user can act on."""
    kind, said = str(error["type"]), dict(error.get("ctx") or {})
    message, remedy = _FAULTS.get(kind, ("无效", "写法见 /openapi.json"))
    where = _where(error["loc"])
    expected = str(said.get("expected", "")).replace(" or ", "、").replace(", ", "、").replace("'", "")
    given = "" if kind in ("missing", "json_invalid") else shown(str(error.get("input", "")))
    named = message if kind == "json_invalid" or not where else f"参数 {where} {message}"
    return InputError(named, value=given, remedy=remedy.format(**{**said, "expected": expected}))


def _where(loc: Sequence[object]) -> str:
    """The parameter, or the field of the body with where it stands; a field is named by whoever sent it."""
    return shown(".".join(str(part) for part in loc[1:]))


def _pair(told: tuple[str, str], value: str = "") -> tuple[str, str, None, str, str]:
    return told[0], "", None, shown(value), told[1]


def _told(request: Request, error: XinmaiError, status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    told = document(error, language_of(request))
    return JSONResponse(_encodable(told), status, headers=dict(headers or {}))


def _encodable(told: dict[str, Any]) -> dict[str, Any]:
    """The document with what no text may hold replaced: it repeats what was sent."""
    return {
        "error": {
            name: value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
            for name, value in told["error"].items()
        }
    }
