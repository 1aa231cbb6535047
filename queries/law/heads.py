"""Who heads a bidder, and what keeps it from being sure: numbers that cannot be, and two who are on record at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from graph.identifiers import personal_id
from graph.names import name_key
from queries.law.bids import Role
from queries.words import record_words

LEGAL_REP = "LEGAL_REP"
_PARTS = re.compile(r"[、，,；;/／|和及兼]+")


def is_head(role: Role, not_titles: Collection[str]) -> bool:
    """Whether a role is that of a head. A legal representative is; of others each post of the title has one of the
    words that rule it out (财务负责人 runs the books, not the firm).
    """
    posts = [part for part in _PARTS.split(str(role.props.get("title") or "")) if part.strip()]
    if role.type == LEGAL_REP or not posts or not not_titles:
        return True
    return not all(any(word in post for word in not_titles) for post in posts)


def doubts(pair: tuple[Role, Role]) -> Iterator[str]:
    """What speaks against two roles of one number being one person's."""
    one, other = pair
    if _name(one) != _name(other):
        yield "证件号码一致而姓名不同，身份待核实"
    if not _checked(one):
        yield "证件号码校验位不符，不能据以认定为同一人"


def differ(one: Role, other: Role) -> bool:
    """Whether two roles are of two people, as far as numbers and names tell."""
    if one.person["id"] == other.person["id"] or not (_name(one) and _name(other)):
        return False
    return one.number != other.number if one.number and other.number else _name(one) != _name(other)


def disagree(bidder: str, heads: Sequence[Role]) -> str:
    """What to say of a bidder with several heads on record at once."""
    said = ((r.person.get("name"), record_words(r.props.get("record")) or "来源不明") for r in heads)
    told = dict.fromkeys(f"{name}（{where}）" for name, where in said)
    return f"{bidder} 登记的负责人不一致，须核实：{'、'.join(told)}"


def _checked(role: Role) -> bool:
    return personal_id(str(role.person.get("id_number") or ""), str(role.person.get("id_type") or "")).valid


def _name(role: Role) -> str:
    return name_key(str(role.person.get("name") or ""))
