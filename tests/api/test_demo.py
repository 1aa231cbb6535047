"""`xinmai demo` from nothing and again, as a process of its own."""

from __future__ import annotations

from pathlib import Path

from tests.api.running import xinmai


def test_the_demo_runs_twice_and_touches_nothing_but_its_directory(tmp_path: Path) -> None:
    first, again = (xinmai("demo", "--json", cwd=tmp_path) for _ in range(2))
    assert (first.code, again.code) == (0, 0), first.err + again.err
    assert {path.name for path in tmp_path.iterdir()} == {"out"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"demo"}
    for path in first.document["files"].values():
        assert (tmp_path / path).stat().st_size > 1000
    tallies = again.document["load"]["loads"]
    assert {tally[kind][what] for tally in tallies for kind in ("subjects", "relations", "listings")
            for what in ("added", "changed")} == {0}  # fmt: skip
    assert {r["decision"] for r in first.document["screening"]["results"]} >= {
        "blocked",
        "review",
        "notice",
        "clear",
        "unmatched",
    }
    assert first.document["exposure"]["exposures"]
    assert first.document["seconds"] < 135  # the bar is 45 s, times three


def test_people_are_told_what_was_found_and_where_the_files_are(tmp_path: Path) -> None:
    told = xinmai("demo", "--into", "here", cwd=tmp_path)
    assert told.code == 0, told.err
    for word in (
        "here/report.html",
        "here/screening.xlsx",
        "关联提示，不构成失信惩戒依据",
        "乌有市问渠水务工程有限公司",
        "场景：政府采购",
        "乌有市青梧建材有限公司：本人在列：失信被执行人",
    ):
        assert word in told.out
