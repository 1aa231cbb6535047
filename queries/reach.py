"""Whom a listing comes near: the exposures of everybody to one subject's listings, or to one listing.

The same search as `exposure`, walked from the listed subject outwards: same weights, same scores, same ways.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from decimal import localcontext
from typing import TYPE_CHECKING, Unpack

from graph.cypher import text
from graph.store import Store
from queries.alerts import Exposure, Found, Way, gather, own_listings
from queries.engine import snapshot_for
from queries.exposure import Told
from queries.finding import Class, Finding
from queries.findings import every_rule
from queries.hops import Neighbourhood
from queries.law.answer import Frame, entries_of
from queries.law.bindings import Search as LawSearch
from queries.law.bindings import Types
from queries.law.consequences import everybody, order
from queries.law.judge import verdicts
from queries.law.read import shipped
from queries.model import Json, Listing, NotCrossed, Subject
from queries.question import Asked, Question
from queries.sources import NotChecked
from queries.spread import EXACT, Search, best, walk
from queries.stored import Stored
from queries.subjects import find, with_entries

if TYPE_CHECKING:
    from graph.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ReachAnswer:
    """What `reach` answers. `subject` or `listing` says which of the two was asked for; `exposures` have the
    exposed subject as the first node of their path. `consequences`: what rules of the pack `rules` attach to it, each
    with whom it binds, and the subjects themselves that an entry lists or names.
    """

    subject: Subject | None
    listing: Listing | None
    as_of: str
    policy: str
    rules: str
    listed: tuple[Listing, ...]
    consequences: tuple[Finding, ...]
    exposures: tuple[Exposure, ...]
    not_crossed: tuple[NotCrossed, ...]
    not_checked: tuple[NotChecked, ...]
    complete: bool
    cut: str = ""

    def to_json(self) -> Json:
        """`reach --json`: like `exposure --json`, each exposure with its target."""
        asked = {"listing": self.listing} if self.listing else {"subject": self.subject}
        answer = {
            **{name: value.to_json() for name, value in asked.items() if value},
            "as_of": self.as_of,
            "policy": self.policy,
            "rules": self.rules,
            "listed": [listing.to_json() for listing in self.listed],
            "consequences": [found.to_json() for found in self.consequences],
            "exposures": [{**e.to_json(), "target": e.path.nodes[0].to_json()} for e in self.exposures],
            "not_crossed": [stop.to_json() for stop in self.not_crossed],
            "not_checked": [missing.to_json() for missing in self.not_checked],
            "complete": self.complete,
        }
        return {**answer, "cut": self.cut} if self.cut else answer


def reach(store: Store, asked_for: str, **asked: Unpack[Asked]) -> ReachAnswer:
    """Whom the active listings of a subject, or one listing given by its id, come near.

    Raises NotFoundError when there is neither a listing nor a subject of that name.
    """
    question = Question.of(asked)
    rows = store.read(text("queries", "reach"), listing=asked_for.strip())
    holders = [row["subject"] for row in rows] or [find(store, asked_for).id]
    found = [props for entries in with_entries(store, holders)[1].values() for props in entries]
    wanted = [props for props in found if not rows or props["id"] == rows[0]["props"]["id"]]
    listed = tuple(dict.fromkeys(own_listings(wanted, question)))
    bound, uncut = _consequences(store, question, holders, {props["id"] for props in wanted})
    snapshot = snapshot_for(store)
    with localcontext(EXACT):
        told = _kernel(store, snapshot, holders, listed, question) if snapshot is not None else None
        searches, cut, facts = told or _cypher(store, holders, listed, question)
    findings = gather(question, searches, facts)
    return ReachAnswer(
        subject=None if rows else findings.subjects[holders[0]],
        listing=question.listing(rows[0]["props"]) if rows else None,
        as_of=question.as_of,
        policy=question.policy.version,
        rules=shipped().version,
        listed=listed,
        consequences=bound,
        exposures=tuple(findings.exposure(way) for way in _nearest(searches)),
        not_crossed=findings.not_crossed(*searches),
        not_checked=findings.unchecked,
        complete=findings.complete(cut) and uncut,
        cut=cut,
    )


def _consequences(
    store: Store, question: Question, holders: Sequence[str], wanted: Container[str]
) -> tuple[tuple[Finding, ...], bool]:
    """What rules attach to these entries, in force or running on after them; and whether nothing was cut off."""
    pack, profile = shipped(), every_rule()
    search = LawSearch(store, Types.of(pack, profile.lists))
    found = [b for bindings in search.onward(holders).values() for b in bindings if b.listing["id"] in wanted]
    frame = Frame(question, profile, pack)
    people = {b.holder["id"]: b.holder for b in found if b.said is not None and b.post is None}
    named = [
        f for p in people.values() for f in entries_of(Subject.read(p), found, frame) if f.cls is Class.LISTED_SELF
    ]
    bound = everybody((v for v in verdicts(frame.rules, found, frame.setting.days) if not v.lists), frame.setting)
    return tuple(sorted([*named, *bound], key=order)), not search.cut


def _cypher(store: Store, holders: Sequence[str], listed: Sequence[Listing], question: Question) -> Told:
    seen = Neighbourhood(store, question, towards_listed=False)
    searches = [Search(subject, question.policy, outward=True) for subject in holders]
    cut = walk(searches, seen, question.hops) if listed else ""
    return [Found.of(search, seen, _ways(search, listed, holders)) for search in searches], cut, Stored(store)


def _kernel(
    store: Store, snapshot: Snapshot, holders: Sequence[str], listed: Sequence[Listing], question: Question
) -> Told | None:
    """None where the kernel declines the policy."""
    from queries.kernel_search import outward  # noqa: PLC0415  # compiled code, only where there is a snapshot
    from queries.snapped import Snapped  # noqa: PLC0415

    found = outward(snapshot, holders, listed, question)
    return None if found is None else (found, "", Snapped(store, snapshot))


def _ways(search: Search, listed: Sequence[Listing], holders: Sequence[str]) -> Iterator[Way]:
    """The way that counts for each subject reached and listing."""
    severities = {entry.id: search.policy.severity_of(entry.list, entry.tier) for entry in listed}
    for target, labels in search.reached.items():
        for listing, severity in severities.items() if target not in holders else ():
            if found := best(labels, severity, search.policy.floor):
                yield Way(*found, listing)


def _nearest(searches: Sequence[Found]) -> list[Way]:
    """Of the ways from a target to one listing, by whichever of its holders, the one that counts; in order."""
    counting: dict[tuple[str, str], Way] = {}
    for way in (way for search in searches for way in search.ways):
        key = (way.label.ids[0], way.listing)
        counting[key] = min(counting.get(key, way), way, key=lambda known: known.order)
    return sorted(counting.values(), key=lambda way: way.order)
