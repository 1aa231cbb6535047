"""A backup holds one moment of a store in use; restoring refuses everything doubtful before it changes anything."""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import archive
from graph.backup import backup, restore
from graph.errors import InputError, StoreBusyError, StoreError
from graph.store import Store, open_store
from tests import neo4j_server

GRAPH = (
    "CREATE (a:Subject {id: 'a', name: '“甲”公司\n', tags: ['x', 'y'], ratio: 0.25, n: 3, ok: true}), "
    "(b:Subject {id: 'b'}), (l:Listing {id: 'l', list: 'YZWF'}), (a)-[:SHAREHOLDER {ratio: 0.5, record: 'f:2'}]->(b), "
    "(a)-[:SHAREHOLDER {ratio: 0.1}]->(b), (b)-[:LISTED]->(l), (b)-[:KIN]->(b)"
)


def content(store: Store) -> list[str]:
    nodes = store.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS p")
    edges = store.read("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, properties(r) AS p, b.id AS b")
    return sorted(json.dumps(row, sort_keys=True) for row in [*nodes, *edges])


@pytest.fixture
def address(store: Store, request: pytest.FixtureRequest) -> str:
    """Where `store` can be opened again, with its password."""
    if store.endpoint.pid:
        return store.location
    running: neo4j_server.NeoServer = request.getfixturevalue("neo4j_process")
    return running.url


@pytest.fixture(scope="module")
def made(arcadedb: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of an embedded store."""
    arcadedb.write("MATCH (n) DETACH DELETE n")
    arcadedb.write(GRAPH)
    return backup(arcadedb, tmp_path_factory.mktemp("made") / "x.backup")


def test_what_was_there_is_there_again(store: Store, address: str, tmp_path: Path) -> None:
    store.write(GRAPH)
    before = content(store)
    made = backup(store, tmp_path)
    assert made.parent == tmp_path
    assert made.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [made]
    store.write("MATCH (n {id: 'a'}) DETACH DELETE n")
    store.write("CREATE (:Subject {id: 'later'})")
    with pytest.raises(InputError, match=r"不是空的.*--force"):
        restore(address, made)
    assert len(store.read("MATCH (n {id: 'later'}) RETURN n")) == 1
    restore(address, made, force=True)
    assert content(store) == before
    with pytest.raises(StoreError, match="唯一约束"):
        store.write("CREATE (:Subject {id: 'a'})")


def test_an_embedded_backup_goes_into_a_new_directory(made: Path, embedded_dir: Path, arcadedb: Store) -> None:
    restore(embedded_dir, made)
    with open_store(embedded_dir) as store:
        assert len(content(store)) == 7
        assert store.read("MATCH (n {id: 'a'})-[r:SHAREHOLDER]->(b) RETURN count(r) AS n") == [{"n": 2}]


@pytest.mark.neo4j
def test_a_server_can_move_into_a_directory(neo4j: Store, tmp_path: Path, embedded_dir: Path) -> None:
    neo4j.write("MATCH (n) DETACH DELETE n")
    neo4j.write(GRAPH)
    made = backup(neo4j, tmp_path / "server.backup")
    restore(embedded_dir, made)
    with open_store(embedded_dir) as store:
        assert content(store) == content(neo4j)
        with pytest.raises(InputError, match="--force"):
            restore(embedded_dir, made)
    restore(embedded_dir, made, force=True)
    with open_store(embedded_dir) as store:
        assert content(store) == content(neo4j)


@pytest.mark.neo4j
def test_an_embedded_backup_does_not_go_to_a_server(
    made: Path, neo4j: Store, neo4j_process: neo4j_server.NeoServer
) -> None:
    neo4j.write("MATCH (n) DETACH DELETE n")
    neo4j.write("CREATE (:Subject {id: 'kept'})")
    with pytest.raises(InputError, match="不能恢复到服务器"):
        restore(neo4j_process.url, made, force=True)
    assert len(neo4j.read("MATCH (n {id: 'kept'}) RETURN n")) == 1


class Pairs(threading.Thread):
    """Writes one pair of joined nodes after the other, each pair in one transaction."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.stop = threading.Event()
        self.acknowledged = 0

    def run(self) -> None:
        while not self.stop.is_set():
            number = self.acknowledged + 1
            self.store.write(
                "CREATE (:Subject {id: $a, n: $n})-[:KIN]->(:Contact {id: $a, n: $n})", a=str(number), n=number
            )
            self.acknowledged = number


@pytest.fixture
def writer(store: Store) -> Iterator[Pairs]:
    thread = Pairs(store)
    thread.start()
    while thread.acknowledged < 20:
        thread.join(0.01)
    yield thread
    thread.stop.set()
    thread.join()


@pytest.mark.parametrize("store", ["arcadedb"], indirect=True)
def test_a_backup_in_use_is_of_one_moment(store: Store, writer: Pairs, tmp_path: Path, embedded_dir: Path) -> None:
    before = writer.acknowledged
    made = backup(store, tmp_path)
    restore(embedded_dir, made)
    with open_store(embedded_dir) as copy:
        numbers = {row["n"] for row in copy.read("MATCH (s:Subject)-[:KIN]->(c:Contact {n: s.n}) RETURN s.n AS n")}
        assert numbers == set(range(1, len(numbers) + 1))
        assert len(numbers) >= before
        assert copy.read("MATCH (n) RETURN count(n) AS n") == [{"n": 2 * len(numbers)}]


@pytest.mark.neo4j
@pytest.mark.parametrize("store", ["neo4j"], indirect=True)
def test_a_server_that_is_written_to_is_not_dumped_half(
    store: Store, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    store.write("UNWIND range(1, 5000) AS i CREATE (:Listing {id: toString(i)})")
    request.getfixturevalue("writer")
    with pytest.raises(StoreBusyError, match="写入"):
        backup(store, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_never_replaces_a_file(made: Path, arcadedb: Store) -> None:
    before = made.read_bytes()
    with pytest.raises(InputError, match="已存在"):
        backup(arcadedb, made)
    with pytest.raises(InputError, match="目录不存在"):
        backup(arcadedb, made.parent / "nowhere" / "x.backup")
    assert made.read_bytes() == before


def rewritten(made: Path, dest: Path, **changes: object) -> Path:
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(dest, "w") as new:
        manifest = json.loads(old.read(archive.MANIFEST)) | changes
        new.writestr(archive.MANIFEST, json.dumps(manifest))
        new.writestr("arcadedb.zip", old.read("arcadedb.zip"))
    return dest


def flipped(made: Path, dest: Path) -> Path:
    """One bit of the payload changed, and the zip's own checksum made to fit."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(dest, "w") as new:
        payload = bytearray(old.read("arcadedb.zip"))
        payload[len(payload) // 2] ^= 1
        new.writestr(archive.MANIFEST, old.read(archive.MANIFEST))
        new.writestr("arcadedb.zip", bytes(payload))
    return dest


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing", "没有这个备份"),
        ("empty", "不是信脉的备份"),
        ("text", "不是信脉的备份"),
        ("cut", "不是信脉的备份"),
        ("flipped", "校验值不符"),
        ("other zip", "不是信脉的备份"),
        ("newer format", "请先升级"),
        ("newer engine", "请先升级"),
    ],
)
def test_a_doubtful_backup_changes_nothing(made: Path, arcadedb: Store, tmp_path: Path, name: str, words: str) -> None:
    doubtful = tmp_path / "doubtful"
    if name == "empty":
        doubtful.touch()
    elif name == "text":
        doubtful.write_text("nothing of the kind")
    elif name == "cut":
        shutil.copy(made, doubtful)
        doubtful.write_bytes(made.read_bytes()[: made.stat().st_size // 2])
    elif name == "flipped":
        flipped(made, doubtful)
    elif name == "other zip":
        zipfile.ZipFile(doubtful, "w").close()
    elif name == "newer format":
        rewritten(made, doubtful, format=archive.FORMAT + 1)
    elif name == "newer engine":
        rewritten(made, doubtful, engine="99.1.1")
    arcadedb.write("MATCH (n) DETACH DELETE n")
    arcadedb.write("CREATE (:Subject {id: 'kept'})")
    pid = arcadedb.endpoint.pid
    with pytest.raises(InputError, match=words):
        restore(arcadedb.location, doubtful, force=True)
    assert arcadedb.read("MATCH (n) RETURN n.id AS id") == [{"id": "kept"}]
    assert arcadedb.endpoint.pid == pid


def test_a_damaged_store_can_be_restored(made: Path, embedded_dir: Path) -> None:
    with open_store(embedded_dir) as store:
        store.write("CREATE (:Subject {id: 'old'})")
        (embedded_dir / "databases" / "xinmai" / "schema.json").write_text("garbage")
        with store.source.alone():
            store.source.restart()  # type: ignore[attr-defined]  # embedded
    with pytest.raises(StoreBusyError, match="已损坏"):
        open_store(embedded_dir)
    restore(embedded_dir, made, force=True)
    with open_store(embedded_dir) as store:
        assert len(content(store)) == 7
