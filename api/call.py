"""One call of one command: what was asked, and where the answer goes."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

from api.output import Output


@dataclass(frozen=True, slots=True)
class Call:
    """The parsed options and the output of one run."""

    options: argparse.Namespace
    out: Output

    def __getitem__(self, name: str) -> Any:
        """The value of one option by its long name."""
        return getattr(self.options, name)

    def given(self, *names: str) -> list[str]:
        """Which of these options were written, whatever their defaults are, as one writes them."""
        written = getattr(self.options, "given", ())
        return [f"--{name.replace('_', '-')}" for name in names if name in written or self[name] is True]
