"""How quick suggestions are over very many names: `python -m bench.search [COUNT …]`, default 60000 and 1000000.

The index is made of made-up names without a store; what the graph adds is asked by the service in one query more.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.latency import part
from bench.names import subjects
from queries.search.build import write
from queries.search.index import Index

BAR_MS = 50.0
MOST = 21  # subjects asked of the index for eight suggestions
ROUNDS = 5
QUESTIONS = {
    "one character": "公 有 限 乌 市 王 水 伟 问 司 龘 A",
    "two characters": "有限 公司 问渠 王伟 水务 乌有 司限 中心 合伙 曾文 公有 市王",
    "long": "乌有市问渠水务有限公司 股份有限公司 文化传媒有限责任公司 有限公司有限公司 公司有限 资产管理中心(有限合伙)",
    "several parts": "乌有+水务 公司+有限 责任+股份 问渠+有限+集团 王+伟 市+限+公+有 wuyou+shuiwu 股份+合伙 合伙+责任",
    "pinyin": "gongsi wenqu wuyoushi zhangwei zengwen cengwen chongming zhangliyuantou shi wang youxiang sigong",
    "initials": "w gs yxgs wq wyswq wywqsw zw gsyx sgyx zzzz xgs hfwenqsw",
    "code prefix": "91 9199 91999 919900 91990000 919912MA 91991234MA0000",
    "sounds alike": "問渠 烏有市問渠 王衛 國際貿易 公斯 有線",
    "hostile": " ".join(["公司*", "NEAR(公司)", "an" * 50, "公" * 100, "a" * 100, "公+" * 50, "%_'--", "shi" * 33]),
}


@dataclass(frozen=True, slots=True)
class Quickness:
    """Milliseconds of one kind of question, ascending, and which question was the slowest."""

    kind: str
    times: tuple[float, ...]
    slowest: str


def measure(index: Index) -> list[Quickness]:
    """Every question ROUNDS times; a + stands for a space in it."""
    found = []
    for kind, questions in QUESTIONS.items():
        asked = questions.replace("+", "\u3000").split(" ")
        times = sorted((_ask(index, question), question) for _ in range(ROUNDS) for question in asked)
        found.append(Quickness(kind, tuple(t for t, _ in times), times[-1][1]))
    return found


def _ask(index: Index, question: str) -> float:
    began = time.perf_counter()
    index.hits(question, MOST)
    return (time.perf_counter() - began) * 1000


def main(argv: Sequence[str] | None = None) -> int:
    """Make, measure, print; 1 when a kind of question is above the bar."""
    missed = False
    for count in [int(text) for text in (argv if argv is not None else sys.argv[1:])] or [60_000, 1_000_000]:
        with tempfile.TemporaryDirectory(prefix="xinmai-search-") as folder:
            path = Path(folder) / "search.db"
            began, worked = time.perf_counter(), time.process_time()
            write(path, subjects(count), "bench")
            took, worked = time.perf_counter() - began, time.process_time() - worked
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            size = path.stat().st_size / 2**20
            print(f"{count:,} subjects: {took:.0f} s ({worked:.0f} s of processor), {size:.0f} MB, peak {peak:.0f} MB")
            print("| question | p50 ms | p95 ms | worst ms | slowest |\n|---|---|---|---|---|")
            for one in measure(Index(path)):
                p50, p95, worst = (part(one.times, share) for share in (0.5, 0.95, 1.0))
                missed |= p95 > BAR_MS
                print(f"| {one.kind} | {p50:.1f} | {p95:.1f} | {worst:.1f} | {one.slowest[:20]} |")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
