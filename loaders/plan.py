"""What a load would change: the facts of one source set against what the graph holds of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from graph.cypher import text
from graph.names import name_key
from graph.store import Store
from graph.vocabulary import SUBJECT_RELATION_TYPES
from loaders import edges, listings
from loaders.checks import rejection
from loaders.claims import Claim, claim, fold, revise
from loaders.edges import END_RECORD, Edge, EdgeDiff
from loaders.facts import Facts, Rejection, rows
from loaders.identity import Bearer, Known, Resolution, lookup, resolve
from loaders.listings import Gone, Held, ListingDiff
from loaders.lookup import fetch, is_empty
from loaders.relations import Ends, contact_edges, relation_edges

LINK_TYPES = ("NAMED_IN", "EXEMPT_FROM", "CONTACT")


@dataclass(frozen=True, slots=True)
class Job:
    """One source's part in a load: its name, how its facts are to be read, and the facts."""

    origin: str
    facts: Facts
    full: bool
    snapshot: str
    files: tuple[Path, ...]

    def file_of(self, table: str) -> str:
        """The file from which something of this table is absent: the table's own, the only one, or their folder."""
        own = [path.name for path in self.files if path.stem == table]
        return own[0] if own else self.files[0].name if len(self.files) == 1 else self.files[0].parent.name

    def ending(self) -> dict[str, Any]:
        """The properties that end a relation which a full load no longer holds."""
        return {"until": self.snapshot, "record": END_RECORD.format(file=self.file_of("relations"))}


@dataclass(slots=True)
class Plan:
    """Everything one source's load would write, counted before it is written."""

    origin: str
    new_subjects: dict[str, dict[str, Any]] = field(default_factory=dict)
    set_subjects: dict[str, dict[str, Any]] = field(default_factory=dict)
    unchanged_subjects: int = 0
    relations: EdgeDiff = field(default_factory=EdgeDiff)
    links: EdgeDiff = field(default_factory=EdgeDiff)
    contacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    listings: ListingDiff = field(default_factory=ListingDiff)
    aliases: dict[str, dict[str, Any]] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    held_active: int = 0  # relations and listings of this source that had not ended before
    lists: list[str] = field(default_factory=list)

    def absent(self) -> int:
        """How many active facts a full load would end."""
        return len(self.relations.ended) + len(self.listings.ended)


@dataclass(slots=True)
class Ground:
    """What the plans of one load stand on: identity so far, and properties held or about to be."""

    store: Store
    known: Known
    subjects: dict[str, dict[str, Any]] = field(default_factory=dict)
    empty: bool = False

    @staticmethod
    def of(store: Store, known: Known) -> Ground:
        """The ground before any plan."""
        return Ground(store, known, empty=is_empty(store))

    def recall(self, nodes: list[str]) -> dict[str, dict[str, Any]]:
        """Properties of these subjects as the graph holds them, or as an earlier plan will leave them."""
        if not self.empty:
            missing = [n for n in nodes if n not in self.subjects]
            for row in fetch(self.store, "held_subjects", missing):
                self.subjects[row["id"]] = row["props"]
        return {n: self.subjects[n] for n in nodes if n in self.subjects}


def plan(job: Job, ground: Ground) -> Plan:
    """What loading this source would write, given the ground; the ground then includes it."""
    made = Plan(job.origin, rejected=list(job.facts.rejected), warnings=list(job.facts.warnings))
    facts = job.facts
    found = resolve(facts.subjects, ground.known, job.origin)
    refuse(facts.subjects, found, made)
    take_subjects(made, job, facts, found, ground)
    ends = Ends(lambda ref: _bearer(ref, found, ground.known), job.origin)
    _relations(made, job, facts, ends, ground)
    take_listings(made, job, facts, ends, ground)
    return made


def _bearer(reference: str, found: Resolution, known: Known) -> Bearer | None:
    node = found.ids.get(reference) or lookup(reference, known)
    return known.subjects.get(node) if node else None


def refuse(subjects: pd.DataFrame, found: Resolution, made: Plan) -> None:
    """Note the rows of `subjects` that nobody can be, what was said twice, and the ids given up."""
    for position, reason in found.refused.items():
        made.rejected.append(rejection(subjects.iloc[position], reason))
    if found.bad_checks:
        made.warnings.append(f"{found.bad_checks} 个统一社会信用代码校验位不符，仅在名称一致时合并")
    if found.repeats:
        made.warnings.append(f"{found.repeats} 行主体与前文完全相同，已略去")
    for other, node in found.aliases:
        made.aliases[f"id|{other}"] = {"kind": "id", "key": other, "subject": node}


def take_subjects(made: Plan, job: Job, facts: Facts, found: Resolution, ground: Ground) -> None:
    """Put what this source says of each subject into the plan."""
    claims = _claims(facts.subjects, found)
    held = ground.recall(list(claims))
    for node, said in claims.items():
        revised = revise(held.get(node), job.origin, said, node=node, replace=job.full)
        if revised is None:
            made.unchanged_subjects += 1
        else:
            (made.set_subjects if node in held else made.new_subjects)[node] = revised
            ground.subjects[node] = {k: v for k, v in revised.items() if v is not None}
        for other in said.get("aliases", ()):
            key = name_key(other)
            made.aliases[f"name|{key}|{node}"] = {"kind": "name", "key": key, "subject": node}


def _claims(subjects: pd.DataFrame, found: Resolution) -> dict[str, Claim]:
    """Node -> what this source says of it, folded over the rows that mean it."""
    said: dict[str, list[Claim]] = {}
    refused = found.refused
    for position, row in enumerate(rows(subjects)):
        node = found.ids.get(row["id"])
        if node is not None and position not in refused:
            said.setdefault(node, []).append(claim(row))
    return {node: fold(claims) for node, claims in said.items()}


def _relations(made: Plan, job: Job, facts: Facts, ends: Ends, ground: Ground) -> None:
    wanted = relation_edges(facts.relations, ends, made.rejected)
    wanted = [e for e in wanted if e.type != "MAYBE_SAME" or frozenset((e.a, e.b)) not in ground.known.different]
    wanted, repeats = edges.numbered(wanted)
    if repeats:
        made.warnings.append(f"{repeats} 行关系与前文完全相同，已略去")
    held = _held_edges(SUBJECT_RELATION_TYPES, job, wanted, ground)
    made.held_active += sum(1 for e in held if not e.props.get("until"))
    made.relations = edges.compare(held, wanted, ending=job.ending() if job.full else None)


def _held_edges(types: tuple[str, ...], job: Job, wanted: list[Edge], ground: Ground) -> list[Edge]:
    """What the graph holds of this source's edges: all for a full load, else those of the subjects named."""
    if ground.empty:
        return []
    kinds = list(types)
    if job.full:
        held = ground.store.read(
            text("loaders.cypher", "held_edges_all", TYPES=kinds), timeout=600.0, origin=job.origin
        )
    else:
        starts = sorted({e.a for e in wanted})
        held = list(fetch(ground.store, "held_edges", starts, blanks={"TYPES": kinds}, origin=job.origin))
    return [Edge(r["type"], r["a"], r["b"], r["props"]) for r in held]


def take_listings(made: Plan, job: Job, facts: Facts, ends: Ends, ground: Ground) -> None:
    """Put the listings, and what hangs on them and on contacts, into the plan."""
    held = _held_listings(job, facts, ground)
    entries = listings.entries(facts, ends, held, made.rejected)
    gone = Gone(job.origin, job.snapshot, job.file_of("listings"))
    made.listings = listings.compare(entries, held, full=job.full, gone=gone)
    ours = [h for h in held.values() if h.props.get("origin") == job.origin]
    made.held_active += listings.active(ours)
    made.lists = sorted({p["list"] for p in entries.props.values()})
    contact, made.contacts = contact_edges(facts.contacts, ends, made.rejected)
    links, _ = edges.numbered([*entries.links, *contact])
    made.links = edges.compare(_held_edges(LINK_TYPES, job, links, ground), links)


def _held_listings(job: Job, facts: Facts, ground: Ground) -> dict[str, Held]:
    if ground.empty:
        return {}
    ids = {*facts.listings["id"], *facts.events["listing"], *facts.listing_names["listing"]}
    ids.update(facts.exemptions["listing"])
    held = list(fetch(ground.store, "held_listings", sorted(ids - {""})))
    if job.full:
        held += ground.store.read(text("loaders.cypher", "held_listings_all"), timeout=600.0, origin=job.origin)
    return {r["id"]: Held(r["props"], r["subject"] or "") for r in held}
