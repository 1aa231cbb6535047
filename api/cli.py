"""`xinmai`: finds the command, does it, and turns every ending into an exit code and one readable message."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from types import FrameType

from api.call import Call
from api.manual import COMMANDS
from api.output import Output
from api.parser import overview, parser_of
from api.words import Words, language
from graph.errors import InputError, XinmaiError

INTERRUPTED = 130
_STOPPED = Words("已中断：未完成的更改没有写入图中。", "Interrupted: no unfinished change was written to the graph.")
_INTERNAL = Words(
    "内部错误：{error}（设 XINMAI_DEBUG=1 可见详情）", "Internal error: {error} (XINMAI_DEBUG=1 shows more)"
)
_UNKNOWN = Words("没有这个命令", "no such command")
_COMMANDS = Words("可用命令：", "commands: ")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code of the contract."""
    words = list(sys.argv[1:] if argv is None else argv)
    out = Output(language(words), as_json="--json" in words)
    _listen_for_ctrl_c(out)
    # The driver tells of broken connections in its own words; we tell of them in ours.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    try:
        return _run(words, out)
    except KeyboardInterrupt:
        return _stopped(out)
    except BrokenPipeError:
        # Whoever read us has gone (| head); Python must not complain when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except XinmaiError as error:
        return _stopped(out) if out.interrupted else _failed(out, error)
    except Exception as error:  # the last door: a user gets a sentence, a developer a traceback
        if os.environ.get("XINMAI_DEBUG"):
            traceback.print_exc()
        told = XinmaiError(_INTERNAL.say(out.lang, error=f"{type(error).__name__}: {error}"))
        return _stopped(out) if out.interrupted else _failed(out, told)


def _listen_for_ctrl_c(out: Output) -> None:
    """Interrupt, and remember it: a library may swallow the interrupt or turn it into an error of its own."""

    def pressed(_number: int, _frame: FrameType | None) -> None:
        out.interrupted = True
        sys.unraisablehook = lambda _: None  # an interrupt that falls into a destructor is no news
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, pressed)


def _stopped(out: Output) -> int:
    out.failed(XinmaiError(_STOPPED.say(out.lang)))
    return INTERRUPTED


def _failed(out: Output, error: XinmaiError) -> int:
    out.failed(error)
    return error.exit_code


def _run(words: Sequence[str], out: Output) -> int:
    position = _command_position(words)
    if position is None:
        parser = overview(out.lang)
        if not words:
            parser.print_help()
            return 0
        parser.parse_args(words)  # --help and --version end here
        parser.error(" ".join(words))
    command = COMMANDS.get(words[position])
    if command is None:
        raise InputError(
            _UNKNOWN.say(out.lang), value=words[position], remedy=_COMMANDS.say(out.lang) + " ".join(COMMANDS)
        )
    options = parser_of(command, out.lang).parse_args([*words[:position], *words[position + 1 :]])
    module, function = command.work.split(":")
    work: Callable[[Call], int] = getattr(import_module(f"api.commands.{module}"), function)
    return work(Call(options, out))


def _command_position(words: Sequence[str]) -> int | None:
    """Where the command stands: the first word that is neither an option nor an option's value."""
    value_follows = False
    for index, word in enumerate(words):
        if value_follows:
            value_follows = False
        elif word in ("--lang", "--db", "--as-of"):
            value_follows = True
        elif not word.startswith("-"):
            return index
    return None
