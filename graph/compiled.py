"""Loops over arrays, compiled where numba is at hand: the same functions run, only slower, where it is not."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar, cast

SETTING = "XINMAI_NUMBA"  # "off": run everything as plain Python, as on a machine without numba
F = TypeVar("F", bound=Callable[..., Any])

try:
    if os.environ.get(SETTING) == "off":
        raise ImportError
    import numba
except ImportError:
    COMPILED = False
    prange: Any = range

    def compiled(*, parallel: bool = False) -> Callable[[F], F]:
        """The function as it is."""
        return lambda function: function

else:
    COMPILED = True
    prange = numba.prange

    def compiled(*, parallel: bool = False) -> Callable[[F], F]:
        """The function compiled at its first call, kept on disk for the next process, and run without the lock."""

        def made(function: F) -> F:
            try:
                wrapped: Any = numba.njit(cache=True, nogil=True, parallel=parallel)(function)
            except RuntimeError:  # nowhere to keep it: no folder of ours or of the user's can be written
                wrapped = numba.njit(nogil=True, parallel=parallel)(function)
            return cast(F, wrapped)

        return made
