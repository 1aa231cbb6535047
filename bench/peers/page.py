"""The results as a page in Markdown, as JSON, and as pictures."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.limits import Limits
from bench.peers.rounds import Row

WORDS = (
    "Milliseconds a question unless said. *cold*: the first question of the kind, once loaded. *× ours*: as long as "
    "the first of the product's own rows, on the same questions. *of the limit*: the least time in which memory can be "
    "read in order, over the time taken; and the time that many reads at random places take. All peers ran in this one "
    "run, in turn, after their answers were compared."
)

HEADS = (
    "peer", "threads", "questions × rounds", "cold", "p50", "p95", "p99", "IQR", "a second", "× ours", "of the limit",
    "MB", "given", "compared",
)  # fmt: skip


@dataclass(slots=True)
class Results:
    """One run. `about`: what ran where; `loads`: (peer, seconds, MB); `missing`: who did not run at all, and why;
    `left_out`: by workload, who has no row and why.
    """

    about: dict[str, Any]
    limits: Limits
    loads: list[tuple[str, float, int]] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    left_out: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def wrong(self) -> list[tuple[str, str, str]]:
        """Who answered wrongly, to what."""
        return [one for one in self.left_out if one[2].startswith("WRONG")]

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        return {
            **self.about,
            "limits": self.limits.to_json(),
            "loads": [{"peer": peer, "seconds": seconds, "megabytes": mb} for peer, seconds, mb in self.loads],
            "missing": self.missing,
            "rows": [row.to_json() for row in self.rows],
            "left_out": [{"workload": w, "peer": peer, "why": why} for w, peer, why in self.left_out],
        }


def machine() -> dict[str, Any]:
    """What this ran on, and how busy it was."""
    system = f"{platform.system()} {platform.machine()}"
    return {
        "machine": f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}",
        "load_before": os.getloadavg()[0],
    }


def save(results: Results, path: Path) -> None:
    """The JSON document."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(results.to_json(), ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def page(results: Results, pictures: Sequence[Path] = ()) -> str:
    """The page."""
    about, limits = results.about, results.limits
    size = f"{about['subjects']:,} subjects, {about['relations']:,} relations, {about['listings']:,} entries in force"
    lines = [
        f"# Peers, scale {about['scale']}",
        "",
        f"{size}. {about['machine']}; load average {about['load_before']:.1f} before, {about['load_after']:.1f} after.",
        f"Limits: read {limits.read} GB/s, copy {limits.copy} GB/s, a number at a random place {limits.gather} ns "
        f"({limits.megabytes} MB), {limits.gather_here} ns in an array of this graph's size; one thread each.",
        "",
        WORDS,
        "",
        "## B1 load",
        "",
        "| peer | s | relations/s | MB held |",
        "|---|---:|---:|---:|",
        *(f"| {peer} | {s:.2f} | {about['relations'] / s:,.0f} | {mb:,} |" for peer, s, mb in results.loads),
    ]
    for key in dict.fromkeys((row.workload, row.group) for row in results.rows):
        rows = [row for row in results.rows if (row.workload, row.group) == key]
        lines += ["", f"## {rows[0].workload} {rows[0].name}: {rows[0].group}", "", *_table(rows)]
    lines += ["", "## Not in the tables", ""]
    lines += [f"- {peer}: {why}" for peer, why in results.missing.items()]
    lines += [f"- {workload}, {peer}: {why}" for workload, peer, why in results.left_out]
    faster = [row for row in results.rows if row.impossible]
    lines += [
        f"- FAULT OF THE BENCHMARK: {row.workload} {row.peer} is faster than memory can be read" for row in faster
    ]
    lines += ["", *(f"![{path.stem}]({path.name})" for path in pictures)]
    return "\n".join(lines).rstrip() + "\n"


def _table(rows: Iterable[Row]) -> Iterator[str]:
    yield f"| {' | '.join(HEADS)} |"
    yield f"|---|{'---:|' * (len(HEADS) - 3)}---|---|"
    for row in rows:
        up = f", {row.given_up} given up" if row.given_up else ""
        of = f"{row.ceiling / row.p50:.1%}; {_ms(row.random)}" if row.ceiling else "-"
        p99, times = "-" if row.p99 is None else _ms(row.p99), "-" if row.times is None else f"{row.times:,.2f}"
        yield (
            f"| {row.peer} | {row.threads} | {row.asked} × {len(row.rounds)}{up} | {_ms(row.cold)} | {_ms(row.p50)} "
            f"| {_ms(row.p95)} | {p99} | {_ms(row.iqr)} | {row.pace:,.0f} | {times} | {of} | {row.megabytes:,} "
            f"| {row.given} | {row.checked} |"
        )


def _ms(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def draw(results: Results, folder: Path) -> list[Path]:
    """One picture a workload and group: p50 with a line to p95, on a scale of powers of ten. None without matplotlib,
    which is said aloud.
    """
    if not find_spec("matplotlib"):
        print("NO PICTURES: matplotlib is not installed (extra `bench`)", file=sys.stderr)
        return []
    import matplotlib as mpl  # noqa: PLC0415  # an extra

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "xinmai"
    found = []
    for workload, group in dict.fromkeys((row.workload, row.group) for row in results.rows):
        rows = [row for row in results.rows if (row.workload, row.group) == (workload, group)]
        path = folder / f"peers-{results.about['scale']}-{workload}-{group.replace(' ', '-')}.svg"
        _bars(rows, path)
        found.append(path)
    return found


def _bars(rows: Sequence[Row], path: Path) -> None:
    from matplotlib import pyplot  # noqa: PLC0415  # an extra

    ordered = sorted(rows, key=lambda row: -row.p50)
    figure, axes = pyplot.subplots(figsize=(8, 0.6 + 0.4 * len(ordered)), layout="constrained")
    names = [f"{row.peer} ({row.threads})" for row in ordered]
    colours = ["#0f766e" if row.peer.startswith("Xinmai") else "#9ca3af" for row in ordered]
    axes.barh(names, [row.p50 for row in ordered], color=colours)
    axes.hlines(names, [row.p50 for row in ordered], [max(row.p50, row.p95) for row in ordered], color="#374151")
    axes.set_xscale("log")
    axes.set_xlabel("ms, p50 and to p95; threads in brackets")
    axes.set_title(f"{rows[0].workload} {rows[0].name}: {rows[0].group}", fontsize=10)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
