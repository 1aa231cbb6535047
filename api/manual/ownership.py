"""Commands on who owns and controls whom, and who is related to whom by which regime."""

from __future__ import annotations

import argparse

from api.arguments import Argument, Command
from api.manual.shared import SUBJECT
from api.words import Words


def share(text: str) -> float:
    """A share of the whole, 0–1."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if 0 <= value <= 1:
        return value
    raise argparse.ArgumentTypeError(f"{text!r} 不是 0 到 1 之间的数 (not a share between 0 and 1)")


OWNERSHIP: tuple[Command, ...] = (
    Command(
        "ownership",
        Words("股权穿透：股东、控制人、受益所有人、对外持股", "owners, control, beneficial owners, holdings"),
        "ownership:ownership",
        (
            SUBJECT,
            Argument(("--up",), Words("只看上层（谁持有它）", "upwards only: who holds it"), action="store_true"),
            Argument(("--down",), Words("只看下层（它持有谁）", "downwards only: what it holds"), action="store_true"),
            Argument(
                ("--threshold",),
                Words("控制所需的表决权比例（须超过，0.5 至 1）", "votes that control must exceed, 0.5 to 1"),
                metavar="SHARE",
                kind=share,
                default=0.5,
            ),
        ),
        Words(
            "合计所有路径（含循环持股）的持股比例；比例不明的按已知下限计并标“至少”。计算得出的控制为推定。",
            "Shares add up over all ways, circles included; unknown ones count at least. Computed control is presumed.",
        ),
        (
            "xinmai ownership 某某公司 --up",
            "xinmai ownership 91999999MA00004966 --as-of 2026-06-01 --json",
        ),
        reads=True,
    ),
    Command(
        "related",
        Words("关联方：按哪个制度、哪一款、经由什么关系", "related parties: by which regime, clause and relations"),
        "regimes:related",
        (
            SUBJECT,
            Argument(
                ("--regime",),
                Words("只按一个制度，如 P05、OFAC；见 xinmai regimes", "one regime, such as P05 or OFAC"),
                metavar="REGIME",
            ),
        ),
        Words(
            "各制度分别列出，没有统一的“关联”结论；国家控制等除外情形另列；数据无法判断的写明原因。"
            "OFAC、EU、UK 为境外名单，仅供合规参考，须指明才核查。",
            "By regime, never one “related” flag; what an exemption keeps out, and what data cannot show, is told."
            " OFAC, EU and UK are for information only and asked only by name.",
        ),
        (
            "xinmai related 某某公司 --regime P05",
            "xinmai related 91999999MA00004966 --as-of 2026-06-01 --json",
        ),
        reads=True,
    ),
    Command(
        "regimes",
        Words("关联方制度：条款、界限、亲属、除外", "the regimes: clauses, numbers, relatives, exemptions"),
        "regimes:regimes",
        (
            Argument(
                ("regime",),
                Words("制度编号；不写则列出全部", "a regime's id; all if left out"),
                metavar="REGIME",
                many="?",
            ),
        ),
        examples=("xinmai regimes", "xinmai regimes P05"),
        reads=True,
    ),
)
