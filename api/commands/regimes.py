"""related, regimes: who is related to whom by which named regime, and what the regimes say."""

from __future__ import annotations

from api.call import Call
from api.views.regimes import RegimesView
from graph.store import open_store
from queries.regimes.printed import regime_json, regimes_json
from queries.regimes.read import regime_of
from queries.regimes.related import related as parties
from queries.subjects import find


def related(call: Call) -> int:
    """`xinmai related A`"""
    wanted = regime_of(call["regime"]).id if call["regime"] else None
    with open_store(call["db"]) as store:
        answer = parties(store, find(store, call["subject"]).id, as_of=call["as_of"], regime=wanted).to_json()
    call.out.answer(answer, lambda: RegimesView(call.out.lang).related(answer))
    return 0


def regimes(call: Call) -> int:
    """`xinmai regimes`: needs no store."""
    if call["regime"]:
        one = {"regimes": [regime_json(regime_of(call["regime"]))]}
        call.out.answer(one, lambda: RegimesView(call.out.lang).regime(one))
    else:
        answer = regimes_json()
        call.out.answer(answer, lambda: RegimesView(call.out.lang).regimes(answer))
    return 0
