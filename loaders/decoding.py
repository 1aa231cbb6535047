"""Bytes of a source file to text: which encoding, and a clear error when it is none of them.

UTF-8 (with or without a byte order mark) and GB18030 are read. Almost any bytes look like GB18030, so a file
that had begun as good UTF-8 is not tried as GB18030: it is damaged UTF-8, and the damaged place is named.
"""

from __future__ import annotations

import codecs
import contextlib
import mmap
import re
from collections.abc import Iterator
from pathlib import Path

from graph.errors import InputError

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "这是 ZIP 或 Excel（.xlsx）文件，不是文本"),
    (b"\xd0\xcf\x11\xe0", "这是旧式 Excel（.xls）文件，不是文本"),
    (b"%PDF", "这是 PDF 文件，不是文本"),
    (b"\x1f\x8b", "这是 gzip 压缩文件，请先解压"),
    (b"\xff\xfe", "这是 UTF-16 编码的文件"),
    (b"\xfe\xff", "这是 UTF-16 编码的文件"),
)
_SAVE_AS = "另存为 UTF-8 编码的 CSV 文本后重新载入"
# So many good multi-byte characters before the first bad byte do not happen in a GB18030 file by chance.
_SURELY_UTF8 = 8
_LONE_RETURN = re.compile(r"\r(?!\n)")
_BLOCK = 1 << 24  # bytes looked at at once


def text_of(path: Path, *, name: str = "", encodings: tuple[str, ...] = ("utf-8", "gb18030")) -> str:
    """The whole text of a file, line ends as they are.

    `name` is what errors call the file. Raises InputError for a file that is missing, unreadable, 0 bytes
    long, not text, or in none of the encodings; the error gives line, byte offset and the bytes seen.
    """
    return decode(_bytes_of(path, name or str(path)), name or str(path), encodings)


@contextlib.contextmanager
def bytes_of(path: Path, name: str, encodings: tuple[str, ...] = ("utf-8", "gb18030")) -> Iterator[bytes | mmap.mmap]:
    """The bytes of a file as UTF-8 (a byte order mark may lead), every line ended by a line feed; not read into memory
    if they are so already. Raises InputError as `text_of` does.
    """
    if _is_sound(path):
        with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield data
    else:
        text = text_of(path, name=name, encodings=encodings)
        yield _LONE_RETURN.sub("\n", text).encode()


def _is_sound(path: Path) -> bool:
    """Whether a file is UTF-8 text, no line of it ended by a carriage return alone."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    blank = True
    try:
        with path.open("rb") as stream:
            if stream.read(4).startswith(tuple(signature for signature, _ in _SIGNATURES)):
                return False
            stream.seek(0)
            while block := stream.read(_BLOCK):
                block += stream.read(1) if block.endswith(b"\r") else b""
                decoder.decode(block)
                if b"\0" in block or block.count(b"\r") != block.count(b"\r\n"):
                    return False
                blank = blank and not block.strip()
            decoder.decode(b"", final=True)
    except (OSError, UnicodeDecodeError):
        return False
    return not blank


def head_of(path: Path, size: int = 65536) -> str:
    """The beginning of a file as text for recognising it; undecodable bytes become U+FFFD, errors none."""
    try:
        with path.open("rb") as stream:
            data = stream.read(size)
    except OSError:
        return ""
    if not data or b"\0" in data:
        return ""
    text = data.decode("utf-8-sig", errors="replace")
    return data.decode("gb18030", errors="replace") if text.count("\ufffd") > 1 else text


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("文件不存在", file=name, remedy="检查路径") from None
    except OSError as error:
        raise InputError("文件无法读取", file=name, value=str(error.strerror), remedy="检查权限") from None
    if not data.strip():
        raise InputError(
            "文件是空的（0 字节），已停止，未改动任何数据" if not data else "文件只有空白",
            file=name,
            remedy="重新获取该来源文件；来源变空不等于名单被清空",
        )
    return data


def decode(data: bytes, name: str, encodings: tuple[str, ...] = ("utf-8", "gb18030")) -> str:
    """Text of these bytes in the first encoding that fits. Raises InputError as `text_of` does."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(what, file=name, value=repr(data[:8]), remedy=_SAVE_AS)
    if (at := data.find(b"\0")) >= 0:
        raise _bad_bytes("文件含有空字节，不是文本", name, data, at)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        damaged = error
    good = data[: damaged.start].decode("utf-8", errors="ignore")
    multibyte = sum(c > "\x7f" for c in good)
    if "gb18030" in encodings and multibyte < _SURELY_UTF8:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError as error:
            at = max(error.start, damaged.start)
            raise _bad_bytes("既不是 UTF-8 也不是 GB18030 编码", name, data, at) from None
    raise _bad_bytes("不是有效的 UTF-8 编码", name, data, damaged.start)


def _bad_bytes(what: str, name: str, data: bytes, at: int) -> InputError:
    line = data.count(b"\n", 0, at) + 1
    return InputError(
        f"{what}（第 {at} 字节）", file=name, line=line, value=data[at : at + 8].hex(" "), remedy=_SAVE_AS
    )
