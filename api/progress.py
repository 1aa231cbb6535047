"""Progress on stderr, on a terminal only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from api.output import Output
from viz.model import clean

Tell = Callable[[str, int, int | None], None]


@contextmanager
def progress(out: Output) -> Iterator[Tell]:
    """A function to be told (what, done, total or None); it draws bars where stderr is a terminal.

    It ends the work with KeyboardInterrupt if Ctrl-C was pressed and has been swallowed on the way.
    """
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int | None) -> None:
            if out.interrupted:
                raise KeyboardInterrupt
            if what not in tasks:
                for earlier in tasks.values():  # a new stage means that those before it are done
                    bars.update(earlier, completed=1, total=1, visible=False)
                tasks[what] = bars.add_task(escape(clean(what)), total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield tell
