"""What a cluster needs of a store, as far as one server can show it: reads marked as reads, bookmarks passed on."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.store import Store, open_store
from tests import neo4j_server
from tests.conftest import EMPTY

BEGIN = re.compile(r"C: BEGIN (\{.*\})")


@pytest.fixture
def routed(neo4j: Store, neo4j_process: neo4j_server.NeoServer) -> Iterator[Store]:
    """The same server by the address a cluster has: whom to ask stands in its routing table."""
    neo4j.write(EMPTY)
    with open_store(neo4j_process.url.replace("bolt://", "neo4j://")) as opened:
        yield opened


def begun(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the driver sent with each BEGIN, newest last."""
    return [found[1] for record in caplog.records if (found := BEGIN.search(record.getMessage()))]


@pytest.mark.neo4j
@pytest.mark.parametrize("address", ["neo4j", "routed"])
def test_what_reads_cannot_write(address: str, request: pytest.FixtureRequest) -> None:
    opened: Store = request.getfixturevalue(address)
    opened.write(EMPTY)
    with pytest.raises(StoreError, match="read access mode"):
        opened.read("CREATE (n:Subject {id: 'a'}) RETURN n.id")
    with pytest.raises(StoreError, match="read access mode"):
        opened.transact(lambda tx: tx.run("CREATE (n:Subject {id: 'a'}) RETURN n.id"), readonly=True)
    assert opened.read("MATCH (n) RETURN n") == []


@pytest.mark.neo4j
def test_a_cluster_address_reads_and_writes(routed: Store) -> None:
    routed.write("CREATE (:Subject {id: 'a'})")
    assert routed.read("MATCH (n:Subject) RETURN n.id AS id") == [{"id": "a"}]
    assert routed.location.startswith("neo4j://")


@pytest.mark.neo4j
def test_reading_after_writing_waits_for_what_was_written(routed: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="neo4j")
    routed.write("CREATE (:Subject {id: 'a'})")
    routed.read("MATCH (n:Subject) RETURN n.id AS id")
    routed.write("CREATE (:Subject {id: 'b'})")
    wrote, reading, again = begun(caplog)[-3:]
    assert "'mode': 'r'" in reading
    assert "'mode': 'r'" not in wrote + again
    # A member that lags behind answers only once it has what the bookmark names, and each write makes a new one.
    assert "'bookmarks': ['" in reading
    routed.read("MATCH (n:Subject) RETURN n.id AS id")
    assert begun(caplog)[-1] not in (reading, again)
    caplog.clear()
    assert routed.version()
    sent = next(r.getMessage() for r in caplog.records if "C: RUN" in r.getMessage())
    assert "'mode': 'r'" in sent
    assert "'bookmarks': ['" in sent


def test_bookmarks_are_in_nobodys_way(store: Store) -> None:
    # Six writers and six readers at once, each of whom sees at least what it knows to be written.
    seen: list[tuple[int, int]] = []

    def write_and_read(number: int) -> None:
        for turn in range(5):
            store.write("CREATE (:Subject {id: $id, writer: $number})", id=f"{number}-{turn}", number=number)
            rows = store.read("MATCH (n:Subject {writer: $number}) RETURN count(n) AS n", number=number)
            seen.append((turn + 1, rows[0]["n"]))

    threads = [threading.Thread(target=write_and_read, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 30
    assert all(written == found for written, found in seen)


@pytest.mark.long
@pytest.mark.neo4j
def test_a_cluster_that_has_gone_is_given_some_time_and_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store.RETRY_SECONDS", 4.0)
    server = neo4j_server.start(tmp_path / "neo4j")
    with open_store(server.url.replace("bolt://", "neo4j://")) as opened:
        assert opened.read("RETURN 1 AS one") == [{"one": 1}]
        server.stop()
        began = time.monotonic()
        with pytest.raises(StoreError, match="连接"):
            opened.read("RETURN 1 AS one")
        assert 3.5 < time.monotonic() - began < 60
