"""The SDN layout: what becomes a subject and a listing, and what must not. All made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.vocabulary import list_types
from loaders import ofac_sdn
from loaders.facts import Facts

NULLS = ",-0- " * 7


def facts(folder: Path, *rows: str) -> Facts:
    path = folder / "ofac_sdn_2030-01-02.csv"
    path.write_bytes("\r\n".join([*rows, "\x1a"]).encode())
    return ofac_sdn.read([path], "")


def row(number: str, name: str, kind: str = "-0- ", program: str = "TEST", remarks: str = "-0- ") -> str:
    return f'{number},"{name}",{kind},"{program}"{NULLS},"{remarks}"'


def test_a_body_with_a_code_is_joined_by_it(tmp_path: Path) -> None:
    remarks = "Website www.example.cn; Unified Social Credit Code (USCC) 91999999ma00000154 (China); a.k.a. 'TST'."
    found = facts(tmp_path, row("90001", "TEST TRADING CO., LTD", remarks=remarks))
    subject = found.subjects.iloc[0]
    assert (subject["id"], subject["uscc"], subject["kind"], subject["form"]) == (
        "ofac:90001",
        "91999999MA00000154",
        "enterprise",
        "",
    )
    assert (subject["name"], subject["aliases"], subject["named_only"]) == ("TEST TRADING CO., LTD", "TST", "")


def test_a_body_without_a_code_is_foreign_and_stands_alone(tmp_path: Path) -> None:
    found = facts(tmp_path, row("90002", "TEST BANK"), row("90003", "TEST BANK"))
    assert set(found.subjects["id"]) == {"ofac:90002", "ofac:90003"}
    assert set(found.subjects["form"]) == {"foreign"}


def test_people_keep_their_names_and_nothing_else(tmp_path: Path) -> None:
    remarks = "DOB 01 Jan 1970; Passport E12345678 (China); National ID No. 11010519491231002X; a.k.a. 'A LI'."
    found = facts(tmp_path, row("90004", "TEST, Li", "individual", remarks=remarks))
    subject = found.subjects.iloc[0]
    assert (subject["kind"], subject["name"], subject["aliases"]) == ("person", "TEST, Li", "Li TEST;A LI")
    kept = found.subjects.to_csv() + found.listings.to_csv()
    assert not any(secret in kept for secret in ("1970", "12345678", "11010519491231002X"))


def test_the_listing(tmp_path: Path) -> None:
    listing = facts(tmp_path, row("90005", "TEST CO", program="NPWMD] [IFSR")).listings.iloc[0]
    assert (listing["id"], listing["subject"], listing["list"]) == ("OFAC_SDN:90005", "ofac:90005", "OFAC_SDN")
    assert listing["basis"] == list_types()["OFAC_SDN"].basis != ""
    assert (listing["reason"], listing["state"], listing["listed_on"]) == ("NPWMD；IFSR", "listed", "")
    assert listing["record"] == f"{tmp_path.name}/ofac_sdn_2030-01-02.csv:1"


def test_vessels_and_aircraft_are_rejected_one_by_one(tmp_path: Path) -> None:
    found = facts(tmp_path, row("1", "TEST SHIP", "vessel"), row("2", "T-EST", "aircraft"), row("3", "TEST CO"))
    assert {(r.line, r.reason) for r in found.rejected} == {
        (1, "船舶或航空器，不是信用主体"),
        (2, "船舶或航空器，不是信用主体"),
    }
    assert set(found.listings["subject"]) == {"ofac:3"}


def test_broken_rows_are_rejected(tmp_path: Path) -> None:
    found = facts(tmp_path, row("x", "TEST CO"), row("4", "-0- "), "5,too short", row("6", "TEST CO"))
    assert {r.line for r in found.rejected} == {1, 2, 3}
    assert len(found.subjects) == 1


def test_a_code_with_a_failed_check_digit_is_a_warning(tmp_path: Path) -> None:
    found = facts(tmp_path, row("7", "T", remarks="Unified Social Credit Code (USCC) 91999999MA00000155 (China)."))
    assert found.subjects["uscc"].tolist() == ["91999999MA00000155"]
    assert any("校验位不符：1 行" in warning for warning in found.warnings)


def test_a_release_of_no_bytes_stops_the_load(tmp_path: Path) -> None:
    path = tmp_path / "ofac_sdn_2030-02-03.csv"
    path.write_bytes(b"")
    with pytest.raises(InputError, match="0 字节"):
        ofac_sdn.read([path], "")
