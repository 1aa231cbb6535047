"""`groups`: who belongs together with a subject, kind by kind, each kind its own section with its own limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.errors import InputError
from graph.store import Store
from queries.groups.communities import community
from queries.groups.contacts import contact_clusters
from queries.groups.corporate import corporate
from queries.groups.guarantees import guarantee_groups
from queries.groups.phoenix import phoenix
from queries.groups.reading import Reading
from queries.model import Json, Subject
from queries.question import SECONDS
from queries.subjects import subjects
from queries.walked import Walked


class Section(Protocol):
    """What each kind answers."""

    @property
    def complete(self) -> bool:
        """Whether nothing was cut."""

    def to_json(self) -> Json:
        """The section as JSON."""


MAKERS: dict[str, Callable[[Store, Reading, str], Section]] = {
    "corporate": corporate,
    "guarantee": guarantee_groups,
    "contacts": contact_clusters,
    "phoenix": phoenix,
    "community": community,
}
KINDS = tuple(MAKERS)
WHOLE = "guarantee"  # the kind that can be asked of the whole graph


@dataclass(frozen=True, slots=True)
class GroupsAnswer:
    """What `groups` answers; without a subject, of the whole graph."""

    subject: Subject | None
    as_of: str
    sections: Mapping[str, Section]

    @property
    def complete(self) -> bool:
        """Whether no section was cut."""
        return all(section.complete for section in self.sections.values())

    def to_json(self) -> Json:
        """`groups --json`: a section for each kind asked for."""
        return {
            "subject": self.subject.to_json() if self.subject else None,
            "as_of": self.as_of,
            **{kind: section.to_json() for kind, section in self.sections.items()},
            "complete": self.complete,
        }


def groups(
    store: Store, subject: str | None, *, as_of: str, kinds: Sequence[str] = (), seconds: float = SECONDS
) -> GroupsAnswer:
    """The groups of a subject, by its id, of these `kinds` (default all), each within `seconds`; without a subject, the
    guarantee rings of the whole graph.

    Raises NotFoundError for an id that is no subject's, InputError for an unknown kind, a day that does not exist, or
    another kind than guarantees without a subject.
    """
    wanted = tuple(kinds) or KINDS
    unknown = [kind for kind in wanted if kind not in MAKERS]
    if unknown:
        raise InputError("未知的群组类型", value=unknown[0], remedy=f"可用：{'、'.join(KINDS)}")
    if subject is None and wanted != (WHOLE,):
        raise InputError("缺少主体", remedy=f"给出主体；不给主体时只能查全图的担保圈（--kind {WHOLE}）")
    if subject is not None:
        Walked.of(store).known([subject])
    return GroupsAnswer(
        subject=subjects(store, [subject])[subject] if subject else None,
        as_of=as_of,
        sections={kind: MAKERS[kind](store, Reading.of(store, as_of, seconds), subject or "") for kind in wanted},
    )
