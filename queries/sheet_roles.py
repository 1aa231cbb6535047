"""The roles a sheet gives people: a column of an organisation's row, or what a person's row says of himself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from graph.identifiers import identify
from graph.names import looks_like_organisation, name_key
from graph.vocabulary import RELATIONS
from queries.applicants import NUMBERS, Applicant, applicant
from queries.directory import ROLES

_PARTS = re.compile(r"[、，,；;/／|和及兼]+")


@dataclass(frozen=True, slots=True)
class SheetRole:
    """One role of one row. `holder` and `place`: the two as if each had a row of its own; None is the row itself."""

    row: int
    type: str
    title: str
    holder: Applicant | None
    place: Applicant | None

    @property
    def record(self) -> str:
        """Where it was said."""
        return f"sheet:{self.row}"


@cache
def _words() -> tuple[dict[str, str], tuple[str, ...]]:
    raw = yaml.safe_load(files("queries").joinpath("role_words.yaml").read_text(encoding="utf-8"))
    before = tuple(sorted(raw.pop("before"), key=len, reverse=True))
    words = {RELATIONS[role].label: role for role in ROLES}
    words |= {word: role for role, listed in raw.items() for word in listed}
    return {name_key(word): role for word, role in words.items()}, before


def role_types(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The relation types a text of posts names, each with its words; and the posts not understood."""
    found: dict[str, str] = {}
    unread = []
    for part in filter(None, (p.strip() for p in _PARTS.split(text))):
        kind = _type(name_key(part))
        if kind:
            found.setdefault(kind, part)
        else:
            unread.append(part)
    return list(found.items()), unread


def _type(word: str) -> str:
    words, before = _words()
    while word and word not in words:
        front = next((front for front in before if word.startswith(front)), "")
        if not front:
            return ""
        word = word.removeprefix(front)
    return words.get(word, "")


def roles_of(asked: Applicant) -> tuple[list[SheetRole], list[str]]:
    """The roles one row gives, and sentences on what could not be read."""
    if asked.sort == "person" or (asked.sort == "either" and asked.fields.get("role_of")):
        return _own_posts(asked)
    found: list[SheetRole] = []
    warnings: list[str] = []
    for role in (r for r in ROLES if r in asked.fields or f"{r}_ID" in asked.fields):
        pairs, unpaired = people(asked, role, RELATIONS[role].label)
        warnings += unpaired
        found += [SheetRole(asked.row, role, "", _holder(asked, *pair), None) for pair in pairs]
    return found, warnings


def people(asked: Applicant, field: str, label: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The people in a cell, each with the number beside it ("" for none), and sentences on what could not be paired."""
    names = [n.strip() for n in asked.fields.get(field, "").split("；") if n.strip()]
    numbers = _numbers(asked.fields.get(f"{field}_ID", ""), len(names))
    if len(numbers) in (0, len(names)):
        return list(zip(names, numbers or [""] * len(names), strict=True)), []
    why = f"{label} {len(names)} 人、证件号 {len(numbers)} 个，不能一一对应，未按证件号核查"
    return [(name, "") for name in names], [f"role_unchecked: {why}"]


def _numbers(cell: str, people: int) -> list[str]:
    """The numbers in a cell; lines of one become spaces, which a number may have inside as well."""
    numbers = [n.strip() for n in NUMBERS.split(cell) if n.strip()]
    return numbers if len(numbers) == people else [n for part in numbers for n in part.split()]


def _holder(asked: Applicant, name: str, number: str) -> Applicant:
    code = identify(number) if number else None
    if looks_like_organisation(name) or (code is not None and code.kind == "uscc" and code.valid):
        return applicant(asked.row, _given(name=name, uscc=number))
    place = asked.code.value if asked.code else asked.name
    return applicant(asked.row, _given(person_name=name, id_number=number, role_of=place))


def _given(**fields: str) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def _own_posts(asked: Applicant) -> tuple[list[SheetRole], list[str]]:
    where, posts = asked.fields.get("role_of", ""), asked.fields.get("role", "")
    if not where or not posts:
        return [], []
    kinds, unread = role_types(posts)
    code = {"uscc": where} if re.fullmatch(r"[0-9A-Za-z]{18}", where) else {"name": where}
    place = applicant(asked.row, code)
    warnings = [f"role_unchecked: 职务“{part}”不识别，未据此核查" for part in unread]
    return [SheetRole(asked.row, kind, title, None, place) for kind, title in kinds], warnings


def names_roles(asked: Applicant) -> Iterator[str]:
    """The fields of a row that speak of roles."""
    return (f for f in asked.fields if f in ("role", "role_of") or f.removesuffix("_ID") in ROLES)
