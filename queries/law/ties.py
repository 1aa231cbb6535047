"""What joins organisations that bid: their heads, and who holds or runs them, a few steps up."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.cypher import text
from graph.identifiers import personal_id
from graph.masked import is_masked
from graph.store import Store
from graph.vocabulary import RELATIONS, Kind
from queries.law.bids import Bid, Head, Props
from queries.law.bindings import BATCH, MOST, Link
from queries.law.pack import Step
from queries.law.times import Days, seen_before

DEPTH = 8  # steps up a chain of holdings


@dataclass(frozen=True, slots=True)
class Tie:
    """One relation from a holder to what it holds. `conducts`: whether the holder joins what it holds at all."""

    link: Link
    holder: Props
    held: str
    conducts: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """Ties from a bidder up to a holder, the bidder's own first. `exact`: some share is just the bound, not more."""

    ties: tuple[Tie, ...]
    exact: bool

    @property
    def top(self) -> Props:
        """The holder at the end."""
        return self.ties[-1].holder


class Ties:
    """Heads and holders around a set of organisations; `cut` where a statement gave as many rows as it may."""

    def __init__(self, store: Store, days: Days, least: float) -> None:
        self.store, self.days, self.least, self.cut = store, days, least, False
        self._up: dict[str, list[Tie]] = defaultdict(list)
        self._heads: dict[str, list[Head]] = defaultdict(list)
        self._named: dict[tuple[str, str], list[Head]] = defaultdict(list)

    def read(self, ids: Iterable[str], heads: Sequence[str], holders: Sequence[str]) -> None:
        """Fetch the heads of these, and who stands above them."""
        asked = [i for i in dict.fromkeys(ids) if not i.startswith("sheet:")]
        for tie in self._read(asked, heads):
            self._heads[tie.held].append(Head(tie.link.type, tie.holder, full_number(tie.holder), tie.link.props))
        seen, frontier = set(asked), asked
        for _ in range(DEPTH):
            above: dict[str, None] = {}
            for tie in self._read(frontier, holders):
                self._up[tie.held].append(tie)
                if tie.holder["kind"] != Kind.PERSON and tie.holder["id"] not in seen:
                    above[str(tie.holder["id"])] = None
            seen |= set(above)
            frontier = list(above)

    def _read(self, ids: Sequence[str], types: Sequence[str]) -> Iterator[Tie]:
        if not types:
            return
        statement = text("queries.law", "lot_ties", TYPES=types)
        for start in range(0, len(ids), BATCH):
            batch = list(ids[start : start + BATCH])
            rows = self.store.read(statement, ids=batch, as_of=self.days.as_of, least=self.least, most=MOST)
            self.cut = self.cut or len(rows) >= MOST
            for row in rows:
                yield Tie(Link(row["type"], row["props"]), row["holder"], row["id"], row["conducts"])

    def add_head(self, bid: Bid, head: Head) -> None:
        """A head the sheet names, in this bid and no other."""
        self._named[bid.id, bid.lot].append(head)

    def heads(self, bid: Bid) -> Sequence[Head]:
        """The heads of a bidder, as the graph has them and as its bid for this lot names them."""
        known = (*self._heads.get(bid.id, ()), *self._named.get((bid.id, bid.lot), ()))
        return sorted(known, key=lambda head: bool(seen_before(head.props, self.days)))

    def above(self, bidder: str, step: Step, depth: int) -> Mapping[str, Chain]:
        """Who stands above a bidder by relations of this step, each by the shortest chain, one without a share that
        is just the bound before one with.
        """
        found: dict[str, Chain] = {}
        for exact in (False, True):
            self._climb(bidder, (step, exact, depth), found)
        found.pop(bidder, None)
        return found

    def _climb(self, bidder: str, how: tuple[Step, bool, int], found: dict[str, Chain]) -> None:
        step, exact, depth = how
        waiting: deque[Chain] = deque([Chain((), False)])
        seen = {bidder}
        while waiting:
            chain = waiting.popleft()
            here = str(chain.top["id"]) if chain.ties else bidder
            ties = self._up.get(here, ()) if len(chain.ties) < depth else ()
            for tie in sorted(ties, key=lambda tie: bool(seen_before(tie.link.props, self.days))):
                holds = _holds(step, tie.link)
                if holds is None or (holds is False and not exact) or tie.holder["id"] in seen:
                    continue
                longer = Chain((*chain.ties, tie), chain.exact or not holds)
                seen.add(str(tie.holder["id"]))
                found.setdefault(str(tie.holder["id"]), longer)
                waiting.append(longer)


def _holds(step: Step, link: Link) -> bool | None:
    """Whether a relation meets the step: True; False where the share is just what has to be exceeded; else None."""
    if link.type not in step.types:
        return None
    if not RELATIONS[link.type].rated or (step.over is None and step.min_ratio is None):
        return True
    ratio = link.props.get("ratio")
    if ratio is None:
        return None
    if step.over is not None:
        return True if ratio > step.over else False if ratio == step.over else None
    return True if step.min_ratio is not None and ratio >= step.min_ratio else None


def full_number(person: Props) -> str:
    """A full personal number in its normal form, with its kind; "" without one."""
    number = str(person.get("id_number") or "")
    if not number or is_masked(number):
        return ""
    code = personal_id(number, str(person.get("id_type") or ""))
    return f"{code.kind} {code.value}" if code.formed else ""
