"""Every cell of `matrix.csv` as tiny graphs: an entry of the list on X, and somebody joined to X in that role.

A cell is tried with every ground its list knows; with a role still held, and with one given up before or after the
listing; with the person named in the entry and not named.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.vocabulary import list_types
from tests.queries import graphs
from tests.queries.graphs import Graph, Row

AS_OF = "2026-06-01"
LISTED_ON, HELD_SINCE, LEFT_ON, LATER = "2025-08-01", "2020-01-01", "2026-03-01", "2025-09-01"
LEFT_BEFORE = "2025-07-31"
# One relation for each column; the three offices of the last share one.
RELATION = {
    "LEGAL_REP": "LEGAL_REP",
    "PRINCIPAL": "PRINCIPAL",
    "DIRECT_RESPONSIBLE": "DIRECT_RESPONSIBLE",
    "ACTUAL_CONTROLLER": "ACTUAL_CONTROLLER",
    "SHAREHOLDER": "SHAREHOLDER",
    "DIRECTOR_SUPERVISOR_EXECUTIVE": "DIRECTOR",
}
_KINDS = {"SHZZ": "social_org", "SHZZ_DX": "social_org", "SYDW": "institution", "ZW": "government"}
# Grave enough for the older version of R16, which asked for a ground.
_OTHER_DAYS = {"YZWF": ("", "2024-03-01")}


@dataclass(frozen=True, slots=True)
class Trial:
    """One graph of one cell. `asked`: whose findings are looked at; `named`: the entry names him."""

    key: str
    graph: Graph
    asked: str
    named: bool = False
    upwards: bool = False

    @property
    def entry(self) -> str:
        """The id of its entry."""
        return f"{self.key}/L"


@cache
def cells() -> dict[tuple[str, str], str]:
    """The matrix: (list, role) → rule ids, S, A or none."""
    with Path(__file__).with_name("matrix.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["list"], row["role"]): row["cell"] for row in csv.DictReader(lines)}


@cache
def trials(code: str, role: str) -> tuple[Trial, ...]:
    """The graphs of one cell."""
    made: list[Trial] = []
    for ground in (None, *list_types()[code].grounds):
        for since in _OTHER_DAYS.get(code, ("",)):
            key = f"{code}/{role}/{ground or '-'}{since}"
            entry = {"ground": ground, "listed_on": since or LISTED_ON}
            made.extend(_trials(key, code, role, entry))
    return tuple(made)


def _trials(key: str, code: str, role: str, entry: Row) -> Iterator[Trial]:
    if role == "BRANCH":
        yield _branch(f"{key}/of_head", code, entry, listed="head")
        yield _branch(f"{key}/of_branch", code, entry, listed="branch")
    elif role == "OTHER_FIRMS_OF_ROLE_HOLDER":
        yield _other_firm(f"{key}/before", code, entry, HELD_SINCE)
        if "R23" in cells()[code, role]:
            yield _other_firm(f"{key}/after", code, entry, LATER)
    elif role == "KIN":
        yield _kin(key, code, entry)
    else:
        yield _holder(f"{key}/held", code, RELATION[role], entry)
        yield _holder(f"{key}/left", code, RELATION[role], entry, until=LEFT_ON)
        yield _holder(f"{key}/former", code, RELATION[role], {**entry, "listed_on": LISTED_ON}, until=LEFT_BEFORE)
        if cells()[code, role] == "S":
            yield _holder(f"{key}/named", code, RELATION[role], entry, named=True)
        if role == "DIRECT_RESPONSIBLE" and "R23" in cells()[code, role]:  # it binds the firm he founds later
            yield _other_firm(f"{key}/after", code, entry, LATER)
        if code == "XSCF":
            yield _owner(f"{key}/owner", code, RELATION[role], entry)


def _listed(key: str, code: str) -> Row:
    kind = _KINDS.get(code, "enterprise")
    return graphs.subject(f"{key}/X", kind, form="company" if kind == "enterprise" else None)


def _relation(source: str, kind: str, to: str, **more: str | None) -> Row:
    share = {"ratio": 0.6} if kind == "SHAREHOLDER" else {}
    return graphs.relation(source, kind, to, **{"since": HELD_SINCE, **share, **more})


def _holder(key: str, code: str, kind: str, entry: Row, *, until: str | None = None, named: bool = False) -> Trial:
    """A person with the role in the listed organisation; `named`: the entry names him as well."""
    person, listed = f"{key}/P", _listed(key, code)
    graph = Graph(
        subjects=[listed, graphs.subject(person, "person")],
        relations=[_relation(person, kind, listed["id"], until=until)],
        listings=[graphs.listing(f"{key}/L", listed["id"], code, **entry)],
        named=[graphs.named(person, f"{key}/L", kind)] if named else [],
    )
    return Trial(key, graph, person, named=named)


def _owner(key: str, code: str, kind: str, entry: Row) -> Trial:
    """The role-holder is the one listed, and the organisation below him (a securities firm) is asked."""
    person, below = f"{key}/P", graphs.subject(f"{key}/X", form="company", sector="证券")
    graph = Graph(
        subjects=[below, graphs.subject(person, "person")],
        relations=[_relation(person, kind, below["id"])],
        listings=[graphs.listing(f"{key}/L", person, code, **entry)],
    )
    return Trial(key, graph, str(below["id"]), upwards=True)


def _branch(key: str, code: str, entry: Row, listed: str) -> Trial:
    """A branch and its head, one of them listed and the other asked."""
    ids = {"head": f"{key}/H", "branch": f"{key}/B"}
    kind = _KINDS.get(code, "enterprise")
    form = "company" if kind == "enterprise" else None
    graph = Graph(
        subjects=[graphs.subject(ids["head"], kind, form=form), graphs.subject(ids["branch"], kind, form="branch")],
        relations=[_relation(ids["branch"], "BRANCH_OF", ids["head"])],
        listings=[graphs.listing(f"{key}/L", ids[listed], code, **entry)],
    )
    return Trial(key, graph, ids["branch" if listed == "head" else "head"])


def _other_firm(key: str, code: str, entry: Row, since: str) -> Trial:
    """Another company run by those who run the listed one, or are responsible for it; begun before or after."""
    listed, other = _listed(key, code), graphs.subject(f"{key}/O", form="company", sector="建材", state_owned=False)
    head, responsible = f"{key}/P", f"{key}/Q"
    graph = Graph(
        subjects=[listed, other, graphs.subject(head, "person"), graphs.subject(responsible, "person")],
        relations=[
            _relation(head, "LEGAL_REP", listed["id"]),
            _relation(head, "LEGAL_REP", other["id"]),
            _relation(responsible, "DIRECT_RESPONSIBLE", listed["id"]),
            _relation(responsible, "FOUNDER", other["id"], since=since),
        ],
        listings=[graphs.listing(f"{key}/L", listed["id"], code, **entry)],
    )
    return Trial(key, graph, str(other["id"]))


def _kin(key: str, code: str, entry: Row) -> Trial:
    """The daughter of the legal representative."""
    listed, head, daughter = _listed(key, code), f"{key}/P", f"{key}/K"
    graph = Graph(
        subjects=[listed, graphs.subject(head, "person"), graphs.subject(daughter, "person")],
        relations=[_relation(head, "LEGAL_REP", listed["id"]), graphs.relation(daughter, "KIN", head, kin="父母")],
        listings=[graphs.listing(f"{key}/L", listed["id"], code, **entry)],
    )
    return Trial(key, graph, daughter)
