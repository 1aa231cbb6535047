"""Fixtures every test may ask for.

`store`: an emptied graph, once on each engine; what a test asks of it holds on both. `server`: its process.
`embedded_dir`: a data directory of the test's own, whose server ends soon after the test.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import psutil
import pytest

from graph.store import Store, open_store
from tests import neo4j_server

EMPTY = "MATCH (n) DETACH DELETE n"
# Tests start several servers at once; each needs little, and lives too short for the second compiler.
os.environ.setdefault("XINMAI_HEAP", "512m")
os.environ.setdefault("XINMAI_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
os.environ.setdefault("XINMAI_LINGER", "0.5")


@pytest.fixture(scope="session")
def arcadedb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One embedded store for the whole session; tests ask for `store`, which is emptied."""
    with open_store(tmp_path_factory.mktemp("arcadedb")) as opened:
        yield opened


@pytest.fixture(scope="session")
def neo4j_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[neo4j_server.NeoServer]:
    """One Neo4j server for the whole session; skipped where none can be started, unless under CI."""
    try:
        running = neo4j_server.start(tmp_path_factory.mktemp("neo4j"))
    except neo4j_server.NeoUnavailable as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"NO NEO4J, half of the contract suite is NOT run: {error}")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def neo4j(neo4j_process: neo4j_server.NeoServer) -> Iterator[Store]:
    """The store of that server."""
    with open_store(neo4j_process.url) as opened:
        yield opened


@pytest.fixture(params=["arcadedb", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty graph, once on each engine."""
    opened = cast(Store, request.getfixturevalue(request.param))
    opened.write(EMPTY)
    return opened


@pytest.fixture
def server(store: Store, request: pytest.FixtureRequest) -> psutil.Process:
    """The process that answers for `store`."""
    if store.endpoint.pid:
        return psutil.Process(store.endpoint.pid)
    return psutil.Process(request.getfixturevalue("neo4j_process").pid)


@pytest.fixture
def embedded_dir(tmp_path: Path) -> Path:
    """A data directory of the test's own, not made yet."""
    return tmp_path / "data"
