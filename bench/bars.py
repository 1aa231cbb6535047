"""The bars, beside what was measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured number; `bar` is the most it may be, None where there is none."""

    name: str
    value: float
    unit: str
    bar: float | None = None

    def missed_by(self, factor: float) -> bool:
        """Whether it is above `factor` times its bar."""
        return self.bar is not None and self.value > self.bar * factor

    def row(self) -> str:
        """A row of the Markdown table."""
        bar = "" if self.bar is None else f"≤ {self.bar:g} {self.unit}"
        verdict = "" if self.bar is None else "missed" if self.missed_by(1) else "held"
        return f"| {self.name} | {self.value:,.10g} {self.unit} | {bar} | {verdict} |"


LOAD_SECONDS = 150.0
PYTHON_MB = 1536.0
P50_MS, P99_MS = 25.0, 500.0
CHANGED_AGAIN = 0.0
SCREEN_SECONDS = 200.0  # 10,000 applicants at 50 a second
WHOLE_SECONDS = 2.0  # all integrated shares of a graph, once read
SUBJECT_P99_MS = 100.0  # ownership of one subject, once the graph is read
