"""The made-up register: the same bytes for the same seed, fictional, and odd only as far as it says."""

from __future__ import annotations

from pathlib import Path

from bench import generate_register
from graph.identifiers import uscc
from loaders import cn_register

ROWS = 5_000


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, again, other = (
        generate_register.make(tmp_path / name, ROWS, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first.read_bytes() == again.read_bytes() != other.read_bytes()


def test_every_row_is_read_and_few_are_odd(tmp_path: Path) -> None:
    path = generate_register.make(tmp_path, ROWS)
    found = cn_register.read([path], "")
    bodies = found.subjects[(found.subjects["within"] == "") & (found.subjects["named_only"] == "")]
    assert len(bodies) + len(found.rejected) == ROWS
    assert len(found.rejected) < ROWS / 100
    codes = [uscc(text) for text in bodies["uscc"].astype(object) if text]
    assert all(code.formed and code.value[2:6] == "9999" for code in codes)  # of no region there is
    assert 0 < sum(not code.valid for code in codes) < ROWS / 100
    assert [w.partition("：")[0] for w in found.warnings] == [
        "没有代码",
        "统一社会信用代码校验位不符",
        "登记记录重复，已合并",
    ]
