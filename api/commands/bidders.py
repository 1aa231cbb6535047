"""bidders: every pair among the bidders of a lot."""

from __future__ import annotations

from pathlib import Path

from api.call import Call
from api.inputs import spared
from api.progress import progress
from api.views import bidders as views
from api.words import Words
from graph.store import open_store
from loaders.sheet import read_sheet
from queries.applicants import applicant
from queries.bidders.compare import compare
from queries.bidders.laws import law
from viz import bidders as outputs

_WRITTEN = Words("已写出 {path}", "written: {path}")
_COMPARED = Words("比对", "comparing")


def bidders(call: Call) -> int:
    """`xinmai bidders FILE --law L`"""
    paths = [Path(path) for path in call["output"] or ()]
    for path in paths:
        outputs.check(path)
    spared([Path(call["file"])], paths)
    asked = law(call["law"])
    sheet = read_sheet(Path(call["file"]), call["name_column"])
    rows = [applicant(row.row, row.fields, row.notes) for row in sheet.rows]
    with open_store(call["db"]) as store, progress(call.out) as tell:
        word = _COMPARED.say(call.out.lang)
        done = compare(store, rows, asked, lambda n, of: tell(word, n, of), as_of=call["as_of"])
    answer = done.to_json([(r.line, r.reason) for r in sheet.rejected], sheet.warnings)
    for path in paths:
        outputs.write(answer, path)
    call.out.answer(answer, lambda: views.bidders(answer, call.out.lang))
    for path in paths:
        call.out.say(_WRITTEN.say(call.out.lang, path=path))
    return 0
