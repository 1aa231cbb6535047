"""Signals in the bids: the same preparer, agent, project team, account, phone or address (domain facts P11).

They are worth a look and prove nothing. Equal names are equal names, unless full numbers say that it is one person; of
two numbers that differ nothing is said. A contact that more subjects gave than the policy's fan-out cap (a registration
agency, a business incubator) joins nobody and is reported.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.cypher import text
from graph.identifiers import is_repeated, normalise
from graph.mask import mask_contact, mask_id, scrub
from graph.names import looks_like_organisation, name_key
from graph.store import Store
from graph.vocabulary import CONTACT_KINDS
from queries.bidders.laws import Signal, Signals
from queries.bidders.reading import Bidder
from queries.law.bids import Bid, full_number, together
from queries.law.bindings import BATCH, MOST
from queries.model import Edge, Json
from queries.sheet_roles import people
from queries.words import SAME_FIELD, record_words

_BETWEEN = re.compile(r"[；;、，,/／]+")  # between several numbers in one cell
_LEAST = {"digits": 6, "phone": 7, "address": 6}  # shorter values name nothing


@dataclass(frozen=True, slots=True)
class Mark:
    """One value a bidder gave. `key`: the form in which it is compared; `shown`: masked; `number`: of a person."""

    kind: str
    key: str
    shown: str
    record: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """What two bids have in common. `signal`: its column, "" for a contact of the graph alone."""

    pair: tuple[Bid, Bid]
    signal: str
    edge: Edge
    why: str


class Marks:
    """What all bidders gave. `busy`: contacts too many share, as `not_crossed` tells them; `cut`: more than is read."""

    def __init__(self, store: Store, known: Signals, as_of: str, cap: int) -> None:
        self.busy: dict[tuple[str, str], Json] = {}
        self.cut = False
        self._store, self._known, self._as_of, self._cap = store, known, as_of, cap
        self._of: dict[tuple[str, str], list[Mark]] = defaultdict(list)
        self._degree: dict[tuple[str, str], int] = {}

    def read(self, bidders: Sequence[Bidder]) -> None:
        """Fetch the contacts of the bidders, and how common those of their sheet are."""
        contacts: dict[str, list[Mark]] = defaultdict(list)
        meant: dict[str, tuple[str, str]] = {}
        ids = sorted({b.bid.id for b in bidders if not b.bid.id.startswith("sheet:")})
        for start in range(0, len(ids), BATCH):
            rows = self._store.read(
                text("queries.bidders", "contacts"),
                ids=ids[start : start + BATCH],
                kinds=list(self._known.contacts),
                as_of=self._as_of,
                most=MOST,
            )
            self.cut = self.cut or len(rows) >= MOST
            for row in rows:
                key = _key("phone" if row["kind"] == "phone" else "address", str(row["value"]))
                shown = mask_contact(row["kind"], str(row["value"]))
                contacts[row["id"]].append(Mark(row["kind"], key, shown, row["record"] or ""))
                meant[row["contact"]] = (row["kind"], key)
        for bidder in bidders:
            self._of[bidder.bid.place] = [*self._cells(bidder), *contacts.get(bidder.bid.id, ())]
        given = {(m.kind, m.key) for marks in self._of.values() for m in marks if m.kind in CONTACT_KINDS}
        self._count({**{f"{kind}|{key}": (kind, key) for kind, key in given}, **meant})

    def _count(self, meant: Mapping[str, tuple[str, str]]) -> None:
        """How many gave each contact, `meant` by its id in the graph."""
        asked = sorted(meant)
        for start in range(0, len(asked), BATCH):
            batch = asked[start : start + BATCH]
            for row in self._store.read(text("queries.bidders", "bearers"), contacts=batch, as_of=self._as_of):
                contact = meant[row["contact"]]
                self._degree[contact] = max(self._degree.get(contact, 0), row["degree"])

    def _cells(self, bidder: Bidder) -> Iterator[Mark]:
        asked = bidder.asked
        for signal in self._known.columns.values():
            kind, record = _kind(signal), f"sheet:{asked.row}"
            if signal.compare == "name":
                for name, number in people(asked, signal.field, signal.label.zh)[0]:
                    if not self._blank(name):
                        full = full_number({"id_number": number, "id_type": asked.fields.get("id_type")})
                        yield Mark(kind, name_key(name), scrub(name), record, full)
                continue
            for value in _values(signal, asked.fields.get(signal.field, "")):
                key = _key(signal.compare, value)
                if not self._blank(value) and len(key) >= _LEAST[signal.compare] and "*" not in key:
                    yield Mark(kind, key, _shown(signal, value), record)

    def _blank(self, value: str) -> bool:
        return name_key(value).lower() in self._known.blank or is_repeated(value) or not name_key(value)

    def people(self, bid: Bid) -> Iterator[tuple[str, Mark]]:
        """The people a bid names with their full numbers, each with what the column is called."""
        columns = {_kind(signal): signal.label.zh for signal in self._known.columns.values()}
        return ((columns[mark.kind], mark) for mark in self._of[bid.place] if mark.number)

    def shared(self, bids: Sequence[Bid]) -> Iterator[Sign]:
        """What the bidders of one lot have in common, pair by pair."""
        holders: dict[tuple[str, str], dict[str, tuple[Bid, list[Mark]]]] = defaultdict(dict)
        for bid in bids:
            for mark in self._of[bid.place]:
                for value in {mark.key, mark.number} - {""}:
                    holders[mark.kind, value].setdefault(bid.id, (bid, []))[1].append(mark)
        for (kind, key), group in holders.items():
            if len(group) < 2 or self._too_common(kind, key, group):
                continue
            for (one, mine), (other, theirs) in combinations(group.values(), 2):
                if not together(one, other):
                    yield from self._signs((one, other), (kind, key), mine, theirs)

    def _too_common(self, kind: str, key: str, group: dict[str, tuple[Bid, list[Mark]]]) -> bool:
        if kind not in CONTACT_KINDS:
            return False
        degree = max(self._degree.get((kind, key), 0), len(group))
        if degree <= self._cap:
            return False
        shown = next(iter(group.values()))[1][0].shown
        self.busy[kind, key] = {"contact": {"kind": kind, "value": shown}, "reason": "fanout", "degree": degree}
        return True

    def _signs(
        self, pair: tuple[Bid, Bid], by: tuple[str, str], mine: Sequence[Mark], theirs: Sequence[Mark]
    ) -> Iterator[Sign]:
        kind, key = by
        column = next((s for s in self._known.columns.values() if _kind(s) == kind), None)
        label = column.label.zh if column else CONTACT_KINDS[kind]
        how = _how(key, mine, theirs, column)
        if not how:
            return
        records = list(dict.fromkeys(m.record for m in (*mine, *theirs) if m.record))
        ends = (pair[0].id, pair[1].id)
        via = {"kind": kind if kind in CONTACT_KINDS else label, "value": mine[0].shown}
        type = "CONTACT" if kind in CONTACT_KINDS else SAME_FIELD
        edge = Edge(type, *ends, record="；".join(records) or None, via=via)
        places = "、".join(dict.fromkeys(record_words(r) for r in records))
        value = "、".join(dict.fromkeys(m.shown for m in (*mine, *theirs)))
        yield Sign(pair, column.field if column else "", edge, f"{label}{how}：{value}（{places}）")


def _how(key: str, mine: Sequence[Mark], theirs: Sequence[Mark], column: Signal | None) -> str:
    """In which way two values agree; "" where their numbers say that two people bear one name."""
    if column is None or column.compare != "name":
        return "相同"
    numbers = [{m.number for m in marks if m.number} for marks in (mine, theirs)]
    if key in numbers[0] & numbers[1]:
        same = {m.key for m in mine} & {m.key for m in theirs}
        return "为同一人（证件号码一致）" if same else "证件号码一致、姓名不同"
    if all(numbers) or any(m.number == key for m in (*mine, *theirs)):
        return ""
    if looks_like_organisation(mine[0].shown):
        return "名称相同"
    return "姓名相同（没有可比对的完整证件号码，不能认定为同一人）"


def _kind(signal: Signal) -> str:
    """What a column's values are compared with: contacts of that kind, or the same column alone."""
    return signal.contact or f"column {signal.field}"


def _values(signal: Signal, cell: str) -> list[str]:
    return [v.strip() for v in _BETWEEN.split(cell)] if signal.compare in ("digits", "phone") else [cell]


def _key(compare: str, value: str) -> str:
    if compare == "phone":
        return normalise(value).removeprefix("+86")
    return normalise(value) if compare == "digits" else name_key(value)


def _shown(signal: Signal, value: str) -> str:
    return mask_contact(signal.contact, value) if signal.contact else mask_id(value)
