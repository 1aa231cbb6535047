"""Commands that ask what the law attaches to a relation, and on what it rests."""

from __future__ import annotations

from api.arguments import Argument, Command
from api.manual.shared import ENGINE, HOPS, POSSIBLE, PROFILES, REPLAY, SCENARIO, SUBJECT
from api.words import Words

LAW: tuple[Command, ...] = (
    Command(
        "findings",
        Words("一个主体的法定后果与提示", "what the law attaches to one subject, and alerts"),
        "law:findings",
        (SUBJECT, SCENARIO, PROFILES, HOPS, POSSIBLE, REPLAY, ENGINE),
        Words(
            "每条都附条款、期限、路径和解除方式；关联提示不构成失信惩戒依据。",
            "Each with its articles, period, path and remedy; an alert is no ground for any sanction.",
        ),
        (
            "xinmai findings 某某公司 --scenario procurement",
            "xinmai findings 某某公司 --as-of 2026-06-01 --json",
        ),
        reads=True,
    ),
    Command(
        "explain",
        Words("某规则对某主体为何适用或不适用", "why a rule did or did not fire on a subject"),
        "law:explain",
        (
            SUBJECT,
            Argument(("--rule",), Words("规则编号", "the rule's id"), metavar="R23", required=True),
            REPLAY,
        ),
        Words(
            "逐条列出条件、满足与否、依据的事实；最接近适用的路径在前。",
            "Each condition, whether it was met, and the fact that says so; the nearest path first.",
        ),
        ("xinmai explain 某某公司 --rule R23 --as-of 2026-06-01",),
        reads=True,
    ),
    Command(
        "rules",
        Words("法律规则：依据、路径、期限、效果", "the law pack: articles, paths, periods, effects"),
        "law:rules",
        (
            Argument(
                ("rule",),
                Words("规则编号；不写则列出全部", "a rule's id; all if left out"),
                metavar="RULE",
                many="?",
            ),
        ),
        Words(
            "凭记忆、待查证的规则标为未核实，从不阻断。",
            "A rule known from memory only is shown as unverified and never blocks.",
        ),
        ("xinmai rules", "xinmai rules R05", "xinmai rules --json"),
        reads=True,
    ),
    Command(
        "scenarios",
        Words("业务场景：看哪些名单和规则，如何处理", "the scenarios: which lists and rules count, and how"),
        "law:scenarios",
        (
            Argument(
                ("scenario",),
                Words("场景；不写则列出全部", "one scenario; else all"),
                metavar="SCENARIO",
                many="?",
            ),
            PROFILES,
        ),
        examples=("xinmai scenarios", "xinmai scenarios procurement"),
        reads=True,
    ),
)
