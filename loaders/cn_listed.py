"""A-share companies, October 2020: companies, officers, ten largest holders, suppliers (GB18030, tabs).

Companies keep their stock code as id. People are known by name inside one company only. `dldslr` holds
every independent director there ever was, the present ones (`dldsxr`) too: former are those not also present,
and all that is known of their end is that it came before the data were taken. Of supplier tables the latest
report of a company stands until a later one is loaded; earlier ones ended with their year. Suppliers
disclosed as "供应商一", "第二名" or several at once are no subjects and are rejected.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from graph.names import looks_like_organisation, name_key
from graph.vocabulary import Kind
from loaders.assemble import (
    bodies,
    body_ids,
    combined,
    counted,
    people,
    person_ids,
    rejections,
    without_repeats,
)
from loaders.columns import mapped
from loaders.facts import Facts, table
from loaders.nominees import nominee_reason
from loaders.readers import Layout, Sheet, read_sheets
from loaders.values import day, ratio, tidy

SNAPSHOT = "2020-10-31"  # the data were taken in October 2020


def _layout(key: str, file: str, *columns: str) -> Layout:
    return Layout(key, (file,), ("gpdm", *columns), delimiter="\t", quoted=False)


LAYOUTS: tuple[Layout, ...] = (
    _layout("companies", "company_basic_info.csv", "gsmc", "xydm", "gssx", "clrq", "fddbr", "sf", "cs", "hymc"),
    _layout("officers", "keydirector_info.csv", "zwdm", "name"),
    _layout("holders", "shareholder_info.csv", "name", "gdcgbl"),
    _layout("suppliers", "supplier_info.csv", "gysmc", "bgnd", "gysbl"),
    _layout("industries", "industry_info.csv", "hymc1", "hydm1"),
)
# Role code -> relation and title. dldslr is former, see above.
_ROLES: dict[str, tuple[str, str]] = {
    "dsz": ("DIRECTOR", "董事长"),
    "gsds": ("DIRECTOR", "董事"),
    "dldsxr": ("DIRECTOR", "独立董事"),
    "dldslr": ("DIRECTOR", "独立董事"),
    "gsjs": ("SUPERVISOR", "监事"),
    "zjl": ("EXECUTIVE", "总经理"),
    "dshms": ("EXECUTIVE", "董事会秘书"),
    "gsgg": ("EXECUTIVE", "高级管理人员"),
}
_STATE_OWNED = {"中央国有企业": "true", "地方国有企业": "true", "民营企业": "false", "外资企业": "false"}
_SEVERAL = re.compile(
    r"一致行动人|及其|下属单位|系统内单位|同一(实际)?控制人?|军品单位|保密单位|特定供应商|未明确|家族成员|[\u4e00-\u9fff]\*+$|\*\*|某"
)
_ORDINAL = r"第?[一二三四五六七八九十百零0-9]+|[A-Z][0-9]{0,4}|[甲乙丙丁戊己庚辛壬癸]"
_LABEL = (
    r"供应商|供货商|供应产?|采购商|客户|客商|单位|有限公司|公司|法人|企业|厂商|厂家|商户|自然人|个人|医药商|品牌|军工"
    r"|航油|起降|修理|主要|关联|排名|前|第|名|位|大|的"
)
_ANONYMOUS = re.compile(rf"(?:{_LABEL})*(?:{_ORDINAL})?(?:{_LABEL})*")
_PUNCTUATION = re.compile(r"[\s\-·.,、:;'\"/()_#]+")


def read(paths: Sequence[Path], snapshot: str) -> Facts:
    """Facts of any of the five files. `snapshot`: the day the data were taken, 2020-10-31 when empty."""
    sheets = read_sheets(paths, LAYOUTS)
    seen_on = snapshot or SNAPSHOT
    parts = [Facts(rejected=sheet.rejected) for group in sheets.values() for sheet in group]
    parts += [_companies(sheet, seen_on) for sheet in sheets["companies"]]
    parts += [_officers(sheet, seen_on) for sheet in sheets["officers"]]
    parts += [_holders(sheet, seen_on) for sheet in sheets["holders"]]
    parts += [_suppliers(sheet) for sheet in sheets["suppliers"]]
    unused = [f"{sheet.file}：未使用，行业取自 company_basic_info.csv" for sheet in sheets["industries"]]
    return combined([*parts, Facts(warnings=unused)])


def _companies(sheet: Sheet, seen_on: str) -> Facts:
    frame = sheet.frame
    nameless = (frame["gpdm"] == "") | (frame["gsmc"] == "")
    rejected = rejections(frame[nameless], "缺少股票代码或公司名称")
    frame = frame[~nameless]
    subjects = pd.DataFrame(
        {
            "id": frame["gpdm"],
            "kind": Kind.ENTERPRISE.value,
            "form": "company",
            "name": mapped(frame["gsmc"], tidy),
            "uscc": frame["xydm"],
            "status": "上市",
            "sector": frame["hymc"],
            "state_owned": frame["gssx"].map(_STATE_OWNED).fillna(""),
            "region": frame["sf"].where(frame["sf"] == frame["cs"].str.removesuffix("市"), frame["sf"] + frame["cs"]),
            "established": mapped(frame["clrq"], day),
            "aliases": frame.get("gpjc", ""),
            "record": frame["record"],
        }
    )
    legal = _legal_representatives(frame[frame["fddbr"] != ""], seen_on)
    return combined([Facts(subjects=table("subjects", subjects), rejected=rejected), legal])


def _legal_representatives(frame: pd.DataFrame, seen_on: str) -> Facts:
    """People as LEGAL_REP; a firm in their place leads the company, it cannot represent it."""
    firm = frame["fddbr"].map(looks_like_organisation).astype(bool)
    ids = person_ids(frame["fddbr"], frame["gpdm"]).where(~firm, body_ids(frame["fddbr"]))
    relations = pd.DataFrame(
        {
            "source": ids,
            "target": frame["gpdm"],
            "type": firm.map({True: "PRINCIPAL", False: "LEGAL_REP"}),
            "title": firm.map({True: "法定代表人", False: ""}),
            "seen_on": seen_on,
            "record": frame["record"],
        }
    )
    subjects = pd.concat([_people(frame[~firm], "fddbr"), bodies(frame["fddbr"][firm], frame["record"][firm])])
    return Facts(subjects=subjects, relations=table("relations", relations))


def _people(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return people(frame[column], frame["gpdm"], frame["record"])


def _officers(sheet: Sheet, seen_on: str) -> Facts:
    frame = sheet.frame
    unknown = ~frame["zwdm"].isin(_ROLES) | (frame["name"] == "") | (frame["gpdm"] == "")
    rejected = rejections(frame[unknown], "职务代码不识别，或缺少姓名、股票代码")
    frame = frame[~unknown].assign(id=lambda rows: person_ids(rows["name"], rows["gpdm"]))
    frame, repeats = without_repeats(frame, ["id", "zwdm"], f"{sheet.file} 任职")
    present = set(frame.loc[frame["zwdm"] == "dldsxr", "id"])
    still = (frame["zwdm"] == "dldslr") & frame["id"].isin(present)
    repeats += counted(frame.loc[still, "record"], f"{sheet.file} 历任独立董事现仍在任，不计为离任")
    frame = frame[~still]
    relations = pd.DataFrame(
        {
            "source": frame["id"],
            "target": frame["gpdm"],
            "type": frame["zwdm"].map(lambda code: _ROLES[code][0]),
            "title": frame["zwdm"].map(lambda code: _ROLES[code][1]),
            "until": frame["zwdm"].map(lambda code: seen_on if code == "dldslr" else ""),
            "seen_on": seen_on,
            "record": frame["record"],
        }
    )
    return Facts(_people(frame, "name"), table("relations", relations), rejected=rejected, warnings=repeats)


def _holders(sheet: Sheet, seen_on: str) -> Facts:
    frame = sheet.frame
    nobody = frame["name"].map(lambda name: not name or bool(_SEVERAL.search(name))).astype(bool)
    rejected = rejections(frame[nobody], "股东未具名，或不是单一主体")
    frame = frame[~nobody]
    body = frame["name"].map(looks_like_organisation).astype(bool)
    relations = pd.DataFrame(
        {
            "source": body_ids(frame["name"]).where(body, person_ids(frame["name"], frame["gpdm"])),
            "target": frame["gpdm"],
            "type": "SHAREHOLDER",
            "ratio": mapped(frame["gdcgbl"], ratio),
            "seen_on": seen_on,
            "record": frame["record"],
        }
    )
    subjects = pd.concat([bodies(frame["name"][body], frame["record"][body]), _people(frame[~body], "name")])
    return Facts(subjects, table("relations", relations), rejected=rejected, warnings=_nominees(subjects))


def _nominees(subjects: pd.DataFrame) -> list[str]:
    """What holders risk does not pass through, counted by reason."""
    reasons = subjects.loc[subjects["conducts"] == "false", "name"].map(nominee_reason)
    return [f"不传导的股东 {count} 个：{reason}" for reason, count in reasons.value_counts().items()]


def is_anonymous(name: str) -> bool:
    """Whether a supplier's name hides it (供应商一, A公司, 第二名) or stands for several."""
    key = _PUNCTUATION.sub("", name_key(name))
    return bool(_SEVERAL.search(name) or _ANONYMOUS.fullmatch(key))


def _suppliers(sheet: Sheet) -> Facts:
    frame = sheet.frame
    hidden = frame["gysmc"].map(is_anonymous).astype(bool)
    rejected = rejections(frame[hidden], "供应商未具名，或不是单一主体")
    frame = frame[~hidden]
    undated = ~frame["bgnd"].str.fullmatch(r"(19|20)\d\d")
    rejected += rejections(frame[undated], "报告年度不是年份")
    frame = frame[~undated].assign(id=_supplier_ids)
    frame, repeats = without_repeats(frame, ["id", "gpdm", "bgnd"], f"{sheet.file} 供应商")
    latest = frame["bgnd"] == frame.groupby("gpdm")["bgnd"].transform("max")
    relations = pd.DataFrame(
        {
            "source": frame["id"],
            "target": frame["gpdm"],
            "type": "SUPPLIES",
            "ratio": mapped(frame["gysbl"], lambda percent: ratio(percent) if percent else ""),
            "title": frame["bgnd"] + "年度",
            "since": frame["bgnd"] + "-01-01",
            "until": (frame["bgnd"].astype(int) + 1).astype(str).where(~latest, "").map(_new_year),
            "seen_on": frame["bgnd"] + "-12-31",
            "record": frame["record"],
        }
    )
    return Facts(_supplier_subjects(frame), table("relations", relations), rejected=rejected, warnings=repeats)


def _new_year(year: str) -> str:
    return f"{year}-01-01" if year else ""


def _supplier_ids(frame: pd.DataFrame) -> pd.Series[str]:
    """A full name is one body anywhere; a short one (腾讯, 叶某) is known beside its customer only."""
    return body_ids(frame["gysmc"]).where(_is_full(frame), person_ids(frame["gysmc"], frame["gpdm"]))


def _is_full(frame: pd.DataFrame) -> pd.Series[bool]:
    return frame["gysmc"].map(looks_like_organisation).astype(bool)


def _supplier_subjects(frame: pd.DataFrame) -> pd.DataFrame:
    full = _is_full(frame)
    short = people(frame["gysmc"][~full], frame["gpdm"][~full], frame["record"][~full])
    return pd.concat([bodies(frame["gysmc"][full], frame["record"][full]), short.assign(kind=Kind.ENTERPRISE.value)])
