"""Bidders that hold another together with one they act in concert with: worth a look, whoever of the two controls it.

Concert is not passed on: the partner of a partner is nobody's partner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from graph.cypher import text
from graph.store import Store
from queries.law.bids import Bid, Props, together
from queries.law.bindings import BATCH, MOST
from queries.law.cases import Case
from queries.law.joint import Joint
from queries.law.shares import percent
from queries.law.ties import HOLDER, Tie, Ties
from queries.law.times import Days
from queries.model import Edge, Path, Subject

_DIGITS = 9


class Concerts:
    """Partners in concert of the bidders; `cut` where there were more than may be read."""

    def __init__(self, store: Store, ties: Ties, bids: Iterable[Bid], days: Days) -> None:
        self.cut = False
        self._ties = ties
        self._partners: dict[str, list[tuple[Props, Edge]]] = defaultdict(list)
        ids = sorted({bid.id for bid in bids if not bid.id.startswith("sheet:") and ties.down.get(bid.id)})
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            rows = store.read(text("queries.bidders", "concerts"), ids=batch, as_of=days.as_of, most=MOST)
            self.cut = self.cut or len(rows) >= MOST
            for row in rows:
                edge = Edge.read("CONCERT", (row["source"], row["target"]), row["props"])
                self._partners[row["id"]].append((row["subject"], edge))

    def of(self, bids: Sequence[Bid], known: Iterable[Case], rules: Sequence[Joint]) -> Iterator[Case]:
        """The pairs of a lot of which one holds the other only with a partner's share, where nothing graver is told."""
        steps = [(j, j.way.post.over) for j in rules if j.way.post and j.way.post.over is not None]
        told = {frozenset(bid.id for bid in case.pair) for case in known if case.kind == "holding"}
        by_id = {bid.id: bid for bid in bids}
        for over in bids if steps else ():
            for tie in self._ties.down.get(over.id, ()):
                held = by_id.get(tie.held)
                if held is None or together(over, held) or frozenset((over.id, held.id)) in told:
                    continue
                case = self._case(tie, (held, over), steps[0])
                if case is not None:
                    told.add(frozenset((over.id, held.id)))
                    yield case

    def _case(self, tie: Tie, pair: tuple[Bid, Bid], rule: tuple[Joint, float]) -> Case | None:
        for partner, edge in self._partners.get(pair[1].id, ()):
            theirs = [t for t in self._ties.down.get(str(partner["id"]), ()) if t.held == tie.held and t.type == HOLDER]
            if tie.type != HOLDER or not theirs or not tie.share or theirs[0].nominal or tie.nominal:
                continue
            shares = [tie.share, theirs[0].share or 0.0]
            if round(sum(shares), _DIGITS) > rule[1]:
                names = f"{pair[1].subject.get('name')}、{partner.get('name')}"
                told = f"{names} 一致行动，合计持股 {percent(sum(shares))}（{' + '.join(map(percent, shares))}）"
                why = f"{told}，是否构成控股关系待核实"
                held, over, third = (Subject.read(s) for s in (pair[0].subject, pair[1].subject, partner))
                path = Path((held, over), (tie.edge,))
                also = Path((held, third, over), (theirs[0].edge, edge))
                return Case(pair, path, "holding", "", doubts=(why,), also=(also,), missed=rule[0])
        return None
