"""Personal numbers are never readable; what is public stays. All numbers are made up or specimens."""

from __future__ import annotations

import pytest

from graph.mask import holds_personal_number, mask_code, mask_contact, mask_id, mask_phone, scrub

SPECIMEN = "11010519491231002X"


def test_resident_number_keeps_region_and_last_two() -> None:
    assert mask_id(SPECIMEN) == "110105**********2X"
    assert mask_id("110105 19491231 002x") == "110105**********2X"
    assert mask_id("110105491231002") == "110105*******02"


def test_a_half_masked_number_is_masked_further() -> None:
    assert mask_id("1101051949****002X") == "110105**********2X"
    assert scrub("被执行人王测试，1101051949****002X") == "被执行人王测试,110105**********2X"


@pytest.mark.parametrize(("number", "shown"), [("E12345678", "E******78"), ("12345", "*****"), ("", "")])
def test_other_documents(number: str, shown: str) -> None:
    assert mask_id(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800138000", "138******00"),
        ("+86 138-0013-8000", "138******00"),
        ("0759-3300123", "075******23"),
        ("110", "***"),
    ],
)
def test_phones(number: str, shown: str) -> None:
    assert mask_phone(number) == shown


def test_contacts() -> None:
    assert mask_contact("phone", "13800138000") == "138******00"
    assert mask_contact("email", "wang.test@example.cn") == "w***@example.cn"
    assert mask_contact("address", "测试路1号") == "测试路1号"


@pytest.mark.parametrize(
    "text",
    [
        f"身份证{SPECIMEN}",
        "号码:110105-19491231-002x;",
        "１１０１０５１９４９１２３１００２Ｘ",
        "旧证110105491231002",
        "电话13800138000。",
        "+86 138 0013 8000",
        "护照E12345678",
        "通行证H0123456789",
    ],
)
def test_scrub_hides_personal_numbers_in_text(text: str) -> None:
    shown = scrub(text)
    assert "*" in shown
    assert not any(hidden in shown for hidden in ("19491231", "491231", "00138", "0138000", "345678", "234567"))


@pytest.mark.parametrize(
    "text",
    [
        "91350203M0001QAY9B",
        "911999010000000000",
        "注册号441800000000014",
        "罚款13800138000元",
        "注册资本 ¥13800138000",
        "cn_listed/持股.csv:13",
        "（2020）粤0800执1234号",
        "2019-01-01 至 2020-01-01",
        "王伟（深圳）",
    ],
)
def test_scrub_leaves_everything_else_as_it_was(text: str) -> None:
    assert scrub(text) == text


def test_codes_of_organisations_stay_but_not_a_person_in_their_place() -> None:
    assert mask_code("51441800000000019M") == "51441800000000019M"
    assert mask_code(SPECIMEN) == "110105**********2X"


def test_ids_must_not_hold_a_personal_number() -> None:
    assert holds_personal_number(f"p:{SPECIMEN}")
    assert holds_personal_number("p-110105491231003")
    assert not holds_personal_number("p:110105**********2X")
    assert not holds_personal_number("51441800000000019M")
    assert not holds_personal_number("reg:441800000000014")
    assert not holds_personal_number("reg:110105491231002")  # a right registration number with a day in it
