"""Exposures from a snapshot: the kernel's searches, told as ways of ids.

Only what is sure is told: where the kernel declines the policy, or rounding could make another way count, nothing is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

from graph.kernel import Reached
from graph.snapshot import Snapshot
from queries.alerts import Found, Way
from queries.kernel_view import CONDUCTS, Seen, declined, seen
from queries.model import Listing
from queries.question import Question
from queries.spread import Label, rounded

THREADS = os.cpu_count() or 1
ALONE = 16  # so few searches are over before a second thread has begun


def towards(snapshot: Snapshot, ids: Sequence[str], question: Question) -> list[Found]:
    """The listings that come near each of these subjects, of which sure; who is not in the snapshot is left out."""
    if declined(question.policy):
        return []
    look = seen(snapshot, question)
    known = {id: index for id in ids if (index := snapshot.subjects.index(id)) >= 0}
    searches = search(look, list(known.values()), question.hops)
    return [
        Found(subject, tuple(_ways(look, reached, question.hops)), _stops(look, reached))
        for subject, reached in zip(known, searches, strict=True)
        if not reached.doubtful
    ]


def outward(
    snapshot: Snapshot, holders: Sequence[str], listed: Sequence[Listing], question: Question
) -> list[Found] | None:
    """Whom these listings of the holders come near; the holders themselves do not count. None if it is not sure, or
    one of them is not in the snapshot: it may have come just now.
    """
    if declined(question.policy):
        return None
    indexes = [snapshot.subjects.index(id) for id in holders]
    if min(indexes) < 0:
        return None
    if not listed:
        return [Found(subject, (), {}) for subject in holders]
    look = seen(snapshot, question, outward=True)
    searches = [_one(look, index, question.hops, outward=True) for index in indexes]
    if any(reached.doubtful for reached in searches):
        return None
    return [
        Found(subject, tuple(_reaching(look, reached, listed, (set(indexes), question))), _stops(look, reached))
        for subject, reached in zip(holders, searches, strict=True)
    ]


def warm(snapshot: Snapshot) -> None:
    """Have what the first question of today would wait for done: the compiled code at hand, the view made."""
    question = Question.of({"as_of": date.today().isoformat()})
    for outward in (False, True) if snapshot.subjects.count else ():
        _one(seen(snapshot, question, outward=outward), 0, question.hops, outward=outward)


def search(look: Seen, asked: Sequence[int], hops: int) -> list[Reached]:
    """Searches from many subjects, in the order asked, on all cores where it pays."""
    threads = THREADS if len(asked) > ALONE else 1
    if threads == 1:
        return [_one(look, subject, hops) for subject in asked]
    parts = [asked[start::threads] for start in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        answers = list(pool.map(lambda part: [_one(look, subject, hops) for subject in part], parts))
    return [answers[number % threads][number // threads] for number in range(len(asked))]


def _one(look: Seen, asked: int, hops: int, *, outward: bool = False) -> Reached:
    searcher = look.borrow()
    reached = searcher.search(asked, hops, outward=outward)
    look.give_back(searcher)
    return reached


def _ways(look: Seen, reached: Reached, hops: int) -> list[Way]:
    """The way that counts for each listing that comes near, in the order of an answer."""
    view, unit, ways = look.view, look.view.unit(hops), []
    for label, place, score in reached.entries.tolist():
        told = _label(look, reached.way(label), int(reached.product[label]), hops)
        ways.append(Way(rounded(Decimal(score) / unit), told, look.snapshot.listings.id(int(view.entry[place]))))
    return sorted(ways, key=lambda way: way.order)


def _reaching(
    look: Seen, reached: Reached, listed: Sequence[Listing], asked: tuple[set[int], Question]
) -> Iterator[Way]:
    holders, question = asked
    # The newest label of a subject has the highest product.
    newest = {node: label for label, node in enumerate(reached.node.tolist()) if node not in holders}
    for label in newest.values():
        told = _label(look, reversed(reached.way(label)), int(reached.product[label]), question.hops)
        for entry in listed:
            score = rounded(told.product * question.policy.severity_of(entry.list, entry.tier))
            if score and score >= question.policy.floor:
                yield Way(score, told, entry.id)


def _label(look: Seen, nodes: Iterable[int], product: int, hops: int) -> Label:
    return Label(Decimal(product) / look.view.scale**hops, tuple(look.snapshot.subjects.id(node) for node in nodes))


def _stops(look: Seen, reached: Reached) -> dict[str, tuple[str, int]]:
    """Who was not gone on from, why, and how many relations each has."""
    view, ids = look.view, look.snapshot.subjects
    return {
        ids.id(node): ("conducts" if view.stop[node] == CONDUCTS else "fanout", int(view.rows.degree[node]))
        for node in reached.stops.tolist()
    }
