"""The contract's JSON objects as small frozen values, read once where they enter a picture or a page.

Callers hand over what the queries answer (plain JSON objects). Every text is scrubbed of personal numbers and
of characters that steer the display (bidi overrides, controls) here, so nothing behind this door can show them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from graph.mask import scrub

Json: TypeAlias = Mapping[str, Any]

_LINE_BREAKS = "\n\r\t\v\f\x85\u2028\u2029"
_JOINER = "\u200d"  # keeps composed emoji in one piece


def clean(value: object) -> str:
    """`value` as one line of showable text: no controls, no direction overrides, no unmasked personal numbers."""
    if value is None:
        return ""
    kept = (" " if c in _LINE_BREAKS else c for c in str(value))
    return scrub(" ".join("".join(c for c in kept if _showable(c)).split()))


def _showable(char: str) -> bool:
    # Private-use characters stay: rare characters of Chinese names are often coded there.
    if char == _JOINER:
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"} and ord(char) & 0xFFFE != 0xFFFE


def number(value: object) -> float | None:
    """`value` as a number, None when it is missing or not one."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        return float(str(value))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Subject:
    """SUBJECT of the contract: who it is, never with a full personal number."""

    id: str
    name: str
    kind: str = ""
    form: str = ""
    uscc: str = ""
    id_masked: str = ""
    status: str = ""

    @classmethod
    def of(cls, value: Json | str) -> Subject:
        """From a SUBJECT object, or from a bare id (then the id stands for the name)."""
        if isinstance(value, str):
            return cls(clean(value), clean(value))
        get = {key: clean(value.get(key)) for key in ("id", "kind", "form", "uscc", "id_masked", "status")}
        return cls(name=clean(value.get("name")) or get["id"], **get)


@dataclass(frozen=True, slots=True)
class Listing:
    """LISTING of the contract: one entry of one list; dates are ISO, empty when unknown."""

    id: str
    list: str
    authority: str = ""
    doc_no: str = ""
    basis: str = ""
    reason: str = ""
    tier: str = ""
    listed_on: str = ""
    expires_on: str = ""
    removed_on: str = ""
    state: str = ""
    disputed: bool = False
    record: str = ""
    state_now: str = ""  # where the day asked for is past, and it has another state today

    @classmethod
    def of(cls, value: Json) -> Listing:
        """From a LISTING object."""
        texts = (
            "id", "list", "authority", "doc_no", "basis", "reason", "tier",
            "listed_on", "expires_on", "removed_on", "state", "record", "state_now",
        )  # fmt: skip
        return cls(disputed=bool(value.get("disputed")), **{key: clean(value.get(key)) for key in texts})


@dataclass(frozen=True, slots=True)
class Edge:
    """One dated relation with its record. `ratio`, its bounds where it is not known to the figure, votes, income rights
    and `weight` are 0–1 or None; `via` is a shared contact.
    """

    type: str
    source: str
    target: str
    ratio: float | None = None
    title: str = ""
    since: str = ""
    until: str = ""
    seen_on: str = ""
    weight: float | None = field(default=None, compare=False)  # a path's view of the same relation
    record: str = ""
    via: str = ""
    via_kind: str = ""
    ratio_min: float | None = None
    ratio_max: float | None = None
    votes: float | None = None
    income: float | None = None

    @classmethod
    def of(cls, value: Json) -> Edge:
        """From an edge of a PATH, or a relation of `show`."""
        via = value.get("via") or {}
        pair = (via.get("value"), via.get("kind")) if isinstance(via, Mapping) else (via, "")
        texts = ("type", "source", "target", "title", "since", "until", "seen_on", "record")
        return cls(
            ratio=number(value.get("ratio")),
            ratio_min=number(value.get("ratio_min")),
            ratio_max=number(value.get("ratio_max")),
            votes=number(value.get("votes")),
            income=number(value.get("income")),
            weight=number(value.get("weight")),
            via=clean(pair[0]),
            via_kind=clean(pair[1]),
            **{key: clean(value.get(key)) for key in texts},
        )

    def state(self, as_of: str) -> str:
        """`current`, `ended` or `future` on the day `as_of`: `until` is the first day that no longer counts."""
        if self.until and self.until <= as_of:
            return "ended"
        return "future" if self.since and self.since > as_of else "current"


@dataclass(frozen=True, slots=True)
class Path:
    """PATH of the contract, from the asked subject (or target) to the listed one."""

    nodes: tuple[Subject, ...]
    edges: tuple[Edge, ...] = ()

    @classmethod
    def of(cls, value: Json | None) -> Path:
        """From a PATH object; missing means empty. An edge over a contact is made to join its two subjects."""
        value = value or {}
        nodes = tuple(Subject.of(n) for n in value.get("nodes") or ())
        edges = tuple(Edge.of(e) for e in value.get("edges") or ())
        steps = zip(edges, nodes, nodes[1:], strict=False)
        return cls(nodes, tuple(_joined(edge, a.id, b.id) for edge, a, b in steps))


def _joined(edge: Edge, a: str, b: str) -> Edge:
    return edge if {edge.source, edge.target} == {a, b} else replace(edge, source=a, target=b)


@dataclass(frozen=True, slots=True)
class Exposure:
    """One listing that comes near a subject: score 0–1, hops, band, and the path that carries it."""

    score: float
    hops: int
    band: str
    listing: Listing
    possible: bool
    path: Path

    @classmethod
    def of(cls, value: Json) -> Exposure:
        """From one entry of `exposures` (asked → listed) or of `reached` (reached → listed)."""
        path = Path.of(value.get("path"))
        return cls(
            score=number(value.get("score")) or 0.0,
            hops=len(path.edges),
            band=clean(value.get("band")),
            listing=Listing.of(value.get("listing") or {}),
            possible=bool(value.get("possible")),
            path=path,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """FINDING of the contract: a consequence or alert on one subject, with what it rests on."""

    klass: str
    rule: str
    listing: Listing
    target: Subject
    effect: str
    measure: str
    basis: tuple[tuple[str, str, str], ...]
    period: tuple[str, str]
    conditions: tuple[str, ...]
    reason: str
    disputed: bool
    remedy: str
    path: Path
    text: str

    @classmethod
    def of(cls, value: Json) -> Finding:
        """From a FINDING object; `basis` becomes (law, article, grade) triples, `period` (from, until)."""
        period = value.get("period") or {}
        basis = tuple(
            (clean(b.get("law")), clean(b.get("article")), clean(b.get("grade"))) for b in value.get("basis") or ()
        )
        return cls(
            klass=clean(value.get("class")),
            rule=clean(value.get("rule")),
            listing=Listing.of(value.get("listing") or {"list": value.get("list")}),
            target=Subject.of(value.get("target") or {}),
            effect=clean(value.get("effect")),
            measure=clean(value.get("measure")),
            basis=basis,
            period=(clean(period.get("from")), clean(period.get("until"))),
            conditions=texts_of(value.get("conditions")),
            reason=clean(value.get("reason")),
            disputed=bool(value.get("disputed")),
            remedy=clean(value.get("remedy")),
            path=Path.of(value.get("path")),
            text=clean(value.get("text")),
        )


def texts_of(values: Iterable[object] | None) -> tuple[str, ...]:
    """Each value as clean text; objects give their `text` (or `name`)."""
    picked = (v.get("text") or v.get("name") if isinstance(v, Mapping) else v for v in values or ())
    return tuple(text for text in map(clean, picked) if text)
