"""Why a relation counts: its stored facts, and what the policy lets through it in either direction.

    evidence(store, "SHAREHOLDER", ("A", "B"), as_of="2026-06-01").to_json()

House settings for attention, no law: what is said here is about scores of exposure only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from graph.cypher import text
from graph.errors import InputError, NotFoundError
from graph.store import Store
from graph.vocabulary import RELATIONS
from queries.finding import ALERT_SENTENCE
from queries.hops import Around, Neighbourhood, OutOfTimeError
from queries.law.pack import Words
from queries.links import CONTACT, shared
from queries.model import Edge, Json, Subject, shown
from queries.policy import POSSIBLE, Keep, Policy
from queries.question import Question
from queries.subjects import subjects

MOST, READ = 50, 1_000  # relations told, and looked at for the one with a record
_MORE = ("kin", "amount", "origin")  # stored beside what every edge tells
_ONWARD = Words(
    "若{a}被列入名单，经此{relation}关系{facts}向{b}传导，保留 {weight}",
    "if {a} is listed, this relation ({relation}){facts} passes {weight} of it on to {b}",
)
_NOTHING = Words(
    "若{a}被列入名单，此{relation}关系{facts}不向{b}传导（策略未设此项）",
    "if {a} is listed, this relation ({relation}){facts} passes nothing on to {b}: the policy has no such row",
)
_POSSIBLE = Words("，仅在计入“可能为同一主体”时", ", only where possible identities are asked for")
_NOT_NOW = Words("该关系在 {on} 不在有效期内，不计入", "not in force on {on}: it does not count")
_STOPS = {
    "": Words(
        "{name}有 {degree} 项传导关系（上限 {cap}），可以穿过",
        "{name} has {degree} carrying relations (cap {cap}) and is crossed",
    ),
    "fanout": Words(
        "{name}有 {degree} 项传导关系，超过上限 {cap}，只作端点，不穿过",
        "{name} has {degree} carrying relations, over the cap of {cap}: an end only, never crossed",
    ),
    "conducts": Words("{name}为不传导主体，只作端点，不穿过", "{name} does not conduct: an end only, never crossed"),
}


@dataclass(frozen=True, slots=True)
class Passing:
    """What goes over a relation one way. `listed` is the one whose listing would expose `exposed`; `keep` the row of
    the policy that says so, None where none does.
    """

    direction: str
    listed: Subject
    exposed: Subject
    keep: Keep | None
    text: Words

    def to_json(self) -> Json:
        """An entry of `directions`."""
        keep = self.keep
        return {
            "direction": self.direction,
            "listed": self.listed.id,
            "exposed": self.exposed.id,
            "weight": float(keep.weight) if keep else 0.0,
            "min_ratio": float(keep.min_ratio) if keep and keep.min_ratio is not None else None,
            "text": self.text.zh,
            "text_en": self.text.en,
        }


@dataclass(frozen=True, slots=True)
class Proof:
    """One stored relation: its facts, whether it is in force on the day, what passes over it."""

    edge: Edge
    more: Json
    active: bool
    passing: tuple[Passing, ...]
    told: Words | None

    def to_json(self) -> Json:
        """An entry of `relations`."""
        return {
            "relation": {**self.edge.to_json(), **self.more},
            "active": self.active,
            "text": self.told.zh if self.told else None,
            "text_en": self.told.en if self.told else None,
            "directions": [one.to_json() for one in self.passing],
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """What `evidence` answers; `around`: by end, its degree and why nothing goes through it."""

    source: Subject
    target: Subject
    as_of: str
    policy: Policy
    proofs: tuple[Proof, ...]
    around: Mapping[str, Around]
    more: bool

    def to_json(self) -> Json:
        """`relations` in force and not, and both `ends`."""
        return {
            "source": self.source.to_json(),
            "target": self.target.to_json(),
            "as_of": self.as_of,
            "policy": self.policy.version,
            "relations": [one.to_json() for one in self.proofs],
            "more": self.more,
            "ends": [self._end(one) for one in (self.source, self.target) if one.id in self.around],
            "note": ALERT_SENTENCE,
            "complete": len(self.around) == len({self.source.id, self.target.id}) and not self.more,
        }

    def _end(self, one: Subject) -> Json:
        around, cap = self.around[one.id], self.policy.fanout_cap
        told = _STOPS[around.stop]
        said = {"name": one.name or one.id, "degree": around.degree, "cap": cap}
        return {
            "subject": one.id,
            "degree": around.degree,
            "cap": cap,
            "crossed": not around.stop,
            "reason": around.stop or None,
            "text": told.zh.format(**said),
            "text_en": told.en.format(**said),
        }


def evidence(store: Store, kind: str, ends: tuple[str, str], *, as_of: str, record: str | None = None) -> Evidence:
    """The relations of one type stored from the first to the second of `ends` (ids), or the one with that record.

    Raises InputError for an unknown type, NotFoundError where either is no subject.
    """
    if kind not in RELATIONS:
        raise InputError("未知的关系类型", value=kind, remedy="可用：" + "、".join(RELATIONS))
    question = Question.of({"as_of": as_of, "include_possible": kind == POSSIBLE})
    known = subjects(store, ends)
    for id in ends:
        if id not in known:
            raise NotFoundError(id)
    rows = list(_stored(store, kind, ends, record))
    first, second = (known[id] for id in ends)
    return Evidence(
        source=first,
        target=second,
        as_of=question.as_of,
        policy=question.policy,
        proofs=tuple(_proof(edge, more, (first, second), question) for edge, more in rows[:MOST]),
        around=_around(store, question, ends),
        more=len(rows) > MOST,
    )


def passes(policy: Policy, kind: str, ratio: float | None, direction: str) -> Keep | None:
    """The row of the policy that counts for such a relation in a direction; None where nothing passes."""
    known = RELATIONS[kind]
    wanted = "forward" if known.symmetric else direction
    rows = [keep for keep in policy.keeps if keep.relation == kind and keep.direction == wanted]
    if not known.rated or ratio is None:
        return next((keep for keep in rows if keep.min_ratio is None), None)
    fits = [keep for keep in rows if keep.min_ratio is not None and float(keep.min_ratio) <= ratio]
    return max(fits, key=lambda keep: keep.min_ratio or Decimal(0), default=None)


def _stored(store: Store, kind: str, ends: tuple[str, str], record: str | None) -> Iterator[tuple[Edge, Json]]:
    if kind == CONTACT:
        for row in store.read(text("queries", "evidence_contacts"), source=ends[0], target=ends[1], most=READ):
            edge = shared(row, ends[1], row["theirs"])
            if record is None or shown(edge.record) == record:
                yield edge, {}
        return
    pairs = (ends, ends[::-1]) if RELATIONS[kind].symmetric else (ends,)
    for source, target in pairs:
        statement = text("queries", "evidence", TYPE=kind)
        for row in store.read(statement, source=source, target=target, most=READ):
            more = {name: _told(row["props"][name]) for name in _MORE if row["props"].get(name) is not None}
            edge = Edge.read(kind, (source, target), row["props"])
            if record is None or shown(edge.record) == record:  # as answers show it
                yield edge, more


def _told(value: str | float) -> str | float | None:
    return value if isinstance(value, int | float) else shown(value)


def _proof(edge: Edge, more: Json, ends: tuple[Subject, Subject], question: Question) -> Proof:
    day = question.as_of
    active = (edge.since or "") <= day and (edge.until is None or edge.until > day)
    first, second = ends if edge.source == ends[0].id else ends[::-1]
    ways = (("forward", first, second), ("backward", second, first))
    told = None if active else Words(*(words.format(on=day) for words in _NOT_NOW))
    return Proof(edge, more, active, tuple(_passing(edge, way, question.policy) for way in ways), told)


def _passing(edge: Edge, way: tuple[str, Subject, Subject], policy: Policy) -> Passing:
    direction, listed, exposed = way
    keep = passes(policy, edge.type, edge.ratio, direction)
    said = {
        "a": listed.name or listed.id,
        "b": exposed.name or exposed.id,
        "weight": f"{keep.weight:f}".rstrip("0").rstrip(".") if keep else "",
    }
    template, label = _ONWARD if keep and keep.weight > 0 else _NOTHING, RELATIONS[edge.type].label
    facts, only = _facts(edge, keep), _POSSIBLE if edge.type == POSSIBLE else Words("", "")
    told = Words(
        template.zh.format(**said, relation=label, facts=facts.zh) + only.zh,
        template.en.format(**said, relation=edge.type, facts=facts.en) + only.en,
    )
    return Passing(direction, listed, exposed, keep, told)


def _facts(edge: Edge, keep: Keep | None) -> Words:
    """The ratio, and from which bound of the policy on its weight holds."""
    if not RELATIONS[edge.type].rated:
        return Words("", "")
    if edge.ratio is None:
        return Words("（比例未载明）", ", share not stated,")
    share = f"{edge.ratio * 100:.2f}".rstrip("0").rstrip(".") + "%"
    if keep is None or keep.min_ratio is None:
        return Words(f"（比例 {share}）", f", {share},")
    bound = f"{keep.min_ratio * 100:f}".rstrip("0").rstrip(".") or "0"
    return Words(f"（比例 {share}，≥{bound}% 档）", f", {share} (from {bound}% up),")


def _around(store: Store, question: Question, ends: tuple[str, str]) -> dict[str, Around]:
    """Degree and stop of both ends; of none where time ran out."""
    seen = Neighbourhood(store, question, towards_listed=True)
    try:
        seen.fetch(dict.fromkeys(ends, Decimal(1)), ends=False, last=False)
    except OutOfTimeError:
        return {}
    return {id: seen.around(id) for id in ends}
