"""What the service writes down: warnings and errors to standard error, with no personal number in them."""

from __future__ import annotations

import logging

from graph.mask import scrub


class _Scrubbed(logging.Formatter):
    """Masks the whole line, the traceback included: what failed may carry what somebody asked."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the traceback where there is one."""
        return scrub(super().format(record))


def write_down() -> None:
    """From now on, for this process; the server's own log takes the same way."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Scrubbed("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
