"""「可能为同一主体」: links between subjects that look the same and are not joined.

A link needs mask-consistent personal numbers, or an equal name and a second equal fact: the same organisation,
address, phone, e-mail or birth date. It conducts nothing unless the asker wants it to. A name borne by more than
`name_cap` nodes gets none, and that is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from graph.cypher import text
from graph.masked import agree, is_masked, possible_numbers
from graph.names import name_key
from graph.store import Tx
from graph.vocabulary import CONTACT_KINDS, Kind
from loaders.decisions import refused_pairs
from loaders.lookup import batches
from loaders.plan import Plan

ORIGIN = "xinmai:identity"
RECORD = "身份核对"
NAME_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Bearer:
    """One bearer of a name, with the facts that could agree with another's."""

    id: str
    kind: str
    number: str
    organisations: frozenset[str]
    contacts: frozenset[str]

    @property
    def birth(self) -> str:
        """YYYYMMDD of a full resident number, else ""."""
        full = len(self.number) == 18 and not is_masked(self.number)
        return self.number[6:14] if full else ""


def link(tx: Tx, plans: list[Plan], name_cap: int) -> list[str]:
    """Link what this load brought to what looks like it; returns warnings for names left out."""
    fresh = _candidates(plans)
    return between(tx, sorted({name_key(n) for n in fresh.values()}), fresh.keys(), name_cap)


def between(
    tx: Tx, names: Sequence[str], fresh: Collection[str], name_cap: int, crowded: Iterable[str] = ()
) -> list[str]:
    """Link bearers of these names (as they are compared) where one of the two is `fresh`; returns warnings.

    `crowded`: names with too many bearers that were not even asked for.
    """
    too_many = list(crowded)
    refused = refused_pairs(tx) if names else set()
    rows: list[dict[str, Any]] = []
    for name, bearers in _bearers(tx, names):
        if len(bearers) > name_cap:
            too_many.append(name)
            continue
        for a, b in combinations(sorted(bearers, key=lambda x: x.id), 2):
            why = "" if frozenset((a.id, b.id)) in refused else _reason(a, b)
            if why and (a.id in fresh or b.id in fresh):
                props = {"title": why, "record": RECORD, "origin": ORIGIN}
                rows.append({"a": a.id, "b": b.id, "props": props})
    for batch in batches(rows):
        tx.run(text("loaders.cypher", "merge_maybe_same"), rows=batch)
    return [f"姓名“{n}”由超过 {name_cap} 个主体使用，未建立可能同一的关联" for n in too_many[:5]] + (
        [f"共 {len(too_many)} 个姓名因使用者过多未建立可能同一的关联"] if len(too_many) > 5 else []
    )


def _candidates(plans: list[Plan]) -> dict[str, str]:
    """New or changed subjects that something beyond a name is known of: id -> name."""
    found: dict[str, str] = {}
    for made in plans:
        reached = {edge.a for edge in made.links.added if edge.type == "CONTACT"}
        for node, props in {**made.new_subjects, **made.set_subjects}.items():
            by_name_only = node.startswith(f"{props['name']}@") or props.get("named_only")
            if node in reached or props.get("id_number") or (props["kind"] == Kind.PERSON and not by_name_only):
                found[node] = props["name"]
    return found


def _bearers(tx: Tx, names: Sequence[str]) -> Iterator[tuple[str, list[Bearer]]]:
    for batch in batches(names, NAME_BATCH):
        groups: dict[str, list[Bearer]] = defaultdict(list)
        for row in tx.run(text("loaders.cypher", "bearers"), keys=batch):
            groups[row["key"]].append(
                Bearer(
                    row["id"],
                    row["kind"],
                    row["number"] or "",
                    frozenset(row["organisations"]),
                    frozenset(row["contacts"]),
                )
            )
        yield from ((name, held) for name, held in groups.items() if len(held) > 1)


def _reason(a: Bearer, b: Bearer) -> str:
    """Why these two of one name may be the same, in words; "" when nothing but the name agrees."""
    if (a.kind == Kind.PERSON) != (b.kind == Kind.PERSON):
        return ""
    numbers = bool(a.number and b.number)
    if numbers and not agree(a.number, b.number):
        return ""  # two numbers that cannot be one: different people, whatever else agrees
    facts: list[str] = []
    if numbers and (is_masked(a.number) or is_masked(b.number)):
        hidden = a.number if is_masked(a.number) else b.number
        facts.append(f"证件号掩码一致（可能号码约 {possible_numbers(hidden)} 个）")
    if a.organisations & b.organisations:
        facts.append(f"同一单位 {min(a.organisations & b.organisations)}")
    kinds = {contact.split("|", 1)[0] for contact in a.contacts & b.contacts}
    facts.extend(f"同一{CONTACT_KINDS[kind]}" for kind in sorted(kinds))
    if a.birth and a.birth == b.birth:
        facts.append("出生日期相同")
    return "；".join(["名称相同", *facts]) if facts else ""
