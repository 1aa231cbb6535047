"""What comes back over Bolt, in our own terms: plain values, and errors a user can act on."""

from __future__ import annotations

from typing import Any

from graph.bolt import (
    AuthError,
    ConstraintError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    Node,
    Path,
    Relationship,
    ServiceUnavailable,
    SessionExpired,
)
from graph.errors import QueryTimeoutError, StoreError

# Neo4j says the first two, ArcadeDB the first (its own limit) and the last (told to end by the keeper).
_OVERDUE = frozenset({
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    "Neo.ClientError.Transaction.TransactionTerminated",
    "Neo.ClientError.Transaction.Terminated",
})  # fmt: skip
_MEMORY = (
    "in-heap",
    "HeapBudget",
    "heap budget",
    "queryMaxHeap",
    "queryMaxRangeSize",
    "MemoryPoolOutOfMemory",
)
_LONGEST = 400
_PLAIN = frozenset({str, int, float, bool, type(None)})  # most values: asked first


def plain(value: Any) -> Any:
    """A value without driver types: a node or relationship is its properties, a path both lists."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Node | Relationship):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, Path):
        return {
            "nodes": [plain(node) for node in value.nodes],
            "relations": [plain(relation) for relation in value.relationships],
        }
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return value


def is_lost(error: Exception) -> bool:
    """Whether the connection is gone, rather than the statement refused."""
    return isinstance(error, ServiceUnavailable | SessionExpired)


def said(error: Neo4jError | DriverError, location: str, limit: float) -> StoreError:
    """The error for the user. Values of a duplicate key are left out: they may be a person's number."""
    message = str(getattr(error, "message", None) or error)[:_LONGEST]
    if isinstance(error, IncompleteCommit):
        return StoreError(f"{location} 的连接在提交时中断，不知道是否已提交；请核对后再试（重复装载不会重复写入）。")
    if isinstance(error, DriverError):
        return StoreError(f"{location} 连接不上或连接中断：{message}")
    if (error.code or "") in _OVERDUE:
        return overdue(limit)
    if isinstance(error, AuthError):
        text = f"{location} 拒绝登录；请检查用户名和密码（地址中，或 XINMAI_DB_USER、XINMAI_DB_PASSWORD）。"
    elif is_too_large(error):
        text = (
            "需要的内存超过库的上限，已终止；请缩小范围后再试。装载大批数据时，加大库的内存"
            "（Neo4j：dbms.memory.transaction.total.max），"
            f"或先装入内置库，再用 xinmai export --format neo4j-import 离线导入。（{message}）"
        )
    elif isinstance(error, ConstraintError):
        text = f"{location} 中已有相同编号的记录，违反唯一约束。"
    elif error.is_retryable():
        text = f"{location} 正忙，多次重试仍未成功；请稍后再试。（{message}）"
    else:
        text = f"{location} 拒绝了语句：{message}"
    return StoreError(text)


def is_too_large(error: Exception) -> bool:
    """Whether the engine refused for lack of memory: trying again at once would only take it again."""
    text = f"{getattr(error, 'message', '')} {getattr(error, 'code', '')}"
    return any(word in text for word in _MEMORY)


def overdue(limit: float) -> QueryTimeoutError:
    """The error for what ran past its limit, in seconds."""
    return QueryTimeoutError(f"查询超过时限 {limit:g} 秒，已在库中终止；请缩小范围后再试。")
