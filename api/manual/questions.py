"""Commands that ask the graph."""

from __future__ import annotations

from api.arguments import Argument, Command, count, day
from api.manual.shared import ENGINE, HOPS, POSSIBLE, REPLAY, SUBJECT
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
        (SUBJECT, HOPS, POSSIBLE, REPLAY, ENGINE),
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
            ENGINE,
        ),
        reads=True,
    ),
    Command(
        "paths",
        Words("主体之间的证据路径：最短、前 k 条或全部", "evidence paths between subjects: shortest, k shortest, all"),
        "questions:paths",
        (
            Argument(
                ("a",),
                Words("主体，多个用逗号隔开，至多 50 个", "a subject, or up to 50 joined by commas"),
                metavar="A",
            ),
            Argument(
                ("b",),
                Words("另一端，同上；不写则看 A 中每两个之间", "the other end; left out: between every two of A"),
                metavar="B",
                many="?",
            ),
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
            Argument(
                ("--k",),
                Words("最短的 N 条，含比最短更长的", "the N shortest, also longer than the shortest"),
                metavar="N",
                kind=count,
            ),
            Argument(("--all",), Words("步数以内的全部路径", "all paths up to --max-hops"), action="store_true"),
            Argument(
                ("--most",),
                Words("最多列出几条，默认 5，--all 时 1000", "at most N paths, default 5, with --all 1000"),
                metavar="N",
                kind=count,
            ),
            Argument(
                ("--from",),
                Words("改看一段时间：此日起曾经有效的关系", "a span instead of a day: what was in force from this day"),
                metavar="DATE",
                kind=day,
            ),
            Argument(
                ("--to",),
                Words("该段时间的最后一日，默认 --as-of", "the last day of the span, default --as-of"),
                metavar="DATE",
                kind=day,
            ),
            Argument(
                ("--through-hubs",),
                Words("也穿过关系过多和不传导的主体", "also walk through hubs and subjects that do not conduct"),
                action="store_true",
            ),
            ENGINE,
        ),
        Words(
            "路径中没有重复的主体；两个主体之间并存的关系一并列出。步数以内没有路径也是答案；搜索中止时会说明。",
            "No subject twice on a path; parallel relations are told together. No path within N is an answer; a search"
            " that was cut says so.",
        ),
        (
            "xinmai paths 甲公司 乙公司 --k 5 --max-hops 6",
            "xinmai paths 甲公司,乙公司,丙公司",
            "xinmai paths 甲公司 乙公司 --all --from 2020-01-01 --to 2025-12-31",
        ),
        reads=True,
    ),
    Command(
        "groups",
        Words(
            "群组：企业集团、担保圈、共用联系方式、同批人员线索、社群",
            "groups: corporate, guarantee rings, contacts, phoenix",
        ),
        "groups:groups",
        (
            Argument(
                ("subject",),
                Words("主体；不写则列出全图的担保圈", "a subject; left out: the guarantee rings of the whole graph"),
                metavar="SUBJECT",
                many="?",
            ),
            Argument(
                ("--kind",),
                Words("只看一类，可写多次；默认全部", "only this kind, may be repeated; default all"),
                choices=("corporate", "guarantee", "contacts", "phoenix", "community"),
                action="append",
            ),
        ),
        Words(
            "corporate 同一最终控制人之下的企业及分支机构；guarantee 三家及以上的担保圈、互保、担保链；"
            "contacts 共用地址、电话、邮箱、代理人；phoenix 被列入单位的同一批人新设的企业，仅为关联提示；"
            "community 关系紧密的一群，供排查参考。",
            "corporate: what one ultimate controller controls, with branches; guarantee: rings of three or more, mutual"
            " guarantees, chains; contacts: shared address, phone, mail, agent; phoenix: the people of a listed firm in"
            " a newer one, an alert only; community: closely joined subjects, an aid for looking.",
        ),
        ("xinmai groups 某某公司", "xinmai groups 某某公司 --kind phoenix --json", "xinmai groups --kind guarantee"),
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
