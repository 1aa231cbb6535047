"""Names: what counts as equal, and who bears them. All made up."""

from __future__ import annotations

import pytest

from graph.names import form_from_name, kind_from_name, looks_like_organisation, looks_like_person, name_key
from graph.vocabulary import Kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("广东测试（集团）有限公司", "广东测试(集团)有限公司"),
        ("广东 测试 有限公司", "广东测试有限公司"),
        ("ＡＢＣ科技有限公司", "abc科技有限公司"),
        ("买买提·艾力", "买买提•艾力"),
        ("买买提．艾力", "买买提・艾力"),
        ("测试银行－一号基金", "测试银行—一号基金"),
        ("李\u200b明", "李 明"),
        ("John  SMITH", "john smith"),
        ("测试〔中国〕公司", "测试(中国)公司"),
    ],
)
def test_the_same_name_written_differently(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("测试有限公司", "测试股份有限公司"),
        ("测试有限公司", "测试有限公司分公司"),
        ("测试(北京)有限公司", "测试(上海)有限公司"),
        ("李明", "李铭"),
        ("JOHN SMITH", "JOHNSMITH"),
        ("测试一号", "测试1号"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_key_is_its_own_key() -> None:
    for name in ["测试（集团） 有限公司", "Müller & Co. KG", "阿·卜", " ", "S.A. Foo 银行"]:
        assert name_key(name_key(name)) == name_key(name)


@pytest.mark.parametrize(
    "name",
    [
        "王伟",
        "欧阳测试",
        "买买提·艾力",
        "LI SHERYN MING",
        "ZHU QING(朱测)",
        "王伟(小)",
        "潘(ying)黎",
        "O'Neil, Ann",
    ],
)
def test_people(name: str) -> None:
    assert looks_like_person(name)
    assert not looks_like_organisation(name)


@pytest.mark.parametrize(
    "name",
    [
        "测试有限公司",
        "中国测试银行股份有限公司-测试混合型证券投资基金(LOF)",
        "测试投资-某某证券-19测试EB担保及信托财产专户",
        "测试合伙企业(有限合伙)",
        "全国社保基金九九九组合",
        "UBS AG",
        "TEST EMERGING MARKETS STOCK INDEX FUND",
        "JPTESTBANK,NATIONAL ASSOCIATION",
        "GS Direct, L.L.C.",
        "测试县财政局",
        "上海测试厂",
    ],
)
def test_bodies(name: str) -> None:
    assert looks_like_organisation(name)
    assert not looks_like_person(name)


@pytest.mark.parametrize("name", ["", "  ", "name", "发行人未明确持有人"])
def test_neither(name: str) -> None:
    assert not looks_like_person(name)
    assert not looks_like_organisation(name)


def test_forms_read_from_names() -> None:
    forms = {
        "测试有限公司": "company",
        "测试有限公司湛江分公司": "branch",
        "测试中心(有限合伙)": "partnership",
        "测试合伙企业": "partnership",
        "测试农机专业合作社": "cooperative",
        "广东测试律师事务所": "law_firm",
        "测试银行股份有限公司-测试证券投资基金": "fund",
        "测试资产管理合伙企业(有限合伙)-测试1号": "fund",
        "深圳测试-RGB电子有限公司": "company",
        "测试县供销合作社": "",
        "测试五金厂": "",
    }
    assert {name: form_from_name(name) for name in forms} == forms


def test_kinds_read_from_names() -> None:
    kinds = {
        "测试县财政局": Kind.GOVERNMENT,
        "测试市人民政府国有资产监督管理委员会": Kind.GOVERNMENT,
        "测试大学": Kind.INSTITUTION,
        "测试大学教育基金会": Kind.SOCIAL_ORG,
        "测试大学科技有限公司": Kind.ENTERPRISE,
        "测试银行": Kind.ENTERPRISE,
    }
    assert {name: kind_from_name(name) for name in kinds} == kinds
