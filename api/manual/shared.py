"""Arguments that several commands take."""

from __future__ import annotations

from datetime import date

from api.arguments import NOTHING, Argument, count, day
from api.words import LANGUAGES, Words

SUBJECT = Argument(
    ("subject",),
    Words("主体：编号、统一社会信用代码或名称", "a subject: id, unified social credit code or name"),
    metavar="SUBJECT",
)
HOPS = Argument(
    ("--hops",),
    Words("最多几步关系；不得超过规则允许的步数", "at most N relations; not more than the policy allows"),
    metavar="N",
    kind=count,
)
POSSIBLE = Argument(
    ("--include-possible",),
    Words("也沿“可能为同一主体”推演", "also follow “possibly the same subject”"),
    action="store_true",
)
REPLAY = Argument(
    ("--replay",),
    Words("问过去某日时，也算今天已结束的列入记录", "of a past day, also count listings that have ended by today"),
    action="store_true",
)
ENGINE = Argument(
    ("--engine",),
    Words(
        "由谁回答：auto 有当前快照时用快照，否则用图数据库；cypher 只用图数据库；kernel 只用快照",
        "what answers: auto takes a current snapshot, else the store; cypher the store only; kernel a snapshot only",
    ),
    choices=("auto", "cypher", "kernel"),
    default="auto",
)
SCENARIO = Argument(
    ("--scenario",),
    Words("业务场景，见 xinmai scenarios；不写则只列后果", "the scenario; without one no decision"),
    metavar="S",
)
PROFILES = Argument(
    ("--profiles",),
    Words(
        "自定场景文件（YAML），见 docs/law.md",
        "a site's own scenarios (YAML), see docs/law.md",
    ),
    metavar="FILE",
)


def output(formats: str | Words, required: bool = True, many: bool = False) -> Argument:
    """`-o`: the file to write, in one of `formats`; `many` lets it be given several times."""
    again = Words("，可写多次", ", may be repeated") if many else NOTHING
    told = formats if isinstance(formats, Words) else Words(formats, formats)
    help_ = Words(f"输出文件（{told.zh}）{again.zh}", f"file to write ({told.en}){again.en}")
    return Argument(
        ("-o", "--output"),
        help_,
        metavar="OUT",
        required=required,
        action="append" if many else None,
    )


COMMON: tuple[Argument, ...] = (
    Argument(
        ("--lang",), Words("界面语言（或 XINMAI_LANG）", "language (or XINMAI_LANG)"), choices=LANGUAGES, last=True
    ),
)
JSON = Argument(
    ("--json",),
    Words("标准输出只有一个 JSON 文档", "standard output is one JSON document"),
    action="store_true",
)
DB = Argument(
    ("--db",),
    Words(
        "图数据库：目录（内置，默认 ./xinmai-data）、neo4j:// 或 bolt:// 地址（或 XINMAI_DB）",
        "the store: a directory (embedded, default ./xinmai-data), a neo4j:// or bolt:// URL (or XINMAI_DB)",
    ),
    metavar="URL",
    last=True,
)
AS_OF = Argument(
    ("--as-of",),
    Words("以哪一天为准，YYYY-MM-DD，默认今天", "the day of evaluation, YYYY-MM-DD, default today"),
    metavar="DATE",
    kind=day,
    default=date.today().isoformat(),
    last=True,
)
