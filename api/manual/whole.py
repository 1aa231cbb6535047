"""Commands over the whole graph."""

from __future__ import annotations

from api.arguments import Argument, Command, count, day
from api.manual.shared import HOPS, POSSIBLE, REPLAY, output
from api.words import Words

WHOLE: tuple[Command, ...] = (
    Command(
        "snapshot",
        Words("生成图快照，使查询和全图计算更快", "make the snapshot of the graph that speeds questions up"),
        "whole:snapshot",
        (
            Argument(
                ("--status",),
                Words("只说明有没有、是否当前，不生成", "only tell whether there is one, and whether it is current"),
                action="store_true",
            ),
            Argument(
                ("--again",),
                Words("已有当前快照也重新生成", "make it anew even where a current one is there"),
                action="store_true",
            ),
        ),
        Words(
            "快照是整个图的紧凑副本，证件号码已打码，文件仅本人可读，放在数据目录的 cache 中（服务器则在用户的缓存"
            "目录），随时可删。图有变化即不再使用；xinmai serve 在后台重新生成。",
            "A compact copy of the graph with personal numbers masked, readable by you alone, in the data directory's "
            "cache (for a server: in your cache directory); it may be deleted at any time. Once the graph changes it "
            "is not used any more; xinmai serve makes it anew in the background.",
        ),
        ("xinmai snapshot", "xinmai snapshot --status --json"),
    ),
    Command(
        "propagate",
        Words("计算全图每个主体最近的列入记录", "every subject's nearest listing, over the whole graph"),
        "whole:propagate",
        (
            output(".parquet", required=False),
            Argument(
                ("--back",),
                Words(
                    "把分值写回图中的主体（exposure_ 开头的属性，某一日的推算值，不是事实）",
                    "write scores onto the subjects (properties exposure_…: derived values of a day, no facts)",
                ),
                action="store_true",
            ),
            HOPS,
            POSSIBLE,
            REPLAY,
        ),
        Words(
            "每个有关联的主体一行：分值、步数、列入记录、被列入者、等级、路径。关联提示，不构成失信惩戒依据。"
            "没有当前图快照时先生成。要与另一日比较，加 --replay，否则今天已结束的列入记录不计。已有的文件会被取代。",
            "One row for each exposed subject: score, relations, listing, who is listed, band, path. Association is no "
            "ground for any sanction. The snapshot of the graph is made first where there is no current one. To "
            "compare with another day add --replay, or listings over by today do not count. A file that is there is "
            "replaced.",
        ),
        ("xinmai propagate -o exposure.parquet --as-of 2026-06-01 --replay", "xinmai propagate --back"),
        reads=True,
    ),
    Command(
        "diff",
        Words(
            "比较两次全图计算：谁新增关联、谁不再有、为什么",
            "compare two whole-graph results: who became exposed, who ceased, why",
        ),
        "whole:diff",
        (
            Argument(("a",), Words("先前的 .parquet", "the earlier .parquet"), metavar="A", many="?"),
            Argument(("b",), Words("后来的 .parquet", "the later .parquet"), metavar="B", many="?"),
            Argument(
                ("--from",),
                Words("不用文件：比较现有的图在此日", "without files: the present graph on this day"),
                metavar="DATE",
                kind=day,
            ),
            Argument(("--to",), Words("与在此日的结果", "and on this day"), metavar="DATE", kind=day),
            HOPS,
            POSSIBLE,
            Argument(
                ("--most",),
                Words("每类最多列出几个，默认 1000；数目总是全数", "at most N of each kind; counts are always of all"),
                metavar="N",
                kind=count,
                default=1000,
            ),
            output(".json .csv .xlsx", required=False, many=True),
        ),
        Words(
            "原因写明到列入记录或关系及其起止日期；两者都没有变化时如实说明。关联提示，不构成失信惩戒依据。",
            "The cause is named: the listing or relation with its dates; where neither changed, that is said. "
            "Association is no ground for any sanction.",
        ),
        (
            "xinmai diff may.parquet june.parquet -o changes.xlsx",
            "xinmai diff --from 2026-05-01 --to 2026-06-01 --json",
        ),
    ),
)
