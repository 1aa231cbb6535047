"""One file of named arrays, opened by mapping it into memory: nothing is read before it is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from graph.columns import Array
from graph.drafts import drafted
from graph.errors import StoreError

MAGIC = b"XINMAI-SNAPSHOT\n"
FORMAT = 1
ALIGNED = 64
REMEDY = "请运行 xinmai snapshot 重新生成。"
_HEAD = len(MAGIC) + 8  # and the length of the description


class SnapshotFileError(StoreError):
    """A file that is no snapshot, of another format, or not whole; it can be thrown away and made again."""


def write(path: Path, about: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
    """Write arrays and what they are about. Others see the old file or the new one, nothing between."""
    places: dict[str, tuple[str, int, int]] = {}
    at = 0
    for name, array in arrays.items():
        at = -(-at // ALIGNED) * ALIGNED
        places[name] = (array.dtype.str, len(array), at)
        at += array.nbytes
    told = json.dumps({"format": FORMAT, "about": about, "arrays": places, "bytes": at}, ensure_ascii=False).encode()
    start = _start(len(told))
    with drafted(path) as fresh, fresh.open("wb") as file:
        file.write(MAGIC + len(told).to_bytes(8, "little") + told)
        for name, array in arrays.items():
            file.seek(start + places[name][2])
            file.write(np.ascontiguousarray(array).data)
        file.truncate(start + at)


def read(path: Path) -> tuple[dict[str, Any], dict[str, Array]]:
    """What a file is about, and its arrays as views of the mapped file. Raises SnapshotFileError."""
    try:
        told, start = _described(path)
        arrays = _mapped(path, told, start)
        return dict(told["about"]), arrays
    except (OSError, ValueError, OverflowError, LookupError, TypeError, AttributeError) as error:
        raise SnapshotFileError(f"快照文件 {path} 无法读取（{error}）；{REMEDY}") from error


def _described(path: Path) -> tuple[dict[str, Any], int]:
    """What stands at the head of a file, and where its arrays begin."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        length = int.from_bytes(head[len(MAGIC) :], "little")
        told = json.loads(file.read(length)) if head.startswith(MAGIC) else {}
    if told.get("format") != FORMAT:
        raise SnapshotFileError(f"{path} 不是本版本的快照文件；{REMEDY}")
    return told, _start(length)


def _mapped(path: Path, told: Mapping[str, Any], start: int) -> dict[str, Array]:
    if path.stat().st_size != start + told["bytes"]:
        raise SnapshotFileError(f"快照文件 {path} 不完整；{REMEDY}")
    mapped = np.memmap(path, dtype=np.uint8, mode="r") if told["bytes"] else np.zeros(0, dtype=np.uint8)
    arrays = {}
    for name, (kind, length, at) in told["arrays"].items():
        dtype = np.dtype(kind)
        begin = start + at
        arrays[name] = np.asarray(mapped[begin : begin + length * dtype.itemsize]).view(dtype)
    return arrays


def _start(described: int) -> int:
    return -(-(_HEAD + described) // ALIGNED) * ALIGNED
