"""Files as they come: encodings, broken rows, physical lines. Nothing may be lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from loaders.readers import MAX_ROW, Layout, Sheet, file_names, layout_of, read_sheet

LAYOUT = Layout("firms", ("firms.csv",), ("name", "code"))


def sheet(folder: Path, content: str | bytes, layout: Layout = LAYOUT) -> Sheet:
    path = folder / "firms.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_sheet(path, layout)


def rows(found: Sheet) -> set[tuple[str, str, str]]:
    lines = found.frame["record"].str.rpartition(":")[2]
    return set(zip(found.frame["name"], found.frame["code"], lines, strict=True))


def faults(found: Sheet) -> set[tuple[int, str]]:
    return {(r.line, r.reason.partition("：")[0]) for r in found.rejected}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    content = f"name,code{end}测试公司,1{end}另一公司,2".encode(encoding)
    assert rows(sheet(tmp_path, content)) == {("测试公司", "1", "2"), ("另一公司", "2", "3")}


def test_lines_are_physical_also_after_a_field_with_line_breaks(tmp_path: Path) -> None:
    found = sheet(tmp_path, 'name,code\n"测试\n\n公司",1\n\n乙公司,2\n')
    assert rows(found) == {("测试\n\n公司", "1", "2"), ("乙公司", "2", "6")}


def test_a_blank_first_line_says_nothing_of_the_width(tmp_path: Path) -> None:
    found = sheet(tmp_path, ' , , \nname,code\n"测试\n公司",1\n')
    assert rows(found) == {("测试\n公司", "1", "3")}
    assert not found.rejected


def test_quotes_inside_fields(tmp_path: Path) -> None:
    found = sheet(tmp_path, 'name,code\n"甲""乙""",1\n丙"丁",2\n"戊" 己,3\n')
    assert {(n, c) for n, c, _ in rows(found)} == {('甲"乙"', "1"), ('丙"丁"', "2"), ("戊 己", "3")}
    assert not found.rejected


def test_an_open_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    found = sheet(tmp_path, 'name,code\n甲,1\n"乙,2\n丙,3\n"丁",4\n')
    assert {n for n, _, _ in rows(found)} == {"甲", "丙", "丁"}
    assert faults(found) == {(3, "引号未闭合")}


def test_an_open_quote_at_the_end_swallows_nothing(tmp_path: Path) -> None:
    found = sheet(tmp_path, 'name,code\n甲,"1\n乙,2\n丙,3')
    assert {n for n, _, _ in rows(found)} == {"乙", "丙"}
    assert faults(found) == {(2, "引号未闭合")}


def test_rows_of_the_wrong_width_are_rejected_with_their_line(tmp_path: Path) -> None:
    found = sheet(tmp_path, "name,code\n甲\n乙,2,多\n丙,3,,\n")
    assert rows(found) == {("丙", "3", "4")}  # empty cells beyond the last column are harmless
    assert {(r.line, r.row) for r in found.rejected} == {(2, "甲"), (3, "乙,2,多")}


def test_over_long_rows_are_rejected(tmp_path: Path) -> None:
    found = sheet(tmp_path, f"name,code\n{'长' * (MAX_ROW + 1)},1\n{'长' * 200_000},2\n乙,3\n")
    assert {n for n, _, _ in rows(found)} == {"乙"}
    assert faults(found) == {(2, "行过长"), (3, "字段过长")}
    assert all(len(r.row) <= 200 for r in found.rejected)


@pytest.mark.parametrize("null", ["N/A", '"N/A"', "n/a", "-0- ", "NULL", r"\N", "无", "—", "——", "　", "-", '""""""'])
def test_spellings_of_null(tmp_path: Path, null: str) -> None:
    assert rows(sheet(tmp_path, f"name,code\n甲,{null}\n")) == {("甲", "", "2")}


@pytest.mark.parametrize("value", ["0", "无锡", "N", "NA", "none of these"])
def test_what_is_no_null(tmp_path: Path, value: str) -> None:
    assert rows(sheet(tmp_path, f"name,code\n甲,{value}\n")) == {("甲", value, "2")}


def test_tabs_without_quoting(tmp_path: Path) -> None:
    layout = Layout("t", ("firms.csv",), ("name", "code"), delimiter="\t", quoted=False)
    found = sheet(tmp_path, 'name\tcode\n"甲\t1\n乙"丙\t2\n', layout)
    assert {(n, c) for n, c, _ in rows(found)} == {('"甲', "1"), ('乙"丙', "2")}


def test_a_file_without_header_and_with_an_end_of_file_mark(tmp_path: Path) -> None:
    layout = Layout("t", ("firms.csv",), (), names=("name", "code"))
    found = sheet(tmp_path, b"A,1\r\nB,-0- \r\n\x1a", layout)
    assert rows(found) == {("A", "1", "1"), ("B", "", "2")}
    assert not found.rejected


def test_own_evidence_is_kept_and_the_place_known(tmp_path: Path) -> None:
    found = sheet(tmp_path, "name,code,record\n甲,1,卷宗7\n乙,2,\n")
    place = f"{tmp_path.name}/firms.csv:3"
    assert found.frame["record"].tolist() == ["卷宗7", place]
    assert found.places is not None
    assert list(found.places)[1] == place


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "0 字节"),
        (b" \r\n ", "只有空白"),
        (b"PK\x03\x04rest", "Excel"),
        ("name,code\n甲,1".encode("utf-16"), "UTF-16"),
        (b"name,code\nA,\x00", "空字节"),
        (b"name,code\nA,\xff\xff\xff", "既不是 UTF-8 也不是 GB18030"),
        ("name\n甲".encode(), "缺少列：code"),
        ("名称,代码\n甲,1".encode(), "缺少列：name、code"),
        ("name,code,code\n甲,1,2".encode(), "列名重复：code"),
    ],
)
def test_files_that_stop_a_load(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        sheet(tmp_path, content)
    assert caught.value.file.endswith("firms.csv")
    assert caught.value.remedy


def test_damaged_utf8_is_not_taken_for_gb18030(tmp_path: Path) -> None:
    content = ("name,code\n" + "测试有限公司,1\n" * 3).encode() + b"\xe6\xb5\xe6,2\n"
    with pytest.raises(InputError, match="不是有效的 UTF-8") as caught:
        sheet(tmp_path, content)
    assert caught.value.line == 5


def test_a_missing_file_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="不存在"):
        read_sheet(tmp_path / "none.csv", LAYOUT)


def test_records_name_files_from_the_parent_of_what_was_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "city"
    paths = [folder / "a.csv", folder / "2018" / "b.csv"]
    assert file_names(paths) == {paths[0]: "city/a.csv", paths[1]: "city/2018/b.csv"}
    assert file_names([]) == {}


def test_a_layout_is_known_by_header_before_name(tmp_path: Path) -> None:
    other = Layout("other", ("other.csv",), ("x", "y"))
    (tmp_path / "firms.csv").write_text("y,x,z\n1,2,3\n")
    (tmp_path / "renamed.csv").write_text("code,name\n1,2\n")
    (tmp_path / "other.csv").write_text("something else\n")
    (tmp_path / "none.csv").write_text("something else\n")
    known = [LAYOUT, other]
    assert layout_of(tmp_path / "firms.csv", known) == other
    assert layout_of(tmp_path / "renamed.csv", known) == LAYOUT
    assert layout_of(tmp_path / "other.csv", known) == other
    assert layout_of(tmp_path / "none.csv", known) is None
