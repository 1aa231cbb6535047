"""The OpenAPI description: what FastAPI says of itself, corrected where the service answers otherwise."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.out_basis import Failure

# What any route may answer besides what it says itself: status and why.
ALWAYS = {
    "400": "参数有误",
    "401": "缺少访问令牌",
    "403": "请求来自别的网站",
    "405": "不接受这种方法",
    "421": "不认识的访问域名",
    "503": "图数据库无法服务，或查询太多",
}
WITH_BODY = {"413": "请求内容过大", "415": "不接受这种内容类型"}
# What stands in an address, where its route gives no example: ids the service gives out.
IN_PATH = {"subject": "91999999MA00004966", "sheet": "0aVtBbJpPH7rXw0K", "job": "h2sQqkzyUuMnKj1d", "key": "0"}
_REFERENCE = {"application/json": {"schema": {"$ref": "#/components/schemas/Failure"}}}


class Service(FastAPI):
    """An app that describes itself so."""

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        if self.openapi_schema is None:
            told = get_openapi(title=self.title, version=self.version, description=self.description, routes=self.routes)
            self.openapi_schema = _corrected(told)
        return self.openapi_schema


def _corrected(told: dict[str, Any]) -> dict[str, Any]:
    """Invalid parameters are a 400 in our own form, and every route may be refused at the door."""
    for operations in told["paths"].values():
        for operation in operations.values():
            answers = operation["responses"]
            answers.pop("422", None)
            more = {**ALWAYS, **(WITH_BODY if "requestBody" in operation else {})}
            for status, why in more.items():
                answers.setdefault(status, {"description": why, "content": _REFERENCE})
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path" and parameter["name"] in IN_PATH and "example" not in str(parameter):
                    parameter["example"] = IN_PATH[parameter["name"]]
    schemas = told.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas.setdefault("Failure", Failure.model_json_schema(ref_template="#/components/schemas/{model}"))
    return told
