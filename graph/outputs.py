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
    with _told(path):
        if not path.parent.is_dir():
            raise InputError(
                "无法写入：目录不存在", file=str(path), value=str(path.parent), remedy="先建立该目录，或换一个位置"
            )
        if path.is_dir() > folder:
            raise InputError("无法写入：这是一个目录", file=str(path), remedy="写上文件名，如 结果.xlsx")
        # Files are written beside their place and renamed, so it is the folder that must be writable.
        here = path if path.is_dir() else path.parent
        if not os.access(here, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise PermissionError


@contextmanager
def writing(path: Path, *, folder: bool = False) -> Iterator[None]:
    """For work whose result goes to `path`: checks its place before it, tells what failed in it."""
    check(path, folder=folder)
    with _told(path):
        yield


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise InputError("无法写入：没有权限", file=str(path), remedy="换一个位置，或请管理员授权") from error
    except OSError as error:
        remedy = "检查文件名长度、磁盘空间，以及文件是否被其他程序占用"
        raise InputError("无法写入", file=str(path), value=error.strerror or str(error), remedy=remedy) from error
