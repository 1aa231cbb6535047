"""groups: who belongs together with a subject, or all guarantee rings."""

from __future__ import annotations

from api.call import Call
from api.views.groups import GroupsView
from graph.store import open_store
from queries.groups.answer import WHOLE
from queries.groups.answer import groups as around
from queries.subjects import find


def groups(call: Call) -> int:
    """`xinmai groups [SUBJECT]`"""
    kinds = call["kind"] or (() if call["subject"] else (WHOLE,))
    with open_store(call["db"]) as store:
        subject = find(store, call["subject"]).id if call["subject"] else None
        answer = around(store, subject, as_of=call["as_of"], kinds=kinds).to_json()
    call.out.answer(answer, lambda: GroupsView(call.out.lang).show(answer))
    return 0
