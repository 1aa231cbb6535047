"""The real input, where it is at hand: what docs/sources.md says of it must be so.

The data lie beside the repository and are never part of it; without them this is skipped, and says so.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from loaders.facts import Facts
from loaders.sources import recognise

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"real input data not at hand: {DATA}")
PLACES = {
    "cn_listed": "cn_listed",
    "cn_register": "cn_register",
    "ofac_sdn": "sanctions",
    "cn_sanctions": "sanctions",
    "opensanctions": "sanctions",
}
# OFAC lists them under a Chinese code, and they are in the register slice.
LISTED_FIRMS = 4


@cache
def facts(source: str) -> Facts:
    [found] = recognise([DATA / PLACES[source]], source)
    return found.read()


def counted(found: Facts) -> dict[str, int]:
    """Every count the document may name, by the words it uses."""
    subjects = found.subjects
    inside, named = subjects["within"] != "", subjects["named_only"] != ""
    person = subjects["kind"] == "person"
    entries = int((~inside & ~named).sum())
    return {
        **dict.fromkeys(("公司", "登记主体（行）", "主体"), entries),
        **dict.fromkeys(("公司内的人", "主体内的人"), int((inside & person).sum())),
        "仅有全称的单位": int(named.sum()),
        "仅在客户公司内可辨的供应商简称": int((inside & ~person).sum()),
        "其中备注带统一社会信用代码": int((subjects["uscc"] != "").sum()),
        "中止与恢复事件": len(found.events),
        **Counter(found.relations["type"]),
        **Counter(found.listings["list"]),
        **{f"拒绝：{reason}": count for reason, count in Counter(r.reason for r in found.rejected).items()},
    }


def documented(source: str) -> dict[str, int]:
    text = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    section = next(part for part in text.split("\n## ") if f"`{source}`" in part.splitlines()[0])
    return {what: int(count) for what, count in re.findall(r"^\| (.+?) \| (\d+) \|$", section, re.MULTILINE)}


@pytest.mark.parametrize("source", PLACES)
def test_the_document_says_how_it_is(source: str) -> None:
    said, counts = documented(source), counted(facts(source))
    assert said == {what: counts.get(what, 0) for what in said}
    told = {what for what in counts if what.isascii() or what.startswith("拒绝")}
    assert told <= set(said)


def test_the_firms_ofac_lists_are_found_by_code_only() -> None:
    codes = set(facts("ofac_sdn").subjects["uscc"]) - {""}
    assert len(codes & set(facts("cn_register").subjects["uscc"])) == LISTED_FIRMS


def test_no_file_gives_two_people_of_one_company_the_same_id() -> None:
    for source in ("cn_listed", "cn_register"):
        subjects = facts(source).subjects
        people = subjects[subjects["within"] != ""].astype(object)
        assert not people["id"].duplicated().any()
        assert (people["id"] == people["id"].str.partition("@")[0] + "@" + people["within"]).all()
