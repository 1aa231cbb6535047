"""Writing plans: all of a load in one transaction, or through the bulk door when the graph is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from graph.cypher import text
from graph.store import Store, Tx
from loaders.edges import TELLING, Edge, EdgeDiff
from loaders.lookup import batches
from loaders.plan import Plan

WRITE_SECONDS = 1_800.0
Progress = Callable[[str, int, int | None], None]


def write(store: Store, plans: list[Plan], finish: Callable[[Tx], None], progress: Progress) -> None:
    """Write the plans whole or not at all; `finish` adds its own statements to the same transaction."""
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
