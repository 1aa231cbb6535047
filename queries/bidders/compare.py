"""Every pair among the bidders of each lot, with every reason that joins it.

    compare(store, applicants, law("tender"), as_of="2026-06-01").to_json()

Prohibited is only what the law's rule says of two bidders surely known, on facts seen lately. All else that joins two
is worth a look and no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Unpack

from graph.store import Store
from queries.applicants import Applicant
from queries.bidders.answer import Comparison, Pair, Reason
from queries.bidders.concerts import Concerts
from queries.bidders.consortia import entries, lists_of, told
from queries.bidders.laws import Law, signals
from queries.bidders.near import Near, near
from queries.bidders.people import named_staff, shared_people
from queries.bidders.reading import MOST, Bidders, read_bidders
from queries.bidders.reasons import Reasons
from queries.bidders.signals import Marks
from queries.bidders.stated import stated
from queries.law.answer import Frame
from queries.law.bids import Bid, consortia, together
from queries.law.cases import Cases, wanted
from queries.law.lots import rules_on_lots
from queries.law.read import shipped
from queries.law.ties import PARTNER, Ties
from queries.model import Json
from queries.question import Asked, Question
from queries.scenarios import scenario
from queries.screen_bids import sheet_roles
from queries.sources import NotChecked, loaded, not_checked

PARTNERS = "同一联合体的成员，视为一个投标人，相互之间不作比对"
Found = dict[tuple[str, str, str], list[Reason]]
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Progress nobody watches."""


@dataclass(slots=True)
class _Work:
    """What one comparison is made with; `found`: reasons by lot and pair of ids, the smaller first."""

    frame: Frame
    law: Law
    bidders: Bidders
    ties: Ties
    marks: Marks
    cases: Cases
    concerts: Concerts
    found: Found

    def add(self, pair: tuple[Bid, Bid], reason: Reason) -> None:
        """One reason more for a pair."""
        self.found[pair[0].lot, *_ids(pair)].append(reason)


def compare(
    store: Store, applicants: Sequence[Applicant], law: Law, progress: Progress = silent, **asked: Unpack[Asked]
) -> Comparison:
    """Compare the bidders of a sheet. `progress` is told how many of how many lots are done.

    Raises InputError where there are too few bidders or too many, or the day does not exist.
    """
    question, pack = Question.of(asked), shipped()
    frame = Frame(question, scenario(law.scenario), pack)
    bidders = read_bidders(store, applicants, question.as_of)
    work = _work(store, bidders, law, frame)
    for number, lot in enumerate(lots := bidders.lots):
        progress(number, len(lots))
        _compare_lot(work, [bidder.bid for bidder in lots[lot]])
    between = _between(store, work)
    progress(len(lots), len(lots))
    bids = [bidder.bid for bidder in bidders.all]
    listed, cut = entries(store, bids, frame, pack)
    unchecked = _unchecked(store, bids, frame)
    return Comparison(
        law=law,
        as_of=question.as_of,
        rules=pack.version,
        policy=question.policy.version,
        data=tuple(loaded(store)),
        bidders=bidders,
        pairs=tuple(_pairs(work)),
        consortia=tuple(told(bids, listed, frame)),
        stops=(*(stop.to_json() for stop in between.not_crossed), *_contacts(between, work.marks)),
        unchecked=unchecked,
        complete=not (cut or work.ties.cut or work.marks.cut or work.concerts.cut or unchecked) and between.complete,
    )


def _work(store: Store, bidders: Bidders, law: Law, frame: Frame) -> _Work:
    """Everything read that the lots share."""
    known, rules = signals(), rules_on_lots(frame)
    needed = wanted(rules, known.roles, (PARTNER,))
    bids = [bidder.bid for bidder in bidders.all]
    ties = Ties(store, frame.setting.days)
    ties.read([bid.id for bid in bids], needed)
    for bid, role in sheet_roles([bidder.asked for bidder in bidders.all], bids, needed.roles):
        ties.add_role(bid, role)
    for tie in stated(bidders, needed.holders):
        ties.add(tie)
    marks = Marks(store, known, frame.question.as_of, frame.question.policy.fanout_cap)
    marks.read(bidders.all)
    cases = Cases(rules, ties, [bid.id for bid in bids], MOST, look=True)
    concerts = Concerts(store, ties, bids, frame.setting.days)
    return _Work(frame, law, bidders, ties, marks, cases, concerts, defaultdict(list))


def _compare_lot(work: _Work, bids: Sequence[Bid]) -> None:
    reasons = Reasons(work.frame, work.law)
    cases = [*(known := work.cases.of(bids)), *work.concerts.of(bids, known, work.cases.rules)]
    for case in cases:
        work.add(case.pair, reasons.case(case))
    for sign in work.marks.shared(bids):
        work.add(sign.pair, reasons.sign(sign))
    for shared in shared_people(bids, work.ties, signals().roles, cases):
        work.add(shared.pair, reasons.person(shared))
    for shared in named_staff(bids, work.marks, work.ties, signals().roles):
        work.add(shared.pair, reasons.person(shared))


def _between(store: Store, work: _Work) -> Near:
    """Looks for paths between pairs that nothing else joins."""
    reasons = Reasons(work.frame, work.law)
    open_pairs = [p for p in _all_pairs(work) if not together(*p) and (p[0].lot, *_ids(p)) not in work.found]
    in_graph = [p for p in open_pairs if not any(bid.id.startswith("sheet:") for bid in p)]
    ids = sorted({bid.id for pair in in_graph for bid in pair})
    found = near(store, ids, {_ids(pair) for pair in in_graph}, work.frame.question)
    for pair in in_graph:
        path = found.paths.get(_ids(pair))
        if path is not None:
            work.add(pair, reasons.path(pair, path))
    return found


def _all_pairs(work: _Work) -> Iterator[tuple[Bid, Bid]]:
    for bidders in work.bidders.lots.values():
        yield from combinations([bidder.bid for bidder in bidders], 2)


def _pairs(work: _Work) -> Iterator[Pair]:
    for a, b in _all_pairs(work):
        found = work.found.get((a.lot, *_ids((a, b))), ())
        reasons = tuple(sorted(found, key=lambda reason: reason.rank))
        yield Pair(a.lot, a, b, reasons, PARTNERS if together(a, b) else "")


def _ids(pair: Iterable[Bid]) -> tuple[str, str]:
    first, second = sorted(bid.id for bid in pair)
    return first, second


def _contacts(between: Near, marks: Marks) -> list[Json]:
    """Contacts too many share, once each."""
    told = {(c["contact"]["kind"], c["contact"]["value"]): c for c in (*between.busy, *marks.busy.values())}
    return [told[key] for key in sorted(told)]


def _unchecked(store: Store, bids: Sequence[Bid], frame: Frame) -> tuple[NotChecked, ...]:
    """Lists a rule on consortia needs, where there are consortia and the list is not there."""
    if not consortia(bids):
        return ()
    question = frame.question
    return tuple(not_checked(store, lists_of(frame), question.as_of, question.policy.max_age_days))
