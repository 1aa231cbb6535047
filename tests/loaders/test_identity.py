"""Who is who: what joins two rows, and above all what does not."""

from __future__ import annotations

from typing import Any

import pandas as pd

from graph.identifiers import resident_id, uscc
from loaders.facts import table
from loaders.identity import Known, Resolution, resolve

A = "51441800000000019M"
BAD = "91350203M0001QAY9B"  # in public use, and its check digit fails
PERSON = "99999919800101123"


def person_number() -> str:
    return next(PERSON + c for c in "0123456789X" if resident_id(PERSON + c).valid)


def org(id_: str, name: str, **more: str) -> dict[str, str]:
    return {"id": id_, "kind": "enterprise", "name": name, "record": f"s:{id_}", **more}


def person(id_: str, name: str, **more: str) -> dict[str, str]:
    return {"id": id_, "kind": "person", "name": name, "record": f"s:{id_}", **more}


def nodes(*rows: dict[str, str], known: Known | None = None, origin: str = "package") -> Resolution:
    return resolve(_table(rows), known or Known(), origin)


def _table(rows: tuple[dict[str, str], ...]) -> pd.DataFrame:
    return table("subjects", list(rows))


def same(*rows: dict[str, Any]) -> set[frozenset[str]]:
    """The groups of row ids that mean one node."""
    found = nodes(*rows)
    groups: dict[str, set[str]] = {}
    for local, node in found.ids.items():
        groups.setdefault(node, set()).add(local)
    return {frozenset(g) for g in groups.values()}


def test_the_same_valid_code_is_one_subject_under_the_first_id() -> None:
    found = nodes(org("a", "甲公司", uscc=A), org("b", "甲公司（旧称）", uscc=A.lower()))
    assert found.ids == {"a": "a", "b": "a"}
    assert found.aliases == [("b", "a")]


def test_the_same_full_number_is_one_person() -> None:
    number = person_number()
    assert same(person("p", "王一", id_number=number), person("q", "王一", id_number=number.lower())) == {
        frozenset({"p", "q"})
    }


def test_the_type_of_a_number_may_be_given_in_our_word_or_the_sources_own() -> None:
    number = person_number()
    ours = person("p", "王一", id_number=number, id_type="resident_id")
    theirs = person("q", "王一", id_number=number, id_type="居民身份证")
    assert same(ours, theirs) == {frozenset({"p", "q"})}


def test_a_code_with_a_failed_check_digit_joins_only_with_the_same_name() -> None:
    assert not uscc(BAD).valid
    assert same(org("a", "甲公司", uscc=BAD), org("b", "甲公司", uscc=BAD)) == {frozenset({"a", "b"})}
    assert same(org("a", "甲公司", uscc=BAD), org("b", "乙公司", uscc=BAD)) == {frozenset("a"), frozenset("b")}


def test_a_repeated_character_code_never_joins() -> None:
    zeros = "0" * 18
    assert same(org("a", "甲公司", uscc=zeros), org("b", "甲公司", uscc=zeros)) == {frozenset("a"), frozenset("b")}


def test_masked_numbers_never_join() -> None:
    mask = "4401************12"
    assert same(person("p", "刘某", id_number=mask), person("q", "刘某", id_number=mask)) == {
        frozenset("p"),
        frozenset("q"),
    }


def test_equal_names_of_people_never_join() -> None:
    assert same(
        org("a", "甲公司"), person("p", "王一", within="a"), org("b", "乙公司"), person("q", "王一", within="b")
    ) == {
        frozenset("a"),
        frozenset("b"),
        frozenset("p"),
        frozenset("q"),
    }


def test_one_name_in_one_organisation_is_one_person() -> None:
    rows = (org("a", "甲公司"), person("p", "王一", within="a"), person("q", "王一", within="a"))
    assert nodes(*rows).ids == {"a": "a", "p": "王一@a", "q": "王一@a"}


def test_the_organisation_of_a_name_may_come_after_it_in_the_file() -> None:
    assert nodes(person("p", "王一", within="a"), org("a", "甲公司")).ids["p"] == "王一@a"


def test_a_person_of_an_unknown_organisation_is_refused() -> None:
    assert "zz" in nodes(person("p", "王一", within="zz")).refused[0]


def test_a_full_name_finds_its_only_bearer_whatever_the_order() -> None:
    held = org("h", "甲集团有限公司", named_only="1")
    entry = org("a", "甲集团有限公司", uscc=A)
    assert nodes(held, entry).ids["h"] == nodes(entry, held).ids["h"] == "a"


def test_a_full_name_with_two_bearers_finds_neither() -> None:
    rows = (
        org("a", "甲公司", uscc=A),
        org("b", "甲公司", uscc="12441800000000027H"),
        org("h", "甲公司", named_only="1"),
    )
    assert same(*rows) == {frozenset("a"), frozenset("b"), frozenset("h")}


def test_a_name_loaded_first_becomes_the_register_entry_that_comes_later() -> None:
    known = Known()
    first = nodes(org("h", "甲集团有限公司", named_only="1"), known=known)
    later = nodes(org("a", "甲集团有限公司", uscc=A), known=known)
    assert later.ids["a"] == first.ids["h"]


def test_a_name_loaded_first_stays_alone_when_two_entries_bear_it() -> None:
    known = Known()
    first = nodes(org("h", "甲公司", named_only="1"), known=known)
    later = nodes(org("a", "甲公司", uscc=A), org("b", "甲公司", uscc="12441800000000027H"), known=known)
    assert first.ids["h"] not in later.ids.values()


def test_an_id_taken_by_another_identity_is_refused() -> None:
    known = Known()
    nodes(org("a", "甲公司", uscc=A), known=known)
    found = nodes(org("a", "乙公司", uscc="12441800000000027H"), known=known)
    assert "已属于另一主体" in found.refused[0]


def test_an_id_twice_in_a_file_with_other_content_is_refused_and_the_same_is_one() -> None:
    found = nodes(org("a", "甲公司"), org("a", "乙公司"), org("a", "甲公司"))
    assert set(found.refused) == {1}
    assert found.repeats == 1


def test_a_row_whose_codes_belong_to_two_subjects_is_refused() -> None:
    number = person_number()
    known = Known()
    nodes(org("a", "甲公司", uscc=A), person("p", "王一", id_number=number), known=known)
    found = nodes(person("x", "王一", uscc=A, id_number=number), known=known)
    assert "分属不同主体" in found.refused[0]


def test_a_full_name_never_leads_to_an_entry_no_register_has() -> None:
    """A supplier that is called like a body on a foreign list is not that body."""
    foreign = org("ofac:1", "SUNRISE TRADING CO., LTD")
    supplier = org("h", "Sunrise Trading Co., Ltd", named_only="1")
    assert same(foreign, supplier) == {frozenset({"ofac:1"}), frozenset("h")}


def test_another_source_cannot_take_an_id_for_somebody_else() -> None:
    known = Known()
    nodes(org("1", "甲公司"), person("p", "张三"), known=known)
    found = nodes(org("1", "乙公司"), org("p", "张三贸易公司"), known=known, origin="other")
    assert "名称不同" in found.refused[0]
    assert "类型不同" in found.refused[1]


def test_another_source_may_speak_of_the_same_id_under_the_same_or_a_former_name() -> None:
    known = Known()
    nodes(org("1", "甲公司", aliases="老甲公司"), org("2", "乙公司", uscc=A), known=known)
    found = nodes(org("1", "老甲公司"), org("2", "乙集团", uscc=A), known=known, origin="other")
    assert found.ids == {"1": "1", "2": "2"}
    assert not found.refused


def test_a_source_may_rename_its_own_subject_but_not_change_its_kind() -> None:
    known = Known()
    nodes(org("1", "甲公司"), known=known)
    assert nodes(org("1", "甲集团"), known=known).ids == {"1": "1"}
    assert "类型不同" in nodes(person("1", "甲公司"), known=known).refused[0]
