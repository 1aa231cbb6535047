"""Following the steps of a way: from the asked subject to those it leads to, with the evidence.

Control by the state and holding for others (nominees) lead nowhere: whoever is reached only through them is not told,
and that he is not is (`Walk.stopped`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from queries.regimes.bodies import is_state, stands_for_others
from queries.regimes.grips import beneficial_owner, controlled, controller
from queries.regimes.model import KinSet, Regime, Step
from queries.regimes.posts import came_from, concert, kin_of, leads_to, post, role
from queries.regimes.scene import Scene
from queries.regimes.shares import held, holder
from queries.regimes.trail import Part, Trail

KEPT = 2_000  # trails gone on from; what is more is said to be cut

_Taken = Callable[[Scene, Trail, Step, KinSet], Iterator[Part]]
STEPS: dict[str, _Taken] = {
    "holder": holder,
    "held": held,
    "controller": controller,
    "controlled": controlled,
    "role": role,
    "post": post,
    "from": came_from,
    "to": leads_to,
    "kin": kin_of,
    "concert": concert,
    "beneficial": beneficial_owner,
}


@dataclass(slots=True)
class Walk:
    """One regime asked of one day. `stopped`: trails that end at the state or at one who holds for others."""

    scene: Scene
    regime: Regime
    stopped: dict[str, Trail] = field(default_factory=dict)

    def follow(self, start: Trail, way: Iterable[Step], kin: KinSet) -> list[Trail]:
        """Everybody a way leads to."""
        trails = [start]
        for step in way:
            trails = self._step(trails, step, kin)
        return [trail for trail in trails if len(trail.nodes) > len(start.nodes)]

    def _step(self, trails: list[Trail], step: Step, kin: KinSet) -> list[Trail]:
        if step.do == "any":
            return _best(found for one in step.choices for found in self._step(trails, one, kin))
        going = [t for t in trails if not self._stops(t)]
        self._prepare([t.id for t in going], step)
        found = list(trails) if step.optional else []
        for trail in going:
            for part in STEPS[step.do](self.scene, trail, step, kin):
                if self._comes_back(trail, part, step):
                    continue
                gone = trail.on(_opened(part, step))
                if stands_for_others(gone.end):
                    self.stopped.setdefault(gone.id, gone)
                elif not step.kinds or gone.end.get("kind") in step.kinds:
                    found.append(gone)
        best = _best(found)
        if len(best) > KEPT:
            self.scene.cut = self.scene.cut or "size"
        return best[:KEPT]

    def _comes_back(self, trail: Trail, part: Part, step: Step) -> bool:
        """Whether a part leads back to where its trail has been. What a controller controls may lie on the very way
        over which he controls the asked one; only who controls the asked one too is told as that.
        """
        ids, start = [str(node["id"]) for node in part.nodes], str(trail.nodes[0]["id"])
        if step.do != "controlled":
            return any(trail.has(id) for id in ids)
        return start in ids or (trail.has(ids[-1]) and ids[-1] in self.scene.holders(start))

    def _stops(self, trail: Trail) -> bool:
        """Whether nobody is joined through it; the asked subject itself is an end, whatever it is."""
        if len(trail.nodes) > 1 and is_state(trail.end):
            self.stopped.setdefault(trail.id, trail)
            return True
        return False

    def _prepare(self, ids: list[str], step: Step) -> None:
        if step.do in ("holder", "controller", "concert"):
            self.scene.above(ids)
        elif step.do in ("held", "controlled"):
            self.scene.below(ids)


def _opened(part: Part, step: Step) -> Part:
    if step.says:
        part = replace(part, notes=(step.says, *part.notes))
    return part if step.opens is None else replace(part, opens=(*part.opens, step.opens.zh))


def _best(trails: Iterable[Trail]) -> list[Trail]:
    """Of trails that end alike the best; trails that end with another relation are kept apart."""
    kept: dict[tuple[str, str, str], Trail] = {}
    for trail in trails:
        last = trail.edges[-1] if trail.edges else None
        key = (trail.id, last.type if last else "", (last.title if last else "") or "")
        if key not in kept or trail.rank < kept[key].rank:
            kept[key] = trail
    return sorted(kept.values(), key=lambda t: t.rank)
