"""Identifiers of subjects, brought to one form and checked: organisations' codes and people's ID numbers.

Check digits come from python-stdnum where its arithmetic is the standard's; its `validate` is not used:
it refuses registration departments A, N, Y and regions outside its own table, and both occur. A failed
check digit is a warning to the reader (`valid` false, `formed` true), never a reason to drop a row: codes
in public use fail it. What is not `formed` identifies nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from stdnum.cn import ric
from stdnum.cn import uscc as stdnum_uscc
from stdnum.iso7064 import mod_11_10

from graph.vocabulary import Kind

_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−_.·\u200b-\u200f\u2060\ufeff]+")
_USCC = re.compile(r"[1-9ANY][0-9A-HJ-NP-RTUW-Y][0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}")
_ORGANISATION_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]")
_RESIDENT_18 = re.compile(r"[1-9][0-9]{16}[0-9X]")
_RESIDENT_15 = re.compile(r"[1-9][0-9]{14}")
# First two digits of a region: provinces, residence permits of Hong Kong, Macao and Taiwan, 9 for
# foreigners (2023 card), 99 for made-up people.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[0-9]")

# Documents with no check digit: kind -> shape. Order matters only for readers; the shapes do not overlap.
_DOCUMENTS: dict[str, re.Pattern[str]] = {
    "hk_macao_permit": re.compile(r"[HM][0-9]{8,10}"),
    "taiwan_permit": re.compile(r"[0-9]{8}"),
    "foreign_id": re.compile(r"[A-Z]{3}[0-9]{12}"),
    "passport": re.compile(r"[EGPSD][A-Z]?[0-9]{7,8}"),
}

# What sources call a type of personal document -> our word. 10 and 111 are codes of two public registers.
ID_TYPES: dict[str, str] = {
    "resident_id": "resident_id",
    "身份证": "resident_id",
    "居民身份证": "resident_id",
    "居民身份证号": "resident_id",
    "中华人民共和国居民身份证": "resident_id",
    "港澳台居民居住证": "resident_id",
    "10": "resident_id",
    "111": "resident_id",
    "passport": "passport",
    "护照": "passport",
    "hk_macao_permit": "hk_macao_permit",
    "港澳居民来往内地通行证": "hk_macao_permit",
    "港澳来往内地通行证": "hk_macao_permit",
    "taiwan_permit": "taiwan_permit",
    "台湾居民来往大陆通行证": "taiwan_permit",
    "foreign_id": "foreign_id",
    "外国人永久居留身份证": "foreign_id",
}


@dataclass(frozen=True, slots=True)
class Code:
    """One identifier in its normal form.

    `kind`: uscc, org_code, reg_no, resident_id, passport, hk_macao_permit, taiwan_permit, foreign_id,
    other_id. `formed`: length, letters and dates are possible. `valid`: formed, and the check digit, where
    there is one, is right. `why`: in Chinese, what is wrong or was done to it (15 digits made 18), else "".
    """

    kind: str
    value: str
    valid: bool
    why: str = ""
    formed: bool = True


def normalise(text: str) -> str:
    """Half width, upper case, without spaces, dashes, dots and invisible characters."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def is_repeated(text: str) -> bool:
    """True for a placeholder made of one character (000000000000000000; the check digit may differ)."""
    value = normalise(text)
    return len(value) > 3 and len(set(value[:-1])) == 1


def _malformed(kind: str, value: str, why: str) -> Code:
    return Code(kind, value, False, "重复字符，不能用于识别" if is_repeated(value) else why, formed=False)


@lru_cache(maxsize=100_000)  # a load asks several times for each code; these are public, never a person's
def uscc(text: str) -> Code:
    """Unified social credit code, GB 32100: 18 characters, the last a check digit that wraps to 0."""
    value = normalise(text)
    if is_repeated(value) or not _USCC.fullmatch(value):
        return _malformed("uscc", value, "不是18位统一社会信用代码")
    if stdnum_uscc.calc_check_digit(value[:17]) != value[17]:
        return Code("uscc", value, False, "统一社会信用代码校验位不符")
    return Code("uscc", value, True)


def organisation_code(text: str) -> Code:
    """Organisation code, GB 11714: eight characters and a check digit, often printed with a dash."""
    value = normalise(text)
    if is_repeated(value) or not _ORGANISATION_CODE.fullmatch(value):
        return _malformed("org_code", value, "不是9位组织机构代码")
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(c, 36) * w for c, w in zip(value[:8], weights, strict=True))
    valid = value[8] == "0123456789X0"[11 - total % 11]
    return Code("org_code", value, valid, "" if valid else "组织机构代码校验位不符")


def registration_number(text: str) -> Code:
    """Business registration number: 15 digits with a MOD 11,10 check digit, or 13 (before 2007) without."""
    value = normalise(text)
    if is_repeated(value) or not value.isdecimal() or len(value) not in (13, 15):
        return _malformed("reg_no", value, "不是13位或15位注册号")
    valid = len(value) == 13 or mod_11_10.is_valid(value)
    return Code("reg_no", value, valid, "" if valid else "注册号校验位不符")


def resident_id(text: str) -> Code:
    """Resident identity number, GB 11643: 18 characters, or the old 15 digits, made 18 (born 19yy)."""
    value = normalise(text)
    if is_repeated(value):
        return _malformed("resident_id", value, "")
    if _RESIDENT_15.fullmatch(value):
        body = f"{value[:6]}19{value[6:]}"
        if not _born(body):
            return _malformed("resident_id", value, "居民身份证号码出生日期不存在")
        return Code("resident_id", body + ric.calc_check_digit(body + "0"), True, "由15位升为18位")
    if not _RESIDENT_18.fullmatch(value):
        return _malformed("resident_id", value, "不是18位或15位居民身份证号码")
    if not _born(value):
        return _malformed("resident_id", value, "居民身份证号码出生日期不存在")
    valid = ric.calc_check_digit(value) == value[17]
    return Code("resident_id", value, valid, "" if valid else "居民身份证号码校验位不符")


def _born(value: str) -> bool:
    """Whether digits 7–14 are a day between 1880 and today."""
    try:
        day = date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    except ValueError:
        return False
    return day.year >= 1880 and day <= date.today()


def personal_id(text: str, id_type: str = "") -> Code:
    """A person's document number under its stated type; without a type the shape decides.

    A number of no known shape is kept as `other_id`, not formed: it is stored, masked, and never merges.
    """
    value = normalise(text)
    kind = ID_TYPES.get(id_type.strip().lower(), "")
    if kind == "resident_id" or (not kind and not id_type.strip() and _plausible_resident(value)):
        return resident_id(value)
    for name, shape in _DOCUMENTS.items():
        # Eight bare digits say nothing by themselves: they are a permit only where the source says so.
        if kind in ("", name) and shape.fullmatch(value) and (kind or name != "taiwan_permit"):
            if is_repeated(value[1:]):
                return _malformed(name, value, "重复字符，不能用于识别")
            return Code(name, value, True)
    return _malformed(kind or "other_id", value, "证件号码格式不识别")


def _plausible_resident(value: str) -> bool:
    """Shape, province and birth day fit a resident identity number (the check digit may still fail)."""
    return bool(_PROVINCE.match(value)) and resident_id(value).formed


def identify(text: str) -> Code | None:
    """Which identifier a bare text is, or None.

    All-digit texts can be two things. Of 18 characters: a birth day in the right place decides for a person,
    as a code has one by chance once in some 2,500, unless only the organisation's check digit is right.
    Of 15: a right MOD 11,10 digit decides for a registration number.
    """
    value = normalise(text)
    if len(value) == 18:
        organisation, person = uscc(value), resident_id(value)
        if _plausible_resident(value) and (person.valid or not organisation.valid):
            return person
        return organisation if organisation.formed else None
    if len(value) in (13, 15) and value.isdecimal():
        number = registration_number(value)
        if not number.valid and _plausible_resident(value):
            return resident_id(value)
        return number if number.formed else None
    if len(value) == 9 and organisation_code(value).valid:
        return organisation_code(value)
    document = personal_id(value)
    return document if document.formed else None


# First character of a USCC, or first two where they differ -> kind and form. 91 holds companies,
# partnerships, sole proprietorships and branches alike, so it says no form. Law services and foreign bodies
# count as enterprises with a form of their own, mass organisations (13) as social organisations.
_CLASSES: dict[str, tuple[Kind, str]] = {
    "11": (Kind.GOVERNMENT, ""),
    "12": (Kind.INSTITUTION, "public_institution"),
    "13": (Kind.SOCIAL_ORG, "mass_org"),
    "1": (Kind.INSTITUTION, "other"),
    "2": (Kind.ENTERPRISE, "foreign"),
    "31": (Kind.ENTERPRISE, "law_firm"),
    "3": (Kind.ENTERPRISE, "other"),
    "41": (Kind.ENTERPRISE, "foreign"),
    "4": (Kind.ENTERPRISE, "other"),
    "5": (Kind.SOCIAL_ORG, "other"),
    "6": (Kind.ENTERPRISE, "foreign"),
    "7": (Kind.SOCIAL_ORG, "other"),
    "8": (Kind.SOCIAL_ORG, "mass_org"),
    "91": (Kind.ENTERPRISE, ""),
    "92": (Kind.ENTERPRISE, "individual_business"),
    "93": (Kind.ENTERPRISE, "cooperative"),
    "9": (Kind.ENTERPRISE, "other"),
    "A": (Kind.INSTITUTION, "other"),
    "N": (Kind.ENTERPRISE, "other"),
    "Y": (Kind.ENTERPRISE, "other"),
}


def kind_form_from_uscc(code: str) -> tuple[Kind, str]:
    """Kind and form that a USCC's first two characters tell; form "" where they leave it open.

    Raises ValueError for a text that is not formed like a USCC.
    """
    value = normalise(code)
    if not _USCC.fullmatch(value):
        raise ValueError(f"not a USCC: {code!r}")
    return _CLASSES.get(value[:2]) or _CLASSES[value[0]]
