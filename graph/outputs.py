"""Where a command writes: the place looked at before any work, and a failure told as bad input."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import InputError


def check(path: Path, *, folder: bool = False) -> None:
    """InputError where nothing can be written at `path`. `folder`: what is written is a directory, which may be there
    already.
    """
    try:
        _check(path, folder)
    except PermissionError:
        writable = False
    else:
        here = path if path.exists() else path.parent
        writable = os.access(here, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
    if not writable:
        raise InputError("无法写入：没有权限", file=str(path), remedy="换一个位置，或请管理员授权")


@contextmanager
def writing(path: Path, *, folder: bool = False) -> Iterator[None]:
    """For work whose result goes to `path`: checks its place before it, tells what failed in it."""
    check(path, folder=folder)
    try:
        yield
    except OSError as error:
        remedy = "检查磁盘空间，以及文件是否被其他程序占用"
        raise InputError("无法写入", file=str(path), value=error.strerror or str(error), remedy=remedy) from error


def _check(path: Path, folder: bool) -> None:
    if not path.parent.is_dir():
        raise InputError(
            "无法写入：目录不存在", file=str(path), value=str(path.parent), remedy="先建立该目录，或换一个位置"
        )
    if path.is_dir() > folder:
        raise InputError("无法写入：这是一个目录", file=str(path), remedy="写上文件名，如 结果.xlsx")
