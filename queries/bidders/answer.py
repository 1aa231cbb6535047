"""What a comparison of bidders answers: pairs with all their reasons, groups, consortia, and what was not done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import networkx as nx

from queries.bidders.laws import Law
from queries.bidders.reading import Bidder, Bidders
from queries.law.bids import Bid
from queries.model import Json, Path, Subject
from queries.sources import Loaded, NotChecked


class Verdict(StrEnum):
    """What a pair comes to."""

    PROHIBITED = "prohibited"
    ALERT = "alert"
    NONE = "none"


# How grave reasons of one kind are, the gravest first.
KINDS = ("same_head", "holding", "management", "signal", "same_name", "shared_person", "path")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of one pair. `rule`: the rule of the pack it comes under, None for what is only worth a look;
    `conclusive`: that rule prohibits the pair; `conditions`: what keeps it from that. `also`: paths of other relations
    that count together with `path`. `signal`: the column of the sheet.
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
        groups = self._groups()
        subjects = {b.bid.id: Subject.read(b.bid.subject).to_json() for b in self.bidders.all}
        return {
            "law": self.law.code,
            "law_name": self.law.name.zh,
            "unit": self.law.unit.zh,
            "as_of": self.as_of,
            "rules": self.rules,
            "policy": self.policy,
            "data": [{"source": s.name, "snapshot": s.snapshot, "loaded_at": s.loaded_at} for s in self.data],
            "lots": [self._lot(lot, bidders) for lot, bidders in self.bidders.lots.items()],
            "bidders": [bidder.to_json() for bidder in self.bidders.all],
            "pairs": [pair.to_json(subjects) for pair in self.pairs],
            "groups": [list(ids) for ids in dict.fromkeys(tuple(ids) for _, _, ids in groups)],
            "groups_by_lot": [{"lot": lot, "verdict": verdict, "ids": ids} for lot, verdict, ids in groups],
            "consortia": list(self.consortia),
            "warnings": [*notes, *self.bidders.warnings, *self._on_consortia(), *self._unchecked_roles()],
            "rejected": [{"row": row, "reason": reason} for row, reason in refused],
            "not_crossed": list(self.stops),
            "not_checked": [missing.to_json() for missing in self.unchecked],
            "complete": self.complete,
        }

    def _lot(self, lot: str, bidders: Sequence[Bidder]) -> Json:
        pairs = [pair for pair in self.pairs if pair.lot == lot]
        counted = {str(v): sum(pair.verdict is v for pair in pairs) for v in Verdict}
        return {"lot": lot, "bidders": len(bidders), "pairs": len(pairs), **counted}

    def _groups(self) -> list[tuple[str, str, list[str]]]:
        """By lot: bidders joined by prohibited pairs, then by those and alerts; each group sorted."""
        found: list[tuple[str, str, list[str]]] = []
        for lot in self.bidders.lots:
            for verdicts in ({Verdict.PROHIBITED}, {Verdict.PROHIBITED, Verdict.ALERT}):
                joined = [(p.a.id, p.b.id) for p in self.pairs if p.lot == lot and p.verdict in verdicts]
                network: nx.Graph[Any] = nx.Graph(joined)
                level = str(Verdict.PROHIBITED if len(verdicts) == 1 else Verdict.ALERT)
                known = {tuple(ids) for place, _, ids in found if place == lot}
                groups = sorted(sorted(ids) for ids in nx.connected_components(network))
                found += [(lot, level, ids) for ids in groups if tuple(ids) not in known]
        return found

    def _on_consortia(self) -> list[str]:
        return [self.law.note.zh] if any(group["findings"] for group in self.consortia) else []

    def _unchecked_roles(self) -> list[str]:
        told = self.bidders.facts.warnings.items()
        return [f"第 {row} 行：{words.partition(':')[2].strip()}" for row, each in told for words in each]
