"""A finding: one thing said of one subject, with its class, what it does, and the path that carries it.

Six classes, never mixed. Only LISTED_SELF and STATUTORY can block, only their target, and only where the
scenario says so; `capped` holds every other finding down, whatever a profile or a rule asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

ALERT_SENTENCE = "关联提示，不构成失信惩戒依据"
FOREIGN_SENTENCE = "境外名单，仅供合规参考"


class Class(StrEnum):
    """What kind of statement a finding is."""

    LISTED_SELF = "LISTED_SELF"
    STATUTORY = "STATUTORY"
    STATUTORY_CONDITIONAL = "STATUTORY_CONDITIONAL"
    DISCRETIONARY = "DISCRETIONARY"
    LIABILITY = "LIABILITY"
    ALERT = "ALERT"


# How each class is called wherever it is shown.
CLASS_LABELS: dict[Class, str] = {
    Class.LISTED_SELF: "本人在列",
    Class.STATUTORY: "法定后果",
    Class.STATUTORY_CONDITIONAL: "待核实",
    Class.DISCRETIONARY: "参考",
    Class.LIABILITY: "潜在责任",
    Class.ALERT: ALERT_SENTENCE,
}


class Effect(Enum):
    """What a finding does in a scenario, weakest first."""

    INFORM = "inform"
    REVIEW = "review"
    BLOCK = "block"

    @property
    def strength(self) -> int:
        """0 for inform, 1 for review, 2 for block."""
        return list(Effect).index(self)


class Decision(StrEnum):
    """What a row comes to."""

    BLOCKED = "blocked"
    REVIEW = "review"
    NOTICE = "notice"
    CLEAR = "clear"
    UNMATCHED = "unmatched"


_BLOCKING = frozenset({Class.LISTED_SELF, Class.STATUTORY})
_DECISIONS = {Effect.BLOCK: Decision.BLOCKED, Effect.REVIEW: Decision.REVIEW, Effect.INFORM: Decision.NOTICE}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, as in the contract. `target` is who is bound; `extra` is what only alerts have (score)."""

    cls: Class
    list: str
    listing: Mapping[str, Any]
    target: Mapping[str, Any]
    effect: Effect
    text: str
    path: Mapping[str, Any]
    rule: str | None = None
    falls_on: str = "applicant"
    measure: str = ""
    basis: tuple[Mapping[str, str], ...] = ()
    period: tuple[str | None, str | None] = (None, None)
    conditions: tuple[str, ...] = ()
    reason: str = ""
    disputed: bool = False
    remedy: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The FINDING object of the contract."""
        return {
            "class": str(self.cls),
            "rule": self.rule,
            "list": self.list or None,
            "listing": dict(self.listing) or None,
            "target": dict(self.target),
            "falls_on": self.falls_on,
            "measure": self.measure,
            "effect": self.effect.value,
            "basis": [dict(entry) for entry in self.basis],
            "period": {"from": self.period[0], "until": self.period[1]},
            "conditions": list(self.conditions),
            "reason": self.reason,
            "disputed": self.disputed,
            "remedy": self.remedy,
            "path": dict(self.path),
            "text": self.text,
            **self.extra,
        }


def capped(asked: Effect, cls: Class, *, certain: bool, disputed: bool, grades: Iterable[str]) -> Effect:
    """The effect a finding may have at most: what the scenario asked for, held down by what is not sure.

    `certain`: the subject was matched by a full number. `grades`: how well each legal basis was read; a basis
    known from memory only never blocks. Alerts only ever inform.
    """
    if cls is Class.ALERT:
        return Effect.INFORM
    read = any(grade in ("text", "partial") for grade in grades)
    may_block = cls in _BLOCKING and certain and not disputed and read
    return asked if may_block or asked.strength < Effect.BLOCK.strength else Effect.REVIEW


def decide(effects: Iterable[Effect], *, settled: bool, checked: bool) -> Decision:
    """What a row comes to. `settled`: it is known who is meant. `checked`: no list it depends on was missing.

    Of an unsettled row only what is above inform on some candidate counts, and a person has to look at that.
    """
    strongest = max(effects, key=lambda effect: effect.strength, default=None)
    if not settled:
        above = strongest is not None and strongest.strength > Effect.INFORM.strength
        return Decision.REVIEW if above else Decision.UNMATCHED
    if strongest is not None:
        return _DECISIONS[strongest]
    return Decision.CLEAR if checked else Decision.REVIEW
