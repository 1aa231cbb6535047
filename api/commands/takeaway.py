"""report, verify, export: files to take away."""

from __future__ import annotations

from pathlib import Path

from api.call import Call
from api.commands.law import wanted
from api.commands.questions import asked
from api.reporting import Wanted, file_name, neighbourhood, write_report, writing
from api.words import Words, locale
from graph.store import open_store
from queries.model import Json
from queries.subjects import find
from viz import export as exports
from viz.report import form_of
from viz.report_identity import identity
from viz.report_identity import verify as check
from viz.typeset import fonts

_WRITTEN = Words("已写出 {path}", "written: {path}")
_KNOWN = Words("报告编号 {report}，内容摘要 SHA-256 {sha256}", "report {report}, content SHA-256 {sha256}")
_FONT = Words("使用的中文字体：{font}", "Chinese fonts used: {font}")
_SAME = Words(
    "所附事实与所载摘要一致：{report}，SHA-256 {found}；不证明正文未改动，也不证明由谁出具，请以编号和摘要向出具方核对",
    "the facts carried fit the hash stated: {report}, SHA-256 {found}; this proves neither that the text is unchanged "
    "nor who issued it: compare number and hash with whoever did",
)
_CHANGED = Words(
    "不一致：文件写明 {stated}，所附事实为 {found}；内容已被改动，请向出具方索取原件",
    "changed: the file states {stated}, its facts give {found}; ask whoever issued it for the original",
)


def report(call: Call) -> int:
    """`xinmai report SUBJECT -o OUT.html|.pdf|.docx`"""
    path, profile = Path(call["output"]), wanted(call)
    form = form_of(path)
    with writing(path), open_store(call["db"]) as store:
        subject = find(store, call["subject"])
        data = write_report(store, subject.id, Wanted(asked(call), locale(call.out.lang), profile), path)
    known = identity(data)
    answer = {
        "subject": subject.to_json(),
        "as_of": call["as_of"],
        "file": str(path),
        "format": form,
        "report": known.number,
        "sha256": known.sha256,
        "font": fonts().names if form == "pdf" else None,
    }
    call.out.answer(answer, lambda: _written(call, answer))
    return 0


def _written(call: Call, answer: Json) -> None:
    call.out.say(_WRITTEN.say(call.out.lang, path=answer["file"]))
    call.out.say(_KNOWN.say(call.out.lang, **answer))
    if answer["font"]:
        call.out.say(_FONT.say(call.out.lang, font=answer["font"]))


def verify(call: Call) -> int:
    """`xinmai verify FILE`: whether a report still tells what it was made with."""
    found = check(Path(call["file"]))
    answer = {"file": call["file"], "report": found.number, "stated": found.stated, "found": found.found}
    answer["same"] = found.same
    words = _SAME if found.same else _CHANGED
    call.out.answer(answer, lambda: call.out.say(words.say(call.out.lang, **answer)))
    return 0 if found.same else 2


def export(call: Call) -> int:
    """`xinmai export SUBJECT --format graphml|gexf|csv|cypher`"""
    with open_store(call["db"]) as store:
        subject = find(store, call["subject"])
        path = Path(call["output"] or file_name(subject.id, call["format"]))
        with writing(path):
            graph = neighbourhood(store, subject.id, asked(call))
            exports.write(graph, call["format"], path)
    answer = {
        "subject": subject.to_json(),
        "as_of": call["as_of"],
        "format": call["format"],
        "file": str(path),
        "subjects": len(graph.subjects),
        "relations": len(graph.edges),
    }
    call.out.answer(answer, lambda: call.out.say(_WRITTEN.say(call.out.lang, path=path)))
    return 0
