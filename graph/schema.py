"""Constraints and indexes, made where they are missing whenever a store is opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph import cypher
from graph.vocabulary import RELATION_TYPES, STRUCTURAL_TYPES

if TYPE_CHECKING:
    from graph.store import Store

# An index is made over what is there already.
SECONDS = 1800.0
_NAME = re.compile(r"CREATE (?:CONSTRAINT|INDEX) (\w+) IF NOT EXISTS")


def statements() -> dict[str, str]:
    """Name of each constraint and index -> the statement that makes it."""
    text = re.sub(r"//.*", "", cypher.text("graph", "schema"))
    return {_name(part): part.strip() for part in text.split(";") if part.strip()}


def ensure(store: Store) -> None:
    """Make what is missing, each in a transaction of its own, as Neo4j wants it."""
    there = {row["name"] for row in store.read("SHOW INDEXES")}
    there |= {row["name"] for row in store.read("SHOW CONSTRAINTS")}
    missing = [text for name, text in statements().items() if name not in there]
    if not missing:
        return
    # ArcadeDB's batch endpoint refuses a relation type it has not seen, and two transactions that are the
    # first to use one get in each other's way. Reading an unknown type is no error on either engine.
    if (arcade := store.endpoint.arcade) is not None:
        for relation in (*RELATION_TYPES, *STRUCTURAL_TYPES):
            arcade.sql(f"CREATE EDGE TYPE {relation} IF NOT EXISTS")
    for text in missing:
        store.write(text, timeout=SECONDS)


def _name(statement: str) -> str:
    found = _NAME.search(statement)
    if found is None:
        raise ValueError(f"schema.cypher: neither a constraint nor an index with a name: {statement.strip()[:60]}")
    return found[1]
