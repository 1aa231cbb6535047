"""Pieces of facts that many sources share: people and bodies known by name only, rejections, joining."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from graph.names import form_from_name, kind_from_name, name_key
from graph.vocabulary import Kind
from loaders.columns import concat, given, mapped
from loaders.facts import TABLES, Facts, Rejection, table
from loaders.nominees import nominee_reason
from loaders.values import tidy

NAMED = "name:"  # prefix of the ids of bodies known by their full name only
MAX_EXAMPLES = 3


def person_ids(names: pd.Series[str], within: pd.Series[str]) -> pd.Series[str]:
    """Ids of people known by name inside an organisation: one for each (name, organisation)."""
    return mapped(names, name_key) + "@" + within


def people(names: pd.Series[str], within: pd.Series[str], records: pd.Series[str]) -> pd.DataFrame:
    """Subjects for people known by name only inside the organisation with that id; first record counts."""
    frame = pd.DataFrame(
        {
            "id": person_ids(names, within),
            "kind": Kind.PERSON.value,
            "name": mapped(names, tidy),
            "within": within,
            "record": records,
        }
    )
    return table("subjects", frame.drop_duplicates("id"))


def body_ids(names: pd.Series[str]) -> pd.Series[str]:
    """Ids of bodies known by their full name only: one for each normalised name."""
    return NAMED + mapped(names, name_key)


def bodies(names: pd.Series[str], records: pd.Series[str]) -> pd.DataFrame:
    """Subjects for bodies known by full name only, with what the name tells: kind, form, conducting."""
    frame = pd.DataFrame({"id": body_ids(names), "name": mapped(names, tidy), "record": records})
    frame = frame.drop_duplicates("id")
    return table(
        "subjects",
        frame.assign(
            kind=frame["name"].map(lambda name: kind_from_name(name).value),
            form=frame["name"].map(form_from_name),
            conducts=frame["name"].map(lambda name: "false" if nominee_reason(name) else ""),
            named_only="1",
        ),
    )


def rejections(frame: pd.DataFrame, reason: str) -> list[Rejection]:
    """One rejection for each row, placed by its `record`, showing its other values."""
    values = frame.drop(columns="record").to_numpy().tolist()
    placed = (record.rpartition(":") for record in frame["record"])
    return [
        Rejection(file, int(line), reason, "|".join(row)[:200])
        for (file, _, line), row in zip(placed, values, strict=True)
    ]


def without_repeats(frame: pd.DataFrame, columns: Sequence[str], what: str) -> tuple[pd.DataFrame, list[str]]:
    """The frame without rows that repeat these columns, and a warning that counts them and names some."""
    repeated = frame.duplicated(list(columns))
    return frame[~repeated], counted(frame.loc[repeated, "record"], f"{what}重复，已合并")


def counted(records: pd.Series[str], what: str) -> list[str]:
    """A warning that says of how many rows something is true, and where the first stand; none for none."""
    if records.empty:
        return []
    return [f"{what}：{len(records)} 行（如 {'、'.join(records.head(MAX_EXAMPLES))}）"]


def combined(parts: Iterable[Facts]) -> Facts:
    """All parts as one. People and bodies met by name in several parts stay once; entries in their own right
    all stay, so that the load can tell repeats from contradictions.
    """
    whole = list(parts) or [Facts()]
    tables = {name: concat([getattr(part, name) for part in whole]) for name in TABLES}
    subjects = tables["subjects"]
    met = given(subjects["within"]) | given(subjects["named_only"])
    tables["subjects"] = subjects[~(met & subjects.duplicated("id"))].reset_index(drop=True)
    return Facts(
        **tables,
        rejected=[rejection for part in whole for rejection in part.rejected],
        warnings=[warning for part in whole for warning in part.warnings],
    )
