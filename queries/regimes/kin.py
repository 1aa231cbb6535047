"""Relatives: what a word on a relation says (`kin.yaml`), and whether a regime counts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from queries.law.pack import Words
from queries.law.strict import Row, document
from queries.regimes.model import KinSet

Rank = Literal["elder", "younger", "either"]
_FILE = "kin.yaml"
_CHILDREN = "parent_child"
_OTHERS = ("ended", "none", "may_be")  # words of no class


@dataclass(frozen=True, slots=True)
class Class:
    """One class of relatives with its words, and which of the two the source of such a relation is."""

    key: str
    name: Words
    words: Mapping[str, Rank]


@cache
def classes() -> Mapping[str, Class]:
    """All classes by key. Raises InputError for a word that stands in two."""
    raw = document(files("queries.regimes").joinpath(_FILE).read_text(encoding="utf-8"), _FILE)
    found: dict[str, Class] = {}
    taken: set[str] = set()
    for key, value in raw.items():
        if key in _OTHERS:
            continue
        row = Row(value, _FILE, f"亲属 {key}").only("name", "elder", "younger", "either")
        ranks: tuple[Rank, ...] = ("elder", "younger", "either")
        words = {word: rank for rank in ranks for word in row.some_of(rank)}
        for word in words:
            if word in taken:
                raise row.fault("", "同一称谓出现两次", word)
        taken |= words.keys()
        found[str(key)] = Class(str(key), row.needed_words("name"), words)
    return found


@cache
def _words(key: str) -> tuple[str, ...]:
    raw = document(files("queries.regimes").joinpath(_FILE).read_text(encoding="utf-8"), _FILE)
    return Row(raw[key], _FILE, f"亲属 {key}").only("words").some_of("words")


@dataclass(frozen=True, slots=True)
class Counted:
    """Whether a relative counts: `yes`, and what leaves it open; `why` not, where the record names no kin at all."""

    yes: bool
    opens: str = ""
    why: str = ""


def counts(word: str, wanted: KinSet, *, is_source: bool) -> Counted:
    """Whether the relative at the other end counts. `is_source`: the relative is the source of the relation."""
    said = word.strip().lower()
    for one in classes().values():
        if said in one.words:
            if one.key not in wanted.classes:
                return Counted(False)
            found = _child(wanted, one.words[said], is_source) if one.key == _CHILDREN else Counted(True)
            return replace(found, opens=found.opens or wanted.judged.zh) if found.yes and wanted.judged else found
    if not said:
        return Counted(True, "亲属关系的种类不明")
    for key, why in (("ended", "表示亲属关系已经终止"), ("none", "不是亲属称谓")):
        if any(part in said for part in _words(key)):
            return Counted(False, why=why)
    if any(part in said for part in _words("may_be")):
        return Counted(True, f"亲属关系“{word}”是否在范围之内待核实")
    return Counted(False, why="不是已知的亲属称谓")


def _child(wanted: KinSet, rank: Rank, is_source: bool) -> Counted:
    """A parent or a child, where that makes a difference."""
    is_child = (rank == "younger") == is_source
    if rank == "either":
        return Counted(True, "是父母还是子女待核实" if wanted.children else "如为子女须已成年" if wanted.adult else "")
    if wanted.children and not is_child:
        return Counted(False)
    return Counted(True, "子女须已成年" if wanted.adult and is_child else "")
