"""Who holds what: yearly reports of capital, and the changes of equity that date them.

A report gives amounts; the ratio is the amount over the registered capital, or over the sum of all amounts where
they are more. Only the latest report of a firm counts. A change gives the day: the share before it ends, the
share after it begins; holdings that are over are kept with their end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.names import name_key
from loaders.city.ledger import Row
from loaders.city.parties import party
from loaders.city.people import Books, no_firm
from loaders.values import capital, day, ratio

Held = tuple[str, str]  # holder, firm
Step = tuple[str, str, Row]  # share before, share after, row of the change
_AMOUNTS = ("认缴出资额（万元）", "认缴出资额(万元)")


def read_holdings(reports: Iterable[Row], changes: Iterable[Row], books: Books) -> None:
    """Shareholder relations from both tables, present and past."""
    history = _history(changes, books)
    for held, (row, share) in _reported(reports, books).items():
        since = _past(held, history.pop(held, []), books)
        _hold(held, share, (since, ""), row, books)
    for held, steps in history.items():
        since = _past(held, steps, books)
        _, after, row = steps[-1]
        if float(after) > 0:
            _hold(held, after, (since, ""), row, books)


def _reported(reports: Iterable[Row], books: Books) -> dict[Held, tuple[Row, str]]:
    """Holder and firm -> the row of the firm's latest report, and the ratio."""
    by_firm: dict[str, dict[str, list[tuple[str, Row]]]] = defaultdict(lambda: defaultdict(list))
    for row in reports:
        if held := _held(row, books):
            by_firm[held[1]][row["年报年度"]].append((held[0], row))
    found: dict[Held, tuple[Row, str]] = {}
    for firm, years in by_firm.items():
        latest = years[max(years)]
        amounts = [_amount(row) for _, row in latest]
        whole = max(books.index.capital.get(firm, 0.0), sum(a or 0.0 for a in amounts))
        for (holder, row), amount in zip(latest, amounts, strict=True):
            share = "" if amount is None or not whole else f"{amount / whole:.6f}".rstrip("0").rstrip(".")
            found[(holder, firm)] = (row, share)
    return found


def _held(row: Row, books: Books) -> Held | None:
    """Holder and firm of a row, which is rejected where one of them is nobody."""
    firm, name, key = books.index.firm(row), row["股东名称"], row.get("投资人标识", "")
    if not firm or not name:
        books.ledger.reject(row, no_firm(row) if name else "缺少股东名称")
        return None
    if key in books.index.ids:
        return books.index.ids[key], firm
    holder = party(name, row.get("证件号码", ""), place=f"{firm}/{name_key(name)}", within=firm)
    if not key or not holder.is_person:
        return books.ledger.meet(holder, row["record"]), firm
    if why := books.people.take(key, row, name):
        books.ledger.reject(row, why)
        return None
    return key, firm


def _amount(row: Row) -> float | None:
    """Subscribed capital in 元; None where the row gives none."""
    text = next((row[title] for title in _AMOUNTS if row.get(title)), "")
    found = capital(f"{text}万") if text else None
    return found[0] if found else None


def _history(changes: Iterable[Row], books: Books) -> dict[Held, list[Step]]:
    """Holder and firm -> the changes of that holding by day."""
    found: dict[Held, list[Step]] = defaultdict(list)
    for row in changes:
        before, after = (ratio(row.get(title) or "0") for title in ("变更前股权比例", "变更后股权比例"))
        if not day(row["变更日期"]) or not (_is_share(before) and _is_share(after)):
            books.ledger.reject(row, "变更日期不存在，或股权比例不是 0 到 100 之间的百分数")
        elif held := _held(row, books):
            found[held].append((before, after, row))
    for steps in found.values():
        steps.sort(key=lambda step: day(step[2]["变更日期"]))
    return found


def _is_share(text: str) -> bool:
    try:
        return 0.0 <= float(text) <= 1.0
    except ValueError:
        return False


def _past(held: Held, steps: list[Step], books: Books) -> str:
    """Put down the shares that are over; the day since which the last one is held, "" if always."""
    since = ""
    for before, _, row in steps:
        on = day(row["变更日期"])
        if float(before) > 0:
            _hold(held, before, (since, on), row, books)
        since = on
    return since


def _hold(held: Held, share: str, term: tuple[str, str], row: Row, books: Books) -> None:
    holder, firm = held
    relation = {"source": holder, "target": firm, "type": "SHAREHOLDER", "title": "股东", "ratio": share}
    dates = {"since": term[0], "until": term[1], "seen_on": books.index.seen_on(row)}
    books.ledger.add("relations", relation | dates, row["record"])
