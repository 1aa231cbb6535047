"""Indexes of a few names, made without a store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.names import name_key
from queries.search.build import write
from queries.search.index import Index

Row = dict[str, Any]


def row(node: str, name: str, **more: Any) -> Row:
    """A subject as `subjects.cypher` gives it."""
    plain = {"uscc": None, "reg_no": None, "aliases": None, "listed": False, "degree": 0}
    return {"id": node, "name": name, "key": name_key(name), **plain, **more}


def index(folder: Path, *rows: Row) -> Index:
    """The index of these."""
    write(folder / "search.db", rows, "stamp")
    return Index(folder / "search.db")


def found(of: Index, asked: str, most: int = 20) -> list[tuple[str, str]]:
    """(id, matched) of what fits, best first."""
    return [(hit.id, hit.matched) for hit in of.hits(asked, most)[0]]
