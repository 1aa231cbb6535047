"""Day arithmetic of the contract, on days as they are stored: `YYYY-MM-DD`.

n years from a day end on the same day n years on, or on the month's last day where there is no such day. Nothing
rolls on to a working day.
"""

from __future__ import annotations

import calendar
import datetime as dt


def years_on(day: str, years: int) -> str:
    """The same day some years on (or back, below 0); 28 February for a 29 February that is not there."""
    return months_on(day, 12 * years)


def days_between(earlier: str, later: str) -> int:
    """Days from one to the other; of a moment only its day counts."""
    return (dt.date.fromisoformat(later[:10]) - dt.date.fromisoformat(earlier[:10])).days


def months_on(day: str, months: int) -> str:
    """The same day some months on (or back, below 0), or the last day of that month."""
    start = dt.date.fromisoformat(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(start.day, last)).isoformat()
