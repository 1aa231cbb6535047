"""What a finished job holds: its document on disk, entry by entry, so that a long list does not fill the memory."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

Json = dict[str, Any]
Format = Literal["xlsx", "html", "pdf", "json"]
MEDIA: dict[Format, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Page:
    """Which entries are wanted: of one decision, with a text in them, only those that changed since an earlier result,
    from `skip` on, at most `limit`.
    """

    decision: str = ""
    text: str = ""
    skip: int = 0
    limit: int = 50
    changed: bool = False


class Outcome(Protocol):
    """The result of a job, as its owner may look at it."""

    def summary(self) -> Json:
        """What it all comes to, in a few numbers."""

    def page(self, wanted: Page) -> Json:
        """The head of the result and the entries wanted."""

    def entry(self, key: str) -> Json:
        """One entry in full. Raises GoneError."""

    def picture(self, key: str) -> str:
        """The network of one entry as an SVG document, "" where there is nothing to draw. Raises GoneError."""

    def file(self, wanted: Format, job: str) -> bytes:
        """The whole result as a file; `job` is named on pages to print."""


class Stored:
    """A document whose list `many` lies in a file, one entry a line; `frame` is the rest of it."""

    __slots__ = ("_many", "_offsets", "_path", "frame")

    def __init__(self, document: Json, many: str, folder: Path) -> None:
        self._many, self._path = many, folder / f"{many}.jsonl"
        self.frame = {key: value for key, value in document.items() if key != many}
        self._offsets: list[int] = []
        with self._path.open("wb") as lines:
            for entry in document[many]:
                self._offsets.append(lines.tell())
                lines.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        self._path.chmod(0o600)

    def entry(self, number: int) -> Json:
        """One entry of the list."""
        with self._path.open("rb") as lines:
            lines.seek(self._offsets[number])
            read: Json = json.loads(lines.readline())
        return read

    def alone(self, number: int) -> Json:
        """The document as if it held that entry only."""
        return {**self.frame, self._many: [self.entry(number)]}

    def whole(self) -> Json:
        """The document as it was."""
        with self._path.open("rb") as lines:
            return {**self.frame, self._many: [json.loads(line) for line in lines]}
