"""Withdrawing a source: the graph as if it had never been loaded, in one transaction."""

from __future__ import annotations

from typing import Any

from graph.cypher import text
from graph.errors import InputError
from graph.store import Store, Tx
from graph.vocabulary import RELATION_TYPES, STRUCTURAL_TYPES
from loaders.apply import WRITE_SECONDS
from loaders.claims import claims_of, rewritten
from loaders.lookup import batches


def unload(store: Store, name: str) -> dict[str, Any]:
    """Withdraw the source `name`; what other sources said stays as they said it.

    Raises InputError when no such source is loaded.
    """
    loaded = [row["props"]["name"] for row in store.read(text("loaders.cypher", "sources"))]
    if name not in loaded:
        known = "、".join(loaded) or "（无）"
        raise InputError("没有载入过这个来源", value=name, remedy=f"已载入的来源：{known}")
    return store.transact(lambda tx: _withdraw(tx, name), timeout=WRITE_SECONDS)


def _withdraw(tx: Tx, origin: str) -> dict[str, Any]:
    spoken = tx.run(text("loaders.cypher", "subjects_of"), origin=origin)
    counts = tx.run(text("loaders.cypher", "count_source"), origin=origin)[0]
    tx.run(text("loaders.cypher", "delete_edges", TYPES=[*RELATION_TYPES, *STRUCTURAL_TYPES]), origin=origin)
    tx.run(text("loaders.cypher", "delete_listings"), origin=origin)
    orphans: list[str] = []
    left: list[dict[str, Any]] = []
    for row in spoken:
        claims = {o: said for o, said in claims_of(row["props"]).items() if o != origin}
        if claims:
            left.append({**rewritten(row["id"], row["props"], claims), "id": row["id"]})
        else:
            orphans.append(row["id"])
    kept = _referred(tx, orphans)
    for batch in batches(left):
        tx.run(text("loaders.cypher", "update_subjects"), rows=batch)
    gone = [node for node in orphans if node not in kept]
    for keys in batches(gone):
        tx.run(text("loaders.cypher", "delete_subjects"), ids=keys)
        tx.run(text("loaders.cypher", "delete_aliases"), ids=keys)
    tx.run(text("loaders.cypher", "delete_lonely_contacts"))
    tx.run(text("loaders.cypher", "delete_source"), name=origin)
    return {
        "source": origin,
        "subjects": len(gone),
        "kept": len(kept),
        "relations": counts["relations"],
        "listings": counts["listings"],
    }


def _referred(tx: Tx, nodes: list[str]) -> set[str]:
    """Those of the subjects that relations or listings of other sources still need."""
    found: set[str] = set()
    for keys in batches(nodes):
        rows = tx.run(text("loaders.cypher", "referred", TYPES=[*RELATION_TYPES, *STRUCTURAL_TYPES]), keys=keys)
        found.update(row["id"] for row in rows)
    return found
