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
)
