"""What a command is made of: its words, its arguments, and where its work is done.

Light on purpose: the command line reads all of this before it knows which command was asked for, and imports
the work itself only then.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from api.words import Words

NOTHING = Words("", "")


class _Kept(argparse.Action):
    """Keeps the value; `given` of the namespace tells which were written. The last one counts where it may come
    `again`.
    """

    again = True

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: object = None,
    ) -> None:
        """Raises argparse.ArgumentError for a second one that may not come."""
        given: set[str] = namespace.__dict__.setdefault("given", set())
        if self.dest in given and not self.again:
            raise argparse.ArgumentError(self, "写了两次 (given twice)")
        given.add(self.dest)
        setattr(namespace, self.dest, values)


class _Once(_Kept):
    """A second value is refused, not put in the place of the first."""

    again = False


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: positional when its first flag has no dash.

    `kind` turns the text into a value and raises argparse.ArgumentTypeError; `action` is argparse's
    (`store_true`, `append`); `many` is argparse's nargs; `default` is what leaving it out means. `last`: it may be
    written again, and the last one counts, as for what somebody's alias sets.
    """

    flags: tuple[str, ...]
    help: Words
    metavar: str | None = None
    kind: Callable[[str], object] | None = None
    choices: tuple[str, ...] | None = None
    action: str | None = None
    many: str | None = None
    default: object = None
    required: bool = False
    last: bool = False

    def add_to(self, parser: argparse._ActionsContainer, lang: str) -> None:
        """Make it known to argparse, with its help in one language."""
        given: dict[str, object] = {
            "metavar": self.metavar,
            "type": self.kind,
            "choices": self.choices,
            "action": self.action,
            "nargs": self.many,
        }
        options = {key: value for key, value in given.items() if value is not None}
        if self.flags[0].startswith("-"):
            options["required"] = self.required
            options["default"] = False if self.action == "store_true" else self.default
            options.setdefault("action", _Kept if self.last else _Once)
        parser.add_argument(*self.flags, help=self.help.say(lang), **options)  # type: ignore[arg-type]  # argparse's overloads do not take a table


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `work` is "module:function" under api.commands, imported when it is asked for.

    `reads`: it answers from the graph, so it takes --as-of. `stores`: it opens a store, so it takes --db.
    """

    name: str
    summary: Words
    work: str
    arguments: tuple[Argument, ...] = ()
    details: Words = NOTHING
    examples: tuple[str, ...] = ()
    reads: bool = False
    stores: bool = True
    json: bool = True


def day(text: str) -> str:
    """A calendar day YYYY-MM-DD."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} 不是日期，应为 YYYY-MM-DD (not a date)")


def count(text: str) -> int:
    """A whole number of at least 1."""
    if text.isascii() and text.isdigit() and 0 < int(text) < 10**9:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} 不是正整数 (not a positive number)")


def port(text: str) -> int:
    """A TCP port; 0 lets the system choose one."""
    if text.isascii() and text.isdigit() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} 不是端口号 0–65535 (not a port)")
