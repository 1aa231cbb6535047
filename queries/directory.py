"""What the graph holds on the codes, numbers, names and roles of a whole list, in a few round trips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.cypher import text
from graph.names import name_key
from graph.store import Store
from graph.vocabulary import RELATIONS
from queries.applicants import Applicant, employer

Found = Mapping[str, Any]  # properties of a subject
Progress = Callable[[int, int], None]  # told how many of how many are done

BATCH = 1_000  # keys a statement looks up
NAME_CAP = 200  # bearers of one name that are looked at
# Whoever is named in a sheet beside an organisation holds one of these in it.
ROLES = tuple(r.name for r in RELATIONS.values() if r.first in ("person", "subject") and r.second == "organisation")


@dataclass(slots=True)
class Directory:
    """Subjects by what a list asks for. `totals`: bearers of (name, is a person), counted beyond NAME_CAP."""

    codes: dict[str, list[Found]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[str, list[Found]] = field(default_factory=lambda: defaultdict(list))
    organisations: dict[str, dict[str, Found]] = field(default_factory=lambda: defaultdict(dict))
    people: dict[str, list[Found]] = field(default_factory=lambda: defaultdict(list))
    totals: dict[tuple[str, bool], int] = field(default_factory=dict)
    in_role: dict[tuple[str, str], list[Found]] = field(default_factory=lambda: defaultdict(list))


def silent(done: int, total: int) -> None:
    """Progress nobody watches."""


def look_up(store: Store, applicants: Sequence[Applicant], progress: Progress = silent) -> Directory:
    """Everything the matching ladder needs for these applicants. `progress` is told of keys looked up."""
    known = _bearers(store, applicants, progress)
    _look_up_roles(store, applicants, known)
    return known


def _bearers(store: Store, applicants: Sequence[Applicant], progress: Progress) -> Directory:
    known = Directory()
    places = [employer(a.fields) for a in applicants]
    codes = {a.code.value for a in applicants if a.code} | {c.value for c, _ in places if c}
    names = {a.key for a in applicants if a.key} | {name for _, name in places if name}
    numbers = {a.full_number.value for a in applicants if a.full_number}
    reading = _Reading(store, len(codes) + len(numbers) + 2 * len(names), progress)
    for row in reading.rows("match_code", codes):
        known.codes[row["key"]].append(row["subject"])
    for row in reading.rows("match_number", numbers):
        known.numbers[row["key"]].append(row["subject"])
    for row in reading.rows("match_name", names, cap=NAME_CAP):
        known.totals[(row["key"], row["person"])] = row["total"]
        if row["person"]:
            known.people[row["key"]] = row["found"]
        else:
            known.organisations[row["key"]] = {found["id"]: found for found in row["found"]}
    for row in reading.rows("match_former", names):
        known.organisations[row["key"]].setdefault(row["subject"]["id"], row["subject"])
    return known


class _Reading:
    """What is looked up key by key, `done` of `total` so far."""

    def __init__(self, store: Store, total: int, progress: Progress) -> None:
        self._store, self._total, self._progress = store, total, progress
        self._done = 0

    def rows(self, query: str, keys: Iterable[str], **params: Any) -> Iterator[dict[str, Any]]:
        """The rows of a statement for all keys."""
        ordered = sorted(keys)
        for start in range(0, len(ordered), BATCH):
            batch = ordered[start : start + BATCH]
            yield from self._store.read(text("queries", query), keys=batch, **params)
            self._done += len(batch)
            self._progress(self._done, self._total)


def _look_up_roles(store: Store, applicants: Sequence[Applicant], known: Directory) -> None:
    """Who of a name has a role where the row says so; which of several namesake firms has those people."""
    pairs: set[tuple[str, str]] = set()
    for asked in applicants:
        if asked.sort != "organisation":
            pairs |= {(asked.key, o["id"]) for o in employers(asked, known)}
        bearers = known.organisations.get(asked.key, {}) if asked.sort != "person" else {}
        if len(bearers) > 1:
            pairs |= {(key, bearer) for key in people_named(asked) for bearer in bearers}
    ordered = [{"key": key, "organisation": organisation} for key, organisation in sorted(pairs)]
    statement = text("queries", "match_role", ROLES=ROLES)
    for start in range(0, len(ordered), BATCH):
        for row in store.read(statement, pairs=ordered[start : start + BATCH]):
            known.in_role[(row["key"], row["organisation"])].append(row["subject"])


def employers(asked: Applicant, known: Directory) -> list[Found]:
    """The organisations a person's row may mean by role_of."""
    code, name = employer(asked.fields)
    return known.codes.get(code.value, []) if code else list(known.organisations.get(name, {}).values())


def people_named(asked: Applicant) -> list[str]:
    """Normalised names of the people an organisation's row gives a role."""
    return [name_key(name) for role in ROLES for name in asked.fields.get(role, "").split("；") if name]
