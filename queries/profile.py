"""A scenario profile: which lists are looked at, and what being on each of them does there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graph.days import years_on
from queries.finding import Effect
from queries.law.pack import Basis, Seat, Words


class Told(NamedTuple):
    """What being on a list does, and what is not known about it."""

    effect: Effect
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListedEffect:
    """What being on one list does in a scenario, before anything is capped, and on what ground.

    `within_years`: only so long after the day of listing. `min_amount`: only from that amount up, in 元 (「以上」
    includes the figure); of an unknown amount a person has to decide. `reasons`: only where the reason told has one
    of these words.
    """

    effect: Effect
    basis: tuple[Basis, ...] = ()
    within_years: int | None = None
    min_amount: int | None = None
    reasons: tuple[str, ...] = ()

    def on(self, listing: Mapping[str, Any], as_of: str) -> Told:
        """What an entry (its properties) does on that day."""
        listed_on, amount = listing.get("listed_on") or "", listing.get("amount")
        reason = str(listing.get("reason") or "")
        if self.effect is Effect.INFORM or (self.reasons and not any(word in reason for word in self.reasons)):
            return Told(Effect.INFORM)
        if self.within_years is not None and listed_on and years_on(listed_on, self.within_years) < as_of:
            return Told(Effect.INFORM)
        if self.min_amount is not None and amount is not None and float(amount) < self.min_amount:
            return Told(Effect.INFORM)
        if self.min_amount is not None and amount is None:
            return Told(Effect.REVIEW, f"金额未载明，是否达到 {self.min_amount:,.0f} 元待核实")
        if self.within_years is not None and not listed_on:
            return Told(Effect.REVIEW, f"列入（决定）日期未载明，是否在 {self.within_years} 年之内待核实")
        return Told(self.effect)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One profile.

    `lists`: codes looked at; `listed`: what being on each does; `hard`: lists it cannot do without. `alerts`: whether
    what merely comes near is shown; `relations`: whether relations are followed at all; `law`: whether the law pack
    is used; `household`: whether the household named in an application is screened too. `rules`: effects of rules
    that differ from what the rules say themselves, by seat. `based_on`: the shipped profile a site's own builds on.
    """

    code: str
    name: Words
    lists: tuple[str, ...]
    listed: Mapping[str, ListedEffect]
    hard: tuple[str, ...]
    alerts: bool
    relations: bool = True
    law: bool = False
    household: bool = False
    note: Words | None = None
    rules: Mapping[str, Mapping[Seat, Effect]] = field(default_factory=dict)
    based_on: str = ""

    @property
    def rests_on(self) -> str:
        """The shipped profile whose law holds here too: that it is based on, or itself."""
        return self.based_on or self.code

    def effect(self, list_code: str) -> Effect:
        """What the profile says of a list, whatever the entry; inform of one it does not look at."""
        told = self.listed.get(list_code)
        return told.effect if told else Effect.INFORM

    def on_list(self, listing: Mapping[str, Any], as_of: str) -> Told:
        """What an entry (its properties) does here on that day."""
        told = self.listed.get(listing["list"])
        return told.on(listing, as_of) if told else Told(Effect.INFORM)

    def basis(self, list_code: str, day: str) -> tuple[Basis, ...]:
        """The articles in force on a day on which that effect rests."""
        told = self.listed.get(list_code)
        return tuple(entry for entry in told.basis if entry.holds(day)) if told else ()
