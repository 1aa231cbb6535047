"""`xinmai serve` as a real process: reachable with its token, refused where it must be, ended by Ctrl-C."""

from __future__ import annotations

import contextlib
import http.client
import re
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from bench import invented
from graph.store import Store
from tests.api.running import started, xinmai
from tests.conftest import EMPTY


def status(url: str) -> int:
    """The HTTP status of a GET."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_serve_prints_an_address_that_works_and_ends_on_ctrl_c(graph: Store, tmp_path: Path) -> None:
    with started("serve", "--port", "0", "--db", graph.location, cwd=tmp_path) as process:
        assert process.stdout
        found = re.search(r"(http://127\.0\.0\.1:\d+)/\?token=(\S+)", process.stdout.readline())
        assert found
        assert status(f"{found[1]}/healthz") == 200
        assert status(f"{found[1]}/api/policy") == 401
        request = urllib.request.Request(f"{found[1]}/api/policy", headers={"Authorization": f"Bearer {found[2]}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 200
        busy = xinmai("serve", "--port", found[1].rpartition(":")[2], "--db", graph.location, cwd=tmp_path)
        assert busy.code == 2
        assert "--port" in busy.err
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0


def test_serve_ends_in_order_however_often_it_is_told_to(graph: Store, tmp_path: Path) -> None:
    with started("serve", "--port", "0", "--db", graph.location, cwd=tmp_path) as process:
        assert process.stdout
        process.stdout.readline()
        for _ in range(3):
            process.send_signal(signal.SIGINT)
            time.sleep(0.1)
        _, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (0, "")


def test_an_answer_on_a_kept_connection_is_sent_at_once(graph: Store, tmp_path: Path) -> None:
    with started("serve", "--port", "0", "--db", graph.location, cwd=tmp_path) as process:
        assert process.stdout
        found = re.search(r"http://(127\.0\.0\.1:\d+)/", process.stdout.readline())
        assert found
        took = []
        with contextlib.closing(http.client.HTTPConnection(found[1])) as connection:
            for _ in range(21):
                began = time.perf_counter()
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                took.append(time.perf_counter() - began)
    # Head and body are two writes: a socket that waits for more holds the second back for 40 ms.
    assert sorted(took)[10] < 0.03, took


@pytest.mark.parametrize("environment", [{}, {"XINMAI_TOKEN": "short"}, {"XINMAI_TOKEN_FILE": "/nowhere"}])
def test_serve_beyond_this_machine_needs_a_token_of_ones_own(tmp_path: Path, environment: dict[str, str]) -> None:
    ended = xinmai("serve", "--host", "0.0.0.0", "--port", "0", cwd=tmp_path, **environment)
    assert ended.code == 2
    assert "XINMAI_TOKEN" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_during_a_load_says_that_nothing_changed_and_it_is_so(arcadedb: Store, tmp_path: Path) -> None:
    arcadedb.write(EMPTY)
    invented.write(tmp_path / "big")
    with started("load", "big", "--db", arcadedb.location, cwd=tmp_path) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None and not watched.net_connections():
            pass
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=120)
    assert process.returncode == 130, complaints
    assert "已中断" in complaints
    assert "Traceback" not in complaints
    assert xinmai("sources", "--db", arcadedb.location, "--json", cwd=tmp_path).document == {"sources": []}
