"""The sample city's applicants in six scenarios: the decisions written down in `examples/expected`, and golden.yaml."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from examples import generate
from graph.store import Store
from loaders.load import LoadOptions, load
from loaders.sheet import read_sheet
from queries.applicants import Applicant, applicant
from queries.findings import findings
from queries.scenarios import scenario, scenarios
from queries.screen import screen
from tests.queries.law.asking import stop_clock

EXAMPLES = Path(generate.__file__).parent
CITY, EXPECTED = EXAMPLES / "city", EXAMPLES / "expected"
DAY = "2026-06-01"
# Cases of golden.yaml that findings answer; lots, related parties and possible identities are asked for otherwise.
ASKED = ("1", "2a", "2b", "2c", "2d", "3", "4", "5", "8")
SIX = ("civil_service", "credit", "fiscal", "market_entry", "procurement", "tender_mandatory")


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((EXPECTED / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def applicants() -> list[Applicant]:
    return [applicant(row.row, row.fields, row.notes) for row in read_sheet(CITY / "applicants.xlsx").rows]


def city(store: Store, rejected: Path) -> None:
    folders = [CITY / name for name in ("entities", "records", "supplement")]
    load(store, folders, LoadOptions(snapshot=DAY, rejects=rejected))


def test_city_is_decided_as_written_down(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch, DAY)
    city(store, tmp_path)
    wrong = [line for name in SIX for line in differences(store, name)]
    assert not wrong, "\n".join(wrong)
    what_golden_yaml_expects(store)
    what_golden_yaml_forbids(store)


def differences(store: Store, name: str) -> list[str]:
    """Every row that is decided otherwise, or on other grounds."""
    expected, wrong = read(name)["rows"], []
    results = screen(store, applicants(), scenario(name), {"as_of": DAY}).to_json()["results"]
    assert [r["row"] for r in results] == list(expected)
    for result in results:
        row = expected[result["row"]]
        told = Counter((f["class"], f["rule"], f["list"], f["target"]["name"], f["effect"]) for f in result["findings"])
        wanted = Counter((f["class"], f["rule"], f["list"], f["target"], f["effect"]) for f in row["findings"])
        if (result["decision"], told) != (row["decision"], wanted):
            wrong.append(
                f"{name} {result['row']} {row['applicant']}: {result['decision']} for {row['decision']}; "
                f"missing {dict(wanted - told)}, too much {dict(told - wanted)}"
            )
    return wrong


def golden() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((CITY / "golden.yaml").read_text(encoding="utf-8"))["cases"]
    return found


def what_golden_yaml_expects(store: Store) -> None:
    """Each finding the story promises is found on the subject it is promised for."""
    promised = [(case["case"], e) for case in golden() if case["case"] in ASKED for e in case["expect"]]
    assert len(promised) > 10
    for case, expected in promised:
        found = {(str(f.cls), f.rule, f.list) for f in findings(store, expected["id"], as_of=DAY).findings}
        wanted = expected.get("rule")
        fitting = {f for f in found if f[0] == expected["class"] and wanted in (None, f[1], f[2])}
        assert fitting, f"case {case}: {expected['name']} should have {expected['class']} {wanted}, has {found}"


def what_golden_yaml_forbids(store: Store) -> None:
    """The firms the story keeps free are blocked nowhere, and its people are not called what they are not."""
    by_case = {case["case"]: case["subjects"] for case in golden()}
    for case, label in (("1", "B"), ("3", "C"), ("5", "H"), ("13", "N")):
        id = by_case[case][label]["id"]
        for code, profile in scenarios().items():
            blocked = [f.rule for f in findings(store, id, profile, as_of=DAY).findings if f.effect.value == "block"]
            assert not blocked, f"{id} in {code}"
    for case, label in (("1", "张"), ("2a", "张"), ("2c", "张"), ("2d", "周")):
        told = by_case[case][label]
        for found in findings(store, told["id"], as_of=DAY).findings:
            assert f"{told['name']} 列于失信被执行人" not in found.text
            assert found.list != "SXBZXR" or str(found.cls) != "LISTED_SELF"
    shareholder = by_case["8"]["控股股东"]["id"]
    assert {str(f.cls) for f in findings(store, shareholder, as_of=DAY).findings} == {"ALERT"}
    repaired = by_case["9"]["K"]["id"]
    assert findings(store, repaired, as_of="2026-05-01").findings == ()
    child = by_case["11"]["孙"]["id"]
    assert findings(store, child, as_of=DAY).findings == ()
    released = by_case["2c-准许"]["张"]["id"]
    assert not [f for f in findings(store, released, as_of="2026-04-10").findings if f.rule == "R03"]
    bar = [f.rule for f in findings(store, by_case["4"]["王"]["id"], as_of="2027-01-11").findings]
    assert "R14" not in bar


def test_every_row_has_a_reason_with_its_provision() -> None:
    pairs = "bidders"  # tests/queries/bidders/test_compare.py
    assert sorted(path.stem for path in EXPECTED.glob("*.yaml")) == sorted([pairs, *SIX])
    for name in SIX:
        document = read(name)
        assert (document["scenario"], document["as_of"]) == (name, DAY)
        for row in document["rows"].values():
            assert row["applicant"]
            assert row["why"]
            for found in row["findings"]:
                assert found["fact"], row
                assert found["law"], row
