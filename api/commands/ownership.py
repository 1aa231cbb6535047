"""ownership: who owns, controls and benefits from a subject, and what it owns."""

from __future__ import annotations

from api.call import Call
from api.views.ownership import OwnershipView
from graph.store import open_store
from queries.ownership.owners import ownership as around
from queries.subjects import find


def ownership(call: Call) -> int:
    """`xinmai ownership SUBJECT`: both ways unless one is asked for."""
    up, down = call["up"], call["down"]
    with open_store(call["db"]) as store:
        answer = around(
            store,
            find(store, call["subject"]).id,
            as_of=call["as_of"],
            up=up or not down,
            down=down or not up,
            threshold=call["threshold"],
        ).to_json()
    call.out.answer(answer, lambda: OwnershipView(call.out.lang).show(answer))
    return 0
