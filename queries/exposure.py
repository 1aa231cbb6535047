"""Which listings come near a subject, by which relations: association, never a consequence.

The search walks from the asked subject towards the listed ones, hop by hop, each hop one statement
(`exposure.cypher`) for all subjects asked about. Scores, paths and ties are exact (`spread.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import localcontext
from typing import TYPE_CHECKING, Unpack

from graph.errors import NotFoundError
from graph.store import Store
from queries.alerts import Exposure, Facts, Findings, Found, Way, gather
from queries.engine import snapshot_for
from queries.hops import Neighbourhood
from queries.model import Json, Listing, NotCrossed, Subject
from queries.question import Asked, Question
from queries.sources import NotChecked
from queries.spread import EXACT, Search, best, walk
from queries.stored import Stored

if TYPE_CHECKING:
    from graph.snapshot import Snapshot

# What searches found, why they ended early ("" if they did not), and where the names in it are read.
Told = tuple[list[Found], str, Facts]
# Subjects searched side by side; what they see is kept until all of them are done.
TOGETHER = 200


@dataclass(frozen=True, slots=True)
class ExposureAnswer:
    """What `exposure` answers. `listed`: active listings of the subject itself. `cut`: why the search ended
    early, "" if it did not. `complete`: it was not cut, and every list the question needs was looked at.
    """

    subject: Subject
    as_of: str
    policy: str
    listed: tuple[Listing, ...]
    exposures: tuple[Exposure, ...]
    not_crossed: tuple[NotCrossed, ...]
    not_checked: tuple[NotChecked, ...]
    complete: bool
    cut: str = ""

    def to_json(self) -> Json:
        """The contract's `exposure --json`; with `cut` only where the search was."""
        answer = {
            "subject": self.subject.to_json(),
            "as_of": self.as_of,
            "policy": self.policy,
            "listed": [listing.to_json() for listing in self.listed],
            "exposures": [exposure.to_json() for exposure in self.exposures],
            "not_crossed": [stop.to_json() for stop in self.not_crossed],
            "not_checked": [missing.to_json() for missing in self.not_checked],
            "complete": self.complete,
        }
        return {**answer, "cut": self.cut} if self.cut else answer


def expose(store: Store, subject_id: str, **asked: Unpack[Asked]) -> ExposureAnswer:
    """The exposures of one subject, by id. Raises NotFoundError when there is none with that id."""
    return expose_many(store, [subject_id], **asked)[subject_id]


def expose_many(store: Store, ids: Iterable[str], **asked: Unpack[Asked]) -> dict[str, ExposureAnswer]:
    """The exposures of many subjects, by id, with shared statements; `seconds` counts for each part of them.

    Raises NotFoundError for the first id that is no subject's.
    """
    question, answers = Question.of(asked), dict[str, ExposureAnswer]()
    wanted, snapshot = list(dict.fromkeys(ids)), snapshot_for(store)
    with localcontext(EXACT):
        for start in range(0, len(wanted), TOGETHER):
            part = wanted[start : start + TOGETHER]
            if snapshot is not None:
                answers |= _answers(question, *_kernel(store, snapshot, part, question))
            if left := [subject for subject in part if subject not in answers]:
                answers |= _answers(question, *_cypher(store, left, question))
    return answers


def _cypher(store: Store, ids: Sequence[str], question: Question) -> Told:
    seen = Neighbourhood(store, question, towards_listed=True)
    searches = [Search(subject, question.policy) for subject in ids]
    cut = walk(searches, seen, question.hops)
    return [Found.of(search, seen, _ways(search, seen)) for search in searches], cut, Stored(store)


def _kernel(store: Store, snapshot: Snapshot, ids: Sequence[str], question: Question) -> Told:
    """Of those the kernel can be sure of."""
    from queries.kernel_search import towards  # noqa: PLC0415  # compiled code, only where there is a snapshot
    from queries.snapped import Snapped  # noqa: PLC0415

    return towards(snapshot, ids, question), "", Snapped(store, snapshot)


def _answers(question: Question, searches: Sequence[Found], cut: str, facts: Facts) -> dict[str, ExposureAnswer]:
    findings = gather(question, searches, facts)
    for search in searches:
        if search.asked not in findings.subjects:
            raise NotFoundError(search.asked)
    return {search.asked: _answer(search, findings, cut) for search in searches}


def _ways(search: Search, seen: Neighbourhood) -> list[Way]:
    """The way that counts for each listing that comes near."""
    counting: dict[str, Way] = {}
    for subject, labels in search.reached.items():
        for listing, severity in seen.listed.get(subject, {}).items():
            found = best(labels, severity, search.policy.floor)
            known = counting.get(listing)
            if found and (known is None or found[1].rank(found[0]) < known.label.rank(known.score)):
                counting[listing] = Way(*found, listing)
    return sorted(counting.values(), key=lambda way: way.order)


def _answer(search: Found, findings: Findings, cut: str) -> ExposureAnswer:
    own = findings.own[search.asked]
    listed = {listing.id for listing in own}
    return ExposureAnswer(
        subject=findings.subjects[search.asked],
        as_of=findings.question.as_of,
        policy=findings.question.policy.version,
        listed=own,
        exposures=tuple(findings.exposure(way) for way in search.ways if way.listing not in listed),
        not_crossed=findings.not_crossed(search),
        not_checked=findings.unchecked,
        complete=findings.complete(cut),
        cut=cut,
    )
