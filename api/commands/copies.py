"""backup, restore: the whole store."""

from __future__ import annotations

from pathlib import Path

from api.call import Call
from api.words import Words
from graph import backup as copies
from graph.store import open_store

_SAVED = Words("已备份到 {path}", "backed up to {path}")
_RESTORED = Words("已从 {path} 恢复", "restored from {path}")


def backup(call: Call) -> int:
    """`xinmai backup DEST`"""
    with open_store(call["db"]) as store:
        answer = copies.backup(store, Path(call["dest"]))
    call.out.answer(answer, lambda: call.out.say(_SAVED.say(call.out.lang, path=call["dest"])))
    return 0


def restore(call: Call) -> int:
    """`xinmai restore SRC`"""
    with open_store(call["db"]) as store:
        answer = copies.restore(store, Path(call["src"]))
    call.out.answer(answer, lambda: call.out.say(_RESTORED.say(call.out.lang, path=call["src"])))
    return 0
