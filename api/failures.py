"""What an error says to whoever asked: one JSON form for command line and HTTP, numbers masked.

Chinese as it was raised; English, where that is asked for, out of `api.messages`.
"""

from __future__ import annotations

from typing import Any

from api.messages import english, english_value
from graph.errors import InputError, NotFoundError, XinmaiError
from graph.mask import scrub


def sentence(error: XinmaiError, lang: str = "zh") -> str:
    """The error in one sentence, personal numbers masked: a user may have asked by one. `lang`: zh or en."""
    if lang != "en":
        return scrub(str(error))
    if not isinstance(error, InputError):
        return scrub(english(str(error)))
    where = f"{error.file}:{error.line}" if error.line is not None else error.file
    parts = [f"{where}: {english(error.message)}" if where else english(error.message)]
    if error.value:
        parts.append(f"value: {english_value(error.value)[:80]!r}")
    if error.remedy:
        parts.append(f"what to do: {english(error.remedy)}")
    return scrub("; ".join(parts))


def document(error: XinmaiError, lang: str = "zh") -> dict[str, Any]:
    """`{"error": {message, file, line, value, remedy, candidates}}`; what does not apply is empty or null."""
    told: dict[str, Any] = {"message": sentence(error, lang), "file": "", "line": None, "value": "", "remedy": ""}
    said, valued = (english, english_value) if lang == "en" else (str, str)
    if isinstance(error, InputError):
        told |= {
            "message": scrub(said(error.message)),
            "file": error.file,
            "line": error.line,
            "value": scrub(valued(error.value)),
            "remedy": scrub(said(error.remedy)),
        }
    if isinstance(error, NotFoundError):
        told |= {"value": scrub(valued(error.asked)), "candidates": [dict(c) for c in error.candidates]}
    return {"error": told}
