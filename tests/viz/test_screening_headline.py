"""What stands first in a row of a screening: who is listed, what does most, what was not checked, what has ended."""

from __future__ import annotations

import json
from typing import Any

from graph.vocabulary import list_types
from tests.viz.test_screening import alert, cells, finding, listing, result, ruled, screening, subject
from viz.screening import as_html
from viz.screening_lines import lines


def top(*found: dict[str, Any], **more: Any) -> str:
    """主要事项 of a row with these findings."""
    return str(cells(screening(result(2, "review", *found), **more))["汇总"][4][12])


def joined(kind: str, source: str, name: str, **more: Any) -> dict[str, Any]:
    """A finding of a rule whose entry lists the party at the other end of one relation with the applicant."""
    edge = {"type": kind, "source": source, "target": "B" if source == "A" else "A", "record": "sheet:2"}
    path = {"nodes": [subject(), subject(name, id="B")], "edges": [{**edge, **more.pop("edge", {})}]}
    return finding("STATUTORY", f"法定后果：{name}", **{"rule": "R05", "effect": "block", "path": path, **more})


def test_the_headline_says_who_is_listed_and_by_which_role() -> None:
    assert top(joined("SUPERVISOR", "B", "李亡是")) == "法定后果：R05（李亡是，监事，列于经营异常名录）"
    assert top(joined("BIDS_WITH", "A", "乙公司")) == "法定后果：R05（联合体成员 乙公司 列于经营异常名录）"
    assert top(joined("LEGAL_REP", "A", "乙公司")) == (
        "法定后果：R05（乙公司，甲有限公司 为其法定代表人，列于经营异常名录）"
    )
    ended = joined("SUPERVISOR", "B", "李亡是", edge={"until": "2026-01-01"})
    assert top(ended) == "法定后果：R05（李亡是，原监事，列于经营异常名录）"
    assert top(joined("CONTACT", "B", "乙公司")) == "法定后果：R05（乙公司 列于经营异常名录）"
    assert top(ruled()) == (
        "待核实：不得担任公司的董事（R14；约束对象 张三；丁有限公司，张三 为其法定代表人，列于吊销企业）"
    ).replace("吊销企业", list_types()["DXYZ"].name)


def test_the_headline_accuses_nobody_of_what_is_anothers() -> None:
    assert top(finding()) == "本人在列：经营异常名录"
    relative = finding(target=subject("李四", id="q"), path={"nodes": [subject("李四", id="q")], "edges": []})
    assert top(relative) == "他人在列：经营异常名录（李四）"
    assert top(finding("ALERT")) == "关联提示：涉及名单“经营异常名录”", "named by an entry, not on the list"
    assert top({**alert(), "rule": "former_role"}) == "关联提示：经营异常名录（乙有限公司）"
    assert top(finding("STATUTORY", rule="R38")) == "法定后果：R38（涉及名单“经营异常名录”）"
    assert top(finding(list="XZCF")) == "本人有记录：行政处罚", "a record is no listing"


def near(name: str, score: float | None) -> dict[str, Any]:
    path = {**alert()["path"], "nodes": [subject(), subject(name, id="B")]}
    return {**alert(), "path": path, "score": score, "text": f"近 {name}"}


def test_what_does_most_comes_first_and_the_nearest_alert() -> None:
    found = [
        finding(),
        near("无分公司", None),
        near("远公司", 0.1),
        near("近公司", 0.9),
        joined("SUPERVISOR", "B", "李亡是"),
    ]
    assert top(*found) == (
        "法定后果：R05（李亡是，监事，列于经营异常名录）；本人在列：经营异常名录；"
        "关联提示：经营异常名录（近公司） 等 5 项"
    )
    answer = screening(result(2, "blocked", *found))
    texts = [str(row[21]) for row in cells(answer)["发现"][2:]]
    assert texts == ["法定后果：李亡是", "本人在列", "近 近公司", "近 远公司", "近 无分公司"]
    shown = as_html(answer).decode().partition("<h2>明细")[2]
    assert sorted(texts, key=shown.index) == texts


def test_a_row_that_only_a_missing_list_holds_up_says_so() -> None:
    why = "必查名单未接入：欠税公告"
    answer = screening(result(2, "review"), needed=["QS"])
    sheets = cells(answer)
    assert sheets["汇总"][4][12] == why
    assert [(r[0], r[3], r[4], r[21]) for r in sheets["发现"][2:]] == [(2, "未核查", "需复核", why)]
    assert as_html(answer).decode().count(why) == 2, "in the table and in the details"
    old = [{"list": "QS", "why": "stale", "as_of": "2020-01-01"}]
    assert top(needed=["QS"], not_checked=old) == "必查名单数据已过期：欠税公告"
    assert top(finding(), needed=["QS"]).startswith(why)
    # A row with a reason of its own, one that was cleared or never matched, and a list nobody depends on.
    assert why not in top(finding(effect="review"), needed=["QS"])
    for kind in ("notice", "unmatched", "blocked"):
        assert cells(screening(result(2, kind), needed=["QS"]))["汇总"][4][12] is None
    assert cells(screening(result(2, "review")))["汇总"][4][12] is None


def test_a_replay_says_what_became_of_each_entry() -> None:
    gone = finding(listing=listing(state_now="repaired", removed_on="2026-05-01"))
    now = "现状态：已修复（2026-05-01 移出）"
    answer = screening(result(2, "notice", gone))
    sheets = cells(answer)
    assert "重放：显示当时有效、现已结束的记录" in str(sheets["汇总"][1][0])
    assert sheets["汇总"][4][12] == f"本人在列：经营异常名录，{now}"
    assert sheets["发现"][2][19:21] == ["在列", now]
    page = as_html(answer).decode()
    assert page.count(now) == 2
    assert "重放：" in page
    assert "重放：" in str(cells(screening(result(2, "clear"), replay=True))["汇总"][1][0])
    # An entry that still stands, and one that changed without an end.
    for state in ("listed", "correcting"):
        same = cells(screening(result(2, "notice", finding(listing=listing(state_now=state)))))
        assert "重放" not in str(same["汇总"][1][0])
        assert same["发现"][2][20] == {"listed": None, "correcting": "现状态：整改中"}[state]


def test_records_of_the_sheet_are_told_by_row() -> None:
    answer = screening(result(2, "blocked", ruled(), joined("SUPERVISOR", "B", "李亡是")))
    book = json.dumps(cells(answer), ensure_ascii=False)
    assert book.count("表中第 2 行") == 2
    assert "sheet:" not in book + as_html(answer).decode()


def test_the_law_of_anothers_entry_is_marked_as_that() -> None:
    """An alert has no ground of its own."""
    (mine,), (others,) = ([line.basis for line in lines(screening(result(2, "notice", found)))]
                          for found in (finding(), {**alert(), "basis": []}))  # fmt: skip
    assert mine.startswith("某条例 第1条")
    assert others == "（仅为所涉名单自身的依据）某条例"


def test_of_namesakes_only_how_many_are_listed_is_said() -> None:
    people = [subject("刘某", id=f"p{n}", kind="person", uscc=None) for n in range(3)]
    match = {"subject": None, "level": "NAME_ONLY", "candidates": people, "candidates_total": 3, "warnings": []}
    listed = finding(candidate="p1", target=people[1], path={"nodes": [people[1]], "edges": []}, effect="review")
    law = {**listed, "class": "STATUTORY", "rule": "R05", "measure": "不得担任董事"}
    sheets = cells(screening(result(2, "review", listed, law, match=match, query={"person_name": "刘某"})))
    told = str(sheets["汇总"][4][12])
    assert "3 个同名主体中 1 个列于经营异常名录，不能认定为同一人" in told
    assert "3 个同名主体中 1 个涉及不得担任董事（法定后果），不能认定为同一人" in told
    assert "本人" not in told
    assert sheets["汇总"][4][8:11] == [0, 0, 0]
    for row in sheets["发现"][2:]:
        assert str(row[3]).startswith("候选主体（身份未确认）")
        assert row[14] == "候选主体 刘某"
        assert row[19] == "（候选主体）在列"
    many = {**match, "candidates_total": 40, "level": "MASK_CONSISTENT"}
    assert "40 个可能的主体中至少 1 个列于" in str(
        cells(screening(result(2, "review", listed, match=many)))["汇总"][4][12]
    )


def test_columns_of_an_alert_bind_nobody_and_name_who_is_listed() -> None:
    """Whoever filters the workbook must not find the applicant on another's list."""
    answer = screening(result(2, "notice", finding(effect="block", measure="限制"), alert(), ruled()))
    head, *rows = cells(answer)["发现"][1:]
    told = {str(row[3]): dict(zip(map(str, head), row, strict=False)) for row in rows}
    own, near, law = told["本人在列"], told["关联提示，不构成失信惩戒依据"], told["待核实"]
    wanted = ("约束对象", "落在", "期限起", "期限止", "被列入者", "列入期间", "状态")
    assert [own[c] for c in wanted] == [
        "甲有限公司",
        "申请人",
        "2026-01-01",
        None,
        "甲有限公司",
        "2026-01-01 起",
        "在列",
    ]
    assert [near[c] for c in wanted] == [None, None, None, None, "乙有限公司", "2026-01-01 起", "（他人）在列"]
    assert [law[c] for c in ("约束对象", "被列入者", "状态")] == ["张三", "丁有限公司", "（他人）在列"]
    page = as_html(answer).decode()
    assert page.count("约束对象") == 3, "in the headline, for the entry and for the rule"


def test_what_nothing_follows_from_binds_nobody() -> None:
    [row] = cells(screening(result(2, "notice", finding())))["发现"][2:]
    assert (row[7], row[8], row[14], row[19]) == (None, None, "甲有限公司", "在列")
    # A rule on an entry, where the answer does not say whether it lists or only names the applicant.
    [row] = cells(screening(result(2, "notice", finding("STATUTORY", rule="R38"))))["发现"][2:]
    assert (row[7], row[14], row[19]) == ("甲有限公司", None, "（条目）在列")


def test_a_relatives_entry_is_not_counted_as_ones_own() -> None:
    other = subject("李四", id="q")
    relative = finding(target=other, path={"nodes": [other], "edges": []})
    assert cells(screening(result(2, "notice", relative)))["汇总"][4][8:11] == [0, 0, 0]


def test_a_rule_nobody_has_read_comes_last_and_says_so() -> None:
    unread = finding(
        "STATUTORY", rule="R10", measure="不得授予荣誉", basis=[{"law": "x", "article": "", "grade": "unverified"}]
    )
    read = finding("STATUTORY", rule="R11", measure="不得" + "长" * 40)
    told = top(unread, read)
    assert told.startswith("法定后果：不得" + "长" * 25 + "…（R11；")
    assert "；法定后果（条文未核实）：不得授予荣誉（R10；" in told
