"""What is changed of a base case, and what has to come of it: the deviations every rule is tried with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tests.queries.law.cases import EARLIER, Case

DISPUTED = ["2026-01-01 objected e:1"]
SUSPENDED = ["2026-01-01 suspended e:1"]
LONG_AGO = "2023-01-01"


@dataclass(frozen=True, slots=True)
class Variant:
    """A case and what is expected: `fires`, `conditional` (待核实), `gone` (the rule says nothing), `alert` (nothing
    above an alert), `held` (fires, and never blocks). `says`: words its conditions or its text have to contain.
    """

    name: str
    case: Case
    expect: str
    says: str = ""
    replay: bool = False
    certain: bool = True


def variants(base: Case) -> Iterator[Variant]:
    """Every deviation of a case that makes sense for it. Those that do not are named in its `without`."""
    for name, make in DEVIATIONS.items():
        if name not in base.without:
            for number, variant in enumerate(make(base)):
                key = f"{base.key}/{name}{number or ''}"
                yield replace(variant, name=name, case=replace(variant.case, key=key))


def _one(case: Case, expect: str, **more: Any) -> list[Variant]:
    return [Variant("", case, expect, **more)]


def _days(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def _entry(case: Case, **changes: Any) -> Case:
    return replace(case, entry={**case.entry, **changes})


def _fires(case: Case) -> list[Variant]:
    return _one(case, "fires")


def _wrong_direction(case: Case) -> list[Variant]:
    """The entry is on the other end: what binds downwards does not bind upwards, and the reverse."""
    far = case.ask if case.ask != "listed" and case.node(case.ask) != case.node("listed") else "other"
    return _one(replace(case, on=far, ask="listed", named=None), "gone")


def _reversed(case: Case) -> list[Variant]:
    return _one(case.changed(case.decisive, reversed=True), "gone")


def _wrong_role(case: Case) -> list[Variant]:
    """The neighbouring relations stay alerts."""
    assert case.neighbours, f"{case.key} names no neighbouring relation"
    made = []
    for name in case.neighbours:
        share = {"ratio": 0.6} if name == "SHAREHOLDER" else {}
        made.append(Variant("", case.changed(case.decisive, type=name, **share), "alert"))
    return made


def _role_ended(case: Case) -> list[Variant]:
    """Given up on the day it would have counted."""
    return _one(case.changed("role", until=_counts_on(case, "role")), "gone")


def _role_begun_late(case: Case) -> list[Variant]:
    return _one(case.changed("role", since=_days(_counts_on(case, "role"), 1)), "gone")


def _counts_on(case: Case, step: str) -> str:
    """The day a relation has to hold on."""
    now = case.step(step).get("time", "now") == "now"
    return case.as_of if now else str(case.entry["listed_on"])


def _role_since_unknown(case: Case) -> list[Variant]:
    unknown = case.changed("role", since=None)
    now = case.step("role").get("time", "now") == "now"
    return _one(unknown, "fires") if now else _one(unknown, "conditional", says="任职起始日期待核实")


def _post_ended(case: Case) -> list[Variant]:
    return _one(case.changed("post", until=case.as_of), "gone")


def _post_begun(case: Case) -> list[Variant]:
    """Begun too late for a post of today, too early for one that has to come after the listing."""
    after = case.step("post").get("time") == "after_listing"
    return _one(case.changed("post", since=case.entry["listed_on"] if after else _days(case.as_of, 1)), "gone")


def _post_since_unknown(case: Case) -> list[Variant]:
    after = case.step("post").get("time") == "after_listing"
    at = case.step("post").get("time") == "at_listing"
    expect = "gone" if after else "conditional" if at else "fires"
    return _one(case.changed("post", since=None), expect, says="任职起始日期待核实" if at else "")


def _repaired(case: Case) -> list[Variant]:
    """Repair ends what rests on the listing the same day; what runs from a decision runs on. Where only the decision
    itself says how long, somebody has to look there.
    """
    day_before = _entry(case, state="repaired", removed_on=_days(case.as_of, 1))
    on_the_day = _entry(case, state="repaired", removed_on=case.as_of)
    after = "gone" if case.mode == "listed" else "fires" if case.until else "conditional"
    return [Variant("", on_the_day, after), Variant("", day_before, "fires", replay=True)]


def _revoked(case: Case) -> list[Variant]:
    return _one(_entry(case, state="revoked", removed_on=case.as_of), "gone")


def _suspended(case: Case) -> list[Variant]:
    """Suspended like repaired: what runs from a decision runs on."""
    return _one(_entry(case, events=SUSPENDED), "gone" if case.mode == "listed" else "fires")


def _before(case: Case) -> list[Variant]:
    """On the day before the listing there is nothing."""
    return _one(replace(case, as_of=_days(case.entry["listed_on"], -1)), "gone", replay=True)


def _last_day(case: Case) -> list[Variant]:
    if case.until:
        return _one(replace(case, as_of=case.until), "fires")
    return _one(_entry(case, expires_on=case.as_of), "fires", replay=True)


def _day_after(case: Case) -> list[Variant]:
    if case.until:
        return _one(replace(case, as_of=_days(case.until, 1)), "gone")
    return _one(_entry(case, expires_on=_days(case.as_of, -1)), "gone", replay=True)


def _listed_on_unknown(case: Case) -> list[Variant]:
    """A period cannot be computed, a role not be placed: somebody has to look. What holds today holds all the same."""
    unknown = _entry(case, listed_on=None)
    if case.post is not None and case.post.get("time") == "after_listing" and case.ask == "other":
        return _one(unknown, "gone")
    if case.cls == "LISTED_SELF":  # he is on the list, whenever he came there
        return _one(unknown, "fires")
    if case.until or (case.role is not None and case.role.get("time") == "at_listing"):
        return _one(unknown, "conditional", says="列入（决定）日期待核实")
    return _one(unknown, "fires")


def _not_named(case: Case) -> list[Variant]:
    """A person of the register whom the entry does not name is worth a look, no more."""
    return _one(replace(case, named=None), "alert", says="应核查其是否同时列入")


def _stale(case: Case) -> list[Variant]:
    return _one(case.changed(case.decisive, seen_on=LONG_AGO), "held", says=f"任职信息截至 {LONG_AGO}")


def _ground_unknown(case: Case) -> list[Variant]:
    return _one(_entry(case, ground=None), "conditional", says="列入事由未载明")


def _ground_other(case: Case) -> list[Variant]:
    return _one(_entry(case, ground="other"), "gone")


def _disputed(case: Case) -> list[Variant]:
    return _one(_entry(case, events=DISPUTED), "held")


def _uncertain(case: Case) -> list[Variant]:
    return _one(case, "held", certain=False)


DEVIATIONS: Mapping[str, Callable[[Case], list[Variant]]] = {
    "fires": _fires,
    "wrong_direction": _wrong_direction,
    "reversed": _reversed,
    "wrong_role": _wrong_role,
    "role_ended": _role_ended,
    "role_begun_late": _role_begun_late,
    "role_since_unknown": _role_since_unknown,
    "post_ended": _post_ended,
    "post_begun": _post_begun,
    "post_since_unknown": _post_since_unknown,
    "repaired": _repaired,
    "revoked": _revoked,
    "suspended": _suspended,
    "before": _before,
    "last_day": _last_day,
    "day_after": _day_after,
    "not_named": _not_named,
    "listed_on_unknown": _listed_on_unknown,
    "stale": _stale,
    "ground_unknown": _ground_unknown,
    "ground_other": _ground_other,
    "disputed": _disputed,
    "uncertain": _uncertain,
}
assert EARLIER < LONG_AGO
