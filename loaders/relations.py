"""Rows of `relations` and `contacts` as edges between nodes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd

from graph.identifiers import normalise
from graph.names import name_key
from graph.vocabulary import RELATIONS, Kind
from loaders.checks import rejection
from loaders.edges import Edge
from loaders.facts import Rejection, rows
from loaders.identity import Bearer

NUMBERS = ("ratio", "ratio_min", "ratio_max", "votes", "income", "amount")
REPRESENTS = "LEGAL_REP"
N = TypeVar("N", bound=Hashable)
TEXTS = ("kin", "title", "since", "until", "seen_on", "record")


@dataclass(frozen=True, slots=True)
class Ends:
    """How a load finds the nodes its rows speak of."""

    find: Callable[[str], Bearer | None]
    origin: str


def relation_edges(relations: pd.DataFrame, ends: Ends, rejected: list[Rejection]) -> list[Edge]:
    """The relations as edges; rows that cannot be one are rejected with the reason."""
    made: list[tuple[Edge, dict[str, str]]] = []
    for row in rows(relations):
        a, b = ends.find(row["source"]), ends.find(row["target"])
        if a is None or b is None:
            missing = row["source"] if a is None else row["target"]
            rejected.append(rejection(pd.Series(row), f"主体不存在：{missing}"))
            continue
        kind, title = _stored_as(row["type"], row["title"], a, b)
        why = _misjoined(kind, a, b)
        if not why and a is b and not RELATIONS[kind].rated:  # a company may hold its own shares
            why = f"两端合并后为同一主体：{a.id}"
        if why:
            rejected.append(rejection(pd.Series(row), why))
        else:
            made.append((Edge(kind, a.id, b.id, _properties({**row, "title": title}, ends.origin)), row))
    circles = branch_cycles((edge.a, edge.b) for edge, _ in made if edge.type == "BRANCH_OF")
    for edge, row in made:
        if edge.type == "BRANCH_OF" and (edge.a, edge.b) in circles:
            rejected.append(rejection(pd.Series(row), f"分支机构关系成环：{edge.a} → {edge.b}，请核对隶属企业"))
    return [e for e, _ in made if e.type != "BRANCH_OF" or (e.a, e.b) not in circles]


def _properties(row: dict[str, str], origin: str) -> dict[str, Any]:
    props: dict[str, Any] = {name: row[name] for name in TEXTS if row[name]}
    props.update({name: float(row[name]) for name in NUMBERS if row[name]})
    props["origin"] = origin
    return props


def _stored_as(kind: str, title: str, a: Bearer, b: Bearer) -> tuple[str, str]:
    """The type a relation is stored as, and its title.

    A firm given as legal representative is the general partner of a partnership, else the principal.
    """
    if kind == REPRESENTS and a.kind != Kind.PERSON:
        return ("GENERAL_PARTNER" if b.form == "partnership" else "PRINCIPAL"), title or "法定代表人"
    return kind, title


def _misjoined(kind: str, a: Bearer, b: Bearer) -> str:
    """Why this relation cannot join these two, or ""."""
    wanted = RELATIONS[kind]
    for end, bearer, place in ((wanted.first, a, "起点"), (wanted.second, b, "终点")):
        is_person = bearer.kind == Kind.PERSON
        if (end == "person" and not is_person) or (end == "organisation" and is_person):
            return f"{kind} 的{place}不能是{'自然人' if is_person else '组织'}：{bearer.id}"
    return ""


def contact_edges(
    contacts: pd.DataFrame, ends: Ends, rejected: list[Rejection]
) -> tuple[list[Edge], dict[str, dict[str, Any]]]:
    """CONTACT edges and the contact nodes they lead to, by id."""
    made: list[Edge] = []
    nodes: dict[str, dict[str, Any]] = {}
    for row in rows(contacts):
        subject = ends.find(row["subject"])
        if subject is None:
            rejected.append(rejection(pd.Series(row), f"主体不存在：{row['subject']}"))
            continue
        kind, value = row["kind"], row["value"].strip()
        key = normalise(value) if kind == "phone" else name_key(value)
        node = f"{kind}|{key}"
        nodes[node] = {"id": node, "kind": kind, "value": value}
        props = {name: row[name] for name in ("since", "until", "record") if row[name]}
        made.append(Edge("CONTACT", subject.id, node, {**props, "origin": ends.origin}))
    return made, nodes


def branch_cycles(pairs: Iterable[tuple[N, N]]) -> set[tuple[N, N]]:
    """The (branch, head) pairs that stand in a circle: nobody is a branch of itself."""
    head: dict[N, set[N]] = {}
    for branch, of in pairs:
        head.setdefault(branch, set()).add(of)
    return {(a, b) for a, heads in head.items() for b in heads if _reaches(head, b, a)}


def _reaches(head: dict[N, set[N]], start: N, goal: N) -> bool:
    seen, todo = set[N](), [start]
    while todo:
        node = todo.pop()
        if node == goal:
            return True
        if node not in seen:
            seen.add(node)
            todo.extend(head.get(node, ()))
    return False
