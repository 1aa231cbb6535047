"""Browse a list: the entries in force on a day, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Required, TypedDict, Unpack

from graph.cypher import text
from graph.errors import InputError
from graph.store import Store
from graph.vocabulary import list_types
from queries.model import Json, Listing, Subject
from queries.question import Question, day

SHOWN = 100


class Browsed(TypedDict, total=False):
    """The keywords of `listings`.

    `as_of`: the day. `list`: code of one list (default: all). `region`: code or name the subject's region begins
    with. `since`: listed on this day or later. `replay`: for a past day, also what has ended by today.
    `skip`, `most`: which part is shown (default the first 100).
    """

    as_of: Required[str]
    list: str | None
    region: str | None
    since: str | None
    replay: bool
    skip: int
    most: int


@dataclass(frozen=True, slots=True)
class Entries:
    """What `listings` answers; `more`: whether entries follow the ones shown."""

    as_of: str
    shown: tuple[tuple[Listing, Subject], ...]
    more: bool

    def to_json(self) -> Json:
        """`listings --json`: LISTING objects, each with its subject."""
        rows = [{**listing.to_json(), "subject": subject.to_json()} for listing, subject in self.shown]
        return {"as_of": self.as_of, "listings": rows, "more": self.more}


def listings(store: Store, **asked: Unpack[Browsed]) -> Entries:
    """Entries in force. Raises InputError for an unknown list or a day that does not exist."""
    question = Question.of({"as_of": asked["as_of"], "replay": asked.get("replay", False)})
    code, since, most = asked.get("list"), asked.get("since"), asked.get("most", SHOWN)
    if code is not None and code not in list_types():
        raise InputError("未知的名单代码", value=code, remedy=f"可用：{'、'.join(list_types())}")
    rows = store.read(
        text("queries", "listings"),
        list=code,
        region=asked.get("region"),
        since=day(since) if since else None,
        skip=asked.get("skip", 0),
        most=most + 1,
        **question.listed_days,
    )
    told = [(question.listing(row["entry"]), Subject.read(row["subject"])) for row in rows[:most]]
    return Entries(question.as_of, tuple(told), more=len(rows) > most)
