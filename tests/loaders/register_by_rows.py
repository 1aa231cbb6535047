"""The register read row by row, all columns as plain objects: what the loader has to give, however it reads.

It is what `loaders.cn_register` was before it read by blocks and asked each distinct value once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from graph import identifiers
from graph.names import form_from_name, looks_like_organisation, name_key
from graph.vocabulary import Kind
from loaders.assemble import (
    NAMED,
    bodies,
    body_ids,
    combined,
    counted,
    people,
    person_ids,
    rejections,
    without_repeats,
)
from loaders.check_digits import unified_codes
from loaders.cn_register import LAYOUTS
from loaders.columns import mapped
from loaders.facts import Facts, table
from loaders.readers import Sheet, read_sheets
from loaders.values import capital, day, is_province, tidy

_NAME, _CODE, _DAY, _TYPE = "企业名称", "统一社会信用代码", "注册日期", "企业类型"
_HEAD, _CAPITAL, _PROVINCE, _CITY = "法人代表", "注册资金", "所在省份", "地区"
# 企业类型 -> form; the first that is found counts.
_FORMS: tuple[tuple[str, str], ...] = (
    (r"分公司|分支机构|经营单位|\(非法人\)|（非法人）|办事处|代表处", "branch"),
    (r"^个人独资", "sole_prop"),
    (r"个体", "individual_business"),
    (r"合伙", "partnership"),
    (r"合作社|合作经济组织", "cooperative"),
    (r"公司|国有企业|集体|股份合作", "company"),
)
# What the one who stands in 法人代表 is called where he is no 法定代表人.
_TITLES = {"branch": "负责人", "individual_business": "经营者", "sole_prop": "投资人"}
_TITLE_IN_NAME = re.compile(r"[（(](董事长|总经理|经理|负责人|法定代表人|代)[)）]$")


@dataclass(frozen=True, slots=True)
class _Identity:
    """How a row's code identifies its body and what it tells of it; `fault`: what is wrong with the code."""

    id: str
    uscc: str = ""
    reg_no: str = ""
    kind: str = Kind.ENTERPRISE.value
    form: str = ""
    fault: str = ""


def read(paths: Sequence[Path], snapshot: str) -> Facts:
    """Facts of register files. `snapshot`: the day of the extract; without it the newest registration in a
    file is the day it was seen, as it cannot be older.
    """
    sheets = read_sheets(paths, LAYOUTS)["register"]
    whole = combined([_facts(sheet, snapshot) for sheet in sheets])
    relations, repeats = without_repeats(whole.relations, ["source", "target", "type"], "登记记录")
    return Facts(whole.subjects, relations, rejected=whole.rejected, warnings=[*whole.warnings, *repeats])


def _facts(sheet: Sheet, snapshot: str) -> Facts:
    frame = sheet.frame
    slipped = (frame[_PROVINCE] != "") & ~mapped(frame[_PROVINCE], _province).astype(bool)
    placed = frame.assign(record=pd.Series(sheet.places, index=frame.index))
    rejected = [*sheet.rejected, *rejections(placed[slipped], "列错位：“所在省份”不是省份")]
    frame = frame[~slipped]
    nameless = frame[_NAME] == ""
    rejected += rejections(placed[~slipped][nameless], "缺少企业名称")
    frame = frame[~nameless]
    identities = _identities(frame[_CODE].tolist(), frame[_NAME].tolist())
    frame = frame.assign(
        id=[i.id for i in identities],
        uscc=[i.uscc for i in identities],
        reg_no=[i.reg_no for i in identities],
        kind=[i.kind for i in identities],
        form=[i.form for i in identities],
        fault=[i.fault for i in identities],
        established=mapped(frame[_DAY], day),
    )
    said = mapped(frame[_TYPE], _form_of_type)
    untold = said == ""
    said[untold] = mapped(frame.loc[untold, _NAME], form_from_name)
    frame["form"] = frame["form"].where(frame["form"] != "", said)
    seen_on = snapshot or max(frame["established"], default="")
    heads = frame[frame[_HEAD] != ""]
    parts = [Facts(_bodies(frame), rejected=rejected, warnings=_warnings(frame)), _heads(heads, seen_on)]
    return combined(parts)


def _province(text: str) -> str:
    return "1" if is_province(text) else ""


def _identities(codes: list[str], names: list[str]) -> list[_Identity]:
    """Identity of each row; nearly all have a right code, and those are judged by the million."""
    values, valid = unified_codes(codes)
    found: list[_Identity] = []
    told: dict[str, tuple[Kind, str]] = {}  # by the first two characters, which alone tell it
    for code, name, value, sure in zip(codes, names, values, valid.tolist(), strict=True):
        if value is None or not sure:
            found.append(_identity(code, name))
        else:
            if value[:2] not in told:
                told[value[:2]] = identifiers.kind_form_from_uscc(value)
            kind, form = told[value[:2]]
            found.append(_Identity(value, value, kind=kind.value, form=form))
    return found


def _identity(code: str, name: str) -> _Identity:
    """Identity by code where the code can be one. A personal number in its place is never an id."""
    unified = identifiers.uscc(code)
    if unified.formed and (unified.valid or not identifiers.resident_id(code).valid):
        kind, form = identifiers.kind_form_from_uscc(unified.value)
        return _Identity(unified.value, unified.value, kind=kind.value, form=form, fault=unified.why)
    number = identifiers.registration_number(code)
    if number.formed:
        return _Identity(number.value, reg_no=number.value, fault=number.why)
    return _Identity(NAMED + name_key(name), fault="代码不是统一社会信用代码或注册号" if code else "没有代码")


def _form_of_type(text: str) -> str:
    return next((form for pattern, form in _FORMS if re.search(pattern, text)), "")


def _bodies(frame: pd.DataFrame) -> pd.DataFrame:
    subjects = pd.DataFrame(
        {
            "id": frame["id"],
            "kind": frame["kind"],
            "form": frame["form"],
            "name": mapped(frame[_NAME], tidy),
            "uscc": frame["uscc"],
            "reg_no": frame["reg_no"],
            "region": frame[_PROVINCE].where(frame[_PROVINCE] == frame[_CITY], frame[_PROVINCE] + frame[_CITY]),
            "established": frame["established"],
            "record": frame["record"],
        }
    )
    return table("subjects", subjects)


def _heads(frame: pd.DataFrame, seen_on: str) -> Facts:
    """Who represents each body: a person known by name inside it, or a firm known by its full name."""
    names = mapped(frame[_HEAD], _bare_name)
    firm = names.map(looks_like_organisation).astype(bool)
    partner = firm & (frame["form"] == "partnership")
    type_ = firm.map({True: "PRINCIPAL", False: "LEGAL_REP"}).where(~partner, "GENERAL_PARTNER")
    relations = pd.DataFrame(
        {
            "source": body_ids(names).where(firm, person_ids(names, frame["id"])),
            "target": frame["id"],
            "type": type_,
            "title": frame["form"].map(_TITLES).fillna("").where(~firm, _HEAD),
            "seen_on": seen_on,
            "record": frame["record"],
        }
    )
    persons = people(names[~firm], frame["id"][~firm], frame["record"][~firm])
    subjects = pd.concat([persons, bodies(names[firm], frame["record"][firm])])
    return Facts(subjects, table("relations", relations))


def _bare_name(name: str) -> str:
    """The name without a title in brackets or loose punctuation behind it."""
    return _TITLE_IN_NAME.sub("", tidy(name)).rstrip(" ·.．,，、;；")


def _warnings(frame: pd.DataFrame) -> list[str]:
    faults = frame.loc[frame["fault"] != "", ["fault", "record"]]
    warnings = [w for fault, rows in faults.groupby("fault") for w in counted(rows["record"], str(fault))]
    odd = (frame[_CAPITAL] != "") & frame[_CAPITAL].map(lambda text: capital(text) is None).astype(bool)
    return warnings + counted(frame.loc[odd, "record"], "注册资金无法识别为金额")
