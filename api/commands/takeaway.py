"""report, verify, export: files to take away."""

from __future__ import annotations

from pathlib import Path

from api.call import Call
from api.commands.law import wanted
from api.commands.questions import asked
from api.progress import progress
from api.reporting import Wanted, file_name, neighbourhood, write_report
from api.words import Words, locale
from graph import import_files
from graph.errors import InputError
from graph.outputs import writing
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
WHOLE = "neo4j-import"
_NO_SUBJECT = Words("缺少主体", "a subject is missing")
_NOT_ONE = Words(
    "neo4j-import 导出整个库，不能只导出一个主体", "neo4j-import takes the whole store; it cannot take one subject"
)
_NO_OPTION = Words(
    "neo4j-import 导出整个库及其历史，这些选项不起作用",
    "neo4j-import takes the whole store with its history; these options do nothing",
)
_WITHOUT = Words("去掉这些选项", "leave them out")
_NO_FOLDER = Words("请用 -o 指定一个新的或空的目录", "name a new or empty directory with -o")
_IN_CLEAR = Words(
    "注意：{path} 是整个库的副本，证件号码、电话等个人信息未打码；文件仅本人可读，请妥善保管，导入后删除。",
    "Caution: {path} is a copy of the whole store with personal numbers and phones in clear; only you can read the "
    "files. Keep them safe and delete them after the import.",
)
_WHOLE_WRITTEN = Words(
    "已写出 {nodes} 个节点、{relations} 条关系到 {directory}；步骤见其中的 README.txt，导入命令（在该目录中运行）：\n"
    "{command}",
    "{nodes} nodes and {relations} relationships written to {directory}; its README.txt has the steps, the command "
    "(to run in that directory) is:\n{command}",
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
    """`xinmai export SUBJECT --format graphml|gexf|csv|cypher`, or the whole store with `--format neo4j-import`"""
    if call["format"] == WHOLE:
        return _export_whole(call)
    if not call["subject"]:
        raise InputError(_NO_SUBJECT.say(call.out.lang), remedy=f"xinmai export SUBJECT --format {call['format']}")
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


def _export_whole(call: Call) -> int:
    if call["subject"]:
        raise InputError(_NOT_ONE.say(call.out.lang), value=call["subject"])
    if idle := call.given("as_of", "hops", "include_possible", "replay"):
        raise InputError(_NO_OPTION.say(call.out.lang), value=" ".join(idle), remedy=_WITHOUT.say(call.out.lang))
    if not call["output"]:
        raise InputError(_NO_FOLDER.say(call.out.lang), remedy=f"xinmai export --format {WHOLE} -o DIR")
    folder = Path(call["output"])
    with open_store(call["db"]) as store, progress(call.out) as tell, writing(folder, folder=True):
        written = import_files.write(store, folder, tell)
    answer = {
        "format": WHOLE,
        "directory": str(folder),
        "nodes": written.nodes,
        "relations": written.relations,
        "command": written.command,
        "unmasked": True,
    }
    call.out.complain(_IN_CLEAR.say(call.out.lang, path=folder))
    call.out.answer(answer, lambda: call.out.say(_WHOLE_WRITTEN.say(call.out.lang, **answer)))
    return 0
