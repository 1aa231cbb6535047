"""Whom a row means: the matching ladder, from a full number down to a bare name (domain facts §5.6).

A name is not an identity. Only a full personal number or a social credit code settles who is meant (EXACT,
USCC); an organisation's full name with one bearer is good enough to look at, never to block (NAME_UNIQUE).
Below that nothing is merged: the subjects that may be meant are candidates, for a person to decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.identifiers import Code, personal_id
from graph.masked import agree, possible_numbers
from graph.names import name_key
from graph.store import Store
from queries.applicants import Applicant
from queries.directory import NAME_CAP, Directory, Found, Progress, employers, look_up, people_named, silent

SHOWN = 10  # candidates named in an answer; `total` counts all


class Level(StrEnum):
    """How a subject was found, surest first."""

    EXACT = "EXACT"
    USCC = "USCC"
    NAME_UNIQUE = "NAME_UNIQUE"
    MASK_CONSISTENT = "MASK_CONSISTENT"
    NAME_ORG = "NAME_ORG"
    NAME_REGION = "NAME_REGION"
    NAME_ONLY = "NAME_ONLY"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Match:
    """Whom one row means.

    `subject` only where that is settled, `candidates` (at most SHOWN of `total`) where it is not. `possible`:
    for MASK_CONSISTENT, how many personal numbers the mask leaves open. `certain`: sure enough to block.
    """

    level: Level
    subject: Found | None = None
    candidates: tuple[Found, ...] = ()
    total: int = 0
    possible: int | None = None
    warnings: tuple[str, ...] = ()
    certain: bool = False


def match_all(store: Store, applicants: Sequence[Applicant], progress: Progress = silent) -> list[Match]:
    """The match of every applicant, in order, in a few round trips for each thousand keys."""
    known = look_up(store, applicants, progress)
    return [match(asked, known) for asked in applicants]


def match(asked: Applicant, known: Directory) -> Match:
    """The highest rung of the ladder an applicant reaches."""
    if asked.sort == "person":
        return _person(asked, known)
    found = _organisation(asked, known)
    if found.level is Level.NONE and asked.sort == "either":
        return _person(asked, known)
    return found


def _organisation(asked: Applicant, known: Directory) -> Match:
    held = known.codes.get(asked.code.value, []) if asked.code else []
    same_name = [s for s in held if _bears(s, asked.key)]
    if asked.code and asked.code.valid and held:
        chosen = (same_name or held)[0]
        return _settled(Level.USCC, chosen, asked, differs=bool(asked.key) and not same_name)
    # A wrong check digit may be a slip of the pen: then only code and name together say who is meant.
    if held and (same_name or not asked.key):
        return _settled(Level.USCC, (same_name or held)[0], asked, differs=False)
    return _organisation_by_name(asked, known)


def _organisation_by_name(asked: Applicant, known: Directory) -> Match:
    bearers = list(known.organisations.get(asked.key, {}).values()) if asked.key else []
    # A valid code that is not the bearer's says that somebody else is meant.
    others = [b for b in bearers if asked.code and asked.code.valid and b.get("uscc") not in (None, asked.code.value)]
    possible = [b for b in bearers if b not in others]
    total = known.totals.get((asked.key, False), 0)
    if len(possible) == 1 and total <= NAME_CAP:
        return Match(Level.NAME_UNIQUE, subject=possible[0], warnings=asked.warnings)
    if not possible and others:
        return _open(Level.NAME_ONLY, others, (*asked.warnings, "number_differs"))
    in_role = [b for b in possible if any(known.in_role.get((k, b["id"])) for k in people_named(asked))]
    return _by_hints(asked, possible, in_role, max(total, len(possible)))


def _person(asked: Applicant, known: Directory) -> Match:
    if asked.full_number is not None:
        held = [s for s in known.numbers.get(asked.full_number.value, []) if _same_document(s, asked.full_number)]
        same_name = [s for s in held if _bears(s, asked.key)]
        if len(held) == 1 and (asked.full_number.valid or same_name):
            return _settled(Level.EXACT, held[0], asked, differs=bool(asked.key) and not same_name)
    bearers = known.people.get(asked.key, []) if asked.key else []
    possible = [b for b in bearers if not _other_number(asked, b)]
    masked = [b for b in possible if b.get("id_number") and asked.number]
    if masked:
        numbers = [asked.number, *(b["id_number"] for b in masked)]
        count = max(possible_numbers(n) for n in numbers)
        return _open(Level.MASK_CONSISTENT, masked, asked.warnings, possible=count)
    places = {o["id"] for o in employers(asked, known)}
    in_role = [s for e in sorted(places) for s in known.in_role.get((asked.key, e), []) if not _other_number(asked, s)]
    total = known.totals.get((asked.key, True), 0) - (len(bearers) - len(possible))
    return _by_hints(asked, possible, in_role, total)


def _same_document(subject: Found, code: Code) -> bool:
    return personal_id(subject["id_number"], subject.get("id_type") or "").kind == code.kind


def _other_number(asked: Applicant, bearer: Found) -> bool:
    """Whether the bearer's number, full or masked, cannot be the one asked for."""
    return bool(asked.number and bearer.get("id_number")) and not agree(asked.number, bearer["id_number"])


def _by_hints(asked: Applicant, possible: Sequence[Found], in_role: Sequence[Found], total: int) -> Match:
    """The rungs below a number: a role in the organisation named, the region, the bare name."""
    if in_role:
        return _open(Level.NAME_ORG, in_role, asked.warnings)
    region = asked.fields.get("region", "")
    near = [b for b in possible if same_region(region, b.get("region") or "")]
    if near:
        return _open(Level.NAME_REGION, near, asked.warnings)
    if possible:
        return _open(Level.NAME_ONLY, possible, asked.warnings, total=total)
    return Match(Level.NONE, warnings=asked.warnings)


def _settled(level: Level, subject: Found, asked: Applicant, *, differs: bool) -> Match:
    warnings = (*asked.warnings, "name_differs") if differs else asked.warnings
    # With a failed check digit it takes the name as well to be sure.
    certain = not differs and (bool(asked.key) or "bad_check" not in warnings)
    return Match(level, subject=subject, warnings=warnings, certain=certain)


def _open(
    level: Level,
    found: Sequence[Found],
    warnings: tuple[str, ...],
    *,
    total: int = 0,
    possible: int | None = None,
) -> Match:
    unique = {s["id"]: s for s in found}
    shown = tuple(unique[i] for i in sorted(unique)[:SHOWN])
    return Match(level, None, shown, max(total, len(unique)), possible, warnings)


def _bears(subject: Found, key: str) -> bool:
    """Whether a normalised name is the subject's, now or formerly."""
    return key == subject.get("name_key") or key in {name_key(a) for a in subject.get("aliases") or ()}


def same_region(one: str, other: str) -> bool:
    """Whether two regions, as codes or as names, are the same or one lies in the other (city, district)."""
    if one.isdecimal() and other.isdecimal():
        a, b = _significant(one), _significant(other)
        return min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a))
    a, b = name_key(one), name_key(other)
    return min(len(a), len(b)) >= 2 and (a.startswith(b) or b.startswith(a))


def _significant(code: str) -> str:
    """A region code without the pairs of zeros that stand for "all of it"."""
    while code.endswith("00"):
        code = code[:-2]
    return code
