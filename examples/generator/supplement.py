"""What the public layouts cannot say, as a graph package of the contract: it stands by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from examples.generator.credit import OFFICES
from examples.generator.files import csv_bytes
from examples.generator.town import CITY, SNAPSHOT, Town, padded
from graph.vocabulary import list_types

SUBJECTS = ("id", "kind", "name", "uscc", "id_type", "id_number", "conducts")
RELATIONS = ("source", "target", "type", "ratio", "kin", "title", "since", "until", "seen_on", "record")
LISTINGS = (
    "id", "subject", "list", "authority", "doc_no", "basis", "ground", "reason", "listed_on", "expires_on",
    "removed_on", "state", "record",
)  # fmt: skip
Row = Sequence[str]
_KINDS = {"9": "enterprise", "3": "enterprise", "5": "social_org", "11": "government", "12": "institution"}


def supplement_files(town: Town) -> dict[str, bytes]:
    """Path under the city -> content."""
    listings = [(f"SUP-{n:03d}", e) for n, e in enumerate(town.cast["package_listings"], start=1)]
    files: dict[str, tuple[Row, list[Row]]] = {
        "subjects": (SUBJECTS, [_subject(town, k) for k in _mentioned(town)]),
        "relations": (RELATIONS, [_relation(town, r) for r in town.cast["relations"]]),
        "listings": (LISTINGS, [_listing(town, i, e) for i, e in listings]),
        "events": (
            ("listing", "state", "on", "record"),
            [(i, state, on, "台账") for i, e in listings for state, on in e.get("events", ())],
        ),
        "contacts": (
            ("subject", "kind", "value", "since", "until", "record"),
            [(town.id(k), kind, value, "", "", "台账") for k, kind, value in town.cast["contacts"]],
        ),
    }
    return {f"supplement/{name}.csv": csv_bytes(head, rows) for name, (head, rows) in files.items()}


def _mentioned(town: Town) -> list[str]:
    """Keys of everybody the package speaks of, each once, in order of mention."""
    cast = town.cast
    keys = [*cast["walls"], *(k for r in cast["relations"] for k in r[:2])]
    keys += [e["of"] for e in cast["package_listings"]] + [c[0] for c in cast["contacts"]]
    return list(dict.fromkeys(keys))


def _subject(town: Town, key: str) -> Row:
    if key in town.people:
        person = town.people[key]
        return (person.personid, "person", person.name, "", "居民身份证", person.number, "")
    firm = town.firms[key]
    kind = _KINDS.get(firm.uscc[0]) or _KINDS[firm.uscc[:2]]
    return (firm.uscc, kind, firm.name, firm.uscc, "", "", "false" if key in town.cast["walls"] else "")


def _relation(town: Town, row: list[str]) -> Row:
    source, target, kind, ratio, title, since, until, kin = padded(row, 8)
    return (town.id(source), town.id(target), kind, ratio, kin, title, since, until, SNAPSHOT, "补充台账")


def _listing(town: Town, listing: str, entry: dict[str, Any]) -> Row:
    known, year = list_types()[entry["list"]], entry["on"][:4]
    office, word = OFFICES[entry["list"]]
    what = (known.basis, entry.get("ground", ""), entry["reason"])
    life = (entry["on"], entry.get("expires", ""), entry.get("removed", ""), entry["state"])
    doc = f"乌{word}〔{year}〕补{listing[-3:]}号"
    return (listing, town.id(entry["of"]), entry["list"], CITY + office, doc, *what, *life, "补充台账")
