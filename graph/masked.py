"""Personal numbers with starred positions: which fit together, and how many numbers a mask leaves possible.

A mask is evidence for a person looking at it, never an identity: what agrees here is listed as a candidate
and merged by nobody (domain facts §5.6).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

from graph.identifiers import normalise

STAR = "*"
# Birth days counted as possible: 75 years of people now of age, as the published estimates take them.
_YOUNGEST, _BIRTH_YEARS = 16, 75
_STARS = str.maketrans("●○※#?？", STAR * 6)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1)
_VALUES = {**{str(d): d for d in range(10)}, "X": 10}


def mask_of(text: str) -> str:
    """A number in normal form with "*" for hidden positions; old 15-position ones are spread to 18."""
    value = normalise(text.translate(_STARS))
    if len(value) == 15 and not value.strip(STAR + "0123456789"):
        return f"{value[:6]}19{value[6:]}{STAR}"
    return value


def is_masked(text: str) -> bool:
    """Whether some positions of the number are hidden."""
    return STAR in text.translate(_STARS) or STAR in normalise(text)


def agree(one: str, other: str) -> bool:
    """Whether two numbers, either of them masked, can be the same: every position visible in both is equal,
    and at least one number fits both. A number without a visible position agrees with none.
    """
    a, b = mask_of(one), mask_of(other)
    if len(a) != len(b) or not a.strip(STAR) or not b.strip(STAR):
        return False
    if any(x != y for x, y in zip(a, b, strict=True) if STAR not in (x, y)):
        return False
    both = "".join(y if x == STAR else x for x, y in zip(a, b, strict=True))
    return both in (a, b) or possible_numbers(both) > 0


def possible_numbers(text: str) -> int:
    """How many personal numbers fit a mask; 1 for a full one, 0 where none can.

    Of 18 positions those count that are identity numbers: a birth day that exists, in 75 birth years where
    the year is hidden, and a right check digit. Of other documents every hidden digit counts ten.
    """
    mask = mask_of(text)
    if len(mask) != 18:
        return int(10 ** mask.count(STAR))
    sums = _times(_digits(mask[:6], 0), _birth_days(mask[6:14]))
    sums = _times(sums, _digits(mask[14:17], 14))
    last = _VALUES if mask[17] == STAR else {mask[17]: _VALUES.get(mask[17], -1)}
    # The weighted sum of all eighteen positions is 1 modulo 11.
    return sum(sums[(1 - value) % 11] for value in last.values() if value >= 0)


def _digits(mask: str, start: int) -> tuple[int, ...]:
    """Ways to fill a run of positions, by the remainder of their weighted sum."""
    sums = (1, *[0] * 10)
    for offset, sign in enumerate(mask):
        position = start + offset
        choices = [d for d in range(10) if d or position] if sign == STAR else [_VALUES.get(sign, -1)]
        one = [0] * 11
        for digit in choices:
            if 0 <= digit <= 9:
                one[digit * _WEIGHTS[position] % 11] += 1
        sums = _times(sums, tuple(one))
    return sums


def _times(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    product = [0] * 11
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            product[(i + j) % 11] += a * b
    return tuple(product)


@lru_cache(maxsize=10_000)
def _birth_days(mask: str) -> tuple[int, ...]:
    """Days that fit YYYYMMDD with stars, by the remainder of their weighted sum."""
    sums = [0] * 11
    days = _days(hidden_year=mask[:4] == STAR * 4)
    for day in [d for d in days if _fits(d, mask)] if STAR in mask else {mask} & days.keys():
        sums[sum(int(c) * w for c, w in zip(day, _WEIGHTS[6:14], strict=True)) % 11] += 1
    return tuple(sums)


def _fits(day: str, mask: str) -> bool:
    return all(sign in (STAR, digit) for digit, sign in zip(day, mask, strict=True))


@cache
def _days(hidden_year: bool) -> dict[str, None]:
    """Birth days in order, YYYYMMDD."""
    today = date.today()
    first, last = date(1880, 1, 1), today
    if hidden_year:
        first = date(today.year - _YOUNGEST - _BIRTH_YEARS + 1, 1, 1)
        last = date(today.year - _YOUNGEST, 12, 31)
    return dict.fromkeys(f"{first + timedelta(days=n):%Y%m%d}" for n in range((last - first).days + 1))
