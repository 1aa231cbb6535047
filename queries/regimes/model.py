"""What a regime is: who counts as a related party, by which clause, on what law. The regimes are data (`law/*.yaml`).

A clause says over which steps a party is reached from the asked subject; a step says over which relation, by which
numbers. Nothing here knows a single regime.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from queries.law.pack import Words

Grade = Literal["text", "partial", "unverified"]
Measure = Literal["capital", "votes"]


@dataclass(frozen=True, slots=True)
class Basis:
    """The law a clause rests on. `source`: key of the text in the domain facts, or its address; `grade`: how well it
    was read.
    """

    law: str
    article: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way, from a subject to others. `do` names it (see `steps.STEPS`).

    `types`: relations it takes. `at_least`/`over`: a share of at least, or of more than; None: whatever the share.
    `of`: share of the capital or of the votes. `deep`: through others too, their shares multiplied.
    `titles`/`not_titles`: words one of which the title has to contain, or must not. `kinds`: of the subject reached.
    `ultimate`: of controllers only those whom no other controls. `optional`: staying is allowed too. `opens`: what has
    to be shown by somebody whenever the step is taken. `presumed`: grade of a number that is a rule of thumb.
    `not_both`: a title both this relation and the one before it must not have. `full_number`: the person's number
    has to be known in full. `choices`: of an `any` step, its alternatives. `in_full`: shares of whatever the holder
    controls count as its own. `says`: what is said of whoever is reached.
    """

    do: str
    types: tuple[str, ...] = ()
    at_least: float | None = None
    over: float | None = None
    of: Measure = "capital"
    deep: bool = False
    titles: tuple[str, ...] = ()
    not_titles: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    ultimate: bool = False
    optional: bool = False
    opens: Words | None = None
    not_both: tuple[str, ...] = ()
    full_number: bool = False
    choices: tuple[Step, ...] = ()
    in_full: bool = False
    says: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """How many months before and after the day asked for a relation still counts."""

    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class KinSet:
    """Which relatives count: classes of `kin.yaml`. `adult`: children only when of age; `children`: of parents and
    children only the children. `grade`: how well that set was read. `judged`: what somebody has to judge of every
    relative, where the law names no classes: all of them are told, as open.
    """

    classes: frozenset[str] = frozenset()
    adult: bool = False
    children: bool = False
    grade: Grade = "unverified"
    judged: Words | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """What the asked subject, or a party, has to be. Empty asks nothing; what is not known about it is left open.

    `not_forms`: forms that rule it out. `sectors`: words one of which its sector or name has to contain. `uscc`:
    beginnings of its credit code, or else `names`, words of its name; `always_named`: every such body has one of them.
    `not_names`: words of a name that rules it out.
    """

    kinds: frozenset[str] = frozenset()
    not_forms: frozenset[str] = frozenset()
    sectors: tuple[str, ...] = ()
    uscc: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    always_named: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One way to be related. `ways`: alternatives, each steps from the asked subject to the party. `function`: the
    pure function that decides it instead (`special.FUNCTIONS`), with the numbers of its `step`.

    `own`: whether what the asked subject controls counts. `both_hold`: both have to hold some third body's shares.
    `both_serve`: both have to have such roles in one organisation.
    `unless`: clauses before it; whom they reach (for certain, or as uncertainly) it does not name again. `rule`: a rule
    of the law pack whose ways it takes.
    """

    key: str
    text: Words
    basis: Basis
    ways: tuple[tuple[Step, ...], ...] = ()
    subject: Body = field(default_factory=Body)
    party: Body = field(default_factory=Body)
    kin: KinSet | None = None
    window: Window | None = None
    own: bool = True
    both_hold: bool = False
    both_serve: tuple[str, ...] = ()
    function: str = ""
    step: Step | None = None
    unless: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A clause that data of the graph cannot show."""

    key: str
    text: Words
    why: Words


@dataclass(frozen=True, slots=True)
class Exemption:
    """What does not make a relation though it looks like one."""

    text: Words
    basis: Basis


@dataclass(frozen=True, slots=True)
class Sanction:
    """A foreign list's ownership test. `lists`: codes of the lists that block; `authorities`: words one of which the
    entry's authority has to contain. `at_least`/`over`: the share. `aggregate`: whether holdings of several blocked
    add up. `control`: whether control counts like it.
    """

    lists: tuple[str, ...]
    authorities: tuple[str, ...] = ()
    at_least: float | None = None
    over: float | None = None
    aggregate: bool = True
    control: bool = False


@dataclass(frozen=True, slots=True)
class Regime:
    """One named definition of related parties, or (`sanction`) one ownership test.

    `subject`: what the asked subject has to be; `premise`: what is taken for granted of it, told with every party.
    `by_default`: whether it is asked where no regime is named. `state`: the exemption of control by the state;
    without one a state body may be a party, but joins nobody to anybody either. `not_related`: what the law says is no
    relation by itself.
    """

    id: str
    name: Words
    basis: Basis
    clauses: tuple[Clause, ...]
    gaps: tuple[Gap, ...] = ()
    subject: Body = field(default_factory=Body)
    premise: Words | None = None
    by_default: bool = True
    window: Window = field(default_factory=Window)
    kin: KinSet = field(default_factory=KinSet)
    state: Exemption | None = None
    not_related: tuple[Words, ...] = ()
    note: Words | None = None
    sanction: Sanction | None = None


Regimes = Mapping[str, Regime]
