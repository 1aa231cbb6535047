"""The words of the index: what a name is found by, and what a question must find.

A name gives its characters, its pairs of characters, and how it begins; its sound gives syllables, pairs of them,
and two or three first letters in a row. A sign in front keeps the kinds apart. The words only lead to candidates;
whether a name really fits is looked up in the name itself (`fitting`), so words need no places in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import islice, pairwise, product

from queries.search.pinyin import Sounds, beginning, has_chinese, is_syllable, readings

BEGIN, SYLLABLE, BEGIN_SYLLABLE, FIRST, BEGIN_FIRST, WHOLE = "§", "¿", "¢", "¡", "¤", "¥"
WHOLES = 4  # ways to write a name in first letters
WORDS = 24  # of a question; more would not find less
KEPT = 100_000  # pairs and threes of characters whose words are remembered while an index is made
SPREAD = 40  # words that may stand for one unfinished syllable
# The tokenizer knows ASCII letters and digits and takes all beyond ASCII for letters: marks become wide.
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum()} | {0x20: 0x3000}
_PLAIN = re.compile(r"[\u4e00-\u9fff]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def name_words(key: str) -> str:
    """Everything a name is found by, as the text that is indexed; a word may come twice."""
    plain = characters(key)
    found = [*plain, *map("".join, pairwise(plain)), BEGIN + plain[:1], BEGIN + plain[:2]]
    if has_chinese(key):
        heard = [character for character in key if readings(character)]
        found += map(_one, heard)
        found += map(_two, heard, heard[1:])
        found += map(_three, heard, heard[1:], heard[2:])
        found.append(_beginning("".join(heard[:3])))
        found += islice((WHOLE + "".join(letters) for letters in product(*map(_firsts, heard))), WHOLES)
    return " ".join(found)


def characters(key: str) -> str:
    """A normalised name in the characters of the index."""
    return key if _PLAIN.fullmatch(key) else _CONTROL.sub("", key).translate(_WIDE)


# A million names are made of few characters, pairs and threes.
@cache
def _firsts(character: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading[0] for reading in readings(character)))


@cache
def _one(character: str) -> str:
    return " ".join(SYLLABLE + reading for reading in readings(character))


@lru_cache(KEPT)
def _two(one: str, two: str) -> str:
    syllables = [f"{SYLLABLE}{a}0{b}" for a, b in product(readings(one), readings(two))]
    return " ".join([*syllables, *(FIRST + a + b for a, b in product(_firsts(one), _firsts(two)))])


@lru_cache(KEPT)
def _three(one: str, two: str, three: str) -> str:
    return " ".join(FIRST + "".join(letters) for letters in product(*map(_firsts, (one, two, three))))


@lru_cache(KEPT)
def _beginning(heard: str) -> str:
    found = [BEGIN_SYLLABLE + reading for reading in readings(heard[0])]
    for size in range(1, len(heard) + 1):
        found += (BEGIN_FIRST + "".join(letters) for letters in product(*map(_firsts, heard[:size])))
    return " ".join(found)


def text_words(part: str, *, begins: bool) -> str:
    """The condition for names that may contain a normalised text, or begin with it."""
    plain = characters(part)
    pairs = list(dict.fromkeys(map("".join, pairwise(plain))))[:WORDS]
    words = pairs or [plain]
    if begins:
        words = [BEGIN + plain[:2], *pairs[1:]]
    return both(map(_quoted, words))


def sound_words(pieces: Sequence[str], *, begins: bool, whole: bool = False) -> str:
    """The condition for names that may contain these pieces of pinyin in a row, begin with them, or are just that."""
    asked: list[str] = []
    last = len(pieces) - 1
    if whole:
        asked.append(_quoted(WHOLE + "".join(p[0] for p in pieces)))
    if begins:
        asked.append(_quoted(BEGIN_FIRST + "".join(p[0] for p in pieces[:3])))
        if _full(pieces[0]) and last > 0:
            asked.append(_quoted(BEGIN_SYLLABLE + pieces[0]))
    if last == 0 and not (begins and len(pieces[0]) == 1):
        sign = BEGIN_SYLLABLE if begins else SYLLABLE
        asked.append(_any(sign + s for s in beginning(pieces[0])))
    for at in range(last):
        asked += _pair(pieces[at], pieces[at + 1], last=at + 1 == last, alone=last == 1)
    for three in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if not all(map(_full, three)):
            asked.append(_quoted(FIRST + "".join(p[0] for p in three)))
    return both(list(dict.fromkeys(asked))[:WORDS])


def _pair(one: str, two: str, *, last: bool, alone: bool) -> list[str]:
    """What two neighbouring pieces ask for: their syllables where they are known, else their first letters, which
    threes of them say already unless they are `alone`.
    """
    ends = beginning(two) if last and len(two) > 1 else ((two,) if _full(two) else ())
    if _full(one) and 0 < len(ends) <= SPREAD:
        return [_any(f"{SYLLABLE}{one}0{end}" for end in ends)]
    words = [_quoted(FIRST + one[0] + two[0])] if alone else []
    return [*words, _quoted(SYLLABLE + one)] if _full(one) else words


def _full(piece: str) -> bool:
    """A whole syllable; a lone letter is a first letter."""
    return len(piece) > 1 and is_syllable(piece)


def alike_words(sound: Sounds, *, begins: bool) -> str:
    """The condition for names that may sound like a Chinese text."""
    asked = [_any(BEGIN_SYLLABLE + r for r in sound[0])] if begins else []
    for one, two in pairwise(sound):
        asked.append(_any(f"{SYLLABLE}{a}0{b}" for a in one for b in two))
    return both(asked[:WORDS])


def both(conditions: Iterable[str]) -> str:
    """All of these."""
    return " AND ".join(conditions)


def either(conditions: Iterable[str]) -> str:
    """Any of these."""
    return "(" + " OR ".join(f"({c})" for c in conditions) + ")"


def _any(words: Iterable[str]) -> str:
    return "(" + " OR ".join(map(_quoted, words)) + ")"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
