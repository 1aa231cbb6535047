"""One base case a rule (`cases.yaml`), and what may be changed of it: each change is a case of its own.

A case is a tiny graph: the listed subject X, the holder P of a role in it, and the organisation O in which P (or X
itself) has a post. Every variant gets nodes of its own, so that all of them stand in one graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.queries import graphs
from tests.queries.graphs import Graph, Row

AS_OF = "2026-06-01"
LISTED_ON = "2025-08-01"
EARLIER = "2020-01-01"  # a role begun so was held on the day of listing
LATER = "2025-10-01"  # a post begun so came after it
# Its trade and owner are known, so that rules on banks, brokers and state firms leave it alone.
PRIVATE_FIRM: Row = {"kind": "enterprise", "form": "company", "sector": "建材批发", "state_owned": False}
Node = str  # listed, holder or other


@dataclass(frozen=True, slots=True)
class Case:
    """A base case, or a variant of one. `until`: last day of the rule's period; `effects`: scenario → effect of the
    asked subject's finding where it is not inform; `beside`: other rules this entry starts as well; `neighbours`:
    relations in place of the decisive one that must stay alerts; `without`: deviation → why it makes no sense.
    """

    key: str
    rule: str
    entry: Row
    cls: str
    ask: Node = "holder"
    target: Node = "holder"
    listed: Row = field(default_factory=dict)
    holder: Row | None = None
    other: Row | None = None
    role: Row | None = None
    post: Row | None = None
    more: tuple[Row, ...] = ()
    named: str | None = None
    until: str | None = None
    mode: str = "listed"
    effects: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    without: Mapping[str, str] = field(default_factory=dict)
    on: Node = "listed"
    as_of: str = AS_OF

    def node(self, which: Node) -> str:
        """The id of one of its nodes; where nobody holds a role, the listed subject itself is the holder."""
        return f"{self.key}/{'listed' if which == 'holder' and self.holder is None else which}"

    @property
    def asked(self) -> str:
        """Whose findings are looked at."""
        return self.node(self.ask)

    @property
    def decisive(self) -> str:
        """The step whose type makes the rule: the role, or the post where there is none."""
        return "role" if self.role is not None else "post"

    def step(self, name: str) -> Row:
        """The role or the post; the case has it."""
        found: Row | None = getattr(self, name)
        assert found is not None, f"{self.key} has no {name}"
        return found

    def changed(self, name: str, **changes: Any) -> Case:
        """The same with another role or post."""
        step = {**self.step(name), **changes}
        return replace(self, role=step) if name == "role" else replace(self, post=step)

    def graph(self) -> Graph:
        """Its nodes, relations and entry."""
        made = Graph(subjects=[self._subject("listed", self.listed)])
        for which, props in (("holder", self.holder), ("other", self.other)):
            if props is not None:
                made.subjects.append(self._subject(which, props))
        for step, to in ((self.role, "listed"), (self.post, "other")):
            if step is not None:
                made.relations.append(self._relation("holder", to, step))
        for extra in self.more:
            made.relations.append(self._relation(extra["from"], extra["to"], extra))
        entry = f"{self.key}/entry"
        made.listings.append(graphs.listing(entry, self.node(self.on), **self.entry))
        if self.named:
            made.named.append(graphs.named(self.node("holder"), entry, self.named))
        return made

    def _subject(self, which: Node, props: Row) -> Row:
        kind = props.get("kind", "enterprise")
        rest = {name: value for name, value in props.items() if name != "kind"}
        return graphs.subject(self.node(which), kind, **rest)

    def _relation(self, source: Node, to: Node, step: Row) -> Row:
        ends = (to, source) if step.get("reversed") else (source, to)
        props = {k: v for k, v in step.items() if k not in ("type", "time", "reversed", "from", "to")}
        return graphs.relation(self.node(ends[0]), step["type"], self.node(ends[1]), **props)


@cache
def base_cases() -> dict[str, Case]:
    """The base cases, by key."""
    return {key: _case(key, row) for key, row in _read("cases.yaml").items()}


@cache
def corner_cases() -> dict[str, tuple[Case, str]]:
    """Cases that are no deviation of a base case, each with what is expected (`variants.Variant`)."""
    made = {}
    for key, row in _read("corners.yaml").items():
        expect = row["expect"]
        made[key] = (_case(key, {name: value for name, value in row.items() if name != "expect"}), expect)
    return made


def _read(name: str) -> dict[str, Any]:
    raw = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    cases: dict[str, Any] = raw["cases"]
    return cases


def _case(key: str, row: Mapping[str, Any]) -> Case:
    """A case from its row: dates as texts, steps with the day their time asks for."""
    told: dict[str, Any] = {name: _plain(value) for name, value in row.items()}
    told["entry"] = {"listed_on": LISTED_ON, **told.pop("entry")}
    told["listed"] = {"kind": "enterprise", "form": "company", **told.get("listed", {})}
    told["rule"] = told.get("rule", key.split(maxsplit=1)[0])
    for name in ("role", "post"):
        if name in told:
            begun = LATER if told[name].get("time") == "after_listing" else EARLIER
            told[name] = {"since": begun, **told[name]}
    if "role" in told:
        told["holder"] = {"kind": "person", **told.get("holder", {})}
    if "post" in told:
        told["other"] = {**PRIVATE_FIRM, **told.get("other", {})}
    for name in ("beside", "neighbours", "more"):
        told[name] = tuple(told.get(name, ()))
    told["without"] = {name: why for reasons in told.get("without", [{}]) for name, why in reasons.items()}
    told.setdefault("target", told.get("ask", "holder"))
    return Case(key=key, cls=told.pop("class"), **told)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
