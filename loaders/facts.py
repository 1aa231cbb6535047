"""What every source yields: the tables of the graph package, whatever its own layout was.

Every value is text and "" means not given, as in the CSV files of the package; the load pipeline alone parses,
checks and joins. `record` names the evidence (`file:line`). Two columns are for loaders only and never in a file:
`within` (a person or body known by name only inside that organisation) and `named_only` ("1": an organisation
known by its full name only).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import pandas as pd

from loaders.columns import compact, is_compact

SUBJECT_COLUMNS: tuple[str, ...] = (
    "id", "kind", "form", "name", "uscc", "reg_no", "id_type", "id_number", "status", "sector",
    "state_owned", "region", "established", "aliases", "conducts",
)  # fmt: skip
RELATION_COLUMNS: tuple[str, ...] = (
    "source", "target", "type", "ratio", "ratio_min", "ratio_max", "votes", "income", "amount", "kin", "title",
    "since", "until", "seen_on", "record",
)  # fmt: skip
LISTING_COLUMNS: tuple[str, ...] = (
    "id", "subject", "list", "authority", "doc_no", "basis", "ground", "reason", "tier", "amount",
    "listed_on", "expires_on", "removed_on", "state", "record",
)  # fmt: skip
LISTING_NAME_COLUMNS: tuple[str, ...] = ("listing", "subject", "name", "id_number", "role", "record")
EVENT_COLUMNS: tuple[str, ...] = ("listing", "state", "on", "record")
EXEMPTION_COLUMNS: tuple[str, ...] = ("listing", "subject", "kind", "since", "until", "doc_no", "record")
CONTACT_COLUMNS: tuple[str, ...] = ("subject", "kind", "value", "since", "until", "record")

# Package file -> its columns. Subjects carry `record` too, once read.
TABLES: dict[str, tuple[str, ...]] = {
    "subjects": SUBJECT_COLUMNS,
    "relations": RELATION_COLUMNS,
    "listings": LISTING_COLUMNS,
    "listing_names": LISTING_NAME_COLUMNS,
    "events": EVENT_COLUMNS,
    "exemptions": EXEMPTION_COLUMNS,
    "contacts": CONTACT_COLUMNS,
}
LOADER_COLUMNS: dict[str, tuple[str, ...]] = {"subjects": ("record", "within", "named_only")}


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row that was not loaded: where it stood, why, and the row itself (cut to 200 characters)."""

    file: str
    line: int
    reason: str
    row: str


def table(name: str, rows: list[dict[str, str]] | pd.DataFrame | None = None) -> pd.DataFrame:
    """A table of the package with all its columns in order, missing ones and missing values as "".

    Coded columns stay coded, and then all are.
    """
    wanted = [*TABLES[name], *LOADER_COLUMNS.get(name, ())]
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows or [], columns=wanted, dtype=object)
    if is_compact(frame):
        return compact(frame, wanted)
    return frame.reindex(columns=wanted, fill_value="").astype(object).fillna("")


def rows(frame: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a table as dicts, in order."""
    return cast(list[dict[str, str]], frame.astype(object).to_dict("records"))


@dataclass(frozen=True, slots=True)
class Facts:
    """All a source said, in the tables of the package, with what it could not say and why."""

    subjects: pd.DataFrame = field(default_factory=lambda: table("subjects"))
    relations: pd.DataFrame = field(default_factory=lambda: table("relations"))
    listings: pd.DataFrame = field(default_factory=lambda: table("listings"))
    listing_names: pd.DataFrame = field(default_factory=lambda: table("listing_names"))
    events: pd.DataFrame = field(default_factory=lambda: table("events"))
    exemptions: pd.DataFrame = field(default_factory=lambda: table("exemptions"))
    contacts: pd.DataFrame = field(default_factory=lambda: table("contacts"))
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
