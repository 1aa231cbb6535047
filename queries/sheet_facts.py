"""Roles given in a sheet as relations of the graph, for one answer only and never stored.

A person is who he is by his full number. Of one known by name alone nothing is concluded: either the graph holds
him in that organisation already, or the row says that he could not be checked. The sheet gives no dates: such a
relation holds on the day asked for, its beginning is unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.cypher import text
from graph.identifiers import kind_form_from_uscc
from graph.names import form_from_name, kind_from_name
from graph.store import Store
from graph.vocabulary import RELATIONS, Kind
from queries.applicants import Applicant
from queries.directory import ROLES
from queries.law.bindings import Binding, Link
from queries.match import Level, Match, match_all
from queries.sheet_roles import SheetRole, roles_of

BATCH = 1_000
Props = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation a sheet names and the graph does not hold. `sure`: number and name of the holder agree."""

    role: SheetRole
    holder: Props
    place: Props
    sure: bool

    def link(self, as_of: str) -> Link:
        """The relation as rules see it."""
        props = {"title": self.role.title or None, "seen_on": as_of, "record": self.role.record}
        return Link(self.role.type, props, proposed=True)


@dataclass(slots=True)
class SheetFacts:
    """What a sheet says of roles. `claims`: new relations; `places`: by row, the organisation it is about where the
    graph does not hold it; `warnings`: by row, what could not be checked.
    """

    claims: list[Claim] = field(default_factory=list)
    places: dict[int, Props] = field(default_factory=dict)
    warnings: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def ids(self) -> set[str]:
        """Subjects of the graph whose surroundings are needed."""
        return {str(end["id"]) for c in self.claims for end in (c.holder, c.place)}


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
    seen: set[tuple[str, str, str]] = set()
    for role in roles:
        match, place = ends.holder(role), ends.place(role)
        holders = [match.subject] if match.subject else list(match.candidates)
        held = [known.get((str(h["id"]), str(place["id"])), (place, ())) for h in holders]
        if any(_in_role(rows, role.type, as_of) for _, rows in held):
            continue
        if match.level not in (Level.EXACT, Level.USCC):
            if role.holder is not None and _open(match, role.holder):
                facts.warnings[role.row].append(_unchecked(role.type, role.holder))
            continue
        assert match.subject is not None  # settled by number
        key = (str(match.subject["id"]), role.type, str(place["id"]))
        if key not in seen and match.subject["id"] != place["id"]:
            seen.add(key)
            facts.claims.append(Claim(role, match.subject, held[0][0], match.certain))


def _open(match: Match, holder: Applicant) -> bool:
    """Whether it stays open who is meant: not where the graph has one of that name there, nor where his full number
    is nobody's.
    """
    return match.level is not Level.NAME_ORG and not (match.level is Level.NONE and _numbered(holder))


def _numbered(holder: Applicant) -> bool:
    return bool(holder.full_number or holder.code)


def _unchecked(kind: str, holder: Applicant) -> str:
    if _numbered(holder):
        why = "证件号与图中同名主体对不上，未能核查"
    elif holder.sort == "organisation":
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


def _in_role(held: Iterable[Sequence[Any]], kind: str, as_of: str) -> bool:
    return any(t == kind and (since or "") <= as_of and (not until or until > as_of) for t, since, until in held)


def compose(facts: SheetFacts, found: Mapping[str, Sequence[Binding]], as_of: str) -> Iterator[tuple[Claim, Binding]]:
    """The paths the sheet's relations make with what the graph holds (`found`, by subject).

    A holder's own entries, and those of organisations he runs, reach to the post the sheet gives him; entries on the
    organisation reach him.
    """
    for claim in facts.claims:
        link, holder, place = claim.link(as_of), str(claim.holder["id"]), str(claim.place["id"])
        own = [b for b in found.get(holder, ()) if b.holder["id"] == holder and b.post is None and not b.sibling]
        for binding in own:
            if binding.listed["id"] != place:
                yield claim, binding.with_post(link, claim.place)
        named = {b.listing["id"]: b for b in own if b.role is None}
        for binding in found.get(place, ()):
            if binding.himself and binding.said is None and binding.post is None:
                with_him = named.get(binding.listing["id"])
                yield claim, _role(binding, claim, link, with_him)


def _role(binding: Binding, claim: Claim, link: Link, named: Binding | None) -> Binding:
    said, exempt = (named.said, named.exempt) if named else (None, ())
    return Binding(binding.listing, binding.listed, claim.holder, said=said, role=link, exempt=exempt)
