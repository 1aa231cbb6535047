"""A made-up business register of any size as one CSV file, in the layout of the real one.

    python -m bench.generate_register --rows 3000000 --to DIR [--seed 20260601]

Everybody in it is fictional. As in real registers a few rows are said twice, a few codes have a wrong check digit, some
bodies have no code, and some rows have slipped by a column. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench import generate_names, names
from bench.generate_files import dates

SEED = 20260601
CHUNK = 100_000
FILE = "linked.csv"
HEADER = "企业名称,统一社会信用代码,注册日期,企业类型,法人代表,注册资金,经营范围,所在省份,地区,注册地址"
# Shares of the rows.
CLASSES = (("91", 0.78), ("92", 0.17), ("93", 0.05))
TOLD_TYPE, BRANCHES, PARTNERSHIPS, FIRM_HEADS, HEADLESS = 0.3, 0.03, 0.02, 0.01, 0.005
BAD_CHECK, CODELESS, LOWER, SLIPPED, NAMELESS, AGAIN = 0.003, 0.005, 0.002, 0.0005, 0.0002, 0.005
TYPES = (
    "有限责任公司",
    "有限责任公司(自然人独资)",
    "股份有限公司",
    "个人独资企业",
    "分公司",
    "有限合伙企业",
    "个体工商户",
)
PROVINCES = ("广东", "江苏", "浙江", "辽宁", "湖南", "陕西", "北京", "上海")
WORDS = ("零售", "加工", "技术开发、技术咨询", "进出口业务", "仓储服务", "设备租赁", "安装、维修", "管理服务")


def make(folder: Path, rows: int, seed: int = SEED) -> Path:
    """Write a register with so many rows into `folder` (made if missing), chunk by chunk."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.Generator(np.random.PCG64(seed))
    codes = _codes(chance, rows)
    path = folder / FILE
    with path.open("wb") as file:
        file.write(f"{HEADER}\n".encode())
        for start in range(0, rows, CHUNK):
            lines = _lines(chance, codes.slice(start, CHUNK))
            file.write("".join(lines.to_pylist()).encode())
    return path


def _codes(chance: np.random.Generator, rows: int) -> pa.Array:
    """A code for every row, all of them different, their classes mixed."""
    classes = [share for _, share in CLASSES]
    drawn = chance.choice(len(CLASSES), rows, p=classes)
    held = [generate_names.codes(kind, int((drawn == n).sum())) for n, (kind, _) in enumerate(CLASSES)]
    before = np.cumsum([0, *map(len, held[:-1])])
    turn = np.empty(rows, dtype=np.int64)
    for n, codes in enumerate(held):
        turn[drawn == n] = before[n] + np.arange(len(codes))
    return pa.concat_arrays(held).take(pa.array(turn))


def _lines(chance: np.random.Generator, codes: pa.Array) -> pa.Array:
    """Rows as lines, those that are odd among them."""
    count = len(codes)
    forms = chance.choice(3, count, p=[1 - PARTNERSHIPS - BRANCHES, PARTNERSHIPS, BRANCHES])
    firms = generate_names.firms(chance, forms)
    place = chance.integers(0, len(PROVINCES), count)
    cells = [
        _where(chance, NAMELESS, "N/A", firms),
        _written(chance, codes),
        dates(_days(chance, count)),
        _where(chance, TOLD_TYPE, _some(chance, TYPES, count), "N/A"),
        _heads(chance, firms),
        _capitals(chance, count),
        _scopes(chance, count),
        _where(chance, SLIPPED, "SMITH", pa.array(PROVINCES).take(pa.array(place))),
        _some(chance, [f"{word}市" for word in names.FIRST], count),
        pc.binary_join_element_wise("乌有路", pa.array(chance.integers(1, 2000, count)).cast(pa.string()), "号", ""),
    ]
    lines = pc.binary_join_element_wise(pc.binary_join_element_wise(*cells, ","), "\n", "")
    at = np.arange(count)
    again = chance.random(count) < AGAIN
    at[again] = (at[again] * chance.random(int(again.sum()))).astype(np.int64)
    return lines.take(pa.array(at))


def _written(chance: np.random.Generator, codes: pa.Array) -> pa.Array:
    """The codes as they stand in the file: nearly all right."""
    last = pc.utf8_slice_codeunits(codes, 17)
    wrong = pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(codes, 0, 17), pc.if_else(pc.equal(last, "1"), "2", "1"), ""
    )
    codes = _where(chance, BAD_CHECK, wrong, codes)
    return _where(chance, CODELESS, "N/A", _where(chance, LOWER, pc.utf8_lower(codes), codes))


def _heads(chance: np.random.Generator, firms: pa.Array) -> pa.Array:
    """Who represents each: a person, now and then a firm of the same file, or nobody."""
    people = generate_names.people(chance, len(firms))
    others = firms.take(pa.array(chance.integers(0, len(firms), len(firms))))
    return _where(chance, HEADLESS, '"N/A"', _where(chance, FIRM_HEADS, others, people))


def _capitals(chance: np.random.Generator, count: int) -> pa.Array:
    """Amounts as registers write them, between quotes."""
    words = [f'"{n:,}(万元人民币)"' for n in (1, 3, 10, 50, 100, 200, 500, 1000, 1200, 5000, 20_000, 61_127)]
    amounts = [f'"{n:,}(万元人民币)"' for n in range(1, 20_000, 7)]
    common = _where(chance, 0.7, _some(chance, words, count), _some(chance, amounts, count))
    return _where(chance, 0.02, '"N/A"', common)


def _scopes(chance: np.random.Generator, count: int) -> pa.Array:
    """What the bodies do, some eighty characters."""
    parts: list[pa.Array] = []
    for _ in range(6):
        parts += [_some(chance, names.TRADES.split(), count), _some(chance, WORDS, count)]
    return pc.binary_join_element_wise(*parts, "；")


def _days(chance: np.random.Generator, count: int) -> np.ndarray:
    return np.datetime64("1995-01-01") + chance.integers(0, 10_000, count).astype("timedelta64[D]")


def _some(chance: np.random.Generator, words: Sequence[str], count: int) -> pa.Array:
    return pa.array(words).take(pa.array(chance.integers(0, len(words), count)))


def _where(chance: np.random.Generator, share: float, these: pa.Array | str, others: pa.Array | str) -> pa.Array:
    """The first in a share of the rows, the second in the rest."""
    count = len(next(values for values in (these, others) if not isinstance(values, str)))
    return pc.if_else(pa.array(chance.random(count) < share), these, others)


def main(argv: Sequence[str] | None = None) -> None:
    """Make one and say how large it is."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.generate_register", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--to", type=Path, required=True, help="folder of the file")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(argv)
    started = time.perf_counter()
    path = make(options.to, options.rows, options.seed)
    seconds = time.perf_counter() - started
    print(f"{path}: {options.rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB, {seconds:.1f} s")


if __name__ == "__main__":
    main()
