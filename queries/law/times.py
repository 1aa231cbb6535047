"""The times of a rule: whether a role fits the day of listing, whether the trigger still holds, how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.days import days_between, months_on, years_on
from graph.vocabulary import RELATIONS, STATES
from queries.law.bindings import Link
from queries.law.conditions import Condition, Status, status
from queries.law.pack import Mode, Period, Step, Words
from queries.model import in_force

Props = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Days:
    """The day asked for, the day by which what has ended counts no more, and how old a source may be."""

    as_of: str
    over: str
    max_age_days: int


def seen_before(props: Props, days: Days) -> str:
    """The day a relation without an end was last seen, where that is too long ago to rely on; else ""."""
    seen = str(props.get("seen_on") or "")
    old = bool(seen) and not props.get("until") and days_between(seen, days.as_of) > days.max_age_days
    return seen if old else ""


def role_time(key: str, step: Step, link: Link, listed_on: str, as_of: str) -> Condition:
    """Whether a relation held when the rule asks for it."""
    since, until = link.props.get("since") or "", link.props.get("until") or ""
    active = (not since or since <= as_of) and (not until or until > as_of)
    fact = (
        f"{RELATIONS[link.type].label}：{since or '起始不明'} 至 {until or '今'}；列入（决定）日：{listed_on or '不明'}"
    )
    if step.time == "now":
        return Condition(key, Words("评价之日在任", "holds on the day asked for"), status(active), fact)
    if link.proposed and not since and step.time != "after_listing":
        # A post that is only proposed was not held on any day that is past.
        return Condition(key, Words("列入（决定）之日在任", "held on the day of listing"), Status.FAILED, fact)
    if step.time == "at_listing":
        return _at(key, listed_on, (since, until), fact)
    if step.time == "left_later":
        asks = Words("列入之日在任，其后卸任", "held on the day of listing, given up later")
        left = not active and bool(until)
        return _at(key, listed_on, (since, until), fact, asks) if left else Condition(key, asks, Status.FAILED, fact)
    kept = active or (bool(since) and since <= as_of and _lasting(step, link))
    return _after(key, listed_on, since, fact) if kept else _not_held(fact)


def _not_held(fact: str) -> Condition:
    return Condition("post_held", Words("评价之日仍在任", "still held on the day asked for"), Status.FAILED, fact)


def _after(key: str, day: str, since: str, fact: str) -> Condition:
    met = since > day if since and day else None
    asks = Words("任职（设立）在列入之日以后", "begun after the day of listing")
    note = "任职起始日期不明，不能认定在列入之日以后" if met is None else ""
    return Condition(key, asks, status(met), fact, note)


def _lasting(step: Step, link: Link) -> bool:
    """Founding a firm is done once; it does not end with the founder's share."""
    return link.type == "FOUNDER" or (step.founding and link.type == "SHAREHOLDER")


def _at(key: str, day: str, term: tuple[str, str], fact: str, asks: Words | None = None) -> Condition:
    """A role that has ended and cannot be placed at the day is no ground for anything; one that lasts may be."""
    since, until = term
    asks = asks or Words("列入（决定）之日在任", "held on the day of listing")
    if not day:
        open_end = Condition(key, asks, Status.UNKNOWN, fact, "列入（决定）日期待核实")
        return open_end if not until else Condition(key, asks, Status.FAILED, fact)
    if (until and until <= day) or (since and since > day):
        return Condition(key, asks, Status.FAILED, fact)
    if not since:
        return Condition(key, asks, Status.UNKNOWN, fact, "任职起始日期待核实")
    return Condition(key, asks, Status.MET, fact)


def founding(step: Step, link: Link, other: Props, founders: int) -> Condition | None:
    """A shareholder stands in for the founder only where no founder is on record and he was there on the first day."""
    if not step.founding or link.type != "SHAREHOLDER":
        return None
    since, first = link.props.get("since") or "", other.get("established") or ""
    asks = Words("出资日即成立日（视为发起人）", "a shareholder since the first day (counts as founder)")
    fact = f"出资 {since or '不明'}，成立 {first or '不明'}，登记的发起人 {founders} 名"
    return Condition("post", asks, status(not founders and bool(since) and since == first), fact)


def trigger(mode: Mode, period: Period, listing: Props, days: Days) -> list[Condition]:
    """Whether the entry starts the rule on that day: in force, or its period running."""
    if mode == "event":
        return [_not_revoked(listing, days), _running(period, listing, days)]
    active = in_force(listing, days.as_of, days.over)
    asks = Words("列入有效（未修复、移出、届满、暂停）", "the listing is in force")
    made = [Condition("in_force", asks, status(active), _life(listing))]
    return [*made, _running(period, listing, days)] if period.fixed else made


def _not_revoked(listing: Props, days: Days) -> Condition:
    gone = listing.get("state") == "revoked" and (listing.get("removed_on") or "") <= days.over
    asks = Words("决定未被撤销（移出公示不影响期限）", "the decision is not revoked (its period outlives publicity)")
    return Condition("in_force", asks, status(not gone), _life(listing))


def _running(period: Period, listing: Props, days: Days) -> Condition:
    asks = Words("在期限之内", "within the period")
    start, until = listing.get("listed_on") or "", last_day(period, listing)
    fact = f"{start or '起始不明'} 至 {until or '未定'}"
    if start and start > days.as_of:
        return Condition("period", asks, Status.FAILED, fact)
    if until is None and (period.years is not None or period.months is not None):
        return Condition("period", asks, Status.UNKNOWN, fact, "列入（决定）日期待核实，期限无法计算")
    if until is None and listing.get("removed_on") and listing["removed_on"] <= days.over:
        if listing.get("state") == "expired":  # what the decision said is over, not its publicity alone
            return Condition("period", asks, Status.FAILED, _life(listing))
        return Condition("period", asks, Status.UNKNOWN, fact, "公示已结束，期限以决定书为准")
    return Condition("period", asks, status(until is None or days.as_of <= until), fact)


def last_day(period: Period, listing: Props) -> str | None:
    """The last day that counts; None where it is not fixed.

    n years from a day end on the same day n years on, or the month's last day (contract); no roll to working days.
    """
    start, given = listing.get("listed_on") or "", listing.get("expires_on") or None
    if period.by_decision or (period.years is None and period.months is None):
        return given
    if not start:
        return None
    return years_on(start, period.years) if period.years is not None else months_on(start, period.months or 0)


def _life(listing: Props) -> str:
    parts = [f"{listing.get('listed_on') or '日期不明'} 列入", f"状态：{STATES[listing.get('state') or 'listed']}"]
    if listing.get("expires_on"):
        parts.append(f"{listing['expires_on']} 届满")
    if listing.get("removed_on"):
        parts.append(f"{listing['removed_on']} 移出")
    return "，".join(parts)
