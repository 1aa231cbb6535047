"""screen, template: lists of applicants."""

from __future__ import annotations

from pathlib import Path

from api.call import Call
from api.engines import store_asked
from api.inputs import fresh
from api.progress import progress
from api.screening import Request, run
from api.views import screening as views
from api.words import Words
from loaders.sheet_template import write_template

_WRITTEN = Words("已写出 {path}", "written: {path}")


def screen(call: Call) -> int:
    """`xinmai screen FILE --scenario S`"""
    request = Request(
        file=Path(call["file"]),
        as_of=call["as_of"],
        outputs=[Path(path) for path in call["output"] or ()],
        scenario=call["scenario"],
        name_column=call["name_column"],
        since_last=Path(call["since_last"]) if call["since_last"] else None,
        profiles=Path(call["profiles"]) if call["profiles"] else None,
        replay=call["replay"],
    )
    with store_asked(call) as store, progress(call.out) as tell:
        answer = run(store, request, tell)
    call.out.answer(answer, lambda: views.screen(answer, call.out.lang))
    for path in request.outputs:
        call.out.say(_WRITTEN.say(call.out.lang, path=path))
    return 0


def template(call: Call) -> int:
    """`xinmai template screen|bidders -o OUT.xlsx`"""
    path = Path(call["output"])
    fresh(path, ".xlsx")
    write_template(call["kind"], path)
    answer = {"template": call["kind"], "file": str(path)}
    call.out.answer(answer, lambda: call.out.say(_WRITTEN.say(call.out.lang, path=path)))
    return 0
