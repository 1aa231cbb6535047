"""Delimited text of any size into coded columns, in blocks: the same rows as `loaders.readers` reads, much faster.

Lines with the right number of fields, quotes at most around whole ones, go to Arrow's parser; every other line is read
by the careful reader, so that what is rejected, and why, does not depend on the size of a file.
"""

from __future__ import annotations

import contextlib
import mmap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from loaders import columns, pools
from loaders.decoding import bytes_of
from loaders.facts import Rejection
from loaders.readers import EDGES, MAX_ROW, NULLS, Layout, Sheet, cleaned, header_of, is_blank, row_at, width_fault

BLOCK = 1 << 25  # bytes
_FEED, _RETURN, _QUOTE = 10, 13, 34
_RAGGED = f"^[{EDGES}]|[{EDGES}]$"
Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def read_blocks(path: Path, layout: Layout, name: str) -> Sheet:
    """The rows of one file, its columns coded. Raises InputError as `loaders.readers.read_sheet` does."""
    with opened(path, layout, name) as reading:
        return reading.sheet()


@contextlib.contextmanager
def opened(path: Path, layout: Layout, name: str) -> Iterator[Reading]:
    """One file, to be read in blocks. Raises InputError as `loaders.readers.read_sheet` does."""
    with bytes_of(path, name, layout.encodings) as data:
        yield Reading(data, layout, name)


@dataclass(slots=True)
class Reading:
    """One file on its way."""

    data: bytes | mmap.mmap
    layout: Layout
    name: str
    header: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)  # columns of the header
    width: int = 0  # fields of the header line, empty ones at its end too
    rejected: list[Rejection] = field(default_factory=list)
    lines: list[Numbers] = field(default_factory=list)
    offsets: list[Numbers] = field(default_factory=list)  # where the rows begin, in bytes
    at: int = 0  # byte where reading goes on
    line: int = 0  # lines before it

    def sheet(self, wanted: Sequence[str] = ()) -> Sheet:
        """The rows, those of the columns that are wanted; default: all."""
        self._begin()
        self.wanted = [name for name in self.header if name in wanted] if wanted else self.header
        frame, blank = _frame(list(self._tables()), self.wanted)
        lines, offsets = (np.concatenate(held or [np.zeros(0, dtype=np.int64)]) for held in (self.lines, self.offsets))
        if len(self.wanted) < len(self.header):
            blank[blank] = [is_blank(self._row(at)[0]) for at in offsets[blank].tolist()]
        if blank.any():
            frame, lines, offsets = frame[~blank].reset_index(drop=True), lines[~blank], offsets[~blank]
        self.offsets = [offsets]
        places = columns.placed(self.name, lines)
        if "record" not in frame:
            return Sheet(self.name, frame.assign(record=places), self.rejected, None)
        own = frame["record"].to_numpy(object)
        record = pd.Series(np.where(own != "", own, places.to_numpy(object)), dtype="str")
        return Sheet(self.name, frame.assign(record=record), self.rejected, places)

    def whole(self, sheet: Sheet, rows: Mask) -> pd.DataFrame:
        """These rows of the sheet read from the file, as plain objects: all columns, wanted or not; `record` is where
        each stands, whatever the file says there.
        """
        found = [self._row(at)[0][: len(self.header)] for at in self.offsets[0][rows].tolist()]
        frame = pd.DataFrame([cleaned(row) for row in found], columns=self.header, dtype=object)
        places = sheet.frame["record"] if sheet.places is None else pd.Series(sheet.places)
        return frame.assign(record=places[rows].to_numpy(object))

    def _tables(self) -> Iterator[pa.Table]:
        """The good rows, block by block; `lines` says where each stands, `rejected` what was left out."""
        while self.at < len(self.data):
            block = _Block.of(self.data, self.at, self.layout, len(self.header))
            careful = self._careful(block)
            good = np.flatnonzero(block.good)
            table = self._parsed(block, good)
            rows = np.concatenate([good, np.array([n for n, _ in careful], dtype=np.int64)])
            if careful:
                held = {name: [row[at] for _, row in careful] for at, name in enumerate(self.header)}
                slow = pa.table({name: pa.array(held[name]) for name in self.wanted}).cast(table.schema)
                order = np.argsort(rows, kind="stable")
                table, rows = pa.concat_tables([table, slow], promote_options="none").take(order), rows[order]
            self.lines.append(rows + self.line + 1)
            self.offsets.append(block.starts[rows] + self.at)
            self.at, self.line = block.after, self.line + block.count
            if isinstance(self.data, mmap.mmap) and (done := self.at - self.at % mmap.PAGESIZE):
                self.data.madvise(mmap.MADV_DONTNEED, 0, done)  # or the whole file would stay in memory
            yield table

    def _begin(self) -> None:
        """Read the header line, unless the layout has none."""
        self.at = 3 if self.data[:3] == b"\xef\xbb\xbf" else 0
        self.header = list(self.layout.names)
        self.width = len(self.header)
        while not self.header and self.at < len(self.data):
            row, fault, taken, size = self._row(self.at)
            if fault or not is_blank(row):
                self.header, self.width = header_of((self.line + 1, row, fault), self.layout, self.name), len(row)
            self.at, self.line = self.at + size, self.line + taken
        self.header = self.header or header_of((1, [], ""), self.layout, self.name)

    def _row(self, at: int) -> tuple[list[str], str, int, int]:
        """The row that begins at a byte: its fields, its fault, the lines and the bytes it takes."""
        ends = [at]
        row, fault, taken = row_at(self._lines(ends), self.layout, self.width)
        return row, fault, taken, ends[taken] - at

    def _lines(self, ends: list[int]) -> Iterator[str]:
        """Lines from the last of `ends` on; where each ends is added there."""
        while ends[-1] < len(self.data):
            found = self.data.find(b"\n", ends[-1])
            ends.append(len(self.data) if found < 0 else found + 1)
            yield self.data[ends[-2] : ends[-1]].decode()

    def _careful(self, block: _Block) -> list[tuple[int, list[str]]]:
        """The rows that begin on odd lines of the block, read one by one, with the number of the line in the block;
        the lines they take are good no more.
        """
        kept: list[tuple[int, list[str]]] = []
        free = 0  # first line of the block that no row has taken
        for odd in np.flatnonzero(~block.good).tolist():
            if odd < free:
                continue
            row, fault, taken, size = self._row(self.at + int(block.starts[odd]))
            block.good[odd : odd + taken] = False
            free = odd + taken
            self._keep(odd, row, fault, kept)
            if free > block.count:  # it goes on into the next block, which then begins behind it
                block.count, block.after = free, self.at + int(block.starts[odd]) + size
                break
        return kept

    def _keep(self, at: int, row: list[str], fault: str, kept: list[tuple[int, list[str]]]) -> None:
        if is_blank(row) and not fault:
            return
        if why := fault or width_fault(row, len(self.header)):
            text = self.layout.delimiter.join(row)[:200]
            self.rejected.append(Rejection(self.name, self.line + at + 1, why, text))
        else:
            kept.append((at, row[: len(self.header)]))

    def _parsed(self, block: _Block, good: Numbers) -> pa.Table:
        """The good lines of a block as a table, values as they stand."""
        texts, coded = pa.string(), pa.dictionary(pa.int32(), pa.string())
        schema = {name: texts if name in columns.DISTINCT else coded for name in self.wanted}
        if not len(good):
            return pa.table({name: pa.array([], type=kind) for name, kind in schema.items()})
        return arrow_csv.read_csv(
            pa.BufferReader(_lines(block, good)),
            read_options=arrow_csv.ReadOptions(column_names=self.header, block_size=max(BLOCK, 2 * MAX_ROW)),
            parse_options=arrow_csv.ParseOptions(
                delimiter=self.layout.delimiter,
                quote_char='"' if self.layout.quoted else False,
                newlines_in_values=False,
                ignore_empty_lines=False,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=schema, include_columns=self.wanted, check_utf8=False, strings_can_be_null=False
            ),
        )


@dataclass(slots=True)
class _Block:
    """Whole lines of a file: where they begin, and which are plain rows."""

    data: Bytes
    starts: Numbers
    good: npt.NDArray[np.bool_]
    count: int  # lines
    after: int  # byte of the file behind it

    @staticmethod
    def of(data: bytes | mmap.mmap, at: int, layout: Layout, width: int) -> _Block:
        """About BLOCK bytes from `at` on, up to the end of a line."""
        end = min(at + BLOCK, len(data))
        if end < len(data):
            found = data.find(b"\n", end)
            end = len(data) if found < 0 else found + 1
        held = np.frombuffer(data[at:end], dtype=np.uint8)
        feeds = np.flatnonzero(held == _FEED)
        ends = feeds if len(feeds) and feeds[-1] == len(held) - 1 else np.append(feeds, len(held))
        starts = np.concatenate([[0], ends[:-1] + 1])
        delimiter = ord(layout.delimiter)
        limits = np.flatnonzero(held == delimiter)
        fields = np.diff(np.searchsorted(limits, ends), prepend=0)
        length = ends - starts
        good = (length <= MAX_ROW) & (length > 0)
        if layout.quoted:
            fields -= _enclosed(held, ends, limits, delimiter, good)
        return _Block(held, starts, good & (fields == width - 1), len(ends), end)


def _enclosed(held: Bytes, ends: Numbers, limits: Numbers, delimiter: int, good: Mask) -> Numbers:
    """How many delimiters stand between quotes, line by line; a line whose quotes do anything but enclose whole fields
    is good no more. `limits`: where the delimiters are.
    """
    quotes = np.flatnonzero(held == _QUOTE)
    line = np.searchsorted(ends, quotes)
    count = np.bincount(line, minlength=len(ends))
    opens = (np.arange(len(quotes)) - (np.cumsum(count) - count)[line]) % 2 == 0
    framed = np.pad(held, (1, 2), constant_values=_FEED)  # byte n is framed[n + 1]
    behind = framed[quotes + 2]
    behind = np.where(behind == _RETURN, framed[np.minimum(quotes + 3, len(held) + 2)], behind)
    outside = np.where(opens, framed[quotes], behind)
    good[line[(outside != delimiter) & (outside != _FEED)]] = False
    good[count % 2 == 1] = False
    plain = good[line]
    first, last = quotes[plain & opens], quotes[plain & ~opens]
    inside = np.searchsorted(limits, last) - np.searchsorted(limits, first)
    return np.bincount(line[plain & opens], weights=inside, minlength=len(ends)).astype(np.int64)


def _lines(block: _Block, good: Numbers) -> pa.Buffer:
    """The bytes of these lines."""
    if len(good) == len(block.starts):
        return pa.py_buffer(block.data)
    ends = np.append(block.starts[1:], len(block.data))
    cuts = np.flatnonzero(np.diff(good) != 1)
    first, last = good[np.concatenate([[0], cuts + 1])], good[np.append(cuts, len(good) - 1)]
    whole = block.data.data
    return pa.py_buffer(b"".join(whole[block.starts[a] : ends[b]] for a, b in zip(first, last, strict=True)))


def _frame(tables: list[pa.Table], header: list[str]) -> tuple[pd.DataFrame, Mask]:
    """The blocks as one table, values cleaned, and which of its rows have nothing but white space in them."""
    whole = pa.concat_tables(tables) if tables else pa.table({name: pa.array([], pa.string()) for name in header})
    made: dict[str, pd.Series[Any]] = {}
    blank = np.ones(len(whole), dtype=bool)
    for name in header:
        column = whole[name]
        made[name], empty = _own(column) if name in columns.DISTINCT else _coded(column)
        blank &= empty
        whole = whole.drop_columns(name)
    return pd.DataFrame(made), blank


def _own(column: pa.ChunkedArray) -> tuple[pd.Series[Any], Mask]:
    texts = column.cast(pa.large_string())
    empty = np.asarray(pc.equal(texts, pa.scalar("", texts.type)))
    if pc.any(_ragged(texts)).as_py():
        raw = texts.to_pylist()
        empty = np.array([is_blank([text]) for text in raw], dtype=bool)
        texts = pa.array(cleaned(raw), type=pa.large_string())
    return pd.Series(texts.to_pandas(), dtype="str"), empty


def _coded(column: pa.ChunkedArray) -> tuple[pd.Series[Any], Mask]:
    if not len(column):
        return columns.from_codes(np.zeros(0, dtype=np.int8), []), np.zeros(0, dtype=bool)
    held = column.unify_dictionaries().combine_chunks()
    held = held.chunk(0) if isinstance(held, pa.ChunkedArray) else held
    at, texts = held.indices.to_numpy(zero_copy_only=False), held.dictionary
    empty = np.array(pc.equal(texts, pa.scalar("", texts.type)))
    ragged = _ragged(texts)
    if not pc.any(ragged).as_py():
        return columns.from_distinct(at, pd.Index(texts.to_pandas(), dtype="str")), empty[at]
    raw = texts.filter(ragged).to_pylist()
    empty[np.asarray(ragged)] = [is_blank([text]) for text in raw]
    held = pc.replace_with_mask(texts, ragged, pa.array(cleaned(raw), type=texts.type))
    return pools.pooled(at, held.cast(pa.large_string())), empty[at]


def _ragged(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Which values have white space around them, or are a spelling of null."""
    known = pa.array(sorted(NULLS - {""}), type=texts.type)
    return pc.or_(pc.match_substring_regex(texts, _RAGGED), pc.is_in(pc.utf8_lower(texts), value_set=known))
