"""The same people anew: who held a post or a large share in a listed organisation and now runs a newer one.

An alert for a person to look at, never more: no law follows from it (关联提示，不构成失信惩戒依据). It takes all of
this: an entry on a negative list or an adverse state, in force; a post, founding or large share in the listed
organisation on the day of the entry or later; a post at the head, the founding or a large share of the other on the
day asked about; and that the other was established (where that is not known: the role in it begun) after the entry.
An older organisation is none. Where the days are not known that is said apart, and is no signal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from graph.cypher import text
from graph.store import Store
from graph.vocabulary import Kind, list_types
from queries.finding import ALERT_SENTENCE
from queries.groups.reading import Reading
from queries.hops import OutOfTimeError
from queries.links import via
from queries.model import Edge, Json, Listing, Path, Subject, in_force
from queries.subjects import subjects
from queries.words import listed_words

HEADS = ("LEGAL_REP", "PRINCIPAL", "ACTUAL_CONTROLLER", "GENERAL_PARTNER", "FOUNDER", "SHAREHOLDER")
ROLES = (*HEADS, "DIRECTOR", "EXECUTIVE")
LARGE = 0.25  # a share from this up is large: a house setting, as the weights of the policy are
FAMILIES = frozenset({"negative", "status"})
ROWS_AT_MOST = 5_000
SIGNALS_AT_MOST = 200

STATEMENTS = {"before": "phoenix_before", "after": "phoenix_after"}

Way = Literal["before", "after"]  # the asked subject is the newer one, or the listed one
Begun = Literal["established", "role", "unknown"]


@dataclass(frozen=True, slots=True)
class Signal:
    """One person who joins a listed organisation and a newer one. `way`: whether `other` is the listed one ("before")
    or the newer one ("after"). `begun`: what tells that it is newer, `on` which day. `path`: from the asked subject
    over the person to the other; `also`: the person's further roles. `contacts`: what both gave ({kind, value}),
    masked.
    """

    way: Way
    person: Subject
    listings: tuple[Listing, ...]
    begun: Begun
    on: str | None
    path: Path
    also: tuple[Edge, ...]
    contacts: tuple[Json, ...] = ()

    @property
    def other(self) -> Subject:
        """The listed organisation, or the newer one."""
        return self.path.nodes[-1]

    @property
    def text(self) -> str:
        """The facts in Chinese, and that nothing follows from them."""
        asked, other = self.path.nodes[0], self.path.nodes[-1]
        listed, newer = (other, asked) if self.way == "before" else (asked, other)
        facts = listed_words(self.path.to_json(), listed.name or listed.id, self.listings[0].to_json())
        begun = {
            "established": f"{newer.name} 于 {self.on} 成立，晚于列入日期",
            "role": f"{newer.name} 成立日期不明，任职或持股自 {self.on} 起，晚于列入日期",
            "unknown": "先后日期不明，不能判断",
        }[self.begun]
        both = f"；两者使用相同联系方式 {len(self.contacts)} 项" if self.contacts else ""
        return f"{facts}；{begun}{both}。{ALERT_SENTENCE}。"

    def to_json(self) -> Json:
        """One signal; its class is always ALERT."""
        return {
            "class": "ALERT",
            "other": self.other.to_json(),
            "person": self.person.to_json(),
            "listings": [listing.to_json() for listing in self.listings],
            "begun": {"by": self.begun, "on": self.on},
            "path": self.path.to_json(),
            "also": [edge.to_json() for edge in self.also],
            "contacts": list(self.contacts),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Phoenix:
    """Signals on a subject: listed organisations before it, newer ones after it; `undated`: those of either way whose
    days are not known, which are no signals. `applies`: false for a person, of whom none of this is asked.
    """

    applies: bool
    before: tuple[Signal, ...]
    after: tuple[Signal, ...]
    undated: tuple[Signal, ...]
    complete: bool

    def to_json(self) -> Json:
        """The section `phoenix` of `groups --json`."""
        return {
            "class": "ALERT",
            "notice": ALERT_SENTENCE,
            "applies": self.applies,
            "predecessors": [signal.to_json() for signal in self.before],
            "successors": [signal.to_json() for signal in self.after],
            "date_unknown": [signal.to_json() for signal in self.undated],
            "complete": self.complete,
        }


@dataclass(slots=True)
class _Found:
    """What joins one person, one other organisation: roles and entries by id, on which the days are known or not."""

    new: dict[tuple[str, ...], Edge] = field(default_factory=dict)
    old: dict[tuple[str, ...], Edge] = field(default_factory=dict)
    entries: dict[str, Json] = field(default_factory=dict)
    on: str | None = None


def phoenix(store: Store, reading: Reading, subject: str) -> Phoenix:
    """The signals on an organisation, by its id: both as the newer and as the listed one."""
    about = subjects(store, [subject]).get(subject)
    if about is not None and about.kind == Kind.PERSON:
        return Phoenix(False, (), (), (), complete=True)
    signals: dict[Way, list[Signal]] = {"before": [], "after": []}
    complete = True
    try:
        for way in signals:
            signals[way], whole = _signals(store, reading, subject, way)
            complete = complete and whole
        signals = {way: _with_contacts(reading, subject, some) for way, some in signals.items()}
    except OutOfTimeError:
        complete = False
    dated = {way: tuple(s for s in some if s.begun != "unknown") for way, some in signals.items()}
    return Phoenix(
        applies=True,
        before=dated["before"],
        after=dated["after"],
        undated=tuple(s for some in signals.values() for s in some if s.begun == "unknown"),
        complete=complete,
    )


def _signals(store: Store, reading: Reading, subject: str, way: Way) -> tuple[list[Signal], bool]:
    lists = [code for code, known in list_types().items() if known.family in FAMILIES]
    rows = reading.rows(
        STATEMENTS[way],
        types={"HEADS": HEADS, "ROLES": ROLES},
        id=subject,
        lists=lists,
        most=ROWS_AT_MOST + 1,
    )
    found = _grouped(rows[:ROWS_AT_MOST], reading.as_of, subject, way)
    kept = sorted(found, key=lambda key: (key[2] == "unknown", key))[:SIGNALS_AT_MOST]
    named = subjects(store, {subject, *(i for key in kept for i in key[:2])})
    told = [_told((subject, *key), found[key], (way, reading.as_of), named) for key in kept]
    return told, len(rows) <= ROWS_AT_MOST and len(found) <= SIGNALS_AT_MOST


def _grouped(rows: Iterable[Json], as_of: str, asked: str, way: Way) -> dict[tuple[str, str, Begun], _Found]:
    """By other organisation, person and what tells that it is newer: the roles and entries that make a signal. Where
    some rows are dated, those that are not add nothing.
    """
    found: dict[tuple[str, str, Begun], _Found] = defaultdict(_Found)
    for row in rows:
        begun, on = _begun(row, as_of)
        if begun is None:
            continue
        one = found[row["other"], row["person"], begun]
        new_at, old_at = (asked, row["other"]) if way == "before" else (row["other"], asked)
        new = Edge.read(row["new_type"], (row["person"], new_at), row["new_role"])
        old = Edge.read(row["old_type"], (row["person"], old_at), row["old_role"])
        one.new[_key(new)], one.old[_key(old)] = new, old
        one.entries[row["entry"]["id"]] = row["entry"]
        one.on = min(filter(None, (one.on, on)), default=None)
    better: dict[Begun, tuple[Begun, ...]] = {"established": (), "role": (), "unknown": ("established", "role")}
    return {key: one for key, one in found.items() if not any((*key[:2], b) in found for b in better[key[2]])}


def _begun(row: Json, as_of: str) -> tuple[Begun | None, str | None]:
    """What tells that the newer organisation is newer than the entry, and its day; None where it is no signal."""
    entry, new, old = row["entry"], row["new_role"], row["old_role"]
    listed_on, over = entry.get("listed_on"), max(as_of, date.today().isoformat())
    if not in_force(entry, as_of, over) or not (_large(row["new_type"], new) and _large(row["old_type"], old)):
        return None, None
    if old.get("until") and (old["until"] <= listed_on if listed_on else old["until"] <= as_of):
        return None, None
    if (row["established"] or "") > as_of:
        return None, None
    on = row["established"] or new.get("since")
    if not listed_on or not on:
        return "unknown", None
    by: Begun = "established" if row["established"] else "role"
    return (by, on) if on > listed_on else (None, None)


def _large(kind: str, role: Mapping[str, object]) -> bool:
    """Whether a role weighs: of a share only one that is known to be large."""
    ratio = role.get("ratio")
    return kind != "SHAREHOLDER" or (isinstance(ratio, int | float) and ratio >= LARGE)


def _told(
    ids: tuple[str, str, str, Begun], found: _Found, asked: tuple[Way, str], named: Mapping[str, Subject]
) -> Signal:
    subject, other, person, begun = ids
    way, as_of = asked
    near, far = (found.new, found.old) if way == "before" else (found.old, found.new)
    ends = [[edges[key] for key in sorted(edges)] for edges in (near, far)]
    today = date.today().isoformat()
    entries = sorted(found.entries.values(), key=lambda e: (e.get("listed_on") or "", e["id"]))
    return Signal(
        way=way,
        person=named[person],
        listings=tuple(Listing.read(entry, as_of, today) for entry in entries),
        begun=begun,
        on=found.on,
        path=Path((named[subject], named[person], named[other]), (ends[0][0], ends[1][0])),
        also=(*ends[0][1:], *ends[1][1:]),
    )


def _key(edge: Edge) -> tuple[str, ...]:
    """Order of roles: those of the vocabulary's first types first."""
    return (f"{ROLES.index(edge.type):02}", edge.source, edge.target, edge.since or "", edge.record or "")


def _with_contacts(reading: Reading, subject: str, signals: Sequence[Signal]) -> list[Signal]:
    """The signals with the contacts both organisations gave; one that too many gave says nothing."""
    pairs = [[number, subject, signal.other.id] for number, signal in enumerate(signals)]
    rows = reading.rows("phoenix_contacts", pairs=pairs) if pairs else []
    days = {"first": reading.as_of, "last": reading.as_of, "cap": reading.cap, "through": False}
    wanted = sorted({row["contact"] for row in rows})
    busy = reading.run(text("queries", "paths_bearers"), contacts=wanted, **days) if wanted else []
    too_many = {row["contact"] for row in busy if row["degree"] > reading.cap}
    both: dict[int, list[Json]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["number"], row["contact"])):
        if row["contact"] not in too_many:
            both[row["number"]].append(via(row))
    return [replace(signal, contacts=tuple(both[number])) for number, signal in enumerate(signals)]
