"""Consortia among the bidders: who bids with whom, and what an entry on one member means for the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph.store import Store
from queries.finding import Class
from queries.law.answer import Frame
from queries.law.bids import Bid, consortia
from queries.law.bindings import Binding, Search, Types
from queries.law.joint import consortium_findings, joint_rules
from queries.law.pack import Pack
from queries.model import Json, Subject


def lists_of(frame: Frame) -> tuple[str, ...]:
    """The lists that start a rule on consortia in this scenario."""
    rules = [joint.rule for joint in joint_rules(frame, "consortium") if joint.binds]
    return tuple(sorted({code for rule in rules for code in rule.trigger.lists}))


def entries(store: Store, bids: Sequence[Bid], frame: Frame, pack: Pack) -> tuple[dict[str, list[Binding]], bool]:
    """The entries on members of consortia, by member; and whether some were left out."""
    ids = sorted({bid.id for group in consortia(bids) for bid in group if not bid.id.startswith("sheet:")})
    if not ids:
        return {}, False
    search = Search(store, Types.of(pack, lists_of(frame)))
    return search.themselves(ids), search.cut


def told(bids: Sequence[Bid], found: Mapping[str, Sequence[Binding]], frame: Frame) -> Iterator[Json]:
    """Each consortium with its members and the findings on them."""
    by_row = consortium_findings(bids, found, frame)
    for group in consortia(bids):
        findings = [f for bid in group for f in by_row.get(bid.row, ()) if f.cls is not Class.ALERT]
        yield {
            "lot": group[0].lot,
            "consortium": group[0].consortium,
            "rows": [bid.row for bid in group],
            "members": [Subject.read(bid.subject).to_json() for bid in group],
            "findings": [finding.to_json() for finding in findings],
        }
    yield from _alone(bids)


def _alone(bids: Sequence[Bid]) -> Iterator[Json]:
    """Consortia of which only one row was given: told, so that a slip of the pen is seen."""
    together = {bid.row for group in consortia(bids) for bid in group}
    for bid in bids:
        if bid.consortium and bid.row not in together:
            yield {
                "lot": bid.lot,
                "consortium": bid.consortium,
                "rows": [bid.row],
                "members": [Subject.read(bid.subject).to_json()],
                "findings": [],
            }
