"""Loading: read and check everything, see what it would change, then write it whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from graph.cypher import text
from graph.errors import InputError
from graph.store import Store, Tx
from loaders import apply, decisions, fresh, maybe_same
from loaders.checks import checked, is_date
from loaders.lookup import known
from loaders.named import with_named
from loaders.namesakes import namesakes
from loaders.plan import Ground, Job, Plan, plan
from loaders.report import Counts, LoadReport, Tally, write_rejects
from loaders.sources import Found, recognise

SHRINK_LIMIT = 0.2  # share of a source's active facts a full load may end without being told to
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How to load. `source`: the name to keep the facts under, or of the layout to read them by.

    `mode`: full (the files are all the source knows now) or delta; default: the source's own. `snapshot`: the
    day the data speak of, YYYY-MM-DD. `allow_shrink`: let a full load end more than a fifth of what was active.
    `rejects`: folder for the file of rejected rows. `name_cap`: a name with more bearers gets no 「可能为同一主体」
    links (the policy's `name_cap`).
    """

    source: str | None = None
    mode: str | None = None
    snapshot: str | None = None
    allow_shrink: bool = False
    rejects: Path = Path("xinmai-rejected")
    name_cap: int = 20


def silent(stage: str, done: int, total: int | None) -> None:
    """Progress nobody watches."""


def load(
    store: Store, paths: Sequence[Path], options: LoadOptions | None = None, progress: Progress = silent
) -> LoadReport:
    """Load every source found at `paths`; one call is one change of the graph.

    Raises InputError, with nothing changed, for a missing or unknown file, a source that is empty or has shrunk,
    a list without its legal basis. Single bad rows are rejected and counted instead.
    """
    options = options or LoadOptions()
    _check(options)
    started = time.monotonic()
    jobs: list[Job] = []
    founds: list[Found] = []
    for found in recognise(paths, options.source):
        progress(f"读取 {found.source.title}", 0, None)
        founds.append(found)
        jobs.append(_job(found, options))
    if len(jobs) == 1 and store.can_bulk():
        read = time.monotonic() - started
        tally = _new_graph(store, founds[0], jobs[0], options, progress)
        tally = replace(tally, seconds=tally.seconds + read)
        return LoadReport([tally], write_rejects([tally], options.rejects))
    progress("核对身份", 0, None)
    ground = Ground.of(store, decisions.applied(store, known(store, [job.facts for job in jobs])))
    plans = [_guarded(plan(job, ground), job, options) for job in jobs]
    progress("比对", 0, None)
    _write(Writing(store, ground, list(zip(founds, jobs, plans, strict=True)), options.name_cap), progress)
    seconds = time.monotonic() - started
    tallies = [_tally(*part, seconds / len(jobs)) for part in zip(founds, jobs, plans, strict=True)]
    return LoadReport(tallies, write_rejects(tallies, options.rejects))


def _new_graph(store: Store, found: Found, job: Job, options: LoadOptions, progress: Progress) -> Tally:
    """Fill an empty embedded store from one source."""
    started = time.monotonic()
    progress("核对身份", 0, None)
    made = fresh.plan_new(job, store)
    progress("比对", 0, None)
    sakes = namesakes(made, options.name_cap)

    def finish(tx: Tx) -> None:
        progress("核对可能同一的主体", 0, None)
        notes = maybe_same.between(tx, sakes.names, sakes.fresh, options.name_cap, sakes.crowded)
        made.made.warnings[:] = dict.fromkeys([*made.made.warnings, *notes])
        row = _source_row(tx, found, job, made.made, made.counts())
        tx.run(text("loaders.cypher", "upsert_source"), **row)

    fresh.write(made, store, lambda: store.transact(finish, timeout=apply.WRITE_SECONDS), progress)
    counts = made.counts()
    tally = _tally(found, job, made.made, time.monotonic() - started)
    return replace(tally, subjects=Counts(counts["subjects"]), relations=Counts(counts["relations"], ended=0))


def _check(options: LoadOptions) -> None:
    if options.mode not in (None, "full", "delta"):
        raise InputError("未知的载入方式", value=str(options.mode), remedy="--mode 只能是 full 或 delta")
    if options.snapshot is not None and not (options.snapshot and is_date(options.snapshot)):
        raise InputError("快照日期无效", value=options.snapshot, remedy="用 YYYY-MM-DD 写一个真实的日期")


def _job(found: Found, options: LoadOptions) -> Job:
    facts = with_named(checked(found.read(options.snapshot)))
    if facts.subjects.empty and facts.relations.empty and facts.listings.empty and facts.contacts.empty:
        raise InputError(
            "没有一行可以载入",
            file=str(found.files[0]),
            value=f"拒绝 {len(facts.rejected)} 行" if facts.rejected else "0 行",
            remedy="检查文件内容和列名；空文件不会替换已载入的数据",
        )
    mode = options.mode or found.source.mode
    snapshot = found.snapshot(options.snapshot) or date.today().isoformat()
    return Job(found.name, facts, mode == "full", snapshot, found.files)


def _guarded(made: Plan, job: Job, options: LoadOptions) -> Plan:
    """The plan, unless it would end so much that the file is more likely cut than the world changed."""
    if not options.allow_shrink and made.absent() > SHRINK_LIMIT * made.held_active:
        raise InputError(
            f"来源 {job.origin} 的本次数据比已载入的少 {made.absent()} 条（共 {made.held_active} 条有效记录）",
            file=job.file_of("relations"),
            remedy="核对文件是否完整；确属减少时加 --allow-shrink",
        )
    return made


@dataclass(frozen=True, slots=True)
class Writing:
    """All that is about to be written, and where."""

    store: Store
    ground: Ground
    parts: list[tuple[Found, Job, Plan]]
    name_cap: int


def _write(writing: Writing, progress: Progress) -> None:
    plans = [made for _, _, made in writing.parts]

    def finish(tx: Tx) -> None:
        progress("核对可能同一的主体", 0, None)
        notes = maybe_same.link(tx, plans, writing.name_cap)
        plans[-1].warnings[:] = dict.fromkeys([*plans[-1].warnings, *notes])
        for found, job, made in writing.parts:
            tx.run(text("loaders.cypher", "upsert_source"), **_source_row(tx, found, job, made))

    apply.write(writing.store, plans, finish, progress)


def _source_row(tx: Tx, found: Found, job: Job, made: Plan, counts: dict[str, int] | None = None) -> dict[str, Any]:
    """`counts`: what the graph holds of the source, where that is known."""
    held = tx.run(text("loaders.cypher", "source"), name=job.origin)
    before = held[0]["props"] if held else {}
    files = [str(path) for path in found.files]
    counts = counts or tx.run(text("loaders.cypher", "count_source"), origin=job.origin)[0]
    return {
        "name": job.origin,
        "title": found.source.title,
        "mode": "full" if job.full else "delta",
        "snapshot": max(job.snapshot, before.get("snapshot") or ""),
        "loaded_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "mark": token_hex(8),  # two loads of one second differ too, for whatever is kept between questions
        "files": files if job.full else sorted({*files, *(before.get("files") or ())}),
        "lists": sorted({*made.lists, *found.source.lists, *(before.get("lists") or ())}),
        **counts,
    }


def _tally(found: Found, job: Job, made: Plan, seconds: float) -> Tally:
    listed, related = made.listings, made.relations
    return Tally(
        source=job.origin,
        mode="full" if job.full else "delta",
        snapshot=job.snapshot,
        files=[str(path) for path in found.files],
        subjects=Counts(len(made.new_subjects), len(made.set_subjects), made.unchanged_subjects),
        relations=Counts(len(related.added), len(related.changed), related.unchanged, len(related.ended)),
        listings=Counts(len(listed.added), len(listed.changed), listed.unchanged, len(listed.ended)),
        rejected=made.rejected,
        warnings=made.warnings,
        seconds=seconds,
    )
