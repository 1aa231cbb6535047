"""Writing plans: all of a load in one transaction, or through the bulk door when the graph is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from graph.bulk import NewNode, NewRelation
from graph.cypher import text
from graph.store import Store, Tx
from loaders.edges import TELLING, Edge, EdgeDiff
from loaders.lookup import BATCH, batches
from loaders.plan import Plan

WRITE_SECONDS = 1_800.0
Progress = Callable[[str, int, int | None], None]
T = TypeVar("T")
# What a relation type leads to, where that is no subject.
_SECOND = {"CONTACT": "Contact", "NAMED_IN": "Listing", "EXEMPT_FROM": "Listing"}


def write(store: Store, plans: list[Plan], finish: Callable[[Tx], None], progress: Progress) -> None:
    """Write the plans whole or not at all; `finish` adds its own statements.

    A new embedded graph goes through the bulk door, everything else in one transaction.
    """
    if store.can_bulk():
        new_graph(store, plans, finish, progress)
    else:
        transaction(store, plans, finish, progress)


def new_graph(store: Store, plans: list[Plan], finish: Callable[[Tx], None], progress: Progress) -> None:
    """Fill an empty embedded store with the plans."""
    nodes, relations = list(_nodes(plans)), list(_relations(plans))
    total = len(nodes) + len(relations)
    store.bulk(
        _counted(nodes, progress, 0, total),
        _counted(relations, progress, len(nodes), total),
        lambda: store.transact(finish, timeout=WRITE_SECONDS),
    )


def _counted(rows: Sequence[T], progress: Progress, before: int, total: int) -> Iterator[T]:
    for done, row in enumerate(rows, 1):
        if done % BATCH == 0 or done == len(rows):
            progress("写入", before + done, total)
        yield row


def _nodes(plans: list[Plan]) -> Iterator[NewNode]:
    """Every node once, as the last plan that speaks of it leaves it; the key says its label."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for made in plans:
        held = {**made.new_subjects}
        held.update({i: {**found[("Subject", i)], **props} for i, props in made.set_subjects.items()})
        found.update({("Subject", i): props for i, props in held.items()})
        found.update({("Alias", i): {"id": i, **props} for i, props in made.aliases.items()})
        found.update({("Listing", i): props for i, props in made.listings.added.items()})
        found.update({("Contact", i): props for i, props in made.contacts.items()})
    for (label, node), props in found.items():
        yield label, f"{label} {node}", props


def _relations(plans: list[Plan]) -> Iterator[NewRelation]:
    for made in plans:
        for listing, subject in made.listings.subject.items():
            if listing in made.listings.added:
                yield "LISTED", f"Subject {subject}", f"Listing {listing}", {"origin": made.origin}
        for edge in [*made.relations.added, *made.links.added]:
            yield edge.type, f"Subject {edge.a}", f"{_SECOND.get(edge.type, 'Subject')} {edge.b}", edge.props


def transaction(store: Store, plans: list[Plan], finish: Callable[[Tx], None], progress: Progress) -> None:
    """Write the plans in one transaction, which ends with the statements of `finish`."""
    total = sum(_size(p) for p in plans)

    def work(tx: Tx) -> None:
        done = 0
        for made in plans:
            for statement, rows, params in _statements(made):
                for batch in batches(rows):
                    tx.run(statement, rows=batch, **params)
                    done += len(batch)
                    progress("写入", done, total)
        finish(tx)

    store.transact(work, timeout=WRITE_SECONDS)


def _size(made: Plan) -> int:
    return sum(len(rows) for _, rows, _ in _statements(made))


def _cypher(name: str, **blanks: str) -> str:
    return text("loaders.cypher", name, **blanks)


def _statements(made: Plan) -> Iterator[tuple[str, list[dict[str, Any]], dict[str, Any]]]:
    """Every statement of a plan with its rows: nodes first, then what joins them."""
    entries = made.listings
    updated = {**entries.changed, **entries.refreshed, **entries.ended}
    yield _cypher("create_subjects"), _clean(made.new_subjects.values()), {}
    yield _cypher("update_subjects"), list(made.set_subjects.values()), {}
    yield _cypher("merge_aliases"), [{"id": i, **props} for i, props in made.aliases.items()], {}
    yield _cypher("create_listings"), _clean(entries.added.values()), {}
    yield _cypher("update_listings"), [{**props, "id": i} for i, props in updated.items()], {}
    yield _cypher("unlist"), [{"id": listing} for listing, _ in entries.moved], {}
    yield from _links(
        "LISTED",
        [Edge("LISTED", entries.subject[i], i, {"origin": made.origin}) for i in entries.added]
        + [Edge("LISTED", subject, i, {"origin": made.origin}) for i, subject in entries.moved],
    )
    yield _cypher("merge_contacts"), list(made.contacts.values()), {}
    for diff in (made.relations, made.links):
        yield from _edges(diff, made.origin)


def _edges(diff: EdgeDiff, origin: str) -> Iterator[tuple[str, list[dict[str, Any]], dict[str, Any]]]:
    for kind, group in _grouped(diff.added).items():
        yield from _links(kind, group)
    settings: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for edge, props in [*diff.changed, *diff.refreshed, *diff.ended]:
        settings[edge.type].append(_telling(edge, props))
    for kind, rows in settings.items():
        yield _cypher("update_edges", TYPE=kind), rows, {"origin": origin}


def _links(kind: str, group: list[Edge]) -> Iterator[tuple[str, list[dict[str, Any]], dict[str, Any]]]:
    rows = [{"a": e.a, "b": e.b, "props": e.props} for e in group]
    if kind == "CONTACT":
        yield _cypher("create_contact_links"), rows, {}
    elif kind in ("LISTED", "NAMED_IN", "EXEMPT_FROM"):
        yield _cypher("create_links", TYPE=kind), rows, {}
    else:
        yield _cypher("create_relations", TYPE=kind), rows, {}


def _telling(edge: Edge, props: dict[str, Any]) -> dict[str, Any]:
    told = {name: str(edge.props.get(name) or "") for name in TELLING}
    return {"a": edge.a, "b": edge.b, **told, "n": int(edge.props.get("n") or 0), "props": props}


def _grouped(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    groups: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.type].append(edge)
    return groups


def _clean(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if v is not None} for row in rows]
