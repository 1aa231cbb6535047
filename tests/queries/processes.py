"""The processes a test has started."""

from __future__ import annotations

import contextlib

import psutil


def children() -> list[list[str]]:
    """Their command lines; of one that ends meanwhile nothing."""
    found = []
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            found.append(child.cmdline())
    return found
