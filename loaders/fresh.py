"""A new graph from one source: by columns, streamed through the bulk door, whole or not at all.

What it makes is what `loaders.plan` and `loaders.apply` would make, to the last property; millions of plain rows never
become objects, and only the rest are planned one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from graph import bulk
from graph.bulk import Buffer, Loaded
from graph.store import Store
from loaders.bonds import Bonds
from loaders.edges import Edge
from loaders.identity import Known, resolve
from loaders.plan import Ground, Job, Plan, refuse, take_listings, take_subjects
from loaders.relations import Ends
from loaders.roll import Met, Roll
from loaders.strangers import Strangers

Progress = Callable[[str, int, int | None], None]
# What a relation leads to, where that is no subject.
_SECOND = {"CONTACT": "Contact", "NAMED_IN": "Listing", "EXEMPT_FROM": "Listing"}


@dataclass(frozen=True, slots=True)
class Fresh:
    """What one source makes of an empty graph: `made` plans what needed care, `roll` and `bonds` hold everything."""

    job: Job
    made: Plan
    roll: Roll
    bonds: Bonds
    met: Met

    def counts(self) -> dict[str, int]:
        """What the graph will hold of the source."""
        return {
            "subjects": self.roll.count,
            "listings": len(self.made.listings.added),
            "relations": self.bonds.count,
        }


def plan_new(job: Job, store: Store) -> Fresh:
    """Everything the load of an empty graph would write."""
    facts = job.facts
    made = Plan(job.origin, rejected=list(facts.rejected), warnings=list(facts.warnings))
    roll = _enrolled(job, made, store)
    bonds = Bonds.of(facts.relations, roll, job.origin, made.rejected)
    if bonds.repeats:
        made.warnings.append(f"{bonds.repeats} 行关系与前文完全相同，已略去")
    met = roll.meet(_references(job))
    take_listings(made, job, facts, Ends(met.bearers.get, job.origin), Ground(store, Known(), empty=True))
    return Fresh(job, made, roll, bonds, met)


def write(fresh: Fresh, store: Store, finish: Callable[[], object], progress: Progress) -> None:
    """Fill the empty store; `finish` does what else belongs to the load."""
    stream = _Stream(fresh, progress)
    bulk.fill(store, stream.chunks(), stream.expected, finish)


def _enrolled(job: Job, made: Plan, store: Store) -> Roll:
    found = Strangers.of(job.facts.subjects)
    roll = Roll(found)
    others = found.frame[~found.alone]
    known = Known()
    resolved = resolve(others, known, job.origin)
    resolved.bad_checks += found.bad_checks
    refuse(others, resolved, made)
    ground = Ground(store, known, empty=True)
    take_subjects(made, job, replace(job.facts, subjects=others), resolved, ground)
    roll.admit(resolved, known)
    return roll


def _references(job: Job) -> list[str]:
    """What listings and contacts say of subjects."""
    facts = job.facts
    tables: tuple[pd.DataFrame, ...] = (facts.listings, facts.listing_names, facts.exemptions, facts.contacts)
    return [text for table in tables for text in table["subject"]]


class _Stream:
    """The lines of a load, and the places of its nodes among them."""

    def __init__(self, fresh: Fresh, progress: Progress) -> None:
        self._fresh, self._progress = fresh, progress
        made, count = fresh.made, fresh.roll.count
        self._aliases = [{"id": node, **props} for node, props in made.aliases.items()]
        self._listing = {node: count + len(self._aliases) + n for n, node in enumerate(made.listings.added)}
        before = count + len(self._aliases) + len(self._listing)
        self._contact = {node: before + n for n, node in enumerate(made.contacts)}
        self._nodes = before + len(self._contact)
        self._few = self._edges()
        self._total = self._nodes + fresh.bonds.count - len(fresh.bonds.edges) + len(self._few)

    def expected(self) -> Loaded:
        """How much the lines make."""
        return Loaded(self._nodes, self._total - self._nodes)

    def chunks(self) -> Iterator[Buffer]:
        """Nodes, then relations."""
        done = 0
        for chunk in self._parts():
            yield chunk
            done += bytes(chunk).count(b"\n")
            self._progress("写入", min(done, self._total), self._total)

    def _parts(self) -> Iterator[Buffer]:
        fresh, made = self._fresh, self._fresh.made
        yield from fresh.roll.lines(made.origin)
        yield from bulk.chunks_of(self._node_lines())
        yield from bulk.chunks_of(bulk.relation_line(*edge) for edge in self._few)
        yield from fresh.bonds.lines(made.origin)

    def _node_lines(self) -> Iterator[str]:
        made = self._fresh.made
        tables: tuple[tuple[str, Iterable[dict[str, Any]]], ...] = (
            ("Subject", (made.new_subjects[bearer.id] for bearer in self._fresh.roll.others)),
            ("Alias", self._aliases),
            ("Listing", made.listings.added.values()),
            ("Contact", made.contacts.values()),
        )
        return (bulk.node_line(label, props) for label, table in tables for props in table)

    def _edges(self) -> list[tuple[str, int, int, dict[str, Any]]]:
        """The relations that were planned one by one, with the places of their ends."""
        fresh, made = self._fresh, self._fresh.made
        subjects = {**fresh.met.places, **fresh.bonds.met.places}
        listed = [
            ("LISTED", subjects[made.listings.subject[node]], place, {"origin": made.origin})
            for node, place in self._listing.items()
        ]
        others = {"Listing": self._listing, "Contact": self._contact, "Subject": subjects}

        def placed(edge: Edge) -> tuple[str, int, int, dict[str, Any]]:
            second = others[_SECOND.get(edge.type, "Subject")]
            return edge.type, subjects[edge.a], second[edge.b], edge.props

        return [*listed, *map(placed, made.links.added), *map(placed, fresh.bonds.edges)]
