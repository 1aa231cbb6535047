"""One property of many nodes or relations as an array of small codes into its sorted distinct values.

Code 0 stands for a value that is not given, code c for `values[c - 1]`. As values are sorted, codes compare as values
do: days as ISO texts, ratios as numbers, and "on or before a day" is one comparison of integers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Value = str | float | bool | list[str]
Kind = Literal["text", "number", "flag", "record", "list"]
# A record such as `relations.csv:1204` is kept as its head and its number: otherwise every row would be a value.
NO_NUMBER = np.iinfo(np.uint32).max
_LONGEST_NUMBER = 9  # digits of a record's number that are sure to fit
# Every so many texts one is kept at hand for whoever looks for a text.
_MARKED = 256
# A list of texts is kept as one text.
_SEPARATOR = "\x1f"


class Texts(Sequence[str]):
    """Sorted distinct texts in one block of UTF-8, whose order by bytes is that by code points."""

    __slots__ = ("_block", "_bytes", "_ends", "_marks", "_starts")

    def __init__(self, starts: Array, block: Array) -> None:
        """`starts`: where each begins in `block`, and where the last one ends."""
        self._starts, self._block = starts, block
        # Single places of a memory view are read several times as fast as those of an array.
        self._ends, self._bytes = starts.data, block.data
        self._marks: list[str] | None = None

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        """Texts that are sorted and distinct already."""
        coded = [text.encode() for text in texts]
        ends = np.cumsum([0, *map(len, coded)], dtype=np.uint64)
        small = ends.astype(np.uint32) if ends[-1] < NO_NUMBER else ends
        return cls(small, np.frombuffer(b"".join(coded), dtype=np.uint8))

    @property
    def arrays(self) -> dict[str, Array]:
        """What is written to a file."""
        return {"starts": self._starts, "block": self._block}

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, index: Any) -> Any:
        return str(self._bytes[self._ends[index] : self._ends[index + 1]], "utf-8")

    def __iter__(self) -> Iterator[str]:
        whole = self._block.tobytes()
        ends = self._starts.tolist()
        return (whole[ends[i] : ends[i + 1]].decode() for i in range(len(self)))

    def find(self, text: str) -> int:
        """The place of a text, -1 if it is not there."""
        if self._marks is None:
            self._marks = [self[place] for place in range(0, len(self), _MARKED)]
        start = max(0, bisect_right(self._marks, text) - 1) * _MARKED
        end = min(start + _MARKED, len(self))
        place = bisect_left(self, text, start, end)
        return place if place < end and self[place] == text else -1


@dataclass(frozen=True, slots=True)
class Column:
    """One property by row. `codes` None: no row has it; for a `record`, `numbers` are the digits at its end.

    A `list` is one of texts, in their order; an empty one counts as not given.
    """

    kind: Kind
    codes: Array | None
    values: Texts | Array
    numbers: Array | None = None

    def at(self, row: int) -> Value | None:
        """The value of a row, None where it is not given."""
        code = 0 if self.codes is None else int(self.codes[row])
        if not code:
            return None
        value = self.values[code - 1]
        if self.numbers is not None and (number := int(self.numbers[row])) != NO_NUMBER:
            return f"{value}{number}"
        if isinstance(value, str):
            return value.split(_SEPARATOR) if self.kind == "list" else value
        return bool(value) if self.kind == "flag" else float(value)

    def rank_le(self, text: str) -> int:
        """The highest code whose value is at most `text`; of texts (days) only."""
        assert isinstance(self.values, Texts)
        return bisect_right(self.values, text)

    def rank_lt(self, text: str) -> int:
        """The highest code whose value is below `text`; of texts (days) only."""
        assert isinstance(self.values, Texts)
        return bisect_left(self.values, text)

    def code(self, value: str) -> int:
        """The code of a text, -1 if no row has it."""
        assert isinstance(self.values, Texts)
        return self.values.find(value) + 1 or -1

    @property
    def arrays(self) -> dict[str, Array]:
        """What is written to a file."""
        named = self.values.arrays if isinstance(self.values, Texts) else {"values": self.values}
        more = {"codes": self.codes, "numbers": self.numbers}
        return {**named, **{name: array for name, array in more.items() if array is not None}}

    @classmethod
    def read(cls, kind: Kind, arrays: Mapping[str, Array]) -> Column:
        """From the arrays of a file."""
        values = arrays["values"] if "values" in arrays else Texts(arrays["starts"], arrays["block"])
        return cls(kind, arrays.get("codes"), values, arrays.get("numbers"))


class Gatherer:
    """Takes values row by row and makes a column of them.

    `mask`: what is done to every distinct text before it is kept; what it makes equal is one value then.
    """

    __slots__ = ("_known", "_mask", "_numbers", "_parts", "kind")

    def __init__(self, kind: Kind, mask: Callable[[str], str] | None = None) -> None:
        self.kind: Kind = kind
        self._mask = mask
        self._known: dict[Any, int] = {None: 0}
        self._parts: list[Array] = []
        self._numbers: list[Array] = []

    def take(self, values: Sequence[Any]) -> None:
        """The values of the next rows, None where not given."""
        if values.count(None) == len(values):
            self._parts.append(np.zeros(len(values), dtype=np.uint32))
            if self.kind == "record":
                self._numbers.append(np.full(len(values), NO_NUMBER, dtype=np.uint32))
            return
        if self.kind == "record":
            values = self._cut(values)
        elif self.kind == "list":
            values = [_SEPARATOR.join(value) if value else None for value in values]
        known = self._known
        codes = [known.setdefault(value, len(known)) for value in values]
        self._parts.append(np.array(codes, dtype=np.uint32))

    def _cut(self, records: Iterable[Any]) -> list[Any]:
        heads, numbers = [], []
        for record in records:
            head, number = record, NO_NUMBER
            if record:
                head = record.rstrip("0123456789")
                digits = record[len(head) :]
                if 0 < len(digits) <= _LONGEST_NUMBER and (digits[0] != "0" or digits == "0"):
                    number = int(digits)
                else:
                    head = record
            heads.append(head)
            numbers.append(number)
        self._numbers.append(np.array(numbers, dtype=np.uint32))
        return heads

    def column(self, order: Array) -> Column:
        """The column with its rows in `order` (row numbers as they came)."""
        kept = {value: self._mask(value) if self._mask else value for value in self._known if value is not None}
        values = sorted(set(kept.values()))
        numbers = np.concatenate(self._numbers)[order] if self._numbers else None
        made = np.array(values, dtype=np.float64) if self.kind in ("number", "flag") else Texts.of(values)
        if not values:
            return Column(self.kind, None, made)
        place = {value: rank for rank, value in enumerate(values, start=1)}
        ranks = np.zeros(len(self._known), dtype=smallest(len(values)))
        for value, code in self._known.items():
            if value is not None:
                ranks[code] = place[kept[value]]
        codes = ranks[np.concatenate(self._parts)][order]
        if numbers is not None and (numbers == NO_NUMBER).all():
            numbers = None
        return Column(self.kind, codes, made, numbers)


def smallest(highest: int) -> type[np.unsignedinteger[Any]]:
    """The smallest type that holds 0 to `highest`."""
    return np.uint8 if highest < 1 << 8 else np.uint16 if highest < 1 << 16 else np.uint32
