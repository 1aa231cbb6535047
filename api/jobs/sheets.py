"""Uploaded lists and earlier results, each a file under a name of ours, kept for an hour and for its owner only."""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from api.messages import english
from graph.errors import InputError, NotFoundError
from graph.identifiers import identify
from graph.mask import mask_id, scrub
from loaders.sheet import Column, Look, look
from loaders.sheet_cells import clean
from loaders.sheet_header import labels

KEPT = 20  # files of one owner; with one more the oldest goes
SECONDS = 3600.0
ENDINGS = (".xlsx", ".csv")
MAX_NAME = 120
SHOWN_REJECTED = 200
_LONG_NUMBER = re.compile(r"[0-9][0-9 \-]{9,}[0-9Xx]")
Json = dict[str, Any]


class GoneError(NotFoundError):
    """A file or job that is not, or no longer, there for whoever asks."""

    def __str__(self) -> str:
        return f"没有这个文件或任务：{self.asked}；可能已过期，请重新上传"


@dataclass(frozen=True, slots=True)
class Kept:
    """One file. `name`: what its owner calls it, never used as a path; `look`: what a list holds."""

    id: str
    owner: str
    name: str
    path: Path
    until: float
    look: Look | None = None


class Sheets:
    """The files of one service, all in `folder`. Safe to share between threads."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.folder, self._clock = folder, clock
        self._lock = threading.Lock()
        self._kept: dict[str, Kept] = {}
        self._drafts: dict[Path, float] = {}

    def draft(self, ending: str) -> Path:
        """A place for an upload, readable by us alone."""
        path = self.folder / f"{secrets.token_hex(16)}{ending}"
        with self._lock:
            self._drafts[path] = self._clock() + SECONDS
        path.touch(mode=0o600)
        return path

    def keep(self, owner: str, name: str, path: Path) -> Kept:
        """Take in a list. Raises InputError, and removes the file, where it cannot be read."""
        try:
            seen = look(path)
        except InputError as error:
            path.unlink(missing_ok=True)
            raise renamed(error, name) from error
        return self.add(owner, name, path, seen)

    def add(self, owner: str, name: str, path: Path, seen: Look | None = None) -> Kept:
        """Take in a file as it is."""
        made = Kept(secrets.token_urlsafe(12), owner, name, path, self._clock() + SECONDS, seen)
        with self._lock:
            self._drafts.pop(path, None)
            self._kept[made.id] = made
            self._clear()
        return made

    def clear(self) -> None:
        """Remove what is past its time, whether or not anybody asks for it."""
        with self._lock:
            self._clear()

    def get(self, wanted: str, owner: str) -> Kept:
        """A file of this owner. Raises GoneError."""
        with self._lock:
            self._clear()
            found = self._kept.get(wanted)
        if found is None or found.owner != owner:
            raise GoneError(wanted[:40])
        return found

    def _clear(self) -> None:
        """Remove what is too old or too many; the oldest stand first."""
        left = Counter(kept.owner for kept in self._kept.values())
        for kept in list(self._kept.values()):
            if left[kept.owner] > KEPT or kept.until < self._clock():
                left[kept.owner] -= 1
                del self._kept[kept.id]
                kept.path.unlink(missing_ok=True)
        for path in [path for path, until in self._drafts.items() if until < self._clock()]:
            del self._drafts[path]  # an upload that was broken off
            path.unlink(missing_ok=True)


def shown_name(given: str) -> str:
    """A file name as it may be shown: no folders, no control characters, not too long, numbers masked."""
    last = PureWindowsPath(PurePosixPath(given).name).name
    return scrub(clean(last))[:MAX_NAME] or "未命名"


def ending_of(name: str) -> str:
    """The ending of a list's name. Raises InputError for one that is neither .xlsx nor .csv."""
    ending = PurePosixPath(name).suffix.lower()
    if ending in ENDINGS:
        return ending
    if ending in (".xls", ".et"):
        raise InputError(
            f"{ending} 是旧格式，无法读取", file=name, remedy="在 Excel 或 WPS 中另存为“Excel 工作簿（.xlsx）”后再上传"
        )
    raise InputError("只能上传 .xlsx 或 .csv 文件", file=name, remedy="在 Excel 或 WPS 中另存为 .xlsx")


def renamed(error: InputError, name: str) -> InputError:
    """The error with the name its user knows the file by."""
    return InputError(error.message, file=name, line=error.line, value=error.value, remedy=_for_pages(error.remedy))


def _for_pages(remedy: str) -> str:
    """What to do, said for whoever uploads: the command line's options are of no use there."""
    if "screen -o" in remedy:
        return "选择上次筛查结果页下载的 .json 文件"
    return "指定各列的含义，或下载模板填写" if "--name-column" in remedy or "xinmai template" in remedy else remedy


def to_json(kept: Kept, lang: str = "zh") -> Json:
    """What a list holds, as the answer to its upload, in zh or en; values that may be somebody's number are masked."""
    seen = kept.look
    assert seen is not None  # only lists are told
    sheet = seen.sheet
    rejected = sheet.rejected if sheet else ()
    say = english if lang == "en" else scrub
    return {
        "id": kept.id,
        "name": kept.name,
        "worksheet": scrub(seen.worksheet)[:MAX_NAME],
        "header_row": seen.header_row,
        "understood": sheet is not None,
        "rows": len(sheet.rows) if sheet else seen.rows,
        "columns": [_column(column) for column in seen.columns],
        "fields": [{"field": field, "label": label} for field, label in labels().items()],
        "warnings": [say(words) for words in sheet.warnings] if sheet else [],
        "rejected": [{"row": r.line, "reason": say(r.reason)} for r in rejected[:SHOWN_REJECTED]],
        "rejected_total": len(rejected),
    }


def _column(column: Column) -> Json:
    return {
        "index": column.index,
        "letter": column.letter,
        "title": scrub(column.title)[:MAX_NAME],
        "field": column.field or None,
        "samples": [_masked(sample, column.field) for sample in column.samples],
    }


def _masked(sample: str, field: str) -> str:
    """A value as it may be shown before anybody said what its column means: every long number but an organisation's."""
    code = identify(sample)
    kinds = ("uscc", "org_code", "reg_no") if field == "uscc" else ("uscc", "org_code")
    # Fifteen figures are a register number or an old number of a person; only the column can tell.
    if code is not None and code.kind in kinds and code.valid:
        return sample
    if field in ("id_number", "account", "phone", "number") or field.endswith("_ID"):
        return mask_id(sample)
    return scrub(_LONG_NUMBER.sub(lambda found: mask_id(found[0]), sample))
