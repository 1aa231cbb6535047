"""load, unload, sources, same, backup, restore: what changes the graph as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from api import views
from api.call import Call
from api.progress import progress
from api.words import Words
from graph import backup as copies
from graph.errors import InputError
from graph.store import Store, open_store
from loaders import decisions
from loaders.load import LoadOptions
from loaders.load import load as load_files
from loaders.unload import unload as withdraw
from queries.policy import shipped
from queries.sources import loaded
from queries.subjects import find

ROWS_REJECTED = 4
_ONE_OF = Words("请在 --yes、--no、--undo 中选一个", "give exactly one of --yes, --no, --undo")
_SAVED = Words("已备份到 {path}", "backed up to {path}")
_RESTORED = Words("已从 {path} 恢复", "restored from {path}")
_WITHDRAWN = Words("已撤回来源 {source}", "source {source} withdrawn")


def load(call: Call) -> int:
    """`xinmai load PATH…`"""
    with open_store(call["db"]) as store, progress() as tell:
        options = LoadOptions(
            source=call["source"],
            mode=call["mode"],
            snapshot=call["snapshot"],
            allow_shrink=call["allow_shrink"],
            rejects=_rejects(store),
            name_cap=shipped().name_cap,
        )
        report = load_files(store, [Path(path) for path in call["paths"]], options, tell)
    answer = report.to_json()
    call.out.answer(answer, lambda: views.load(answer, call.out.lang))
    return ROWS_REJECTED if call["strict"] and report.rejected_total else 0


def _rejects(store: Store) -> Path:
    """Where the file of rejected rows goes: beside an embedded store's data, else into the current folder."""
    home = Path(store.location)
    return home / "rejected" if "://" not in store.location and home.is_dir() else Path("xinmai-rejected")


def unload(call: Call) -> int:
    """`xinmai unload SOURCE`"""
    with open_store(call["db"]) as store:
        answer = withdraw(store, call["source"])
    call.out.answer(answer, lambda: call.out.say(_WITHDRAWN.say(call.out.lang, source=call["source"])))
    return 0


def sources(call: Call) -> int:
    """`xinmai sources`"""
    with open_store(call["db"]) as store:
        answer = {"sources": loaded(store)}
    call.out.answer(answer, lambda: views.sources(answer, call.out.lang))
    return 0
