"""What an error says to whoever asked: one JSON form for command line and HTTP, numbers masked."""

from __future__ import annotations

from typing import Any

from graph.errors import InputError, NotFoundError, XinmaiError
from graph.mask import scrub


def sentence(error: XinmaiError) -> str:
    """The error in one sentence, personal numbers masked: a user may have asked by one."""
    return scrub(str(error))


def document(error: XinmaiError) -> dict[str, Any]:
    """`{"error": {message, file, line, value, remedy, candidates}}`; what does not apply is empty or null."""
    told: dict[str, Any] = {"message": sentence(error), "file": "", "line": None, "value": "", "remedy": ""}
    if isinstance(error, InputError):
        told |= {
            "message": scrub(error.message),
            "file": error.file,
            "line": error.line,
            "value": scrub(error.value),
            "remedy": scrub(error.remedy),
        }
    if isinstance(error, NotFoundError):
        told |= {"value": scrub(error.asked), "candidates": [dict(c) for c in error.candidates]}
    return {"error": told}
