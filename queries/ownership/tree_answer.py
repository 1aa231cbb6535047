"""What `tree` answers: subjects by level, the stakes between them, and how much was left out where."""

from __future__ import annotations

from dataclasses import dataclass

from queries.model import Edge, Json, Listing, Subject
from queries.ownership.answer import CUT_WORDS, told
from queries.ownership.stakes import Share


@dataclass(frozen=True, slots=True)
class Standing:
    """One subject of the tree. `level`: 0 the asked one, negative its holders, positive its holdings. `integrated`:
    its share of the asked one in the end (above) or the asked one's of it (below), `at_least` where some share on
    the way is not known; `stop`: nobody is joined to anybody through it; `circle`: it holds itself in the end.
    """

    subject: Subject
    level: int
    integrated: float | None
    at_least: bool
    controls: bool
    stop: bool
    circle: bool
    listed: tuple[Listing, ...]

    def to_json(self) -> Json:
        """An entry of `nodes`."""
        plain = ("level", "at_least", "controls", "stop", "circle")
        return {
            "subject": self.subject.to_json(),
            **{name: getattr(self, name) for name in plain},
            "integrated": None if self.integrated is None else told(self.integrated),
            "listed": [entry.to_json() for entry in self.listed],
        }


@dataclass(frozen=True, slots=True)
class Branch:
    """One stake, or declared control without one, from `holder` to `held`. `share` is None without a stake;
    `integrated`: see that of its end away from the asked subject; `chain`: control over the asked subject, or by it,
    rests on this; `circle`: both ends own each other in the end.
    """

    holder: str
    held: str
    share: Share | None
    votes: Share | None
    edges: tuple[Edge, ...]
    integrated: float | None
    chain: bool
    circle: bool

    def to_json(self) -> Json:
        """An entry of `edges`: shares 0–1; `unknown` where no figure is recorded, not even a bound."""
        low, high = (self.share.low, self.share.high) if self.share else (0.0, None)
        return {
            "source": self.holder,
            "target": self.held,
            "direct": told(low) if self.share else None,
            "direct_max": told(high) if self.share and high is not None else None,
            "exact": bool(self.share and self.share.exact),
            "unknown": bool(self.share and low <= 0 and high is None),
            "votes": told(self.votes.low) if self.votes else None,
            "integrated": None if self.integrated is None else told(self.integrated),
            "control": self.chain,
            "cycle": self.circle,
            "relations": [edge.to_json() for edge in self.edges],
        }


@dataclass(frozen=True, slots=True)
class Tree:
    """What `tree` answers. `stubs`: of whom how many holders (up) or holdings (down) do not stand in the tree."""

    subject: Subject
    as_of: str
    asked: tuple[int, int, int]
    nodes: tuple[Standing, ...]
    branches: tuple[Branch, ...]
    stubs: tuple[tuple[str, str, int], ...]
    cut: str

    def to_json(self) -> Json:
        """`nodes` by level, `edges`, `stubs`."""
        return {
            "subject": self.subject.to_json(),
            "as_of": self.as_of,
            **dict(zip(("up", "down", "per"), self.asked, strict=True)),
            "nodes": [one.to_json() for one in self.nodes],
            "edges": [one.to_json() for one in self.branches],
            "stubs": [{"parent": who, "side": side, "count": count} for who, side, count in self.stubs],
            "left_out": sum(count for _, _, count in self.stubs),
            "complete": not self.cut,
            "cut": CUT_WORDS.get(self.cut),
        }
