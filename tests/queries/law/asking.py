"""Asking for findings in tests: of one subject as users do, or of a whole graph whose bindings are fetched once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

import queries.question
from graph.store import Store
from queries.alerts import Exposure
from queries.exposure import expose_many
from queries.finding import Finding
from queries.findings import every_rule, findings
from queries.law.answer import Frame, told
from queries.law.bindings import Binding, Search, Types
from queries.law.read import shipped
from queries.model import Subject
from queries.question import Question
from queries.scenarios import Scenario, scenario, scenarios
from tests.queries.graphs import Graph, build

# What the tests say of a person who is not listed himself, anywhere: never.
CALLED_NAMES = ("失信被执行人", "老赖", "失信人")
Said = tuple[str, str | None, str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """A graph with the bindings of its subjects, and what came near on one day: all that findings are made of.

    Bindings do not depend on the day, so one look into the store serves every day and every scenario.
    """

    subjects: Mapping[str, Subject]
    bindings: Mapping[str, Sequence[Binding]]
    near: Mapping[str, Sequence[Exposure]]
    near_on: str

    def told(self, id: str, as_of: str, of: Scenario | None = None, **how: Any) -> tuple[Finding, ...]:
        """The findings of one subject; `how`: replay, certain."""
        profile, pack = of or every_rule(), shipped()
        question = Question.of({"as_of": as_of, "replay": how.get("replay", False)})
        frame = Frame(question, profile, pack if profile.law else None)
        near = self.near.get(id, ()) if as_of == self.near_on and profile.relations and profile.alerts else ()
        return told(
            self.subjects[id], self.bindings.get(id, ()), near, frame, certain=how.get("certain", True)
        )  # fmt: skip


REPLAN = "CALL db.prepareForReplanning(60)"


def known(store: Store, graph: Graph, near_on: str, near_of: Sequence[str]) -> Known:
    """Write the graph and fetch what findings are made of, for all subjects at once."""
    build(store, graph)
    if "neo4j" in store.name.lower():
        store.write(REPLAN)  # it plans by counts it takes now and then; right after this much it knows none
    ids = [row["id"] for row in graph.subjects]
    search = Search(store, Types.of(shipped(), every_rule().lists))
    exposed = expose_many(store, list(near_of), as_of=near_on)
    found = Known(
        subjects={row["id"]: Subject.read(row) for row in graph.subjects},
        bindings=search.around(ids),
        near={id: answer.exposures for id, answer in exposed.items()},
        near_on=near_on,
    )
    assert not search.cut
    return found


def said(store: Store, id: str, as_of: str, code: str = "", **more: Any) -> set[Said]:
    """(class, rule, whom it binds, effect) of what `findings` says of a subject."""
    found = findings(store, id, scenario(code) if code else None, as_of=as_of, **more)
    return {tell(f) for f in found.findings}


def tell(found: Finding) -> Said:
    """(class, rule, whom it binds, effect)."""
    return (str(found.cls), found.rule, str(found.target["id"]), found.effect.value)


def texts(store: Store, id: str, as_of: str) -> str:
    """All that is said of a subject, in words."""
    return "\n".join(f"{f.text} {f.measure}" for f in findings(store, id, as_of=as_of).findings)


def never_blocked(store: Store, id: str, as_of: str) -> None:
    """Whatever it is screened for, this subject is not blocked."""
    for code, profile in scenarios().items():
        found = findings(store, id, profile, as_of=as_of)
        assert not [tell(f) for f in found.findings if f.effect.value == "block"], f"{id} 在场景 {code} 中被阻止"


def stop_clock(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """Let it be this day: what has ended since is looked for only in a replay, so answers depend on today."""

    class Stopped(date):
        @classmethod
        def today(cls) -> Stopped:
            return cls.fromisoformat(day)

    monkeypatch.setattr(queries.question, "date", Stopped)
