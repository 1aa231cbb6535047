"""Holders that the sheet itself names: sure by a full number or code, and rivals of the lot by a name of their own too.

A share is never named in the sheet; how much such a shareholder holds is for a person to find out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from graph.names import name_key
from graph.vocabulary import RELATIONS
from queries.applicants import Applicant
from queries.bidders.reading import Bidder, Bidders
from queries.law.bids import Bid, Props
from queries.law.ties import Tie
from queries.model import Edge
from queries.sheet_roles import roles_of

BY_NAME = "表格只填写了名称，未填统一社会信用代码，是否为同标段的该投标人待核实"
NAME_DIFFERS = "所填代码与名称不一致，待核实"
BAD_CHECK = "所填统一社会信用代码校验位不符，待核实"


def stated(bidders: Bidders, types: Sequence[str]) -> Iterator[Tie]:
    """Ties the sheet names, where the graph does not have them so."""
    own = {bidder.asked.row: bidder for bidder in bidders.all}
    told: set[tuple[str, str, str]] = set()
    for claim in bidders.facts.claims:
        bidder = own.get(claim.role.row)
        if bidder is None or claim.role.type not in types:
            continue
        if claim.known is not None or claim.sure:
            told.add((claim.role.type, str(claim.holder["id"]), bidder.bid.id))
        if claim.known is None and claim.sure:
            yield _tie(claim.role.type, claim.holder, bidder.bid)
    for rivals in bidders.lots.values():
        yield from _rivals(rivals, types, told)


def _rivals(rivals: Sequence[Bidder], types: Sequence[str], told: set[tuple[str, str, str]]) -> Iterator[Tie]:
    """Those who bid for the same lot, whether the graph holds them or not."""
    by_code, by_name = _codes(rivals), _names(rivals)
    for bidder in rivals:
        for role in roles_of(bidder.asked)[0]:
            if role.type not in types or role.holder is None:
                continue
            holder, doubt = _meant(role.holder, by_code, by_name)
            key = (role.type, str(holder["id"]) if holder else "", bidder.bid.id)
            if holder is not None and key[1] != bidder.bid.id and key not in told:
                told.add(key)
                yield _tie(role.type, holder, bidder.bid, doubt)


def _meant(
    named: Applicant, by_code: Mapping[str, Props], by_name: Mapping[str, Sequence[Props]]
) -> tuple[Props | None, str]:
    """Which bidder a cell means, and what makes it unsure."""
    if named.number:  # a person's
        return None, ""
    if named.code is not None:
        held = by_code.get(named.code.value)
        if held is None or name_key(str(held.get("name") or "")) != named.key:
            return held, NAME_DIFFERS
        return held, "" if named.code.valid else BAD_CHECK
    bearers = by_name.get(named.key, ())
    return (bearers[0], BY_NAME) if len(bearers) == 1 else (None, "")


def _codes(rivals: Sequence[Bidder]) -> dict[str, Props]:
    return {str(b.bid.subject["uscc"]): b.bid.subject for b in rivals if b.bid.subject.get("uscc")}


def _names(rivals: Sequence[Bidder]) -> dict[str, list[Props]]:
    found: dict[str, list[Props]] = defaultdict(list)
    for bidder in rivals:
        found[name_key(str(bidder.bid.subject.get("name") or ""))].append(bidder.bid.subject)
    return found


def _tie(type: str, holder: Props, bid: Bid, doubt: str = "") -> Tie:
    edge = Edge(type, str(holder["id"]), bid.id, record=f"sheet:{bid.row}")
    share = 0.0 if RELATIONS[type].rated else None
    conducts = holder.get("conducts") is not False
    return Tie(type, holder, bid.id, edge, share, conducts=conducts, stale=False, doubt=doubt, stated=True)
