"""The registers: market entities, public bodies, people, capital, equity, guarantees, former names.

Some rows are bad, as real ones are: a wrong check digit (loads, with a warning), an entity without a name,
a row cut short, somebody of a firm nobody registered, a day that does not exist.
"""

from __future__ import annotations

from examples.generator.files import Row, csv_bytes, laid_out
from examples.generator.numbers import REGION
from examples.generator.town import CITY, Firm, Town, padded

UPDATED = "2026-05-31"
_OFFICE = f"{CITY}市场监督管理局"
_BANK = f"{CITY}农村合作银行"
_SIGNERS = {"法定代表人", "投资人", "经营者", "执行事务合伙人"}


def registry_files(town: Town) -> dict[str, bytes]:
    """Path under the city -> content."""
    firms = list(town.firms.values())
    tables: dict[str, list[Row]] = {
        "public_bodies": [_body(town, f) for f in firms if not f.registered],
        "people": [*_people(town), _stray()],
        "capital": [_capital(town, *h) for h in town.holdings],
        "equity_changes": [_change(town, *c) for c in town.changes],
        "guarantees": [*(_guarantee(town, n, *g) for n, g in enumerate(town.guarantees)), _no_such_day(town)],
        "former_names": [_renamed(town, *r) for r in town.former_names],
    }
    made = {f"entities/{name}.csv": laid_out("registry", name, rows) for name, rows in tables.items()}
    market = [_market(town, f) for f in firms if f.registered] + _bad_entities()
    return {"entities/market_entities.csv": laid_out("registry", "market_entities", market) + _cut_short()} | made


def _market(town: Town, firm: Firm) -> Row:
    return {
        "主体身份代码": firm.pripid,
        "登记机关": _OFFICE,
        "企业类型": firm.type,
        "登记状态": firm.status,
        "统一社会信用代码": firm.uscc,
        "名称": firm.name,
        "住所": firm.address,
        "法定代表人": town.rep(firm),
        "行业": firm.trade,
        "注册资本（万元）": firm.capital or "",
        "币种": "人民币" if firm.capital else "",
        "经营范围": f"{firm.trade}（依法须经批准的项目除外）",
        "注册号": firm.reg_no,
        "核准日期": "2026-01-15",
        "成立日期": firm.born,
        "营业期限自": firm.born,
        "行政区划": REGION,
        "隶属企业主体身份代码": town.firms[firm.branch_of].pripid if firm.branch_of else "",
    }


def _bad_entities() -> list[Row]:
    common = {"登记机关": _OFFICE, "企业类型": "有限责任公司", "登记状态": "存续", "成立日期": "2017-01-01"}
    wrong_digit = {"统一社会信用代码": "91999999MA90010010", "名称": f"{CITY}笔误标识有限公司"}
    return [
        common | wrong_digit | {"主体身份代码": "9999990000009001"},
        common | {"主体身份代码": "9999990000009002"},
    ]


def _cut_short() -> bytes:
    return csv_bytes(("9999990000009003", _OFFICE, "有限责任公司"), (), "old").decode("gb18030").encode()


def _body(town: Town, firm: Firm) -> Row:
    return {
        "统一社会信用代码": firm.uscc,
        "机构名称": firm.name,
        "机构类型": firm.type,
        "法定代表人": town.rep(firm),
        "登记管理机关": f"{CITY}登记管理局",
        "成立日期": firm.born,
        "登记状态": "正常",
        "住所": firm.address,
        "行政区划": REGION,
    }


def _people(town: Town) -> list[Row]:
    """Posts of everybody with a number; the head of a public body only where the cast says so."""
    rows: list[Row] = []
    for key, firm, title, since, until in (padded(p, 5) for p in town.posts):
        if town.people[key].shown and (town.firms[firm].registered or key in town.cast["people"]):
            rows.append(_post(town, key, town.firms[firm], title) | {"任职起始日期": since, "任职截止日期": until})
    return rows


def _post(town: Town, key: str, firm: Firm, title: str) -> dict[str, object]:
    person = town.people[key]
    return {
        "主体身份代码": firm.pripid if firm.registered else "",
        "统一社会信用代码": firm.uscc,
        "人员标识": person.personid,
        "法定代表人标志": "1" if title in _SIGNERS else "0",
        "姓名": person.name,
        "职务代码": "431A" if title == "董事长" else "",
        "职务": title,
        "证件类型": "居民身份证",
        "证件号码": person.shown,
        "国籍": "中国",
        "更新日期": UPDATED,
    }


def _stray() -> Row:
    return {
        "主体身份代码": "9999990000009999",
        "人员标识": "RY909999",
        "姓名": "施无名",
        "职务": "监事",
        "更新日期": UPDATED,
    }


def _capital(town: Town, holder: str, key: str, share: str) -> Row:
    firm = town.firms[key]
    amount = round((firm.capital or 1000) * float(share), 4)
    return {
        **_holder(town, holder),
        "主体身份代码": firm.pripid,
        "统一社会信用代码": firm.uscc,
        "认缴出资额（万元）": amount,
        "认缴出资日期": f"{int(firm.born[:4]) + 20}-12-31",
        "认缴出资方式": "货币",
        "实缴出资额（万元）": amount / 2,
        "实缴出资日期": firm.born,
        "实缴出资方式": "货币",
        "年报年度": "2025",
        "更新日期": UPDATED,
    }


def _holder(town: Town, key: str) -> dict[str, str]:
    if key in town.people:
        person = town.people[key]
        number = {"投资人标识": person.personid, "证件类型": "居民身份证", "证件号码": person.shown}
        return {"股东名称": person.name, "股东类型": "自然人"} | number
    firm = town.firms[key]
    named = {"股东名称": firm.name, "股东类型": "企业法人" if firm.registered else "机关法人"}
    if key == "CSASAC":  # one holder comes by name alone, as many do
        return named
    number = {"投资人标识": firm.pripid if firm.registered else "", "证件号码": firm.uscc}
    return named | number | {"证件类型": "统一社会信用代码"}


def _change(town: Town, holder: str, key: str, *change: str) -> Row:
    before, after, day = change
    firm = town.firms[key]
    return {
        "主体身份代码": firm.pripid,
        "统一社会信用代码": firm.uscc,
        "投资人标识": town.firms[holder].pripid if holder in town.firms else town.people[holder].personid,
        "股东名称": town.name(holder),
        "变更前股权比例": f"{float(before) * 100:g}%",
        "变更后股权比例": f"{float(after) * 100:g}%",
        "变更日期": day,
        "公示日期": day,
    }


def _guarantee(town: Town, n: int, guarantor: str, debtor: str, *terms: str) -> Row:
    """Every fifth debtor comes by name alone."""
    firm, other = town.firms[guarantor], town.firms[debtor]
    return {
        "主体身份代码": firm.pripid,
        "统一社会信用代码": firm.uscc,
        "债权人": _BANK,
        "债务人": other.name,
        "债务人统一社会信用代码": "" if n % 5 == 2 else other.uscc,
        "主债权种类": "借款",
        "主债权数额（万元）": terms[0],
        "担保起始日期": terms[1],
        "担保截止日期": terms[2],
        "保证方式": "连带责任保证",
    }


def _no_such_day(town: Town) -> Row:
    return _guarantee(town, 0, "R1", "R4", "90", "2025-02-30", "2027-02-28")


def _renamed(town: Town, key: str, old: str, day: str) -> Row:
    return {"统一社会信用代码": town.id(key), "名称": town.name(key), "曾用名": CITY + old, "变更日期": day}
