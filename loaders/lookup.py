"""What the graph already knows of the rows of a load: looked up in batches before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from graph.cypher import text
from graph.identifiers import personal_id, uscc
from graph.names import name_key
from graph.store import Store
from loaders.facts import Facts
from loaders.identity import Bearer, Identifiers, Known

BATCH = 5_000  # rows a statement: large enough to amortise the round trip, small enough for a small heap
LOOKUP_SECONDS = 600.0


def batches(rows: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """The rows in lists of at most `size`."""
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def fetch(
    store: Store, name: str, keys: Iterable[str], *, blanks: dict[str, list[str]] | None = None, **params: Any
) -> Iterator[dict[str, Any]]:
    """Rows of `cypher/NAME.cypher` for these keys, asked in batches."""
    statement = text("loaders.cypher", name, **(blanks or {}))
    for batch in batches(keys):
        yield from store.read(statement, timeout=LOOKUP_SECONDS, keys=batch, **params)


def is_empty(store: Store) -> bool:
    """Whether the graph holds no subject yet."""
    rows = store.read(text("loaders.cypher", "is_empty"))
    return not rows or bool(rows[0]["empty"])


def known(store: Store, all_facts: list[Facts]) -> Known:
    """Every subject of the graph that a row of these facts may mean or refer to."""
    found = Known()
    if is_empty(store):
        return found
    ids, codes, numbers, names = _wanted(all_facts)
    references = ids | codes
    for lookup in (
        fetch(store, "known_by_id", sorted(ids)),
        fetch(store, "known_by_alias", sorted(ids)),
        fetch(store, "known_by_uscc", sorted(references)),
        fetch(store, "known_by_number", sorted(numbers)),
        fetch(store, "known_by_name", sorted(names)),
    ):
        for row in lookup:
            _remember(found, row)
            if row["key"] in ids:
                found.by_id[row["key"]] = row["id"]
    return found


def _remember(found: Known, row: dict[str, Any]) -> None:
    if row["id"] in found.subjects:
        return
    marks = Identifiers.of({k: row[k] or "" for k in ("uscc", "name", "id_type", "id_number")})
    bearer = Bearer(
        row["id"],
        row["name"],
        row["kind"],
        row["form"] or "",
        set(marks.keys),
        row["named_only"],
        bool(row["uscc"] or row["reg_no"]),
        {name_key(alias) for alias in row["aliases"] or ()},
        set(row["sources"] or ()),
    )
    found.add(bearer)


def _wanted(all_facts: list[Facts]) -> tuple[set[str], set[str], set[str], set[str]]:
    """Ids, codes, personal numbers and organisation names that the rows mention."""
    ids: set[str] = set()
    codes: set[str] = set()
    numbers: set[str] = set()
    names: set[str] = set()
    for facts in all_facts:
        s = facts.subjects
        ids.update(s.loc[(s["named_only"] == "") & (s["within"] == ""), "id"])
        for frame, column in _references(facts):
            ids.update(frame[column])
        codes.update(uscc(v).value for v in s["uscc"].unique() if v)
        numbers.update(personal_id(n, t).value for t, n in set(zip(s["id_type"], s["id_number"], strict=True)) if n)
        names.update(name_key(v) for v in s.loc[s["kind"] != "person", "name"].unique())
    ids.discard("")
    return ids, codes, numbers, names


def _references(facts: Facts) -> list[tuple[pd.DataFrame, str]]:
    return [
        (facts.subjects, "within"),
        (facts.relations, "source"),
        (facts.relations, "target"),
        (facts.listings, "subject"),
        (facts.listing_names, "subject"),
        (facts.exemptions, "subject"),
        (facts.contacts, "subject"),
    ]
