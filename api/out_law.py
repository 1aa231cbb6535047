"""What HTTP answers on the law look like: findings, why a rule fired, rules and scenarios."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from api.out import Finding, Limits, Listing, Out, Subject, Unchecked


class Findings(Limits):
    """Answer of /api/findings; `decision` is what they come to in the scenario, null without one."""

    subject: Subject
    as_of: str = Field(examples=["2026-06-01"])
    scenario: str | None = Field(examples=["procurement"])
    rules: str = Field(examples=["2026-11-22"])
    policy: str
    decision: Literal["blocked", "review", "notice", "clear", "unmatched"] | None = Field(examples=["review"])
    flags: list[str]
    listed: list[Listing]
    findings: list[Finding]


class Bilingual(Out):
    """One text in Chinese and in English."""

    zh: str
    en: str


class Explanation(Out):
    """Answer of /api/explain: every path that could carry the rule, the nearest to firing first, each condition with
    its fact. `missing`: where no path has the shape of the rule, which part there is none of.
    """

    subject: Subject
    rule: dict[str, Any]
    rules: str = Field(examples=["2026-11-22"])
    as_of: str = Field(examples=["2026-06-01"])
    fired: bool
    outcome: str = Field(examples=["applies"])
    paths: list[dict[str, Any]]
    more: int
    missing: list[Bilingual]
    not_checked: list[Unchecked]
    complete: bool


class Rules(Out):
    """Answer of /api/rules, and of one rule."""

    version: str = Field(examples=["2026-11-22"])
    rules: list[dict[str, Any]]


class Scenarios(Out):
    """Answer of /api/scenarios, and of one scenario. `rules`: the version of the law pack."""

    rules: str = Field(examples=["2026-11-22"])
    scenarios: list[dict[str, Any]]


class Regimes(Out):
    """Answer of /api/regimes, and of one regime."""

    regimes: list[dict[str, Any]]
