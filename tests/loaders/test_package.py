"""The graph package: any subset, any order of columns; nothing is judged here, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from loaders import package
from loaders.facts import LOADER_COLUMNS, TABLES, Facts


def facts(folder: Path, snapshot: str = "", **files: str) -> Facts:
    paths = []
    for name, content in files.items():
        path = folder / f"{name}.csv"
        path.write_text(content, encoding="utf-8")
        paths.append(path)
    return package.read(paths, snapshot)


def test_any_subset_in_any_order_of_columns(tmp_path: Path) -> None:
    found = facts(tmp_path, subjects="name,kind,id\n测试有限公司,enterprise,t1\n")
    assert found.subjects[["id", "kind", "name", "uscc"]].to_numpy().tolist()[0] == [
        "t1",
        "enterprise",
        "测试有限公司",
        "",
    ]
    assert list(found.subjects.columns) == [*TABLES["subjects"], *LOADER_COLUMNS["subjects"]]
    assert found.relations.empty
    assert found.subjects["record"].tolist() == [f"{tmp_path.name}/subjects.csv:2"]


def test_every_table_is_read(tmp_path: Path) -> None:
    files = {
        name: f"{','.join(columns)}\n{','.join(f'v{i}' for i in range(len(columns)))}\n"
        for name, columns in TABLES.items()
    }
    found = facts(tmp_path, **files)
    for name, columns in TABLES.items():
        frame = getattr(found, name)
        assert frame.loc[0, list(columns)].tolist() == [f"v{i}" for i in range(len(columns))], name
    assert not found.warnings


def test_values_are_handed_on_as_written(tmp_path: Path) -> None:
    found = facts(tmp_path, relations="source,target,type,ratio,since\na,b,NO_SUCH,150%,2024-02-31\n")
    assert found.relations[["type", "ratio", "since"]].to_numpy().tolist()[0] == ["NO_SUCH", "150%", "2024-02-31"]
    assert not found.rejected


def test_ids_used_twice_both_reach_the_load(tmp_path: Path) -> None:
    found = facts(tmp_path, subjects="id,kind,name\nt1,enterprise,甲\nt1,enterprise,乙\n")
    assert found.subjects["name"].tolist() == ["甲", "乙"]


def test_own_records_stay_and_the_place_of_the_row_is_known(tmp_path: Path) -> None:
    found = facts(tmp_path, relations="source,target,type,record\na,b,KIN,卷宗1\na,c,KIN,\n")
    place = f"{tmp_path.name}/relations.csv"
    assert found.relations["record"].tolist() == ["卷宗1", f"{place}:3"]
    assert found.relations["at"].tolist() == [f"{place}:2", f"{place}:3"]


def test_unknown_columns_are_reported_not_read(tmp_path: Path) -> None:
    found = facts(tmp_path, subjects="id,kind,name,colour,within\nt1,person,王测试,red,x\n")
    assert [w.partition("：")[2] for w in found.warnings] == ["不认识的列未读取：colour、within"]
    assert "colour" not in found.subjects
    assert found.subjects["within"].tolist() == [""]


def test_a_snapshot_dates_relations_that_give_none(tmp_path: Path) -> None:
    content = "source,target,type,seen_on\na,b,KIN,2020-01-01\na,c,KIN,\n"
    assert facts(tmp_path, "2024-05-06", relations=content).relations["seen_on"].tolist() == [
        "2020-01-01",
        "2024-05-06",
    ]
    assert facts(tmp_path, relations=content).relations["seen_on"].tolist() == ["2020-01-01", ""]


@pytest.mark.parametrize(
    ("name", "content", "missing"),
    [
        ("subjects", "id,name\nt1,甲\n", "kind"),
        ("relations", "source,target\na,b\n", "type"),
        ("listings", "id,subject,list\nl1,t1,YZWF\n", "basis"),
    ],
)
def test_missing_columns_stop_the_load(tmp_path: Path, name: str, content: str, missing: str) -> None:
    with pytest.raises(InputError, match=f"缺少列：{missing}"):
        facts(tmp_path, **{name: content})


def test_another_encoding_stops_the_load(tmp_path: Path) -> None:
    path = tmp_path / "subjects.csv"
    path.write_bytes("id,kind,name\nt1,enterprise,测试有限公司\n".encode("gb18030"))
    with pytest.raises(InputError, match="不是有效的 UTF-8") as caught:
        package.read([path], "")
    assert caught.value.line == 2


def test_broken_rows_are_rejected_with_file_and_line(tmp_path: Path) -> None:
    found = facts(tmp_path, subjects="id,kind,name\nt1,enterprise\nt2,enterprise,乙\n")
    assert [(r.file, r.line) for r in found.rejected] == [(f"{tmp_path.name}/subjects.csv", 2)]
    assert found.subjects["id"].tolist() == ["t2"]
