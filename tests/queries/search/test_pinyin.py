"""How names sound, and how typed letters are cut: readings bounded, nothing runs away."""

from __future__ import annotations

import time

import pytest

from queries.search.pinyin import CUTS, READINGS, beginning, cuts, fits, letters, readings, sounds


@pytest.mark.parametrize(
    ("character", "some"),
    [
        ("重", {"chong", "zhong"}), ("长", {"chang", "zhang"}), ("乐", {"le", "yue"}), ("曾", {"zeng", "ceng"}),
        ("单", {"dan", "shan"}), ("会", {"hui", "kuai"}),
            ("仇", {"chou", "qiu"}), ("吕", {"lv"}), ("略", {"lve"}), ("臺", {"tai"}),
        ("A", {"a"}), ("9", {"9"}), ("司", {"si"}),
    ],
)  # fmt: skip
def test_readings(character: str, some: set[str]) -> None:
    assert some <= set(readings(character))
    assert len(readings(character)) <= READINGS


@pytest.mark.parametrize("character", ["(", "·", " ", "-", "", "é", "☃"])
def test_what_has_no_sound(character: str) -> None:
    assert readings(character) == () if character else sounds("") == ()


def test_a_name_without_chinese_has_no_sound() -> None:
    assert sounds("ACME CO., LTD") == ()
    assert len(sounds("乌有(集团)A")) == 5


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("wenqu", ("wen", "qu")), ("wyswq", tuple("wyswq")), ("xian", ("xian",)), ("xian", ("xi", "an")),
        ("xi'an", ("xi", "an")), ("wenqush", ("wen", "qu", "sh")), ("wenqsw", ("wen", "q", "s", "w")),
        ("zgsh", ("z", "g", "sh")), ("nvwa", ("nv", "wa")), ("a", ("a",)),
    ],
)  # fmt: skip
def test_cuts(typed: str, read: tuple[str, ...]) -> None:
    assert read in cuts(typed)


def test_an_apostrophe_ends_a_syllable() -> None:
    assert ("xian",) not in cuts("xi'an")


@pytest.mark.parametrize(
    ("typed", "read"),
    [("Wú Yǒu", ""), ("WúYǒu", "wuyou"), ("lǚ", "lv"), ("LÜ", "lv"), ("问qu", ""), ("12", ""), ("", ""), ("'", "")],
)
def test_letters(typed: str, read: str) -> None:
    assert letters(typed) == read


@pytest.mark.parametrize("typed", ["an" * 50, "q" * 100, "shi" * 33, "x" * 99 + "v", "'" * 100, "a'" * 50, "iuv" * 30])
def test_long_input_is_cut_quickly_and_in_few_ways(typed: str) -> None:
    began = time.perf_counter()
    assert len(cuts(letters(typed))) <= CUTS
    assert time.perf_counter() - began < 0.5


def test_only_the_last_piece_may_be_unfinished() -> None:
    assert fits("xi", ("xian",), last=True)
    assert not fits("xi", ("xian",), last=False)
    assert fits("x", ("xian",), last=False)
    assert not fits("w", ("xian",), last=True)
    assert "zhang" in beginning("zh")


@pytest.mark.parametrize(
    ("character", "dead"), [("市", "fu"), ("王", "yu"), ("丁", "zheng"), ("司", "ci"), ("大", "tai")]
)
def test_readings_that_nobody_means_are_left_out(character: str, dead: str) -> None:
    assert dead not in readings(character)
