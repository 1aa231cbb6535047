"""`kill -9` of the server while it commits, and of clients in the middle of a transaction."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.store import Store, open_store
from tests import neo4j_server

KILLS = 10
HOLDER = """
import sys, time
from graph.store import open_store

def hold(tx):
    tx.run("CREATE (:Contact {id: 'half'})")
    tx.run("MATCH (s:Subject {id: 'a'}) SET s.n = 99")
    print("holding", flush=True)
    time.sleep(600)

with open_store() as store:
    store.transact(hold, timeout=600)
"""


class Writer(threading.Thread):
    """Writes one node after the other: those acknowledged, and those whose fate it was not told."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.stop = threading.Event()
        self.acknowledged: set[str] = set()
        self.unknown: set[str] = set()
        self.errors: list[StoreError] = []

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            try:
                self.store.write("CREATE (:Contact {id: $id})", id=str(number))
                self.acknowledged.add(str(number))
            except StoreError as error:
                self.unknown.add(str(number))
                self.errors.append(error)


def test_nothing_acknowledged_is_lost_when_java_is_killed(embedded_dir: Path) -> None:
    with open_store(embedded_dir) as store:
        writer = Writer(store)
        writer.start()
        try:
            for _ in range(KILLS):
                before, pid = len(writer.acknowledged), store.endpoint.pid
                while len(writer.acknowledged) < before + 20:
                    time.sleep(0.01)
                os.kill(pid, signal.SIGKILL)
                while store.endpoint.pid == pid:
                    time.sleep(0.01)
        finally:
            writer.stop.set()
            writer.join()
        found = {row["id"] for row in store.read("MATCH (c:Contact) RETURN c.id AS id")}
    assert len(writer.acknowledged) >= KILLS * 20
    assert writer.acknowledged <= found
    assert found <= writer.acknowledged | writer.unknown
    assert all("不知道是否已提交" in str(error) for error in writer.errors)


@pytest.mark.parametrize("engine", ["arcadedb", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def test_a_killed_client_leaves_nothing_behind_and_bars_nobody(
    engine: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    store: Store = request.getfixturevalue(engine)
    store.write("MATCH (n) DETACH DELETE n")
    store.write("CREATE (:Subject {id: 'a', n: 1})")
    address = store.location
    if engine == "neo4j":
        running: neo4j_server.NeoServer = request.getfixturevalue("neo4j_process")
        address = running.url
    monkeypatch.setenv("XINMAI_DB", address)
    with subprocess.Popen([sys.executable, "-c", HOLDER], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        assert store.read("MATCH (c:Contact) RETURN c") == []
        holder.kill()
    store.write("MATCH (s:Subject {id: 'a'}) SET s.n = s.n + 1", timeout=20.0)
    assert store.read("MATCH (n) RETURN n.id AS id, n.n AS n") == [{"id": "a", "n": 2}]
