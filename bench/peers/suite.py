"""One run: the graph, the machine's limits, every peer loaded, every workload compared and timed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import limits
from bench.generate import SCALES, make
from bench.peers.arrays import prepare
from bench.peers.by_arrays import Plain
from bench.peers.by_duckdb import DuckDB, DuckDBRecursive
from bench.peers.by_igraph import IGraph
from bench.peers.by_kernel import Answered, Kernel
from bench.peers.by_networkx import NetworkX
from bench.peers.by_rustworkx import Rustworkx
from bench.peers.by_store import Arcade, Naive, Neo4j, heap
from bench.peers.page import Results, machine
from bench.peers.protocol import Peer, Place
from bench.peers.reference import Reference
from bench.peers.rounds import Pace, play, title
from bench.peers.seats import Apart, Here, PeerFailedError, Seat
from bench.peers.workloads import workloads

# In the order they are loaded: the first store is read by the others of the product.
PEERS: tuple[type[Peer], ...] = (
    Arcade, Kernel, Answered, Neo4j, Naive, NetworkX, Rustworkx, IGraph, DuckDB, DuckDBRecursive, Plain,
)  # fmt: skip
FIRST: tuple[type[Peer], ...] = (Kernel, Answered, Arcade, Neo4j, Naive)
# Questions compared, and seconds of a peer at a workload in all its rounds.
PACES = {"XS": (8, 0.4), "S": (40, 6.0), "M": (30, 12.0), "L": (20, 20.0)}
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to run. `data`: a package made by the generator, None to make one; `only`: workloads, all if empty; `peers`:
    words in names of peers, those with a minus left out, all if empty; `store`, `neo4j`: stores that hold the graph;
    `apart`: each peer in a process of its own; `threads`: of peers that can use several, one row each; `seconds`: of a
    peer at a workload; `compared`: questions compared before; None for the scale's own.
    """

    scale: str
    scratch: Path
    data: Path | None = None
    only: frozenset[str] = frozenset()
    peers: tuple[str, ...] = ()
    store: str = ""
    neo4j: str = ""
    apart: bool = True
    threads: tuple[int, ...] = (1, 2)
    rounds: int = ROUNDS
    seconds: float | None = None
    compared: int | None = None

    @property
    def pace(self) -> Pace:
        """How long a workload may take."""
        compared, seconds = PACES[self.scale]
        return Pace(self.rounds, self.seconds or seconds, self.compared or compared)


def run(wanted: Wanted, tell: Callable[[Results], None] = lambda results: None) -> Results:
    """Everything that was asked for; peers are ended whatever happens. `tell` gets the results so far after every
    workload: a long run that is cut short has not run in vain.
    """
    heap(wanted.scale)
    package = wanted.data or wanted.scratch / "package"
    if wanted.data is None:
        _say(f"making a graph of scale {wanted.scale}")
        make(package, SCALES[wanted.scale])
    arrays = prepare(package, wanted.scratch / "arrays")
    about = {
        "scale": wanted.scale,
        **machine(),
        "subjects": len(arrays.ids),
        "relations": len(arrays.links_key) // 2,
        "pairs": len(arrays.arc_to),
        "listings": len(arrays.listings),
        "load_after": os.getloadavg()[0],
    }
    results = Results(about, limits.measure(len(arrays.ids), quick=wanted.scale == "XS"))
    small = Reference(package) if wanted.scale == "XS" else None
    with _seated(wanted, package, results) as seats:
        for workload in workloads(arrays, wanted.scale):
            if wanted.only and workload.id not in wanted.only:
                continue
            _say(f"{workload.id} {workload.name}: {workload.group}")
            played = play(workload, seats, (arrays, results.limits, small), wanted.pace)
            results.rows += played.rows
            named = f"{workload.id} {workload.group}"
            results.left_out += [(named, peer, why) for peer, why in played.left_out.items()]
            results.about["load_after"] = os.getloadavg()[0]
            tell(results)
    return results


@contextmanager
def _seated(wanted: Wanted, package: Path, results: Results) -> Iterator[Sequence[Seat]]:
    """All peers that can run here, loaded one after the other."""
    seats: list[Seat] = []
    store = wanted.store
    try:
        for peer in PEERS:
            given = wanted.neo4j if peer is Neo4j else store if issubclass(peer, Arcade) else ""
            if why := _why_not(peer, wanted, given):
                results.missing[peer.name] = why
                continue
            for threads in wanted.threads if peer.parallel else (1,):
                scratch = wanted.scratch / f"{peer.__name__}{threads}"
                place = Place(package, wanted.scratch / "arrays", scratch, wanted.scale, threads, given)
                try:
                    seat: Seat = Apart(peer, place) if wanted.apart else Here(peer, place)
                except PeerFailedError as error:
                    results.missing[peer.name] = str(error).strip().splitlines()[-1]
                    continue
                seats.append(seat)
                _say(f"{title(seat)}: loaded in {seat.loaded.seconds:.1f} s")
                if not given:
                    results.loads.append((title(seat), seat.loaded.seconds, seat.loaded.megabytes))
                elif peer is Kernel and threads == wanted.threads[0]:
                    about = f"{peer.name}, its snapshot of that store"
                    results.loads.append((about, seat.loaded.seconds, seat.loaded.megabytes))
                if peer is Arcade and not store:
                    store = str(scratch / "store")
        # The others are measured against the first of the product's own that has a row.
        yield sorted(seats, key=lambda seat: FIRST.index(seat.peer) if seat.peer in FIRST else len(FIRST))
    finally:
        for seat in reversed(seats):
            seat.leave()


def _why_not(peer: type[Peer], wanted: Wanted, given: str) -> str:
    """Why a peer is not in the run, "" if it is."""
    words = [word.lower() for word in wanted.peers]
    named = [word for word in words if not word.startswith("-")]
    out = any(word[1:] in peer.name.lower() for word in words if word.startswith("-"))
    if out or (named and not any(word in peer.name.lower() for word in named)):
        return "left out by --peers"
    if wanted.scale not in peer.scales and not given:
        return f"not run at scale {wanted.scale}: {peer.beyond}"
    if issubclass(peer, (Answered, Naive)) and not given:
        return "no store holds the graph: --store"
    return peer.missing()


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)
