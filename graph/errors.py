"""Every error Xinmai raises on purpose.

XinmaiError                 exit 1
├── InputError              exit 2   bad usage or bad input; nothing was changed
├── NotFoundError           exit 3   no such subject, or several
└── StoreError              exit 1   the store cannot serve
    ├── StoreBusyError      exit 2   directory locked, damaged or not ours
    └── QueryTimeoutError   exit 1   a query ran past its time limit and was ended
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from graph.mask import scrub


class XinmaiError(Exception):
    """Base of all. The message is one a user can act on, in Chinese; `exit_code` is that of the CLI."""

    exit_code: ClassVar[int] = 1


SHOWN = 80  # characters of what somebody gave


def shown(text: str) -> str:
    """What is shown of a text somebody gave: personal numbers masked, then cut; half a number would not be masked."""
    return scrub(text[: 20 * SHOWN])[:SHOWN]


@dataclass(slots=True)
class InputError(XinmaiError):
    """Bad input: says what, where (file, line), the value seen, and the remedy."""

    message: str
    file: str = ""
    line: int | None = None
    value: str = ""
    remedy: str = ""
    exit_code: ClassVar[int] = 2

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line is not None else self.file
        parts = [f"{where}: {self.message}" if where else self.message]
        if self.value:
            parts.append(f"值：{shown(self.value)!r}")
        if self.remedy:
            parts.append(f"处理办法：{self.remedy}")
        return "；".join(parts)


TELLING = ("id", "name", "uscc", "id_masked", "status")  # what tells candidates apart


@dataclass(slots=True)
class NotFoundError(XinmaiError):
    """No subject by that id, code or name; or several, given as candidates to choose from."""

    asked: str
    candidates: tuple[dict[str, object], ...] = ()
    exit_code: ClassVar[int] = 3

    def __str__(self) -> str:
        if not self.candidates:
            return f"未找到主体：{self.asked}；请用编号、统一社会信用代码或者完整的名称（含曾用名）"
        names = "；".join(" ".join(str(c[k]) for k in TELLING if c.get(k)) for c in self.candidates)
        return f"“{self.asked}” 对应 {len(self.candidates)} 个主体，请用编号或统一社会信用代码指定：{names}"


class StoreError(XinmaiError):
    """The store cannot serve: unreachable, refused, out of memory."""


class StoreBusyError(StoreError):
    """The data directory is locked by others, damaged, or not one of ours; the message says what to do."""

    exit_code: ClassVar[int] = 2


class QueryTimeoutError(StoreError):
    """A query ran past its time limit; it was ended in the store, not merely abandoned."""
