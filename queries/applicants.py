"""A subject somebody asks about: what a row of a sheet says of it, read once, compared and masked here.

The fields are those of the sheet reader (name, uscc, person_name, id_number, role_of, lot, …, and relation
types such as LEGAL_REP); where they came from does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.identifiers import Code, identify, personal_id, uscc
from graph.mask import mask_id, mask_phone, scrub
from graph.masked import is_masked
from graph.names import looks_like_organisation, name_key
from graph.vocabulary import RELATIONS

Sort = Literal["organisation", "person", "either"]
_SECRET = ("id_number", "account")
NUMBERS = re.compile(r"[；;、，,]+")  # between the numbers of several people in one cell


@dataclass(frozen=True, slots=True)
class Applicant:
    """One subject asked about.

    `sort`: what the row means; "either" when only a name is given that may be both. `code`: that of an
    organisation, formed, its check digit right or not. `number`: a person's number as given, perhaps masked;
    `full_number`: its normal form if it is a full, formed one. `warnings`: codes and sentences on the row.
    """

    row: int
    fields: Mapping[str, str]
    sort: Sort
    name: str
    key: str
    code: Code | None
    number: str
    full_number: Code | None
    warnings: tuple[str, ...] = ()

    def query(self) -> dict[str, str]:
        """The row as asked, with personal numbers, phones and accounts masked."""
        return {field: _masked(field, value) for field, value in self.fields.items()}

    def identity(self) -> tuple[str, ...]:
        """What two rows share when they ask the same question twice."""
        asked = ("lot", "role_of", "role", "consortium", "household")
        roles = sorted(field for field in self.fields if field.removesuffix("_ID") in RELATIONS)
        lot = tuple(self.fields.get(field, "") for field in (*asked, *roles))
        if self.code is not None:
            return ("code", self.code.value, *lot)
        if self.full_number is not None:
            return ("number", self.full_number.value, *lot)
        return ("name", self.key, self.number, *lot)


def applicant(row: int, fields: Mapping[str, str], notes: Iterable[str] = ()) -> Applicant:
    """Read one row. `row` is its number in the sheet, `notes` what was lost when it was read."""
    warnings = list(notes)
    name, person = fields.get("name", ""), fields.get("person_name", "")
    code, number = fields.get("uscc", ""), fields.get("id_number", "")
    sort = _sort(name, person, code, number)
    if sort != "person" and person:
        warnings.append("person_not_screened")
    asked = name if sort != "person" else (person or name)
    given = _code(code, warnings) if sort != "person" else None
    full = _number(number, fields.get("id_type", ""), warnings) if sort == "person" else None
    return Applicant(
        row=row,
        fields=fields,
        sort=sort,
        name=asked,
        key=name_key(asked),
        code=given,
        number=number if sort == "person" else "",
        full_number=full,
        warnings=tuple(warnings),
    )


def _sort(name: str, person: str, code: str, number: str) -> Sort:
    """A row with an organisation's name or code is about it; one with only a person's, about the person."""
    if code or looks_like_organisation(name):
        return "organisation"
    if not name or (number and not person):
        return "person"
    return "organisation" if person else "either"


def _code(text: str, warnings: list[str]) -> Code | None:
    code = uscc(text) if text else None
    if code is None:
        return None
    if not code.formed:
        warnings.append("not_uscc")
        return None
    if not code.valid:
        warnings.append("bad_check")
    return code


def _number(text: str, id_type: str, warnings: list[str]) -> Code | None:
    if not text or is_masked(text):
        return None
    code = personal_id(text, id_type)
    if not code.formed:
        warnings.append("bad_number")
        return None
    if not code.valid:
        warnings.append("bad_check")
    return code


def employer(fields: Mapping[str, str]) -> tuple[Code | None, str]:
    """The organisation a person's row names (role_of), as a code or as a normalised name."""
    text = fields.get("role_of", "")
    code = identify(text) if text else None
    return (code, "") if code is not None and code.kind == "uscc" else (None, name_key(text))


def duplicates(applicants: Iterable[Applicant]) -> dict[int, int]:
    """Row → the earlier row that asks the same."""
    first: dict[tuple[str, ...], int] = {}
    found: dict[int, int] = {}
    for asked in applicants:
        earlier = first.setdefault(asked.identity(), asked.row)
        if earlier != asked.row:
            found[asked.row] = earlier
    return found


def _masked(field: str, value: str) -> str:
    if field.endswith("_ID"):  # several people, several numbers
        return "；".join(mask_id(number) for number in NUMBERS.split(value) if number)
    if field in _SECRET:
        return mask_id(value)
    return mask_phone(value) if field == "phone" else scrub(value)
