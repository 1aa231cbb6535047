"""n years and n months from a day, as the contract counts them."""

from __future__ import annotations

import pytest

from graph.days import days_between, months_on, years_on


@pytest.mark.parametrize(
    ("day", "years", "end"),
    [
        ("2024-01-10", 3, "2027-01-10"),
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2023-02-28", 1, "2024-02-28"),
        ("2026-06-01", -3, "2023-06-01"),
        ("2024-02-29", -1, "2023-02-28"),
    ],
)
def test_years_end_on_the_same_day_or_the_months_last(day: str, years: int, end: str) -> None:
    assert years_on(day, years) == end


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", 3, "2026-06-30"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-15", 12, "2027-12-15"),
        ("2026-05-31", -3, "2026-02-28"),
    ],
)
def test_months_too(day: str, months: int, end: str) -> None:
    assert months_on(day, months) == end


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        years_on("2025-02-29", 1)


def test_days_between_counts_days_and_of_a_moment_only_its_day() -> None:
    assert days_between("2026-02-28", "2026-03-01") == 1
    assert days_between("2026-06-01", "2026-06-01T23:59:59") == 0
    assert days_between("2026-06-02", "2026-06-01") == -1
