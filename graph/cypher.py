"""Cypher lives in `.cypher` files; this reads them and fills the one kind of blank Cypher leaves us.

Relation types cannot be parameters, so a file may carry blanks such as `$$TYPES$$`. A blank is filled only
with names of the vocabulary, joined by `|`; anything else is refused, so no data can reach the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from graph.vocabulary import RELATION_TYPES, STRUCTURAL_TYPES

_BLANK = re.compile(r"\$\$([A-Z_]+)\$\$")
_KNOWN = frozenset(RELATION_TYPES) | frozenset(STRUCTURAL_TYPES)


def text(package: str, name: str, **blanks: str | Iterable[str]) -> str:
    """The statement in `package/name.cypher` (package may be dotted) with its blanks filled.

    Raises ValueError if a blank is left open, not asked for, or filled with a word outside the vocabulary.
    """
    statement = _read(package, name)
    wanted = set(_BLANK.findall(statement))
    if wanted != set(blanks):
        raise ValueError(f"{package}/{name}.cypher has blanks {sorted(wanted)}, got {sorted(blanks)}")
    for blank, value in blanks.items():
        words = [value] if isinstance(value, str) else list(value)
        unknown = sorted(set(words) - _KNOWN)
        if unknown or not words:
            raise ValueError(f"{package}/{name}.cypher: not in the vocabulary: {unknown or 'nothing given'}")
        statement = statement.replace(f"$${blank}$$", "|".join(words))
    return statement


@cache
def _read(package: str, name: str) -> str:
    return files(package).joinpath(f"{name}.cypher").read_text(encoding="utf-8")
