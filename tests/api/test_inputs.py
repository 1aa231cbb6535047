"""What a user gave is not written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.inputs import fresh, spared
from graph.errors import InputError
from tests.api.running import xinmai


def test_an_output_that_is_an_input_is_refused(tmp_path: Path) -> None:
    sheet = tmp_path / "a.xlsx"
    sheet.write_bytes(b"x")
    (tmp_path / "sub").mkdir()
    with pytest.raises(InputError, match="输入文件"):
        spared([sheet, None], [tmp_path / "sub" / ".." / "a.xlsx"])
    spared([sheet], [tmp_path / "b.xlsx"])


def test_a_template_takes_no_other_file_s_place(tmp_path: Path) -> None:
    kept = tmp_path / "t.xlsx"
    kept.write_bytes(b"mine")
    refused = xinmai("template", "bidders", "-o", str(kept), cwd=tmp_path)
    assert refused.code == 2
    assert "已存在" in refused.err
    assert kept.read_bytes() == b"mine"
    with pytest.raises(InputError, match="格式"):
        fresh(tmp_path / "t.csv", ".xlsx")
    fresh(tmp_path / "T2.XLSX", ".xlsx")
