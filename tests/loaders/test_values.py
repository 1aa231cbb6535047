"""Single values: what they become, and what is not guessed."""

from __future__ import annotations

import pytest

from loaders.nominees import nominee_reason
from loaders.values import capital, day, is_province, ratio, tidy


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2018-07-18", "2018-07-18"),
        ("2018/7/8", "2018-07-08"),
        ("2018年7月8日", "2018-07-08"),
        ("20180708", "2018-07-08"),
        ("2018-07-18T05:41:01", "2018-07-18"),
        ("02.12.2019", "2019-12-02"),
        ("13.07.20", "2020-07-13"),
        ("2018-02-30", ""),
        ("2018", ""),
        ("07/08/2018", ""),  # day or month first: nobody knows
        ("", ""),
    ],
)
def test_days(text: str, iso: str) -> None:
    assert day(text) == iso


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,200(万元人民币)", (12_000_000.0, "人民币")),
        ("100万人民币", (1_000_000.0, "人民币")),
        ("100万人民币元", (1_000_000.0, "人民币")),
        ("100（万元）", (1_000_000.0, "人民币")),
        ("5(万元(人民币))", (50_000.0, "人民币")),
        ("0.5(万美元)", (5_000.0, "美元")),
        ("1亿元", (100_000_000.0, "人民币")),
        ("5000000", (5_000_000.0, "人民币")),
    ],
)
def test_capital(text: str, amount: tuple[float, str]) -> None:
    found, currency = capital(text) or (0.0, "")
    assert currency == amount[1]
    assert found == pytest.approx(amount[0])


@pytest.mark.parametrize("text", ["SMITH John", "", "60(元/万元)", "万元"])
def test_no_capital(text: str) -> None:
    assert capital(text) is None


def test_ratios() -> None:
    assert [ratio(p) for p in ("28.69", "0.5", "0.0001", "100", "0.0", "5%")] == [
        *("0.2869", "0.005", "0.000001", "1", "0", "0.05")
    ]
    assert ratio("很多") == "很多"  # the load names it when it rejects the row


def test_provinces() -> None:
    assert all(map(is_province, ["广东", "广东省", "内蒙古", "广西壮族自治区", "重庆市"]))
    assert not any(map(is_province, ["", "湛江", "有限责任公司", "广东湛江"]))


def test_tidy() -> None:
    assert tidy(" 甲\n 乙\x7f") == "甲 乙"


@pytest.mark.parametrize(
    "name",
    [
        "香港中央结算（代理人）有限公司",
        "中央汇金资产管理有限责任公司",
        "中国证券金融股份有限公司",
        "全国社保基金九九九组合",
        "某某证券股份有限公司客户信用交易担保证券账户",
        "测试银行-测试中证500交易型开放式指数证券投资基金",
        "TEST NOMINEES LIMITED",
        "社会公众股",
        "流通A股股东",
        "其他股东",
    ],
)
def test_holders_that_conduct_nothing_have_a_reason(name: str) -> None:
    assert nominee_reason(name)


@pytest.mark.parametrize(
    "name", ["测试投资有限公司", "王测试", "测试银行股份有限公司", "测试汇金控股有限公司", "测试公众股份公司"]
)
def test_ordinary_holders_conduct(name: str) -> None:
    assert nominee_reason(name) == ""
