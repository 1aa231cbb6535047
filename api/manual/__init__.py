"""All commands with their words and arguments: parser, help, docs/cli.md and tests derive from this table."""

from __future__ import annotations

from api.arguments import Argument, Command
from api.manual.data import DATA
from api.manual.doors import SCREENING, SERVICE, TAKEAWAY
from api.manual.law import LAW
from api.manual.ownership import OWNERSHIP
from api.manual.questions import QUESTIONS
from api.manual.shared import AS_OF, COMMON, DB, JSON
from api.manual.whole import WHOLE
from api.words import Words

SECTIONS: tuple[tuple[Words, tuple[Command, ...]], ...] = (
    (Words("数据", "Data"), DATA),
    (Words("查询", "Questions"), QUESTIONS),
    (Words("股权与关联", "Ownership and related parties"), OWNERSHIP),
    (Words("法律规则", "Law"), LAW),
    (Words("筛查", "Screening"), SCREENING),
    (Words("全图", "Whole graph"), WHOLE),
    (Words("带走", "Take away"), TAKEAWAY),
    (Words("服务", "Service"), SERVICE),
)
COMMANDS: dict[str, Command] = {c.name: c for _, commands in SECTIONS for c in commands}


def arguments_of(command: Command) -> tuple[Argument, ...]:
    """The command's own arguments, then those every command of its sort takes."""
    shared = [(AS_OF, command.reads), (DB, command.stores), (JSON, command.json)]
    return (*command.arguments, *(argument for argument, takes in shared if takes), *COMMON)
