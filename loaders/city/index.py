"""What joins the tables of the registers to each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.identifiers import uscc
from loaders.city.ledger import Row
from loaders.values import day


@dataclass(slots=True)
class Index:
    """Organisations by 主体身份代码, and what other tables need to know of them by id.

    `capital` in 元. `heads`: names of those the table of people gives as present heads. `snapshot`: the day of
    the delivery, for rows that do not say when they were last changed.
    """

    snapshot: str
    ids: dict[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    capital: dict[str, float] = field(default_factory=dict)
    heads: dict[str, set[str]] = field(default_factory=dict)

    def firm(self, row: Row) -> str:
        """The organisation a row is about: by 主体身份代码, else by its credit code; "" if neither is known."""
        found = self.ids.get(row.get("主体身份代码", ""))
        code = uscc(row.get("统一社会信用代码", ""))
        return found or (code.value if code.valid else "")

    def seen_on(self, row: Row) -> str:
        """The day on which a row was true."""
        return day(row.get("更新日期", "")) or self.snapshot
