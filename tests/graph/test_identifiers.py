"""Vectors are those of the domain facts; all people and firms here are made up."""

from __future__ import annotations

import random

import pytest

from graph import identifiers
from graph.identifiers import identify, is_repeated, kind_form_from_uscc, personal_id, resident_id, uscc
from graph.vocabulary import FORMS, Kind

CHARSET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def reference_check(body: str) -> str:
    """GB 32100 written out: 31 less the weighted sum mod 31, where 31 wraps to 0."""
    total = sum(CHARSET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return CHARSET[(31 - total % 31) % 31]


@pytest.mark.parametrize("code", ["51441800000000019M", "12441800000000027H", "11440000000000035R"])
def test_published_vectors_are_valid(code: str) -> None:
    assert uscc(code).valid
    assert not uscc(code[:-1] + ("0" if code[-1] != "0" else "1")).valid


def test_check_value_31_wraps_to_0() -> None:
    bodies = (f"9199999900000{i:04d}" for i in range(9999))
    wrapped = next(b for b in bodies if reference_check(b) == "0")
    assert uscc(wrapped + "0").valid


def test_uscc_agrees_with_the_standard_on_random_codes() -> None:
    dice = random.Random(1)
    for _ in range(300):
        body = dice.choice("159ANY") + "1999999" + "".join(dice.choices(CHARSET, k=9))
        assert uscc(body + reference_check(body)).valid
        wrong = CHARSET[(CHARSET.index(reference_check(body)) + 1) % 31]
        assert not uscc(body + wrong).valid


def test_a_failed_check_digit_is_a_warning_and_keeps_its_form() -> None:
    code = uscc("91350203M0001QAY9B")
    assert (code.valid, code.formed, code.why) == (False, True, "统一社会信用代码校验位不符")


@pytest.mark.parametrize("text", ["９１350203m0001qay9b", " 91350203-M0001QAY9-B ", "91350203\u200bM0001 QAY9B"])
def test_width_case_spaces_and_dashes_do_not_matter(text: str) -> None:
    assert uscc(text).value == "91350203M0001QAY9B"


@pytest.mark.parametrize("text", ["", "N/A", "91350203M0001QAY9", "91350203I0001QAY9B", "Z1350203M0001QAY9B"])
def test_what_is_not_a_uscc_is_not_formed(text: str) -> None:
    assert not uscc(text).formed


@pytest.mark.parametrize(
    "text",
    ["000000000000000000", "111111111111111111", "0" * 17 + "X", "９９９９９９９９９９９９９９９９９９"],
)
def test_repeated_characters_never_identify(text: str) -> None:
    assert is_repeated(text)
    assert not uscc(text).formed
    assert not resident_id(text).formed
    assert identify(text) is None


def test_a_code_with_few_different_characters_is_not_repeated() -> None:
    assert not is_repeated("919999990000000000")


def test_organisation_code() -> None:
    assert identifiers.organisation_code("00000001-9").valid  # 11 - 2 mod 11
    assert not identifiers.organisation_code("00000001-2").valid  # the sum itself, a common mistake
    assert not identifiers.organisation_code("000000000").formed


def test_registration_numbers() -> None:
    assert identifiers.registration_number("441800000000014").valid
    assert not identifiers.registration_number("441800000000015").valid
    assert identifiers.registration_number("4418000000001").valid  # 13 digits carry no check digit
    assert not identifiers.registration_number("44180000000001").formed


def test_resident_id_vector() -> None:
    assert resident_id("11010519491231002x") == identifiers.Code("resident_id", "11010519491231002X", True)
    assert not resident_id("110105194912310021").valid
    assert resident_id("110105194912310021").formed


@pytest.mark.parametrize("text", ["11010519490231002X", "110105299912310020", "11010519491331002X", "110105490231002"])
def test_an_impossible_birth_day_is_not_an_identity_number(text: str) -> None:
    assert not resident_id(text).formed


def test_fifteen_digits_become_the_eighteen_of_the_same_person() -> None:
    assert resident_id("110105491231002").value == "11010519491231002X"
    assert resident_id("110105491231002").valid


def test_documents_need_their_shape() -> None:
    assert personal_id("e12345678").kind == "passport"
    assert personal_id("H0123456789").kind == "hk_macao_permit"
    assert personal_id("12345678", "台湾居民来往大陆通行证").kind == "taiwan_permit"
    assert not personal_id("12345678").formed  # eight bare digits may be anything
    assert personal_id("11010519491231002X", "居民身份证").valid
    assert personal_id("11010519491231002X", "111").valid
    assert not personal_id("E12345678", "身份证").formed
    assert personal_id("粤民证字第1号").kind == "other_id"


def test_identify_tells_people_from_organisations() -> None:
    kinds = {
        "11010519491231002X": "resident_id",
        "911124198108030024": "resident_id",  # the published specimen of the 2023 card for foreigners
        "51441800000000019M": "uscc",
        "441800000000014": "reg_no",
        "110105491231003": "resident_id",
        "110105491231002": "reg_no",  # it is both; registration numbers are far more common
        "00000001-9": "org_code",
        "E12345678": "passport",
    }
    assert {t: c.kind for t in kinds if (c := identify(t))} == kinds
    assert identify("广东奋勇有限公司") is None


def test_kind_and_form_by_registration_department() -> None:
    expected = {
        "11": (Kind.GOVERNMENT, ""),
        "12": (Kind.INSTITUTION, "public_institution"),
        "13": (Kind.SOCIAL_ORG, "mass_org"),
        "31": (Kind.ENTERPRISE, "law_firm"),
        "51": (Kind.SOCIAL_ORG, "other"),
        "52": (Kind.SOCIAL_ORG, "other"),
        "91": (Kind.ENTERPRISE, ""),
        "92": (Kind.ENTERPRISE, "individual_business"),
        "93": (Kind.ENTERPRISE, "cooperative"),
    }
    assert {p: kind_form_from_uscc(p + "99999900000001X0"[:16]) for p in expected} == expected
    every = [kind_form_from_uscc(a + b + "99999900000001X0") for a in "123456789ANY" for b in "12345679A"]
    assert {form for _, form in every} <= {"", *FORMS}


def test_kind_of_no_code_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a USCC"):
        kind_form_from_uscc("N/A")
