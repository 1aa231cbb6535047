"""Columns of texts kept as codes of their distinct values: some bytes a cell instead of an object.

What is asked of a value is then asked once for each distinct one, however many rows there are. Sources of millions of
rows are staged so; every function here takes such a column and one of plain objects alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Texts = pd.Series  # of str: object, coded, or (where nearly all values differ) Arrow's own
Mask = npt.NDArray[np.bool_]
# Nearly every row has its own: coding them would only add the codes.
DISTINCT = frozenset({"record", "at"})


def is_coded(column: pd.Series[Any]) -> bool:
    """Whether the column is kept as codes."""
    return isinstance(column.dtype, pd.CategoricalDtype)


def is_compact(frame: pd.DataFrame) -> bool:
    """Whether any column of the table is kept as codes."""
    return any(isinstance(dtype, pd.CategoricalDtype) for dtype in frame.dtypes)


def values(column: pd.Series[Any]) -> list[str]:
    """The distinct values of a coded column, by code; some may have no row any more."""
    return cast(list[str], column.cat.categories.tolist())


def codes(column: pd.Series[Any]) -> npt.NDArray[np.integer[Any]]:
    """The codes of a coded column, row by row."""
    return cast(npt.NDArray[np.integer[Any]], column.cat.codes.to_numpy())


def used(at: npt.NDArray[np.integer[Any]], count: int) -> list[int]:
    """Which of `count` codes occur."""
    seen = np.zeros(count, dtype=bool)
    seen[at] = True
    return np.flatnonzero(seen).tolist()


def from_codes(at: npt.NDArray[Any], texts: Sequence[str], index: pd.Index[Any] | None = None) -> pd.Series[str]:
    """A coded column whose value in row i is texts[at[i]]; equal texts are made one."""
    first: dict[str, int] = {}
    places = [first.setdefault(text, len(first)) for text in texts]
    if len(first) != len(texts):
        at = np.asarray(places, dtype=np.int32)[at]
    return from_distinct(at, pd.Index(list(first), dtype="str"), index)


def from_distinct(at: npt.NDArray[Any], texts: pd.Index[Any], index: pd.Index[Any] | None = None) -> pd.Series[str]:
    """As `from_codes`, of texts that all differ."""
    # pandas would look whether they do, and keep an object for each of millions of them ever after.
    kind = getattr(pd.CategoricalDtype, "_from_fastpath", pd.CategoricalDtype)(texts, ordered=False)
    return pd.Series(pd.Categorical.from_codes(at, dtype=kind), index=index)


def coded(column: pd.Series[Any]) -> pd.Series[str]:
    """The column as codes."""
    if is_coded(column):
        return column
    at, distinct = pd.factorize(column.to_numpy(object))
    return from_codes(at, list(distinct), column.index)


def constant(text: str, index: pd.Index[Any]) -> pd.Series[str]:
    """A coded column with one value."""
    return from_codes(np.zeros(len(index), dtype=np.int8), [text], index)


def plain(column: pd.Series[Any]) -> pd.Series[str]:
    """The column as Arrow texts, for values that nearly all differ."""
    return column.astype("str")


def given(column: pd.Series[Any]) -> Mask:
    """Where the value is not empty."""
    if not is_coded(column):
        return cast(Mask, (column != "").to_numpy(bool))
    texts = arrow(pd.Series(column.cat.categories))
    return cast(Mask, np.asarray(pc.not_equal(texts, pa.scalar("", texts.type)))[codes(column)])


def places(texts: pd.Index[Any], among: pd.Index[Any]) -> npt.NDArray[np.int64]:
    """Where each text stands among those, -1 for nowhere. pandas would keep an object for each of them."""
    found = pc.index_in(arrow(pd.Series(texts)), value_set=arrow(pd.Series(among)))
    return cast("npt.NDArray[np.int64]", found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64))


def asked(column: pd.Series[Any], question: Callable[[str], bool]) -> Mask:
    """Row by row, what the question answers to its value."""
    if question is bool:
        return given(column)
    if is_coded(column):
        at, held = codes(column), values(column)
        answers = np.zeros(len(held), dtype=bool)
        for code in used(at, len(held)):
            answers[code] = question(held[code])
        return cast(Mask, answers[at])
    verdict = {value: question(value) for value in column.unique()}
    return cast(Mask, column.map(verdict).to_numpy(dtype=bool))


def mapped(column: pd.Series[Any], function: Callable[[str], str]) -> pd.Series[str]:
    """The column with the function applied once to each distinct value."""
    if is_coded(column):
        return from_codes(codes(column), [function(value) for value in values(column)], column.index)
    return column.map({value: function(value) for value in column.unique()}).astype(object)


def same(a: pd.Series[Any], b: pd.Series[Any]) -> Mask:
    """Where two columns have the same value."""
    if not (is_coded(a) and is_coded(b)):
        return cast(Mask, a.to_numpy(object) == b.to_numpy(object))
    place = places(b.cat.categories, a.cat.categories)
    return cast(Mask, codes(a) == place[codes(b)])


def before(a: pd.Series[Any], b: pd.Series[Any]) -> Mask:
    """Where the value of a is not empty and comes before that of b, which is not empty either, as texts."""
    if not (is_coded(a) and is_coded(b)):
        one, other = a.to_numpy(object), b.to_numpy(object)
        return cast(Mask, (one != "") & (other != "") & (one < other))
    place = {text: rank for rank, text in enumerate(sorted({*values(a), *values(b)} - {""}), 1)}
    one, other = (np.array([place.get(v, 0) for v in values(c)] or [0], dtype=np.int32)[codes(c)] for c in (a, b))
    return cast(Mask, (one > 0) & (other > 0) & (one < other))


def newest(column: pd.Series[Any]) -> str:
    """The highest value, "" without rows."""
    if is_coded(column):
        held = values(column)
        return max((held[code] for code in used(codes(column), len(held))), default="")
    return max(column, default="")


def compact(frame: pd.DataFrame, wanted: Sequence[str]) -> pd.DataFrame:
    """The table with these columns, all of them coded but those whose values nearly all differ."""
    return pd.DataFrame({name: _fitting(_column(frame, name), name) for name in wanted}, index=frame.index)


def concat(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The rows of tables with the same columns (some may have `at`), coded if those of one are."""
    given = list(frames)
    held = [frame for frame in given if len(frame)]
    if not any(map(is_compact, held)):
        return pd.concat(given, ignore_index=True)
    if len(held) == 1:
        return held[0].reset_index(drop=True)
    wanted = list(dict.fromkeys(name for frame in held for name in frame.columns))
    return pd.DataFrame({name: _joined([_column(frame, name) for frame in held], name) for name in wanted})


def _column(frame: pd.DataFrame, name: str) -> pd.Series[Any]:
    return frame[name] if name in frame else constant("", frame.index)


def _joined(parts: list[pd.Series[Any]], name: str) -> pd.Series[Any]:
    if name in DISTINCT:
        return pd.concat([plain(part) for part in parts], ignore_index=True)
    held = [coded(part) for part in parts]
    texts = pa.concat_arrays([arrow(pd.Series(part.cat.categories)) for part in held]).dictionary_encode()
    starts = np.cumsum([0, *(len(part.cat.categories) for part in held[:-1])])
    place = texts.indices.to_numpy()
    at = np.concatenate([place[codes(part) + start] for part, start in zip(held, starts, strict=True)])
    return from_distinct(at, pd.Index(texts.dictionary.to_pandas(), dtype="str"))


def _fitting(column: pd.Series[Any], name: str) -> pd.Series[Any]:
    return plain(column) if name in DISTINCT else coded(column)


def placed(file: str, lines: npt.NDArray[np.int64]) -> pd.Series[str]:
    """`file:line` of every row, as Arrow texts."""
    numbers = pa.array(lines).cast(pa.large_string())
    word, end = (pa.scalar(text, pa.large_string()) for text in (f"{file}:", ""))
    return pd.Series(pc.binary_join_element_wise(word, numbers, end).to_pandas(), dtype="str")


def arrow(column: pd.Series[Any]) -> pa.Array:
    """A column of plain texts as an Arrow array."""
    made = pa.array(column.array, type=pa.large_string(), from_pandas=True)
    return made.combine_chunks() if isinstance(made, pa.ChunkedArray) else made
