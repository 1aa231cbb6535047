"""Which column of a sheet means what: headers guessed from known words, wherever the header row stands.

Words are in `sheet_headers.yaml`; the names of roles come from the relation types of the vocabulary. A column
of a role is called by its relation type (`LEGAL_REP`), the column of that person's number `LEGAL_REP_ID`; so are the
people of a bid (`agent`, `agent_ID`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import zip_longest

import yaml

from graph.errors import InputError
from graph.identifiers import identify
from graph.names import looks_like_organisation
from graph.vocabulary import RELATIONS

SEARCHED_ROWS = 30  # titles, notes and blank rows above a header are fewer in any sheet seen
# A header must have a column that says who the row is about.
IDENTITY = frozenset({"name", "uscc", "number", "person_name", "id_number"})
_NOISE = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】|[\s_*★☆:：]+|^\d+[.、)]")


@dataclass(frozen=True, slots=True)
class Header:
    """A header row: its index among the rows given (−1: the rows have none), column → field, column → title of all
    that have one; `ignored` are titles unread.
    """

    index: int
    columns: dict[int, str]
    titles: dict[int, str]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    fields: dict[str, str]
    qualifiers: tuple[str, ...]
    plain: frozenset[str]
    people: frozenset[str]
    labels: Mapping[str, str]


def key(title: str) -> str:
    """A header brought to the form in which headers are compared."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", title)).lower()


@cache
def _words() -> _Words:
    raw = yaml.safe_load(files("loaders").joinpath("sheet_headers.yaml").read_text(encoding="utf-8"))
    fields = {key(word): field for field, words in raw["fields"].items() for word in words}
    stems = {role: [RELATIONS[role].label, *words] for role, words in raw["roles"].items()} | raw["people"]
    for role, words in stems.items():
        for stem in dict.fromkeys(map(key, words)):
            fields.setdefault(stem, role)
            fields |= {stem + ending: role for ending in raw["name_endings"]}
            fields |= {stem + ending: f"{role}_ID" for ending in raw["number_endings"]}
    # 法人名称 is the body, not its representative: words listed for a field win over ones put together here.
    fields |= {key(word): field for field, words in raw["fields"].items() for word in words}
    plain, people = frozenset(map(key, raw["plain"])), frozenset(raw["people"])
    return _Words(fields, tuple(raw["qualifiers"]), plain, people, _labels(raw))


def _labels(raw: Mapping[str, Mapping[str, list[str]]]) -> dict[str, str]:
    """Field → what it is called: the first of its words, the relation's label; people have numbers besides."""
    made = {field: words[0] for field, words in raw["fields"].items()}
    named = {role: RELATIONS[role].label for role in raw["roles"]} | {p: w[0] for p, w in raw["people"].items()}
    for field, label in named.items():
        made |= {field: label, f"{field}_ID": f"{label}身份证号"}
    return made


def labels() -> Mapping[str, str]:
    """Every field a column may mean, and what it is called in Chinese."""
    return _words().labels


def names_people(field: str) -> bool:
    """Whether a column names people, several in one cell perhaps: those in a role, or those of a bid."""
    return field in RELATIONS or field in _words().people


def field_of(title: str) -> str:
    """The field a header means, or ""."""
    words, text = _words(), key(title)
    if text in words.fields:
        return words.fields[text]
    for qualifier in words.qualifiers:
        if text.startswith(qualifier) and text.removeprefix(qualifier) in words.fields:
            return words.fields[text.removeprefix(qualifier)]
    numbered = words.fields.get(text.rstrip("0123456789"), "")
    return numbered if names_people(numbered) else ""  # 董事1, 董事2


def guess(rows: Sequence[Sequence[str]], name_column: str | None = None) -> Header | None:
    """The header among the first rows: the row with most known columns, the upper one of equals; else None.

    `name_column`: the title of the column that holds the subject's name, or its letter (A, B …).
    """
    best: Header | None = None
    for index in range(min(len(rows), SEARCHED_ROWS)):
        for titles in _readings(rows, index):
            header = _read(index + len(titles) - 1, titles, name_column)
            if header and (best is None or len(header.columns) > len(best.columns)):
                best = header
    return best or _by_letter(rows, name_column)


def _readings(rows: Sequence[Sequence[str]], index: int) -> list[list[Sequence[str]]]:
    """A row as a header by itself, and together with the next one under merged group titles."""
    alone: list[Sequence[str]] = [rows[index]]
    if index + 1 >= len(rows):
        return [alone]
    upper, lower = rows[index], rows[index + 1]
    # A group title stands in the first of its merged cells only, and holds while subtitles go on.
    pairs = list(zip_longest(upper, lower, fillvalue=""))
    merged = any(not above and below for above, below in pairs[1:])
    subtitled = any(above and below and field_of(above + below) for above, below in pairs)
    return [alone, [upper, lower]] if merged and subtitled else [alone]


def _read(index: int, titles: list[Sequence[str]], name_column: str | None) -> Header | None:
    joined = list(titles[0]) if len(titles) == 1 else _join(titles[0], titles[1])
    chosen = _chosen(joined, name_column)
    columns, ignored = _columns(joined, chosen)
    if name_column is None:
        columns = _employers(columns)
    if not IDENTITY & set(columns.values()) or (name_column is not None and chosen is None):
        return None
    return Header(index, columns, {i: title for i, title in enumerate(joined) if title}, ignored)


def _employers(columns: dict[int, str]) -> dict[int, str]:
    """In a list of people with their numbers and no organisation's code, 单位名称 is where they work."""
    people = {"person_name", "id_number"} <= set(columns.values())
    if not people or {"uscc", "number", "role_of"} & set(columns.values()):
        return columns
    return {i: "role_of" if field == "name" else field for i, field in columns.items()}


def _join(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    joined, group = [], ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        group = above or (group if below else "")
        joined.append(group + below)
    return joined


def _columns(titles: Sequence[str], chosen: int | None) -> tuple[dict[int, str], tuple[str, ...]]:
    """Column → field, each field once but people, who may have several columns; and what was left aside."""
    columns: dict[int, str] = {}
    ignored: list[str] = []
    for i, title in enumerate(titles):
        field = "name" if i == chosen else field_of(title)
        field = _belongs(field, columns.get(i - 1, ""), set(columns.values()))
        taken = field in columns.values() and not _may_repeat(field)
        if field and not taken and not (field == "name" and chosen is not None and i != chosen):
            columns[i] = field
        elif title and key(title) not in _words().plain:
            ignored.append(title)
    return columns, tuple(ignored)


def _belongs(field: str, before: str, taken: set[str]) -> str:
    """A number column right after a column of people, in a sheet of organisations, is their number."""
    if field in ("number", "id_number") and names_people(before) and taken & {"name", "uscc"}:
        return f"{before}_ID"
    return field


def _chosen(titles: Sequence[str], name_column: str | None) -> int | None:
    if name_column is None:
        return None
    wanted = key(name_column)
    for i, title in enumerate(titles):
        if title and key(title) == wanted:
            return i
    letter = _letter(name_column)
    # A letter picks a column of a row that is a header anyway.
    known = any(field_of(title) for title in titles)
    return letter if known and letter is not None and letter < len(titles) and titles[letter] else None


def _letter(text: str) -> int | None:
    if not re.fullmatch(r"[A-Za-z]{1,2}", text):
        return None
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _by_letter(rows: Sequence[Sequence[str]], name_column: str | None) -> Header | None:
    """No header word known: the first row that has something in the named column is taken for the header."""
    column = _letter(name_column) if name_column else None
    if column is None:
        return None
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        if column < len(row) and row[column]:
            ignored = tuple(title for i, title in enumerate(row) if title and i != column)
            return Header(index, {column: "name"}, {i: title for i, title in enumerate(row) if title}, ignored)
    return None


def assumed(rows: Sequence[Sequence[str]]) -> Header:
    """Where no header is known: the first row with two cells filled, unless it holds what only data hold."""
    filled = (i for i, row in enumerate(rows[:SEARCHED_ROWS]) if sum(map(bool, row)) > 1)
    index = next(filled, 0)
    if any(_is_datum(text) for text in rows[index]):
        return Header(index - 1, {}, {})
    return Header(index, {}, {i: title for i, title in enumerate(rows[index]) if title})


def _is_datum(text: str) -> bool:
    code = identify(text) if text else None
    return (code is not None and code.formed) or (len(text) > 5 and looks_like_organisation(text))


def mapped(header: Header, mapping: Mapping[str, str]) -> Header:
    """The header with what somebody says of single columns. Raises InputError like `settled`."""
    columns = settled(header.columns, mapping)
    ignored = (title for i, title in header.titles.items() if i not in columns and key(title) not in _words().plain)
    titles = header.titles | {i: letter_of(i) + "列" for i in columns if i not in header.titles}
    return replace(header, columns=columns, titles=titles, ignored=tuple(ignored))


def settled(guessed: Mapping[int, str], mapping: Mapping[str, str]) -> dict[int, str]:
    """Column → field from a guess and what somebody says: letter → field, "" for a column not to be read.

    A guess gives way to what is said. Raises InputError for a letter or field there is none of, a field given twice,
    and where no column says whom a row is about.
    """
    said = {_index(letter): field for letter, field in mapping.items()}
    unknown = [field for field in said.values() if field and field not in labels()]
    if unknown:
        raise InputError("没有这种列", value=unknown[0][:40], remedy="可用：" + "、".join(labels()))
    given = [field for field in said.values() if field and not _may_repeat(field)]
    twice = [field for field in given if given.count(field) > 1]
    if twice:
        raise InputError("两列不能都是同一内容", value=labels()[twice[0]], remedy="只保留其中一列")
    left = {i: field for i, field in guessed.items() if i not in said and field not in given}
    columns = left | {i: field for i, field in said.items() if field}
    if not IDENTITY & set(columns.values()):
        raise InputError("没有指定名称或号码所在的列", remedy="至少指定一列：" + _identities())
    return dict(sorted(columns.items()))


def letter_of(index: int) -> str:
    """The letter a spreadsheet calls a column by: 0 is A, 26 is AA."""
    return (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)


def _index(letter: str) -> int:
    index = _letter(letter)
    if index is None:
        raise InputError("没有这一列", value=letter[:20], remedy="列号用字母，如 A、B、AA")
    return index


def _may_repeat(field: str) -> bool:
    return names_people(field.removesuffix("_ID"))


def _identities() -> str:
    return "、".join(label for field, label in labels().items() if field in IDENTITY)
