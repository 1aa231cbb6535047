"""Whether the engine's files are whole, asked before the engine opens them.

ArcadeDB takes what it cannot read for what is not there: with `schema.json` or a bucket damaged it opens an
emptier graph without an error, and writes that back. So missing, cut and unreadable files are found here first.
"""

from __future__ import annotations

import json
from pathlib import Path

from graph.datadir import DataDir, replace_text

# Kinds of file that only ever grow, or are replaced while the engine runs.
_KEPT = ("*.bucket", "*.dict", "*idx", "schema.json")
# What the engine's log says when it leaves something out and goes on.
_OMITTED = (b"is corrupt", b"Cannot find bucket", b"has invalid content size", b"Could not find schema file")


def damage(place: DataDir) -> str:
    """What is missing or broken, or ""; asked while no engine runs."""
    database = place.database
    if not database.exists():
        made = "engine" in place.read_marker() and not place.unfinished.exists()
        return "图的文件已不在" if made else ""
    kept = _sizes(database)
    buckets = {name.split(".")[0] for name in kept if name.endswith(".bucket")}
    if not buckets and not place.closed.exists():
        return ""  # ended while it was being made
    try:
        types = json.loads((database / "schema.json").read_text(encoding="utf-8"))["types"]
        named = {bucket for kind in types.values() for bucket in kind["buckets"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "schema.json 无法读取"
    if not kept.get(next((name for name in kept if name.endswith(".dict")), ""), 0):
        return "dictionary 文件缺失或为空"
    if lost := sorted(named - buckets):
        return f"缺少文件 {lost[0]}"
    return _against_last_close(place, kept)


def note_close(place: DataDir) -> None:
    """After a clean end: what is there now must be there at the next start."""
    replace_text(place.closed, json.dumps(_sizes(place.database)))


def note_open(place: DataDir) -> None:
    """From now on the engine changes its files, and may be cut off."""
    place.closed.unlink(missing_ok=True)


def was_left_out(log: Path) -> bool:
    """Whether the engine says that it opened less than it should have."""
    text = log.read_bytes()
    return any(words in text for words in _OMITTED)


def _sizes(database: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for kind in _KEPT for path in database.glob(kind)}


def _against_last_close(place: DataDir, now: dict[str, int]) -> str:
    if not place.closed.exists():
        return ""
    then = json.loads(place.closed.read_text(encoding="utf-8"))
    short = sorted(name for name, size in then.items() if now.get(name, -1) < size)
    return f"文件 {short[0]} 缺失或不完整" if short else ""
