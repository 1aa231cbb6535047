"""A graph package as plain arrays, weighed by the policy: what every peer is given, and nothing of the product's own.

Weights are whole numbers over a power of ten, so that products are exact and ties are ties. Peers that know neither
policy nor fan-out get the weighed pairs and who may not be walked through. The arrays lie in files that the peers'
processes map.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from bench.generate import AS_OF
from graph.vocabulary import RELATIONS
from queries.ownership.stakes import HOLDING_TYPES
from queries.policy import Policy, shipped

Array = np.ndarray
HOPS = 3
ROUNDS = 4  # of the whole graph
TYPES = tuple(RELATIONS)
_ARRAYS = (
    "arc_starts", "arc_to", "arc_weight", "stop", "listed_at", "listed_weight", "near_starts", "near_to", "near_stop",
    "held_first", "held_second", "held_share", "given_first", "given_second",
    "links_starts", "links_key", "links_active",
)  # fmt: skip


@dataclass(frozen=True)
class Arrays:
    """Subjects are numbered by the order of their ids.

    `arc_*`: from a subject to one whose listings expose it, heaviest first, each pair once with its largest weight.
    `stop`: not walked through. `listed_*`: entries in force by subject and severity, `listings` their ids. `near_*`:
    who is joined to whom by a relation of the policy in force, and `near_stop`. `held_*`: stakes with their shares.
    `given_*`: guarantees of those who give no more than the fan-out cap. `links_*`: all relations by subject; a key is
    twice the place of the type, one more along.
    """

    folder: Path
    ids: tuple[str, ...]
    listings: tuple[str, ...]
    one: int
    severity_one: int
    floor: int
    arrays: Mapping[str, Array] = field(repr=False)

    def __getattr__(self, name: str) -> Array:
        """One array by name."""
        try:
            return self.arrays[name]
        except KeyError:
            raise AttributeError(name) from None

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Number by id."""
        return {id: number for number, id in enumerate(self.ids)}

    @cached_property
    def entries(self) -> dict[int, list[tuple[int, int]]]:
        """(place in `listings`, severity) by the subject listed."""
        found: dict[int, list[tuple[int, int]]] = {}
        pairs = zip(self.listed_at.tolist(), self.listed_weight.tolist(), strict=True)
        for place, (subject, weight) in enumerate(pairs):
            found.setdefault(subject, []).append((place, weight))
        return found

    @property
    def unit(self) -> int:
        """One, as a product over HOPS relations is kept."""
        return int(self.one**HOPS)

    def score(self, number: int, hops: int = HOPS) -> float:
        """A score kept as a whole number, as it is printed."""
        return float(round(number / (self.severity_one * self.one**hops), 9))

    def save(self) -> None:
        """Write all of it to its folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in _ARRAYS:
            np.save(self.folder / f"{name}.npy", self.arrays[name])
        about = {name: getattr(self, name) for name in ("ids", "listings", "one", "severity_one", "floor")}
        (self.folder / "about.json").write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> Arrays:
        """Map what `save` wrote."""
        about: dict[str, Any] = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        told: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in about.items()}
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
        return cls(folder=folder, arrays=arrays, **told)


def prepare(package: Path, folder: Path) -> Arrays:
    """The arrays of a package of CSV files, on the day the generator made it for, by the shipped policy."""
    policy = shipped()
    subjects, relations, listings = (_read(package / f"{name}.csv") for name in ("subjects", "relations", "listings"))
    order = pc.sort_indices(subjects["id"])
    ids = subjects["id"].take(order)
    offices = pc.equal(subjects["kind"].take(order), "government").to_numpy()
    one, severity_one = _digits(policy)
    links = _Links.of(relations, ids, policy, one)
    carrying = links.active & ((links.along > 0) | (links.against > 0))
    degree = links.degree(carrying, len(ids))
    usual = links.active & np.isin(links.kind, [TYPES.index(t) for t in policy.carrying(include_possible=False)])
    arrays = {
        **links.arcs(len(ids)),
        "stop": offices | (degree > policy.fanout_cap),
        **links.near(usual, len(ids)),
        "near_stop": offices | (links.degree(usual, len(ids)) > policy.fanout_cap),
        **links.held(),
        **links.given(policy.fanout_cap, len(ids)),
        **links.by_subject(len(ids)),
    }
    entries = _entries(listings, ids, policy, severity_one)
    made = Arrays(
        folder=folder,
        ids=tuple(ids.to_pylist()),
        listings=tuple(entries.pop("ids").tolist()),
        one=one,
        severity_one=severity_one,
        floor=_over(policy.floor, severity_one * one**HOPS),
        arrays=arrays | entries,
    )
    made.save()
    return Arrays.open(folder)


def _read(path: Path) -> pa.Table:
    """All columns as texts, nothing where a field is empty."""
    with path.open(encoding="utf-8") as file:
        names = file.readline().strip().split(",")
    options = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True)
    return csv.read_csv(path, convert_options=options).combine_chunks()


def _digits(policy: Policy) -> tuple[int, int]:
    """Powers of ten over which every weight, and every severity times a tier, is a whole number."""

    def digits(numbers: Any) -> int:
        return max(-int(number.normalize().as_tuple().exponent) for number in numbers)

    return 10 ** digits(k.weight for k in policy.keeps), 10 ** (
        digits(policy.severity.values()) + digits(policy.tier.values())
    )


def _over(number: Any, one: int) -> int:
    """The least whole number over `one` that is not below `number`."""
    return -int(-(number * one) // 1)


@dataclass(frozen=True)
class _Links:
    """Relations with what passes over them: `along` from the first to the second, seen by who walks to the listed."""

    first: Array
    second: Array
    kind: Array
    ratio: Array
    active: Array
    along: Array
    against: Array

    @classmethod
    def of(cls, table: pa.Table, ids: pa.Array, policy: Policy, one: int) -> _Links:
        first, second = (
            pc.index_in(table[end], value_set=ids).to_numpy().astype(np.int64) for end in ("source", "target")
        )
        kind = pc.index_in(table["type"], value_set=pa.array(TYPES)).to_numpy().astype(np.int64)
        ratio = table["ratio"].cast(pa.float64()).to_numpy(zero_copy_only=False)
        begun = pc.fill_null(pc.less_equal(table["since"], AS_OF), True)
        lasting = pc.fill_null(pc.greater(table["until"], AS_OF), True)
        active = pc.and_(begun, lasting).to_numpy(zero_copy_only=False)
        # Who walks from the first to the second is exposed to a listing on the second: that is "backward".
        weighed = {way: _weights(policy, kind, ratio, way, one) for way in ("backward", "forward")}
        return cls(first, second, kind, ratio, active, weighed["backward"], weighed["forward"])

    def degree(self, some: Array, count: int) -> Array:
        """Relations a subject has; what means the same read either way once between two."""
        twice = np.isin(self.kind, [n for n, t in enumerate(TYPES) if RELATIONS[t].symmetric])
        counted = some.copy()
        places = np.flatnonzero(some & twice)
        ends = np.sort(np.column_stack([self.first[places], self.second[places]]), axis=1)
        again = pd.DataFrame(ends).assign(kind=self.kind[places]).duplicated().to_numpy()
        counted[places[again]] = False
        return np.bincount(self.first[counted], minlength=count) + np.bincount(self.second[counted], minlength=count)

    def arcs(self, count: int) -> dict[str, Array]:
        """Pairs with their largest weight, by the subject walked from, heaviest first, then by number."""
        some = self.active
        source = np.concatenate([self.first[some], self.second[some]])
        to = np.concatenate([self.second[some], self.first[some]])
        weight = np.concatenate([self.along[some], self.against[some]])
        kept = (weight > 0) & (source != to)
        source, to, weight = source[kept], to[kept], weight[kept]
        order = np.lexsort((-weight, source * count + to))
        pair = (source * count + to)[order]
        order = order[np.concatenate([[True], pair[1:] != pair[:-1]])] if len(order) else order
        source, to, weight = source[order], to[order], weight[order]
        order = np.lexsort((to, -weight, source))
        starts = np.searchsorted(source[order], np.arange(count + 1))
        return {
            "arc_starts": starts,
            "arc_to": to[order].astype(np.uint32),
            "arc_weight": weight[order].astype(np.uint16),
        }

    def near(self, some: Array, count: int) -> dict[str, Array]:
        """Who is joined to whom, both ways, each once."""
        a = np.concatenate([self.first[some], self.second[some]])
        b = np.concatenate([self.second[some], self.first[some]])
        pair = np.unique((a * count + b)[a != b])
        return {
            "near_starts": np.searchsorted(pair // count, np.arange(count + 1)),
            "near_to": (pair % count).astype(np.uint32),
        }

    def held(self) -> dict[str, Array]:
        """Stakes with a share in force."""
        kinds = [TYPES.index(t) for t in HOLDING_TYPES]
        some = self.active & np.isin(self.kind, kinds) & (self.ratio > 0)
        return {
            "held_first": self.first[some],
            "held_second": self.second[some],
            "held_share": self.ratio[some],
        }

    def given(self, cap: int, count: int) -> dict[str, Array]:
        """Guarantees in force, without those of who gives too many."""
        some = self.active & (self.kind == TYPES.index("GUARANTEES")) & (self.first != self.second)
        first, second = self.first[some], self.second[some]
        few = np.bincount(first, minlength=count)[first] <= cap
        return {"given_first": first[few], "given_second": second[few]}

    def by_subject(self, count: int) -> dict[str, Array]:
        """Every relation at both its ends."""
        subject = np.concatenate([self.first, self.second])
        key = np.concatenate([2 * self.kind + 1, 2 * self.kind])
        active = np.concatenate([self.active, self.active])
        order = np.argsort(subject, kind="stable")
        return {
            "links_starts": np.searchsorted(subject[order], np.arange(count + 1)),
            "links_key": key[order].astype(np.uint8),
            "links_active": active[order],
        }


def _weights(policy: Policy, kind: Array, ratio: Array, way: str, one: int) -> Array:
    """What passes over each relation one way, as the policy's table says."""
    found = np.zeros(len(kind), dtype=np.int64)
    for place, name in enumerate(TYPES):
        said = "forward" if RELATIONS[name].symmetric else way
        rows = [k for k in policy.keeps if k.relation == name and k.direction == said and name != "MAYBE_SAME"]
        some = np.flatnonzero(kind == place)
        told = ~np.isnan(ratio[some]) if RELATIONS[name].rated else np.zeros(len(some), dtype=bool)
        for keep in sorted(rows, key=lambda k: (k.min_ratio is not None, k.min_ratio or 0)):
            fits = ~told if keep.min_ratio is None else told & (ratio[some] >= float(keep.min_ratio))
            found[some[fits]] = int(keep.weight * one)
    return found


def _entries(table: pa.Table, ids: pa.Array, policy: Policy, one: int) -> dict[str, Array]:
    """Entries in force that emit something, by the subject listed, then by id."""
    over = max(AS_OF, date.today().isoformat())
    begun = pc.fill_null(pc.less_equal(table["listed_on"], AS_OF), True)
    lasting = pc.fill_null(pc.greater(table["removed_on"], over), True)
    active = pc.and_(begun, lasting).to_numpy(zero_copy_only=False)
    subject = pc.index_in(table["subject"], value_set=ids).to_numpy()
    codes, tiers = table["list"].to_pylist(), table["tier"].to_pylist()
    weight = np.array([int(policy.severity_of(c, t) * one) for c, t in zip(codes, tiers, strict=True)], dtype=np.int64)
    names = np.array(table["id"].to_pylist())
    some = np.flatnonzero(active & (weight > 0))
    some = some[np.lexsort((names[some], subject[some]))]
    return {"ids": names[some], "listed_at": subject[some].astype(np.int64), "listed_weight": weight[some]}
