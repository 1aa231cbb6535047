"""Fixtures every test may ask for: `store` (an emptied graph on each engine) and `embedded_dir`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from graph.store import Store, open_store
from tests import neo4j_server

EMPTY = "MATCH (n) DETACH DELETE n"


@pytest.fixture(scope="session")
def arcadedb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One embedded store for the whole session; tests ask for `store`, which is emptied."""
    os.environ.setdefault("XINMAI_LINGER", "0.5")
    with open_store(tmp_path_factory.mktemp("arcadedb")) as store:
        yield store


@pytest.fixture(scope="session")
def neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One Neo4j server for the whole session; skipped where none can be started, unless under CI."""
    try:
        server = neo4j_server.start(tmp_path_factory.mktemp("neo4j"))
    except neo4j_server.NeoUnavailable as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"NO NEO4J, half of the contract suite is NOT run: {error}")
    try:
        with open_store(server.url) as store:
            yield store
    finally:
        server.stop()


@pytest.fixture(params=["arcadedb", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty graph, once on each engine."""
    opened = cast(Store, request.getfixturevalue(request.param))
    opened.write(EMPTY)
    return opened


@pytest.fixture
def embedded_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory for an embedded store of the test's own, which ends soon after the test."""
    monkeypatch.setenv("XINMAI_LINGER", "0.5")
    return tmp_path / "data"
