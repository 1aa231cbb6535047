"""The laws bidders are compared under and the signals in their bids, from `laws.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

from graph.errors import InputError
from graph.names import name_key
from graph.vocabulary import CONTACT_KINDS, SUBJECT_RELATION_TYPES
from queries.law.pack import Basis, Words
from queries.law.read import basis, scenario_codes
from queries.law.strict import Row, document

Compare = Literal["name", "digits", "phone", "address"]
_FILE = "laws.yaml"


@dataclass(frozen=True, slots=True)
class Law:
    """One law. `scenario`: the profile whose rules it asks for; `unit`: what rivals bid for; `note`: on consortia."""

    code: str
    name: Words
    scenario: str
    unit: Words
    note: Words


@dataclass(frozen=True, slots=True)
class Signal:
    """One column that is compared. `contact`: the kind of contact of the graph that is compared too, "" for none."""

    field: str
    label: Words
    compare: Compare
    contact: str
    basis: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Signals:
    """All that is compared. `contacts`: kinds of contact; `roles`: relations of one person to both; `blank`: cells
    that say nothing, as name keys.
    """

    columns: Mapping[str, Signal]
    contacts: tuple[str, ...]
    roles: tuple[str, ...]
    blank: frozenset[str]


def law(code: str) -> Law:
    """The law of that code. Raises InputError for one nobody knows."""
    known = laws()
    if code not in known:
        raise InputError("没有这种比对依据", value=code, remedy=f"可用：{'、'.join(known)}")
    return known[code]


@cache
def laws() -> Mapping[str, Law]:
    """All laws, by code."""
    return {code: _law(code, row) for code, row in _file().named("laws")}


@cache
def signals() -> Signals:
    """What is compared."""
    row = _file()
    return Signals(
        columns={field: _signal(field, inner) for field, inner in row.named("signals")},
        contacts=row.some_of("contacts", CONTACT_KINDS),
        roles=row.some_of("roles", SUBJECT_RELATION_TYPES),
        blank=frozenset(name_key(word) for word in row.some_of("blank")),
    )


@cache
def _file() -> Row:
    content = files("queries.bidders").joinpath(_FILE).read_text(encoding="utf-8")
    return Row(document(content, _FILE), _FILE, "投标人比对").only("laws", "signals", "contacts", "roles", "blank")


def _law(code: str, row: Row) -> Law:
    row.only("name", "scenario", "unit", "note")
    return Law(
        code=code,
        name=row.needed_words("name"),
        scenario=row.one_of("scenario", scenario_codes()),
        unit=row.needed_words("unit"),
        note=row.needed_words("note"),
    )


def _signal(field: str, row: Row) -> Signal:
    row.only("label", "compare", "contact", "basis")
    return Signal(
        field=field,
        label=row.needed_words("label"),
        compare=cast(Compare, row.one_of("compare", get_args(Compare))),
        contact=row.one_of("contact", CONTACT_KINDS) if "contact" in row else "",
        basis=tuple(basis(inner) for inner in row.rows("basis")),
    )
