"""bidders: every pair among the bidders of a lot."""

from __future__ import annotations

from pathlib import Path

from api.bidding import Request, check, run
from api.call import Call
from api.progress import progress
from api.views import bidders as views
from api.words import Words
from graph.store import open_store

_WRITTEN = Words("已写出 {path}", "written: {path}")
_COMPARED = Words("比对", "comparing")


def bidders(call: Call) -> int:
    """`xinmai bidders FILE --law L`"""
    request = Request(
        file=Path(call["file"]),
        as_of=call["as_of"],
        law=call["law"],
        outputs=[Path(path) for path in call["output"] or ()],
        name_column=call["name_column"],
        word=_COMPARED.say(call.out.lang),
    )
    check(request)
    with open_store(call["db"]) as store, progress(call.out) as tell:
        answer = run(store, request, tell)
    call.out.answer(answer, lambda: views.bidders(answer, call.out.lang))
    for path in request.outputs:
        call.out.say(_WRITTEN.say(call.out.lang, path=path))
    return 0
