"""Who represents the bodies of a register: people known by name inside them, or firms known by their full name."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from graph.names import looks_like_organisation, name_key
from graph.vocabulary import Kind
from loaders.assemble import NAMED, bodies
from loaders.columns import asked, codes, concat, constant, from_codes
from loaders.facts import Facts, table
from loaders.pools import PLAIN, changed, encoded, joined, pairs, rows
from loaders.values import tidy

# What the one who stands in 法人代表 is called where he is no 法定代表人.
_TITLES = {"branch": "负责人", "individual_business": "经营者", "sole_prop": "投资人"}
_TITLE_IN_NAME = re.compile(r"[（(](董事长|总经理|经理|负责人|法定代表人|代)[)）]$")


def heads(frame: pd.DataFrame, column: str, seen_on: str) -> Facts:
    """Subjects and relations of those who stand in `column`. `frame`: coded rows of bodies with id, form, record."""
    frame = frame[frame[column] != ""].reset_index(drop=True)
    names = changed(frame[column], _bare_name, PLAIN)
    firm = asked(names, looks_like_organisation)
    keys = rows(changed(names, name_key, PLAIN))
    source = encoded(pc.if_else(firm, joined(NAMED, keys), joined(keys, "@", rows(frame["id"]))))
    words = from_codes(firm.astype(np.int8), ["", column])
    relations = pd.DataFrame(
        {
            "source": source,
            "target": frame["id"],
            "type": pairs(words, frame["form"], _type),
            "title": pairs(words, frame["form"], lambda word, form: word or _TITLES.get(form, "")),
            "seen_on": constant(seen_on, frame.index),
            "record": frame["record"],
        }
    )
    person = ~firm & ~pd.Series(codes(source)).duplicated().to_numpy(bool)
    people = pd.DataFrame(
        {
            "id": source,
            "kind": constant(Kind.PERSON.value, frame.index),
            "name": changed(names, tidy, PLAIN),
            "within": frame["id"],
            "record": frame["record"],
        }
    )
    firms = bodies(names[firm].astype(object), frame["record"][firm])
    return Facts(concat([table("subjects", people[person]), firms]), table("relations", relations))


def _type(firm: str, form: str) -> str:
    """A firm is the general partner of a partnership, and leads anything else."""
    return "LEGAL_REP" if not firm else "GENERAL_PARTNER" if form == "partnership" else "PRINCIPAL"


def _bare_name(name: str) -> str:
    """The name without a title in brackets or loose punctuation behind it."""
    return _TITLE_IN_NAME.sub("", tidy(name)).rstrip(" ·.．,，、;；")
