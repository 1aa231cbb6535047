"""The register: identity by code, heads of bodies, rows that slipped. All made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from loaders import cn_register
from loaders.facts import Facts

HEADER = "企业名称,统一社会信用代码,注册日期,企业类型,法人代表,注册资金,经营范围,所在省份,地区,注册地址"


def facts(folder: Path, *rows: str, name: str = "linked.csv", snapshot: str = "") -> Facts:
    path = folder / name
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return cn_register.read([path], snapshot)


def row(name: str = "测试有限公司", code: str = "91999999MA00000154", kind: str = "N/A", head: str = "王测试") -> str:
    return f'{name},{code},2018-07-18,{kind},{head},"1,200(万元人民币)","N/A",广东,湛江,测试路1号'


def relations(found: Facts) -> set[tuple[str, str, str, str]]:
    frame = found.relations
    return set(zip(frame["source"], frame["type"], frame["target"], frame["title"], strict=True))


def test_an_entry_and_its_legal_representative(tmp_path: Path) -> None:
    found = facts(tmp_path, row())
    body, head = found.subjects.to_dict("records")
    assert (body["id"], body["uscc"], body["kind"], body["form"]) == (
        "91999999MA00000154",
        "91999999MA00000154",
        "enterprise",
        "company",
    )
    assert (body["established"], body["region"]) == ("2018-07-18", "广东湛江")
    assert (head["id"], head["kind"], head["within"]) == (
        "王测试@91999999MA00000154",
        "person",
        "91999999MA00000154",
    )
    assert relations(found) == {("王测试@91999999MA00000154", "LEGAL_REP", "91999999MA00000154", "")}
    assert not found.warnings


@pytest.mark.parametrize(
    ("code", "uscc", "reg_no"),
    [
        ("91999999ma00000154", "91999999MA00000154", ""),
        ("９１９９９９９９ＭＡ０００００１５４", "91999999MA00000154", ""),
        ("91999999MA00000155", "91999999MA00000155", ""),  # a failed check digit is a warning
        ("441800000000014", "", "441800000000014"),
        ("4418000000001", "", "4418000000001"),
    ],
)
def test_codes_of_all_lengths_identify(tmp_path: Path, code: str, uscc: str, reg_no: str) -> None:
    body = facts(tmp_path, row(code=code)).subjects.iloc[0]
    assert (body["id"], body["uscc"], body["reg_no"]) == (uscc or reg_no, uscc, reg_no)


def test_a_failed_check_digit_is_a_warning(tmp_path: Path) -> None:
    found = facts(tmp_path, row(code="91999999MA00000155"))
    assert not found.rejected
    assert [w for w in found.warnings if w.startswith("统一社会信用代码校验位不符：1 行")]


@pytest.mark.parametrize("code", ["N/A", '"N/A"', "000000000000000000", "11010519491231002X", "编号一"])
def test_without_a_usable_code_the_name_is_the_id(tmp_path: Path, code: str) -> None:
    body = facts(tmp_path, row(code=code)).subjects.iloc[0]
    assert (body["id"], body["uscc"], body["reg_no"]) == ("name:测试有限公司", "", "")


@pytest.mark.parametrize(
    ("given", "form", "title"),
    [
        (("测试有限公司湛江分公司", "91999999MA00000154", "N/A"), "branch", "负责人"),
        (("测试营业厅", "91999999MA00000154", "集体分支机构(非法人)"), "branch", "负责人"),
        (("测试超市", "92999999MA0000010H", "N/A"), "individual_business", "经营者"),
        (("测试养殖场", "91999999MA00000154", "个人独资企业"), "sole_prop", "投资人"),
        (("测试合作社", "93999999MA0000015X", "N/A"), "cooperative", ""),
        (("测试有限公司", "91999999MA00000154", "有限责任公司(自然人独资)"), "company", ""),
        (("测试厂", "91999999MA00000154", "N/A"), "", ""),
    ],
)
def test_forms_and_what_their_heads_are_called(
    tmp_path: Path, given: tuple[str, str, str], form: str, title: str
) -> None:
    found = facts(tmp_path, row(*given))
    assert found.subjects.iloc[0]["form"] == form
    assert {(type_, said) for _, type_, _, said in relations(found)} == {("LEGAL_REP", title)}


@pytest.mark.parametrize(("kind", "type_"), [("有限合伙企业", "GENERAL_PARTNER"), ("有限责任公司", "PRINCIPAL")])
def test_a_firm_as_head(tmp_path: Path, kind: str, type_: str) -> None:
    found = facts(tmp_path, row(kind=kind, head="测试管理有限公司"))
    assert relations(found) == {("name:测试管理有限公司", type_, "91999999MA00000154", "法人代表")}
    assert found.subjects["named_only"].tolist() == ["", "1"]


def test_a_person_whose_name_sounds_like_a_body_stays_one(tmp_path: Path) -> None:
    found = facts(tmp_path, row(head="李银行"))
    assert {type_ for _, type_, _, _ in relations(found)} == {"LEGAL_REP"}


@pytest.mark.parametrize("head", ["王测试（董事长）", "王 测试", "王测试·", "王测试."])
def test_titles_and_loose_marks_are_no_part_of_a_name(tmp_path: Path, head: str) -> None:
    assert {s for s, _, _, _ in relations(facts(tmp_path, row(head=head)))} == {"王测试@91999999MA00000154"}


def test_no_head_no_relation(tmp_path: Path) -> None:
    found = facts(tmp_path, row(head='"N/A"'))
    assert relations(found) == set()
    assert found.subjects["kind"].tolist() == ["enterprise"]


def test_a_row_that_slipped_is_rejected(tmp_path: Path) -> None:
    slipped = "测试电气有限公司,91999999MA00000154,1999-01-04,2,600(万元人民币),SMITH Eric,Pierre,线缆,N/A 产品,苏州"
    short = "测试短行,91999999MA00000154,2018-07-18"
    found = facts(tmp_path, slipped, short, row())
    assert {(r.line, r.reason.partition("：")[0]) for r in found.rejected} == {(2, "列错位"), (3, "列数不符")}
    assert len(found.relations) == 1


def test_a_row_is_rejected_where_it_stands_whatever_it_says_of_its_record(tmp_path: Path) -> None:
    (tmp_path / "linked.csv").write_text(
        f"{HEADER},record\n{row(name='')},abc\n{row(name='')},other.csv:7\n{row()},other.csv:8\n", encoding="utf-8"
    )
    found = cn_register.read([tmp_path / "linked.csv"], "")
    assert [(r.file.rpartition("/")[2], r.line, r.reason) for r in found.rejected] == [
        ("linked.csv", 2, "缺少企业名称"), ("linked.csv", 3, "缺少企业名称"),
    ]  # fmt: skip
    assert set(found.subjects["record"]) == {"other.csv:8"}


def test_capital_that_is_no_amount_is_reported_and_the_row_kept(tmp_path: Path) -> None:
    found = facts(tmp_path, row().replace("1,200(万元人民币)", "60(元/万元)"))
    assert len(found.relations) == 1
    assert [w for w in found.warnings if w.startswith("注册资金无法识别为金额：1 行")]


def test_the_same_entry_in_two_files_says_its_relation_once(tmp_path: Path) -> None:
    paths = [tmp_path / "linked.csv", tmp_path / "2018" / "广东.csv"]
    paths[1].parent.mkdir()
    for path in paths:
        path.write_text(f"{HEADER}\n{row()}\n", encoding="utf-8")
    found = cn_register.read(paths, "")
    assert len(found.relations) == 1
    assert [w for w in found.warnings if w.startswith("登记记录重复，已合并：1 行")]
    assert set(found.subjects["record"]) == {
        f"{tmp_path.name}/linked.csv:2",
        f"{tmp_path.name}/2018/广东.csv:2",
    }


def test_seen_on_is_the_newest_registration_unless_given(tmp_path: Path) -> None:
    later = row(name="另一测试有限公司", code="91999999MA0000023Y").replace("2018-07-18", "2018-12-31")
    assert set(facts(tmp_path, row(), later).relations["seen_on"]) == {"2018-12-31"}
    assert set(facts(tmp_path, row(), snapshot="2019-06-30").relations["seen_on"]) == {"2019-06-30"}


def test_an_empty_file_stops_the_load(tmp_path: Path) -> None:
    path = tmp_path / "linked.csv"
    path.write_bytes(b"")
    with pytest.raises(InputError, match="0 字节"):
        cn_register.read([path], "")
