"""One server for a data directory: shared, found again, ended with its last user, refused when not whole."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from graph import java
from graph.datadir import DataDir, prepare
from graph.errors import StoreBusyError, StoreError
from graph.store import Store, open_store

ENDING = 30.0
SCRIPT = """
import sys
from graph.store import open_store
with open_store(sys.argv[1]) as store:
    store.write("CREATE (:Contact {id: $id})", id=sys.argv[2])
    print(store.endpoint.pid)
"""


def until(condition: object, seconds: float = ENDING) -> bool:
    """Whether `condition()` comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():  # type: ignore[operator]  # any callable
            return True
        time.sleep(0.05)
    return False


def ended(pid: int) -> bool:
    return until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


def keeper_of(store: Store) -> psutil.Process:
    parent = psutil.Process(store.endpoint.pid).parent()
    assert parent is not None
    return parent


def ids(store: Store) -> set[str]:
    return {row["id"] for row in store.read("MATCH (c:Contact) RETURN c.id AS id")}


def test_processes_and_threads_share_one_server(embedded_dir: Path) -> None:
    def process(name: str) -> str:
        command = [sys.executable, "-c", SCRIPT, str(embedded_dir), name]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout.strip()

    def thread(name: str) -> str:
        with open_store(embedded_dir) as store:
            store.write("CREATE (:Contact {id: $id})", id=name)
            return str(store.endpoint.pid)

    with ThreadPoolExecutor(6) as pool:  # all at once on a directory that does not exist yet
        pids = [*pool.map(process, ["p1", "p2", "p3"]), *pool.map(thread, ["t1", "t2", "t3"])]
    with open_store(embedded_dir) as store:
        assert ids(store) == {"p1", "p2", "p3", "t1", "t2", "t3"}
    assert len(set(pids[:3])) == 1


def test_the_server_ends_with_its_last_user_and_keeps_the_graph(embedded_dir: Path) -> None:
    first = open_store(embedded_dir)
    second = open_store(embedded_dir)
    pid, keeper = first.endpoint.pid, keeper_of(first).pid
    first.write("CREATE (:Contact {id: 'a'})")
    first.close()
    time.sleep(2.0)
    assert ids(second) == {"a"}
    second.close()
    assert ended(pid)
    assert ended(keeper)
    with open_store(embedded_dir) as again:
        assert again.endpoint.pid != pid
        assert ids(again) == {"a"}


def test_a_user_that_comes_soon_finds_the_server_still_there(
    embedded_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINMAI_LINGER", "5")
    with open_store(embedded_dir) as store:
        pid = store.endpoint.pid
    time.sleep(1.0)
    with open_store(embedded_dir) as store:
        assert store.endpoint.pid == pid


def test_the_server_ends_when_its_last_user_is_killed(embedded_dir: Path) -> None:
    script = SCRIPT.replace("print(store.endpoint.pid)", "print(store.endpoint.pid, flush=True); sys.stdin.read()")
    command = [sys.executable, "-c", script, str(embedded_dir), "a"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as user:
        assert user.stdout is not None
        pid = int(user.stdout.readline())
        assert psutil.pid_exists(pid)
        user.kill()
    assert ended(pid)


def test_java_dies_with_its_keeper_and_the_next_statement_has_a_new_one(embedded_dir: Path) -> None:
    with open_store(embedded_dir) as store:
        store.write("CREATE (:Contact {id: 'a'})")
        pid = store.endpoint.pid
        keeper_of(store).kill()
        assert ended(pid)
        store.write("CREATE (:Contact {id: 'b'})")
        assert ids(store) == {"a", "b"}
        assert store.endpoint.pid != pid


def test_the_password_is_in_no_command_line_log_or_open_file(embedded_dir: Path) -> None:
    with open_store(embedded_dir) as store:
        password = store.endpoint.password
        assert len(password) > 20
        java = psutil.Process(store.endpoint.pid)
        seen = [java.cmdline(), keeper_of(store).cmdline(), sorted(java.environ().items())]
        assert not any(password in str(words) for words in seen)
        place = DataDir(embedded_dir)
        holding = {
            path.relative_to(embedded_dir)
            for path in embedded_dir.rglob("*")
            if path.is_file() and password.encode() in path.read_bytes()
        }
        assert {str(path) for path in holding} == {"run/endpoint.json"}
        assert place.endpoint.stat().st_mode & 0o777 == 0o600
        first = password
    assert ended(java.pid)
    with open_store(embedded_dir) as store:
        assert store.endpoint.password != first


def test_it_listens_to_this_machine_only(embedded_dir: Path) -> None:
    with open_store(embedded_dir) as store:
        connections = psutil.Process(store.endpoint.pid).net_connections("inet")
        listening = {c.laddr.ip.removeprefix("::ffff:") for c in connections if c.status == psutil.CONN_LISTEN}
    assert listening == {"127.0.0.1"}


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a little graph, cleanly closed. To be copied, not used."""
    path = tmp_path_factory.mktemp("closed") / "data"
    with open_store(path) as store:
        store.write(
            "UNWIND range(1, 100) AS i CREATE (:Subject {id: toString(i)})-[:KIN]->(:Contact {id: toString(i)})"
        )
        pid = store.endpoint.pid
    assert ended(pid)
    assert until((path / "closed.json").exists)
    return path


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def garble(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


@pytest.mark.parametrize(
    ("files", "harm"),
    [
        ("schema.json", Path.unlink),
        ("schema.json", cut),
        ("schema.json", garble),
        ("Subject_0.*.bucket", Path.unlink),
        ("Subject_0.*.bucket", cut),
        ("KIN_0.*.bucket", Path.unlink),
        ("dictionary.*", Path.unlink),
        ("Subject_0_*idx", Path.unlink),
    ],
)
def test_damaged_files_are_refused_and_not_taken_for_an_empty_graph(
    closed: Path, embedded_dir: Path, files: str, harm: object
) -> None:
    shutil.copytree(closed, embedded_dir)
    victim = next((embedded_dir / "databases" / "xinmai").glob(files))
    harm(victim)  # type: ignore[operator]  # any callable
    with pytest.raises(StoreBusyError, match=r"已损坏.*未予打开.*restore"):
        open_store(embedded_dir)


def test_a_graph_whose_files_are_gone_is_not_an_empty_one(closed: Path, embedded_dir: Path) -> None:
    shutil.copytree(closed, embedded_dir)
    shutil.rmtree(embedded_dir / "databases")
    with pytest.raises(StoreBusyError, match=r"已损坏.*已不在"):
        open_store(embedded_dir)


def test_a_copy_of_a_data_directory_is_a_store_of_its_own(closed: Path, embedded_dir: Path) -> None:
    shutil.copytree(closed, embedded_dir)
    with open_store(embedded_dir) as store:
        assert store.read("MATCH (:Subject)-[k:KIN]->(:Contact) RETURN count(k) AS n") == [{"n": 100}]


def test_a_database_another_program_has_open_is_refused(closed: Path, embedded_dir: Path, tmp_path: Path) -> None:
    shutil.copytree(closed, embedded_dir)
    # Another program with the same files: a second server whose `databases` is ours.
    other = tmp_path / "other"
    shutil.copytree(closed, other)
    shutil.rmtree(other / "databases")
    (other / "closed.json").unlink()
    (other / "databases").symlink_to(embedded_dir / "databases")
    with open_store(other) as store:
        assert store.read("MATCH (n:Subject) RETURN count(n) AS n") == [{"n": 100}]
        with pytest.raises(StoreBusyError, match="被另一个程序"):
            open_store(embedded_dir)


def test_a_heap_no_machine_has_is_said_so(embedded_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINMAI_HEAP", "1m")
    with pytest.raises(StoreError, match="XINMAI_HEAP"):
        open_store(embedded_dir)
    monkeypatch.setenv("XINMAI_HEAP", "256m")
    with open_store(embedded_dir) as store:
        assert store.read("RETURN 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize("which", ["bolt", "http"])
def test_a_port_taken_by_another_program_is_seen(embedded_dir: Path, which: str) -> None:
    place = prepare(embedded_dir)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = int(other.getsockname()[1])
        launch = java.Launch(bolt=port) if which == "bolt" else java.Launch(http=port)
        with java.start(place, launch) as process:
            ready = java.becomes_ready(place, process, launch)
            process.kill()
    assert not ready
    assert java.lost_its_port(place)
    with open_store(embedded_dir) as store:
        assert store.read("RETURN 1 AS one") == [{"one": 1}]
