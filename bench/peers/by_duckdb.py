"""DuckDB: the pairs as tables in memory, each question one SQL statement."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd

from bench.peers import sql
from bench.peers.arrays import HOPS, ROUNDS, TYPES
from bench.peers.by_arrays import LEAST, told
from bench.peers.protocol import Degrees, Exposures, NotOfferedError, Peer, Shares, Whole


class DuckDB(Peer):
    """Joins hop by hop in one statement, the best kept for each subject and hop."""

    name = "DuckDB, joined hop by hop"
    given = "weighed pairs, stops"
    kin = "sql"
    parallel = True
    scales = ("XS", "S", "M")
    exposing = sql.STAGED

    @classmethod
    def missing(cls) -> str:
        """Whether it is installed."""
        return "" if find_spec("duckdb") else "not installed (extra `bench`)"

    def load(self) -> None:
        """Tables sorted by the end they are asked by, with indexes."""
        import duckdb  # noqa: PLC0415  # an extra

        self._db = duckdb.connect(config={"threads": self.place.threads})
        self._db.execute(sql.QUIET)
        for name, columns in self._tables().items():
            self._db.register("frame", pd.DataFrame(columns))
            self._db.execute(sql.TABLE.format(name=name))
            self._db.unregister("frame")
        for table, column in (
            ("arcs", "a"),
            ("near", "a"),
            ("links", "subject"),
            ("listed", "subject"),
            ("subjects", "id"),
        ):
            self._db.execute(sql.INDEX.format(table=table, column=column))

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def degrees(self, subject: str) -> Degrees:
        """Counted by key."""
        rows = self._db.execute(sql.DEGREES, [subject]).fetchall()
        return {(TYPES[key // 2], bool(key % 2)): (total, int(active)) for key, total, active in rows}

    def around(self, subject: str) -> list[list[str]]:
        """Distinct subjects, hop by hop."""
        layers: list[list[str]] = [[] for _ in range(HOPS)]
        for id, hop in self._db.execute(sql.AROUND, [subject]).fetchall():
            layers[hop - 1].append(id)
        return [sorted(layer) for layer in layers]

    def exposure(self, subject: str) -> Exposures:
        """By the statement of this way of asking."""
        arrays = self.arrays
        asked = arrays.numbers[subject]
        values = {
            "asked": asked, "unit": arrays.unit, "one": arrays.one, "floor": arrays.floor,
            "least": -(-arrays.floor // arrays.severity_one),
        }  # fmt: skip
        rows = self._db.execute(self.exposing, values).fetchall()
        ids = arrays.ids
        return {
            arrays.listings[listing]: (arrays.score(score), hops, tuple(ids[n] for n in path))
            for listing, score, hops, path in rows
        }

    def whole(self) -> Whole:
        """A join and a maximum each round."""
        arrays = self.arrays
        scale = arrays.one**ROUNDS
        self._db.execute(sql.WHOLE_FIRST, {"scale": scale})
        least = arrays.floor * arrays.one ** (ROUNDS - HOPS)
        for hop in range(1, ROUNDS + 1):
            self._db.execute(sql.WHOLE_ROUND, {"hop": hop, "one": arrays.one, "least": least})
            self._db.execute(sql.WHOLE_KEEP)
        found = self._db.execute(sql.WHOLE_TOLD).fetchnumpy()
        scores, hops = np.zeros(len(arrays.ids)), np.zeros(len(arrays.ids), dtype=np.uint8)
        scores[found["n"]] = np.round(found["score"] / (arrays.severity_one * scale), 9)
        hops[found["n"]] = found["hops"]
        return Whole(scores, hops)

    def shares(self) -> Shares:
        """The series of products, a join each step."""
        self._db.execute(sql.SHARES_FIRST)
        left = 1
        while left:
            self._db.execute(sql.SHARES_STEP, {"least": LEAST})
            self._db.execute(sql.SHARES_ADD)
            self._db.execute(sql.SHARES_NEXT)
            left = self._db.execute(sql.SHARES_LEFT).fetchall()[0][0]
        found = self._db.execute(sql.SHARES_TOLD).fetchnumpy()
        return told(np.asarray(found["a"]), np.asarray(found["b"]), np.asarray(found["share"]))

    def path(self, a: str, b: str) -> tuple[str, ...]:
        """Breadth first by joins until the other end is met."""
        numbers, ids = self.arrays.numbers, self.arrays.ids
        if a == b:
            return (a,)
        rows = self._db.execute(sql.PATH, {"a": numbers[a], "b": numbers[b]}).fetchall()
        return tuple(ids[n] for n in rows[0][0]) if rows else ()

    def _tables(self) -> dict[str, dict[str, Any]]:
        arrays = self.arrays
        count = len(arrays.ids)
        everyone = np.arange(count, dtype=np.uint32)
        over = np.maximum(np.bincount(arrays.held_second, weights=arrays.held_share, minlength=count), 1.0)
        return {
            "subjects": {"n": everyone, "id": np.array(arrays.ids, dtype=object)},
            "arcs": {
                "a": np.repeat(everyone, np.diff(arrays.arc_starts)),
                "b": arrays.arc_to,
                "weight": np.asarray(arrays.arc_weight).astype(np.int64),
            },
            "stops": {"n": np.flatnonzero(arrays.stop)},
            "near": {"a": np.repeat(everyone, np.diff(arrays.near_starts)), "b": arrays.near_to},
            "near_stops": {"n": np.flatnonzero(arrays.near_stop)},
            "listed": {
                "subject": arrays.listed_at,
                "listing": np.arange(len(arrays.listings)),
                "severity": arrays.listed_weight,
            },
            "links": {
                "subject": np.repeat(everyone, np.diff(arrays.links_starts)),
                "key": arrays.links_key,
                "active": arrays.links_active,
            },
            "held": {
                "a": arrays.held_first,
                "b": arrays.held_second,
                "share": arrays.held_share / over[arrays.held_second],
            },
        }


class DuckDBRecursive(DuckDB):
    """One recursive statement that tells every way, and the best of them."""

    name = "DuckDB, recursive"
    exposing = sql.RECURSIVE
    scales = ("XS", "S", "M")

    def exposures(self, subjects: Sequence[str]) -> list[Exposures]:
        """One after the other would say nothing new."""
        raise NotOfferedError("as one subject after another")

    def degrees(self, subject: str) -> Degrees:
        """As the other one."""
        raise NotOfferedError("as DuckDB, joined hop by hop")

    def around(self, subject: str) -> list[list[str]]:
        """As the other one."""
        raise NotOfferedError("as DuckDB, joined hop by hop")

    def whole(self) -> Whole:
        """Every way of the whole graph is too many."""
        raise NotOfferedError("as DuckDB, joined hop by hop")

    def shares(self) -> Shares:
        """As the other one."""
        raise NotOfferedError("as DuckDB, joined hop by hop")

    def path(self, a: str, b: str) -> tuple[str, ...]:
        """As the other one."""
        raise NotOfferedError("as DuckDB, joined hop by hop")
