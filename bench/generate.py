"""A realistic made-up graph of any size, as a graph package with the truth about what was planted in it.

    python -m bench.generate --scale M --to DIR [--seed 7] [--format csv|parquet]

Heavy-tailed holders and legal representatives, ownership that is nearly a forest, with planted circles, guarantee
rings, hubs of 10³ to 10⁵ relations, and 2 % of the subjects listed. Everybody in it is fictional. The same seed gives
the same bytes. `truth.json` names hubs, circles and rings by id.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from bench import generate_names
from bench.generate_files import Tables, dates, numbered
from bench.generate_links import Part, People, Planted, Society
from graph.vocabulary import list_types

SCALES = {"XS": 2_000, "S": 100_000, "M": 1_000_000, "L": 5_000_000}  # enterprises
SEED = 20260601
# The day the graph is asked about: nothing ends or begins between it and 2035.
AS_OF = "2026-06-01"
CHUNK = 500_000
LISTED, ONCE_LISTED, TWICE = 0.02, 0.004, 0.1
FIRM_LISTS = (
    ("SXBZXR", 0.38), ("XZXF", 0.14), ("YZWF", 0.1), ("JYYC", 0.14), ("XZCF", 0.12), ("QXNMG", 0.03), ("ZDSS", 0.03),
    ("DXYZ", 0.02), ("SWD", 0.02), ("A_TAX", 0.02),
)  # fmt: skip
PERSON_LISTS = (("SXBZXR", 0.6), ("XZXF", 0.35), ("XZCF", 0.05))
GROUNDS = {"SXBZXR": "2", "DXYZ": "illegal"}


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, and in how many seconds."""

    subjects: int
    relations: int
    listings: int
    seconds: float


def make(folder: Path, firms: int, seed: int = SEED, form: str = "csv") -> Made:
    """Write the package of a society with so many firms into `folder` (made if missing), chunk by chunk."""
    started = time.perf_counter()
    people = People(firms)
    chance = [np.random.Generator(np.random.PCG64([seed, turn])) for turn in range(4)]
    society = Society(people, chance[0])
    with Tables(folder, form) as tables:
        ids = _ids(people)
        for table in _subjects(people, society.forms, ids, chance[1]):
            tables.add("subjects", table)
        counts: Counter[str] = Counter()
        for part in society.parts():
            for table in _relations(part, ids, chance[2], sum(counts.values())):
                tables.add("relations", table)
            counts[part.kind] += len(part)
        listed = _listings(people, chance[3])
        for table in _entries(listed, ids):
            tables.add("listings", table)
    truth = _truth(society.planted, ids)
    about = {"seed": seed, "as_of": AS_OF, "firms": firms, "subjects": people.count, "relations": dict(counts)}
    text = json.dumps({**about, "listings": len(listed.subject), **truth}, ensure_ascii=False)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8")
    return Made(people.count, sum(counts.values()), len(listed.subject), time.perf_counter() - started)


def _ids(people: People) -> pa.Array:
    """Ids by number: e… firms, p… people, i… institutions, s… associations, g… offices."""
    counts = (people.firms, people.persons, *people.others)
    return pa.concat_arrays([generate_names.ids(letter, n) for letter, n in zip("episg", counts, strict=True)])


def _subjects(people: People, forms: np.ndarray, ids: pa.Array, chance: np.random.Generator) -> Iterator[pa.Table]:
    words = pa.array(generate_names.FIRM_FORMS)
    yield _table(
        id=ids.slice(0, people.firms),
        kind="enterprise",
        form=words.take(pa.array(forms)),
        name=generate_names.firms(chance, forms),
        uscc=generate_names.codes("91", people.firms),
        established=dates(_days(chance, people.firms, 1995)),
    )
    numbers = generate_names.numbers(people.persons)
    told = pa.array(chance.random(people.persons) < 0.6)
    yield _table(
        id=ids.slice(people.firms, people.persons),
        kind="person",
        name=generate_names.people(chance, people.persons),
        id_type=pa.compute.if_else(told, "resident_id", None),
        id_number=pa.compute.if_else(told, numbers, None),
    )
    at = people.bodies
    kinds = (("institution", "12", "研究中心"), ("social_org", "51", "协会"), ("government", "11", "管理办公室"))
    for (kind, code, ending), count in zip(kinds, people.others, strict=True):
        yield _table(
            id=ids.slice(at, count),
            kind=kind,
            name=generate_names.bodies(chance, count, ending),
            uscc=generate_names.codes(code, count),
        )
        at += count


def _relations(part: Part, ids: pa.Array, chance: np.random.Generator, before: int) -> Iterator[pa.Table]:
    for start in range(0, len(part), CHUNK):
        some = slice(start, start + CHUNK)
        first, second = part.first[some], part.second[some]
        since, until = _period(chance, len(first), part.planted)
        yield _table(
            source=ids.take(pa.array(first)),
            target=ids.take(pa.array(second)),
            type=part.kind,
            ratio=None if part.ratio is None else _ratios(part.ratio[some]),
            since=dates(since),
            until=dates(until),
            record=numbered("generated:", before + start + 1, len(first)),
        )


def _period(chance: np.random.Generator, count: int, planted: bool) -> tuple[np.ndarray, np.ndarray]:
    """Since and until as days of the calendar, NaT where it is not told; a few have ended, fewer are to come."""
    since = _days(chance, count, 2001)
    never = np.datetime64("NaT")
    if planted:
        return since, np.full(count, never, dtype="datetime64[D]")
    to_come = chance.random(count) < 0.003
    since[to_come] = np.datetime64("2036-01-01")
    ended = (chance.random(count) < 0.07) & ~to_come
    lasted = ((np.datetime64(AS_OF) - since).astype(np.int64) * chance.random(count)).astype(np.int64)
    until = np.where(ended, since + lasted, never)
    return np.where(chance.random(count) < 0.85, since, never), until


def _days(chance: np.random.Generator, count: int, year: int) -> np.ndarray:
    """Days from a year's beginning up to a month before AS_OF."""
    first = np.datetime64(f"{year}-01-01")
    span = int((np.datetime64(AS_OF) - first).astype(int)) - 31
    return first + chance.integers(0, span, count).astype("timedelta64[D]")


def _ratios(parts: np.ndarray) -> pa.Array:
    """0.1234 of 1234, nothing of -1."""
    words = pa.array([f"{n / 10_000:.4f}" for n in range(10_001)])
    return words.take(pa.array(parts, mask=parts < 0))


@dataclass(frozen=True, slots=True)
class _Listed:
    subject: np.ndarray
    code: np.ndarray
    since: np.ndarray
    removed: np.ndarray


def _listings(people: People, chance: np.random.Generator) -> _Listed:
    """Entries of 2 % of all subjects in force, and of some more that have ended."""
    now = chance.choice(people.count, int(people.count * LISTED), replace=False)
    again = chance.choice(now, int(len(now) * TWICE), replace=False)
    once = chance.choice(people.count, int(people.count * ONCE_LISTED), replace=False)
    subject = np.concatenate([now, again, once])
    person = (subject >= people.firms) & (subject < people.bodies)
    codes = list(list_types())
    drawn = [
        np.array([codes.index(code) for code, _ in lists])[
            np.searchsorted(np.cumsum([share for _, share in lists])[:-1], chance.random(len(subject)))
        ]
        for lists in (PERSON_LISTS, FIRM_LISTS)
    ]
    since = _days(chance, len(subject), 2019)
    removed = np.full(len(subject), np.datetime64("NaT"), dtype="datetime64[D]")
    over = since[-len(once) :]
    left = (np.datetime64(AS_OF) - over).astype(np.int64)
    removed[-len(once) :] = over + (left * chance.random(len(once))).astype(np.int64)
    return _Listed(subject, np.where(person, *drawn), since, removed)


def _entries(listed: _Listed, ids: pa.Array) -> Iterator[pa.Table]:
    known = list(list_types().values())
    grounds = pa.array([GROUNDS.get(one.code) for one in known])
    tiers = pa.array(["general" if one.code == "XZCF" else None for one in known])
    code = pa.array(listed.code)
    ended = pa.array(~np.isnat(listed.removed))
    yield _table(
        id=generate_names.ids("l", len(listed.subject)),
        subject=ids.take(pa.array(listed.subject)),
        list=pa.array([one.code for one in known]).take(code),
        authority=pa.array([one.authority for one in known]).take(code),
        basis=pa.array([one.basis for one in known]).take(code),
        ground=grounds.take(code),
        tier=tiers.take(code),
        listed_on=dates(listed.since),
        removed_on=dates(listed.removed),
        state=pa.compute.if_else(ended, "repaired", "listed"),
        record=numbered("generated:", 1, len(listed.subject)),
    )


def _table(**columns: pa.Array | str | None) -> pa.Table:
    """A table; a plain text stands in every row, None nowhere."""
    length = next(len(values) for values in columns.values() if isinstance(values, pa.Array))
    plain = {name: pa.scalar(value, pa.string()) for name, value in columns.items() if not isinstance(value, pa.Array)}
    return pa.table({name: pa.repeat(plain[name], length) if name in plain else columns[name] for name in columns})


def _truth(planted: Planted, ids: pa.Array) -> dict[str, list[object]]:
    def named(numbers: Sequence[int]) -> list[str]:
        return [str(ids[number]) for number in numbers]

    return {
        "hubs": [{"id": str(ids[n]), "role": role, "degree": degree} for n, role, degree in planted.hubs],
        "cross_holdings": [named(pair) for pair in planted.cross],
        "circles": [named(circle) for circle in planted.circles],
        "guarantee_rings": [named(ring) for ring in planted.rings],
    }


def main(argv: Sequence[str] | None = None) -> None:
    """Make one and say how large it is."""
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scale", choices=SCALES, default="S")
    parser.add_argument("--to", type=Path, required=True, help="folder of the package")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--format", choices=("csv", "parquet"), default="csv")
    options = parser.parse_args(argv)
    made = make(options.to, SCALES[options.scale], options.seed, options.format)
    print(
        f"{options.to}: {made.subjects:,} subjects, {made.relations:,} relations, {made.listings:,} listings, "
        f"{made.seconds:.1f} s"
    )


if __name__ == "__main__":
    main()
