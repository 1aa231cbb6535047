"""How a name sounds, and what somebody who types letters may mean.

Every character keeps its usual readings (重 zhong and chong), so that a name is found by any of them whichever is
right in this name; ü is v. What is typed is cut into pieces: whole syllables, first letters, and at the end the
beginning of a syllable.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache

from pypinyin import Style, pinyin
from pypinyin.constants import PHRASES_DICT

READINGS = 3  # of one character; pypinyin gives the commonest first
USED, USED_SHARE = 2, 0.02  # times, and part of all times, a reading after the first must stand in phrases
CUTS = 12  # ways to cut what was typed
LONGEST = 6  # letters of a syllable
# Characters so common in names that a reading nobody means would only fill the index.
_ONLY = {"司": "si", "有": "you", "石": "shi", "女": "nv", "和": "he", "公": "gong", "大": "da", "团": "tuan"}
# Read otherwise than the word: in surnames, in places (六安), in firms (会计师).
_IN_NAMES = {
    "单": "shan", "查": "zha", "仇": "qiu", "区": "ou", "朴": "piao", "曾": "zeng", "解": "xie", "盖": "ge", "尉": "yu",
    "乐": "yue", "缪": "miao", "翟": "zhai", "覃": "qin", "种": "chong", "员": "yun", "折": "she", "冼": "xian",
    "六": "lu", "会": "kuai", "繁": "po", "秘": "bi", "召": "shao", "牟": "mou", "祭": "zhai", "隗": "wei",
}  # fmt: skip
_CJK = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LETTERS = re.compile(r"[a-z']+")
_TONES = str.maketrans(
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ'’‘",
    "aaaaeeeeiiiioooouuuuvvvvvnnn'''",
)
# First letters of two; a lone vowel letter is a first letter too (安 a).
_DOUBLE = ("zh", "ch", "sh")

Sound = tuple[str, ...]  # readings of one character
Sounds = tuple[Sound, ...]  # of a name, character by character


@cache
def readings(character: str) -> Sound:
    """The readings of a Chinese character, letters and digits as they are (small), () for anything else."""
    if character in _ONLY:
        return (_ONLY[character],)
    if character.isascii():
        return (character.lower(),) if character.isalnum() else ()
    if not _CJK.match(character):
        return ()
    first, *others = dict.fromkeys(pinyin(character, heteronym=True, style=Style.NORMAL)[0])
    if not (first.isascii() and first.isalpha()):
        return ()
    used: Mapping[str, int] = _used().get(character, {})
    named = _IN_NAMES.get(character)
    alive = [r for r in others if r == named or used.get(r, 0) >= max(USED, USED_SHARE * sum(used.values()))]
    return (first, *sorted(alive, key=lambda r: (r != named, -used.get(r, 0))))[:READINGS]


@cache
def _used() -> dict[str, Counter[str]]:
    """How often each reading of a character stands in a dictionary's phrases: dead readings do not."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, read in PHRASES_DICT.items():
        for character, ways in zip(phrase, read, strict=False):
            found[character][_plain(ways[0])] += 1
    return found


@cache
def _plain(reading: str) -> str:
    return reading.translate(_TONES)


def warm() -> None:
    """Do what takes a moment the first time, so that nobody waits for it while typing."""
    _used()
    syllables()


def sounds(key: str) -> Sounds:
    """The readings of a name, character by character; () for a name without a Chinese character."""
    if key.isascii():
        return ()
    return tuple(sound for sound in map(readings, key) if sound)


def has_chinese(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return bool(_CJK.search(text))


@cache
def syllables() -> tuple[str, ...]:
    """Every syllable that the common characters have, in alphabetical order."""
    common = (chr(code) for code in range(0x4E00, 0x9FA6))
    rows = pinyin("".join(common), heteronym=False, style=Style.NORMAL)
    return tuple(sorted({row[0] for row in rows if row[0].isascii() and row[0].isalpha()}))


@cache
def beginning(piece: str) -> tuple[str, ...]:
    """The syllables that begin so."""
    return tuple(s for s in syllables() if s.startswith(piece))


def letters(text: str) -> str:
    """What was typed as pinyin: small letters without tones, ü as v; "" if it is not only letters."""
    plain = text.strip().lower().translate(_TONES)
    return plain if _LETTERS.fullmatch(plain) and plain.strip("'") else ""


@cache
def _whole() -> frozenset[str]:
    return frozenset(syllables())


def is_syllable(piece: str) -> bool:
    """Whether a piece is a whole syllable."""
    return piece in _whole()


def cuts(typed: str) -> list[tuple[str, ...]]:
    """Ways to cut typed letters into syllables or first letters, the last perhaps begun only; fewest pieces first.

    An apostrophe ends a syllable: xi'an is not xian.
    """
    parts = [part for part in typed.split("'") if part]
    ways: list[tuple[str, ...]] = [()]
    for number, part in enumerate(parts, start=1):
        found = _cut(part, last=number == len(parts))
        ways = sorted(((*way, *cut) for way in ways for cut in found), key=len)[:CUTS]
    return [way for way in ways if way]


def _cut(typed: str, *, last: bool) -> list[tuple[str, ...]]:
    """The best ways to cut each rest of the letters, from the back, so that no rest is cut twice."""
    best: list[list[tuple[str, ...]]] = [[] for _ in typed] + [[()]]
    for start in reversed(range(len(typed))):
        ways = []
        for end in range(start + 1, min(start + LONGEST, len(typed)) + 1):
            piece = typed[start:end]
            if _is_piece(piece) or (last and end == len(typed) and beginning(piece)):
                ways += [(piece, *rest) for rest in best[end]]
        best[start] = sorted(ways, key=len)[:CUTS]
    return best[0]


def _is_piece(piece: str) -> bool:
    return is_syllable(piece) or piece in _DOUBLE or (len(piece) == 1 and piece not in "iuv")


def fits(piece: str, sound: Sound, *, last: bool) -> bool:
    """Whether a character may be read as a piece: a whole syllable, or one that begins so.

    The last piece may be unfinished: `wen q` is on its way to `wen qu`.
    """
    if last or len(piece) == 1 or not is_syllable(piece):
        return any(r.startswith(piece) for r in sound)
    return piece in sound
