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
