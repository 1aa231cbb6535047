"""Who stands above whom, by holding more than a share or by another relation of a rule's step, at any depth.

What a holder holds and what those below it hold count together: A with 30 % of C, and B, of which A holds 60 %, with
another 30 %, make A the holder of C. Only what is held so itself passes anything on; nothing is multiplied.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from graph.vocabulary import RELATIONS
from queries.law.pack import Step
from queries.law.ties import Tie, Ties

_DIGITS = 9  # sums of decimal shares are exact to this


@dataclass(frozen=True, slots=True)
class Hold:
    """How somebody stands above a bidder. `chain`: ties from the bidder up, its own first; `also`: chains of the
    other ties that count together with one of `chain`; `exact`: some share is just the bound, and not more.
    """

    chain: tuple[Tie, ...]
    also: tuple[tuple[Tie, ...], ...] = ()
    exact: bool = False

    @property
    def top(self) -> Mapping[str, object]:
        """Who stands above."""
        return self.chain[-1].holder

    @property
    def direct(self) -> bool:
        """Whether the top's own tie is enough."""
        return len(self.chain) == 1 and not self.also

    @property
    def ties(self) -> Iterator[Tie]:
        """All it rests on."""
        yield from self.chain
        for chain in self.also:
            yield from chain


def holds(ties: Ties, step: Step, bidders: Collection[str]) -> dict[str, dict[str, Hold]]:
    """By bidder: who stands above it by this step, and how; ties seen lately rather than others, and shares above
    the bound rather than those that just reach it.
    """
    found: dict[str, dict[str, Hold]] = defaultdict(dict)
    asked = set(bidders)
    for top in sorted(ties.down):
        for stale, exact in ((False, False), (True, False), (True, True)):
            grips = _grips(ties, top, step, (stale, exact))
            for held in grips.keys() & asked - {top}:
                if top not in found[held]:
                    chain, also = _chain(grips, held)
                    found[held][top] = Hold(chain, also, exact)
    return found


def _grips(ties: Ties, top: str, step: Step, how: tuple[bool, bool]) -> dict[str, tuple[Tie, ...]]:
    """What a subject stands above, nearest first, each with the ties it rests on."""
    stale, exact = how
    grips: dict[str, tuple[Tie, ...]] = {}
    counted: dict[str, list[Tie]] = defaultdict(list)
    waiting = deque([top])
    while waiting:
        for tie in ties.down.get(waiting.popleft(), ()):
            if tie.held == top or tie.held in grips or tie.type not in step.types or (tie.stale and not stale):
                continue
            counted[tie.held].append(tie)
            together = tuple(t for t in counted[tie.held] if t.type == tie.type)
            if _enough(step, together, exact):
                grips[tie.held] = together
                waiting.append(tie.held)
    return grips


def _enough(step: Step, together: tuple[Tie, ...], exact: bool) -> bool:
    if not RELATIONS[together[0].type].rated or (step.over is None and step.min_ratio is None):
        return True
    share = round(sum(tie.share or 0.0 for tie in together), _DIGITS)
    if step.over is not None:
        return share > step.over or (exact and share == step.over)
    return step.min_ratio is not None and share >= step.min_ratio


def _chain(grips: Mapping[str, tuple[Tie, ...]], held: str) -> tuple[tuple[Tie, ...], tuple[tuple[Tie, ...], ...]]:
    """The ties from a bidder up to the top, over the largest share each time; and the chains of the others."""
    chain: list[Tie] = []
    also: list[tuple[Tie, ...]] = []
    while held in grips:
        first, *others = sorted(grips[held], key=lambda tie: -(tie.share or 0.0))
        chain.append(first)
        also += [(tie, *_chain(grips, str(tie.holder["id"]))[0]) for tie in others]
        held = str(first.holder["id"])
    return tuple(chain), tuple(also)
