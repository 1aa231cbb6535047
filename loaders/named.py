"""People a list entry names only by name: they become subjects inside the listed organisation."""

from __future__ import annotations

from dataclasses import replace

from graph.vocabulary import Kind
from loaders.columns import concat
from loaders.facts import Facts, table


def with_named(facts: Facts) -> Facts:
    """The facts with a subject for every `listing_names` row that gives a name and no subject.

    A full ID number identifies; a name alone is one node per (listed organisation, name), so that a person the
    entry names is the role-holder of that name, and nobody else.
    """
    names = facts.listing_names
    loose = names[names["subject"] == ""]
    if loose.empty:
        return facts
    owner = dict(zip(facts.listings["id"], facts.listings["subject"], strict=True))
    rows: list[dict[str, str]] = []
    subject_of: dict[int, str] = {}
    for label, row in loose.iterrows():
        key = f"{row['listing']}/{row['name']}"
        subject_of[int(str(label))] = key
        rows.append(
            {
                "id": key,
                "kind": Kind.PERSON.value,
                "name": row["name"],
                "id_number": row["id_number"],
                "within": "" if row["id_number"] else owner.get(row["listing"], ""),
                "record": row["record"],
            }
        )
    named = names.astype({"subject": object})
    named.loc[list(subject_of), "subject"] = list(subject_of.values())
    subjects = concat([facts.subjects, table("subjects", rows)])
    return replace(facts, subjects=subjects, listing_names=named)
