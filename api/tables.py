"""Answers as people read them in a terminal: headings, lines and tables; plain and untrimmed when piped.

Everything from the graph passes `clean` first: a name may carry control characters that steer a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from viz.model import clean

PIPED_WIDTH = 10_000  # wide enough that no cell is ever broken
EMPTY = "—"


class Screen:
    """Stdout for people: on a terminal with light marks, else plain text whose columns line up."""

    def __init__(self) -> None:
        console = Console(highlight=False, emoji=False)
        self._terminal = console.is_terminal
        self._console = console if self._terminal else Console(
            highlight=False, emoji=False, width=PIPED_WIDTH, color_system=None
        )  # fmt: skip

    def heading(self, text: str) -> None:
        """A line that opens a part."""
        self._console.print(Text(clean(text), style="bold"))

    def line(self, text: object = "", *, indent: int = 0) -> None:
        """One line of text, set in by so many spaces."""
        self._console.print(Text(" " * indent + clean(text)), soft_wrap=True)

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Rows under their columns; an empty cell is a dash."""
        frame = Table(box=SIMPLE_HEAD if self._terminal else None, pad_edge=False, show_edge=False)
        for column in columns:
            frame.add_column(Text(column), overflow="fold")
        for row in rows:
            frame.add_row(*(Text(clean(cell) or EMPTY) for cell in row))
        if self._terminal:
            self._console.print(frame)
            return
        with self._console.capture() as written:
            self._console.print(frame)
        for line in written.get().splitlines():
            self._console.print(Text(line.rstrip()), soft_wrap=True)
