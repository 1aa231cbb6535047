"""What somebody typed, as a series of ever weaker ways to fit: beginning so, containing it; by text, by sound."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from graph.names import name_key
from queries.search.grams import alike_words, both, either, sound_words, text_words
from queries.search.pinyin import Sound, Sounds, cuts, fits, has_chinese, is_syllable, letters, sounds

LETTERS = 60  # typed letters that are read as pinyin
CLEAN, LOOSE = 4, 6  # ways to read them
PARTS = 6
_RUNS = re.compile(r"[A-Za-z']+|[^A-Za-z'\s]+")

Cut = tuple[str, ...]
Test = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to fit. `matched`: its name in answers. `words`: the condition that leads to candidates; `fits`: whether
    a normalised name really does.
    """

    matched: str
    words: str
    fits: Test


@dataclass(frozen=True, slots=True)
class Part:
    """One word of what was typed. `clean`: readings as whole syllables; `loose`: as first letters, or of both kinds."""

    key: str
    clean: tuple[Cut, ...]
    loose: tuple[Cut, ...]

    @classmethod
    def of(cls, typed: str) -> Part:
        """A word as it was typed."""
        found = cuts(letters(typed)[:LETTERS])
        clean = [cut for cut in found if all(map(_full, cut[:-1])) and len("".join(cut)) > 1]
        loose = [cut for cut in found if cut not in clean and (not clean or not any(map(_full, cut)))]
        return cls(name_key(typed), tuple(clean[:CLEAN]), tuple(loose[:LOOSE]))


def ways(asked: str) -> Iterator[Way]:
    """The ways a name may fit what was asked, best first; exactly equal names are not among them."""
    words = [Part.of(word) for word in asked.split()[:PARTS]]
    parts = [part for part in words if part.key]
    if not parts:
        return
    if len(parts) > 1:
        joined = Part.of("".join(asked.split()))
        yield from _by_sound(joined, whole=True)
        yield from _several(parts)
        return
    [part] = parts
    yield from _by_sound(part, whole=True)
    yield Way("name", text_words(part.key, begins=True), lambda key: key.startswith(part.key))
    yield from _by_sound(part, begins=True)
    if len(part.key) > 1 or has_chinese(part.key):
        yield Way("part", text_words(part.key, begins=False), lambda key: part.key in key)
    yield from _by_sound(part)
    runs = _RUNS.findall(asked)
    if 1 < len(runs) <= PARTS and has_chinese(part.key):
        yield from _several([Part.of(run) for run in runs])


def alike(asked: str) -> Iterator[Way]:
    """For Chinese that no name contains: names that sound the same (臺 or 台, a slip of the keyboard)."""
    key = name_key(asked)
    heard = sounds(key)
    if len(heard) < 2 or len(heard) != len(key):
        return
    for begins in (True, False):
        yield Way("pinyin", alike_words(heard, begins=begins), partial(_sounds_alike, heard, begins))


def _several(parts: list[Part]) -> Iterator[Way]:
    """Every word must be found somewhere: all by text, else some by sound."""

    def by_text(key: str) -> bool:
        return all(part.key in key for part in parts)

    first, texts = parts[0].key, [text_words(part.key, begins=False) for part in parts]
    begins = both([text_words(first, begins=True), *texts[1:]])
    yield Way("name", begins, lambda key: key.startswith(first) and by_text(key))
    yield Way("part", both(texts), by_text)
    if any(part.clean or part.loose for part in parts):
        any_way = [either([text, *_sound_conditions(part)]) for text, part in zip(texts, parts, strict=True)]
        yield Way("pinyin", both(any_way), lambda key: all(_found(part, key) for part in parts))


def _found(part: Part, key: str) -> bool:
    return part.key in key or any(_contains(cut, sounds(key)) for cut in (*part.clean, *part.loose))


def _sound_conditions(part: Part) -> list[str]:
    return [sound_words(cut, begins=False) for cut in (*part.clean, *part.loose)]


def _by_sound(part: Part, *, begins: bool = False, whole: bool = False) -> Iterator[Way]:
    for found in (part.clean, part.loose):
        # One letter in the middle of a name says nothing.
        read = [cut for cut in found if begins or whole or len(cut) > 1 or len(cut[0]) > 1]
        if read:
            words = either(sound_words(cut, begins=begins or whole, whole=whole) for cut in read)
            matched = "pinyin" if any(map(_full, read[0])) or found is part.clean else "initials"
            yield Way(matched, words, _test(read, begins, whole))


def _test(read: list[Cut], begins: bool, whole: bool) -> Test:
    def test(key: str) -> bool:
        heard = sounds(key)
        if whole:
            return any(len(cut) == len(heard) and _at(cut, heard, 0) for cut in read)
        if begins:
            return any(_at(cut, heard, 0) for cut in read)
        return any(_contains(cut, heard) for cut in read)

    return test


def _contains(cut: Cut, heard: Sounds) -> bool:
    return any(_at(cut, heard, start) for start in range(len(heard) - len(cut) + 1))


def _at(cut: Cut, heard: Sounds, start: int) -> bool:
    if start + len(cut) > len(heard):
        return False
    last = len(cut) - 1
    return all(fits(piece, heard[start + n], last=n == last) for n, piece in enumerate(cut))


def _sounds_alike(asked: Sounds, begins: bool, key: str) -> bool:
    heard = sounds(key)
    starts = range(1 if begins else len(heard) - len(asked) + 1)
    return any(
        len(heard) >= start + len(asked) and all(map(_share, asked, heard[start : start + len(asked)]))
        for start in starts
    )


def _share(one: Sound, other: Sound) -> bool:
    return any(reading in other for reading in one)


def _full(piece: str) -> bool:
    return len(piece) > 1 and is_syllable(piece)
