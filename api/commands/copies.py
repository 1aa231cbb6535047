"""backup, restore: the whole store."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

from api.call import Call
from api.words import Words
from graph import backup as copies
from graph.store import DATABASE_SETTING, DEFAULT_DIRECTORY, open_store

_SAVED = Words("已备份到 {path}", "backed up to {path}")
_RESTORED = Words("已从 {path}（{made} 备份）恢复到 {where}", "restored {path}, made {made}, to {where}")


def backup(call: Call) -> int:
    """`xinmai backup DEST`"""
    with open_store(call["db"]) as store:
        made = copies.backup(store, Path(call["dest"]))
        answer = {"backup": str(made), "store": store.name, "bytes": made.stat().st_size}
    call.out.answer(answer, lambda: call.out.say(_SAVED.say(call.out.lang, path=made)))
    return 0


def restore(call: Call) -> int:
    """`xinmai restore SRC`: not through an open store, for what is there may be damaged."""
    where = str(call["db"] or os.environ.get(DATABASE_SETTING) or DEFAULT_DIRECTORY)
    manifest = copies.restore(where, Path(call["src"]), force=call["force"])
    told = where.rpartition("@")[2] if "://" in where else where  # never a password
    answer = {"restored": call["src"], "to": told, **asdict(manifest)}
    words = _RESTORED.say(call.out.lang, path=call["src"], made=manifest.made, where=told)
    call.out.answer(answer, lambda: call.out.say(words))
    return 0
