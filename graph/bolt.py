"""The `neo4j` driver, imported without pandas, numpy and pyarrow.

It would import them, to take their types as parameters: 2 of the 2.5 CPU seconds of its import, at the start of
every command. Parameters are plain Python values here; a numpy number is refused, whoever has imported numpy.
"""

from __future__ import annotations

import logging
import sys

_UNWANTED = ("numpy", "pandas", "pyarrow")
_loaded = {name: sys.modules[name] for name in _UNWANTED if name in sys.modules}
sys.modules.update(dict.fromkeys(_UNWANTED))  # type: ignore[arg-type]  # None: importing it fails, as if not there
try:
    from neo4j import (
        READ_ACCESS,
        WRITE_ACCESS,
        Driver,
        GraphDatabase,
        NotificationMinimumSeverity,
        Result,
        Session,
        Transaction,
    )
    from neo4j.exceptions import (
        AuthError,
        ConstraintError,
        DriverError,
        IncompleteCommit,
        Neo4jError,
        ServiceUnavailable,
        SessionExpired,
    )
    from neo4j.graph import Node, Path, Relationship
finally:
    for _name in _UNWANTED:
        del sys.modules[_name]
    sys.modules.update(_loaded)

# A lost connection is tried again; the driver would tell the terminal of it, where nobody has set up logging.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

__all__ = [
    "READ_ACCESS",
    "WRITE_ACCESS",
    "AuthError",
    "ConstraintError",
    "Driver",
    "DriverError",
    "GraphDatabase",
    "IncompleteCommit",
    "Neo4jError",
    "Node",
    "NotificationMinimumSeverity",
    "Path",
    "Relationship",
    "Result",
    "ServiceUnavailable",
    "Session",
    "SessionExpired",
    "Transaction",
]
