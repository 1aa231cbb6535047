"""Roles given in a sheet as relations of the graph, for one answer only and never stored.

A person is who he is by his full number. Of one known by name alone nothing is concluded: either the graph holds
him in that organisation already, or the row says that he could not be checked. The sheet gives no dates: such a
relation holds on the day asked for, its beginning is unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.cypher import text
from graph.identifiers import kind_form_from_uscc
from graph.names import form_from_name, kind_from_name
from graph.store import Store
from graph.vocabulary import RELATIONS, Kind
from queries.applicants import Applicant
from queries.directory import ROLES
from queries.law.bindings import Link
from queries.match import Level, Match, match_all
from queries.sheet_roles import SheetRole, roles_of

BATCH = 1_000
Props = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation a sheet names. `sure`: number and name of the holder agree; `known`: the same as
    the graph holds it, where it does.
    """

    role: SheetRole
    holder: Props
    place: Props
    sure: bool
    known: Props | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Who is what, where."""
        return str(self.holder["id"]), self.role.type, str(self.place["id"])

    def link(self, as_of: str) -> Link:
        """The relation as rules see it."""
        if self.known is not None:
            return Link(self.role.type, self.known, proposed=True)
        props = {"title": self.role.title or None, "seen_on": as_of, "record": self.role.record}
        return Link(self.role.type, props, proposed=True)


@dataclass(slots=True)
class SheetFacts:
    """What a sheet says of roles. `claims`: the relations; `places`: by row, the organisation it is about where the
    graph does not hold it; `warnings`: by row, what could not be checked.
    """

    claims: list[Claim] = field(default_factory=list)
    places: dict[int, Props] = field(default_factory=dict)
    warnings: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def ids(self) -> set[str]:
        """Subjects of the graph whose surroundings are needed."""
        return {str(end["id"]) for c in self.claims for end in (c.holder, c.place)}

    def bearing(self, subjects: Mapping[int, str]) -> dict[int, list[Claim]]:
        """What bears on each row, `subjects` being whom it means: what it says itself, and on an organisation's also
        what people's own rows say of their posts there. What another row says of somebody never bears on his own.
        """
        own: dict[int, list[Claim]] = defaultdict(list)
        theirs: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            own[claim.role.row].append(claim)
            if claim.role.holder is None:
                theirs[str(claim.place["id"])].append(claim)
        return {
            row: list({c.key: c for c in (*theirs.get(subject, ()), *own.get(row, ()))}.values())
            for row, subject in subjects.items()
            if row in own or subject in theirs
        }


def read_facts(store: Store, applicants: Sequence[Applicant], matches: Sequence[Match], as_of: str) -> SheetFacts:
    """The roles of all rows, with whom they mean."""
    facts = SheetFacts()
    roles: list[SheetRole] = []
    for asked in applicants:
        found, warnings = roles_of(asked)
        roles += found
        facts.warnings[asked.row] += warnings
    if not roles:
        return facts
    by_row = {a.row: m for a, m in zip(applicants, matches, strict=True)}
    ends = _Ends(store, applicants, by_row, roles)
    facts.places = ends.outside
    _claim(store, ends, roles, facts, as_of)
    return facts


class _Ends:
    """Whom the two ends of every role mean. `outside`: organisations the graph does not hold, by row."""

    def __init__(
        self, store: Store, applicants: Sequence[Applicant], by_row: Mapping[int, Match], roles: Iterable[SheetRole]
    ) -> None:
        self.by_row = by_row
        self._rows = {asked.row: asked for asked in applicants}
        wanted = list({id(a): a for r in roles for a in (r.holder, r.place) if a is not None}.values())
        found = match_all(store, wanted)
        self._found = {id(a): m for a, m in zip(wanted, found, strict=True)}
        self.outside: dict[int, Props] = {}
        self._known: dict[str, Props] = {}
        for asked in applicants:
            if asked.sort != "person" and not _organisation(by_row[asked.row]):
                self.outside[asked.row] = self._outside(asked)

    def _outside(self, asked: Applicant) -> Props:
        """A subject made of the sheet alone; rows that name the same one share it."""
        keys = [key for key in (asked.code.value if asked.code else "", asked.key) if key]
        made = next((self._known[key] for key in keys if key in self._known), None) or _made(asked)
        self._known |= dict.fromkeys(keys, made)
        return made

    def holder(self, role: SheetRole) -> Match:
        """Whom it gives the role."""
        return self.by_row[role.row] if role.holder is None else self._found[id(role.holder)]

    def asked(self, role: SheetRole) -> Applicant:
        """The same as the sheet has him."""
        return role.holder or self._rows[role.row]

    def place(self, role: SheetRole) -> Props:
        """Where."""
        match = self.by_row[role.row] if role.place is None else self._found[id(role.place)]
        known = _organisation(match)
        if known is not None:
            return known
        return self.outside[role.row] if role.place is None else self._outside(role.place)


def _organisation(match: Match) -> Props | None:
    """The organisation a match means; a bare name may have turned out to be a person's."""
    found = match.subject
    return found if found is not None and found.get("kind") != Kind.PERSON else None


def _made(asked: Applicant) -> Props:
    code = asked.code.value if asked.code else ""
    kind, form = kind_form_from_uscc(code) if code else (kind_from_name(asked.name), "")
    if not form and kind is Kind.ENTERPRISE:
        form = form_from_name(asked.name)
    return {
        "id": f"sheet:{asked.row}",
        "kind": str(kind),
        "form": form or None,
        "name": asked.name,
        "uscc": code or None,
    }


def _claim(store: Store, ends: _Ends, roles: Sequence[SheetRole], facts: SheetFacts, as_of: str) -> None:
    known = _held(store, _pairs(ends, roles))
    seen: set[tuple[int, str, str, str]] = set()
    for role in roles:
        match, place = ends.holder(role), ends.place(role)
        holders = [match.subject] if match.subject else list(match.candidates)
        held = [known.get((str(h["id"]), str(place["id"])), (place, ())) for h in holders]
        in_role = [props for _, rows in held for props in _in_role(rows, role.type, as_of)]
        if match.subject is None or match.level not in (Level.EXACT, Level.USCC):
            # A name counts as checked only where the graph has one who bears it in that very role there. A full
            # number that is nobody's is checked.
            if not in_role and not (match.level is Level.NONE and _numbered(ends.asked(role))):
                facts.warnings[role.row].append(_unchecked(role.type, ends.asked(role)))
            continue
        claim = Claim(role, match.subject, held[0][0], match.certain, next(iter(in_role), None))
        if (role.row, *claim.key) not in seen and match.subject["id"] != place["id"]:
            seen.add((role.row, *claim.key))
            facts.claims.append(claim)


def _numbered(holder: Applicant) -> bool:
    return bool(holder.full_number or holder.code)


def _unchecked(kind: str, holder: Applicant) -> str:
    if _numbered(holder):
        why = "证件号与图中同名主体对不上，未能核查"
    elif holder.sort != "person":
        why = "无统一社会信用代码，未能核查"
    else:
        why = "无完整证件号，未能核查"
    return f"role_unchecked: {RELATIONS[kind].label} {holder.name} {why}"


def _pairs(ends: _Ends, roles: Iterable[SheetRole]) -> list[dict[str, str]]:
    pairs = set()
    for role in roles:
        match, place = ends.holder(role), ends.place(role)
        if not str(place["id"]).startswith("sheet:"):
            for one in (match.subject, *match.candidates):
                if one:
                    pairs.add((str(one["id"]), str(place["id"])))
    return [{"holder": holder, "place": place} for holder, place in sorted(pairs)]


Held = tuple[Props, Sequence[Sequence[Any]]]


def _held(store: Store, pairs: Sequence[dict[str, str]]) -> dict[tuple[str, str], Held]:
    """By holder and organisation: the latter with all rules ask of it, and the relations the graph holds."""
    found: dict[tuple[str, str], Held] = {}
    statement = text("queries", "sheet_relations", TYPES=ROLES)
    for start in range(0, len(pairs), BATCH):
        for row in store.read(statement, pairs=list(pairs[start : start + BATCH])):
            found[row["holder"], row["place"]] = (row["other"], row["held"])
    return found


def _in_role(held: Iterable[Sequence[Any]], kind: str, as_of: str) -> list[Props]:
    """The relations of that type that hold on the day, those begun first before others."""
    found = [props for type, props in held if type == kind and active(props, as_of)]
    return sorted(found, key=lambda props: (props.get("since") or "", props.get("record") or ""))


def active(props: Props, as_of: str) -> bool:
    """Whether a relation holds on the day."""
    since, until = props.get("since") or "", props.get("until") or ""
    return since <= as_of and (not until or until > as_of)
