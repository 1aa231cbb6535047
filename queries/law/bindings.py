"""What may carry a rule: the paths between listed subjects and others, found in the graph, not yet judged.

One statement a shape, asked for hundreds of subjects at once, whatever the number of rules. No date, ground or
form is looked at here (`law/judge.py`), so that what did not fire can be explained from the same rows. Where there is
a current snapshot it is asked the same (`law/snapshot_rows.py`) instead of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.cypher import text
from graph.store import Store
from queries.engine import snapshot_for
from queries.law.pack import Pack, Step

BATCH = 500  # subjects a statement asks for
MOST = 200_000  # rows one statement may give; more, and the answer says that it was cut
Props = Mapping[str, Any]
# What tells relations of one type between the same two apart.
_TEXTS = ("since", "until", "record", "title", "seen_on", "role", "kind", "doc_no")
_SHARES = ("ratio", "ratio_min", "ratio_max", "votes", "income")
# The rows of a statement, by its name: of subjects, on lists, so many at most, over the types of its blanks.
Ask = Callable[[str, Sequence[str], Sequence[str], int, Mapping[str, Sequence[str]]], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Link:
    """One relation of a way with its properties. `proposed`: a sheet names it, the graph does not hold it."""

    type: str
    props: Props
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Binding:
    """One path that may carry a rule.

    `listing` on `listed`; `holder`: who is joined to it (the listed subject itself where there is no role);
    `said`: how the entry names the holder; `role`: holder -> listed; `post`: holder -> `other`; `exempt`: what the
    holder was exempted from. `founders`: how many founders of `other` are on record. `sibling`: both firms are
    co-debtors.
    """

    listing: Props
    listed: Props
    holder: Props
    said: Props | None = None
    role: Link | None = None
    post: Link | None = None
    other: Props | None = None
    exempt: tuple[Props, ...] = ()
    founders: int = 0
    sibling: bool = False

    @property
    def himself(self) -> bool:
        """Whether the holder is the listed subject itself."""
        return self.role is None and self.holder["id"] == self.listed["id"]

    def with_post(self, post: Link, other: Props) -> Binding:
        """The same, with a post the graph does not hold."""
        return replace(self, post=post, other=other)


@dataclass(frozen=True, slots=True)
class Types:
    """Relation types worth looking for: a role alone, a post alone, both at once (`role_first`, `post_after`), a
    holder in common; and the lists. `held_first`, `held_after`: a role and the post without which it binds nobody, for
    the holder asked. `own`: lists looked at only on the asked subjects themselves.
    """

    roles: tuple[str, ...]
    posts: tuple[str, ...]
    role_first: tuple[str, ...]
    post_after: tuple[str, ...]
    common: tuple[str, ...]
    lists: tuple[str, ...]
    own: tuple[str, ...] = ()
    held_first: tuple[str, ...] = ()
    held_after: tuple[str, ...] = ()

    @classmethod
    def of(cls, pack: Pack, lists: Iterable[str], own: Iterable[str] = ()) -> Types:
        """What the rules of this pack, and the alerts beside them, can use on these lists."""
        beside = {*pack.former_roles, *(t for types in pack.ask_named.values() for t in types)}
        ways = [way for rule in pack.rules.values() for way in rule.ways]
        alone, both = [w for w in ways if w.shape in _FOUND], [w for w in ways if w.shape == "role_post"]
        held = [w for w in both if w.post_required and w.binds == "holder"]
        return cls(
            roles=_types((w.role for w in alone), beside),
            posts=_types(w.post for w in alone),
            role_first=_types(w.role for w in both),
            post_after=_types(w.post for w in both),
            common=_types(w.role for w in ways if w.shape == "sibling"),
            lists=tuple(lists),
            own=tuple(own),
            held_first=_types(w.role for w in held),
            held_after=_types(w.post for w in held),
        )


_FOUND = ("role", "post", "role_post")


def _types(steps: Iterable[Step | None], more: Iterable[str] = ()) -> tuple[str, ...]:
    return tuple(sorted({t for step in steps if step for t in step.types} | set(more)))


class Search:
    """Looks for bindings, in one order whoever answers. `cut`: whether a statement gave as many rows as it may."""

    def __init__(self, store: Store, types: Types, most: int = MOST) -> None:
        self.types, self.most, self.cut = types, most, False
        self._ask = _asking(store)

    def themselves(self, ids: Sequence[str]) -> dict[str, list[Binding]]:
        """Entries that list or name these subjects."""
        return _by_id(self._read("self", ids))

    def around(self, ids: Sequence[str]) -> dict[str, list[Binding]]:
        """All bindings in which one of these subjects is bound, or has the post in question filled."""
        t = self.types
        rows = [
            *self._read("self", ids),
            *self._read("role_of_holder", ids, ROLES=t.roles),
            *self._read("post_of_listed", ids, POSTS=t.posts),
            *self._read("post_in_other", ids, POSTS=t.posts),
            *self._read("role_and_post_of_holder", ids, ROLES=t.held_first, POSTS=t.held_after),
            *self._read("role_and_post", ids, ROLES=t.role_first, POSTS=t.post_after),
            *self._siblings("sibling", ids),
        ]
        return _by_id(rows)

    def onward(self, ids: Sequence[str]) -> dict[str, list[Binding]]:
        """All bindings that start from the entries on these subjects."""
        t = self.types
        rows = [
            *self._read("self", ids),
            *self._read("named_in_listed", ids),
            *self._read("role_in_listed", ids, ROLES=t.roles),
            *self._read("post_of_listed", ids, POSTS=t.posts),
            *self._read("role_and_post_of_listed", ids, ROLES=t.role_first, POSTS=t.post_after),
            *self._read("named_and_post_of_listed", ids, POSTS=t.post_after),
            *self._siblings("sibling_of_listed", ids),
        ]
        return _by_id(rows)

    def _siblings(self, name: str, ids: Sequence[str]) -> Iterator[tuple[str, Binding]]:
        if self.types.common:
            for id, found in self._read(name, ids, ROLES=self.types.common, POSTS=self.types.common):
                yield id, replace(found, sibling=True)

    def _read(self, name: str, ids: Sequence[str], **blanks: Sequence[str]) -> Iterator[tuple[str, Binding]]:
        if not all(blanks.values()):
            return
        lists = [*self.types.lists, *(self.types.own if name == "self" else ())]
        for start in range(0, len(ids), BATCH):
            rows = self._ask(name, ids[start : start + BATCH], lists, self.most, blanks)
            self.cut = self.cut or len(rows) >= self.most
            # What judges them keeps the first of equals.
            yield from sorted(((row["id"], _binding(row)) for row in rows), key=lambda found: _order(found[1]))


def _asking(store: Store) -> Ask:
    """Who answers: the snapshot of the graph as it is now, else the store."""
    snapshot = snapshot_for(store)
    if snapshot is None:
        return lambda name, ids, lists, most, blanks: store.read(
            text("queries.law", name, **blanks), ids=list(ids), lists=list(lists), most=most
        )
    from queries.law.snapshot_rows import SnapshotRows  # noqa: PLC0415  # numpy, which plain commands do without

    return SnapshotRows(snapshot).read


def _binding(row: Mapping[str, Any]) -> Binding:
    named = row.get("named") or ([row["said"]] if row.get("link") == "NAMED_IN" else [])
    role, post = row.get("role_type"), row.get("post_type")
    return Binding(
        listing=row["listing"],
        listed=row["listed"],
        holder=row["holder"],
        said=min(named, key=_props_order) if named else None,
        role=Link(role, row["role"]) if role else None,
        post=Link(post, row["post"]) if post else None,
        other=row.get("other"),
        exempt=tuple(sorted(row["exempt"], key=_props_order)),
        founders=len(row.get("founders") or ()),
    )


def _order(binding: Binding) -> tuple[Any, ...]:
    """Order of the bindings of one shape."""
    ends = (binding.listing, binding.listed, binding.holder, binding.other)
    links = (
        (link.type if link else "", _props_order(link.props if link else {})) for link in (binding.role, binding.post)
    )
    return (*(str(end["id"]) if end else "" for end in ends), *links, _props_order(binding.said or {}))


def _props_order(props: Props) -> tuple[Any, ...]:
    shares = (props.get(name) for name in _SHARES)
    return (
        *(str(props.get(name) or "") for name in _TEXTS),
        *(-1.0 if share is None else float(share) for share in shares),
    )


def _by_id(rows: Iterable[tuple[str, Binding]]) -> dict[str, list[Binding]]:
    found: dict[str, list[Binding]] = {}
    for id, binding in rows:
        found.setdefault(id, []).append(binding)
    return found
