"""The argument parser made from the manual, and its help in one language."""

from __future__ import annotations

import argparse
import re
from importlib.metadata import PackageNotFoundError, version
from typing import NoReturn

from api.arguments import Command
from api.manual import SECTIONS, arguments_of
from api.messages import english
from api.words import Words
from graph.errors import InputError

SUMMARY = Words(
    "信脉：一条失信记录经由哪些关系、依据哪些记录、在哪一天，波及谁——又不波及谁。",
    "Xinmai: whom a credit listing reaches, by which relations and records, on which day — and whom not.",
)
_USAGE = Words("用法：", "usage: ")
_OPTIONS = Words("选项", "options")
_SUBJECTS = Words("参数", "arguments")
_HELP = Words("显示本说明", "show this help")
_VERSION = Words("显示版本", "show the version")
_EXAMPLES = Words("示例", "examples")
_MORE = Words("每个命令的说明：xinmai 命令 --help", "help on a command: xinmai COMMAND --help")
EXIT_CODES = Words(
    "退出码：0 完成；1 内部错误；2 用法或输入有误（未作更改）；3 主体不存在或不唯一；4 已完成但有行被拒绝（--strict）",
    "exit codes: 0 done; 1 internal error; 2 bad usage or input (nothing changed); 3 subject not found or"
    " ambiguous; 4 done, but rows were rejected (--strict)",
)


# What argparse says in English only.
_SAID = (
    (r"the following arguments are required: (.*)", "缺少参数：{}"),
    (r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.*)\)", "参数 {} 没有这个取值：{}；可用：{}"),
    (r"argument (.+?): expected (?:one|at least one) argument", "参数 {} 后面缺少值"),
    (r"argument (.+?): (.*?) \([a-z ,0-9]+\)", "参数 {}：{}"),
    (r"unrecognized arguments: (.*)", "不认识的参数：{}"),
)


def _in_chinese(message: str) -> str:
    """The complaints of argparse a user meets, in Chinese; any other as it is."""
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, message):
            return words.format(*(group.replace("'", "") for group in found.groups()))
    return message


def _in_english(message: str) -> str:
    """The complaints of argparse, and those of our own kinds of arguments, in English."""
    argument, mark, said = message.partition(": ")
    ours = argument.startswith("argument ")  # any other repeats what was typed
    return f"{argument}{mark}{english(said)}" if ours else message


class Parser(argparse.ArgumentParser):
    """argparse, which raises InputError where it would end the process, in the words of one language."""

    def __init__(self, lang: str, name: str = "xinmai", *, summary: str = "", epilog: str = "") -> None:
        self._lang = lang
        super().__init__(
            prog=name,
            description=summary,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _Formatter(prog, _USAGE.say(lang)),
        )
        self.add_argument("-h", "--help", action="help", help=_HELP.say(lang))

    def error(self, message: str) -> NoReturn:
        """Bad usage, said as any other bad input."""
        remedy = Words(f"见 {self.prog} --help", f"see {self.prog} --help").say(self._lang)
        told = _in_english(message) if self._lang == "en" else _in_chinese(message)
        raise InputError(Words("命令用法不对", "bad usage").say(self._lang), value=told, remedy=remedy)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help as argparse lays it out, at a fixed width, so that it reads the same everywhere."""

    def __init__(self, prog: str, usage: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)
        self._usage_word = usage

    def add_usage(self, usage, actions, groups, prefix=None) -> None:  # type: ignore[no-untyped-def]  # argparse's own signature is private
        """The usage line under our own word for it."""
        super().add_usage(usage, actions, groups, self._usage_word if prefix is None else prefix)


def overview(lang: str) -> Parser:
    """The parser of `xinmai` itself: it knows the commands' names and summaries only."""
    parser = Parser(lang, summary=SUMMARY.say(lang), epilog=_listing(lang))
    parser.add_argument("--version", action="version", version=f"xinmai {own_version()}", help=_VERSION.say(lang))
    parser._optionals.title = _OPTIONS.say(lang)
    return parser


def parser_of(command: Command, lang: str) -> Parser:
    """The parser of one command."""
    lines = [f"  {line}" for line in command.examples]
    epilog = "\n".join([f"{_EXAMPLES.say(lang)}:", *lines]) if lines else ""
    summary = "\n".join(text for text in (command.summary.say(lang), command.details.say(lang)) if text)
    parser = Parser(lang, f"xinmai {command.name}", summary=summary, epilog=epilog)
    parser._positionals.title, parser._optionals.title = _SUBJECTS.say(lang), _OPTIONS.say(lang)
    for argument in arguments_of(command):
        argument.add_to(parser, lang)
    return parser


def own_version() -> str:
    """The installed version, "0" when run from a tree that was never installed."""
    try:
        return version("xinmai")
    except PackageNotFoundError:
        return "0"


def _listing(lang: str) -> str:
    lines: list[str] = []
    for title, commands in SECTIONS:
        lines.append(f"{title.say(lang)}:")
        lines += [f"  {command.name:<10} {command.summary.say(lang)}" for command in commands]
    return "\n".join([*lines, "", _MORE.say(lang), EXIT_CODES.say(lang)])
