"""demo: the sample city from end to end, in a directory of its own."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from api.call import Call
from api.examples import City, city
from api.progress import Tell, progress
from api.reporting import Wanted, write_report
from api.screening import Request, run
from api.views import demo as views
from api.words import locale
from graph.store import Store, open_store
from loaders.load import LoadOptions, load
from queries.exposure import expose
from queries.policy import shipped
from queries.subjects import find

OUTPUTS = ("screening.xlsx", "screening.html", "screening.json")


def demo(call: Call) -> int:
    """`xinmai demo`: loads, screens, reports, and says where the files are."""
    started = time.monotonic()
    example, place = city(), Path(call["into"])
    with open_store(place / "data") as store, progress(call.out) as tell:
        told = _tour(store, example, place, tell, locale(call.out.lang))
    answer = {**told, "seconds": round(time.monotonic() - started, 1)}
    call.out.answer(answer, lambda: views.demo(answer, call.out.lang))
    return 0


def _tour(store: Store, example: City, place: Path, tell: Tell, language: str) -> dict[str, Any]:
    options = LoadOptions(snapshot=example.snapshot, rejects=place / "rejected", name_cap=shipped().name_cap)
    loaded = load(store, example.load, options, tell).to_json()
    files = [place / name for name in OUTPUTS]
    asked = Request(file=example.applicants, as_of=example.as_of, outputs=files, scenario=example.scenario)
    screened = run(store, asked, tell)
    subject = find(store, example.subject)
    near = expose(store, subject.id, as_of=example.as_of).to_json()
    report = place / "report.html"
    write_report(store, subject.id, Wanted({"as_of": example.as_of}, language), report)
    return {
        "as_of": example.as_of,
        "store": {"name": store.name, "location": store.location},
        "load": loaded,
        "screening": screened,
        "exposure": near,
        "files": {"report": str(report), **{file.suffix[1:]: str(file) for file in files}},
    }
