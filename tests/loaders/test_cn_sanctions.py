"""China's lists on foreign parties: which list, which dates, who is one with whom. All made up."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.vocabulary import list_types
from loaders import cn_sanctions
from loaders.facts import Facts

COLUMNS = [
    "Type", "QID", "Name", "Alias", "Chinese name", "Country", "Topics", "Summary", "Chinese summary", "Body",
    "List", "Date", "End date", "Source URL", "Address",
]  # fmt: skip
BASE = {
    "Type": "Company",
    "Name": "Test Arms, Inc.",
    "Topics": "sanction.counter",
    "Body": "Ministry of Foreign Affairs",
    "List": "AFSL",
    "Date": "05.12.2024",
    "Source URL": "https://example.cn/1",
}


def facts(folder: Path, *rows: dict[str, str]) -> Facts:
    path = folder / "cn_sanctions.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows({**BASE, **row} for row in rows)
    return cn_sanctions.read([path], "")


@pytest.mark.parametrize(
    ("list_", "topics", "body", "code"),
    [
        ("UEL", "sanction.counter", "Ministry of Commerce", "CN_UEL"),
        ("List of Export Controls", "export.control", "Ministry of Commerce", "CN_EXPORT"),
        ("Export Control Watch List", "export.control", "Ministry of Commerce", "CN_EXPORT"),
        ("AFSL", "sanction.counter", "Ministry of Foreign Affairs", "CN_COUNTER"),
        ('Diehard "Taiwan Independence" Separatists', "sanction", "Taiwan Affairs Office", "CN_COUNTER"),
        ("Decision on Countermeasures against anybody", "sanction", "", "CN_COUNTER"),
        ("", "sanction.counter", "Ministry of Foreign Affairs", "CN_COUNTER"),
        ("", "export.control", "Ministry of Commerce", "CN_EXPORT"),
        ("", "sanction", "Taiwan Affairs Office of the State Council", "CN_COUNTER"),
    ],
)
def test_which_list(tmp_path: Path, list_: str, topics: str, body: str, code: str) -> None:
    listing = facts(tmp_path, {"List": list_, "Topics": topics, "Body": body}).listings.iloc[0]
    assert (listing["list"], listing["basis"]) == (code, list_types()[code].basis)
    assert listing["authority"]


@pytest.mark.parametrize(("list_", "topics"), [("A new list", "sanction.counter"), ("", "sanction"), ("", "")])
def test_a_list_nobody_knows_is_rejected_and_counted(tmp_path: Path, list_: str, topics: str) -> None:
    found = facts(tmp_path, {"List": list_, "Topics": topics, "Body": ""})
    assert found.listings.empty
    assert found.subjects.empty
    assert [r.line for r in found.rejected] == [2]


def test_dates_of_both_kinds_and_an_end(tmp_path: Path) -> None:
    found = facts(tmp_path, {"Date": "13.07.20"}, {"Date": "13.08.2025", "End date": "24.04.2026"})
    frame = found.listings
    assert set(zip(frame["listed_on"], frame["removed_on"], frame["state"], strict=True)) == {
        ("2020-07-13", "", "listed"),
        ("2025-08-13", "2026-04-24", "revoked"),
    }


def test_dates_that_are_none_are_said(tmp_path: Path) -> None:
    found = facts(tmp_path, {"Date": ""}, {"Date": "soon", "End date": "never"})
    assert set(found.listings["state"]) == {"listed"}
    assert {w.partition("：")[0] for w in found.warnings} == {
        "没有列入日期",
        "列入日期无法识别",
        "移出日期无法识别，按仍在列处理",
    }


def test_a_body_on_several_lists_is_one_subject_with_all_its_names(tmp_path: Path) -> None:
    found = facts(
        tmp_path,
        {"List": "UEL", "Alias": "TA;Test"},
        {"List": "AFSL", "Chinese name": "测试军工公司"},
        {"Name": "TEST ARMS,  INC.", "List": "List of Export Controls"},
    )
    assert len(found.subjects) == 1
    subject = found.subjects.iloc[0]
    assert (subject["name"], subject["kind"], subject["form"]) == ("测试军工公司", "enterprise", "foreign")
    assert subject["aliases"].split(";") == ["Test Arms, Inc.", "TEST ARMS, INC.", "TA", "Test"]
    assert set(found.listings["list"]) == {"CN_UEL", "CN_COUNTER", "CN_EXPORT"}
    assert set(found.listings["subject"]) == {subject["id"]}


def test_people_of_one_name_are_one_only_with_the_same_number(tmp_path: Path) -> None:
    person = {"Type": "Person", "Name": "Ann Test"}
    found = facts(
        tmp_path,
        {**person, "QID": "Q9"},
        {**person, "QID": "Q9", "Date": "01.01.2025"},
        person,
        {**person, "Date": "01.01.2025"},
    )
    assert len(found.subjects) == 3
    assert set(found.subjects["kind"]) == {"person"}
    assert len(found.listings) == 4


def test_ids_do_not_depend_on_where_the_row_stands(tmp_path: Path) -> None:
    one = facts(tmp_path, {"List": "UEL"}, {"Name": "Other"})
    other = facts(tmp_path, {"Name": "Other"}, {"List": "UEL"})
    assert set(one.subjects["id"]) == set(other.subjects["id"])
    assert set(one.listings["id"]) == set(other.listings["id"])


def test_a_repeated_entry_counts_once(tmp_path: Path) -> None:
    found = facts(tmp_path, {}, {})
    assert len(found.listings) == 1
    assert any("重复，已合并：1 行" in warning for warning in found.warnings)


def test_a_suspended_measure_has_events(tmp_path: Path) -> None:
    found = facts(tmp_path, {"Summary": "Countermeasures suspended for one year from 10 November 2025 (Order 7)."})
    assert set(zip(found.events["state"], found.events["on"], strict=True)) == {
        ("suspended", "2025-11-10"),
        ("listed", "2026-11-10"),
    }
    assert set(found.events["listing"]) == set(found.listings["id"])


def test_nobody_is_rejected(tmp_path: Path) -> None:
    assert [r.reason for r in facts(tmp_path, {"Name": ""}).rejected] == ["缺少名称"]


def test_missing_columns_stop_the_load(tmp_path: Path) -> None:
    path = tmp_path / "cn_sanctions.csv"
    path.write_text("Type,Name\nCompany,Test\n")
    with pytest.raises(InputError, match="缺少列"):
        cn_sanctions.read([path], "")
