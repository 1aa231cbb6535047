"""Verdicts as findings for one subject: who is bound, what it does in a scenario, on what ground, until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from queries.finding import Class, Effect, Finding, capped
from queries.law import telling
from queries.law.bindings import Binding, Link
from queries.law.judge import Outcome, Verdict
from queries.law.pack import Basis, Seat
from queries.law.times import Days, last_day, seen_before
from queries.model import Edge, Listing, Path, Subject
from queries.question import Question

_FALLS_ON: Mapping[Seat, str] = {
    "target": "applicant",
    "nominee": "nominee",
    "company": "nominee",
    "holder": "role_holder",
}
_RANK = {Outcome.APPLIES: 0, Outcome.CONDITIONAL: 1, Outcome.ALERT: 2, Outcome.NOTHING: 3}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a finding is made for: the question, the scenario's code (empty: none) and its own word on rules."""

    question: Question
    scenario: str = ""
    overrides: Mapping[str, Mapping[Seat, Effect]] = field(default_factory=dict)

    @property
    def days(self) -> Days:
        """The days rules are judged on."""
        q = self.question
        return Days(q.as_of, q.listed_days["over"], q.policy.max_age_days)

    def effect(self, verdict: Verdict, seat: Seat) -> Effect:
        """What the scenario says of a rule in this seat, before anything is capped; else inform."""
        rule = verdict.rule
        return self.overrides.get(rule.id, rule.scenarios.get(self.scenario, {})).get(seat, Effect.INFORM)

    def basis(self, verdict: Verdict) -> tuple[Basis, ...]:
        """The articles that hold on that day for this scenario; without a scenario, those that hold."""
        if not self.scenario:
            return verdict.basis
        return tuple(b for b in verdict.basis if not b.scenarios or self.scenario in b.scenarios)


def target(verdict: Verdict) -> Mapping[str, Any]:
    """Who is bound."""
    binding = verdict.binding
    if verdict.way.binds == "other":
        assert binding.other is not None  # such ways have a post
        return binding.other
    return binding.listed if verdict.way.binds == "listed" and verdict.way.shape != "self" else binding.holder


def seat(verdict: Verdict, asked: str) -> Seat | None:
    """What the asked subject is to the finding; None where the finding is none of its own."""
    binding, bound = verdict.binding, target(verdict)["id"]
    proposed = binding.post is not None and binding.post.proposed
    if bound == asked:
        return "nominee" if proposed and verdict.way.binds != "other" else "target"
    if binding.other is not None and binding.other["id"] == asked:
        return "company" if proposed else "holder"
    return None


def consequences(asked: str, found: Iterable[Verdict], setting: Setting, *, certain: bool = True) -> list[Finding]:
    """The findings of one subject, the gravest first. `certain`: it surely is the one asked for."""
    seats = [(verdict, place) for verdict in found if (place := seat(verdict, asked))]
    told = [(v, s) for v, s in seats if v.outcome is not Outcome.NOTHING and (v.way.post or _matters(v, s, setting))]
    chosen = _first_of(_best(told), [v for v, _ in seats if v.lifted])
    return sorted((finding(v, place, setting, certain=certain) for v, place in chosen), key=order)


def everybody(found: Iterable[Verdict], setting: Setting) -> list[Finding]:
    """The findings of whoever is bound by these verdicts, alerts left out: what `reach` tells."""
    all_of = list(found)
    bound = [(v, _own_seat(v)) for v in all_of if v.outcome in (Outcome.APPLIES, Outcome.CONDITIONAL)]
    chosen = _first_of(_best(bound), [v for v in all_of if v.lifted])
    return sorted((finding(v, place, setting, certain=True) for v, place in chosen), key=order)


def _own_seat(verdict: Verdict) -> Seat:
    return seat(verdict, str(target(verdict)["id"])) or "target"


def order(found: Finding) -> tuple[Any, ...]:
    """Order of findings in an answer: class, strength, rule, entry, target, path."""
    ids = tuple(node["id"] for node in found.path["nodes"])
    return (
        list(Class).index(found.cls),
        -found.effect.strength,
        found.rule or "",
        found.listing.get("id", ""),
        found.target["id"],
        ids,
    )


Seated = tuple[Verdict, Seat]


def _best(found: Iterable[Seated]) -> list[Seated]:
    """Of several ways and relations that say the same of the same people, the one that holds best."""
    kept: dict[tuple[str, ...], Seated] = {}
    for verdict, place in found:
        key = _same(verdict, place)
        if key not in kept or _rank(verdict, place) < _rank(*kept[key]):
            kept[key] = (verdict, place)
    return list(kept.values())


def _same(verdict: Verdict, place: Seat) -> tuple[str, ...]:
    binding = verdict.binding
    elsewhere = binding.other is not None and (place in ("holder", "company") or verdict.way.shape == "post")
    other = str(binding.other["id"]) if elsewhere and binding.other is not None else ""
    return (verdict.rule.id, binding.listing["id"], str(target(verdict)["id"]), str(binding.holder["id"]), other)


def _rank(verdict: Verdict, place: Seat) -> tuple[Any, ...]:
    role, post = verdict.binding.role, verdict.binding.post
    types = verdict.way.role.types if verdict.way.role else ()
    nearest = types.index(role.type) if role and role.type in types else 0
    return (_RANK[verdict.outcome], place != "nominee", nearest, _link(role), _link(post))


def _link(link: Link | None) -> tuple[str, ...]:
    if link is None:
        return ()
    return (link.type, *(str(link.props.get(name) or "") for name in ("since", "until", "record")))


def _matters(verdict: Verdict, place: Seat, setting: Setting) -> bool:
    """Whether a way that asks for no post has a say about the one a sheet proposes."""
    return verdict.binding.post is None or setting.effect(verdict, place) is not Effect.INFORM


def _first_of(found: Iterable[Seated], lifted: Iterable[Verdict] = ()) -> list[Seated]:
    """Where a rule rests on one of several lists, an entry of an earlier list makes those of later ones silent; so
    does one of which the same person is exempted.
    """
    all_of = list(found)
    first: dict[tuple[str, ...], int] = {}
    for verdict in [*lifted, *(v for v, _ in all_of if v.outcome is not Outcome.ALERT)]:
        if verdict.rule.trigger.first_of:
            key, place = _for(verdict), _place(verdict)
            first[key] = min(place, first.get(key, place))
    return [(v, s) for v, s in all_of if not v.rule.trigger.first_of or _place(v) <= first.get(_for(v), _place(v))]


def _for(verdict: Verdict) -> tuple[str, ...]:
    return (verdict.rule.id, str(verdict.binding.listed["id"]), str(target(verdict)["id"]))


def _place(verdict: Verdict) -> int:
    return verdict.rule.trigger.lists.index(verdict.binding.listing["list"])


def finding(verdict: Verdict, place: Seat, setting: Setting, *, certain: bool) -> Finding:
    """One verdict as a finding, its effect held down by what is not sure."""
    question, binding, rule = setting.question, verdict.binding, verdict.rule
    entry = question.listing(binding.listing)
    bound = Subject.read(target(verdict))
    path, cls = path_of(binding), verdict.cls
    stale = _seen(binding, setting.days)
    overdue = telling.overdue(entry, question.as_of) if verdict.mode == "listed" else ""
    basis = setting.basis(verdict)
    shown = replace(verdict, basis=basis or verdict.basis)
    effect = capped(
        setting.effect(verdict, place),
        cls,
        certain=certain and verdict.outcome is Outcome.APPLIES and not (stale or overdue or verdict.noted),
        disputed=entry.disputed,
        grades=[b.grade for b in basis],
    )
    alert = cls is Class.ALERT
    lasting = (None, None) if alert else period(verdict, entry)
    return Finding(
        cls=cls,
        list=entry.list,
        listing=entry.to_json(),
        target=bound.to_json(),
        effect=effect,
        text=telling.sentence(shown, bound, path, entry, stale) + ("" if alert else telling.until(lasting)),
        path=path.to_json(),
        rule=None if alert else rule.id,
        falls_on=_FALLS_ON[place],
        measure="" if alert else rule.measure.zh,
        basis=() if alert else tuple(telling.basis(b) for b in shown.basis),
        period=lasting,
        conditions=tuple(note for note in (*verdict.open, overdue, stale) if note),
        reason=entry.reason or "",
        disputed=entry.disputed,
        remedy=telling.remedy(rule, entry) if not alert else "",
    )


def period(verdict: Verdict, entry: Listing) -> tuple[str | None, str | None]:
    """First and last day it lasts, as far as both are known."""
    way, binding = verdict.way, verdict.binding
    post = binding.post if way.binds == "other" and way.post and way.post.time == "after_listing" else None
    start = (post.props.get("since") if post else None) or entry.listed_on
    own = last_day(verdict.period, binding.listing) if verdict.period.fixed else None
    if verdict.mode == "event":
        return start, own or entry.expires_on
    return start, min((day for day in (own, telling.term(entry)[0]) if day), default=None)


def path_of(binding: Binding) -> Path:
    """The path: other organisation, holder, listed subject, as far as there is one."""
    holder, listed = Subject.read(binding.holder), Subject.read(binding.listed)
    if binding.role is None and binding.post is None:
        return Path((holder,))
    nodes: list[Subject] = [] if binding.other is None else [Subject.read(binding.other)]
    edges = [] if binding.post is None or binding.other is None else [_edge(binding.post, holder.id, nodes[0].id)]
    nodes.append(holder)
    if binding.role is not None:
        nodes.append(listed)
        edges.append(_edge(binding.role, holder.id, listed.id))
    return Path(tuple(nodes), tuple(edges))


def _edge(link: Link, source: str, to: str) -> Edge:
    return Edge.read(link.type, (source, to), link.props)


def _seen(binding: Binding, days: Days) -> str:
    """What to say of relations without an end that nobody has seen for too long to rely on."""
    old = [day for link in (binding.role, binding.post) if link and (day := seen_before(link.props, days))]
    return telling.seen_until(min(old)) if old else ""
