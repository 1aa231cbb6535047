"""load, unload, sources, same: what the graph holds and from where."""

from __future__ import annotations

from pathlib import Path

from api.call import Call
from api.progress import progress
from api.subjects import pair
from api.views import data as views
from api.words import Words
from graph.errors import InputError
from graph.store import Store, open_store
from loaders import decisions
from loaders.load import LoadOptions
from loaders.load import load as load_files
from loaders.unload import unload as withdraw
from queries.policy import shipped
from queries.sources import loaded

ROWS_REJECTED = 4
_ONE_OF = Words("请在 --yes、--no、--undo 中选一个", "give exactly one of --yes, --no, --undo")
_WITHDRAWN = Words("已撤回来源 {source}", "source {source} withdrawn")


def load(call: Call) -> int:
    """`xinmai load PATH…`"""
    with open_store(call["db"]) as store, progress(call.out) as tell:
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
        answer = {"sources": [source.to_json() for source in loaded(store)]}
    call.out.answer(answer, lambda: views.sources(answer, call.out.lang))
    return 0


def same(call: Call) -> int:
    """`xinmai same A B --yes|--no --reason TEXT`, or `--undo`"""
    chosen = [name for name in ("yes", "no", "undo") if call[name]]
    if len(chosen) != 1:
        raise InputError(_ONE_OF.say(call.out.lang), value=" ".join(f"--{name}" for name in chosen))
    with open_store(call["db"]) as store:
        a, b = pair(store, call["a"], call["b"], undone=bool(call["undo"]))
        if call["undo"]:
            answer = decisions.undo(store, a, b)
        else:
            answer = decisions.decide(store, a, b, yes=call["yes"], reason=call["reason"] or "")
    call.out.answer(answer, lambda: views.same(answer, call.out.lang))
    return 0
