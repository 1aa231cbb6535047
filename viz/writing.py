"""Files written whole or not at all, in the format their ending names."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from graph.errors import InputError

Json = Mapping[str, Any]
Writers = Mapping[str, Callable[[Json], bytes]]


def write(document: Json, path: Path, writers: Writers) -> None:
    """Write a document to `path` by its ending. Raises InputError for another ending or a place that cannot be
    written.
    """
    make = _writer(path, writers)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(make(document))
        draft.replace(path)
    except OSError as error:
        raise InputError("无法写入", file=str(path), value=str(error), remedy="检查目录是否存在、可写") from error
    finally:
        draft.unlink(missing_ok=True)


def check(path: Path, writers: Writers) -> None:
    """Raise InputError unless `write` knows the ending and the folder exists: asked before hours of work."""
    _writer(path, writers)
    if not path.parent.is_dir():
        raise InputError("输出目录不存在", file=str(path), remedy="先建立目录，或换一个位置")


def as_json(document: Json) -> bytes:
    """The document as JSON."""
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _writer(path: Path, writers: Writers) -> Callable[[Json], bytes]:
    make = writers.get(path.suffix.lower())
    if make is None:
        raise InputError("不认识的输出格式", file=str(path), remedy="文件名以 .xlsx、.html 或 .json 结尾")
    return make
