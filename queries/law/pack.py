"""The law pack: what a rule is. The rules themselves are data (`queries/rules/*.yaml`), read by `law/read.py`.

A rule says: whoever is listed so (`trigger`), and whoever is joined to it so (`ways`), is bound by this (`measure`),
on the ground of these articles (`basis`), so long (`period`). Nothing here knows a single rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from queries.finding import Class, Effect

Shape = Literal["self", "role", "post", "role_post", "sibling", "consortium", "lot", "guard"]
Mode = Literal["listed", "event"]
RoleTime = Literal["now", "at_listing", "left_later", "after_listing"]
Binds = Literal["listed", "holder", "other"]
Direction = Literal["forward", "backward"]
Version = Literal["as_of", "listed_on", "event_on"]
# Whose row of a screening a finding stands in: that of the one bound, of the one bound and proposed for a post, of
# the organisation that proposes him, of the organisation he already serves.
Seat = Literal["target", "nominee", "company", "holder"]
# Rows that are no findings: one forbids saying something, one takes somebody out of another rule.
GUARD, EXCEPTION = "FORBIDDEN", "EXCEPTION"


class Words(NamedTuple):
    """One text in Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: str) -> str:
        """The text in one language."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Basis:
    """One law a rule rests on. `scenarios`: those it is for, empty for any; `ways`: keys of the ways it is for.

    `source`: key of the text in the domain facts (`L`, `P7` …), empty where none was read. It holds for versions
    from `valid_from` to `valid_to`, both included; an empty one is open.
    """

    law: str
    article: str
    source: str
    grade: Literal["text", "partial", "unverified"]
    scenarios: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()
    valid_from: str = ""
    valid_to: str = ""

    def holds(self, day: str) -> bool:
        """Whether it is in force on `day`."""
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Which listings start a rule.

    `mode`: a `listed` rule holds while the listing is active, an `event` rule from its day for its period.
    `first_of`: of several of these lists on one subject only the first in this order counts.
    `grounds`: by list, the grounds it needs; `open_grounds`: grounds that leave it open, like none at all.
    `version_by`: the day that chooses the version of the law.
    """

    lists: tuple[str, ...]
    mode: Mode
    version_by: Version = "as_of"
    first_of: bool = False
    grounds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    open_grounds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Body:
    """What an end of a way must be; an empty set asks nothing. `maybe_forms`: forms that leave it open.

    `sectors`: words one of which its sector has to contain; `not_sectors`: words that rule it out all the same.
    """

    kinds: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    maybe_forms: frozenset[str] = frozenset()
    sectors: tuple[str, ...] = ()
    not_sectors: tuple[str, ...] = ()
    state_owned: bool | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One relation of a way: from a person (or firm) to an organisation.

    `time`: when it has to hold. `min_ratio`/`over`: a share of at least, or of more than. `named`: being named in
    the entry counts as this role. `founding`: a shareholder since the firm's first day counts as its founder.
    `titles`: words one of which the title has to contain; no title leaves it open.
    `not_titles`: words that rule the post out where its title has one. `deep`: a chain of such
    relations counts like one.
    """

    types: tuple[str, ...]
    time: RoleTime = "now"
    min_ratio: float | None = None
    over: float | None = None
    named: bool = False
    founding: bool = False
    titles: tuple[str, ...] = ()
    not_titles: tuple[str, ...] = ()
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way from the listed subject to whom the rule binds.

    `listed`: what the listed subject has to be; of a `self` way, whoever is listed or named.

    `listed`, `holder`, `other`: what those have to be. `role`: holder -> listed subject. `post`: holder -> other
    organisation; the holder is the listed subject itself where there is no role. `post_required`: without a post
    nothing is said; else the holder is bound anyway.
    `other_known`: what the other end is has to be known; else it is left open. `cls`: the class of what follows.
    `pending`: what always has to be shown by somebody (personal responsibility). `told`: what is said beside it and
    leaves the class as it is.
    `else_alert`: sentence of the alert where a time, a ground or a form does not fit; none, and nothing is said.
    `grounds`, `mode`, `period`: this way's own, in place of the rule's (`Rule.grounds`, `Rule.mode`, `Rule.lasts`).
    """

    key: str
    shape: Shape
    binds: Binds
    cls: Class
    lists: frozenset[str] = frozenset()
    listed: Body = field(default_factory=Body)
    holder: Body = field(default_factory=Body)
    role: Step | None = None
    post: Step | None = None
    post_required: bool = False
    other: Body = field(default_factory=Body)
    other_known: bool = False
    pending: tuple[Words, ...] = ()
    told: tuple[Words, ...] = ()
    else_alert: Words | None = None
    grounds: Mapping[str, frozenset[str]] | None = None
    mode: Mode | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """How long it lasts, from the day of listing: `years` or `months`, or what the decision says, or as long as
    the listing stands (all empty). `note` is told beside it.
    """

    years: int | None = None
    months: int | None = None
    by_decision: bool = False
    note: Words | None = None

    @property
    def fixed(self) -> bool:
        """Whether the rule has a period of its own, beside the life of the listing."""
        return self.by_decision or self.years is not None or self.months is not None


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What takes somebody out: `lifted_by` ends it from that day, `noted` is told and leaves it to a person.

    Both are kinds of exemptions; `any` in `lifted_by` stands for every kind that is not noted.
    """

    text: Words | None = None
    lifted_by: frozenset[str] = frozenset()
    noted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the pack; see the module. `scenarios`: scenario → seat → effect, before anything is capped.

    `guard`: it yields no finding; `exception`: because it only says what takes somebody out of another rule.
    """

    id: str
    name: Words
    guard: bool
    trigger: Trigger
    ways: tuple[Way, ...]
    measure: Words
    basis: tuple[Basis, ...]
    period: Period = field(default_factory=Period)
    exceptions: Exceptions = field(default_factory=Exceptions)
    ends: Words | None = None
    scenarios: Mapping[str, Mapping[Seat, Effect]] = field(default_factory=dict)
    valid_from: str = ""
    valid_to: str = ""
    jurisdiction: str = "CN"
    exception: bool = False

    @property
    def review_status(self) -> str:
        """`verified` if some basis was read at least in part, else `unverified`: it never blocks."""
        return "verified" if any(b.grade != "unverified" for b in self.basis) else "unverified"

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes its findings can have, in the order of its ways."""
        if self.guard:
            return (EXCEPTION if self.exception else GUARD,)
        return tuple(dict.fromkeys(str(way.cls) for way in self.ways))

    def grounds(self, way: Way) -> Mapping[str, frozenset[str]]:
        """By list, the grounds this way needs."""
        return self.trigger.grounds if way.grounds is None else way.grounds

    def mode(self, way: Way) -> Mode:
        """Whether this way holds with the listing, or from its day for its period."""
        return way.mode or self.trigger.mode

    def lasts(self, way: Way) -> Period:
        """How long this way binds."""
        return self.period if way.period is None else way.period

    def holds(self, day: str) -> bool:
        """Whether the rule itself is in force on `day`."""
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Pack:
    """All rules, by id in their order, and the version every answer states.

    `ask_named`: by list, the roles whose holders are worth a look where the entry does not name them.
    `former_roles`: roles worth a look where they ended shortly before a listing.
    `named_lists`: lists that list whom their entries name beside the subject. `lifting`: kinds of exemption after
    which an entry does no more to whoever has it; any other is for a person to weigh.
    `untold`: by list and direction (as in the policy), relations over which an entry is not even told as nearness.
    """

    version: str
    rules: Mapping[str, Rule]
    ask_named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    former_roles: frozenset[str] = frozenset()
    named_lists: frozenset[str] = frozenset()
    lifting: frozenset[str] = frozenset()
    untold: Mapping[str, Mapping[Direction, frozenset[str]]] = field(default_factory=dict)

    def tells(self, code: str, relation: str, way: Direction) -> bool:
        """Whether an entry of this list is told at all to whoever this relation joins with the listed subject."""
        return relation not in self.untold.get(code, {}).get(way, ())
