"""Holders that do not conduct: nominees, state investors, client accounts, index funds (`nominees.yaml`)."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from graph.names import name_key


@cache
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = yaml.safe_load(files("loaders").joinpath("nominees.yaml").read_text(encoding="utf-8"))
    return tuple((re.compile(row["name"]), row["reason"]) for row in rows)


def nominee_reason(name: str) -> str:
    """Why risk never passes through a holder of this name, in Chinese; "" when it may."""
    key = name_key(name)
    return next((reason for pattern, reason in _table() if pattern.search(key)), "")
