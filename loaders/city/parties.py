"""Whom a row speaks of, from the name and the number it gives."""

from __future__ import annotations

from dataclasses import dataclass

from graph.identifiers import kind_form_from_uscc, resident_id, uscc
from graph.names import form_from_name, kind_from_name, looks_like_organisation, name_key
from graph.vocabulary import Kind
from loaders.assemble import NAMED
from loaders.nominees import nominee_reason
from loaders.values import tidy


@dataclass(frozen=True, slots=True)
class Party:
    """A subject as a row gives it: the id this source uses and its row of `subjects`."""

    id: str
    row: dict[str, str]

    @property
    def is_person(self) -> bool:
        """Whether it is a natural person."""
        return self.row["kind"] == Kind.PERSON


def party(name: str, number: str = "", *, place: str, within: str = "") -> Party:
    """The organisation or person of that name and number.

    An organisation goes by its credit code, without one by its full name. A person goes by `place`, the id to
    use for him, as a number must not stand in an id; known by name alone he is somebody inside the
    organisation `within`, where the row names one.
    """
    name = tidy(name)
    is_body = looks_like_organisation(name)
    code = uscc(number)
    # A resident number has the shape of a credit code, and once in a while its check digit too.
    if code.formed and (is_body or (code.valid and not resident_id(number).valid)):
        return coded(name, number)
    if is_body:
        return _named(name)
    row = {"kind": Kind.PERSON.value, "name": name}
    if number:
        return Party(place, row | {"id": place, "id_number": number.strip()})
    if within:
        inside = f"{name_key(name)}@{within}"
        return Party(inside, row | {"id": inside, "within": within})
    return Party(place, row | {"id": place})


def coded(name: str, number: str) -> Party:
    """The organisation of a credit code that is formed like one.

    A code that fails its check digit may be somebody else's, so its id says whose name came with it.
    """
    code = uscc(number)
    kind, form = kind_form_from_uscc(code.value)
    known = code.value if code.valid else f"{code.value}/{name_key(name)}"
    row = {"id": known, "kind": kind.value, "form": form or form_from_name(name), "name": tidy(name)}
    return Party(known, row | {"uscc": code.value})


def _named(name: str) -> Party:
    known = NAMED + name_key(name)
    row = {"id": known, "kind": kind_from_name(name).value, "form": form_from_name(name), "name": name}
    return Party(known, row | {"named_only": "1", "conducts": "false" if nominee_reason(name) else ""})
