"""Whether the shares of a table can be meant as written: 0 to 1, inside their own bounds, and not percentages.

A share above 1 is rejected for itself. Where it shows that percentages were meant (its company's shares make sense
only as such, or most of its file's are above 1), a small share beside it is a percentage too: read as written, 0.5
would be half and not half a hundredth. It is rejected with the line that shows it. A slip among proper shares rejects
nothing but itself.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from loaders.columns import codes, is_coded, values

SHARES = ("ratio", "ratio_min", "ratio_max", "votes", "income")
NOT_A_SHARE = "应为 0 到 1 之间的数"
IF_PERCENT = "；如为百分数，请除以 100"
HIGHEST = 100.0
# What a company's shares come to, as percentages, if they are some: not all of them need be told; they are rounded.
LEAST_TOLD, MOST_TOLD = 50.0, 100.5
FEWEST = 3  # shares above 1 that say something about a whole file


def faults(frame: pd.DataFrame) -> pd.Series[str]:
    """By row of a table of relations, what is wrong with its shares; "" for nothing."""
    numbers = {name: _numbers(frame[name]) for name in SHARES}
    reasons = pd.Series("", index=frame.index, dtype=object)
    for name, shares in numbers.items():
        wrong = (frame[name] != "") & ~shares.between(0.0, 1.0)
        _say(reasons, wrong, [f"{name}={text!r} {NOT_A_SHARE}{_remedy(text)}" for text in frame.loc[wrong, name]])
        if shares.gt(1.0).any():
            _percentages(frame, name, shares, reasons)
    low, ratio, high = (numbers[name] for name in ("ratio_min", "ratio", "ratio_max"))
    shown = (frame["ratio_min"], frame["ratio"], frame["ratio_max"])
    for wrong in (low > high, (ratio < low) | (ratio > high)):
        texts = zip(*(column[wrong] for column in shown), strict=True)
        _say(
            reasons,
            wrong,
            [f"持股比例与其上下限矛盾：ratio_min={a!r} ratio={b!r} ratio_max={c!r}" for a, b, c in texts],
        )
    return reasons


def _percentages(frame: pd.DataFrame, name: str, values: pd.Series[float], reasons: pd.Series[str]) -> None:
    """Shares up to 1 that stand among percentages."""
    place = _places(frame)
    file = place.str.rpartition(":")[0]
    percent = values.gt(1.0) & values.le(HIGHEST)
    target = frame["target"].astype(object)
    for key, sure in (([file, target], _is_whole(values, percent, [file, target])), ([file], None)):
        many = percent.groupby(key).transform("sum")
        of_all = values.gt(0.0).groupby(key).transform("sum")
        told = sure if sure is not None else (many >= FEWEST) & (many * 2 > of_all)
        first = place.where(percent).groupby(key).transform("first")
        beside = told & values.gt(0.0) & values.le(1.0)
        _say(
            reasons,
            beside,
            [
                f"{name}={text!r} 与百分数并列（见第 {at.rpartition(':')[2]} 行），不知是比例还是百分数{IF_PERCENT}"
                for text, at in zip(frame.loc[beside, name], first[beside], strict=True)
            ],
        )


def _is_whole(values: pd.Series[float], percent: pd.Series[bool], key: list[pd.Series[str]]) -> pd.Series[bool]:
    """Where a company has a percentage, and its shares come to a whole as percentages."""
    sums = values.where(values.le(HIGHEST)).groupby(key).transform("sum")
    return percent.groupby(key).transform("any") & sums.between(LEAST_TOLD, MOST_TOLD)


def _places(frame: pd.DataFrame) -> pd.Series[str]:
    """`file:line` of each row: `at`, or else its record."""
    record = frame["record"].astype(str)
    if "at" not in frame:
        return record
    return frame["at"].where(frame["at"].map(lambda at: isinstance(at, str) and bool(at)), record).astype(str)


def _numbers(column: pd.Series[str]) -> pd.Series[float]:
    """The column as numbers, NaN for what is none."""
    if is_coded(column):
        read = pd.to_numeric(pd.Series([*map(_plain, values(column))], dtype=object), errors="coerce").to_numpy(float)
        return pd.Series(read[codes(column)] if len(column) else np.zeros(0), index=column.index)
    return pd.to_numeric(column.map(_plain), errors="coerce")


def _plain(text: str) -> str:
    return text or "nan"


def _remedy(text: str) -> str:
    try:
        return IF_PERCENT if 1.0 < float(text.rstrip("%％")) <= HIGHEST or text[-1] in "%％" else ""
    except ValueError:
        return ""


def _say(reasons: pd.Series[str], wrong: pd.Series[bool], said: list[str]) -> None:
    """Give these rows their reasons, unless one was given before."""
    for row, reason in zip(wrong.index[wrong], said, strict=True):
        if not reasons[row]:
            reasons[row] = reason
