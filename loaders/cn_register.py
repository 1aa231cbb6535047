"""The business register as CSV: one row a registered body, with the person (or firm) who represents it.

The subject's id is its code: USCC, or the registration number of 13 or 15 digits, else the full name. A row
whose province is no province has slipped by some columns and is rejected. All in the column 法人代表 are
legal representatives as the source says, with the title their kind of body gives them (经营者, 负责人 …); a
firm there is the general partner of a partnership, and leads anything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from graph.names import form_from_name
from loaders.assemble import combined, counted, rejections, without_repeats
from loaders.blocks import opened
from loaders.cn_register_codes import identified
from loaders.cn_register_heads import heads
from loaders.columns import asked, codes, from_codes, mapped, newest, used, values
from loaders.facts import Facts, table
from loaders.pools import changed, either, matching, pairs, texts
from loaders.readers import Layout, Sheet, read_sheets
from loaders.values import capital, day, is_province, tidy

_NAME, _CODE, _DAY, _TYPE = "企业名称", "统一社会信用代码", "注册日期", "企业类型"
_HEAD, _CAPITAL, _PROVINCE, _CITY = "法人代表", "注册资金", "所在省份", "地区"
LAYOUTS: tuple[Layout, ...] = (
    Layout("register", ("linked.csv",), (_NAME, _CODE, _DAY, _TYPE, _HEAD, _CAPITAL, _PROVINCE, _CITY)),
)
# 企业类型 -> form; the first that is found counts.
_FORMS: tuple[tuple[str, str], ...] = (
    (r"分公司|分支机构|经营单位|\(非法人\)|（非法人）|办事处|代表处", "branch"),
    (r"^个人独资", "sole_prop"),
    (r"个体", "individual_business"),
    (r"合伙", "partnership"),
    (r"合作社|合作经济组织", "cooperative"),
    (r"公司|国有企业|集体|股份合作", "company"),
)
# Names that `form_from_name` calls a company, and `tidy` leaves as they are, without being asked: nearly all.
_COMPANY, _NO_COMPANY = "^[\\x{4e00}-\\x{9fff}]+公司$", "分公司$|基金|计划"
_TIDY = "^[\\x{4e00}-\\x{9fff}()（）0-9A-Za-z]*$"


def read(paths: Sequence[Path], snapshot: str) -> Facts:
    """Facts of register files. `snapshot`: the day of the extract; without it the newest registration in a
    file is the day it was seen, as it cannot be older.
    """
    sheets = read_sheets(paths, LAYOUTS, _sifted)["register"]
    sheets.reverse()
    whole = combined(_facts(sheets.pop(), snapshot) for _ in range(len(sheets)))  # what is read is let go
    relations, repeats = without_repeats(whole.relations, ["source", "target", "type"], "登记记录")
    return Facts(whole.subjects, relations, rejected=whole.rejected, warnings=[*whole.warnings, *repeats])


def _sifted(path: Path, layout: Layout, name: str) -> Sheet:
    """The rows of one file that speak of a body; all columns are read of the others only, to show them."""
    with opened(path, layout, name) as reading:
        sheet = reading.sheet((*layout.columns, "record"))
        slipped = asked(sheet.frame[_PROVINCE], lambda text: bool(text) and not is_province(text))
        nameless = asked(sheet.frame[_NAME], lambda text: not text) & ~slipped
        rejected = [
            *sheet.rejected,
            *rejections(reading.whole(sheet, slipped), "列错位：“所在省份”不是省份"),
            *rejections(reading.whole(sheet, nameless), "缺少企业名称"),
        ]
    frame = sheet.frame[~(slipped | nameless)].reset_index(drop=True)
    return replace(sheet, frame=frame, rejected=rejected)


def _facts(sheet: Sheet, snapshot: str) -> Facts:
    frame = sheet.frame
    frame = frame.assign(**identified(frame[_CODE], frame[_NAME]), established=mapped(frame[_DAY], day))
    frame = frame.assign(form=_forms(frame))
    seen_on = snapshot or newest(frame["established"])
    parts = [Facts(_bodies(frame), rejected=sheet.rejected, warnings=_warnings(frame))]
    return combined([*parts, heads(frame, _HEAD, seen_on)])


def _forms(frame: pd.DataFrame) -> pd.Series[str]:
    """The form of each body: as its code says, else its type, else its name."""
    said = either(frame["form"], mapped(frame[_TYPE], _form_of_type), (frame["form"] != "").to_numpy(bool))
    untold = (said == "").to_numpy(bool)
    names = frame[_NAME]
    plain = matching(names, _COMPANY) & ~matching(names, _NO_COMPANY)
    place = plain.astype(np.int8)
    forms = ["", "company"]
    others = np.array(used(codes(names)[untold & ~plain[codes(names)]], len(plain)), dtype=np.int64)
    for code, name in zip(others.tolist(), texts(names).take(pa.array(others)).to_pylist(), strict=True):
        if (form := form_from_name(name)) not in forms:
            forms.append(form)
        place[code] = forms.index(form)
    return either(from_codes(place[codes(names)], forms, names.index), said, untold)


def _form_of_type(text: str) -> str:
    return next((form for pattern, form in _FORMS if re.search(pattern, text)), "")


def _bodies(frame: pd.DataFrame) -> pd.DataFrame:
    wanted = ["id", "kind", "form", "uscc", "reg_no", "established", "record"]
    name = changed(frame[_NAME], tidy, _TIDY)
    region = pairs(frame[_PROVINCE], frame[_CITY], lambda province, city: province + city * (city != province))
    return table("subjects", frame[wanted].assign(name=name, region=region))


def _warnings(frame: pd.DataFrame) -> list[str]:
    faults, record = frame["fault"], frame["record"]
    told = sorted(values(faults)[code] for code in used(codes(faults), len(values(faults))))
    warnings = [w for fault in told if fault for w in counted(record[faults == fault], fault)]
    odd = asked(frame[_CAPITAL], lambda text: bool(text) and capital(text) is None)
    return warnings + counted(record[odd], "注册资金无法识别为金额")
