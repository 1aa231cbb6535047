"""Files read in blocks give the very rows, rejections and places of the careful reader, whatever is in them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from stdnum.cn import uscc as stdnum_uscc

from graph.errors import InputError
from graph.identifiers import uscc
from loaders import blocks
from loaders.check_digits import unified_codes
from loaders.readers import Layout, Sheet, read_sheet

LAYOUT = Layout("x", ("x.csv",), ("a", "b"))
CELLS = (
    "x",
    "中文",
    "  y ",
    "-",
    "n/a",
    '"q"',
    '"a,b"',
    '"a\nb"',
    '"a ""z"" b"',
    '"open',
    'a"b',
    "",
    " ",
    "\u3000",
    "无",
    '""',
)
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def outcome(read: Callable[[Path, Layout, str], Sheet], path: Path) -> object:
    try:
        sheet = read(path, LAYOUT, "x.csv")
    except InputError as error:
        return str(error)
    rows = sheet.frame.astype(object).to_numpy().tolist()
    places = sheet.frame["record"] if sheet.places is None else sheet.places
    return list(sheet.frame.columns), rows, sheet.rejected, list(places)


def text_of(chance: random.Random) -> str:
    """A file in which anything may stand."""
    width = chance.choice([2, 3, 4])
    head = ["a", "b", "record", "d"][:width] + ([""] if chance.random() < 0.2 else [])
    odd = chance.choice([0.0, 0.1, 0.5])
    lines = [",".join(head)]
    for _ in range(chance.randrange(1, 30)):
        fields = width if chance.random() > odd / 2 else chance.randrange(width + 3)
        cells = (chance.choice(CELLS if chance.random() < odd else ("x", "中文", "yy")) for _ in range(fields))
        lines.append(",".join(cells))
    lines += [",".join([""] * width)] if chance.random() < 0.3 else []
    return ("\n" if chance.random() < 0.3 else "") + "\n".join(lines) + chance.choice(["", "\n"])


@pytest.mark.parametrize("seed", range(120))
def test_any_file_gives_what_the_careful_reader_gives(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    # Blocks so small that rows go over their ends.
    monkeypatch.setattr(blocks, "BLOCK", chance.choice([40, 100, 1 << 20]))
    path = tmp_path / "x.csv"
    text, encoding = text_of(chance), chance.choice(["utf-8", "utf-8-sig", "gb18030"])
    end = chance.choice(["\n", "\r\n"]) if encoding != "gb18030" else "\n"
    path.write_bytes(text.replace("\n", end).encode(encoding))
    assert outcome(blocks.read_blocks, path) == outcome(read_sheet, path)


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"PK\x03\x04", b"a,b\nx\0,y\n", b"a\nx\n", "a,b\n中文".encode()[:-1], b"a,a,b\n"]
)
def test_what_cannot_be_read_is_refused_in_the_same_words(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    assert isinstance(outcome(blocks.read_blocks, path), str)
    assert outcome(blocks.read_blocks, path) == outcome(read_sheet, path)


def test_codes_by_the_million_are_judged_as_one_by_one() -> None:
    chance = random.Random(1)
    texts = [
        "",
        "1" * 18,
        "9" * 17 + "1",
        "x",
        "91999999ma0000001d",
        "91999999MA0000001D",
        "９1999999MA0000001D",
        "91 330",
    ]
    for _ in range(2_000):
        body = chance.choice("19ANY5") + chance.choice(SIGNS) + "".join(chance.choices("0123456789", k=6))
        body += "".join(chance.choices(SIGNS, k=9))
        texts.append(body + (stdnum_uscc.calc_check_digit(body) if chance.random() < 0.7 else chance.choice(SIGNS)))
    codes, valid = unified_codes(texts)
    assert codes[3] is None
    assert valid.sum() > 1_000
    single = [uscc(text) for text in texts]
    assert codes == [code.value if code.formed else None for code in single]
    assert valid.tolist() == [code.valid for code in single]
