"""docs/cli.md, written from the manual:  python -m api.handbook > docs/cli.md"""

from __future__ import annotations

from collections.abc import Iterator

from api.arguments import Argument, Command
from api.manual import SECTIONS, arguments_of
from api.output import speak_utf8
from api.parser import EXIT_CODES, SUMMARY
from api.words import LANGUAGES


def markdown() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# 命令行 · Command line"
    yield ""
    yield "<!-- Written by `python -m api.handbook > docs/cli.md` from api/manual/; a test holds it to that. -->"
    for text in (SUMMARY, EXIT_CODES):
        for lang in LANGUAGES:
            yield ""
            yield text.say(lang)
    for title, commands in SECTIONS:
        yield ""
        yield f"## {title.zh} · {title.en}"
        for command in commands:
            yield from _command(command)


def _command(command: Command) -> Iterator[str]:
    yield ""
    yield f"### `xinmai {command.name}`"
    for lang in LANGUAGES:
        yield ""
        ending = "。" if lang == "zh" else "."
        yield f"{command.summary.say(lang)}{ending} {command.details.say(lang)}".strip()
    yield ""
    yield "| | 中文 | English |"
    yield "|---|---|---|"
    for argument in arguments_of(command):
        yield f"| `{_usage(argument)}` | {_cell(argument.help.zh)} | {_cell(argument.help.en)} |"
    if command.examples:
        yield ""
        yield "```sh"
        yield from command.examples
        yield "```"


def _usage(argument: Argument) -> str:
    value = argument.metavar or ("|".join(argument.choices) if argument.choices else "")
    name = ", ".join(argument.flags) if argument.flags[0].startswith("-") else ""
    many = " …" if argument.many == "+" or argument.action == "append" else ""
    needed = " (required)" if argument.required else ""
    return _cell(f"{name} {value}".strip() + many + needed)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    speak_utf8()
    print(markdown(), end="")
