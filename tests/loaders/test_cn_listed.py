"""A-share files: who holds which role in which company, and who must not be taken for whom. All made up."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.errors import InputError
from loaders import cn_listed
from loaders.facts import Facts

COMPANY_HEADER = "gpdm\tgpjc\tgsmc\tgssx\tclrq\tfddbr\tsf\tcs\txydm\thymc"
FILES = {
    "company_basic_info.csv": [
        COMPANY_HEADER,
        "999001.SZ\t测试一\t测试一号股份有限公司\t民营企业\t1999-1-5\t王甲\t广东省\t湛江市\t91999999MA00000154\t制造业",
        "999002.SH\t测试二\t测试二号股份有限公司\t地方国有企业\t2001-02-03\t王甲\t北京\t北京市\t\t金融业",
    ],
    "keydirector_info.csv": [
        "gpdm\tzwdm\tname",
        "999001.SZ\tdsz\t王甲",
        "999001.SZ\tzjl\t李 乙",
        "999001.SZ\tdldsxr\t赵丙",
        "999001.SZ\tdldslr\t赵丙",
        "999001.SZ\tdldslr\t钱丁",
        "999001.SZ\tdldslr\t钱丁",
        "999001.SZ\tdshms\t孙戊",
        "999001.SZ\tgsjs\t周己",
        "999002.SH\tdsz\t王甲",
        "999002.SH\tceo\t吴庚",
    ],
    "shareholder_info.csv": [
        "gpdm\torder\tname\tgdcg\tgdcgbl",
        "999001.SZ\t0\t王甲\t1000.0\t30.5",
        "999001.SZ\t1\t香港中央结算有限公司(陆股通)\t100.0\t3.0",
        "999001.SZ\t2\t测试（深圳）投资有限公司\t100.0\t2.0",
        "999002.SH\t0\t测试(深圳)投资有限公司\t100.0\t51",
        "999002.SH\t1\t测试银行股份有限公司-测试混合型证券投资基金\t100.0\t0.0001",
        "999002.SH\t2\t王乙及其一致行动人\t100.0\t1.0",
        "999002.SH\t3\t测试县财政局\t100.0\t1.0",
    ],
    "supplier_info.csv": [
        "gpdm\tgysmc\tbgnd\torder\tgysbl",
        "999001.SZ\t测试材料有限公司\t2017\t1\t5.87",
        "999001.SZ\t测试材料有限公司\t2019\t1\t",
        "999001.SZ\t供应商A\t2019\t2\t4.0",
        "999001.SZ\t第二名\t2019\t3\t3.0",
        "999001.SZ\t测试**有限公司\t2019\t4\t3.0",
        "999002.SH\t测试通\t2018\t1\t2.0",
    ],
}


def facts(folder: Path, *names: str, snapshot: str = "") -> Facts:
    paths = []
    for name in names:
        path = folder / name
        path.write_bytes("\r\n".join(FILES[name]).encode("gb18030"))
        paths.append(path)
    return cn_listed.read(paths, snapshot)


def relations(found: Facts) -> set[tuple[str, str, str, str, str]]:
    frame = found.relations
    return set(zip(frame["source"], frame["type"], frame["target"], frame["title"], frame["until"], strict=True))


def column(found: Facts, name: str) -> dict[str, str]:
    return dict(zip(found.subjects["id"], found.subjects[name], strict=True))


def test_companies(tmp_path: Path) -> None:
    found = facts(tmp_path, "company_basic_info.csv")
    row = found.subjects.set_index("id").loc["999001.SZ"]
    assert row["uscc"] == "91999999MA00000154"
    assert (row["kind"], row["form"], row["state_owned"]) == ("enterprise", "company", "false")
    assert (row["established"], row["region"], row["aliases"]) == ("1999-01-05", "广东省湛江市", "测试一")
    assert row["record"] == f"{tmp_path.name}/company_basic_info.csv:2"
    assert column(found, "state_owned")["999002.SH"] == "true"
    assert column(found, "region")["999002.SH"] == "北京"


def test_the_same_name_in_two_companies_is_two_people(tmp_path: Path) -> None:
    found = facts(tmp_path, "company_basic_info.csv")
    assert relations(found) == {
        ("王甲@999001.SZ", "LEGAL_REP", "999001.SZ", "", ""),
        ("王甲@999002.SH", "LEGAL_REP", "999002.SH", "", ""),
    }
    assert {k: w for k, w in column(found, "within").items() if w} == {
        "王甲@999001.SZ": "999001.SZ",
        "王甲@999002.SH": "999002.SH",
    }


def test_one_person_in_several_files_of_one_company_is_one(tmp_path: Path) -> None:
    found = facts(tmp_path, *FILES)
    assert Counter(found.subjects["id"])["王甲@999001.SZ"] == 1
    assert not found.subjects["id"].duplicated().any()


def test_roles_by_code(tmp_path: Path) -> None:
    found = facts(tmp_path, "keydirector_info.csv")
    assert relations(found) == {
        ("王甲@999001.SZ", "DIRECTOR", "999001.SZ", "董事长", ""),
        ("李乙@999001.SZ", "EXECUTIVE", "999001.SZ", "总经理", ""),
        ("赵丙@999001.SZ", "DIRECTOR", "999001.SZ", "独立董事", ""),
        ("钱丁@999001.SZ", "DIRECTOR", "999001.SZ", "独立董事", "2020-10-31"),
        ("孙戊@999001.SZ", "EXECUTIVE", "999001.SZ", "董事会秘书", ""),
        ("周己@999001.SZ", "SUPERVISOR", "999001.SZ", "监事", ""),
        ("王甲@999002.SH", "DIRECTOR", "999002.SH", "董事长", ""),
    }
    assert {(r.line, r.row) for r in found.rejected} == {(11, "999002.SH|ceo|吴庚")}


def test_present_independent_directors_are_not_former_ones(tmp_path: Path) -> None:
    found = facts(tmp_path, "keydirector_info.csv")
    assert not [r for r in relations(found) if r[0] == "赵丙@999001.SZ" and r[4]]
    assert any("现仍在任" in warning and "1 行" in warning for warning in found.warnings)


def test_repeats_collapse_with_a_counted_warning(tmp_path: Path) -> None:
    found = facts(tmp_path, "keydirector_info.csv")
    assert [w for w in found.warnings if "重复，已合并：1 行" in w]


def test_a_snapshot_given_counts_instead(tmp_path: Path) -> None:
    found = facts(tmp_path, "keydirector_info.csv", snapshot="2021-06-30")
    assert set(found.relations["seen_on"]) == {"2021-06-30"}
    assert set(found.relations["until"]) == {"", "2021-06-30"}


def test_holders(tmp_path: Path) -> None:
    found = facts(tmp_path, "shareholder_info.csv")
    frame = found.relations
    assert set(zip(frame["source"], frame["target"], frame["ratio"], strict=True)) == {
        ("王甲@999001.SZ", "999001.SZ", "0.305"),
        ("name:香港中央结算有限公司(陆股通)", "999001.SZ", "0.03"),
        ("name:测试(深圳)投资有限公司", "999001.SZ", "0.02"),
        ("name:测试(深圳)投资有限公司", "999002.SH", "0.51"),
        ("name:测试银行股份有限公司-测试混合型证券投资基金", "999002.SH", "0.000001"),
        ("name:测试县财政局", "999002.SH", "0.01"),
    }
    assert [(r.line, r.reason) for r in found.rejected] == [(7, "股东未具名，或不是单一主体")]


def test_what_holders_are(tmp_path: Path) -> None:
    found = facts(tmp_path, "shareholder_info.csv")
    assert column(found, "conducts") == {
        "王甲@999001.SZ": "",
        "name:香港中央结算有限公司(陆股通)": "false",
        "name:测试(深圳)投资有限公司": "",
        "name:测试银行股份有限公司-测试混合型证券投资基金": "",
        "name:测试县财政局": "",
    }
    assert column(found, "form")["name:测试银行股份有限公司-测试混合型证券投资基金"] == "fund"
    assert column(found, "kind")["name:测试县财政局"] == "government"
    assert set(column(found, "named_only").values()) == {"", "1"}
    assert column(found, "named_only")["王甲@999001.SZ"] == ""


def test_suppliers_by_year(tmp_path: Path) -> None:
    frame = facts(tmp_path, "supplier_info.csv").relations
    assert set(zip(frame["source"], frame["since"], frame["until"], frame["ratio"], strict=True)) == {
        ("name:测试材料有限公司", "2017-01-01", "2018-01-01", "0.0587"),
        ("name:测试材料有限公司", "2019-01-01", "", ""),
        ("测试通@999002.SH", "2018-01-01", "", "0.02"),
    }


def test_suppliers_without_a_name_are_rejected(tmp_path: Path) -> None:
    found = facts(tmp_path, "supplier_info.csv")
    assert [r.line for r in found.rejected] == [4, 5, 6]


@pytest.mark.parametrize(
    "name",
    [
        "供应商A",
        "供应商 1",
        "第二名",
        "A公司",
        "B有限公司",
        "排名第一的供应商",
        "单位五",
        "客户C",
        "E",
        "G0014",
        "某大型国企",
        "测试集团及其子公司",
        "李**",
        "供应商(一)",
    ],
)
def test_anonymous_suppliers(name: str) -> None:
    assert cn_listed.is_anonymous(name)


@pytest.mark.parametrize(
    "name", ["测试公司", "ABB", "一汽测试有限公司", "供应链测试有限公司", "测试通", "UAC", "甲乙丙丁公司"]
)
def test_named_suppliers(name: str) -> None:
    assert not cn_listed.is_anonymous(name)


def test_a_firm_as_legal_representative_leads_and_does_not_represent(tmp_path: Path) -> None:
    path = tmp_path / "company_basic_info.csv"
    row = "999003.SZ\t\t测试三号股份有限公司\t其他企业\t2001-02-03\t测试管理有限公司\t广东省\t湛江市\t\t金融业"
    path.write_bytes(f"{COMPANY_HEADER}\n{row}\n".encode("gb18030"))
    assert relations(cn_listed.read([path], "")) == {
        ("name:测试管理有限公司", "PRINCIPAL", "999003.SZ", "法定代表人", "")
    }


def test_missing_columns_stop_the_load(tmp_path: Path) -> None:
    path = tmp_path / "shareholder_info.csv"
    path.write_bytes("gpdm\tname\n999001.SZ\t王甲".encode("gb18030"))
    with pytest.raises(InputError, match="缺少列：gdcgbl"):
        cn_listed.read([path], "")
