"""report, export: files to take away."""

from __future__ import annotations

from pathlib import Path

from api.call import Call
from api.commands.law import wanted
from api.commands.questions import asked
from api.reporting import Wanted, file_name, neighbourhood, write_report, writing
from api.words import Words, locale
from graph.store import open_store
from queries.subjects import find
from viz import export as exports

_WRITTEN = Words("已写出 {path}", "written: {path}")


def report(call: Call) -> int:
    """`xinmai report SUBJECT -o OUT.html`"""
    path, profile = Path(call["output"]), wanted(call)
    with writing(path), open_store(call["db"]) as store:
        subject = find(store, call["subject"])
        write_report(store, subject.id, Wanted(asked(call), locale(call.out.lang), profile), path)
    answer = {"subject": subject.to_json(), "as_of": call["as_of"], "file": str(path)}
    call.out.answer(answer, lambda: call.out.say(_WRITTEN.say(call.out.lang, path=path)))
    return 0


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
