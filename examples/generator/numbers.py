"""Identifiers of people and firms that do not exist: right check digits, region 999999.

Written out here, not borrowed from `graph.identifiers`, so that the city tests the product and not itself.
"""

from __future__ import annotations

REGION = "999999"
_USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def organisation_code(body: str) -> str:
    """GB 11714: eight characters and their check digit."""
    total = sum(int(c, 36) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return body + "0123456789X0"[11 - total % 11]


def uscc(department: str, body: str) -> str:
    """GB 32100: department and class (two characters), region, organisation code, check digit."""
    code = department + REGION + organisation_code(body)
    total = sum(_USCC_LETTERS.index(c) * pow(3, i, 31) for i, c in enumerate(code))
    return code + _USCC_LETTERS[-total % 31]


def registration_number(sequence: int) -> str:
    """Business registration number of 15 digits, GS 15: region, sequence, MOD 11,10 check digit."""
    digits, product = f"{REGION}{sequence:08d}", 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return digits + str((11 - product) % 10)


def resident_id(born: str, sequence: int) -> str:
    """GB 11643: region, birth day (YYYY-MM-DD), sequence of three digits, check digit."""
    digits = f"{REGION}{born.replace('-', '')}{sequence:03d}"
    total = sum(int(d) * (1 << (17 - i)) for i, d in enumerate(digits))
    return digits + "10X98765432"[total % 11]


def fifteen(number: str) -> str:
    """The 15-digit form of a number of somebody born in the 1900s, as old files still have it."""
    return number[:6] + number[8:17]
