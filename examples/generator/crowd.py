"""The crowd around the cast: some two hundred firms, their people, holdings and everyday records.

Only `Dice.random` is drawn on: its numbers are the same on every Python, those of `choice` need not be. The
crowd never touches anybody of the cast except through the guarantee company and the agent's address.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, TypeVar

from examples.generator.town import SNAPSHOT, Town

T = TypeVar("T")

FIRMS = 215
# With two more from the cast this makes the guarantee company a subject of well over 200 relations.
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
# Two characters each.
_GIVEN = (
    "望舒扶光听松眠云拾翠枕石漱泉临风观鱼问月采葛饮露步蟾折桂种玉煮雪钓雪耕烟牧云踏歌倚竹寄梅归鹤梦蝶"
    "濯足振衣忘机守拙抱璞怀沙涉江思齐慎独希声大白若愚不争处厚居易乐山"
)
_FIRST = "青朱玄素丹碧苍绛缁缃黛赭霁曜晗昀澄泓湛沅澧湘漪澜岚峤岫嵘萱蘅芷荃"
_SECOND = "岚渊芜圃屿舟笙箫弦钟磬砚墨帛锦绮罗蕙芝兰芸荻荷菱禾穗黍麦稷桐梓楸榆柏"
_TRADES = (
    ("商贸", "批发业"),
    ("建材", "建材批发"),
    ("机电", "机电设备批发"),
    ("食品", "食品制造业"),
    ("物流", "道路货运"),
    ("建筑劳务", "建筑劳务"),
    ("电子", "电子设备制造"),
    ("包装", "纸制品制造"),
    ("园艺", "园林绿化"),
    ("信息技术", "软件开发"),
    ("餐饮管理", "餐饮业"),
    ("五金", "金属制品"),
)
# list, odds for a firm of the crowd, reason
_RECORDS: tuple[tuple[str, float, str], ...] = (
    ("SXBZXR", 0.035, ""),
    ("BZXR", 0.05, ""),
    ("JYYC", 0.06, "未依照规定期限公示年度报告"),
    ("YZWF", 0.02, "侵害消费者权益情节严重"),
    ("XZCF", 0.09, "未按规定明码标价"),
    ("XZXK", 0.14, "许可经营项目核准"),
    ("A_TAX", 0.12, "2025年度评价"),
    ("SWD", 0.02, "2025年度评价"),
    ("FZCH", 0.02, "连续三个月所有税种均未进行纳税申报"),
    ("ZDSS", 0.01, "虚开增值税专用发票"),
    ("QXNMG", 0.015, "因拖欠农民工工资引发群体性事件"),
)


class Dice(random.Random):
    """A seeded source of chance."""

    def pick(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[int(self.random() * len(items))]

    def day(self, first: int, last: int) -> str:
        """A day in the years from `first` to `last`."""
        year = first + int(self.random() * (last - first + 1))
        return f"{year}-{int(self.random() * 12) + 1:02d}-{int(self.random() * 28) + 1:02d}"


def add_crowd(town: Town, seed: int) -> None:
    """Give every firm of the cast a head, then add the crowd."""
    dice = Dice(seed)
    names = _names(dice, {p.name for p in town.people.values()})
    for firm in list(town.firms.values()):
        if not town.rep(firm):
            title = "负责人" if firm.branch_of or not firm.registered else _head_title(firm.type)
            _post(town, names.pop(), firm.key, title, firm.born)
    trade_names = _trade_names(dice)
    for n in range(FIRMS):
        _add_firm(town, dice, f"crowd{n}", trade_names.pop(), names)
    _join(town, dice)


def _names(dice: Dice, taken: set[str]) -> list[str]:
    """People's names in random order, each once, none borne by the cast: namesakes are made on purpose."""
    names = sorted({s + _GIVEN[i : i + 2] for s in _SURNAMES for i in range(0, len(_GIVEN), 2)} - taken)
    return [n for _, n in sorted((dice.random(), n) for n in names)]


def _trade_names(dice: Dice) -> list[str]:
    names = [a + b for a in _FIRST for b in _SECOND]
    return [n for _, n in sorted((dice.random(), n) for n in names)]


def _head_title(firm_type: str) -> str:
    heads = {"个体工商户": "经营者", "个人独资企业": "投资人", "有限合伙企业": "执行事务合伙人"}
    return heads.get(firm_type, "法定代表人")


def _post(town: Town, name: str, firm: str, title: str, since: str) -> str:
    key = f"p{len(town.people) + 1}"
    town.add_person(key, {"name": name})
    town.posts.append([key, firm, title, since])
    return key


def _add_firm(town: Town, dice: Dice, key: str, word: str, names: list[str]) -> None:
    goods, trade = dice.pick(_TRADES)
    born, capital = dice.day(2003, 2023), int(dice.random() * 40 + 1) * 50
    spec = {"name": f"{word}{goods}有限公司", "born": born, "capital": capital, "trade": trade}
    town.add_firm(key, spec | ({"at": "hub"} if dice.random() < 0.18 else {}))
    head = _post(town, names.pop(), key, "法定代表人", born)
    town.posts.append([head, key, "执行董事", born])
    holders = [head]
    if dice.random() < 0.45:
        holders.append(_post(town, names.pop(), key, "监事", born))
    share = dice.pick((0.51, 0.6, 0.7, 0.8)) if len(holders) > 1 else 1.0
    town.holdings.append([head, key, share])
    town.holdings.extend([h, key, round(1 - share, 2)] for h in holders[1:])
    for code, odds, reason in _RECORDS:
        if dice.random() < odds:
            town.entries.append(_record(dice, code, key, reason))


def _record(dice: Dice, code: str, firm: str, reason: str) -> dict[str, Any]:
    on = dice.day(2024, 2026)
    on = on if on < SNAPSHOT else f"2025{on[4:]}"
    entry: dict[str, Any] = {"list": code, "of": firm, "on": on, "reason": reason}
    if code == "SXBZXR":
        entry["ground"] = dice.pick(("1", "3", "4"))
    if code in ("XZCF", "BZXR", "ZDSS", "QXNMG"):
        entry["amount"] = int(dice.random() * 60) + 1
    if code == "XZCF":
        years = dice.pick((1, 3))
        entry["tier"], entry["expires"] = "general" if years == 1 else "serious", _later(on, years)
    return entry


def _later(day: str, years: int) -> str:
    return f"{int(day[:4]) + years}{day[4:]}"


def _join(town: Town, dice: Dice) -> None:
    """Second posts, firms that hold firms, and the guarantee company's book."""
    crowd = [k for k in town.firms if k.startswith("crowd")]
    heads = [row[0] for row in town.posts if row[1] in crowd and row[2] == "法定代表人"]
    for n, firm in enumerate(crowd):
        born = town.firms[firm].born
        other = heads[(n * 7 + 3) % len(heads)]
        if n % 6 == 0:
            town.posts.append([other, firm, "经理", max(born, "2019-01-01")])
        if n % 11 == 5:
            town.guarantees.append([crowd[n - 4], firm, 100 + n, "2024-07-01", "2027-06-30"])
        month = f"{n % 12 + 1:02d}"
        town.guarantees.append(["HUB", firm, 50 + n, f"2025-{month}-10", f"2028-{month}-09"])
    town.guarantees.extend(["HUB", k, 800, "2025-02-10", "2028-02-09"] for k in ("Q", "B1"))
    _second_firms(town, dice, crowd)


def _second_firms(town: Town, dice: Dice, crowd: list[str]) -> None:
    """Every ninth firm sells a fifth of itself to an older one, and says so in 股权变更."""
    for n, firm in enumerate(crowd):
        if n % 9 != 4:
            continue
        buyer, seller = crowd[n - 3], next(h for h in town.holdings if h[1] == firm)
        day, before = dice.day(2023, 2025), seller[2]
        seller[2] = round(before - 0.2, 2)
        town.holdings.append([buyer, firm, 0.2])
        town.changes.append([seller[0], firm, before, seller[2], day])
        town.changes.append([buyer, firm, 0, 0.2, day])
