"""Which names of a new graph are worth a look for one who may be borne by two: asked of columns, not of the store.

Two bearers of a name are linked only where something else agrees as well. So a name is asked for only if one of its
bearers has a masked number or a contact, or two of them are joined to the same organisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from graph.names import name_key
from graph.vocabulary import Kind
from loaders.columns import Mask, asked, codes, given, places, values
from loaders.fresh import Fresh

Codes = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Names to ask for, the ids of their bearers of whom more than the name is known, and names with too many."""

    names: list[str]
    fresh: frozenset[str]
    crowded: list[str]


def namesakes(made: Fresh, name_cap: int) -> Namesakes:
    """Look through a load that has not been written yet. `name_cap`: more bearers are too many."""
    names, key = _keys(made)
    known = _known(made)
    count = np.bincount(key, minlength=len(names))
    asked_for = np.zeros(len(names), dtype=bool)
    asked_for[key[known]] = True
    crowded = sorted(names[code] for code in np.flatnonzero(asked_for & (count > name_cap)))
    few = asked_for & (count > 1) & (count <= name_cap)
    few &= _agreeing(made, key, few)
    places = np.flatnonzero(known & few[key])
    return Namesakes(
        sorted(names[code] for code in np.flatnonzero(few)), frozenset(made.roll.ids(places.tolist())), crowded
    )


def _keys(made: Fresh) -> tuple[list[str], Codes]:
    """All names as they are compared, and which of them each subject bears."""
    names = values(made.roll.found.keys)
    at = made.roll.found.keys.cat.categories
    others = [name_key(made.made.new_subjects[bearer.id]["name"]) for bearer in made.roll.others]
    held = places(pd.Index(others, dtype="str"), at).tolist()
    further: dict[str, int] = {}
    held = [
        code if code >= 0 else len(names) + further.setdefault(name, len(further))
        for code, name in zip(held, others, strict=True)
    ]
    alone = codes(made.roll.found.keys)[made.roll.rows]
    return [*names, *further], np.concatenate([alone, np.array(held, dtype=np.int32)]).astype(np.int32)


def _known(made: Fresh) -> Mask:
    """Subjects of whom more than a name is known, by place."""
    roll, rows = made.roll, made.roll.rows
    numbered = given(roll.frame["id_number"])[rows]
    person = (roll.frame["kind"] == Kind.PERSON.value).to_numpy(bool)[rows]
    alone = numbered | (person & ~roll.found.inside[rows])
    others = []
    for bearer in roll.others:
        props = made.made.new_subjects[bearer.id]
        by_name_only = bearer.id.startswith(f"{props['name']}@") or props.get("named_only")
        others.append(bool(props.get("id_number")) or (props["kind"] == Kind.PERSON and not by_name_only))
    known = np.concatenate([alone, np.array(others, dtype=bool)])
    known[_reached(made)] = True
    return cast(Mask, known)


def _reached(made: Fresh) -> list[int]:
    """Subjects with a contact."""
    return [made.met.places[edge.a] for edge in made.made.links.added if edge.type == "CONTACT"]


def _agreeing(made: Fresh, key: Codes, few: Mask) -> Mask:
    """Names of which two bearers may agree in something else."""
    found = np.zeros(len(few), dtype=bool)
    masked = asked(made.roll.frame["id_number"], lambda text: "*" in text)[made.roll.rows]
    found[key[: len(masked)][masked]] = True
    for n, bearer in enumerate(made.roll.others, len(masked)):
        if "*" in str(made.made.new_subjects[bearer.id].get("id_number") or ""):
            found[key[n]] = True
    found[key[_reached(made)]] = True
    first, second = _ends(made)
    body = ~made.roll.are("kind", Kind.PERSON.value)
    wanted = few[key[first]] & body[second]
    first, second = first[wanted], second[wanted]
    pair = key[first].astype(np.int64) << 32 | second
    met = pd.DataFrame({"pair": pair, "first": first}).drop_duplicates()
    twice = met["pair"][met["pair"].duplicated()].to_numpy()
    found[twice >> 32] = True
    return found


def _ends(made: Fresh) -> tuple[Codes, Codes]:
    """Both ends of every relation between subjects, by place."""
    bonds = made.bonds
    places = bonds.met.places
    first = np.array([places[edge.a] for edge in bonds.edges], dtype=np.int32)
    second = np.array([places[edge.b] for edge in bonds.edges], dtype=np.int32)
    return np.concatenate([bonds.first[bonds.plain], first]), np.concatenate([bonds.second[bonds.plain], second])
