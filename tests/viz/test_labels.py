"""Labels fit their box, and drop the legal form only where that harms nobody."""

from __future__ import annotations

import pytest

from viz.labels import LINE_WIDTH, clip, score, share, short_name, width, wrap


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("青川宏远建设工程有限公司", "青川宏远建设工程"),
        ("青川恒通路桥股份有限公司", "青川恒通路桥"),
        ("临江宏远市政养护有限责任公司", "临江宏远市政养护"),
        ("青川宏远建设工程有限公司临江分公司", "青川宏远建设工程临江分公司"),
        ("信脉有限公司（香港）", "信脉（香港）"),
        ("有限公司", "有限公司"),
        ("张明远", "张明远"),
        ("青川市有限公司协会", "青川市有限公司协会"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    "name",
    [
        "青川宏远",
        "青川城乡产业引导基金合伙企业（有限合伙）",
        "Orient Star Engineering (Singapore) Pte. Ltd.",
        "很长" * 90,
        "👨‍👩‍👧" * 30,
        "A" * 80,
    ],
)
def test_no_line_is_wider_than_the_card(name: str) -> None:
    lines = wrap(name)
    assert 1 <= len(lines) <= 2
    assert all(0 < width(line) <= LINE_WIDTH for line in lines)


def test_a_line_does_not_break_inside_a_legal_form_or_a_composed_emoji() -> None:
    assert wrap("青川宏远建设工程有限公司临江分公司")[1].startswith("有限公司")
    assert not any(line.startswith("\u200d") or line.endswith("\u200d") for line in wrap("👨‍👩‍👧" * 8))


def test_what_is_cut_says_so() -> None:
    assert wrap("很长的名称" * 9)[-1].endswith("…")
    assert clip("短", 4) == "短"


def test_numbers() -> None:
    assert [share(r) for r in (None, 0.0, 0.3333, 1.0, 0.05)] == ["", "0%", "33.33%", "100%", "5%"]
    assert [score(s) for s in (0.81, 0.999, 1.0, 0.05)] == ["0.81", "0.99", "1.00", "0.05"]
