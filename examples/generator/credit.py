"""Public credit records: courts, market supervision, tax, labour, 双公示 and the lists of 信用中国.

Every entry becomes a card of named fields; a layout says which field stands under which title. The legal
basis of each list comes from the vocabulary, as a department would print it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from examples.generator.files import laid_out, layouts
from examples.generator.numbers import fifteen
from examples.generator.town import CITY, SNAPSHOT, Town
from graph.vocabulary import list_types

Card = dict[str, str]
COURT = f"{CITY}东皋区人民法院"
# Who keeps a list in this city, and the word in the numbers of its decisions.
OFFICES: dict[str, tuple[str, str]] = {
    "XZCF": ("综合行政执法局", "综执"),
    "XZXK": ("行政审批局", "审批"),
    "QXNMG": ("人力资源和社会保障局", "人社"),
    "ZFCG": ("财政局", "财采"),
    "ZTB": ("公共资源交易监督管理局", "公管"),
    "AQSC": ("应急管理局", "应急"),
    "TJ": ("统计局", "统"),
    "HJ": ("生态环境局", "环"),
    "GREEN": ("生态环境局", "环"),
    "HG": ("海关", "关"),
    "AEO": ("海关", "关"),
    "SHZZ": ("民政局", "民"),
    "OTHER_RED": ("民政局", "民"),
    "ZW": ("发展和改革委员会", "发改"),
    "PCZR": ("中级人民法院", "破"),
    "XSCF": ("东皋区人民法院", "刑"),
    "WL": ("文化广电和旅游局", "文旅"),
    "ZQJR": ("证券监督管理机构（虚构）", "证"),
} | dict.fromkeys(("ZDSS", "SWD", "A_TAX", "FZCH", "QS"), ("税务局", "税"))
_MARKET_OFFICE = ("市场监督管理局", "市监")
_COURT_LISTS = {"SXBZXR", "XZXF", "BZXR"}
_GROUNDS = {
    "1": "有履行能力而拒不履行生效法律文书确定义务",
    "3": "以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行",
    "4": "违反财产报告制度",
    "own_debt": "有履行能力而拒不履行生效法律文书确定义务",
    "illegal": "违法行为情节严重",
    "no_report": "连续未报送年度报告",
}
_TIERS = {"minor": "轻微", "general": "一般", "serious": "严重"}
# Fields written as the entry of the cast has them.
_AS_GIVEN = ("on", "expires", "removed", "how", "reason", "amount", "objected")


def credit_files(town: Town) -> dict[str, bytes]:
    """Path under the city -> content."""
    cards: dict[str, list[Card]] = defaultdict(list)
    for n, entry in enumerate(town.entries, start=1):
        cards[entry["list"]].extend(_cards(town, entry, n))
    made = {}
    for name, layout in layouts()["credit"].items():
        rows = [card for code in layout["lists"] for card in cards[code]]
        made[f"records/{name}.csv"] = laid_out("credit", name, rows + _bad_rows(town, name))
    permissions = [_permission(town, cards["XZXF"], *p) for p in town.cast["permissions"]]
    name = "spending_permissions"
    return made | {f"records/{name}.csv": laid_out("credit", name, permissions)}


def _cards(town: Town, entry: dict[str, Any], n: int) -> list[Card]:
    """The card of an entry; where it names people, one for each of them."""
    base = _subject(town, entry) | _decision(entry, n) | _wording(entry)
    if "co_debtor" in entry:
        base["co_debtor"] = town.name(entry["co_debtor"])
    named = [_named(town, *who) for who in entry.get("named", ())]
    if entry["list"] == "XZXF":
        return [base, *(base | _restricted(base, who) for who in named)]
    return [base | who for who in named] or [base]


def _subject(town: Town, entry: dict[str, Any]) -> Card:
    key, card = entry["of"], entry.get("card", "")
    if key in town.people:
        person = town.people[key]
        number = fifteen(person.number) if person.old else person.number
        number = person.shown if card == "mask" else number
        sex = "男" if int(person.number[16]) % 2 else "女"
        age = str(int(SNAPSHOT[:4]) - int(person.number[6:10]))
        return {"name": person.name, "number": number, "person_id": number, "sex": sex, "age": age}
    firm = town.firms[key]
    number = firm.org_code if card == "org_code" else firm.uscc
    found = {"name": firm.name, "number": number, "uscc": number, "rep": town.rep(firm)}
    return found | {"address": firm.address, "reg_no": firm.reg_no}


def _decision(entry: dict[str, Any], n: int) -> Card:
    """Who decided, under which number, on what law."""
    code, year = entry["list"], int(entry["on"][:4])
    known, court = list_types()[code], code in _COURT_LISTS
    office, word = OFFICES.get(code, _MARKET_OFFICE)
    authority = COURT if court else CITY + office
    return {
        "doc": f"（{year}）乌0199执{n}号" if court else f"乌{word}〔{year}〕{n}号",
        "gist": f"（{year - 1}）乌0199民初{n * 3}号",
        "court": COURT,
        "creditor": f"{CITY}农村合作银行",
        "filed": f"{year - 1}-11-20",
        "authority": authority,
        "remover": authority if "removed" in entry else "",
        "basis": known.basis,
        "list_name": known.name,
        "feed": "2" if known.family == "red" else "8",
    }


def _wording(entry: dict[str, Any]) -> Card:
    """Dates as given, codes in the words of the department."""
    code, ground = entry["list"], entry.get("ground", "")
    return {field: str(entry.get(field, "")) for field in _AS_GIVEN} | {
        "ground": _GROUNDS.get(ground, ""),
        "debt": "个人所负数额较大的债务到期未清偿" if ground == "own_debt" else "",
        "tier": _TIERS.get(entry.get("tier", ""), ""),
        "grade": {"SWD": "D", "A_TAX": "A"}.get(code, ""),
        "penalty_law": "价格法、特种设备安全法等有关规定",
        "measure": "撤销登记" if code == "CXDJ" else "吊销营业执照",
    }


def _named(town: Town, key: str, role: str, how: str) -> Card:
    person = town.people[key]
    number = {"full": person.number, "mask": person.shown, "name": ""}[how]
    return {"person": person.name, "person_number": number, "role": role}


def _restricted(base: Card, who: Card) -> Card:
    """The row of a person restricted because of a unit."""
    unit = {"unit": base["name"], "unit_code": base["number"]}
    return unit | {"name": who["person"], "number": who["person_number"]}


def _bad_rows(town: Town, name: str) -> list[Card]:
    """Grades that are no list, and a penalty that does not say on what it rests."""
    if name == "tax_grades":
        entry = {"list": "A_TAX", "on": "2026-04-20"}
        grades = (("crowd3", "B"), ("crowd8", "M"), ("B1", "C"))
        plain = _decision(entry, 900) | _wording(entry)
        return [plain | _subject(town, {"of": key}) | {"grade": grade} for key, grade in grades]
    if name == "penalties":
        entry = {"list": "XZCF", "of": "crowd12", "on": "2026-02-02", "reason": "无照经营"}
        return [card | {"basis": "", "penalty_law": ""} for card in _cards(town, entry, 901)]
    return []


def _permission(town: Town, orders: list[Card], firm: str, key: str, *terms: str) -> Card:
    order = next(c for c in orders if c["number"] == town.firms[firm].uscc)
    doc, since, until, what = terms
    return _named(town, key, "", "full") | {
        "order": order["doc"],
        "name": order["name"],
        "number": order["number"],
        "doc": doc,
        "reason": what,
        "since": since,
        "until": until,
        "court": COURT,
    }
