"""The bids among the rows of a screening: which rows bid, and what the rules on joint and rival bids say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.store import Store
from queries.applicants import Applicant
from queries.finding import Finding
from queries.law.answer import Frame
from queries.law.bids import Bid, Props, Role, full_number
from queries.law.bindings import Binding
from queries.law.joint import ByRow, consortium_findings
from queries.law.lots import Lots
from queries.law.ties import Ties
from queries.match import Match
from queries.sheet_facts import SheetFacts
from queries.sheet_roles import roles_of

Rows = tuple[Sequence[Applicant], Sequence[Match], SheetFacts]


def joint_findings(
    store: Store, rows: Rows, found: Mapping[str, Sequence[Binding]], frame: Frame
) -> tuple[Mapping[int, Sequence[Finding]], bool]:
    """Findings by row, and whether something was cut off. Nothing where the scenario follows no relations."""
    if not frame.scenario.relations or frame.pack is None:
        return {}, False
    bids = list(_bids(rows))
    told: ByRow = defaultdict(list)
    for row, findings in consortium_findings(bids, found, frame).items():
        told[row] += findings
    lots = Lots(frame, bids)
    cut = False
    if lots.lots:
        ties = Ties(store, frame.setting.days)
        ties.read(lots.ids, lots.wanted)
        for bid, role in sheet_roles(rows[0], bids, lots.wanted.roles):
            ties.add_role(bid, role)
        for row, findings in lots.findings(ties).items():
            told[row] += findings
        cut = ties.cut or lots.cut
    alerts = frame.scenario.alerts
    return {row: [f for f in each if alerts or f.rule] for row, each in told.items()}, cut


def _bids(rows: Rows) -> Iterator[Bid]:
    """The rows that name a lot or a consortium; of an organisation the graph does not hold, as the sheet has it."""
    applicants, matches, sheet = rows
    for asked, match in zip(applicants, matches, strict=True):
        lot, consortium = asked.fields.get("lot", ""), asked.fields.get("consortium", "")
        if asked.sort == "person" or not (lot or consortium):
            continue
        subject = match.subject or sheet.places.get(asked.row) or unknown(asked)
        yield Bid(asked.row, subject, lot, consortium, match.certain)


def unknown(asked: Applicant) -> Props:
    """A bidder the graph does not hold, as its row has it."""
    return {"id": f"sheet:{asked.row}", "name": asked.name, "uscc": asked.code.value if asked.code else None}


def sheet_roles(
    applicants: Iterable[Applicant], bids: Iterable[Bid], types: Sequence[str]
) -> Iterator[tuple[Bid, Role]]:
    """The people the rows themselves name in these roles, each by his full number where the row has it."""
    by_row = {bid.row: bid for bid in bids}
    for asked in applicants:
        for number, role in enumerate(roles_of(asked)[0] if asked.row in by_row else ()):
            if role.type not in types or role.holder is None:
                continue
            person = {
                "id": f"{role.record}:{number}",
                "kind": "enterprise" if role.holder.sort == "organisation" else "person",
                "name": role.holder.name,
                "id_number": role.holder.number or None,
                "id_type": asked.fields.get("id_type"),
            }
            yield by_row[asked.row], Role(role.type, person, full_number(person), {"record": role.record})
