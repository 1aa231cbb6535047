"""Which source a path holds; what is skipped with a word, and what stops a load."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.vocabulary import list_types
from loaders.sources import SOURCES, recognise

SUBJECTS = "id,kind,name\nt1,enterprise,测试有限公司\n"
RELATIONS = "source,target,type,seen_on\nt1,t2,SUPPLIES,2024-05-06\n"
REGISTER = "企业名称,统一社会信用代码,注册日期,企业类型,法人代表,注册资金,经营范围,所在省份,地区,注册地址\n"


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return folder


def found(*paths: Path, source: str | None = None) -> dict[str, set[str]]:
    return {f.name: {path.name for path in f.files} for f in recognise(paths, source)}


def test_a_directory_of_several_sources(tmp_path: Path) -> None:
    write(tmp_path, subjects=SUBJECTS, linked=REGISTER, ofac_sdn_2030=f"1,T{',-0- ' * 10}\n")
    write(tmp_path / "2018", 广东=REGISTER)
    assert found(tmp_path) == {
        "package": {"subjects.csv"},
        "cn_register": {"linked.csv", "广东.csv"},
        "ofac_sdn": {"ofac_sdn_2030.csv"},
    }


def test_files_of_no_known_source_are_named_and_skipped(tmp_path: Path) -> None:
    write(tmp_path, subjects=SUBJECTS, eu_annex="celex,name\n1,T\n")
    (tmp_path / "notes.md").write_text("# notes")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    [package] = recognise([tmp_path])
    assert [Path(w.partition("：")[0]).name for w in package.warnings] == ["eu_annex.csv", "notes.md"]
    assert [w for w in package.read().warnings if "已跳过" in w] == list(package.warnings)


@pytest.mark.parametrize(
    ("files", "said"),
    [({"eu": "celex,name\n1,T\n"}, "没有已知来源"), ({}, "目录是空的"), ({"subjects": SUBJECTS, "cut": ""}, "0 字节")],
)
def test_directories_that_stop_a_load(tmp_path: Path, files: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        recognise([write(tmp_path / "in", **files)])


def test_files_asked_for_must_be_known(tmp_path: Path) -> None:
    folder = write(tmp_path, eu="celex,name\n1,T\n", empty="")
    for name, said in (("eu", "不是已知来源"), ("empty", "0 字节"), ("none", "不存在")):
        with pytest.raises(InputError, match=said):
            recognise([folder / f"{name}.csv"])


def test_a_known_name_with_another_content_is_refused_when_read(tmp_path: Path) -> None:
    [package] = recognise([write(tmp_path, subjects="a,b\n1,2\n")])
    with pytest.raises(InputError, match="缺少列"):
        package.read()


def test_a_known_name_of_no_bytes_is_refused_when_read(tmp_path: Path) -> None:
    [package] = recognise([write(tmp_path, subjects="")])
    with pytest.raises(InputError, match="0 字节"):
        package.read()


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    write(tmp_path, subjects=SUBJECTS)
    [package] = recognise([tmp_path, tmp_path / "subjects.csv"])
    assert len(package.files) == 1


def test_a_source_named_reads_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, subjects=SUBJECTS, linked=REGISTER)
    assert found(tmp_path, source="cn_register") == {"cn_register": {"linked.csv"}}


def test_any_other_name_is_the_one_to_keep_the_facts_under(tmp_path: Path) -> None:
    write(tmp_path, subjects=SUBJECTS)
    assert found(tmp_path, source="我的数据") == {"我的数据": {"subjects.csv"}}
    write(tmp_path, linked=REGISTER)
    with pytest.raises(InputError, match="不能共用一个名称"):
        recognise([tmp_path], "我的数据")


def test_the_day_the_data_speak_of(tmp_path: Path) -> None:
    [dated] = recognise([write(tmp_path / "a", **{"ofac_sdn_2030-01-02": f"1,T{',-0- ' * 10}\n"})])
    assert dated.snapshot() == "2030-01-02"
    assert dated.snapshot("2031-01-01") == "2031-01-01"
    [seen] = recognise([write(tmp_path / "b", relations=RELATIONS)])
    assert seen.snapshot() == ""
    seen.read()
    assert seen.snapshot() == "2024-05-06"


def test_every_source_is_told_apart_and_covers_known_lists() -> None:
    for name, source in SOURCES.items():
        assert source.name == name
        assert source.title
        assert source.mode in {"full", "delta"}
        assert set(source.lists) <= set(list_types())
        assert source.layouts
