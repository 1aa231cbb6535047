"""The flat layout of OpenSanctions: subjects, lists, and what is none. All made up."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from loaders import opensanctions
from loaders.facts import Facts

COLUMNS = [
    "id", "schema", "name", "aliases", "birth_date", "countries", "addresses", "identifiers", "sanctions",
    "phones", "emails", "program_ids", "dataset", "first_seen", "last_seen", "last_change",
]  # fmt: skip
BASE = {"id": "T-1", "schema": "Company", "name": "Test Ltd", "dataset": "Ukraine War and Sanctions"}


def facts(folder: Path, *rows: dict[str, str]) -> Facts:
    path = folder / "test.targets.simple.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows({**BASE, **row} for row in rows)
    return opensanctions.read([path], "")


@pytest.mark.parametrize(
    ("dataset", "code"),
    [("Ukraine War and Sanctions", "UA_WAR"), ("Some Other List", "OTHER_FOREIGN"), ("", "OTHER_FOREIGN")],
)
def test_the_data_set_says_the_list(tmp_path: Path, dataset: str, code: str) -> None:
    listing = facts(tmp_path, {"dataset": dataset, "program_ids": "T-WS"}).listings.iloc[0]
    assert (listing["id"], listing["list"], listing["subject"]) == (f"{code}:T-1", code, "os:T-1")
    assert (listing["doc_no"], listing["state"], listing["listed_on"]) == ("T-WS", "listed", "")
    assert listing["basis"]


def test_subjects(tmp_path: Path) -> None:
    found = facts(
        tmp_path,
        {"aliases": "Test;测试公司", "identifiers": "IMO123;91999999MA00000154"},
        {"id": "T-2", "schema": "LegalEntity", "identifiers": "91999999MA00000155"},
        {"id": "T-3", "schema": "Person", "name": "Ann Test", "birth_date": "1970-01-02"},
    )
    frame = found.subjects
    assert set(zip(frame["id"], frame["kind"], frame["form"], frame["uscc"], strict=True)) == {
        ("os:T-1", "enterprise", "", "91999999MA00000154"),
        ("os:T-2", "enterprise", "foreign", ""),
        ("os:T-3", "person", "", ""),
    }
    assert frame["aliases"].tolist() == ["Test;测试公司", "", ""]
    assert "1970" not in frame.to_csv() + found.listings.to_csv()


def test_things_are_rejected_by_kind(tmp_path: Path) -> None:
    found = facts(
        tmp_path,
        {"schema": "Vessel"},
        {"id": "T-2", "schema": "CryptoWallet"},
        {"id": "T-3"},
        {"name": "", "id": "T-4"},
    )
    assert {(r.line, r.reason) for r in found.rejected} == {
        (2, "Vessel 不是信用主体"),
        (3, "CryptoWallet 不是信用主体"),
        (5, "缺少编号或名称"),
    }
    assert set(found.subjects["id"]) == {"os:T-3"}


def test_reasons_over_several_lines_are_one_line_and_the_next_record_is_right(tmp_path: Path) -> None:
    found = facts(
        tmp_path,
        {"sanctions": '"First\nline.";"Second"'},
        {"id": "T-2", "sanctions": '""'},
        {"id": "T-3", "sanctions": "长" * 900},
    )
    assert found.listings["reason"].tolist()[:2] == ['First line.";"Second', ""]
    assert len(found.listings["reason"].tolist()[2]) == 500
    assert [r.rpartition(":")[2] for r in found.listings["record"]] == ["2", "4", "5"]
