"""The part of the graph that questions of ownership are about: subjects, stakes, declared control, concert."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from graph.vocabulary import Kind
from queries.model import Edge, Subject
from queries.ownership.stakes import HOLDING_TYPES, Stake, stake

# A step from a subject to a holder or to something held: whither, over which relation, whether its share is unknown,
# and what it adds to the length of a way (the less, the larger the share).
Arc = tuple[str, Edge, int, float]
_T = TypeVar("_T")
CONTROLLER, PARTNER = "ACTUAL_CONTROLLER", "GENERAL_PARTNER"


@dataclass(frozen=True)
class Node:
    """One subject. `conducts`: whether risk passes through it; `state`: a government body, which may control but
    joins nobody to anybody; `known`: whether its own holders were read.
    """

    props: Mapping[str, Any]
    conducts: bool
    known: bool = True

    @classmethod
    def of(cls, props: Mapping[str, Any], *, known: bool) -> Node:
        """From the properties of a Subject node; a body of the state conducts nothing unless that is said of it."""
        said = props.get("conducts")
        return cls(props, props.get("kind") != Kind.GOVERNMENT if said is None else bool(said), known)

    @cached_property
    def subject(self) -> Subject:
        """The subject as answers show it."""
        return Subject.read(self.props)

    @property
    def state(self) -> bool:
        """Whether it is a body of the state."""
        return self.props.get("kind") == Kind.GOVERNMENT

    @cached_property
    def person(self) -> bool:
        """Whether it is a natural person."""
        return self.props.get("kind") == Kind.PERSON

    @property
    def partnership(self) -> bool:
        """Whether its partners run it, whatever they put in."""
        return self.props.get("form") in ("partnership", "law_firm")

    @property
    def state_investor(self) -> bool:
        """Whether it holds for the state: nobody is traced through it but the state."""
        return not self.conducts and not self.state and bool(self.props.get("state_owned"))

    @property
    def stops(self) -> bool:
        """Whether control, groups and drawings end here: the state, nominees and other holders for others."""
        return not self.conducts


@dataclass(slots=True)
class Holdings:
    """What was read. `into`: stakes by the held; `out`: stakes by the holder; `declared`: edges of declared control
    by the controlled; `partners`: general partners by the partnership; `holds`: by holder, all it has any of these
    relations to; `boards`: by organisation, which holder has appointed more than half of the directors, where
    their titles say so; `concert`: who acts with whom, and the edge; `cut`: why something was left out, "" if
    nothing was; `arcs`: steps up (True) and down, kept by `Ways`.
    """

    as_of: str
    nodes: MutableMapping[str, Node] = field(default_factory=dict)
    into: Mapping[str, dict[str, Stake]] = field(default_factory=lambda: defaultdict(dict))
    out: Mapping[str, dict[str, Stake]] = field(default_factory=lambda: defaultdict(dict))
    declared: Mapping[str, dict[str, Edge]] = field(default_factory=lambda: defaultdict(dict))
    partners: Mapping[str, dict[str, Edge]] = field(default_factory=lambda: defaultdict(dict))
    holds: Mapping[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    boards: Mapping[str, dict[str, tuple[Edge, ...]]] = field(default_factory=lambda: defaultdict(dict))
    concert: Mapping[str, dict[str, Edge]] = field(default_factory=lambda: defaultdict(dict))
    cut: str = ""
    # Worked out of the rest, so never handed on to holdings made of these.
    arcs: dict[bool, dict[str, list[Arc]]] = field(default_factory=lambda: {True: {}, False: {}}, init=False)
    _votes: dict[str, Mapping[str, float]] = field(default_factory=dict, init=False)

    def add(self, ends: tuple[str, str], rows: Sequence[Mapping[str, Any]]) -> None:
        """Take in all relations from a holder to what it holds."""
        holder, held = ends
        self.holds[holder].add(held)
        capital = [row for row in rows if row["type"] in HOLDING_TYPES]
        if capital:
            self.into[held][holder] = self.out[holder][held] = stake(ends, capital)
        for row in rows:
            kept = self.declared if row["type"] == CONTROLLER else self.partners if row["type"] == PARTNER else None
            if kept is not None:
                kept[held].setdefault(holder, Edge.read(row["type"], ends, row))

    def where(self, stake_fits: Callable[[Stake], bool], edge_fits: Callable[[Edge], bool]) -> Holdings:
        """The same with only the stakes, and the relations beside them, that fit."""
        return replace(
            self,
            into=_kept(self.into, stake_fits),
            out=_kept(self.out, stake_fits),
            declared=_kept(self.declared, edge_fits),
            partners=_kept(self.partners, edge_fits),
            boards=_kept(self.boards, lambda seats: all(map(edge_fits, seats))),
            concert=_kept(self.concert, edge_fits),
        )

    def below(self, ends: Collection[str]) -> Holdings:
        """The same with nobody above any of these; itself where there are none."""
        if not ends:
            return self
        return self.where(lambda stake: stake.held not in ends, lambda edge: edge.target not in ends)

    def opened(self) -> Holdings:
        """The same with nobody above those at whom control stops; itself where nobody is."""
        return self.below({id for id in (*self.into, *self.declared) if id in self.nodes and self.nodes[id].stops})

    def to_the_state(self) -> Holdings:
        """The same with nobody above those at whom control stops, unless they hold for the state."""
        stops = {id for id in (*self.into, *self.declared) if id in self.nodes and self.nodes[id].stops}
        return self.below({id for id in stops if not self.nodes[id].state_investor})

    def acts_with(self, subject: str) -> set[str]:
        """The subject and all who act in concert with it, directly or through one another."""
        group, todo = {subject}, [subject]
        while todo:
            for other in self.concert.get(todo.pop(), ()):
                if other not in group:
                    group.add(other)
                    todo.append(other)
        return group

    def votes_over(self, held: str) -> Mapping[str, float]:
        """What each holder can vote, at least; scaled where the votes make more than all. A partnership is not voted
        in by capital.
        """
        if held not in self._votes:
            partners = held in self.nodes and self.nodes[held].partnership
            stakes = (one for one in self.into.get(held, {}).values() if one.own_votes or not partners)
            votes = {one.holder: one.votes.low for one in stakes if one.votes.low > 0}
            whole = max(1.0, sum(votes.values()))
            self._votes[held] = {holder: share / whole for holder, share in votes.items()}
        return self._votes[held]


def _kept(all_of: Mapping[str, Mapping[str, _T]], fits: Callable[[_T], bool]) -> dict[str, dict[str, _T]]:
    found: dict[str, dict[str, _T]] = defaultdict(dict)
    for one, others in all_of.items():
        if kept := {other: value for other, value in others.items() if fits(value)}:
            found[one] = kept
    return found
