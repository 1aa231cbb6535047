"""What a comparison of bidders answers: pairs with all their reasons, groups, consortia, and what was not done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import networkx as nx

from queries.bidders.laws import Law
from queries.bidders.reading import Bidders
from queries.law.bids import Bid
from queries.model import Json, Path, Subject
from queries.sources import Loaded, NotChecked


class Verdict(StrEnum):
    """What a pair comes to."""

    PROHIBITED = "prohibited"
    ALERT = "alert"
    NONE = "none"


ANY = Verdict.ALERT  # the level of groups joined by whatever is prohibited or worth a look
# How grave reasons of one kind are, the gravest first.
KINDS = ("same_head", "holding", "management", "signal", "same_name", "shared_person", "path")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of one pair. `rule`: the rule of the pack it comes under, None for what is only worth a look;
    `conclusive`: that rule prohibits the pair; `conditions`: what keeps it from that. `also`: paths of other relations
    that count together with `path`. `signal`: the column of the sheet. `missed`: a rule that is narrowly not met.
    """

    kind: str
    path: Path
    text: str
    rule: str | None = None
    conclusive: bool = False
    basis: tuple[Mapping[str, str], ...] = ()
    conditions: tuple[str, ...] = ()
    also: tuple[Path, ...] = ()
    signal: str = ""
    missed: str | None = None

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """The gravest first."""
        return not self.conclusive, self.rule is None, KINDS.index(self.kind)

    def to_json(self) -> Json:
        """A reason of the contract, and more."""
        return {
            "rule": self.rule,
            "kind": self.kind,
            "basis": [dict(entry) for entry in self.basis],
            "path": self.path.to_json(),
            "text": self.text,
            "conclusive": self.conclusive,
            "conditions": list(self.conditions),
            "also": [path.to_json() for path in self.also],
            "signal": self.signal or None,
            "missed": self.missed,
        }


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bidders of a lot, and everything that joins them, the gravest first. `note`: why nothing is compared."""

    lot: str
    a: Bid
    b: Bid
    reasons: tuple[Reason, ...]
    note: str = ""

    @property
    def verdict(self) -> Verdict:
        """Prohibited where some reason is conclusive; an alert where there is any; else nothing."""
        if any(reason.conclusive for reason in self.reasons):
            return Verdict.PROHIBITED
        return Verdict.ALERT if self.reasons else Verdict.NONE

    def to_json(self, subjects: Mapping[str, Json]) -> Json:
        """An entry of `pairs`; `subjects`: the bidders by id."""
        return {
            "lot": self.lot,
            "a": subjects[self.a.id],
            "b": subjects[self.b.id],
            "rows": [self.a.row, self.b.row],
            "verdict": str(self.verdict),
            "reasons": [reason.to_json() for reason in self.reasons],
            **({"note": self.note} if self.note else {}),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole comparison. `consortia`: as JSON; `stops`: subjects and contacts nothing was followed through."""

    law: Law
    as_of: str
    rules: str
    policy: str
    data: tuple[Loaded, ...]
    bidders: Bidders
    pairs: tuple[Pair, ...]
    consortia: tuple[Json, ...]
    stops: tuple[Json, ...]
    unchecked: tuple[NotChecked, ...]
    complete: bool

    def to_json(self, rejected: Iterable[tuple[int, str]] = (), notes: Iterable[str] = ()) -> Json:
        """The document of `bidders -o x.json`; `rejected` and `notes` are what reading the sheet had to say."""
        refused = sorted([*rejected, *self.bidders.rejected])
        by_lot: dict[str, list[Pair]] = defaultdict(list)
        for pair in self.pairs:
            by_lot[pair.lot].append(pair)
        groups = [group for lot in self.bidders.lots for group in _groups(lot, by_lot[lot])]
        subjects = {b.bid.id: Subject.read(b.bid.subject).to_json() for b in self.bidders.all}
        return {
            "law": self.law.code,
            "law_name": self.law.name.zh,
            "unit": self.law.unit.zh,
            "as_of": self.as_of,
            "rules": self.rules,
            "policy": self.policy,
            "data": [{"source": s.name, "snapshot": s.snapshot, "loaded_at": s.loaded_at} for s in self.data],
            "lots": [_lot(lot, len(bidders), by_lot[lot]) for lot, bidders in self.bidders.lots.items()],
            "bidders": [bidder.to_json() for bidder in self.bidders.all],
            "pairs": [pair.to_json(subjects) for pair in self.pairs],
            "groups": [list(ids) for ids in dict.fromkeys(tuple(g["ids"]) for g in groups if g["verdict"] == ANY)],
            "groups_by_lot": groups,
            "consortia": list(self.consortia),
            "warnings": [*notes, *self.bidders.warnings, *self._on_consortia(), *self._unchecked_roles()],
            "rejected": [{"row": row, "reason": reason} for row, reason in refused],
            "not_crossed": list(self.stops),
            "not_checked": [missing.to_json() for missing in self.unchecked],
            "complete": self.complete,
        }

    def _on_consortia(self) -> list[str]:
        return [self.law.note.zh] if any(group["findings"] for group in self.consortia) else []

    def _unchecked_roles(self) -> list[str]:
        told = self.bidders.facts.warnings.items()
        return [f"第 {row} 行：{words.partition(':')[2].strip()}" for row, each in told for words in each]


def _lot(lot: str, bidders: int, pairs: Sequence[Pair]) -> Json:
    counted = Counter(str(pair.verdict) for pair in pairs)
    return {"lot": lot, "bidders": bidders, "pairs": len(pairs), **{str(v): counted[str(v)] for v in Verdict}}


def _groups(lot: str, pairs: Sequence[Pair]) -> Iterator[Json]:
    """Bidders of a lot joined by prohibited pairs, then by those and alerts together; each group sorted."""
    for level, verdicts in ((Verdict.PROHIBITED, {Verdict.PROHIBITED}), (ANY, {Verdict.PROHIBITED, Verdict.ALERT})):
        network: nx.Graph[Any] = nx.Graph([(p.a.id, p.b.id) for p in pairs if p.verdict in verdicts])
        for ids in sorted(sorted(found) for found in nx.connected_components(network)):
            yield {"lot": lot, "verdict": str(level), "ids": ids}
