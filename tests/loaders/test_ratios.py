"""Shares are taken as written, or refused with their row and the reason; a percentage is never read as a share."""

from __future__ import annotations

from pathlib import Path

from graph.store import Store
from loaders import package
from loaders.checks import checked
from loaders.facts import Rejection
from queries.ownership.owners import ownership
from tests.loaders.packages import load_one
from tests.loaders.packages import package as written

HEADER = "source,target,type,ratio,ratio_min,ratio_max,votes\n"


def outcome(folder: Path, *rows: str) -> tuple[list[str], list[Rejection]]:
    """Holders whose relation passed, and what was rejected; a row is `holder,held,ratio,min,max,votes`."""
    lines = (f"{','.join(row.split(',')[:2])},SHAREHOLDER,{','.join(row.split(',')[2:])}" for row in rows)
    text = HEADER + "".join(f"{line}{',' * (6 - line.count(','))}\n" for line in lines)
    found = checked(package.read([written(folder, relations=text) / "relations.csv"], ""))
    return found.relations["source"].tolist(), found.rejected


def test_what_is_no_share_is_refused_with_file_line_and_remedy(tmp_path: Path) -> None:
    passed, rejected = outcome(
        tmp_path,
        "a,x,1.2",
        "b,x,0.4",
        "c,x,-0.1",
        "d,y,50%",
        "f,z,about",
        "g,z,1",
        "h,z,0",
        "i,w,",
        "j,v,500",
    )
    assert passed == ["b", "g", "h", "i"]
    assert [(one.line, one.reason) for one in rejected] == [
        (2, "ratio='1.2' 应为 0 到 1 之间的数；如为百分数，请除以 100"),
        (4, "ratio='-0.1' 应为 0 到 1 之间的数"),
        (5, "ratio='50%' 应为 0 到 1 之间的数；如为百分数，请除以 100"),
        (6, "ratio='about' 应为 0 到 1 之间的数"),
        (10, "ratio='500' 应为 0 到 1 之间的数"),
    ]
    assert {one.file for one in rejected} == {f"{tmp_path.name}/relations.csv"}


def test_bounds_that_contradict_each_other_or_the_ratio(tmp_path: Path) -> None:
    passed, rejected = outcome(
        tmp_path,
        *("a,x,,0.2,0.1", "b,x,0.5,0.6,0.7", "c,x,0.5,0.3,0.4", "d,x,,1.1,"),
        *("e,x,0.5,0.5,0.5", "f,x,0.35,0.3,0.4", "g,x,,0.1,0.15", "h,x,,0.1,", "i,x,,,0.1", "j,x,0.3,,0.3"),
    )
    assert passed == ["e", "f", "g", "h", "i", "j"]
    assert [one.line for one in rejected] == [2, 3, 4, 5]
    assert rejected[0].reason == "持股比例与其上下限矛盾：ratio_min='0.2' ratio='' ratio_max='0.1'"


def test_a_small_percentage_beside_a_company_s_others(tmp_path: Path) -> None:
    passed, rejected = outcome(tmp_path, "a,x,60", "b,x,0.5", "c,y,0.6", "d,y,0.4", "e,z,0.7", "f,x,0")
    assert passed == ["c", "d", "e", "f"]
    assert [(one.line, "与百分数并列（见第 2 行）" in one.reason) for one in rejected] == [(2, False), (3, True)]


def test_a_file_mostly_of_percentages(tmp_path: Path) -> None:
    passed, rejected = outcome(tmp_path, "a,x,30", "b,y,5", "c,z,12.5", "d,w,0.5", "e,w,1", "f,v,", "g,v,0")
    assert passed == ["f", "g"]
    assert [one.line for one in rejected] == [2, 3, 4, 5, 6]
    assert rejected[-1].reason.startswith("ratio='1' 与百分数并列（见第 2 行），不知是比例还是百分数")


def test_a_slip_rejects_nothing_but_itself(tmp_path: Path) -> None:
    passed, _ = outcome(tmp_path, "a,x,1.2", "b,x,0.3", "c,x,0.5", "d,y,7", "e,y,0.93", "f,z,40", "g,z,0.6", "h,w,1")
    assert passed == ["b", "c", "e", "g", "h"]  # 40 and 0.6 make 40.6 as percentages: no whole
    passed, _ = outcome(tmp_path, "a,x,1.2", "b,y,1.1", "c,z,0.5", "d,z,0.5", "e,z,")
    assert passed == ["c", "d", "e"]  # two of four are no majority of three
    passed, _ = outcome(tmp_path, "a,x,0.9,,,60", "b,x,0.1,,,0.1")
    assert passed == []  # of votes as well


def test_another_column_or_file_says_nothing(tmp_path: Path) -> None:
    passed, _ = outcome(tmp_path / "one", "a,x,0.4,,,60", "b,x,0.5")
    assert passed == ["b"]
    one = written(tmp_path / "p", relations="source,target,type,ratio\na,x,SHAREHOLDER,60\n")
    other = written(tmp_path / "q", relations="source,target,type,ratio\nb,x,SHAREHOLDER,0.4\n")
    assert checked(package.read([other / "relations.csv"], "")).relations["source"].tolist() == ["b"]
    assert checked(package.read([one / "relations.csv"], "")).relations.empty


def test_own_shares_and_no_shares_from_file_to_answer(store: Store, tmp_path: Path) -> None:
    folder = written(
        tmp_path / "p",
        subjects="id,kind,name\n" + "".join(f"{i},enterprise,虚构{i}有限公司\n" for i in "abcdefg"),
        relations="""
        source,target,type,ratio,ratio_min,ratio_max
        a,a,SHAREHOLDER,1,,
        b,c,SHAREHOLDER,1,,
        c,b,SHAREHOLDER,0.1,,
        d,b,SHAREHOLDER,0.9,,
        d,e,SHAREHOLDER,0,,
        f,e,SHAREHOLDER,1,,
        g,g,SHAREHOLDER,0.2,,
        d,g,SHAREHOLDER,,0.1,0.3
        """,
    )
    assert not load_one(store, folder).rejected
    told = {i: ownership(store, i, as_of="2026-06-01").to_json() for i in "abceg"}
    owners = {i: {o["subject"]["id"]: (o["integrated"], o["controls"]) for o in told[i]["owners"]} for i in told}
    assert owners["a"] == {}  # holds all of itself: nobody owns it
    assert told["a"]["cycles"] == [["a"]]
    assert owners["c"] == {"b": (1.0, True), "d": (1.0, True)}
    assert owners["b"] == {"d": (1.0, True), "c": (0.1, False)}
    assert {who: share for who, (share, _) in owners["e"].items() if share} == {"f": 1.0}
    assert owners["g"] == {"d": (0.125, False)}
    (open_one,) = told["g"]["owners"]
    assert (open_one["at_least"], open_one["integrated_max"]) == (True, 0.375)
