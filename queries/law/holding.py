"""Who stands above whom, by holding more than a share or by another relation of a rule's step, at any depth.

What a holder holds and what those below it hold count together: A with 30 % of C, and B, of which A holds 60 %, with
another 30 %, make A the holder of C. Only what is held so itself passes anything on; nothing is multiplied. Through one
that holds for others (a nominee, a clearing account) nothing is passed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from graph.vocabulary import RELATIONS
from queries.law.pack import Step
from queries.law.ties import PARTNER, Tie, Ties

_DIGITS = 9  # sums of decimal shares are exact to this


@dataclass(frozen=True, slots=True)
class How:
    """What was let pass to get there. `stale`: what was seen too long ago; `raw`: shares that make more than the whole
    together, each as it stands; `exact`: a share that just reaches the bound; `nominal`: one that holds for others;
    `open`: what a share may be at most, and being a general partner.
    """

    stale: bool = False
    raw: bool = False
    exact: bool = False
    nominal: bool = False
    open: bool = False


# Each lets pass what the one before it does, and one thing more.
_WAYS = (
    How(),
    How(stale=True),
    How(stale=True, raw=True),
    How(stale=True, raw=True, exact=True),
    How(stale=True, raw=True, exact=True, nominal=True),
    How(stale=True, raw=True, exact=True, nominal=True, open=True),
)


@dataclass(frozen=True, slots=True)
class Hold:
    """How somebody stands above a bidder. `chain`: ties from the bidder up, its own first; `also`: chains of the
    other ties that count together with one of `chain`; `how`: what had to be let pass.
    """

    chain: tuple[Tie, ...]
    also: tuple[tuple[Tie, ...], ...] = ()
    how: How = _WAYS[0]

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


def holds(ties: Ties, step: Step, bidders: Collection[str], *, look: bool = False) -> dict[str, dict[str, Hold]]:
    """By bidder: who stands above it by this step, and how, what is sure rather than what is not. `look`: also which
    bidder perhaps does, the shares being known within bounds only.
    """
    found: dict[str, dict[str, Hold]] = defaultdict(dict)
    asked = set(bidders)
    for top in sorted(ties.down):
        for how in _WAYS if look else _WAYS[:-1]:
            if (how.nominal and top not in asked) or (how != _WAYS[0] and not _adds(ties, how)):
                continue  # what is worth no more than a look is worth it between bidders
            grips = _grips(ties, top, step, how)
            for held in grips.keys() & asked - {top}:
                if top not in found[held]:
                    chain, also = _chain(grips, held)
                    found[held][top] = Hold(chain, also, how)
    return found


def _adds(ties: Ties, how: How) -> bool:
    """Whether there is anything of what this lets pass, so that it is worth going that way."""
    last = next(name for name in ("open", "nominal", "exact", "raw", "stale") if getattr(how, name))
    return last in ties.odd


def _grips(ties: Ties, top: str, step: Step, how: How) -> dict[str, tuple[Tie, ...]]:
    """What a subject stands above, nearest first, each with the ties it rests on."""
    grips: dict[str, tuple[Tie, ...]] = {}
    counted: dict[str, list[Tie]] = defaultdict(list)
    waiting = deque([top])
    while waiting:
        for tie in ties.down.get(waiting.popleft(), ()):
            if tie.held == top or tie.held in grips or not _counts(tie, step, how):
                continue
            counted[tie.held].append(tie)
            together = tuple(t for t in counted[tie.held] if t.type == tie.type)
            if _enough(ties, step, together, how, {top, *grips}):
                grips[tie.held] = together
                waiting.append(tie.held)
    return grips


def _counts(tie: Tie, step: Step, how: How) -> bool:
    if tie.type == PARTNER and tie.type not in step.types:
        fits = how.open and step.over is not None
    else:
        fits = tie.type in step.types
    return fits and (how.stale or not tie.stale) and (how.nominal or not tie.nominal)


def _enough(ties: Ties, step: Step, together: tuple[Tie, ...], how: How, group: Collection[str]) -> bool:
    """Whether ties to one body are enough for whoever holds them and the `group` they belong to."""
    type = together[0].type
    if type not in step.types:
        return True  # a general partner, however much he put in
    if not RELATIONS[type].rated or (step.over is None and step.min_ratio is None):
        return True
    share = sum(tie.share or 0.0 for tie in together)
    most = at_most(ties, together) if how.open else 0.0
    if not how.raw:
        share /= _all(ties, together, group)
    share = round(share, _DIGITS)
    if step.over is not None:
        return max(share, most) > step.over or (how.exact and share == step.over)
    return step.min_ratio is not None and max(share, most) >= step.min_ratio


def _all(ties: Ties, together: tuple[Tie, ...], group: Collection[str]) -> float:
    """The whole that shares are of: 1, or all that is on record where that is more. Only what others have speaks
    against a group's holding.
    """
    held = together[0].held
    if ties.whole(held) <= 1.0:
        return 1.0
    capital, votes = ties.others(held, group)
    return max(1.0, sum(tie.capital for tie in together) + capital, sum(tie.votes for tie in together) + votes)


def at_most(ties: Ties, together: tuple[Tie, ...]) -> float:
    """What shares of one body may come to at most: no more than the others leave; a sheet may know better."""
    if any(tie.stated for tie in together):
        return 1.0
    others, _ = ties.others(together[0].held, {str(tie.holder["id"]) for tie in together})
    return round(min(sum(tie.high for tie in together), max(0.0, 1.0 - others)), _DIGITS)


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
