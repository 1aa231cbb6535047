"""The graph on one day as regimes look at it: read where a step needs it, and no part twice."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from graph.cypher import text
from graph.errors import QueryTimeoutError
from graph.store import Store
from graph.vocabulary import SUBJECT_RELATION_TYPES
from queries.law.times import Days, seen_before
from queries.model import Edge
from queries.ownership import reading
from queries.ownership.control import HALF, Control, control, controllers
from queries.ownership.ground import Ground
from queries.ownership.holdings import Holdings, Node
from queries.ownership.ways import Ways
from queries.policy import shipped as policy
from queries.regimes import variants
from queries.regimes.variants import Hold

Props = Mapping[str, Any]
BATCH = 200
MOST = 5_000  # relations read with one statement
ABOVE = 300  # subjects above an organisation that are looked at where shares are not known
# Types that are read together: whoever asks for one of them asks for the others soon, and employees are many.
_TOGETHER = (
    "ACTUAL_CONTROLLER", "DIRECTOR", "DIRECT_RESPONSIBLE", "EXECUTIVE", "GENERAL_PARTNER", "LEGAL_REP", "MANAGES",
    "PRINCIPAL", "SUPERVISOR",
)  # fmt: skip
GROUPS: tuple[tuple[str, ...], ...] = (
    _TOGETHER,
    *((name,) for name in SUBJECT_RELATION_TYPES if name not in _TOGETHER),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A relation, and the subject at its other end."""

    type: str
    edge: Edge
    other: Props
    props: Props


class Scene:
    """One day. `cut`: why something was left out ("time", "size"), "" if nothing was."""

    def __init__(self, store: Store, as_of: str, deadline: float) -> None:
        self.store, self.as_of, self.cut = store, as_of, ""
        self._deadline = deadline
        self._days = Days(as_of, as_of, policy().max_age_days)
        self._links: dict[tuple[bool, tuple[str, ...]], dict[str, list[Link]]] = defaultdict(dict)
        self._above: dict[str, Holdings] = {}
        self._below: dict[str, Holdings] = {}
        self._grounds: dict[int, Ground] = {}
        self._controllers: dict[str, dict[str, Control]] = {}
        self._controls: dict[str, Control] = {}
        self._ways: dict[tuple[str, bool], Ways] = {}
        self._variants: dict[tuple[str, int, str], Holdings] = {}
        self._holds: dict[tuple[int, str], Hold] = {}
        self._holders: dict[str, dict[str, Hold]] = {}
        self.seen: dict[str, Props] = {}
        self.warnings: dict[str, None] = {}

    def warn(self, said: str) -> None:
        """Say once that a record was left out."""
        self.warnings[said] = None

    def left(self) -> float:
        """Seconds that are left; none below 0. Says that it is cut where there are none."""
        left = max(0.0, self._deadline - time.monotonic())
        if not left:
            self.cut = self.cut or "time"
        return left

    def links(self, ids: Iterable[str], types: Sequence[str], *, onward: bool) -> dict[str, list[Link]]:
        """By subject, relations of these types that start at it (`onward`) or end at it."""
        wanted = sorted(set(ids))
        read = [group for group in GROUPS if set(group) & set(types)]
        for group in read:
            self._fetch(wanted, group, onward)
        found = {id: [n for group in read for n in self._links[onward, group][id] if n.type in types] for id in wanted}
        return {
            id: sorted(links, key=lambda n: (str(n.other["id"]), n.edge.record or "")) for id, links in found.items()
        }

    def _fetch(self, ids: Sequence[str], group: tuple[str, ...], onward: bool) -> None:
        kept = self._links[onward, group]
        missing = [id for id in ids if id not in kept]
        statement = text("queries.regimes", "relations_from" if onward else "relations_to", TYPES=group)
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            kept |= {id: [] for id in batch}
            for row in self._read(statement, ids=batch, as_of=self.as_of, most=MOST):
                other = row["other"]
                self.seen[str(other["id"])] = other
                ends = (row["id"], str(other["id"])) if onward else (str(other["id"]), row["id"])
                edge = Edge.read(row["type"], ends, row["props"])
                kept[row["id"]].append(Link(row["type"], edge, other, row["props"]))

    def stale(self, edge: Edge) -> str:
        """The day a relation was last seen, where that is too long ago to rely on; else ""."""
        return seen_before({"seen_on": edge.seen_on, "until": edge.until}, self._days)

    def above(self, ids: Iterable[str]) -> None:
        """Read whatever stands above these."""
        self._holdings(ids, self._above, up=True)

    def below(self, ids: Iterable[str]) -> None:
        """Read whatever these hold, with all who hold it."""
        self._holdings(ids, self._below, up=False)

    def _holdings(self, ids: Iterable[str], kept: dict[str, Holdings], *, up: bool) -> None:
        missing = sorted(set(ids) - kept.keys())
        if not missing:
            return
        ends = {"up" if up else "down": missing}
        known = reading.read(self.store, self.as_of, seconds=self.left(), **ends)
        self.cut = self.cut or known.cut
        for id, node in known.nodes.items():
            self.seen.setdefault(id, node.props)
        for id in missing:
            if id not in known.nodes:  # cut before it was read
                known.nodes[id] = Node(self.props(id), conducts=True, known=False)
            kept[id] = known

    def known_above(self, id: str) -> Holdings:
        """What was read above a subject."""
        self.above([id])
        return self._above[id]

    def known_below(self, id: str) -> Holdings:
        """What was read below a subject."""
        self.below([id])
        return self._below[id]

    def ground(self, known: Holdings) -> Ground:
        """What is worked out of holdings once."""
        if id(known) not in self._grounds:
            self._grounds[id(known)] = Ground(known)
        return self._grounds[id(known)]

    def controllers(self, id: str) -> dict[str, Control]:
        """Who controls an organisation, with what each controls."""
        if id not in self._controllers:
            known = self.known_above(id)
            self._controllers[id] = controllers(known, id, HALF, self.ground(known).beginners(HALF))
        return self._controllers[id]

    def controls(self, id: str) -> Control:
        """What a subject controls."""
        if id not in self._controls:
            self._controls[id] = control(self.known_below(id), id)
        return self._controls[id]

    def hold(self, known: Holdings, id: str) -> Hold:
        """What a subject controls, surely, as it is told, and as it may be."""
        kept = (_same(known), id)
        if kept not in self._holds:
            self._holds[kept] = variants.hold(known, self.fresh(known), id, self.stale)
        return self._holds[kept]

    def holders(self, id: str) -> dict[str, Hold]:
        """Who controls an organisation, and who may where shares are not known to the figure."""
        if id not in self._holders:
            known = self.known_above(id)
            others = [who for who in variants.may_be_controllers(known, id) if who not in self.controllers(id)]
            if len(others) > ABOVE:
                self.cut = self.cut or "size"
            found = {who: self.hold(known, who) for who in (*self.controllers(id), *others[:ABOVE])}
            self._holders[id] = {who: held for who, held in found.items() if id in held.may.grips}
        return self._holders[id]

    def conducting(self, known: Holdings, id: str) -> Holdings:
        """Holdings in which nobody is joined through one who holds for others, but the asked subject itself."""
        return self._variant("conducting", known, id, lambda: variants.conducting(known, id))

    def fresh(self, known: Holdings) -> Holdings:
        """Holdings without what was last seen too long ago."""
        return self._variant("fresh", known, "", lambda: variants.fresh(known, self.stale))

    def _variant(self, how: str, known: Holdings, id: str, made: Callable[[], Holdings]) -> Holdings:
        kept = (how, _same(known), id)
        if kept not in self._variants:
            self._variants[kept] = made()
        return self._variants[kept]

    def ways(self, id: str, *, up: bool) -> Ways:
        """The ways from a subject up to its holders or down to what it holds, none through one who holds for others."""
        if (id, up) not in self._ways:
            known = self.conducting(self.known_above(id) if up else self.known_below(id), id)
            self._ways[id, up] = Ways(known, id, up=up)
        return self._ways[id, up]

    def props(self, id: str) -> Props:
        """A subject that was met."""
        return self.seen.get(id, {"id": id})

    def _read(self, statement: str, **params: Any) -> list[dict[str, Any]]:
        left = self.left()
        if not left:
            return []
        try:
            rows = self.store.read(statement, timeout=ceil(left), **params)
        except QueryTimeoutError:
            self.cut = self.cut or "time"
            return []
        if len(rows) >= MOST:
            self.cut = self.cut or "size"
        return rows


def _same(known: Holdings) -> int:
    """Holdings are kept as long as the scene is, so this names them."""
    return id(known)
