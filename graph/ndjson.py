"""Lines of JSON written by columns, millions at a time: what ArcadeDB's batch endpoint is fed with.

A value that occurs a million times is written once and copied after that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.bulk import known_type

ROWS = 20_000  # lines written at once: some MB
_UNSAFE = r'["\\\x00-\x1f]'
Places = npt.NDArray[np.integer[Any]]


class Property(Protocol):
    """One property of many rows."""

    def of(self, start: int, size: int) -> pa.Array:
        """`,"name":value` of `size` rows from `start` on, null where it is not given."""


class Coded:
    """A property by its distinct values: row i has `values[places[i]]`; None, or place -1, is not given."""

    def __init__(self, name: str, values: Sequence[object], places: Places) -> None:
        if all(v is None or isinstance(v, str) for v in values):
            texts = quoted(pa.array(values, type=pa.large_string()))
        else:
            texts = pa.array([None if v is None else _json(v) for v in values], type=pa.large_string())
        self._texts = glued(f",{json.dumps(name)}:", texts)
        self._places = places

    def of(self, start: int, size: int) -> pa.Array:
        """As Property says."""
        some = self._places[start : start + size]
        return self._texts.take(pa.array(some, mask=some < 0))


class Own:
    """A property whose texts nearly all differ: row i has `texts[i]`; null and "" are not given."""

    def __init__(self, name: str, texts: pa.Array) -> None:
        self._name, self._texts = f",{json.dumps(name)}:", texts

    def of(self, start: int, size: int) -> pa.Array:
        """As Property says."""
        some = self._texts.slice(start, size)
        held = pc.if_else(pc.equal(some, _large("")), pa.scalar(None, some.type), some)
        return glued(self._name, quoted(held))


class Number:
    """A whole number of every row, written as a text."""

    def __init__(self, name: str, numbers: Places) -> None:
        self._name, self._numbers = f',{json.dumps(name)}:"', numbers

    def of(self, start: int, size: int) -> pa.Array:
        """As Property says."""
        return glued(self._name, pa.array(self._numbers[start : start + size]).cast(pa.large_string()), '"')


def node_lines(label: str, properties: Sequence[Property], count: int) -> Iterator[memoryview]:
    """The lines that make many nodes of one label."""
    return _lines(f'{{"@type":"vertex","@class":{json.dumps(label)}', properties, count)


def relation_lines(
    kinds: tuple[Sequence[str], Places], first: Places, second: Places, properties: Sequence[Property]
) -> Iterator[memoryview]:
    """The lines that make many relations. `kinds`: types, and of which of them each row is; `first` and `second`:
    places in the stream of nodes, from 0. Raises StoreError for a type outside the vocabulary.
    """
    for kind in kinds[0]:
        known_type(kind)
    ends = (Coded("@class", *kinds), Number("@from", first), Number("@to", second))
    return _lines('{"@type":"edge"', [*ends, *properties], len(first))


def _lines(head: str, properties: Sequence[Property], count: int) -> Iterator[memoryview]:
    """`count` objects, one a line: `head` (an object without its closing brace), then the properties."""
    for start in range(0, count, ROWS):
        size = min(ROWS, count - start)
        parts = [pa.repeat(_large(head), size), *(one.of(start, size) for one in properties), _large("}\n")]
        made = pc.binary_join_element_wise(*parts, _large(""), null_handling="replace", null_replacement="")
        _, offsets, data = made.buffers()
        ends = np.frombuffer(offsets, dtype=np.int64)[made.offset : made.offset + size + 1]
        yield memoryview(data)[int(ends[0]) : int(ends[-1])]


def quoted(texts: pa.Array) -> pa.Array:
    """Texts as JSON strings; those that are null stay so."""
    texts = texts.cast(pa.large_string())
    unsafe = pc.match_substring_regex(texts, _UNSAFE).fill_null(False)
    if pc.any(unsafe).as_py():
        escaped = [_json(text)[1:-1] for text in texts.filter(unsafe).to_pylist()]
        texts = pc.replace_with_mask(texts, unsafe, pa.array(escaped, type=pa.large_string()))
    return glued('"', texts, '"')


def glued(*parts: pa.Array | str) -> pa.Array:
    """The texts of each row joined; null where one of them is."""
    whole = (_large(part) if isinstance(part, str) else part.cast(pa.large_string()) for part in parts)
    return pc.binary_join_element_wise(*whole, _large(""))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _large(text: str) -> pa.Scalar:
    return pa.scalar(text, pa.large_string())
