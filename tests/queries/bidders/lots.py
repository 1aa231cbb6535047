"""Lots of tests: a graph and a sheet built beside each other, and stakes in one line each."""

from __future__ import annotations

from typing import Any

from tests.queries.bidders.asking import bid
from tests.queries.graphs import Graph, Row, relation
from tests.queries.screening import firm


class Lots:
    """A graph and a sheet built lot by lot; firms of a lot are called `lot.A`."""

    def __init__(self) -> None:
        self.graph, self.rows, self.firms = Graph(), list[dict[str, str]](), dict[str, int]()

    def firm(self, name: str, **more: Any) -> int:
        if name not in self.firms:
            self.firms[name] = len(self.firms) + 1
            self.graph.subjects.append(firm(name, self.firms[name], **more))
        return self.firms[name]

    def lot(self, lot: str, *relations: Row, bidders: str = "AB", **cells: str) -> None:
        for row in relations:
            for end in ("source", "target"):
                if row[end].startswith(f"{lot}."):
                    self.firm(row[end])
            self.graph.relations.append(row)
        for name in bidders:
            self.rows.append(bid(self.firm(f"{lot}.{name}"), lot, **cells))


def holds(lot: str, *stakes: str, **more: Any) -> list[Row]:
    """「A B 0.6」: A holds 60 % of B."""
    made = []
    for number, (a, b, ratio) in enumerate(stake.split() for stake in stakes):
        row = {"ratio": float(ratio), "record": f"{lot}:{number}", **more}
        made.append(relation(f"{lot}.{a}", "SHAREHOLDER", f"{lot}.{b}", **row))
    return made
