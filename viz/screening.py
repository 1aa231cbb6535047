"""The outputs of a screening, by the ending of the file: .json, .xlsx or .html.

Takes the JSON of `screen`, new or read back from a file, and writes whole files or none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from graph.errors import InputError
from viz.screening_book import workbook
from viz.screening_page import page
from viz.screening_words import Json


def write(screening: Json, path: Path) -> None:
    """Write the screening to `path`. Raises InputError for another ending or a place that cannot be written."""
    make = _check(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(make(screening))
        draft.replace(path)
    except OSError as error:
        raise InputError("无法写入", file=str(path), value=str(error), remedy="检查目录是否存在、可写") from error
    finally:
        draft.unlink(missing_ok=True)


def _check(path: Path) -> Callable[[Json], bytes]:
    make = _WRITERS.get(path.suffix.lower())
    if make is None:
        raise InputError("不认识的输出格式", file=str(path), remedy="文件名以 .xlsx、.html 或 .json 结尾")
    return make


def check(path: Path) -> None:
    """Raise InputError unless `write` knows the ending and the folder exists: asked before hours of work."""
    _check(path)
    if not path.parent.is_dir():
        raise InputError("输出目录不存在", file=str(path), remedy="先建立目录，或换一个位置")


def as_json(screening: Json) -> bytes:
    """The screening as one JSON document."""
    return (json.dumps(screening, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def as_html(screening: Json) -> bytes:
    """The screening as one HTML page."""
    return page(screening).encode()


_WRITERS: dict[str, Callable[[Json], bytes]] = {".json": as_json, ".html": as_html, ".xlsx": workbook}
