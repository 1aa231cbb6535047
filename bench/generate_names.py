"""Made-up names, codes and numbers for very many subjects at once: fictional, repeatable, with right check digits.

Codes are of regions that do not exist (9999xx), people's numbers of 999xxx. Names come from the word lists of `names`,
surnames and given names as unevenly as people bear them, so that many bear the same.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench import names

Ints = np.ndarray
# GB 32100: the letters of a code and the weights of its first 17 characters; GB 11714 and GB 11643 likewise.
_LETTERS = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", dtype=np.uint8)
_CODE_WEIGHTS = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
_BODY_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_NUMBER_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_NUMBER_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8)
_BODY_CHECKS = np.frombuffer(b"0123456789X0", dtype=np.uint8)
_FIRST_BIRTH = np.datetime64("1950-01-01")
_BIRTHS = 19_000  # days on which somebody may be born, up to 2002
# A legal form by the ending of a firm's name.
FIRM_FORMS = ("company", "partnership", "branch")


def ids(letter: str, count: int) -> pa.Array:
    """e0000001, e0000002, …: as many as wanted."""
    numbers = pc.utf8_lpad(pa.array(np.arange(1, count + 1)).cast(pa.string()), 7, "0")
    return pc.binary_join_element_wise(letter, numbers, "")


def firms(chance: np.random.Generator, forms: Ints) -> pa.Array:
    """Names of firms, a form each (0 a company, 1 a partnership, 2 a branch)."""
    count = len(forms)
    endings = pa.array(["有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "合伙企业(有限合伙)", "分公司"])
    ending = np.where(forms == 1, 4, np.where(forms == 2, 5, chance.choice(4, count, p=[0.66, 0.25, 0.05, 0.04])))
    second = pa.array(list(names.SECOND))
    third = pa.array(["", *names.SECOND])
    longer = np.where(chance.random(count) < 0.4, chance.integers(1, len(third), count), 0)
    parts = [
        _some(chance, pa.array(names.PLACES.split()), count),
        _some(chance, pa.array(list(names.FIRST)), count),
        _some(chance, second, count),
        third.take(pa.array(longer)),
        _some(chance, pa.array(names.TRADES.split()), count),
        endings.take(pa.array(ending)),
    ]
    return pc.binary_join_element_wise(*parts, "")


def people(chance: np.random.Generator, count: int) -> pa.Array:
    """Names of people: a few surnames are those of most."""
    given = pa.array(list(names.GIVEN))
    second = pa.array(["", *names.GIVEN])
    longer = np.where(chance.random(count) < 0.7, chance.integers(1, len(second), count), 0)
    surname = (len(names.SURNAMES) * chance.random(count) ** 2).astype(np.int64)
    first = (len(given) * chance.random(count) ** 1.5).astype(np.int64)
    parts = [pa.array(list(names.SURNAMES)).take(pa.array(surname)), given.take(pa.array(first))]
    return pc.binary_join_element_wise(*parts, second.take(pa.array(longer)), "")


def bodies(chance: np.random.Generator, count: int, ending: str) -> pa.Array:
    """Names of institutions, associations or offices."""
    numbers = pa.array(np.arange(1, count + 1)).cast(pa.string())
    parts = [_some(chance, pa.array(names.PLACES.split()), count), _some(chance, pa.array(names.TRADES.split()), count)]
    return pc.binary_join_element_wise(*parts, "第", numbers, ending, "")


def codes(kind: str, count: int) -> pa.Array:
    """Unified social credit codes that begin with the two characters of `kind`; no two alike, both checks right."""
    serial = np.arange(1, count + 1)
    digits = np.zeros((count, 17), dtype=np.int64)
    digits[:, 0:2] = [_place(letter) for letter in kind]
    digits[:, 2:8] = [9, 9, 9, 9, 0, 1]
    digits[:, 8:10] = [_place("M"), _place("A")]
    for column in range(15, 9, -1):
        digits[:, column], serial = serial % 31, serial // 31
    text = _LETTERS[digits]
    text[:, 16] = _body_checks(text[:, 8:16])
    digits[:, 16] = np.searchsorted(_LETTERS, text[:, 16])
    last = _LETTERS[(31 - digits @ _CODE_WEIGHTS % 31) % 31]
    return _texts(np.column_stack([text, last]))


def numbers(count: int) -> pa.Array:
    """Numbers of identity cards, no two alike."""
    serial = np.arange(count)
    born = _FIRST_BIRTH + (serial * 7919 % _BIRTHS)
    turn = serial // _BIRTHS
    days = np.datetime_as_string(born, unit="D")
    head = np.char.add("999001", np.char.replace(days, "-", "")) if count else np.empty(0, dtype="U14")
    text = np.empty((count, 18), dtype=np.uint8)
    text[:, :14] = head.astype("S14").view(np.uint8).reshape(count, 14)
    for column in (16, 15, 14):
        text[:, column], turn = 48 + turn % 10, turn // 10
    text[:, 17] = _NUMBER_CHECKS[((text[:, :17].astype(np.int64) - 48) @ _NUMBER_WEIGHTS) % 11]
    return _texts(text)


def _body_checks(text: np.ndarray) -> np.ndarray:
    """Check digits of organisation codes: letters count from A = 10, as in base 36."""
    values = np.where(text >= 65, text.astype(np.int64) - 55, text.astype(np.int64) - 48)
    checks: np.ndarray = _BODY_CHECKS[11 - values @ _BODY_WEIGHTS % 11]
    return checks


def _place(letter: str) -> int:
    return int(np.flatnonzero(ord(letter) == _LETTERS)[0])


def _texts(letters: np.ndarray) -> pa.Array:
    """Rows of 18 characters as texts."""
    rows = np.ascontiguousarray(letters.astype(np.uint8))
    flat = pa.py_buffer(rows.tobytes())
    return (
        pa.FixedSizeBinaryArray.from_buffers(pa.binary(18), len(rows), [None, flat]).cast(pa.binary()).cast(pa.string())
    )


def _some(chance: np.random.Generator, words: pa.Array, count: int) -> pa.Array:
    return words.take(pa.array(chance.integers(0, len(words), count)))
