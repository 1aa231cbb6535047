"""Why an exposure came, went or moved between two days: the listing or the relation that began or ended between them.

Told from what the graph holds now: of the way that counts, each listing and each relation on either day. Where neither
began or ended (a stop on the way that opened, a source loaded later, another policy), that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from graph.store import Store
from graph.vocabulary import list_types
from queries.diff import Change, Side, State, changes, counts
from queries.diff_notes import asked_alike, notes
from queries.finding import ALERT_SENTENCE, FOREIGN_SENTENCE
from queries.model import Edge, Json, Listing, Subject, in_force
from queries.policy import POSSIBLE, Policy
from queries.question import Question
from queries.steps import Pair, edges
from queries.subjects import entries, subjects


@dataclass(frozen=True, slots=True)
class _Day:
    """One of the two days: the relations that counted on it between neighbours of any way told. `over`: the day by
    which what had ended did not count.
    """

    question: Question
    over: str
    edges: Mapping[Pair, Edge]

    def holds(self, props: Mapping[str, Any]) -> bool:
        """Whether a listing counted on it."""
        return in_force(props, self.question.as_of, self.over)


@dataclass(frozen=True, slots=True)
class Told:
    """What changes are told with. `days`: before and after; None where a result does not say of which day it is.
    `alike`: whether the two results differ in nothing but the day.
    """

    days: tuple[_Day | None, _Day | None]
    alike: bool
    subjects: Mapping[str, Subject]
    entries: Mapping[str, Mapping[str, Any]]

    def to_json(self, change: Change) -> Json:
        """One change: the subject, its state before and after, what differs, and the causes."""
        before, after = self.days
        return {
            "subject": self._subject(change.subject),
            "what": list(change.what),
            "before": self._state(change.before, before),
            "after": self._state(change.after, after),
            "causes": self.causes(change),
        }

    def causes(self, change: Change) -> list[Json]:
        """What began on the way that is new, and what ended on the one that was; `none` where nothing did, `options`
        where nothing did and the two results were asked differently.

        Each has its `kind`, and the `listing` with who is on it, or the `relation`, with dates; `instead`: the weaker
        or stronger relation of the same two that counted on the other day.
        """
        before, after = self.days
        found: list[Json] = []
        if before is not None and after is not None:
            if change.after is not None:
                found += self._begun(change.after, before, after, "began")
            if change.before is not None:
                found += self._begun(change.before, after, before, "ended")
        unique = [cause for number, cause in enumerate(found) if cause not in found[:number]]
        return unique or [{"kind": "none" if self.alike else "options"}]

    def _begun(self, state: State, without: _Day, by: _Day, how: str) -> list[Json]:
        """What of a way counted on the day `by` and not on the day `without`."""
        found: list[Json] = []
        props, whose = self.entries.get(state.listing), {"listed_subject": self._subject(state.listed_subject)}
        if props is None:
            found.append({"kind": "listing_gone", "listing": {"id": state.listing}, **whose})
        elif by.holds(props) and not without.holds(props):
            found.append({"kind": f"listing_{how}", "listing": by.question.listing(props).to_json(), **whose})
        for pair in pairwise(state.path):
            here, there = by.edges.get(pair), without.edges.get(pair)
            if here is None:
                if there is None:
                    ends = [self._subject(end) for end in pair]
                    found.append({"kind": "relation_gone", "between": ends})
            elif there is None and here.type == POSSIBLE:
                continue  # no relation that begins or ends: it was counted once, and once not
            elif there is None or (there.weight or 0) < (here.weight or 0):
                cause: Json = {"kind": f"relation_{how}", "relation": here.to_json()}
                found.append({**cause, "instead": there.to_json()} if there is not None else cause)
        return found

    def _state(self, state: State | None, day: _Day | None) -> Json | None:
        if state is None:
            return None
        props = self.entries.get(state.listing)
        listing: Json = {"id": state.listing}
        if props is not None:
            today = date.today().isoformat()
            read = day.question.listing(props) if day is not None else Listing.read(props, today, today)
            listing = read.to_json()
        foreign = props is not None and list_types()[props["list"]].family == "foreign"
        walked = [day.edges[pair] for pair in pairwise(state.path) if pair in day.edges] if day is not None else []
        return {
            "score": state.score,
            "hops": state.hops,
            "band": state.band,
            "class": "ALERT",
            "listing": listing,
            "listed_subject": self._subject(state.listed_subject),
            "path": {
                "nodes": [self._subject(node) for node in state.path],
                "edges": [edge.to_json() for edge in walked],
            },
            "note": "；".join([FOREIGN_SENTENCE, ALERT_SENTENCE] if foreign else [ALERT_SENTENCE]),
        }

    def _subject(self, id: str) -> Json:
        return (self.subjects.get(id) or Subject(id)).to_json()


def document(store: Store, before: Side, after: Side, *, most: int, policy: Policy | None = None) -> Json:
    """Answer of `diff`: what the two results are, how many differ, and of each kind the gravest `most`, with causes.

    `policy`: by which relations count; default the shipped one.
    """
    found = changes(before, after)
    shown = {kind: listed[:most] for kind, listed in found.items()}
    with_all = told(store, [change for listed in shown.values() for change in listed], (before, after), policy=policy)
    return {
        "from": before.to_json(),
        "to": after.to_json(),
        "counts": counts(found),
        **{str(kind): [with_all.to_json(change) for change in listed] for kind, listed in shown.items()},
        "notes": notes(before, after),
        "not_checked": [dict(missing) for missing in after.about.not_checked],
        "complete": all(len(found[kind]) == len(shown[kind]) for kind in found),
        "note": ALERT_SENTENCE,
    }


def told(store: Store, changed: Sequence[Change], sides: tuple[Side, Side], *, policy: Policy | None = None) -> Told:
    """Read what these changes are told with: subjects, entries, and the relations of either day."""
    states = [state for change in changed for state in (change.before, change.after) if state is not None]
    ways = {state.path for state in states}
    alike = asked_alike(*sides)
    before, after = (_day(store, side, ways, policy, alike) for side in sides)
    return Told(
        (before, after),
        alike,
        subjects(store, {node for way in ways for node in way} | {change.subject for change in changed}),
        entries(store, {state.listing for state in states}),
    )


def _day(store: Store, side: Side, ways: Iterable[tuple[str, ...]], policy: Policy | None, alike: bool) -> _Day | None:
    about = side.about
    if not about.as_of:
        return None
    question = Question.of(
        {"as_of": about.as_of, "include_possible": about.include_possible, "policy": policy, "replay": True}
    )
    # Where one was replayed and the other not, nothing begins or ends by that.
    over = about.over if alike and about.over else about.as_of
    return _Day(question, over, edges(store, question, set(ways)))
