"""A corporate group: all that one ultimate controller controls, with their branches.

Control is that of `queries.ownership`: declared, or presumed from votes, partnership or the board. The state and those
who hold for others are no controllers of a group and nothing is in a group through them; a controlled subject at which
control stops is named apart.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.store import Store
from queries.groups.reading import Reading
from queries.hops import OutOfTimeError
from queries.model import Edge, Json, Subject
from queries.ownership import reading as holdings
from queries.ownership.control import HOW_WORDS, Control, How, control, ultimate
from queries.ownership.holdings import Holdings
from queries.subjects import subjects

BATCH = 500
BRANCHES_AT_MOST = 5_000
MEMBERS_GIVEN = 500

BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class GroupMember:
    """One of a group: on what that rests (a `How` of control, or "branch"), whether it was declared, and all relations
    that say so.
    """

    subject: Subject
    how: str
    declared: bool
    edges: tuple[Edge, ...]
    nodes: tuple[Subject, ...]

    def to_json(self) -> Json:
        """The member with its evidence: the relations from it up to the controller, nearest first."""
        chain = {"nodes": [n.to_json() for n in self.nodes], "edges": [e.to_json() for e in self.edges]}
        rests = {"how": self.how, "declared": self.declared, "text": self.text}
        return {"subject": self.subject.to_json(), **rests, "chain": chain}

    @property
    def text(self) -> str:
        """On what it rests, in Chinese; what was not declared is presumed."""
        words = "分支机构" if self.how == BRANCH else HOW_WORDS[How(self.how)]
        return words if self.declared else f"推定控制：{words}"


@dataclass(frozen=True, slots=True)
class CorporateGroup:
    """The group under one controller. `jointly`: with whom he acts in concert; `stops`: what he controls, but nothing
    goes through; `number`: all members, of whom only so many are given.
    """

    controller: Subject
    jointly: tuple[Subject, ...]
    members: tuple[GroupMember, ...]
    stops: tuple[Subject, ...]
    number: int

    def to_json(self) -> Json:
        """One group."""
        return {
            "controller": self.controller.to_json(),
            "jointly_with": [subject.to_json() for subject in self.jointly],
            "number": self.number,
            "members": [member.to_json() for member in self.members],
            "stops": [subject.to_json() for subject in self.stops],
        }


@dataclass(frozen=True, slots=True)
class Corporate:
    """The groups a subject belongs to: one, several where several control it in the end, none where it stands alone.
    `asked_for`: the head office that was asked about instead of its branch.
    """

    groups: tuple[CorporateGroup, ...]
    asked_for: Subject | None
    complete: bool

    def to_json(self) -> Json:
        """The section `corporate` of `groups --json`."""
        return {
            "groups": [group.to_json() for group in self.groups],
            "head": self.asked_for.to_json() if self.asked_for else None,
            "complete": self.complete,
        }


def corporate(store: Store, reading: Reading, subject: str) -> Corporate:
    """The groups of a subject, by its id; of a branch, those of its head."""
    try:
        head = _head(reading, subject)
        asked = head or subject
        above = holdings.read(store, reading.as_of, up=[asked], seconds=_left(reading))
        if asked not in above.nodes or above.nodes[asked].stops:
            return Corporate((), _named(store, head), not above.cut)
        tops = ultimate(above, asked) or (asked,)
        below = holdings.read(store, reading.as_of, down=tops, seconds=_left(reading))
        groups = [_group(store, reading, below, top) for top in tops]
    except OutOfTimeError:
        return Corporate((), None, complete=False)
    cut = bool(above.cut or below.cut) or any(whole is False for _, whole in groups)
    return Corporate(tuple(group for group, _ in groups if group.number), _named(store, head), not cut)


def _left(reading: Reading) -> float:
    reading.check()
    return reading.deadline - time.monotonic()


def _named(store: Store, id: str) -> Subject | None:
    return subjects(store, [id])[id] if id else None


def _head(reading: Reading, subject: str) -> str:
    """The head of a branch, the head's head if it is one too; "" for what is no branch."""
    seen, here = {subject}, subject
    while True:
        rows = reading.rows("branches", ids=[here], most=BRANCHES_AT_MOST)
        heads = [row["other"] for row in rows if row["up"] and row["other"] not in seen]
        if not heads:
            return here if here != subject else ""
        here = heads[0]
        seen.add(here)


def _group(store: Store, reading: Reading, known: Holdings, top: str) -> tuple[CorporateGroup, bool]:
    """What `top` controls, nearest first, then their branches."""
    found = control(known, top)
    stops = [i for i in found.grips if known.nodes[i].stops]
    inside = [i for i in found.grips if i not in stops]
    branches, whole = _branches(reading, [top, *inside])
    given = [*inside, *(branch for branch, _, _ in branches)]
    chains = {i: found.chain(i) for i in inside}
    chains |= {branch: (edge, *chains.get(head, ())) for branch, head, edge in branches}
    kept = given[:MEMBERS_GIVEN]
    ends = {end for i in kept for edge in chains[i] for end in (edge.source, edge.target)}
    named = subjects(store, {top, *found.group, *stops, *ends})
    members = (_member(i, chains[i], found, named) for i in kept)
    jointly = tuple(named[i] for i in sorted(found.group - {top}))
    told = CorporateGroup(named[top], jointly, tuple(members), tuple(named[i] for i in stops), len(given))
    return told, whole and len(kept) == len(given)


def _member(id: str, chain: Sequence[Edge], found: Control, named: dict[str, Subject]) -> GroupMember:
    grip = found.grips.get(id)
    ids = dict.fromkeys(end for edge in chain for end in (edge.target, edge.source))
    return GroupMember(
        subject=named[id],
        how=str(grip.how) if grip else BRANCH,
        declared=found.declared(id) if grip else True,
        edges=tuple(chain),
        nodes=tuple(named[i] for i in ids),
    )


def _branches(reading: Reading, ids: Sequence[str]) -> tuple[list[tuple[str, str, Edge]], bool]:
    """(branch, its head, the relation) of all branches of these and of their branches, each once."""
    found: list[tuple[str, str, Edge]] = []
    seen, front, whole = set(ids), list(ids), True
    while front:
        rows = [row for start in range(0, len(front), BATCH) for row in _rows(reading, front[start : start + BATCH])]
        whole = whole and len(rows) < BRANCHES_AT_MOST
        front = []
        for row in rows:
            if not row["up"] and row["other"] not in seen:
                seen.add(row["other"])
                front.append(row["other"])
                edge = Edge.read("BRANCH_OF", (row["other"], row["id"]), row["props"])
                found.append((row["other"], row["id"], edge))
    return found, whole


def _rows(reading: Reading, ids: Iterable[str]) -> list[Json]:
    return reading.rows("branches", ids=list(ids), most=BRANCHES_AT_MOST)
