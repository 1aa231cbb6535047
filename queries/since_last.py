"""What has changed since an earlier screening: each row against the same question asked before.

Rows are paired by what was asked, not by their number, so that a sheet may be reordered or grow.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.errors import InputError

Result = dict[str, Any]  # an entry of `results` of a screening

MAX_BYTES = 500_000_000
# Under other rules, a change of the answer may not be a change of the facts.
_FRAME = {"scenario": "场景", "policy": "关联策略版本", "rules": "规则包版本"}


def earlier(path: Path) -> dict[str, Any]:
    """A screening written before as JSON. Raises InputError for anything else."""
    if not path.is_file():
        raise InputError("找不到上次的结果文件", file=str(path), remedy="给出上次 screen -o 生成的 .json 文件")
    if path.stat().st_size > MAX_BYTES:
        raise InputError("上次的结果文件过大", file=str(path), remedy="检查是否选错文件")
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError("不是 JSON 文件", file=str(path), remedy="给出上次 screen -o 生成的 .json 文件") from error
    rows = document.get("results") if isinstance(document, dict) else None
    if not isinstance(rows, list) or not all(_is_result(row) for row in rows):
        raise InputError("不是核查结果", file=str(path), remedy="给出上次 screen -o 生成的 .json 文件")
    return dict(document)


def _is_result(row: object) -> bool:
    """Whether an entry has all that is compared."""
    try:
        return isinstance(row, dict) and _changes(row, row) == [] and isinstance(row["query"], dict)
    except (KeyError, TypeError, AttributeError):
        return False


def compare(now: dict[str, Any], before: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The screening `now` with `since_last` on every row and on the whole. `name`: of the earlier file.

    A row's is `{"status": "new"|"changed"|"unchanged", "changes": [sentence…]}`; the whole's counts them,
    lists as `gone` the questions no longer asked, and says in `notes` what makes the two hard to compare.
    """
    held: dict[str, list[Result]] = defaultdict(list)
    for result in before["results"]:
        held[_question(result)].append(result)
    results, counts = [], {"new": 0, "changed": 0, "unchanged": 0}
    for result in now["results"]:
        same = held[_question(result)]
        changes = _changes(same.pop(0), result) if same else None
        status = "new" if changes is None else "changed" if changes else "unchanged"
        counts[status] += 1
        results.append({**result, "since_last": {"status": status, "changes": changes or []}})
    gone = [result["query"] for rows in held.values() for result in rows]
    frame = {"file": name, "as_of": before.get("as_of"), **counts, "gone": gone, "notes": _notes(before, now)}
    return {**now, "results": results, "since_last": frame}


def _question(result: Result) -> str:
    return json.dumps(result["query"], ensure_ascii=False, sort_keys=True)


def _notes(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return [
        f"{label}不同：上次 {before.get(key) or '无'}，本次 {now.get(key) or '无'}"
        for key, label in _FRAME.items()
        if before.get(key) != now.get(key)
    ]


def _changes(before: Result, now: Result) -> list[str]:
    """What differs, in words; order of findings and wording of texts do not count."""
    changes = [
        f"{label}：{old} → {new}"
        for label, old, new in (
            ("结论", before["decision"], now["decision"]),
            ("匹配级别", before["match"].get("level"), now["match"].get("level")),
            ("匹配主体", _subject(before), _subject(now)),
        )
        if old != new
    ]
    old_findings, new_findings = _findings(before), _findings(now)
    changes += [f"新增：{text}" for key, text in new_findings.items() if key not in old_findings]
    changes += [f"不再有：{text}" for key, text in old_findings.items() if key not in new_findings]
    return changes


def _subject(result: Result) -> str:
    subject = result["match"].get("subject")
    return str(subject["id"]) if subject else "无"


def _findings(result: Result) -> dict[tuple[str, ...], str]:
    """Findings by what makes them the same one: class, rule, entry (or, of rival bids, the other one), target, effect,
    state.
    """
    return {
        (
            str(f["class"]),
            str(f["rule"]),
            _ground(f),
            str(f["target"]["id"]),
            str(f["effect"]),
            str((f["listing"] or {}).get("state")),
            str(f["disputed"]),
        ): str(f["text"])
        for f in result["findings"]
    }


def _ground(finding: Mapping[str, Any]) -> str:
    if finding["listing"]:
        return str(finding["listing"]["id"])
    return " ".join(sorted(str(node["id"]) for node in finding["path"]["nodes"]))
