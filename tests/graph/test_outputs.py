"""Places that cannot be written are told apart, before the work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from graph.errors import InputError
from graph.outputs import check, writing


@contextmanager
def nobody() -> Iterator[None]:
    """Not root, who may write everywhere."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_each_reason_has_its_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="目录不存在") as told:
        check(tmp_path / "none" / "a.xlsx")
    assert str(tmp_path / "none") in str(told.value)
    with pytest.raises(InputError, match="这是一个目录"):
        check(tmp_path)
    check(tmp_path, folder=True)
    with pytest.raises(InputError, match="无法写入") as full, writing(tmp_path / "a.xlsx"):
        raise OSError(28, "No space left on device")
    assert "No space left" in str(full.value)
    assert not list(tmp_path.glob("*.xlsx"))
    with pytest.raises(InputError, match="无法写入"):
        check(tmp_path / ("长" * 100 + ".xlsx"))
    (mine := tmp_path / "mine.xlsx").touch(mode=0o444)
    check(mine)  # one's own folder: it is replaced


def test_a_place_one_may_not_write_or_not_even_see() -> None:
    with TemporaryDirectory() as made:
        (closed := Path(made) / "closed").mkdir(mode=0o555)
        (hidden := Path(made) / "hidden").mkdir(mode=0o700)
        if os.geteuid() != 0:
            hidden.chmod(0)
        Path(made).chmod(0o755)
        for path in (closed / "a.xlsx", hidden / "deeper" / "a.xlsx"):
            with nobody(), pytest.raises(InputError, match="没有权限"):
                check(path)
        hidden.chmod(0o700)
