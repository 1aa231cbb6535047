"""What an error says to whoever asked: one JSON form for command line and HTTP, numbers masked.

Chinese as it was raised; English, where that is asked for, out of `api.messages`.
"""

from __future__ import annotations

from typing import Any

from api.messages import english, english_value
from graph.errors import SHOWN, TELLING, InputError, NotFoundError, XinmaiError
from graph.mask import scrub

_NONE = "no such subject: {asked}; use its id, unified social credit code or full name (present or former)"
_SEVERAL = '"{asked}" fits {n} subjects; name one by id or unified social credit code: {names}'


def sentence(error: XinmaiError, lang: str = "zh") -> str:
    """The error in one sentence, personal numbers masked: a user may have asked by one. `lang`: zh or en."""
    if lang != "en":
        return scrub(str(error))
    if type(error) is NotFoundError:  # those made after it say it in their own words
        return scrub(_not_found(error))
    if not isinstance(error, InputError):
        return english(str(error))
    where = f"{error.file}:{error.line}" if error.line is not None else error.file
    parts = [f"{where}: {english(error.message)}" if where else english(error.message)]
    if error.value:
        parts.append(f"value: {english_value(error.value, error.message)[:SHOWN]!r}")
    if error.remedy:
        parts.append(f"what to do: {english(error.remedy)}")
    return scrub("; ".join(parts))


def document(error: XinmaiError, lang: str = "zh") -> dict[str, Any]:
    """`{"error": {message, file, line, value, remedy, candidates}}`; what does not apply is empty or null."""
    if isinstance(error, InputError):
        return {"error": _of_input(error, lang)}
    told: dict[str, Any] = {"message": sentence(error, lang), "file": "", "line": None, "value": "", "remedy": ""}
    if isinstance(error, NotFoundError):
        ours = lang == "en" and type(error) is not NotFoundError
        value = english_value(error.asked, str(error)) if ours else scrub(error.asked)
        told |= {"value": value, "candidates": [dict(c) for c in error.candidates]}
    return {"error": told}


def _of_input(error: InputError, lang: str) -> dict[str, Any]:
    en = lang == "en"
    return {
        "message": english(error.message) if en else scrub(error.message),
        "file": error.file,
        "line": error.line,
        "value": english_value(error.value, error.message) if en else scrub(error.value),
        "remedy": english(error.remedy) if en else scrub(error.remedy),
    }


def _not_found(error: NotFoundError) -> str:
    """The error from what it holds: its words may be anybody's."""
    asked = scrub(error.asked)
    names = (" ".join(str(one[key]) for key in TELLING if one.get(key)) for one in error.candidates)
    if not error.candidates:
        return _NONE.format(asked=asked)
    return _SEVERAL.format(asked=asked, n=len(error.candidates), names=scrub("; ".join(names)))
