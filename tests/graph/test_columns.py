"""Columns give back what was put in, in the order of the values, whatever the values are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.columns import Column, Gatherer, Kind, Texts, smallest


def column(kind: Kind, values: list[Any], order: list[int] | None = None) -> Column:
    """A column of these values, written as a file would hold it and read again."""
    gatherer = Gatherer(kind)
    gatherer.take(values)
    made = gatherer.column(np.array(range(len(values)) if order is None else order, dtype=np.int64))
    return Column.read(kind, made.arrays)


RECORDS = [
    "r.csv:1204", "r.csv:7", "r.csv:0", "r.csv:007", "r.csv:00", "r.csv", "", "42", "0", "a:999999999", "a:1000000000",
    "a:123456789012345678901234567890", "a:4294967295", "a:٣", "a:12３", "a1b2", "记录：9", None,
]  # fmt: skip


def test_records_of_every_shape_come_back() -> None:
    made = column("record", RECORDS)
    assert [made.at(row) for row in range(len(RECORDS))] == RECORDS


def test_a_million_lines_of_one_file_are_one_value() -> None:
    made = column("record", [f"r.csv:{n}" for n in range(1000)])
    assert list(made.values) == ["r.csv:"]
    assert made.numbers is not None
    assert made.numbers.nbytes == 4000


@settings(max_examples=50, deadline=None)
@given(st.lists(st.none() | st.text(st.characters(codec="utf-8"), max_size=6), max_size=30))
def test_any_text_comes_back_and_codes_compare_as_code_points_do(values: list[str | None]) -> None:
    for kind in ("text", "record"):
        made = column(kind, values)
        assert [made.at(row) for row in range(len(values))] == values
    made = column("text", values)
    codes = [0] * len(values) if made.codes is None else made.codes.tolist()
    for code, value in zip(codes, values, strict=True):
        assert (code == 0) == (value is None)
        for other_code, other in zip(codes, values, strict=True):
            if value is not None and other is not None:
                assert (code < other_code) == (value < other)


def test_rows_stand_in_the_order_asked_for() -> None:
    made = column("text", ["c", "a", None, "b"], [1, 3, 0, 2])
    assert [made.at(row) for row in range(4)] == ["a", "b", "c", None]


def test_numbers_flags_and_lists_come_back() -> None:
    numbers = [0.5, None, 0.0, 1.0, -3.25, 1e-12, 12345678901.5]
    made = column("number", numbers)
    assert [made.at(row) for row in range(7)] == numbers
    flags = column("flag", [True, None, False])
    assert [flags.at(row) for row in range(3)] == [True, None, False]
    lists = column("list", [["2025-01-01 listed a", "2025-02-01 suspended b"], [], None, ["one"]])
    assert [lists.at(row) for row in range(4)] == [
        ["2025-01-01 listed a", "2025-02-01 suspended b"], None, None, ["one"],
    ]  # fmt: skip


def test_what_nobody_has_takes_no_room() -> None:
    for kind in ("text", "number", "flag", "record", "list"):
        made = column(kind, [None, None])
        assert made.codes is None
        assert [made.at(row) for row in range(2)] == [None, None]
    assert column("text", []).codes is None


@pytest.mark.parametrize(("distinct", "width"), [(254, 1), (255, 1), (256, 2), (65_535, 2), (65_536, 4), (70_000, 4)])
def test_codes_are_as_wide_as_the_values_need(distinct: int, width: int) -> None:
    values = [f"v{n:06}" for n in range(distinct)]
    made = column("text", values[::-1])
    assert made.codes is not None
    assert made.codes.dtype.itemsize == width
    assert [made.at(row) for row in (0, distinct // 2, distinct - 1)] == [
        values[-1], values[distinct - 1 - distinct // 2], values[0],
    ]  # fmt: skip
    assert smallest(distinct)(distinct) == distinct


def test_days_are_compared_by_code() -> None:
    days = ["2020-01-01", None, "2021-06-30", "2020-01-01", "2024-02-29"]
    made = column("text", days)
    assert made.codes is not None
    for asked in ("2019-12-31", "2020-01-01", "2020-01-02", "2024-02-29", "9999-12-31"):
        begun = [day is None or day <= asked for day in days]
        assert (made.codes <= made.rank_le(asked)).tolist() == begun
    assert made.code("2021-06-30") == made.codes[2]
    assert made.code("2021-07-01") == -1


def test_what_a_mask_makes_equal_is_one_value() -> None:
    gatherer = Gatherer("text", lambda value: value[:2] + "**")
    gatherer.take(["ab12", "ab34", None, "cd56"])
    made = gatherer.column(np.arange(4))
    assert [made.at(row) for row in range(4)] == ["ab**", "ab**", None, "cd**"]
    assert list(made.values) == ["ab**", "cd**"]


def test_texts_are_found_by_bisection() -> None:
    known = sorted(["a", "b", "ÿ", "中", "￿", "𠀀", "é"])
    texts = Texts.of(known)
    assert list(texts) == known == [texts[n] for n in range(len(texts))]
    assert [texts.find(text) for text in known] == list(range(len(known)))
    assert texts.find("c") == texts.find("") == texts.find("𠀁") == -1
    assert Texts.of(()).find("a") == -1
