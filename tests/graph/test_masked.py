"""Masks of personal numbers: what can be the same number, and how many numbers remain."""

from __future__ import annotations

import itertools

import pytest

from graph.identifiers import resident_id
from graph.masked import agree, is_masked, possible_numbers

FULL = "999999199003070020"


@pytest.mark.parametrize(
    "mask",
    ["999999********0020", "999999****03070020", "9999991990****0020", "999***19900307**20", "＊" * 17 + "0"],
)
def test_a_mask_agrees_with_the_number_it_hides(mask: str) -> None:
    assert is_masked(mask)
    assert agree(mask, FULL)
    assert agree(FULL, mask)


@pytest.mark.parametrize(
    "mask", ["999999********0021", "999998********0020", "9999991991****0020", "9999**", "*" * 18, ""]
)
def test_a_mask_that_shows_another_number_does_not(mask: str) -> None:
    assert not agree(mask, FULL)


def test_two_masks_agree_only_if_one_number_fits_both() -> None:
    assert agree("999999********0020", "9999991990****0***")
    # Together they show every position, and the check digit of that number is another one.
    assert not agree("999999********0021", "99999919900307002*")


def test_no_impossible_birth_day() -> None:
    assert not agree("999999199002**0020", "9999991990**310020")


def test_old_number_of_15_positions_agrees_with_its_18() -> None:
    assert agree("999999900307002", FULL)
    assert agree("999999******002", FULL)
    assert not agree("999999800307002", FULL)


@pytest.mark.parametrize("mask", ["9999991990030700**", "9999991990030*0020", "99*999199003070020", FULL])
def test_count_equals_enumeration(mask: str) -> None:
    blanks = itertools.product("0123456789X", repeat=mask.count("*"))
    filled = {"".join(next(it) if c == "*" else c for c in mask) for b in blanks for it in [iter(b)]}
    assert possible_numbers(mask) == len({n for n in filled if resident_id(n).valid})


def test_published_estimates() -> None:
    assert possible_numbers("4401021980****1234") in range(30, 37)
    assert possible_numbers("440102********1234") in range(2_400, 2_600)
    assert possible_numbers("4401************12") > 20_000_000


def test_other_documents_count_ten_a_digit() -> None:
    assert possible_numbers("E12345***") == 1000
    assert agree("E12345***", "E12345678")
    assert not agree("E12345***", "E12344678")
