"""The text of a PDF as a reader can select it: what its fonts' maps make of the glyphs, page by page."""

from __future__ import annotations

import re
import zlib
from functools import cache

_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_SHOWN = re.compile(
    rb"/(\w+) [\d.]+ Tf|/(\w+) Do\b|\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)|<([0-9A-Fa-f]+)>|(ET)", re.DOTALL
)
_PAGES = re.compile(rb"/Type\s*/Pages")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def streams(pdf: bytes) -> list[bytes]:
    """Everything packed inside, unpacked."""
    return [body for body in map(_unpacked, _objects(pdf).values()) if body]


def pages(pdf: bytes) -> list[str]:
    """The text of each page, in the order it is drawn."""
    objects = _objects(pdf)
    tree = next(body for body in objects.values() if _PAGES.search(body) and b"/Parent" not in body)
    return [_drawn(objects, key) for key in _leaves(objects, tree)]


def _leaves(objects: dict[int, bytes], node: bytes) -> list[int]:
    kids = re.search(rb"/Kids\s*\[([^\]]*)\]", node)
    assert kids
    found = []
    for ref in re.findall(rb"(\d+) 0 R", kids[1]):
        inner = objects[int(ref)]
        found += _leaves(objects, inner) if _PAGES.search(inner) else [int(ref)]
    return found


def _objects(pdf: bytes) -> dict[int, bytes]:
    return {int(match[1]): match[2] for match in _OBJECT.finditer(pdf)}


def _unpacked(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if not found:
        return b""
    try:
        return zlib.decompress(found[1])
    except zlib.error:
        return found[1]


def _drawn(objects: dict[int, bytes], key: int) -> str:
    """What a page or a form draws."""
    body = objects[key]
    content = re.search(rb"/Contents (\d+) 0 R", body)
    drawn = _unpacked(objects[int(content[1])] if content else body)
    head = body.split(b"stream", 1)[0]
    ref = re.search(rb"/Resources (\d+) 0 R", head)
    told = objects[int(ref[1])] if ref else head
    named = {name: int(number) for name, number in re.findall(rb"/(\w+) (\d+) 0 R", told)}
    out, glyphs = [], {}
    for font, form, text, code, end in _SHOWN.findall(drawn):
        if font:
            glyphs = _map(objects, named[font])
        elif form and b"/Form" in objects[named[form]].split(b"stream", 1)[0]:
            out.append(_drawn(objects, named[form]))
        elif text or code:
            raw = bytes.fromhex(code.decode()) if code else re.sub(rb"\\(\d{1,3}|.)", _escaped, text, flags=re.DOTALL)
            step = max(map(len, glyphs), default=2)  # bytes of a code
            out += [glyphs.get(raw[i : i + step], "") for i in range(0, len(raw), step)]
        elif end:
            out.append("\n")
    return "".join(out)


def _escaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 8)]) if match[1].isdigit() else _ESCAPES.get(match[1], match[1])


def _map(objects: dict[int, bytes], font: int) -> dict[bytes, str]:
    ref = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    assert ref, "a font whose text nobody can select"
    return _read(objects[int(ref[1])])


@cache
def _read(packed: bytes) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    told = _unpacked(packed).decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", told, re.DOTALL):
        found |= {
            bytes.fromhex(a): bytes.fromhex(b).decode("utf-16-be") for a, b in re.findall(r"<(\w+)>\s*<(\w+)>", block)
        }
    for block in re.findall(r"beginbfrange(.*?)endbfrange", told, re.DOTALL):
        for first, last, to in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            low, high, char = (int(number, 16) for number in (first, last, to))
            found |= {(low + i).to_bytes(len(first) // 2, "big"): chr(char + i) for i in range(high - low + 1)}
    return found
