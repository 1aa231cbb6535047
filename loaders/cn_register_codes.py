"""Identity of the bodies of a register: what each code says, asked once of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graph import identifiers
from graph.names import name_key
from graph.vocabulary import Kind
from loaders.assemble import NAMED
from loaders.check_digits import unified_codes
from loaders.columns import Mask, codes, from_codes, used, values
from loaders.pools import pooled, texts, trimmed


@dataclass(frozen=True, slots=True)
class _Identity:
    """How a code identifies its body and what it tells of it. `id`: "" where the name has to do. `fault`: what is
    wrong with the code.
    """

    id: str
    uscc: str = ""
    reg_no: str = ""
    kind: str = Kind.ENTERPRISE.value
    form: str = ""
    fault: str = ""


def identified(given: pd.Series[Any], names: pd.Series[Any]) -> dict[str, pd.Series[str]]:
    """Columns id, uscc, reg_no, kind, form and fault of bodies by their code, else their name; both coded."""
    at, said = codes(given), values(given)
    forms, valid = unified_codes(said)
    odd = {code: _identity(said[code]) for code in used(at, len(said)) if not valid[code]}
    usccs = [form if form and sure else "" for form, sure in zip(forms, valid.tolist(), strict=True)]
    ids = list(usccs)
    for code, one in odd.items():
        ids[code], usccs[code] = one.id, one.uscc
    held = pa.array(usccs, type=pa.large_string())
    nameless = np.array([not text for text in ids], dtype=bool)
    return {
        "id": _ids(given, ids, names, nameless[at]),
        "uscc": pooled(at, held, given.index),
        "reg_no": _few(given, {code: one.reg_no for code, one in odd.items()}),
        **_told(given, held),
        "fault": _few(given, {code: one.fault for code, one in odd.items()}),
    }


def _told(given: pd.Series[Any], usccs: pa.Array) -> dict[str, pd.Series[str]]:
    """Kind and form, which the first two characters tell alone. `usccs`: of each distinct code."""
    starts = pc.utf8_slice_codeunits(usccs, 0, 2).dictionary_encode()
    place = starts.indices.to_numpy()
    examples = usccs.take(pa.array(np.unique(place, return_index=True)[1])).to_pylist()
    told = [identifiers.kind_form_from_uscc(uscc) if uscc else (Kind.ENTERPRISE, "") for uscc in examples]
    at = place[codes(given)]
    kinds, forms = [kind.value for kind, _ in told], [form for _, form in told]
    return {"kind": from_codes(at, kinds, given.index), "form": from_codes(at, forms, given.index)}


def _few(given: pd.Series[Any], said: dict[int, str]) -> pd.Series[str]:
    """A column of what is said of some codes, "" for all others."""
    place = np.zeros(len(given.cat.categories), dtype=np.int32)
    place[list(said)] = np.arange(1, len(said) + 1)
    return from_codes(place[codes(given)], ["", *said.values()], given.index)


def _ids(given: pd.Series[Any], ids: list[str], names: pd.Series[Any], by_name: Mask) -> pd.Series[str]:
    """The ids, made of the name where the code gives none."""
    name_at = codes(names)
    place = np.zeros(len(names.cat.categories), dtype=np.int64)
    wanted = used(name_at[by_name], len(place))
    place[wanted] = np.arange(len(wanted)) + len(ids)
    made = [NAMED + name_key(name) for name in texts(names).take(pa.array(wanted, type=pa.int64())).to_pylist()]
    at = np.where(by_name, place[name_at], codes(given))
    # What stands in rejected rows only is nobody's, and is not to be looked for.
    return trimmed(pooled(at, pa.array([*ids, *made], type=pa.large_string()), given.index))


def _identity(code: str) -> _Identity:
    """Identity by code where the code can be one. A personal number in its place is never an id."""
    unified = identifiers.uscc(code)
    if unified.formed and (unified.valid or not identifiers.resident_id(code).valid):
        return _Identity(unified.value, unified.value, fault=unified.why)
    number = identifiers.registration_number(code)
    if number.formed:
        return _Identity(number.value, reg_no=number.value, fault=number.why)
    return _Identity("", fault="代码不是统一社会信用代码或注册号" if code else "没有代码")
