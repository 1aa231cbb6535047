"""The product over a store, without a snapshot: its own Cypher on ArcadeDB and on Neo4j; and a naive statement."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
import psutil

from bench.generate import AS_OF
from bench.peers.arrays import HOPS, ROUNDS
from bench.peers.by_arrays import told
from bench.peers.protocol import Degrees, Exposures, NotOfferedError, Peer, Place, Shares
from graph.cypher import text
from graph.store import Store, open_store
from graph.vocabulary import SUBJECT_RELATION_TYPES, Kind
from loaders.load import load
from queries.applicants import applicant
from queries.engine import Engine, use
from queries.exposure import ExposureAnswer, expose, expose_many
from queries.groups.guarantee_graph import Guarantees
from queries.groups.reading import Reading
from queries.groups.rings import circles
from queries.hops import SLACK
from queries.links import Walk
from queries.ownership import integrated, reading
from queries.paths import paths
from queries.policy import POSSIBLE, shipped
from queries.question import Question
from queries.scenarios import scenario
from queries.screen import screen
from queries.walked import Walked
from queries.weights import weights
from tests import neo4j_server

SCENARIO = "procurement"
SECONDS = 30.0  # a question, before it is given up
SERVER_GIGABYTES = 8  # of heap: a load is one transaction, and Neo4j lets all of them take 70 % of it


class Arcade(Peer):
    """The embedded store."""

    name = "Xinmai, Cypher on ArcadeDB"
    given = "-"
    reads_arrays = False
    engine: ClassVar[Engine] = Engine.CYPHER
    kin = "cypher"
    beyond = "give a store that holds the graph: --store"
    scales: ClassVar[tuple[str, ...]] = ("XS", "S", "M")

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._types = shipped().carrying(include_possible=False)

    def load(self) -> None:
        """`xinmai load` of the package, unless a store is given that holds it."""
        self.store = self._open()
        if not self.place.store:
            load(self.store, [self.place.package])
        use(self.store, self.engine)

    def close(self) -> None:
        """Close it; an embedded server ends with it."""
        if hasattr(self, "store"):  # it may have failed to open
            self.store.close()

    def memory(self) -> int:
        """Of the store's Java."""
        return psutil.Process(self.store.endpoint.pid).memory_info().rss if self.store.endpoint.pid else 0

    def degrees(self, subject: str) -> Degrees:
        """The statement behind a subject's card; what the load itself found (MAYBE_SAME) is left out."""
        found: Degrees = {}
        types = tuple(t for t in SUBJECT_RELATION_TYPES if t != POSSIBLE)
        for row in self.store.read(text("queries", "degrees", TYPES=types), id=subject, as_of=AS_OF):
            key = (row["type"], row["along"])
            total, active = found.get(key, (0, 0))
            count = row["relations"]
            found[key] = (total + count, active + count * bool(row["active"]))
        return found

    def around(self, subject: str) -> list[list[str]]:
        """Breadth first, a statement a hop, as `paths` walks."""
        walk = Walk(self._types, (AS_OF, AS_OF), shipped().fanout_cap, time.monotonic() + SECONDS)
        links = Walked.of(self.store).links(walk, [subject])
        seen, front, layers = {subject}, {subject}, []
        for _ in range(HOPS):
            links.fetch(front)
            opened = [i for i in front if i == subject or links.open(i)]
            front = {other for i in opened for other in links.places[i].links} - seen
            seen |= front
            layers.append(sorted(front))
        return layers

    def exposure(self, subject: str) -> Exposures:
        """The product's own answer, with evidence."""
        return _told(expose(self.store, subject, as_of=AS_OF, hops=HOPS, seconds=SECONDS))

    def exposures(self, subjects: Sequence[str]) -> list[Exposures]:
        """Those of many share statements."""
        answers = expose_many(self.store, subjects, as_of=AS_OF, hops=HOPS, seconds=10 * SECONDS)
        return [_told(answers[subject]) for subject in subjects]

    def path(self, a: str, b: str) -> tuple[str, ...]:
        """The first of the shortest paths."""
        found = paths(self.store, [a], [b], as_of=AS_OF, max_hops=ROUNDS, types=self._types, most=1, seconds=SECONDS)
        return tuple(node.id for node in found.paths[0].nodes) if found.paths else ()

    def shares(self) -> Shares:
        """All stakes read from the store, then all shares at once."""
        found = integrated.Shares.of_capital(reading.read_whole(self.store, AS_OF))
        owned = found.everything().tocoo()
        numbers = np.array([self.arrays.numbers[id] for id in found.ids])
        return told(numbers[owned.row], numbers[owned.col], owned.data)

    def circles(self) -> list[list[str]]:
        """As `groups` finds them."""
        found = Guarantees.whole(Reading.of(self.store, AS_OF, SECONDS))
        if not found.complete:
            raise NotOfferedError("more guarantees than are read at once")
        near = {guarantor: set(debtors) for guarantor, debtors in found.given.items()}
        return sorted(sorted(circle) for circle in circles(near))

    def screened(self, subjects: Sequence[str]) -> list[tuple[str, str, int]]:
        """As `screen` does with a sheet that names them by code or number."""
        rows = self.store.read(text("bench", "applicants"), ids=list(subjects))
        asked = [applicant(n, _fields(row)) for n, row in enumerate(rows, start=2)]
        done = screen(self.store, asked, scenario(SCENARIO), {"as_of": AS_OF, "seconds": 100 * SECONDS})
        return [(str(one.asked.row), str(one.decision), len(one.findings)) for one in done.results]

    def _open(self) -> Store:
        return open_store(self.place.store or self.place.scratch / "store", timeout=600.0)


class Neo4j(Arcade):
    """A Neo4j server of the benchmark's own, from its Maven artifacts, or one given by URL."""

    name = "Xinmai, Cypher on Neo4j"
    scales: ClassVar[tuple[str, ...]] = ("XS", "S")
    beyond = "give the URL of a server that holds the graph: --neo4j"

    @classmethod
    def missing(cls) -> str:
        """Whether a server can be had; found out when it is started."""
        return ""

    def _open(self) -> Store:
        self._server: neo4j_server.NeoServer | None = None
        if self.place.store:
            return open_store(self.place.store, timeout=600.0)
        self._server = neo4j_server.start(Path(self.place.scratch) / "neo4j", gigabytes=SERVER_GIGABYTES)
        return open_store(self._server.url, timeout=600.0)

    def close(self) -> None:
        """End the server too."""
        super().close()
        if self._server:
            self._server.stop()

    def memory(self) -> int:
        """Of the server."""
        return psutil.Process(self._server.pid).memory_info().rss if self._server else 0


class Naive(Arcade):
    """The same store asked with one variable-length pattern."""

    name = "Cypher on ArcadeDB, naive"
    given = "stops"
    kin = "naive"
    scales: ClassVar[tuple[str, ...]] = ("XS", "S")
    beyond = "its hubs have no end"

    def load(self) -> None:
        """As the store it is; what the statement is given."""
        super().load()
        policy = shipped()
        self._stopped = [self.arrays.ids[n] for n in np.flatnonzero(self.arrays.stop)]
        self._params = {
            **Question.of({"as_of": AS_OF}).listed_days,
            "keeps": weights(policy, self._types, towards_listed=True),
            "lists": [code for code, severity in policy.severity.items() if severity > 0],
            "floor": float(policy.floor) - SLACK,
            "stopped": self._stopped,
        }

    def exposure(self, subject: str) -> Exposures:
        """Every way is told; the best of each listing is kept here."""
        policy = shipped()
        statement = text("bench.peers", "naive", TYPES=self._types)
        found: dict[str, tuple[float, int, tuple[str, ...]]] = {}
        for row in self.store.read(statement, timeout=SECONDS, id=subject, **self._params):
            score = round(row["weight"] * float(policy.severity_of(row["list"], row["tier"])), 9)
            rank = (-score, len(row["path"]) - 1, tuple(row["path"]))
            if score >= float(policy.floor) and len(set(rank[2])) == len(rank[2]):
                found[row["id"]] = min(rank, found.get(row["id"], rank))
        return {id: (-score, hops, path) for id, (score, hops, path) in found.items()}

    def exposures(self, subjects: Sequence[str]) -> list[Exposures]:
        """One after the other would say nothing new."""
        raise NotOfferedError("as one subject after another")

    def screened(self, subjects: Sequence[str]) -> list[tuple[str, str, int]]:
        """Screened as on the store itself."""
        raise NotOfferedError("as on ArcadeDB")


def _fields(row: dict[str, str | None]) -> dict[str, str]:
    person = row["kind"] == Kind.PERSON
    told = (
        {"person_name": row["name"], "id_number": row["number"]}
        if person
        else {"name": row["name"], "uscc": row["uscc"]}
    )
    return {field: value for field, value in told.items() if value}


def _told(answer: ExposureAnswer) -> Exposures:
    if answer.cut:
        raise NotOfferedError(answer.cut)
    return {e.listing.id: (e.score, e.hops, tuple(node.id for node in e.path.nodes)) for e in answer.exposures}


def heap(scale: str) -> None:
    """Memory of the embedded store's Java, for this process and its children."""
    os.environ.setdefault("XINMAI_HEAP", {"XS": "512m", "S": "2g"}.get(scale, "4g"))
