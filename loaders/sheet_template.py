"""Empty workbooks to fill in: the list of applicants for `screen`, the list of bidders for `bidders`.

The column titles are ones the sheet reader understands; codes are preset as text, because a spreadsheet
takes an 18-digit code for a number and destroys its tail. The example row is fictional and never screened.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from graph.errors import InputError
from graph.outputs import writing
from loaders.sheet import EXAMPLE, INSTRUCTIONS

PREPARED_ROWS = 500  # cells preset as text; rows below take the column's own format
_WIDTHS = {"名称": 34, "统一社会信用代码": 24, "身份证": 24}


@dataclass(frozen=True, slots=True)
class _Template:
    """One kind of sheet: its title, and for each column its example and what to write there."""

    title: str
    columns: dict[str, tuple[str, str]]


_COMMON: dict[str, tuple[str, str]] = {
    "统一社会信用代码": ("91999999MA00000154", "18位。只有名称、没有代码时，结论最多为“需复核”"),
    "法定代表人": ("张三", "现任或者拟任；附身份证号的核查其任职资格，只有姓名的只用于区分同名企业"),
    "法定代表人身份证号": ("999999199003070020", "选填；可填部分隐去的号码，如 999999********0020"),
}

_TEMPLATES: dict[str, _Template] = {
    "screen": _Template(
        "核查名单",
        {
            "企业名称": (f"{EXAMPLE}江海建设工程有限公司", "单位的全称，与营业执照一致。核查个人时留空"),
            **_COMMON,
            "姓名": ("", "核查个人时填写；同一行不要既填单位又填个人"),
            "身份证号": ("", "个人的证件号码；部分隐去的号码只能列出可能的人，由人工确认"),
            "任职单位": ("", "个人现任或拟任职的单位，写全称或统一社会信用代码"),
            "拟任职务": ("", "法定代表人、董事、监事、高级管理人员等"),
            "董事": ("", "现任或者拟任，多人用顿号或分号隔开"),
            "董事身份证号": ("", "与姓名同样多，按同样顺序隔开；没有号码的人不能核查"),
            "监事": ("", "同上"),
            "监事身份证号": ("", "同上"),
            "高级管理人员": ("", "同上"),
            "高级管理人员身份证号": ("", "同上"),
            "实际控制人": ("", "同上"),
            "实际控制人身份证号": ("", "同上"),
            "标段": ("", "同一标段的投标人相互比对；同一主体投几个标段时分行填写"),
            "联合体": ("", "同一联合体的各成员填同一个名称或编号"),
            "家庭编号": ("", "公共租赁住房等按家庭申请时，同一家庭填同一个编号"),
            "地区": ("999999", "6位行政区划代码，用于区分同名主体"),
        },
    ),
    "bidders": _Template(
        "投标人名单",
        {
            "投标人": (f"{EXAMPLE}江海建设工程有限公司", "投标单位全称"),
            **_COMMON,
            "标段": ("一标段", "同一标段内的投标人两两比较"),
            "联合体": ("", "同一联合体的各成员填同一个名称或编号"),
            "投标文件编制人": ("", "个人姓名，或者编制单位全称；多人用顿号隔开，以下各列同"),
            "投标文件编制人身份证号": ("", "选填；没有号码的，同名只作提示，不认定为同一人。以下各列同"),
            "委托代理人": ("", "办理投标事宜的人"),
            "委托代理人身份证号": ("", "选填"),
            "项目负责人": ("", "拟派的项目负责人、项目经理、技术负责人等"),
            "项目负责人身份证号": ("", "选填"),
            "保证金账户": ("", "转出投标保证金的账号"),
            "联系电话": ("", "多个号码用顿号隔开"),
            "住所": ("", "注册地址或者通讯地址"),
        },
    ),
}

_NOTES = (
    "在第一张工作表填写，第一行表头不要改动；示例行不会被核查，可以删除或覆盖。",
    "代码和证件号码列已设为“文本”。从别处粘贴时请选“只粘贴值”，以免长数字末几位丢失。",
    "表中给出的职务、联合体等只用于本次核查（比对），不会存入数据库。",
    "本表及示例中的单位和个人均为虚构。",
)


def write_template(kind: str, path: Path) -> None:
    """Write the workbook to fill in. `kind`: screen or bidders. Raises InputError for another kind."""
    template = _TEMPLATES.get(kind)
    if template is None:
        raise InputError("没有这种模板", value=kind, remedy="可用：" + "、".join(_TEMPLATES))
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # a new workbook has one worksheet
    _fill_in(sheet, template)
    _explain(book.create_sheet(INSTRUCTIONS), template)
    _save(book, path)


def _fill_in(sheet: Worksheet, template: _Template) -> None:
    sheet.title = template.title
    for number, (title, (example, _)) in enumerate(template.columns.items(), start=1):
        letter = get_column_letter(number)
        head = sheet.cell(1, number, title)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="DDEBF7")
        sheet.cell(2, number, example or None).font = Font(italic=True, color="808080")
        width = max((w for word, w in _WIDTHS.items() if word in title), default=16)
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].number_format = "@"
        for row in range(2, PREPARED_ROWS + 2):
            sheet.cell(row, number).number_format = "@"
    sheet.freeze_panes = "A2"


def _explain(sheet: Worksheet, template: _Template) -> None:
    lines = [*((note, "") for note in _NOTES), ("", "")]
    lines += [(title, note) for title, (_, note) in template.columns.items() if note]
    for row, (title, note) in enumerate(lines, start=1):
        sheet.cell(row, 1, title or None).font = Font(bold=bool(note))
        sheet.cell(row, 2, note or None).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 70


def _save(book: Workbook, path: Path) -> None:
    """Write beside the target and rename, so that nobody ever opens half a file."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with writing(path):
        try:
            book.save(temporary)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
