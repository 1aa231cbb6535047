"""The sample city: made again it is the same, its numbers are right, and everything golden.yaml names is there."""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from openpyxl import load_workbook

from examples import generate
from graph.errors import InputError
from graph.identifiers import personal_id, registration_number, resident_id, uscc
from graph.vocabulary import list_types
from loaders.assemble import combined
from loaders.checks import checked
from loaders.city import credit, register
from loaders.facts import Facts
from loaders.sheet import read_sheet
from loaders.sources import recognise

EXAMPLES = Path(generate.__file__).parent
CITY = EXAMPLES / "city"
GOLDEN = yaml.safe_load((CITY / "golden.yaml").read_text(encoding="utf-8"))
DEMO = yaml.safe_load((EXAMPLES / "demo.yaml").read_text(encoding="utf-8"))


@cache
def city() -> dict[str, bytes]:
    return generate.city()


@cache
def facts() -> Facts:
    """Everything of the city, as the load reads and checks it."""
    return checked(combined(found.read(GOLDEN["as_of"]) for found in recognise([CITY])))


def cells(content: bytes) -> list[tuple[Any, ...]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def cases() -> dict[str, dict[str, Any]]:
    return {case["case"]: case for case in GOLDEN["cases"]}


def who(case: str, label: str) -> str:
    """The id of somebody in a case."""
    return str(cases()[case]["subjects"][label]["id"])


def listed(subject: str) -> set[tuple[str, str, str]]:
    """List, day and ground of a subject's listings; a person's by the number."""
    ids = known(subject)
    rows = facts().listings
    found = rows[rows["subject"].isin(ids)][["list", "listed_on", "ground"]]
    return set(found.itertuples(index=False, name=None))


def known(subject: str) -> set[str]:
    """Every id under which the files speak of a subject: the same code, number, or full name."""
    people = facts().subjects
    row = people[people["id"] == subject].iloc[0]
    same = people["id"] == subject
    if row["id_number"] and "*" not in row["id_number"]:
        number = personal_id(row["id_number"]).value
        same |= people["id_number"].map(lambda text: bool(text) and personal_id(text).value == number)
    if row["kind"] != "person":
        same |= (people["named_only"] == "1") & (people["name"] == row["name"])
    return set(people[same]["id"])


def joined(kind: str, source: str, target: str) -> set[tuple[str, str, str]]:
    """Ratio, since and until of the relations of that kind between two."""
    rows = facts().relations
    here = (rows["type"] == kind) & rows["source"].isin(known(source)) & rows["target"].isin(known(target))
    return set(rows[here][["ratio", "since", "until"]].itertuples(index=False, name=None))


def test_the_same_seed_gives_the_same_bytes_and_another_one_does_not() -> None:
    assert generate.city() == city()
    assert generate.city(1)["city/entities/people.csv"] != city()["city/entities/people.csv"]


def test_the_committed_files_are_what_the_generator_makes() -> None:
    made = {path: content for path, content in city().items() if not path.endswith(".xlsx")}
    assert {path for path, content in made.items() if (EXAMPLES / path).read_bytes() != content} == set()
    for sheet in ("city/applicants.xlsx", "city/bidders.xlsx"):
        assert cells((EXAMPLES / sheet).read_bytes()) == cells(city()[sheet])


def test_there_are_no_other_files_and_they_are_small() -> None:
    held = {p.relative_to(EXAMPLES).as_posix() for d in ("city", "refused") for p in (EXAMPLES / d).rglob("*.*")}
    assert held | {"demo.yaml"} == set(city())
    assert sum(len(content) for content in city().values()) < 1_000_000


def test_the_readme_tells_the_cases_of_golden_yaml() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert generate.readme(text) == text
    assert all(f"| {case} |" in text for case in cases())


def test_every_file_of_the_data_belongs_to_a_source() -> None:
    found = recognise([EXAMPLES / folder for folder in DEMO["load"]])
    assert [f.source.name for f in found] == ["city_register", "city_credit", "package"]
    assert not [w for f in found for w in f.warnings]


def test_codes_and_numbers_are_right_and_of_no_real_region() -> None:
    subjects = facts().subjects
    codes = [code for code in subjects["uscc"] if code]
    wrong = {code for code in codes if not uscc(code).valid}
    assert wrong == {"91999999MA90010010"}
    assert {code[2:8] for code in codes} == {"999999"}
    numbers = [n for n in subjects["id_number"] if n and "*" not in n]
    assert all(resident_id(n).valid and n.startswith("999999") for n in numbers)
    assert {n[:4] for n in subjects["id_number"] if n} == {"9999"}
    assert all(registration_number(n).valid for n in subjects["reg_no"] if n)
    assert len(numbers) > 400


def test_two_people_never_share_a_number_and_no_id_holds_one() -> None:
    subjects = facts().subjects.query("kind == 'person' and id_number != ''")
    full = subjects[~subjects["id_number"].str.contains(r"\*")]
    names = full.groupby(full["id_number"].map(lambda n: personal_id(n).value))["name"].nunique()
    assert set(names) == {1}
    held = "|".join(full["id_number"])
    assert not facts().subjects["id"].str.contains(held).any()


def test_namesakes_are_there_on_purpose_only() -> None:
    everybody = facts().subjects.query("kind == 'person'")
    numbers: Counter[str] = Counter()
    for name, number in {(r["name"], r["id_number"][:6] + r["id_number"][-4:]) for _, r in everybody.iterrows()}:
        numbers[name] += bool(number)
    assert {name for name, count in numbers.items() if count > 1} == {"王听雪", "俞伯温"}  # 俞: 15 and 18 digits


def test_every_list_states_its_basis_in_the_words_of_the_vocabulary() -> None:
    listings = facts().listings
    known_lists = list_types()
    assert {(r["list"], r["basis"]) for _, r in listings.iterrows()} == {
        (code, known_lists[code].basis) for code in set(listings["list"])
    }
    assert len(set(listings["list"])) > 25


def test_the_bad_rows_are_rejected_and_no_others() -> None:
    found = {(f"{r.file}", r.reason) for r in facts().rejected}
    for expected in GOLDEN["rejected"]:
        matching = {f for f in found if f[0] == expected["file"] and expected["why"] in f[1]}
        assert len(matching) == 1, expected
        found -= matching
    assert found == set()


def test_everybody_golden_yaml_names_is_in_the_data_under_that_id_and_name() -> None:
    named = [s for case in GOLDEN["cases"] for s in case["subjects"].values()]
    named += [s for structure in GOLDEN["structures"] for s in structure["subjects"]]
    here = set(facts().subjects[["id", "name"]].itertuples(index=False, name=None))
    assert {(s["id"], s["name"]) for s in named if "id" in s} <= here
    assert {s["name"] for s in named} <= {name for _, name in here}
    assert set(cases()) >= {"1", "2a", "2b", "2c", "2d", *map(str, range(3, 6)), "7", "7b", *map(str, range(8, 15))}


def test_files_named_by_the_cases_exist() -> None:
    assert {f for case in GOLDEN["cases"] for f in case["files"] if not (CITY / f).exists()} == set()


def test_case_1_one_head_of_a_defaulter_and_of_another_firm() -> None:
    assert ("SXBZXR", "2026-02-10", "4") in listed(who("1", "A"))
    assert joined("LEGAL_REP", who("1", "张"), who("1", "A")) == {("", "2019-03-01", "")}
    assert joined("LEGAL_REP", who("1", "张"), who("1", "B")) == {("", "2021-06-18", "")}
    assert listed(who("1", "张")) == set()


def test_case_2_heads_before_and_after_the_listing() -> None:
    named = facts().listing_names
    ids = known(who("2a", "张"))
    assert set(named[named["subject"].isin(ids)]["role"]) == {"被限制消费人员"}
    assert joined("LEGAL_REP", who("2a", "张"), who("2a", "A")) == {("", "2018-05-01", "2025-11-30")}
    assert not named["subject"].isin(known(who("2b", "张"))).any()
    assert joined("LEGAL_REP", who("2c", "张"), who("2c", "A")) == {("", "2017-02-10", "2026-03-01")}
    assert joined("LEGAL_REP", who("2d", "周"), who("2c", "A")) == {("", "2026-03-01", "")}
    allowed = facts().exemptions
    kinds = set(allowed[allowed["subject"].isin(known(who("2c-准许", "张")))]["kind"])
    assert kinds == {"lifted"}


def test_case_3_to_5_people_and_their_dates() -> None:
    assert listed(who("3", "李")) == {("SXBZXR", "2025-10-09", "own_debt")}
    assert listed(who("3", "李乙")) == {("SXBZXR", "2025-10-16", "1")}
    assert joined("SUPERVISOR", who("3", "李"), who("3", "C")) == {("", "2017-05-08", "")}
    assert listed(who("4", "D")) == {("DXYZ", "2024-01-10", "illegal")}
    assert listed(who("4", "对照")) == {("DXYZ", "2025-05-20", "no_report")}
    assert ("SWD", "2025-08-01", "") in listed(who("5", "F"))
    zhao = who("5", "赵")
    assert joined("FOUNDER", zhao, who("5", "G")) == {("", "2025-09-01", "")}
    assert joined("FOUNDER", zhao, who("5", "H")) == {("", "2020-01-01", "")}
    assert joined("LEGAL_REP", zhao, who("5", "J")) == {("", "2025-09-15", "")}
    assert joined("LEGAL_REP", zhao, who("5", "起始不明")) == {("", "", "")}
    assert joined("DIRECT_RESPONSIBLE", zhao, who("5", "F")) == {("", "2022-01-01", "")}


def test_case_6_and_7_holdings() -> None:
    whole = {("1", "", "")}
    assert joined("SHAREHOLDER", who("6b", "X"), who("6b", "Y")) == whole
    assert joined("SHAREHOLDER", who("6e", "X"), who("6e", "W")) == whole
    assert joined("SHAREHOLDER", who("6e", "W"), who("6e", "Y")) == whole
    assert joined("SHAREHOLDER", who("6e", "X"), who("6e", "Y")) == set()
    assert joined("SHAREHOLDER", who("6f", "X"), who("6f", "Y")) == {("0.5", "", "")}
    assert joined("MANAGES", who("6g", "X"), who("6g", "Y")) == {("", "2004-11-11", "")}
    assert joined("LEGAL_REP", who("6a", "陈"), who("6a", "X")) != joined("LEGAL_REP", who("6a", "陈"), who("6b", "X"))
    assert joined("SHAREHOLDER", who("7", "国资委"), who("7", "甲")) == whole
    assert joined("SHAREHOLDER", who("7b", "集团"), who("7b", "乙")) == {("0.85", "", "")}
    rows = facts().subjects
    assert set(rows[rows["name"] == "陈同名"]["within"]) == {who("6d", "X"), who("6d", "Y")}


def test_case_8_to_13() -> None:
    named = facts().listing_names
    assert set(named[named["subject"].isin(known(who("8", "钱")))]["role"]) == {"项目负责人"}
    assert not named["subject"].isin(known(who("8", "控股股东"))).any()
    over = facts().listings.query("list == 'YZWF'")
    assert set(over[over["subject"] == who("9", "K")][["removed_on", "state"]].itertuples(index=False, name=None)) == {
        ("2026-05-01", "repaired")
    }
    masked = facts().subjects.query("name == '刘眠云'")
    assert set(masked["id_number"]) == {"9999************12"}
    assert {who("10", "刘甲"), who("10", "刘乙")} <= set(masked["id"])
    assert joined("KIN", who("11", "父"), who("11", "孙")) == {("", "", "")}
    assert listed(who("11", "孙")) == set()
    assert listed(who("12", "M")) == {("SXBZXR", "2026-03-05", "3")}
    assert listed(who("12", "L")) == set()
    assert listed(who("13", "N")) == {("JYYC", "2026-04-01", "")}


def test_case_14_is_refused() -> None:
    refused = recognise([EXAMPLES / "refused"])
    with pytest.raises(InputError, match="法律依据"):
        refused[0].read()
    assert refused[0].source.name == "city_credit"


def test_the_guarantee_company_has_more_than_200_relations_and_the_walls_are_marked() -> None:
    structures = {s["name"]: [x["id"] for x in s["subjects"]] for s in GOLDEN["structures"]}
    (hub,) = structures["不越过的枢纽（关系超过 200）"]
    rows = facts().relations
    until = rows["until"].astype(str)
    active = rows[(until == "") | (until > GOLDEN["as_of"])]
    assert ((active["source"] == hub) | (active["target"] == hub)).sum() > 200
    (wall,) = structures["不传导的国有投资人"]
    package = pd.read_csv(CITY / "supplement" / "subjects.csv", dtype=str, keep_default_na=False)
    assert set(package[package["conducts"] == "false"]["id"]) == {wall}
    shared = structures["集群注册地址（一个 Contact 数十家企业）"]
    addresses = facts().contacts.query("kind == 'address'").set_index("subject")["value"]
    assert addresses[shared].nunique() == 1
    assert 20 < (addresses == addresses[shared[0]]).sum() < 100


def test_holdings_go_round_and_guarantees_too() -> None:
    structures = {s["name"]: [x["id"] for x in s["subjects"]] for s in GOLDEN["structures"]}
    ring = structures["循环持股"]
    ratios = [joined("SHAREHOLDER", a, b) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    assert ratios == [{("0.6", "", "")}, {("0.4", "", "")}, {("0.3", "", "")}]
    ring = structures["担保圈"]
    assert all(joined("GUARANTEES", a, b) for a, b in zip(ring, ring[1:] + ring[:1], strict=True))


def test_the_sheets_are_understood_and_their_dirty_rows_are_there() -> None:
    sheet = read_sheet(CITY / "applicants.xlsx")
    assert not sheet.rejected
    assert not sheet.warnings
    rows = [dict(row.fields) for row in sheet.rows]
    codes = [row["uscc"] for row in rows if "uscc" in row]
    assert sum(not uscc(code).valid for code in codes) == 1
    assert sum("uscc" not in row and "name" in row for row in rows) == 3
    assert sum("person_name" in row for row in rows) == 6
    nominee = next(row for row in rows if row.get("role") == "董事")
    assert nominee["role_of"] == who("4", "E")
    bidders = read_sheet(CITY / "bidders.xlsx")
    assert not bidders.rejected
    assert len({row.fields["lot"] for row in bidders.rows}) == 10


def test_the_city_has_the_size_the_readme_says() -> None:
    entities = register.read(sorted((CITY / "entities").glob("*.csv")), "")
    organisations = entities.subjects.query("kind != 'person' and named_only == ''")
    assert 300 <= len(organisations) <= 330
    assert 400 <= len(entities.subjects.query("kind == 'person'")) <= 450
    records = credit.read(sorted((CITY / "records").glob("*.csv")), "")
    assert 170 <= len(records.listings) <= 190


def test_nobody_bears_a_real_region_or_a_real_city_in_the_name() -> None:
    names = facts().subjects.query("kind != 'person'")["name"]
    assert set(names.map(lambda name: re.match("乌有市|大荒|衡准", name) is not None)) == {True}
