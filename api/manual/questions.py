"""Commands that ask the graph."""

from __future__ import annotations

from api.arguments import Argument, Command, count, day
from api.manual.shared import HOPS, POSSIBLE, REPLAY, SUBJECT
from api.words import Words

QUESTIONS: tuple[Command, ...] = (
    Command(
        "show",
        Words("一个主体的标识、列入记录和关系", "identifiers, listings and relations of one subject"),
        "questions:show",
        (SUBJECT, REPLAY),
        reads=True,
    ),
    Command(
        "exposure",
        Words("哪些列入记录经由关系接近该主体", "which listings come near the subject through relations"),
        "questions:exposure",
        (SUBJECT, HOPS, POSSIBLE, REPLAY),
        Words(
            "关联提示，不构成失信惩戒依据。每一条都附路径、日期和来源记录。",
            "Nearness in the graph, never a ground for a penalty. Each with its path, dates and records.",
        ),
        ("xinmai exposure 91999999MA00004966 --as-of 2026-06-01", "xinmai exposure 某某公司 --hops 2 --json"),
        reads=True,
    ),
    Command(
        "reach",
        Words("主体或列入记录波及谁：法定后果与关联提示", "whom listings bind by law, and whom they come near"),
        "questions:reach",
        (
            Argument(
                ("subject",),
                Words("主体，或列入记录编号", "a subject, or the id of a listing"),
                metavar="SUBJECT|LISTING",
            ),
            HOPS,
            POSSIBLE,
            REPLAY,
        ),
        reads=True,
    ),
    Command(
        "paths",
        Words("两个主体之间最短的证据路径", "shortest evidence paths between two subjects"),
        "questions:paths",
        (
            Argument(("a",), Words("主体，多个用逗号隔开", "a subject, or several joined by commas"), metavar="A"),
            Argument(("b",), Words("另一主体，多个用逗号隔开", "another, or several"), metavar="B"),
            Argument(
                ("--max-hops",),
                Words("最多几步关系", "at most N relations"),
                metavar="N",
                kind=count,
                default=4,
            ),
            Argument(
                ("--types",),
                Words("只走这些关系类型", "only relations of these types"),
                metavar="TYPE",
                many="+",
            ),
            Argument(("--most",), Words("最多几条路径", "at most N paths"), metavar="N", kind=count, default=5),
            Argument(
                ("--through-hubs",),
                Words("也穿过关系过多和不传导的主体", "also walk through hubs and subjects that do not conduct"),
                action="store_true",
            ),
        ),
        reads=True,
    ),
    Command(
        "listings",
        Words("浏览名单", "browse the lists"),
        "questions:listings",
        (
            Argument(("--list",), Words("名单代码，如 SXBZXR", "code of a list, such as SXBZXR"), metavar="CODE"),
            Argument(("--region",), Words("行政区划代码前几位", "first digits of a region code"), metavar="CODE"),
            Argument(("--since",), Words("此日及以后列入", "listed on or after"), metavar="DATE", kind=day),
            Argument(("--limit",), Words("最多几条", "at most N"), metavar="N", kind=count, default=100),
            REPLAY,
        ),
        reads=True,
    ),
    Command(
        "policy",
        Words("关联推演所依据的规则", "the policy the exposures rest on"),
        "questions:policy",
        reads=True,
    ),
)
