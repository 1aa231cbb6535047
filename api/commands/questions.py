"""show, exposure, reach, paths, listings, policy: what the graph is asked."""

from __future__ import annotations

import re

from api.call import Call
from api.engines import store_asked
from api.subjects import ends
from api.views import policy as policy_view
from api.views.card import CardView
from api.views.findings import FindingsView
from api.views.risk import RiskView
from graph.store import open_store
from graph.vocabulary import RELATIONS
from queries.exposure import expose
from queries.listings import listings as browse
from queries.paths import paths as between
from queries.paths_asked import PathsAsked
from queries.paths_pairs import paths_pairs
from queries.policy import shipped
from queries.question import Asked
from queries.reach import reach as whom
from queries.show import show as card
from queries.subjects import find

_BETWEEN = re.compile(r"[,，、\s]+")


def asked(call: Call) -> Asked:
    """The options of a question of risk, as the queries take them."""
    return {
        "as_of": call["as_of"],
        "hops": call["hops"],
        "include_possible": call["include_possible"],
        "replay": call["replay"],
    }


def type_named(word: str) -> str:
    """A relation type by its code or its Chinese label; anything else is left to be refused."""
    return next((name for name, known in RELATIONS.items() if known.label == word), word.upper())


def show(call: Call) -> int:
    """`xinmai show SUBJECT`"""
    with open_store(call["db"]) as store:
        subject = find(store, call["subject"])
        answer = card(store, subject.id, as_of=call["as_of"], replay=call["replay"]).to_json()
    call.out.answer(answer, lambda: CardView(call.out.lang).show(answer))
    return 0


def exposure(call: Call) -> int:
    """`xinmai exposure SUBJECT`"""
    with store_asked(call) as store:
        answer = expose(store, find(store, call["subject"]).id, **asked(call)).to_json()
    call.out.answer(answer, lambda: RiskView(call.out.lang).exposure(answer))
    return 0


def reach(call: Call) -> int:
    """`xinmai reach SUBJECT|LISTING`"""
    with store_asked(call) as store:
        answer = whom(store, call["subject"], **asked(call)).to_json()
    call.out.answer(answer, lambda: FindingsView(call.out.lang).reach(answer))
    return 0


def paths(call: Call) -> int:
    """`xinmai paths A [B]`"""
    types = [type_named(name) for word in call["types"] or () for name in _BETWEEN.split(word) if name]
    wanted: PathsAsked = {
        "as_of": call["as_of"],
        "span": (call["from"], call["to"]) if call["from"] or call["to"] else None,
        "max_hops": call["max_hops"],
        "types": types or None,
        "k": call["k"],
        "every": call["all"],
        "most": call["most"],
        "through_hubs": call["through_hubs"],
    }
    with store_asked(call) as store:
        if call["b"] is None:
            answer = paths_pairs(store, ends(store, call["a"]), **wanted).to_json()
        else:
            answer = between(store, ends(store, call["a"]), ends(store, call["b"]), **wanted).to_json()
    view = RiskView(call.out.lang)
    call.out.answer(answer, lambda: view.pairs(answer) if call["b"] is None else view.paths(answer))
    return 0


def listings(call: Call) -> int:
    """`xinmai listings`"""
    with open_store(call["db"]) as store:
        answer = browse(
            store,
            as_of=call["as_of"],
            list=call["list"],
            region=call["region"],
            since=call["since"],
            replay=call["replay"],
            most=call["limit"],
        ).to_json()
    call.out.answer(answer, lambda: CardView(call.out.lang).listings(answer))
    return 0


def policy(call: Call) -> int:
    """`xinmai policy`: needs no store."""
    answer = shipped().to_json()
    call.out.answer(answer, lambda: policy_view.policy(answer, call.out.lang))
    return 0
