"""The regimes as data: what the facts say of each, and how a broken one is refused."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from graph.errors import InputError
from queries.ownership.beneficial import standard
from queries.regimes.kin import classes, counts
from queries.regimes.model import KinSet
from queries.regimes.printed import regimes_json
from queries.regimes.read import FUNCTIONS, STEPS, parse, regime_of, shipped
from queries.regimes.special import FUNCTIONS as BUILT
from queries.regimes.steps import STEPS as WALKED

HERE = Path(__file__).parent
TABLE = {row["id"]: row for row in csv.DictReader((HERE / "regimes.csv").read_text(encoding="utf-8").splitlines())}
FACTS = Path(__file__).parents[4] / "shared" / "reference" / "domain.md"
NOT_SHARES = {"P14", "P16"}  # of exposures, loans and guarantees, which the graph does not have
PRINTED = {one["id"]: one for one in regimes_json()["regimes"]}


def test_the_regimes_are_those_of_the_facts() -> None:
    assert list(shipped()) == list(TABLE)


@pytest.mark.parametrize("key", TABLE)
def test_numbers_grades_windows_and_exemptions_of_a_regime(key: str) -> None:
    regime, printed = shipped()[key], PRINTED[key]
    window = max((c.window or regime.window for c in regime.clauses), key=lambda w: w.before, default=regime.window)
    told = {
        "id": key,
        "numbers": " ".join(printed["numbers"]),
        "grade": regime.basis.grade,
        "source": regime.basis.source,
        "months": f"{window.before}/{window.after}" if window.before or window.after else "",
        "state": "" if regime.state is None else regime.state.basis.grade,
    }
    assert told == TABLE[key]


def test_the_table_is_still_that_of_the_facts() -> None:
    if not FACTS.exists():
        pytest.skip(f"the domain facts are not there, the table was not compared: {FACTS}")
    section = FACTS.read_text(encoding="utf-8").split("## 4. ")[1].split("## 5. ")[0]
    facts = {line.split("|")[1].strip(): line for line in section.splitlines() if line.startswith("| P")}
    assert list(facts) == [key for key in TABLE if key.startswith("P")]
    for key, line in facts.items():
        mark = {"text": "T", "partial": "P"}[TABLE[key]["grade"]]
        assert f"[{mark}:{TABLE[key]['source']}" in line, key
        # Numbers the facts give in the column of numbers; those from memory stand beside, marked as such.
        for share in re.findall(r"(\d+)%", line.split("|")[4]):
            told = TABLE[key]["numbers"] + ("" if key != "P13" else f" >={standard().share:.4g}")
            assert f"{int(share) / 100:.4g}" in told or key in NOT_SHARES, (key, share)


def test_every_step_and_function_is_there() -> None:
    assert set(STEPS) - {"any"} == set(WALKED)
    assert set(FUNCTIONS) == set(BUILT)


def test_every_text_is_said_in_both_languages() -> None:
    for one in PRINTED.values():
        texts = [one["name"], *(c["text"] for c in one["clauses"]), *(g["why"] for g in one["not_computable"])]
        assert all(words["zh"] and words["en"].isascii() for words in texts), one["id"]


def test_what_was_not_read_says_so() -> None:
    for regime in shipped().values():
        for clause in regime.clauses:
            for way in clause.ways:
                for step in (s for one in way for s in (one, *one.choices)):
                    if step.at_least == 0.2:  # significant influence is a rule of thumb, from memory
                        assert step.opens is not None, (regime.id, clause.key)
    for key in ("P05", "P08"):  # the facts name no classes of close family
        assert shipped()[key].kin.judged is not None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("over: 0.5", "over: 1.5"), "须在 0 与 1 之间"),
        (("over: 0.5", "over: 0.5, at_least: 0.5"), "只能写一个"),
        (("holder:", "owner:"), "未知的一步"),
        (("[SHAREHOLDER]", "[SHARES]"), "未知的值"),
        (("grade: text", "grade: sure"), "须为其中之一"),
        (("source: L, ", ""), "须写出处"),
        (("en: shareholder", "fr: actionnaire"), "未知的字段"),
        (("clauses:", "clause:"), "未知的字段"),
        (("ways: [[{holder", "ways: [[{kin: {}}, {holder"), "没有写 kin"),
    ],
)
def test_a_broken_regime_is_told_with_its_place(change: tuple[str, str], said: str) -> None:
    good = """
P01:
  name: {zh: 控股股东, en: controlling shareholder}
  basis: {law: 公司法, article: 第265条, source: L, grade: text}
  clauses:
    share:
      text: {zh: 股东, en: shareholder}
      ways: [[{holder: {types: [SHAREHOLDER], over: 0.5}}]]
"""
    assert list(parse(good)) == ["P01"]
    with pytest.raises(InputError) as caught:
        parse(good.replace(*change), "x.yaml")
    assert said in str(caught.value)
    assert "x.yaml" in str(caught.value)


def test_an_unknown_regime_names_those_there_are() -> None:
    assert regime_of(" p05 ").id == "P05"
    with pytest.raises(InputError, match="P01"):
        regime_of("P20")


def test_relatives() -> None:
    wanted = KinSet(frozenset({"spouse", "parent_child"}), adult=True)
    assert counts("配偶", wanted, is_source=True).yes
    assert not counts("堂兄弟", wanted, is_source=True).yes
    assert counts("父", wanted, is_source=True).opens == ""  # he is the father
    assert "成年" in counts("父", wanted, is_source=False).opens  # his child
    assert "成年" in counts("女", wanted, is_source=True).opens
    assert counts("干亲", wanted, is_source=True).opens
    assert counts("", wanted, is_source=True).opens
    children = KinSet(frozenset({"parent_child"}), children=True)
    assert not counts("母", children, is_source=True).yes
    assert counts("母", children, is_source=False).yes
    assert counts("母子", children, is_source=False).opens
    assert all(one.words for one in classes().values())
