"""Coded columns whose distinct values are millions themselves: made and joined in Arrow, without an object each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders import columns

# Chinese characters alone: what makes a name tidy or comparable leaves it as it is.
PLAIN = r"^[\x{4e00}-\x{9fff}]*$"
Codes = npt.NDArray[np.integer[Any]]


def texts(column: pd.Series[Any]) -> pa.Array:
    """The distinct values of a coded column, by code."""
    return columns.arrow(pd.Series(column.cat.categories))


def rows(column: pd.Series[Any]) -> pa.Array:
    """The values of a coded column, row by row."""
    return texts(column).take(pa.array(columns.codes(column)))


def pooled(at: Codes, held: pa.Array, index: pd.Index[Any] | None = None) -> pd.Series[str]:
    """A coded column whose value in row i is held[at[i]]; equal texts are made one."""
    found = held.dictionary_encode()
    if len(found.dictionary) < len(held):
        at = found.indices.to_numpy()[at]
    return columns.from_distinct(at, pd.Index(found.dictionary.to_pandas(), dtype="str"), index)


def encoded(held: pa.Array, index: pd.Index[Any] | None = None) -> pd.Series[str]:
    """A coded column with these values, row by row."""
    found = held.dictionary_encode()
    return columns.from_distinct(found.indices.to_numpy(), pd.Index(found.dictionary.to_pandas(), dtype="str"), index)


def trimmed(column: pd.Series[Any]) -> pd.Series[str]:
    """The coded column without the distinct values that no row has."""
    at = columns.codes(column)
    seen = np.zeros(len(column.cat.categories), dtype=bool)
    seen[at] = True
    if seen.all():
        return column
    held = texts(column).filter(pa.array(seen)).to_pandas()
    return columns.from_distinct((np.cumsum(seen) - 1)[at], pd.Index(held, dtype="str"), column.index)


def joined(*parts: pa.Array | str) -> pa.Array:
    """The texts of each row joined."""
    return pc.binary_join_element_wise(*(_large(p) if isinstance(p, str) else p for p in parts), _large(""))


def either(first: pd.Series[Any], second: pd.Series[Any], wanted: columns.Mask) -> pd.Series[str]:
    """The first column where wanted, the second elsewhere; both coded."""
    at = np.where(wanted, columns.codes(first), columns.codes(second).astype(np.int64) + len(first.cat.categories))
    return pooled(at, pa.concat_arrays([texts(first), texts(second)]), first.index)


def matching(column: pd.Series[Any], pattern: str) -> columns.Mask:
    """Of each distinct value of a coded column whether the pattern (RE2) occurs in it."""
    return np.asarray(pc.match_substring_regex(texts(column), pattern))


def changed(column: pd.Series[Any], function: Callable[[str], str], same: str) -> pd.Series[str]:
    """As `columns.mapped`, without asking for values that match `same`, which the function leaves as they are."""
    others = ~matching(column, same)
    if not others.any():
        return column
    held = texts(column)
    told = [function(text) for text in held.filter(pa.array(others)).to_pylist()]
    held = pc.replace_with_mask(held, pa.array(others), pa.array(told, type=held.type))
    return pooled(columns.codes(column), held, column.index)


def pairs(first: pd.Series[Any], second: pd.Series[Any], function: Callable[[str, str], str]) -> pd.Series[str]:
    """A coded column of what the function makes of the values of two, asked once for each pair of values."""
    ones, others = columns.values(first), columns.values(second)
    both = columns.codes(first).astype(np.int64) * len(others) + columns.codes(second)
    found, at = np.unique(both, return_inverse=True)
    said = [function(ones[one], others[other]) for one, other in (divmod(n, len(others)) for n in found.tolist())]
    return columns.from_codes(at.astype(np.int32), said, first.index)


def _large(text: str) -> pa.Scalar:
    return pa.scalar(text, pa.large_string())
