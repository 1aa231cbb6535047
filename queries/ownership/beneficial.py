"""Beneficial owners of an organisation: who, of natural persons, owns, benefits or controls in the end (P13).

The three standards and the fall-back to whoever runs it stand in `beneficial.yaml` with their source and grade. No
owner is made up: where shares are unknown it says who may be one, and a circle of companies ends in the fall-back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from graph.cypher import text
from graph.store import Store
from queries.model import Edge, Json, Path, Subject
from queries.ownership.bounds import at_most, spread
from queries.ownership.control import SLACK, Control
from queries.ownership.ground import Ground
from queries.ownership.holdings import Holdings

ROLES = ("EXECUTIVE", "PRINCIPAL", "LEGAL_REP")
_BETWEEN = re.compile(r"[、，,；;/（）()\s]+|兼任?|并任")
ASKED = 200  # holders with unknown shares whose largest possible share is worked out


@dataclass(frozen=True, slots=True)
class Standard:
    """P13 as data: see `beneficial.yaml`."""

    share: float
    strict: bool
    standards: Mapping[str, Mapping[str, str]]
    exemption: Mapping[str, str]
    managers: Sequence[Mapping[str, Any]]
    basis: Sequence[Mapping[str, str]]

    def meets(self, share: float) -> bool:
        """Whether a share reaches the boundary."""
        return share > self.share + SLACK if self.strict else share >= self.share - SLACK


@cache
def standard() -> Standard:
    """The shipped P13."""
    return Standard(**yaml.safe_load(files("queries.ownership").joinpath("beneficial.yaml").read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class Owner:
    """A beneficial owner. `bases`: the standards met (shares, rights, control, manager), the first being told as its
    `basis`; `share`: capital he owns in the end, at least; `presumed`: he is only taken for the manager.
    """

    subject: Subject
    bases: tuple[str, ...]
    share: float
    votes: float
    income: float
    presumed: bool = False
    path: Path | None = None

    def to_json(self) -> Json:
        """An entry of `beneficial_owners`."""
        found = {
            "subject": self.subject.to_json(),
            "basis": self.bases[0],
            "bases": list(self.bases),
            "share": round(self.share, 9),
            "votes": round(self.votes, 9),
            "income": round(self.income, 9),
            "text": "；".join(standard().standards[basis]["zh"] for basis in self.bases),
            "path": self.path.to_json() if self.path else None,
        }
        return {**found, "presumed": True} if self.presumed else found


@dataclass(frozen=True, slots=True)
class Beneficial:
    """The owners; who may be one, for all that is unknown (with his largest possible share); how much of the capital
    could be traced neither to people nor to the state, 0–1; and whether the exemption may hold.
    """

    owners: tuple[Owner, ...]
    possible: tuple[tuple[Subject, float], ...]
    untraced: float
    may_be_exempt: bool

    @property
    def others_possible(self) -> bool:
        """Whether what could not be traced is enough for an owner nobody knows of."""
        return standard().meets(self.untraced)


def beneficial(store: Store, ground: Ground, subject: str, controls: Mapping[str, Control]) -> Beneficial:
    """The beneficial owners of `subject`. `controls`: its controllers. Nobody is traced through one who holds for
    others.
    """
    rule, stately, ground = standard(), ground.to_the_state, ground.opened
    known, capital = ground.known, ground.capital.into(subject)
    votes = ground.votes.into(subject) if ground.votes else capital
    income = ground.income.into(subject) if ground.income else capital
    above = spread([subject], known.into)
    vague = {one.holder for one in ground.vague_of(above)}
    unknown = above - {subject} if vague else set()  # else whoever is above has a share
    people = [i for i in {*capital, *votes, *income, *controls, *unknown} if known.nodes[i].person]
    unsure = spread(vague, known.into)
    owners: list[Owner] = []
    possible: list[tuple[Subject, float]] = []
    for person in sorted(people):
        share, vote, gain = capital.get(person, 0.0), votes.get(person, 0.0), income.get(person, 0.0)
        bases = (
            *(("shares",) if rule.meets(share) else ()),
            *(("rights",) if rule.meets(vote) or rule.meets(gain) else ()),
            *(("control",) if person in controls else ()),
        )
        if bases:
            owners.append(Owner(known.nodes[person].subject, bases, share, vote, gain))
        elif person in unsure and len(possible) < ASKED and rule.meets(most := at_most(known, person, subject)):
            possible.append((known.nodes[person].subject, most))
    owners.sort(key=lambda o: (-o.share, -o.votes, o.subject.id))
    holders = known.into.get(subject, {})
    exempt = bool(holders) and all(known.nodes[holder].person for holder in holders)
    # Nobody is above people and the state: no way to one of them goes through another, so what they own adds up.
    traced = sum(share for i, share in capital.items() if known.nodes[i].person)
    traced += sum(share for i, share in stately.capital.into(subject).items() if known.nodes[i].state)
    found = tuple(owners or _managers(store, known, subject))
    return Beneficial(found, tuple(possible), max(0.0, 1.0 - traced), exempt)


def _managers(store: Store, known: Holdings, subject: str) -> Iterable[Owner]:
    """Whoever runs it from day to day, by the first sort of role that is known."""
    rows = store.read(text("queries.ownership", "managers", TYPES=ROLES), id=subject, as_of=known.as_of)
    for sort in standard().managers:
        fitting = {str(r["person"]["id"]): r for r in rows if _runs(r, sort)}
        if fitting:
            for id in sorted(fitting):
                row = fitting[id]
                person, edge = Subject.read(row["person"]), Edge.read(row["type"], (id, subject), row["props"])
                path = Path((known.nodes[subject].subject, person), (edge,))
                yield Owner(person, ("manager",), 0.0, 0.0, 0.0, bool(sort.get("presumed")), path)
            return


def _runs(row: Mapping[str, Any], sort: Mapping[str, Any]) -> bool:
    """Whether one of the titles somebody bears is one of the sort, as a whole: a 项目经理 runs no company."""
    borne = {title for title in _BETWEEN.split(str(row["props"].get("title") or "")) if title}
    wanted = not sort["titles"] or bool(borne & {*sort["titles"]})
    return row["type"] in sort["types"] and wanted and row["person"].get("kind") == "person"
