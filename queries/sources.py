"""What is loaded, and which lists an answer could not look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graph.cypher import text
from graph.days import days_between
from graph.store import Store
from graph.vocabulary import list_types
from queries.model import Json
from queries.policy import Policy


@dataclass(frozen=True, slots=True)
class Loaded:
    """One source as it was last loaded. `lists`: codes of the lists it covers, also where it had no entry."""

    name: str
    title: str | None
    mode: str | None
    snapshot: str | None
    loaded_at: str | None
    files: tuple[str, ...]
    subjects: int
    relations: int
    listings: int
    lists: tuple[str, ...]

    def to_json(self) -> Json:
        """An entry of `sources --json`; `source` is its name."""
        fields: Json = {name: getattr(self, name) for name in self.__slots__ if name != "name"}
        return {"source": self.name, **fields, "files": list(self.files), "lists": list(self.lists)}

    @property
    def day(self) -> str | None:
        """The day its content is of: the snapshot's, else that of loading."""
        return self.snapshot or (self.loaded_at or "")[:10] or None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A list the answer did not look at: `not_loaded`, or `stale` with the day of the newest source."""

    list: str
    why: str
    as_of: str | None

    def to_json(self) -> Json:
        """An entry of the contract's `not_checked`."""
        return {"list": self.list, "why": self.why, "as_of": self.as_of}


def loaded(store: Store) -> list[Loaded]:
    """The sources in the graph, by name."""
    return [_read(row["props"]) for row in store.read(text("queries", "sources"))]


def not_checked(store: Store, lists: Iterable[str], as_of: str, max_age_days: int) -> list[NotChecked]:
    """Which of these lists no source covers, or none younger than `max_age_days` on `as_of`; in their order."""
    return unchecked(loaded(store), lists, as_of, max_age_days)


def unchecked(sources: Sequence[Loaded], lists: Iterable[str], as_of: str, max_age_days: int) -> list[NotChecked]:
    """`not_checked` for sources already read."""
    missing = []
    for code in lists:
        days = [source.day for source in sources if code in source.lists]
        newest = max((day for day in days if day), default=None)
        if not days:
            missing.append(NotChecked(code, "not_loaded", None))
        elif newest is None or days_between(newest, as_of) > max_age_days:
            missing.append(NotChecked(code, "stale", newest))
    return missing


def expected_lists(policy: Policy, needs: Iterable[str] = ()) -> list[str]:
    """The lists an answer about risk should have looked at: all with a severity, foreign ones only where the
    policy says so, and those in `needs`; in the order of the vocabulary.
    """
    known = list_types()
    foreign = {code for code, kind in known.items() if kind.family == "foreign"}
    wanted = {c for c, s in policy.severity.items() if s > 0 and (policy.foreign or c not in foreign)}
    return [code for code in known if code in wanted | set(needs)]


def _read(props: dict[str, Any]) -> Loaded:
    return Loaded(
        name=props["name"],
        title=props.get("title") or None,
        mode=props.get("mode") or None,
        snapshot=props.get("snapshot") or None,
        loaded_at=props.get("loaded_at") or None,
        files=tuple(props.get("files") or ()),
        subjects=int(props.get("subjects") or 0),
        relations=int(props.get("relations") or 0),
        listings=int(props.get("listings") or 0),
        lists=tuple(props.get("lists") or ()),
    )
