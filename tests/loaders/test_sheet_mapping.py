"""What somebody says of a sheet's columns: it goes before every guess, and what cannot be is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from loaders.sheet import look, read_sheet
from loaders.sheet_header import labels, letter_of

CODE = "91999999MA00000154"


def written(folder: Path, text: str) -> Path:
    path = folder / "x.csv"
    path.write_text(text, encoding="utf-8")
    return path


def fields(path: Path, mapping: dict[str, str] | None = None) -> list[dict[str, str]]:
    return [dict(row.fields) for row in read_sheet(path, mapping=mapping).rows]


def test_a_mapping_reads_what_no_guess_knows(tmp_path: Path) -> None:
    path = written(tmp_path, f"标杆,杂项\n甲公司,{CODE}\n")
    with pytest.raises(InputError, match="认不出表头"):
        read_sheet(path)
    assert fields(path, {"A": "name", "B": "uscc"}) == [{"name": "甲公司", "uscc": CODE}]


def test_what_is_said_goes_before_the_guess(tmp_path: Path) -> None:
    path = written(tmp_path, "企业名称,供应商,联系电话\n甲公司,乙公司,123\n")
    assert fields(path) == [{"name": "甲公司", "phone": "123"}]
    assert fields(path, {"B": "name"}) == [{"name": "乙公司", "phone": "123"}]
    assert fields(path, {"C": ""}) == [{"name": "甲公司"}]
    assert read_sheet(path, mapping={"C": ""}).warnings == ("未读取的列：供应商、联系电话",)


def test_people_may_have_several_columns_and_others_only_one(tmp_path: Path) -> None:
    path = written(tmp_path, "企业名称,甲,乙\n甲公司,张三,李四\n")
    assert fields(path, {"B": "DIRECTOR", "C": "DIRECTOR"}) == [{"name": "甲公司", "DIRECTOR": "张三；李四"}]
    with pytest.raises(InputError, match="两列不能都是"):
        read_sheet(path, mapping={"B": "lot", "C": "lot"})


@pytest.mark.parametrize(
    ("mapping", "word"),
    [
        ({"?": "name"}, "没有这一列"),
        ({"AAA": "name"}, "没有这一列"),
        ({"A": "__class__"}, "没有这种列"),
        ({"A": ""}, "名称或号码"),
        ({"A": "lot"}, "名称或号码"),
    ],
)
def test_a_mapping_that_does_not_hold_is_refused(tmp_path: Path, mapping: dict[str, str], word: str) -> None:
    with pytest.raises(InputError, match=word):
        read_sheet(written(tmp_path, "企业名称\n甲公司\n"), mapping=mapping)


def test_a_column_beyond_the_sheet_reads_nothing(tmp_path: Path) -> None:
    assert fields(written(tmp_path, "企业名称\n甲公司\n"), {"ZZ": "lot"}) == [{"name": "甲公司"}]


def test_rows_without_a_header_lose_no_first_row(tmp_path: Path) -> None:
    path = written(tmp_path, f"甲木有限公司,{CODE}\n乙火有限公司,\n")
    found = look(path)
    assert (found.header_row, found.rows, found.sheet) == (None, 2, None)
    assert [column.title for column in found.columns] == ["", ""]
    assert [row["name"] for row in fields(path, {"A": "name"})] == ["甲木有限公司", "乙火有限公司"]


def test_a_look_tells_every_column_with_its_guess_and_samples(tmp_path: Path) -> None:
    found = look(written(tmp_path, "名单\n序号,企业名称,怪列,\n1,甲公司,x,\n2,甲公司,y,\n"))
    assert [(c.letter, c.title, c.field, c.samples) for c in found.columns] == [
        ("A", "序号", "", ("1", "2")),
        ("B", "企业名称", "name", ("甲公司",)),
        ("C", "怪列", "", ("x", "y")),
    ]
    assert (found.header_row, found.rows) == (2, 2)
    assert found.sheet is not None
    assert len(found.sheet.rows) == 2


def test_a_look_at_a_sheet_without_rows_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有数据行"):
        look(written(tmp_path, "甲,乙\n"))
    with pytest.raises(InputError, match="没有内容"):
        look(written(tmp_path, "\n,,\n"))


def test_every_field_has_a_name_and_letters_go_past_z() -> None:
    assert labels()["uscc"] == "统一社会信用代码"
    assert labels()["LEGAL_REP_ID"] == "法定代表人身份证号"
    assert all(labels().values())
    assert [letter_of(i) for i in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
