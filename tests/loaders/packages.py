"""Graph packages written out for a test: each table as the text a user would write."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from graph.store import Store
from loaders.load import LoadOptions, load
from loaders.report import LoadReport, Tally

# Made-up organisations of region 999999; the last character is the right check digit.
USCC_A = "91999999MA0000001D"
USCC_B = "91999999MA0000002B"


def package(folder: Path, **tables: str) -> Path:
    """A package directory with these files (`subjects="id,kind…"`), indentation removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


def load_one(store: Store, folder: Path, **options: object) -> Tally:
    """Load one package and return its tally."""
    return load_all(store, folder, **options).loads[0]


def load_all(store: Store, *paths: Path, **options: object) -> LoadReport:
    """Load these paths with options by keyword."""
    rejects = paths[0].parent / "rejected"
    return load(store, list(paths), LoadOptions(rejects=rejects, **options))  # type: ignore[arg-type] # by keyword


def subjects(store: Store) -> set[tuple[str, str]]:
    """(id, name) of every subject."""
    rows = store.read("MATCH (s:Subject) RETURN s.id AS id, s.name AS name")
    return {(r["id"], r["name"]) for r in rows}


def relations(store: Store) -> set[tuple[str, str, str, str, str]]:
    """(type, first, second, since, until) of every relation between subjects."""
    rows = store.read(
        "MATCH (a:Subject)-[r]->(b:Subject) RETURN type(r) AS t, a.id AS a, b.id AS b, r.since AS s, r.until AS u"
    )
    return {(r["t"], r["a"], r["b"], r["s"] or "", r["u"] or "") for r in rows}


def listings(store: Store) -> set[tuple[str, str, str, str]]:
    """(listing, subject, state, removed_on) of every listing."""
    rows = store.read(
        "MATCH (s:Subject)-[:LISTED]->(l:Listing) "
        "RETURN l.id AS id, s.id AS s, l.state AS state, l.removed_on AS removed"
    )
    return {(r["id"], r["s"], r["state"], r["removed"] or "") for r in rows}
