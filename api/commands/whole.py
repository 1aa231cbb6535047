"""snapshot, propagate, diff: the whole graph at once."""

from __future__ import annotations

import time
from pathlib import Path

from api.call import Call
from api.inputs import spared
from api.progress import Tell, progress
from api.views import whole as views
from api.words import Words, locale
from graph.errors import InputError
from graph.outputs import check, writing
from graph.snapshot import Snapshot
from graph.store import Store, open_store
from queries.diff import Side
from queries.diff_causes import document
from queries.engine import snapshot_path
from queries.model import Json
from queries.policy import shipped
from queries.propagate import propagate as everybody
from queries.propagate_back import write_back
from queries.propagated_file import About
from queries.propagated_file import read as read_table
from queries.propagated_file import write as write_table
from queries.question import Asked
from queries.snapshots import Progress, held, make
from viz import changes
from viz import writing as files
from viz.texts import Texts

_TWO = Words(
    "请给出两个结果文件，或 --from 和 --to 两个日期", "give two result files, or two days with --from and --to"
)
_STATUS = Words("--status 只查看，不生成", "--status only looks; it makes nothing")
_TWO_WAYS = "xinmai diff A.parquet B.parquet；xinmai diff --from 2026-05-01 --to 2026-06-01"
# What the snapshot's builder is reading.
_READING = {
    "subjects": "读取主体",
    "listings": "读取列入记录",
    "contacts": "读取联系方式",
    "relations": "读取关系",
    "listed": "读取列入",
    "named": "读取点名",
    "exempt": "读取豁免",
    "shared": "读取共用联系方式",
}


def snapshot(call: Call) -> int:
    """`xinmai snapshot`"""
    if call["status"] and call["again"]:
        raise InputError(_STATUS.say(call.out.lang), value="--status --again", remedy="xinmai snapshot --again")
    with open_store(call["db"]) as store, progress(call.out) as tell:
        path = snapshot_path(store)
        found = held(store, path) if call["status"] else make(store, path, again=call["again"], progress=_told(tell))
    answer = found.to_json()
    call.out.answer(answer, lambda: views.snapshot(answer, call.out.lang))
    return 0


def current(store: Store, tell: Tell) -> Snapshot:
    """The current snapshot of a store, made if need be; the store's questions are answered from it from now on."""
    path = snapshot_path(store)
    make(store, path, progress=_told(tell))
    store.snapshot = found = Snapshot.open(path)
    return found


def propagate(call: Call) -> int:
    """`xinmai propagate [-o FILE.parquet] [--back]`"""
    path, began = Path(call["output"]) if call["output"] else None, time.monotonic()
    asked: Asked = {
        "as_of": call["as_of"],
        "hops": call["hops"],
        "include_possible": call["include_possible"],
        "replay": call["replay"],
    }
    if path is not None:
        _parquet(path)
    back: dict[str, int] | None = None
    with open_store(call["db"]) as store, progress(call.out) as tell:
        taken = current(store, tell)
        tell("计算全图关联", 0, None)
        frame, about = everybody(store, taken, **asked)
        if path is not None:
            tell("写出文件", 0, None)
            with writing(path):
                write_table(path, frame, about)
        if call["back"]:
            back = write_back(store, frame, about, lambda done: tell("写回图中", done, len(frame)))
    counted = frame["band"].value_counts()
    bands = {name: int(counted.get(name, 0)) for name in (*shipped().bands, "")}
    answer = {
        **_facts(about),
        "exposed": len(frame),
        "bands": {name: count for name, count in bands.items() if name or count},
        "file": str(path) if path is not None else None,
        "back": back,
        "complete": True,
        "seconds": round(time.monotonic() - began, 3),
    }
    call.out.answer(answer, lambda: views.propagate(answer, call.out.lang))
    return 0


def _facts(about: About) -> Json:
    return {name: value for name, value in about.to_json().items() if name != "over"}


def _parquet(path: Path) -> None:
    """InputError where the file is none that can be written."""
    if path.suffix.lower() != ".parquet":
        raise InputError("输出格式不支持", file=str(path), value=path.suffix or "没有扩展名", remedy="用 .parquet")
    check(path)  # before any work


def diff(call: Call) -> int:
    """`xinmai diff A B`, or `--from D1 --to D2` on the present graph"""
    outputs = [Path(path) for path in call["output"] or ()]
    given = [Path(call[name]) for name in ("a", "b") if call[name]]
    writers = changes.writers(Texts(locale(call.out.lang)))
    for path in outputs:
        files.check(path, writers)
    spared(given, outputs)
    if len(given) != 2 * bool(given) or bool(given) == bool(call["from"] or call["to"]):
        raise InputError(_TWO.say(call.out.lang), remedy=_TWO_WAYS)
    if given and (call["hops"] or call["include_possible"]):
        raise InputError("--hops 和 --include-possible 只用于 --from 与 --to", remedy="结果文件按其生成时的条件比较")
    with open_store(call["db"]) as store, progress(call.out) as tell:
        before, after = _files(*given) if given else _days(store, call, tell)
        if before.about.as_of > after.about.as_of > "":
            raise InputError(
                "前一次的日期晚于后一次", value=f"{before.about.as_of}，{after.about.as_of}", remedy="把两者对调"
            )
        tell("比较并查明原因", 0, None)
        answer = document(store, before, after, most=call["most"])
    for path in outputs:
        files.write(answer, path, writers)
    call.out.answer(answer, lambda: views.diff(answer, call.out.lang))
    for path in outputs:
        call.out.say(views.WRITTEN.say(call.out.lang, path=path))
    return 0


def _files(a: Path, b: Path) -> tuple[Side, Side]:
    return Side(*read_table(a), a), Side(*read_table(b), b)


def _days(store: Store, call: Call, tell: Tell) -> tuple[Side, Side]:
    """The present graph on both days, as it was then: what has ended by today counts on a day it had not."""
    if not (call["from"] and call["to"]):
        raise InputError(_TWO.say(call.out.lang), remedy=_TWO_WAYS)
    taken, sides = current(store, tell), []
    for as_of in (call["from"], call["to"]):
        tell(f"计算全图关联 {as_of}", 0, None)
        asked: Asked = {
            "as_of": as_of,
            "hops": call["hops"],
            "include_possible": call["include_possible"],
            "replay": True,
        }
        sides.append(Side(*everybody(store, taken, **asked)))
    return sides[0], sides[1]


def _told(tell: Tell) -> Progress:
    return lambda what, done: tell(_READING[what], done, None)
