"""What `related` answers: parties by regime and clause, what an exemption kept out, what data cannot show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.days import days_between
from queries.model import Edge, Json, NotCrossed, Path, Subject
from queries.regimes.model import Clause, Regime
from queries.regimes.trail import Trail
from queries.sources import NotChecked
from queries.words import path_words

CUT_WORDS = {"time": "搜索超时，只给出已读到的部分", "size": "主体过多，只给出已读到的部分"}
FOREIGN = "境外名单，仅供合规参考"


@dataclass(frozen=True, slots=True)
class Party:
    """One party by one clause of one regime. `on`: the day on which it held, where that is not the day asked for, and
    `away`, the days between the two. `about`: whom the clause speaks of where that is not the party (of sanction
    tests the asked subject, the party being the listed owner). `beside`: the subjects `also` joins.
    """

    subject: Subject
    regime: Regime
    clause: Clause
    opens: tuple[str, ...]
    caveats: tuple[str, ...]
    notes: tuple[str, ...]
    path: Path
    also: tuple[Edge, ...] = ()
    on: str | None = None
    away: int = 0
    foreign: bool = False
    about: Subject | None = None
    beside: tuple[Subject, ...] = ()

    @classmethod
    def of(cls, regime: Regime, clause: Clause, trail: Trail, days: tuple[str, str]) -> Party:
        """Whom a trail reaches on the first of two days, where the second was asked for."""
        told = (trail.opens, trail.caveats, trail.notes, trail.path, trail.also)
        away = abs(days_between(*days))
        return cls(Subject.read(trail.end), regime, clause, *told, on=days[0] if away else None, away=away)

    @property
    def rank(self) -> tuple[bool, bool, int, int, list[str]]:
        """The better of two ways to be the same: on the day itself, certain, near that day, short."""
        return self.on is not None, bool(self.opens), self.away, len(self.path.edges), [n.id for n in self.path.nodes]

    def to_json(self) -> Json:
        """An entry of `parties`."""
        basis = self.clause.basis
        found = {
            "subject": self.subject.to_json(),
            "regime": self.regime.id,
            "clause": self.clause.key,
            "clause_text": self.clause.text.zh,
            "clause_text_en": self.clause.text.en,
            "law": basis.law,
            "article": basis.article,
            "grade": basis.grade,
            "basis": [{"law": basis.law, "article": basis.article, "source": basis.source, "grade": basis.grade}],
            "certainty": "conditional" if self.opens else "met",
            "conditions": [*self.opens, *self.caveats],
            "notes": list(self.notes),
            "premise": self.regime.premise.zh if self.regime.premise else None,
            "path": self.path.to_json(),
            "also": [edge.to_json() for edge in self.also],
            "also_text": self._beside(),
            "text": self._text(),
        }
        return {**found, "on": self.on} if self.on else found

    def _text(self) -> str:
        facts = "；".join(part for part in (*self.notes, *self.caveats, path_words(self.path.to_json())) if part)
        name, told = self.subject.name or self.subject.id, self.about
        beside = self._beside()
        parts = [
            f"{told.name or told.id}：{self.clause.text.zh}（被列方：{name}）"
            if told
            else f"{name}：{self.clause.text.zh}",
            facts,
            f"另据：{beside}" if beside else "",
            f"该情形存在于 {self.on}" if self.on else "",
            f"待核实：{'；'.join(self.opens)}" if self.opens else "",
            self.regime.premise.zh if self.regime.premise else "",
            FOREIGN if self.foreign else "",
        ]
        return "。".join(part for part in parts if part)

    def _beside(self) -> str:
        """The further relations it rests on, in words."""
        nodes = [one.to_json() for one in (*self.path.nodes, *self.beside)]
        return path_words({"nodes": nodes, "edges": [edge.to_json() for edge in self.also]})


@dataclass(frozen=True, slots=True)
class Exempted:
    """Whom an exemption kept out of a regime, and why."""

    subject: Subject
    regime: str
    why: str
    path: Path

    def to_json(self) -> Json:
        """An entry of `exempted`."""
        return {
            "subject": self.subject.to_json(),
            "regime": self.regime,
            "why": self.why,
            "path": self.path.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Missing:
    """What a regime says and data cannot show; without a clause the whole regime."""

    regime: str
    clause: str | None
    why: str
    text: str = ""

    def to_json(self) -> Json:
        """An entry of `not_computable`."""
        return {"regime": self.regime, "clause": self.clause, "why": self.why, "text": self.text or None}


@dataclass(frozen=True, slots=True)
class RelatedAnswer:
    """`related --json`. `sanctions`: of ownership tests, what the asked subject itself is by them."""

    subject: Subject
    as_of: str
    regime: str | None
    parties: tuple[Party, ...]
    exempted: tuple[Exempted, ...] = ()
    missing: tuple[Missing, ...] = ()
    not_crossed: tuple[NotCrossed, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    sanctions: Sequence[Mapping[str, Any]] = ()
    cut: str = ""
    warnings: tuple[str, ...] = ()

    def to_json(self) -> Json:
        """The whole answer."""
        found: Json = {
            "subject": self.subject.to_json(),
            "as_of": self.as_of,
            "regime": self.regime,
            "parties": [one.to_json() for one in self.parties],
            "exempted": [one.to_json() for one in self.exempted],
            "not_computable": [one.to_json() for one in self.missing],
            "not_crossed": [one.to_json() for one in self.not_crossed],
            "not_checked": [one.to_json() for one in self.not_checked],
            "warnings": list(self.warnings),
            "complete": not self.cut and not self.not_checked,
            "cut": CUT_WORDS.get(self.cut),
        }
        return {**found, "sanctions": list(self.sanctions)} if self.sanctions else found
