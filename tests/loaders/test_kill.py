"""`kill -9` in the middle of a load, of the loader and of the store: all of it is there, or nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.store import Store, open_store
from tests.loaders.packages import load_one, package

ROUNDS = 10
LOADER = """
import sys
from pathlib import Path
from graph.store import open_store
from loaders.load import LoadOptions, load
with open_store(sys.argv[1]) as store:
    print("open", flush=True)
    load(store, [Path(sys.argv[2])], LoadOptions(source=sys.argv[3], rejects=Path(sys.argv[1]) / "rejected"))
    print("loaded", flush=True)
"""
ROWS = 1_500
NOTHING, WHOLE = (0, 0, 0), (ROWS, ROWS - 1, 1)
SETTLING = 20.0  # seconds


def city(folder: Path, prefix: str) -> Path:
    names = "".join(f"{prefix}{i},enterprise,{prefix}公司{i}\n" for i in range(ROWS))
    ties = "".join(f"{prefix}{i},{prefix}{i + 1},SHAREHOLDER\n" for i in range(ROWS - 1))
    return package(folder / prefix, subjects=f"id,kind,name\n{names}", relations=f"source,target,type\n{ties}")


def counts(store: Store, origin: str) -> tuple[int, int, int]:
    """Subjects, relations and source entries of one source."""
    s = store.read("MATCH (s:Subject) WHERE $o IN s.sources RETURN count(s) AS n", o=origin)[0]["n"]
    r = store.read("MATCH (:Subject)-[r:SHAREHOLDER]->() WHERE r.origin = $o RETURN count(r) AS n", o=origin)[0]["n"]
    n = store.read("MATCH (x:Source {name: $o}) RETURN count(x) AS n", o=origin)[0]["n"]
    return s, r, n


def settled(store: Store, origin: str) -> tuple[int, int, int]:
    """The counts once a commit that the server already had in hand when the loader died is through."""
    deadline = time.monotonic() + SETTLING
    found = counts(store, origin)
    while found not in (NOTHING, WHOLE) and time.monotonic() < deadline:
        time.sleep(0.2)
        found = counts(store, origin)
    return found


def started(data: Path, folder: Path, origin: str) -> subprocess.Popen[str]:
    loader = subprocess.Popen(
        [sys.executable, "-c", LOADER, str(data), str(folder), origin],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert loader.stdout is not None
    assert loader.stdout.readline() == "open\n"
    return loader


def java_pid(data: Path) -> int:
    return int(json.loads((data / "run" / "endpoint.json").read_text(encoding="utf-8"))["pid"])


@pytest.mark.parametrize("victim", ["loader", "store"])
def test_a_killed_load_leaves_all_or_nothing(embedded_dir: Path, tmp_path: Path, victim: str) -> None:
    pauses = random.Random(20261122)
    with open_store(embedded_dir) as store:
        load_one(store, city(tmp_path, "base"), source="base")
        began = time.monotonic()
        load_one(store, city(tmp_path, "probe"), source="probe")
        whole = time.monotonic() - began
        for turn in range(ROUNDS):
            loader = started(embedded_dir, city(tmp_path, f"t{turn}"), f"t{turn}")
            time.sleep(pauses.uniform(0.1, 1.0) * whole)
            os.kill(loader.pid if victim == "loader" else java_pid(embedded_dir), signal.SIGKILL)
            said, _ = loader.communicate(timeout=120)
            found = settled(store, f"t{turn}")
            assert found in (NOTHING, WHOLE), f"half-loaded in turn {turn}: {found}"
            assert found == WHOLE or "loaded" not in said, "an acknowledged load was lost"
        assert counts(store, "base") == counts(store, "probe") == WHOLE
