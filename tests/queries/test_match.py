"""The matching ladder: who a row means, and who it must never be taken to mean."""

from __future__ import annotations

import pytest

from graph.store import Store
from queries.applicants import applicant, duplicates
from queries.match import Level, Match, match_all, same_region
from tests.queries.tiny import firm, person, relate

CODE, CODE_2 = "91999999MA00000154", "91999999MA0000023Y"
BAD_CODE = "91999999MA00000155"  # check digit should be 4
ID, ID_2 = "999999199003070020", "999999198506120013"
BAD_ID = "999999199003070021"


def one(store: Store, **fields: str) -> Match:
    return match_all(store, [applicant(2, fields)])[0]


def found(match: Match) -> tuple[str, str | None, list[str]]:
    subject = match.subject["id"] if match.subject else None
    return str(match.level), subject, [c["id"] for c in match.candidates]


def test_code_settles_it_whatever_its_width_and_case(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    match = one(store, name="甲（有限）公司", uscc="９１９９９９９９ma 0000 0154")
    assert found(match) == ("USCC", "A", [])
    assert match.warnings == ("name_differs",)
    assert found(one(store, uscc=CODE)) == ("USCC", "A", [])
    assert one(store, uscc=CODE).certain


def test_former_name_with_the_right_code_is_no_difference(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE, aliases=["老甲有限公司"])
    match = one(store, name="老甲有限公司", uscc=CODE)
    assert (match.warnings, match.certain) == ((), True)


def test_right_code_with_another_name_is_not_certain(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    match = one(store, name="乙有限公司", uscc=CODE)
    assert (found(match), match.warnings, match.certain) == (("USCC", "A", []), ("name_differs",), False)


def test_failed_check_digit_needs_the_name_too(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=BAD_CODE)
    agreed = one(store, name="甲有限公司", uscc=BAD_CODE)
    assert (found(agreed), agreed.warnings, agreed.certain) == (("USCC", "A", []), ("bad_check",), True)
    alone = one(store, uscc=BAD_CODE)
    assert (found(alone), alone.certain) == (("USCC", "A", []), False)
    assert found(one(store, name="乙有限公司", uscc=BAD_CODE)) == ("NONE", None, [])


@pytest.mark.parametrize("code", ["000000000000000000", "111111111111111111", "不详"])
def test_placeholder_codes_match_nobody(store: Store, code: str) -> None:
    firm(store, "A", "甲有限公司", uscc=code)
    match = one(store, uscc=code)
    assert (found(match), match.warnings) == (("NONE", None, []), ("not_uscc",))


def test_unique_full_or_former_name(store: Store) -> None:
    firm(store, "A", "甲（集团）有限公司", aliases=["甲厂"])
    firm(store, "B", "乙有限公司")
    assert found(one(store, name="甲(集团)有限公司")) == ("NAME_UNIQUE", "A", [])
    assert found(one(store, name="甲厂")) == ("NAME_UNIQUE", "A", [])
    assert not one(store, name="甲厂").certain


def test_part_of_a_name_or_another_legal_form_is_no_match(store: Store) -> None:
    firm(store, "A", "甲股份有限公司")
    assert [one(store, name=n).level for n in ("甲有限公司", "甲", "甲股份")] == [Level.NONE] * 3


def test_namesakes_are_candidates_never_one_of_them(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    firm(store, "B", "新甲有限公司", uscc=CODE_2, aliases=["甲有限公司"])
    assert found(one(store, name="甲有限公司")) == ("NAME_ONLY", None, ["A", "B"])
    assert found(one(store, name="甲有限公司", uscc=CODE_2)) == ("USCC", "B", [])


def test_unique_name_with_somebody_elses_code_is_not_taken(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    match = one(store, name="甲有限公司", uscc=CODE_2)
    assert (found(match), match.warnings) == (("NAME_ONLY", None, ["A"]), ("number_differs",))


def test_unique_name_with_a_mistyped_code_is_taken_but_not_certain(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    match = one(store, name="甲有限公司", uscc=BAD_CODE)
    assert (found(match), match.certain) == (("NAME_UNIQUE", "A", []), False)
    assert match.warnings == ("bad_check",)


def test_legal_representative_tells_namesake_firms_apart_but_settles_nothing(store: Store) -> None:
    firm(store, "A", "甲有限公司")
    firm(store, "B", "甲有限公司", region="999999")
    person(store, "张三@A", "张三")
    relate(store, "张三@A", "LEGAL_REP", "A")
    assert found(one(store, name="甲有限公司", LEGAL_REP="李四；张三")) == ("NAME_ORG", None, ["A"])
    assert found(one(store, name="甲有限公司", LEGAL_REP="李四")) == ("NAME_ONLY", None, ["A", "B"])
    assert found(one(store, name="甲有限公司", region="999900")) == ("NAME_REGION", None, ["B"])


def test_full_number_settles_a_person_15_digits_as_well(store: Store) -> None:
    person(store, "p", "张三", id_number=ID)
    person(store, "q", "张三", id_number=ID_2)
    assert found(one(store, person_name="张三", id_number=ID)) == ("EXACT", "p", [])
    assert found(one(store, name="张三", id_number="999999900307002")) == ("EXACT", "p", [])
    assert one(store, person_name="张三", id_number=ID).certain


def test_full_number_of_another_name_is_not_certain(store: Store) -> None:
    person(store, "p", "张三", id_number=ID)
    match = one(store, person_name="李四", id_number=ID)
    assert (found(match), match.warnings, match.certain) == (("EXACT", "p", []), ("name_differs",), False)


def test_number_with_a_wrong_check_digit_and_another_name_is_nobody(store: Store) -> None:
    person(store, "p", "张三", id_number=BAD_ID)
    assert found(one(store, person_name="张三", id_number=BAD_ID)) == ("EXACT", "p", [])
    assert found(one(store, person_name="李四", id_number=BAD_ID)) == ("NONE", None, [])


def test_same_digits_on_another_document_are_another_number(store: Store) -> None:
    person(store, "p", "张三", id_number="E12345678", id_type="护照")
    person(store, "q", "李四", id_number="12345678", id_type="台湾居民来往大陆通行证")
    assert found(one(store, person_name="张三", id_number="E12345678")) == ("EXACT", "p", [])
    assert found(one(store, person_name="王五", id_number="12345678", id_type="其他")) == ("NONE", None, [])


def test_masked_number_lists_candidates_and_how_many_numbers_fit(store: Store) -> None:
    person(store, "p", "刘某", id_number="9999************20")
    person(store, "q", "刘某", id_number=ID)
    person(store, "r", "刘某", id_number=ID_2)  # ends in 13: another person
    person(store, "s", "李某", id_number="9999************20")  # another name
    match = one(store, person_name="刘某", id_number="9999************20")
    assert found(match) == ("MASK_CONSISTENT", None, ["p", "q"])
    assert match.possible is not None
    assert match.possible > 1_000_000
    assert not match.certain


def test_full_number_against_a_masked_record_is_never_exact(store: Store) -> None:
    person(store, "p", "张三", id_number="999999********0020")
    match = one(store, person_name="张三", id_number=ID)
    assert found(match) == ("MASK_CONSISTENT", None, ["p"])
    assert match.possible in range(2_000, 3_000)


def test_namesake_with_another_number_is_not_even_a_candidate(store: Store) -> None:
    person(store, "p", "张三", id_number=ID_2)
    assert found(one(store, person_name="张三", id_number=ID)) == ("NONE", None, [])
    assert found(one(store, person_name="张三", id_number="999999****03070020")) == ("NONE", None, [])


def test_person_known_inside_the_organisation_named(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    firm(store, "B", "乙有限公司")
    for org in ("A", "B"):
        person(store, f"张三@{org}", "张三")
        relate(store, f"张三@{org}", "DIRECTOR", org)
    assert found(one(store, person_name="张三", role_of="甲有限公司")) == ("NAME_ORG", None, ["张三@A"])
    assert found(one(store, person_name="张三", role_of=CODE)) == ("NAME_ORG", None, ["张三@A"])
    assert found(one(store, person_name="张三")) == ("NAME_ONLY", None, ["张三@A", "张三@B"])


def test_bare_name_of_one_person_is_still_only_a_name(store: Store) -> None:
    person(store, "p", "张三", id_number=ID)
    match = one(store, name="张三")
    assert (found(match), match.certain) == (("NAME_ONLY", None, ["p"]), False)


def test_person_is_not_found_as_a_firm_nor_a_firm_as_a_person(store: Store) -> None:
    person(store, "p", "海天")
    firm(store, "A", "长江")
    assert found(one(store, person_name="长江")) == ("NONE", None, [])
    assert found(one(store, name="长江")) == ("NAME_UNIQUE", "A", [])
    assert found(one(store, name="海天", uscc=CODE)) == ("NONE", None, [])


def test_many_bearers_are_counted_and_cut(store: Store) -> None:
    for n in range(15):
        person(store, f"p{n:02}", "张三")
    match = one(store, person_name="张三")
    assert (len(match.candidates), match.total) == (10, 15)


def test_a_list_is_matched_in_order_in_one_go(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    person(store, "p", "张三", id_number=ID)
    rows: list[dict[str, str]] = [
        {"name": "丙有限公司"},
        {"uscc": CODE},
        {"person_name": "张三", "id_number": ID},
    ]
    matches = match_all(store, [applicant(n, row) for n, row in enumerate(rows, start=2)])
    assert [found(m)[:2] for m in matches] == [("NONE", None), ("USCC", "A"), ("EXACT", "p")]


def test_row_of_an_organisation_says_that_the_person_beside_it_was_not_screened(store: Store) -> None:
    match = one(store, name="甲有限公司", person_name="张三")
    assert match.warnings == ("person_not_screened",)


def test_duplicates_are_the_same_subject_in_the_same_lot() -> None:
    rows: list[dict[str, str]] = [
        {"uscc": CODE, "name": "甲"},
        {"uscc": CODE.lower(), "name": "甲有限公司"},
        {"uscc": CODE, "lot": "二标段"},
        {"name": "乙（集团）公司"},
        {"name": "乙(集团)公司"},
        {"person_name": "张三", "id_number": "9999************20"},
        {"person_name": "张三", "id_number": "9999************13"},
    ]
    assert duplicates([applicant(n, row) for n, row in enumerate(rows)]) == {1: 0, 4: 3}


def test_the_same_firm_with_other_people_is_another_question() -> None:
    rows = [applicant(n, {"uscc": CODE, "LEGAL_REP": name}) for n, name in ((2, "张三"), (3, "李四"), (4, "张三"))]
    assert duplicates(rows) == {4: 2}


def test_query_shows_names_and_no_numbers_of_people() -> None:
    asked = applicant(
        2,
        {
            "person_name": "张三",
            "id_number": ID,
            "LEGAL_REP_ID": ID_2,
            "phone": "13800001234",
            "account": "6222020000001234567",
        },
    )
    shown = asked.query()
    assert shown["person_name"] == "张三"
    assert not [value for value in shown.values() if value in asked.fields.values() and value != "张三"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("999900", "999999", True), ("999999", "999999", True), ("990000", "999999", False), ("", "", False),
        ("999999", "999998", False), ("某市", "某市某区", True), ("某市", "他市", False),
    ],
)  # fmt: skip
def test_regions(one: str, other: str, same: bool) -> None:
    assert same_region(one, other) is same
