"""Files a command reads are never written over by it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graph.errors import InputError


def spared(inputs: Iterable[Path | None], outputs: Iterable[Path]) -> None:
    """InputError where an output is one of the inputs."""
    read = {path.resolve() for path in inputs if path is not None}
    for path in outputs:
        if path.resolve() in read:
            raise InputError("输出文件就是输入文件，写入会覆盖它", file=str(path), remedy="用 -o 换一个文件名")


def fresh(path: Path, suffix: str) -> None:
    """InputError where a new file would take the place of another, or its name says another format."""
    if path.suffix.lower() != suffix:
        raise InputError("输出格式不支持", file=str(path), value=path.suffix or "没有扩展名", remedy=f"用 {suffix}")
    if path.exists():
        raise InputError("文件已存在，不会覆盖", file=str(path), remedy="换一个文件名，或者先移走原来的文件")
