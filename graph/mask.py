"""Personal numbers made unreadable wherever they leave the graph; names never.

How much may stay: the first ten and last four characters of a resident number leave some 33 possible
numbers, the first six and last four some 2,500; beside a name, either points at one person. We keep the
region (6) and the last 2: birth day and two digits of the sequence stay hidden, and 75 years × 365.25 days
× 100 sequences ÷ 11 check digits leave some 249,000. A number that arrives masked is masked again to this.
Of other documents the first character and the last two stay, of phones the first three and the last two:
at least ten thousand, mostly a million numbers fit.

A code of an organisation (USCC, registration number) is public and stays, also where it is an individual
business's; an identity number used in its place is a person's and is masked.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from graph.identifiers import identify, normalise, registration_number, resident_id, uscc

# 18 characters, possibly grouped by single spaces or dashes, or partly starred; alone in its surroundings.
_EDGE_LEFT, _EDGE_RIGHT = r"(?<![0-9A-Za-z*])", r"(?![0-9A-Za-z*])"
_RUN_18 = re.compile(rf"{_EDGE_LEFT}[1-9](?:[ \-]?[0-9*]){{16}}[ \-]?[0-9Xx*]{_EDGE_RIGHT}")
_RUN_15 = re.compile(rf"{_EDGE_LEFT}[1-9][0-9]{{14}}{_EDGE_RIGHT}")
_DOCUMENT = re.compile(rf"{_EDGE_LEFT}(?:[EGPSDegpsd][A-Za-z]?[0-9]{{7,8}}|[HMhm][0-9]{{8,10}}){_EDGE_RIGHT}")
# A mobile number; not an amount (13800000000元, 13800000000.00).
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.¥￥$])(?:\+?86[ \-]?)?1[3-9][0-9](?:[ \-]?[0-9]{4}){2}"
    r"(?![0-9A-Za-z]|\.[0-9]|[元万亿股%])"
)
_BIRTH = re.compile(r"(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def mask_id(number: str) -> str:
    """A person's document number with its middle starred; "" stays "".

    15 and 18 characters keep the first six and last two, others the first one and last two, short ones none.
    """
    value = normalise(number)
    if len(value) in (15, 18):
        return _keep(value, 6, 2)
    return _keep(value, 1, 2) if len(value) > 5 else "*" * len(value)


def mask_phone(number: str) -> str:
    """A phone number with only its first three and last two digits left; short ones keep none."""
    value = normalise(number).removeprefix("+86")
    return _keep(value, 3, 2) if len(value) > 7 else "*" * len(value)


def mask_contact(kind: str, value: str) -> str:
    """A contact as it may be shown: phones masked, the local part of an e-mail cut, addresses scrubbed."""
    if kind == "phone":
        return mask_phone(value)
    if kind == "email" and "@" in value:
        local, _, domain = value.partition("@")
        return f"{local[:1]}***@{domain}"
    return scrub(value)


@lru_cache(maxsize=4_096)  # an answer tells of the same subject several times
def mask_code(number: str) -> str:
    """An organisation's code as it is, unless it is a person's number standing in for one."""
    code = identify(number)
    personal = code is not None and code.kind not in ("uscc", "org_code", "reg_no")
    return mask_id(number) if personal else number


def _keep(value: str, first: int, last: int) -> str:
    return value[:first] + "*" * (len(value) - first - last) + value[-last:]


def holds_personal_number(text: str) -> bool:
    """Whether a text contains a full resident identity number, 18 digits or 15 (ids of subjects must not).

    Fifteen digits that are a right registration number are taken for one, even with a day in them.
    """
    half = unicodedata.normalize("NFKC", text)
    return any(_is_person_18(m[0]) and "*" not in m[0] for m in _RUN_18.finditer(half)) or any(
        _is_person_15(m[0]) and not registration_number(m[0]).valid for m in _RUN_15.finditer(half)
    )


def scrub(text: str) -> str:
    """Free text with everything in it that looks like a person's number or mobile phone masked.

    In doubt it masks: of 15-digit registration numbers one in 27 has a day where an old identity number has
    one. A text without such a run is returned as it is, character for character.
    """
    half = unicodedata.normalize("NFKC", text)
    result = _RUN_18.sub(lambda m: mask_id(m[0]) if _is_person_18(m[0]) else m[0], half)
    result = _RUN_15.sub(lambda m: mask_id(m[0]) if _is_person_15(m[0]) else m[0], result)
    result = _DOCUMENT.sub(lambda m: mask_id(m[0]), result)
    result = _MOBILE.sub(lambda m: mask_phone(m[0]), result)
    return text if result == half else result


def _is_person_18(run: str) -> bool:
    value = normalise(run)
    if len(value) != 18:
        return False
    if "*" in value:  # masked by its source: only a person's number is
        return True
    is_code = uscc(value).valid and not resident_id(value).valid  # a code has a day in it by chance
    return bool(_BIRTH.fullmatch(value[6:14])) and not is_code


def _is_person_15(run: str) -> bool:
    return bool(_BIRTH.fullmatch("19" + run[6:12]))
