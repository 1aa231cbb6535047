"""What a whole-graph exposure job writes: one row for each exposed subject, as Parquet, whoever computed it.

A row is the first of what `exposure` answers for that subject: highest score, then fewest relations, then the
smallest listing id. Its own listings are no exposures. Who is not in the table is not exposed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.finding import Class

if TYPE_CHECKING:
    import pyarrow

# In this order; rows are sorted by `subject`, by code point, throughout the file (or the files, by name).
COLUMNS = ("subject", "score", "hops", "listing", "listed_subject", "band", "class", "path")
# An association never is anything else.
CLASS = str(Class.ALERT)


def schema() -> pyarrow.Schema:
    """The columns as Parquet holds them, each with what it means.

    `score`: 0–1, the double nearest to a number of nine decimals; `hops`: relations walked, 1 or more; `listing`: id
    of the entry; `listed_subject`: who is on it; `band`: the policy's word for the score, "" below all bands;
    `class`: always ALERT; `path`: ids of subjects, from `subject` to `listed_subject`, `hops` + 1 of them.
    """
    import pyarrow  # noqa: PLC0415  # takes 0.2 s: only for those who write tables

    return pyarrow.schema(
        [
            pyarrow.field("subject", pyarrow.string(), nullable=False),
            pyarrow.field("score", pyarrow.float64(), nullable=False),
            pyarrow.field("hops", pyarrow.int32(), nullable=False),
            pyarrow.field("listing", pyarrow.string(), nullable=False),
            pyarrow.field("listed_subject", pyarrow.string(), nullable=False),
            pyarrow.field("band", pyarrow.string(), nullable=False),
            pyarrow.field("class", pyarrow.string(), nullable=False),
            pyarrow.field("path", pyarrow.list_(pyarrow.string()), nullable=False),
        ]
    )
