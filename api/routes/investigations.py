"""Named investigations: views saved in the store."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path

from api.out_basis import FAILURES, Failure
from api.out_investigations import Change, Deleted, Investigation, Investigations, New
from api.routes.asking import OpenStore
from queries.investigations import (
    MOST,
    Draft,
    change,
    create,
    delete,
    every,
    one,
)

_OURS: dict[int | str, dict[str, Any]] = {
    404: {"model": Failure, "description": "没有这份调查"},
    409: {"model": Failure, "description": "在别处已保存为更新的版本"},
}
router = APIRouter(prefix="/api", tags=["investigations"], responses={**FAILURES, **_OURS})
Key = Annotated[str, Path(min_length=1, max_length=64, description="调查的编号", examples=["5f2c9b1e7a3d4c60"])]


@router.get("/investigations", summary="已保存的调查")
def listed(store: OpenStore) -> Investigations:
    """按最近修改排列，不含画面。"""
    found = [investigation.to_json() for investigation in every(store)]
    return Investigations.model_validate({"investigations": found, "most": MOST})


@router.post("/investigations", summary="保存为新的调查", status_code=201)
def created(store: OpenStore, asked: New) -> Investigation:
    """把当前画面存入数据库，随数据库一起备份；装载、撤回数据不影响它。"""
    made = create(store, Draft(asked.name, asked.note, asked.view))
    return Investigation.model_validate(made.to_json())


@router.get("/investigations/{key}", summary="打开一份调查")
def opened(store: OpenStore, key: Key) -> Investigation:
    """连同画面。"""
    return Investigation.model_validate(one(store, key).to_json())


@router.put("/investigations/{key}", summary="保存修改")
def changed(store: OpenStore, key: Key, asked: Change) -> Investigation:
    """整份替换；所依据的版本不是最新版时不改动，答 409。"""
    made = change(store, key, Draft(asked.name, asked.note, asked.view), asked.version)
    return Investigation.model_validate(made.to_json())


@router.delete("/investigations/{key}", summary="删除一份调查")
def deleted(store: OpenStore, key: Key) -> Deleted:
    """不可恢复。"""
    delete(store, key)
    return Deleted(deleted=key)
