"""Judging one rule on one path on one day: every condition with the fact that met or failed it.

The same judgement makes the findings and explains what did not fire; nothing is decided anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from graph.vocabulary import RELATIONS
from queries.finding import Class
from queries.law import conditions as ask
from queries.law import times
from queries.law.bindings import Binding, Link
from queries.law.conditions import Condition, Status
from queries.law.pack import Basis, Mode, Period, Rule, Step, Way, Words
from queries.law.read import named_is_listed
from queries.law.times import Days

# What may miss without ending all interest in the path, where the way has words for it.
_SOFT = frozenset({"other", "post"})


class Outcome(StrEnum):
    """What a judgement comes to. `alert`: worth a look, never a consequence."""

    APPLIES = "applies"
    CONDITIONAL = "conditional"
    ALERT = "alert"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule judged on one path; `basis`: the articles in force that it rests on."""

    rule: Rule
    way: Way
    binding: Binding
    conditions: tuple[Condition, ...]
    outcome: Outcome
    basis: tuple[Basis, ...]

    @property
    def cls(self) -> Class:
        """The class of what follows."""
        if self.outcome is Outcome.ALERT:
            return Class.ALERT
        conditional = self.outcome is Outcome.CONDITIONAL and self.way.cls is Class.STATUTORY
        return Class.STATUTORY_CONDITIONAL if conditional else self.way.cls

    @property
    def lists(self) -> bool:
        """Whether the rule says no more than what being on the list means."""
        return self.way.cls is Class.LISTED_SELF

    @property
    def noted(self) -> bool:
        """Whether an exemption is on record that a person has to weigh."""
        return any(c.key == "exempt" and c.status is Status.UNKNOWN for c in self.conditions)

    @property
    def lifted(self) -> bool:
        """Whether it would hold but for an exemption."""
        return {c.key for c in self.conditions if c.status is Status.FAILED} == {"exempt"}

    @property
    def mode(self) -> Mode:
        """Whether it holds with the listing, or from its day for its period."""
        return self.rule.mode(self.way)

    @property
    def period(self) -> Period:
        """How long it lasts."""
        return self.rule.lasts(self.way)

    @property
    def open(self) -> tuple[str, ...]:
        """What is left to be shown, in words."""
        waiting = (c for c in self.conditions if c.status in (Status.UNKNOWN, Status.PENDING))
        return tuple(dict.fromkeys([*(c.note or c.asks.zh for c in waiting), *(w.zh for w in self.way.told)]))

    @property
    def failed(self) -> int:
        """How many conditions were not met."""
        return sum(1 for c in self.conditions if c.status is Status.FAILED)


def fits(way: Way, binding: Binding) -> bool:
    """Whether a path has the shape of a way; its types and dates are conditions, not shape."""
    if binding.sibling or way.shape == "sibling":
        return binding.sibling and way.shape == "sibling"
    # Whoever is bound anyway is bound too where a sheet proposes him for a post.
    bare = binding.post is None or binding.post.proposed
    if way.shape == "self":
        listed = binding.said is None or named_is_listed(binding.listing["list"])
        return bare and binding.role is None and listed
    if way.shape == "role":
        return bare and binding.role is not None
    if way.shape == "post":
        return binding.himself and binding.post is not None
    if way.shape != "role_post" or way.role is None:
        return False
    held = binding.role is not None or (way.role.named and _named(way.role, binding))
    return held and (binding.post is not None or not way.post_required)


def judge(rule: Rule, way: Way, binding: Binding, days: Days) -> Verdict:
    """Judge a path that `fits` the way."""
    basis = _basis(rule, way, binding, days)
    found = tuple(_conditions(rule, way, binding, days, basis))
    return Verdict(rule, way, binding, found, _outcome(way, binding, found), basis)


def verdicts(rules: Iterable[Rule], bindings: Iterable[Binding], days: Days) -> Iterator[Verdict]:
    """Every rule on every path on an entry that may start it."""
    listed = list(bindings)
    for rule in (rule for rule in rules if listed and not rule.guard):
        for way in rule.ways:
            wanted = way.lists or frozenset(rule.trigger.lists)
            for binding in listed:
                if binding.listing["list"] in wanted and fits(way, binding):
                    yield judge(rule, way, binding, days)


def _outcome(way: Way, binding: Binding, found: Iterable[Condition]) -> Outcome:
    all_of = list(found)
    failed = [c for c in all_of if c.status is Status.FAILED or _never_open(way, c)]
    if failed:
        # Another kind of relation is none of this way's business.
        near = way.post is None or binding.post is None or binding.post.type in way.post.types
        later = {"post_time"} if way.post is not None and way.post.time == "after_listing" else set()
        soft = near and way.else_alert is not None and all(c.key in _SOFT | later for c in failed)
        return Outcome.ALERT if soft else Outcome.NOTHING
    # An exemption that is only noted leaves the class; the effect is held down instead.
    if any(c.status in (Status.UNKNOWN, Status.PENDING) and c.key != "exempt" for c in all_of):
        return Outcome.CONDITIONAL
    return Outcome.APPLIES


def _never_open(way: Way, found: Condition) -> bool:
    """A rule that asks for *after* a day never fires on an unknown one; nor a way that says so of its other end."""
    if found.status is not Status.UNKNOWN:
        return False
    after = found.key == "post_time" and way.post is not None and way.post.time == "after_listing"
    # Of what somebody may be liable for nothing is said on an unknown share.
    share = found.key == "role" and way.cls is Class.LIABILITY
    return after or share or (found.key == "other" and way.other_known)


def _conditions(rule: Rule, way: Way, binding: Binding, days: Days, basis: tuple[Basis, ...]) -> Iterator[Condition]:
    trigger, listing = rule.trigger, binding.listing
    yield _in_list(rule, way, listing["list"])
    grounds = rule.grounds(way).get(listing["list"])
    if grounds:
        yield ask.ground(grounds, trigger.open_grounds, listing.get("ground"))
    # A way on the listed itself means whoever is listed or named, not whose entry it is.
    yield from ask.bodies("listed", way.listed, binding.holder if way.shape == "self" else binding.listed)
    yield from ask.bodies("holder", way.holder, binding.holder)
    yield from times.trigger(rule.mode(way), rule.lasts(way), listing, days)
    yield from _role(way, binding, days)
    if binding.post is not None and binding.other is not None and way.post is not None:
        yield from _post(way, way.post, binding.post, binding, days)
    yield from _version(rule, binding, basis, days)
    yield from _exemptions(rule, binding, days)
    yield from (Condition("pending", words, Status.PENDING, "登记信息不载明", words.zh) for words in way.pending)


def _in_list(rule: Rule, way: Way, code: str) -> Condition:
    wanted = way.lists or frozenset(rule.trigger.lists)
    asks = Words(f"列入{ask.one_of(wanted)}", f"listed under {' or '.join(sorted(wanted))}")
    return Condition("list", asks, ask.status(code in wanted), f"所列名单：{code}")


def _role(way: Way, binding: Binding, days: Days) -> Iterator[Condition]:
    step = way.role
    if way.shape == "self":
        said = "由该条目列明" if binding.said is not None else "该条目所列主体"
        yield Condition("named", Words("本人在列或被列明", "listed itself or named in the entry"), Status.MET, said)
    elif step is not None and step.named and _named(step, binding):
        yield Condition("role", Words("条目列明其人", "named in the entry"), Status.MET, "条目列明")
    elif step is not None and binding.role is not None:
        yield from ask.relation("role", step, binding.role)
        yield times.role_time("role_time", step, binding.role, binding.listing.get("listed_on") or "", days.as_of)


def _named(step: Step, binding: Binding) -> bool:
    """Named in the entry, but not as holding another role; or a person whom the entry lists himself."""
    if binding.said is None:
        return binding.himself and ask.is_person(binding.holder)
    role = binding.said.get("role") or ""
    return role not in RELATIONS or role in step.types


def _post(way: Way, step: Step, post: Link, binding: Binding, days: Days) -> Iterator[Condition]:
    assert binding.other is not None  # the caller asked
    yield from ask.relation("post", step, post)
    begun = times.founding(step, post, binding.other, binding.founders)
    if begun is not None:
        yield begun
    if post.proposed and way.binds == "holder" and not post.props.get("since"):
        # A post he is only to have begins on the day asked for, if ever. It binds him, never the firm.
        post = replace(post, props={**post.props, "since": days.as_of})
    yield times.role_time("post_time", step, post, binding.listing.get("listed_on") or "", days.as_of)
    yield from ask.bodies("other", way.other, binding.other)
    yield ask.not_the_same(binding.listed, binding.other)


def version_day(rule: Rule, binding: Binding, days: Days) -> str:
    """The day that chooses the version of the law; the day asked for where that day is unknown."""
    if rule.trigger.version_by == "listed_on":
        return str(binding.listing.get("listed_on") or days.as_of)
    if rule.trigger.version_by == "event_on" and binding.post is not None:
        return str(binding.post.props.get("since") or days.as_of)
    return days.as_of


def _basis(rule: Rule, way: Way, binding: Binding, days: Days) -> tuple[Basis, ...]:
    day = version_day(rule, binding, days)
    return tuple(b for b in rule.basis if b.holds(day) and (not b.ways or way.key in b.ways))


def _version(rule: Rule, binding: Binding, basis: tuple[Basis, ...], days: Days) -> Iterator[Condition]:
    day = version_day(rule, binding, days)
    asks = Words("规则在该日有效", "the rule is in force on that day")
    fact = f"适用日 {day}；有效依据 {len(basis)} 项"
    yield Condition("version", asks, ask.status(rule.holds(day) and bool(basis)), fact)


def _exemptions(rule: Rule, binding: Binding, days: Days) -> Iterator[Condition]:
    how = rule.exceptions
    for found in binding.exempt:
        kind, since, until = found.get("kind") or "", found.get("since") or "", found.get("until") or ""
        on = (not since or since <= days.as_of) and (not until or until > days.as_of)
        fact = f"{kind} {since or '起始不明'} 至 {until or '今'} {found.get('doc_no') or ''}".strip()
        asks = Words("没有解除、准许等例外", "no exemption")
        if on and (kind in how.lifted_by or ("any" in how.lifted_by and kind not in how.noted)):
            yield Condition("exempt", asks, Status.FAILED, fact)
        elif on and kind in how.noted:
            yield Condition("exempt", asks, Status.UNKNOWN, fact, f"有例外记录，待核实：{fact}")
