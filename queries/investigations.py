"""Named investigations: views of the explorer saved in the store, so that they are found again and backed up with it.

A view is the explorer's own document; here it is a text that is kept as it came, but for identity and phone numbers in
what users wrote, which are masked as everywhere. Loading and unloading data does not
touch investigations.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graph.cypher import text
from graph.errors import InputError, XinmaiError
from graph.mask import scrub
from graph.store import Store, Tx
from queries.model import Json

MOST = 1_000
MOST_BYTES = 2_000_000  # of a view as JSON in UTF-8
NAME = 100
NOTE = 2_000
DEEPEST = 50  # levels of a view; ours have six
_WRITTEN = ("note", "name")  # fields of a view that users write
_FACTS = ("id", "name", "note", "created_at", "changed_at", "version")


class NoInvestigationError(XinmaiError):
    """There is no investigation with that id."""

    def __init__(self, asked: str) -> None:
        super().__init__(f"没有编号为 {asked[:40]} 的调查，可能已被删除；请刷新列表，或把当前画面另存为新的调查。")


class ChangedMeanwhileError(XinmaiError):
    """Somebody saved the investigation after it was read."""

    def __init__(self, version: int) -> None:
        super().__init__(f"这份调查在别处已保存为第 {version} 版；请重新打开后再改，或把当前画面另存为新的调查。")
        self.version = version


@dataclass(frozen=True, slots=True)
class Draft:
    """What is saved: a name of 1–100 characters, a note, and the view. Checked when made: raises InputError."""

    name: str
    note: str
    view: Mapping[str, Any]

    def __post_init__(self) -> None:
        if not 1 <= len(self.name.strip()) <= NAME:
            raise InputError("调查的名称过长或为空", value=self.name[:40], remedy=f"写 1 至 {NAME} 个字")
        if len(self.note) > NOTE:
            raise InputError("调查的说明过长", value=f"{len(self.note)} 字", remedy=f"不超过 {NOTE:,} 字")
        if _deeper(self.view, DEEPEST):
            raise InputError("画面的结构嵌套过深，无法保存", remedy=f"不超过 {DEEPEST} 层")
        size = len(self.text().encode())
        if size > MOST_BYTES:
            raise InputError(
                "画面过大，无法保存", value=f"{size:,} 字节", remedy=f"不超过 {MOST_BYTES:,} 字节；请移除一部分主体"
            )

    def facts(self) -> Json:
        """{name, note, view} as they are stored."""
        return {"name": scrub(self.name.strip()), "note": scrub(self.note), "view": self.text()}

    def text(self) -> str:
        """The view as JSON, numbers of persons masked in what users wrote."""
        try:
            return json.dumps(_masked(self.view), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        except ValueError as error:
            raise InputError("画面里有无法保存的数值", remedy="位置等数值须为有限数") from error


@dataclass(frozen=True, slots=True)
class Investigation:
    """A saved investigation; times are UTC, `version` grows by one with every change. `view` None in lists."""

    id: str
    name: str
    note: str
    created_at: str
    changed_at: str
    version: int
    view: Json | None = None

    def to_json(self) -> Json:
        """{id, name, note, created_at, changed_at, version} and, where it was read, `view`."""
        facts = {name: getattr(self, name) for name in _FACTS}
        return facts if self.view is None else {**facts, "view": self.view}


def every(store: Store) -> tuple[Investigation, ...]:
    """All, last changed first, without their views."""
    rows = store.read(text("queries", "investigations"), most=MOST)
    return tuple(Investigation(**row) for row in rows)


def one(store: Store, key: str) -> Investigation:
    """One with its view. Raises NoInvestigationError."""
    rows = store.read(text("queries", "investigation"), id=key)
    if not rows:
        raise NoInvestigationError(key)
    return Investigation(**{**rows[0], "view": json.loads(rows[0]["view"])})


def create(store: Store, draft: Draft) -> Investigation:
    """A new one. Raises InputError when there are too many."""
    key, now = secrets.token_hex(8), _now()
    facts: Json = {"id": key, **draft.facts(), "created_at": now, "changed_at": now, "version": 1}

    def work(tx: Tx) -> None:
        count = tx.run(text("queries", "investigations_count"))[0]["investigations"]
        if count >= MOST:
            raise InputError("保存的调查已满", value=f"{count:,}", remedy="请先删除不再需要的调查")
        tx.run(text("queries", "investigation_create"), facts=facts)

    store.transact(work)
    return one(store, key)


def change(store: Store, key: str, draft: Draft, version: int) -> Investigation:
    """Save over `version`. Raises NoInvestigationError, and ChangedMeanwhileError when it is no longer the last."""
    facts = draft.facts()
    saved = store.write(text("queries", "investigation_change"), id=key, version=version, **facts, now=_now())
    now = one(store, key)
    ours = {"name": now.name, "note": now.note, "view": now.view} == {**facts, "view": json.loads(facts["view"])}
    # The answer to a write may be lost on its way and the write be tried again: then it is saved already.
    if not saved and not (ours and now.version == version + 1):
        raise ChangedMeanwhileError(now.version)
    return now


def delete(store: Store, key: str) -> None:
    """Take one away for good. Raises NoInvestigationError."""
    rows = store.write(text("queries", "investigation_delete"), id=key)
    if not rows or not rows[0]["gone"]:
        raise NoInvestigationError(key)


def _deeper(view: Any, levels: int) -> bool:
    """Whether there are more levels than that; it does not go deeper to find out."""
    layer: list[Any] = [view]
    for _ in range(levels):
        inner = (one.values() if isinstance(one, Mapping) else one for one in layer if isinstance(one, Mapping | list))
        layer = [value for values in inner for value in values]
    return any(isinstance(one, Mapping | list) for one in layer)


def _masked(value: Any, field: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _masked(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_masked(one) for one in value]
    return scrub(value) if isinstance(value, str) and field in _WRITTEN else value


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
