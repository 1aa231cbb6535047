"""The table the law pack is held against, from the rules of the domain facts (`domain.md` §2.2 with §0b).

    cd tests/queries/law; python domain_table.py ../../../../shared/reference/domain.md > domain_rules.csv

Classes, grades and trigger modes are read off the text; lists and roles by the words of the trigger column. Where
§0b or the matrix says otherwise the correction stands below, with the words it rests on: they must still be there.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable
from pathlib import Path

FIELDS = ("id", "lists", "roles", "classes", "grades", "mode")
_ROW = re.compile(r"^\| (?:\*\*)?(R\d\d[a-z]?)(?:\*\*)? \|(.*)\|$", re.MULTILINE)
_BOARD = ("DIRECTOR", "SUPERVISOR", "EXECUTIVE")
# Longest words first: 实际控制人 is no 控制人, a 主要负责人 no mere 负责人.
_ROLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("董监高", _BOARD),
    ("董/监/高", _BOARD),
    ("SENIOR_EXEC", ("EXECUTIVE",)),
    ("董事/高管", ("DIRECTOR", "EXECUTIVE")),
    ("LEGAL_REP", ("LEGAL_REP",)),
    ("PRINCIPAL", ("PRINCIPAL",)),
    ("DIRECT_RESPONSIBLE", ("DIRECT_RESPONSIBLE",)),
    ("ACTUAL_CONTROLLER", ("ACTUAL_CONTROLLER",)),
    ("DIRECTOR", ("DIRECTOR",)),
    ("SUPERVISOR", ("SUPERVISOR",)),
    ("法定代表人", ("LEGAL_REP",)),
    ("法代", ("LEGAL_REP",)),
    ("主要负责人", ("PRINCIPAL",)),
    ("直接负责主管", ("DIRECT_RESPONSIBLE",)),
    ("直接责任人", ("DIRECT_RESPONSIBLE",)),
    ("实际控制人", ("ACTUAL_CONTROLLER",)),
    ("实控人", ("ACTUAL_CONTROLLER",)),
    ("负责人", ("PRINCIPAL",)),
    ("四类人", ("LEGAL_REP", "PRINCIPAL", "DIRECT_RESPONSIBLE", "ACTUAL_CONTROLLER")),
    ("four roles", ("LEGAL_REP", "PRINCIPAL", "DIRECT_RESPONSIBLE", "ACTUAL_CONTROLLER")),
    ("股东", ("SHAREHOLDER",)),
    ("管理关系", ("MANAGES",)),
    ("控股", ("SHAREHOLDER",)),
    ("普通合伙人", ("GENERAL_PARTNER",)),
    ("分支机构", ("BRANCH_OF",)),
    ("employs", ("EMPLOYEE",)),
    ("董事", ("DIRECTOR",)),
    ("厂长", ("PRINCIPAL",)),
    ("经理", ("EXECUTIVE",)),
)
_LISTS = (
    ("失信被执行人", "SXBZXR"),
    ("失信联合惩戒对象", "SXBZXR"),
    ("破产", "PCZR"),
    ("bankruptcy", "PCZR"),
    ("吊销营业执照", "DXYZ"),
    ("吊销企业", "DXYZ"),
    ("closed under", "DXYZ"),
    ("虚假登记被撤销", "CXDJ"),
    ("食品", "SP"),
    ("药品", "YP"),
    ("刑罚", "XSCF"),
    ("crimes", "XSCF"),
    ("故意犯罪", "XSCF"),
    ("tax D", "SWD"),
    ("非正常户", "FZCH"),
    ("欠税", "QS"),
    ("文旅", "WL"),
    ("吊销登记证书", "SHZZ_DX"),
    ("证券市场禁入", "ZQJR"),
    ("环评", "HPBZ"),
    ("政府机关失信", "ZW"),
    ("拒服兵役", "GFYW"),
)
_GRADES = (("from memory", "unverified"), ("P:", "partial"), ("T:", "text"))  # weakest first

# id -> (field, value, the words of the facts it rests on).
_CORRECTIONS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "R01": (("lists", "XZXF SXBZXR", "**R01/R03** trigger on XZXF, and on SXBZXR"),),
    "R01x": (
        ("lists", "XZXF SXBZXR", "exception: 因私消费以个人财产"),
        ("roles", "LEGAL_REP PRINCIPAL DIRECT_RESPONSIBLE ACTUAL_CONTROLLER", "same §3(2)"),
    ),
    # The number of its article is from memory, the rule is not.
    "R02": (("grades", "partial", "§16 number from memory, verify"),),
    # 直接责任人 and 实控人 are what he has to prove not to be.
    "R03": (
        ("lists", "XZXF SXBZXR", "**R01/R03** trigger on XZXF, and on SXBZXR"),
        ("roles", "LEGAL_REP PRINCIPAL", "法代/主要负责人 changed after 限消"),
    ),
    "R04": (
        ("lists", "XZXF SXBZXR BZXR", "**R04** on BZXR, SXBZXR, XZXF"),
        ("roles", "LEGAL_REP PRINCIPAL DIRECT_RESPONSIBLE", "(NOT 实控人)"),
    ),
    "R06": (("lists", "SXBZXR", "个人 数额较大债务到期未清偿 → LEGAL_REP"),),
    # 控股 says what firm it is, and no holder is bound.
    "R07": (("roles", "LEGAL_REP PRINCIPAL DIRECTOR SUPERVISOR EXECUTIVE", "国有独资/控股公司董监高"),),
    "R11": (("roles", "LEGAL_REP PRINCIPAL DIRECTOR SUPERVISOR EXECUTIVE", "for 法代 role also covers former 法代"),),
    "R12": (("roles", "DIRECTOR SUPERVISOR EXECUTIVE DIRECT_RESPONSIBLE", "| PCZR | R11(登记),R13 | R11 | R12 |"),),
    "R13": (
        ("lists", "PCZR", "accepted (R13)"),
        ("classes", "STATUTORY STATUTORY_CONDITIONAL", "(+财务/其他经营管理人员 if court decides)"),
        ("roles", "LEGAL_REP DIRECTOR SUPERVISOR EXECUTIVE", "new 董监高 posts elsewhere"),
    ),
    "R15": (
        ("roles", "DIRECT_RESPONSIBLE LEGAL_REP PRINCIPAL FOUNDER", "any new 市场主体登记 申请"),
        ("lists", "CXDJ", "**R15** belongs to list CXDJ"),
    ),
    "R17": (("roles", "LEGAL_REP DIRECT_RESPONSIBLE", "**R17** reaches 法代 and 直接责任人员"),),
    "R17b": (
        ("lists", "SP YP", "drugs: 责令解聘"),
        # Whoever R17 reaches, in the post of an employee or a manager.
        ("roles", "LEGAL_REP DIRECT_RESPONSIBLE EMPLOYEE EXECUTIVE", "a food business **employs** such a person"),
    ),
    "R18": (("roles", "", "药品/疫苗 violation, decision against"),),
    "R19": (
        ("lists", "XSCF", "**R19** to XSCF"),
        # Read with care: an entry on the unit does not say that he was punished, nor a legal post that he was its head.
        ("classes", "STATUTORY STATUTORY_CONDITIONAL", "主要负责人 with 刑罚/撤职 for failing duty"),
        ("roles", "PRINCIPAL LEGAL_REP", "主要负责人 with 刑罚/撤职 for failing duty"),
    ),
    "R21": (("roles", "", "AQSC list: unit + 主要负责人 + 有关责任人员"),),
    "R22": (("roles", "", "QXNMG: unit + 法代或主要负责人"),),
    "R23": (
        (
            "roles",
            "DIRECT_RESPONSIBLE FOUNDER LEGAL_REP PRINCIPAL EXECUTIVE SHAREHOLDER",
            "FOUNDER, LEGAL_REP, PRINCIPAL, EXECUTIVE (经理) of B",
        ),
    ),
    "R25": (("roles", "", "文旅 licence revoked → 法代或主要负责人"),),
    "R26": (
        ("lists", "SHZZ_DX", "**R26** to SHZZ_DX"),
        ("roles", "LEGAL_REP PRINCIPAL DIRECTOR SUPERVISOR EXECUTIVE", "| SHZZ / 慈善吊销 | R26 (负责人) | R26 |"),
        ("classes", "STATUTORY STATUTORY_CONDITIONAL", "理事长/副/秘书长 with 个人责任 5 y"),
    ),
    # What the person banned may not become.
    "R27": (("roles", "", "证券市场禁入 person → 董监高 of 证券发行人"),),
    "R28": (("roles", "SHAREHOLDER ACTUAL_CONTROLLER", "**or 控股股东/实际控制人**"),),
    "R29": (
        ("lists", "XSCF SXBZXR", "不能清偿到期债务"),
        ("roles", "SHAREHOLDER ACTUAL_CONTROLLER", "证券公司 ≥5% 股东/实控人"),
    ),
    "R30": (
        ("lists", "DXYZ PCZR SXBZXR", "吊销企业法代/破产企业负责人 with 个人责任; 个人大额债务"),
        (
            "roles",
            "LEGAL_REP PRINCIPAL DIRECTOR SUPERVISOR EXECUTIVE EMPLOYEE",
            "商业银行 董事/高管; 公募基金管理人 人员",
        ),
        ("classes", "STATUTORY STATUTORY_CONDITIONAL", "破产企业负责人 with 个人责任"),
    ),
    "R32": (("lists", "XZXF SXBZXR BZXR", "branch debt → 追加法人"),),
    "R33": (
        ("lists", "XZXF SXBZXR BZXR", "追加为被执行人"),
        ("roles", "SHAREHOLDER PRINCIPAL GENERAL_PARTNER", "个人独资企业→投资人 §13"),
    ),
    "R34": (
        ("lists", "XZXF SXBZXR BZXR", "controlled ≥2 companies (横向混同)"),
        ("roles", "SHAREHOLDER", "controlled ≥2 companies (横向混同)"),
    ),
    "R35": (("roles", "LEGAL_REP PRINCIPAL SHAREHOLDER ACTUAL_CONTROLLER MANAGES", "单位负责人为同一人 / 存在控股"),),
    "R36": (("roles", "LEGAL_REP PRINCIPAL SHAREHOLDER ACTUAL_CONTROLLER MANAGES", "**直接**控股、管理关系"),),
    "R37": (("roles", "", "环评 编制主持人/主要编制人员"),),
    "R39": (("lists", "GFYW SXBZXR QXNMG ZDSS AQSC WL", "个人 依法列为失信联合惩戒对象"),),
}


def table(facts: str) -> list[dict[str, str]]:
    """The rows of the table, in the order of the rules."""
    modes = _modes(facts)
    rows = []
    for found in _ROW.finditer(facts):
        key, cells = found[1], found[2].split("|")
        if len(cells) != 5:
            continue
        trigger, effect, _measure, _period, basis = cells
        row = {
            "id": key,
            "lists": _words(trigger, _LISTS) | set(re.findall(r"\b(YZWF|AQSC|QXNMG)\b", trigger)),
            "roles": {role for word, roles in _found(trigger, _ROLES) for role in roles},
            "classes": {_class(effect)},
            "grades": _grades(basis) or _grades(trigger),
            "mode": {modes.get(key, "")},
        }
        for field, value, words in _CORRECTIONS.get(key, ()):
            if words not in facts:
                raise ValueError(f"{key}: the facts no longer say: {words}")
            row[field] = set(value.split())
        rows.append({"id": key} | {field: " ".join(sorted(row[field])) for field in FIELDS[1:]})
    return sorted(rows, key=lambda row: row["id"])


def text(rows: Iterable[dict[str, str]]) -> str:
    """The rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _found(cell: str, words: Iterable[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """The words that stand in a cell; each takes its place, so that no shorter one is found in it again."""
    hits = []
    for word, meant in words:
        if word in cell:
            hits.append((word, meant))
            cell = cell.replace(word, "")
    return hits


def _words(cell: str, words: Iterable[tuple[str, str]]) -> set[str]:
    return {meant for word, meant in words if word in cell}


def _class(effect: str) -> str:
    said = re.search(r"STATUTORY_CONDITIONAL|STATUTORY|DISCRETIONARY|LIABILITY|LISTED_SELF|FORBIDDEN|exception", effect)
    if said is None:
        raise ValueError(f"no class in: {effect}")
    return said[0].upper()


def _grades(cell: str) -> set[str]:
    """The grade of every mark; of a mark that says several the weakest."""
    marks = re.findall(r"`\[(.*?)\]`", cell)
    return {grade for mark in marks for grade in [next((g for word, g in _GRADES if word in mark), "")] if grade}


def _modes(facts: str) -> dict[str, str]:
    """`listed` or `event` by rule, from the sentence of §0b that names them."""
    told = re.search(r"\*listing\* \((.*?)\)\..*?\*decision\* \((.*?)\)", facts)
    if told is None:
        raise ValueError("§0b no longer says which rules are listed and which are event")
    return {key: mode for mode, part in zip(("listed", "event"), told.groups(), strict=True) for key in _range(part)}


def _range(part: str) -> list[str]:
    """`R01, R03–R10` as ids."""
    ids = []
    for first, last in re.findall(r"R(\d\d)(?:–R(\d\d))?", part):
        ids += [f"R{n:02d}" for n in range(int(first), int(last or first) + 1)]
    return ids


if __name__ == "__main__":
    sys.stdout.write(text(table(Path(sys.argv[1]).read_text(encoding="utf-8"))))
