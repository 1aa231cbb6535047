"""Unified social credit codes by the million: the same answers as `graph.identifiers.uscc` gives one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.identifiers import uscc

_FORMED = "^[1-9ANY][0-9A-HJ-NP-RTUW-Y][0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}$"
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: the value of each is its place
_BASE, _LENGTH = len(_SIGNS), 18


def unified_codes(texts: Sequence[str]) -> tuple[list[str | None], npt.NDArray[np.bool_]]:
    """Of each text the code in its normal form, None where it is none, and whether its check digit is right."""
    held = pa.array(texts, type=pa.large_string())
    plain = pc.match_substring_regex(held, _FORMED)
    mask = np.asarray(plain)
    values: list[str | None] = [text if is_plain else None for text, is_plain in zip(texts, mask, strict=True)]
    valid = np.zeros(len(texts), dtype=bool)
    signs = np.frombuffer("".join(held.filter(plain).to_pylist()).encode(), dtype=np.uint8)
    valid[mask], repeated = _checked(signs.reshape(-1, _LENGTH))
    for n in np.flatnonzero(mask)[repeated].tolist():
        values[n] = None
    for n in np.flatnonzero(~mask).tolist():
        if texts[n]:
            code = uscc(texts[n])
            values[n], valid[n] = code.value if code.formed else None, code.valid
    return values, valid


def _checked(signs: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Of codes as rows of characters: whether the last one is right, and whether all before it are one."""
    value = np.zeros(256, dtype=np.int64)
    value[[ord(sign) for sign in _SIGNS]] = np.arange(_BASE)
    weights = np.array([3**n % _BASE for n in range(_LENGTH - 1)])
    total = value[signs[:, :-1]] @ weights
    repeated = (signs[:, :-1] == signs[:, :1]).all(axis=1)
    return (value[signs[:, -1]] == (-total) % _BASE) & ~repeated, repeated
