"""Files written whole or not at all, in the format their ending names."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from graph import outputs
from graph.errors import InputError

Json = Mapping[str, Any]
Made = bytes | Iterator[bytes]  # a file at once, or piece by piece where it may be large
Writers = Mapping[str, Callable[[Json], Made]]
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def write(document: Json, path: Path, writers: Writers) -> None:
    """Write a document to `path` by its ending. Raises InputError for another ending or a place that cannot be
    written.
    """
    make = _writer(path, writers)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    with outputs.writing(path):
        try:
            made = make(document)
            with draft.open("wb") as file:
                file.writelines([made] if isinstance(made, bytes) else made)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def check(path: Path, writers: Writers) -> None:
    """Raise InputError unless `write` knows the ending and can write there: asked before hours of work."""
    _writer(path, writers)
    outputs.check(path)


def as_json(document: Json) -> Iterator[bytes]:
    """The document as JSON, its lists an entry a line; never all of it as text at once."""
    yield b"{"
    for number, (name, value) in enumerate(document.items()):
        yield f"{',' if number else ''}\n {_ENCODER.encode(name)}: ".encode()
        if isinstance(value, list) and value:
            yield b"["
            for place, entry in enumerate(value):
                yield f"{',' if place else ''}\n  {_ENCODER.encode(entry)}".encode()
            yield b"\n ]"
        else:
            yield _ENCODER.encode(value).encode()
    yield b"\n}\n"


def joined(made: Made) -> bytes:
    """A file as a whole."""
    return made if isinstance(made, bytes) else b"".join(made)


def _writer(path: Path, writers: Writers) -> Callable[[Json], Made]:
    make = writers.get(path.suffix.lower())
    if make is None:
        raise InputError("不认识的输出格式", file=str(path), remedy=f"文件名以 {'、'.join(writers)} 结尾")
    return make
