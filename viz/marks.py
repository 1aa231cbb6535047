"""What each subject of a picture is marked with: its own listings, its score, that the search stopped at it.

A listing marks only who stands on it. Everybody else on the path gets a score, the share of the listing's
severity that is left when it has come that far, and never the list's name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from viz.case import Case
from viz.model import Exposure, Listing, Path
from viz.palette import Risk
from viz.texts import list_type

Standing = Literal["negative", "record", "foreign", "red", "permit"]

# In which group a list of a family shows; the first of these groups a subject has decides its look.
STANDING: Mapping[str, Standing] = {
    "negative": "negative",
    "cn_foreign": "negative",
    "status": "record",
    "record": "record",
    "foreign": "foreign",
    "red": "red",
    "permit": "permit",
}
ORDER: tuple[Standing, ...] = ("negative", "record", "foreign", "red", "permit")


@dataclass(frozen=True, slots=True)
class Mark:
    """Own listings, best score 0–1 over the paths shown, and the degree of a subject not crossed."""

    listings: tuple[Listing, ...] = ()
    score: float = 0.0
    band: str = ""
    stopped: str = ""

    @property
    def standings(self) -> frozenset[Standing]:
        """The groups of its own listings."""
        return frozenset(standing(x) for x in self.listings)

    @property
    def risk(self) -> Risk:
        """The one look it gets: own adverse listings first, then the score, then commendation."""
        for group in ("negative", "record", "foreign"):
            if group in self.standings and not (group == "foreign" and self.band):
                return group
        if self.band in ("high", "medium", "low"):
            return self.band  # type: ignore[return-value]  # narrowed by the line above, not seen by mypy
        return "red" if "red" in self.standings else "none"


def standing(listing: Listing) -> Standing:
    """In which group a listing shows; a code outside the vocabulary is a record, called adverse by no guess."""
    known = list_type(listing.list)
    return STANDING[known.family] if known else "record"


def marks(case: Case) -> dict[str, Mark]:
    """The mark of every subject that has one, by id."""
    listings: dict[str, dict[str, Listing]] = defaultdict(dict)
    for key, listing in _listed(case):
        listings[key].setdefault(listing.id or listing.list, listing)
    scores: dict[str, float] = defaultdict(float)
    for exposure in (*case.exposures, *case.reached):
        for key, score in _scores(exposure):
            scores[key] = max(scores[key], score)
    found = {
        key: Mark(tuple(listings.get(key, {}).values()), scores.get(key, 0.0), case.band(scores.get(key, 0.0)))
        for key in (*listings, *scores)
    }
    for stop in case.stops:
        found[stop.subject.id] = replace(found.get(stop.subject.id, Mark()), stopped=stop.degree or "…")
    return found


def _listed(case: Case) -> Iterator[tuple[str, Listing]]:
    yield from ((case.subject.id, listing) for listing in case.listed)
    for exposure in (*case.exposures, *case.reached):
        if exposure.path.nodes:
            yield exposure.path.nodes[-1].id, exposure.listing
    for finding in case.findings:
        if finding.klass == "LISTED_SELF":
            yield finding.target.id, finding.listing
        elif len(finding.path.nodes) > 1 and finding.listing.id:
            yield finding.path.nodes[-1].id, finding.listing


def _scores(exposure: Exposure) -> Iterator[tuple[str, float]]:
    """Score of every subject of the path but the listed one: what is left of the severity there."""
    score = exposure.score
    for node, edge in zip(exposure.path.nodes, exposure.path.edges, strict=False):
        yield node.id, round(score, 9)
        if not edge.weight:
            return  # without weights only the first subject's score is known
        score /= edge.weight


def chains(case: Case) -> Iterator[tuple[Path, float]]:
    """Every path that carries risk, with its score (findings by rule first, at 1)."""
    yield from ((f.path, 1.0) for f in case.findings if len(f.path.nodes) > 1)
    yield from ((e.path, e.score) for e in (*case.exposures, *case.reached))
