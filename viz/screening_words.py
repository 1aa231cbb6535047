"""A screening put into words: labels, and each row and finding as the plain texts both outputs show.

Works on the JSON of `screen`, so that an earlier result can be written again. Every text passes `clean`: no
unmasked personal number, no control character.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from viz.model import clean
from viz.screening_headline import REPLAY, headline, list_name, replayed, whom
from viz.screening_labels import FLAGS, LEVELS, NO_LAW_PACK, STATUS, WARNINGS

Json = Mapping[str, Any]

# Decision → word, mark (never colour alone), fill.
DECISIONS: dict[str, tuple[str, str, str]] = {
    "blocked": ("应予限制", "✖", "F4B6A6"),
    "review": ("需复核", "▲", "FCE3B0"),
    "notice": ("有提示", "●", "D6EAF8"),
    "clear": ("未发现", "✓", "DFF2E3"),
    "unmatched": ("未匹配", "？", "E4E7EC"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the answer as text. `decision` is the code, for colour and filter."""

    number: int
    decision: str
    asked: str
    code: str
    lot: str
    level: str
    subject: str
    subject_code: str
    notes: str
    own: int
    law: int
    alerts: int
    flags: str
    top: str
    change: str


def rows(screening: Json) -> Iterator[Row]:
    """The results in order."""
    for result in screening["results"]:
        query, match, findings = result["query"], result["match"], result["findings"]
        subject = match["subject"] or {}
        sure = [f for f in findings if not f.get("candidate")]  # of one who only may be meant nothing is counted
        alerts = sum(f["class"] == "ALERT" for f in sure)
        asked = whom(result)
        own = sum(f["class"] == "LISTED_SELF" and f["target"]["id"] in asked for f in sure)
        yield Row(
            number=result["row"],
            decision=result["decision"],
            asked=asked_name(query),
            code=clean(query.get("uscc") or query.get("id_number")),
            lot=clean(query.get("lot")),
            level=_level(match),
            subject=clean(subject.get("name")),
            subject_code=clean(subject.get("uscc") or subject.get("id_masked")),
            notes="；".join(_notes(match)),
            own=own,
            law=sum(f["class"] not in ("ALERT", "LISTED_SELF") for f in sure),
            alerts=alerts,
            flags="；".join(FLAGS.get(flag, clean(flag)) for flag in result["flags"]),
            top=headline(result, screening),
            change=_change(result.get("since_last")),
        )


def asked_name(query: Json) -> str:
    """Whom a row names; its code or number when it names nobody."""
    fields = ("name", "person_name", "uscc", "id_number")
    return next((clean(query[f]) for f in fields if query.get(f)), "")


def _level(match: Json) -> str:
    level, possible = str(match["level"]), match.get("possible_ids")
    fits = f"（隐去的号码约有 {possible:,} 种可能）" if possible else ""
    return LEVELS.get(level, level) + fits


def _notes(match: Json) -> list[str]:
    notes = [warning(w) for w in match["warnings"]]
    if match["candidates"]:
        total = match.get("candidates_total", len(match["candidates"]))
        notes.append(f"可能的主体 {total} 个，见“未匹配”")
    return notes


def warning(code: str) -> str:
    """A warning of a match in words; what is a sentence already stays one."""
    if code.startswith("duplicate_of:"):
        return f"与第 {code.partition(':')[2]} 行重复"
    if code.startswith("role_unchecked:"):
        return clean(code.partition(":")[2])
    return WARNINGS.get(code, clean(code))


def _change(since: Json | None) -> str:
    if not since:
        return ""
    changes = "；".join(clean(change) for change in since["changes"])
    return STATUS[since["status"]] + (f"：{changes}" if changes else "")


def candidates(screening: Json) -> Iterator[tuple[int, str, str, str, str, str]]:
    """Rows without a settled subject: row, asked, why, and each subject that may be meant (name, code, id)."""
    for result in screening["results"]:
        match = result["match"]
        if match["subject"] is not None:
            continue
        asked, level = asked_name(result["query"]), _level(match)
        for found in match["candidates"] or [{}]:
            code = clean(found.get("uscc") or found.get("id_masked"))
            yield result["row"], asked, level, clean(found.get("name")), code, clean(found.get("id"))


def unchecked(screening: Json) -> str:
    """The first line of every output: which lists were not checked, those the scenario cannot do without first."""
    absent = [n for n in screening["not_checked"] if n["why"] == "not_loaded"]
    stale = [f"{list_name(n['list'])}（截至 {n['as_of']}）" for n in screening["not_checked"] if n["why"] == "stale"]
    names = [list_name(n["list"]) for n in absent]
    hard = [list_name(code) for code in screening.get("needed", ())]
    parts = [
        f"未核查（名单未接入，{len(names)} 个）：" + "、".join(names) if names else "",
        f"数据已过期（{len(stale)} 个）：" + "、".join(stale) if stale else "",
        f"其中本场景必查 {len(hard)} 个（{'、'.join(hard)}），未发现问题的一律转人工复核" if hard else "",
    ]
    return "；".join(part for part in parts if part) or "本场景所需名单均已核查。"


def context(screening: Json) -> str:
    """What the answer rests on, in one line."""
    data = "、".join(f"{clean(d['source'])} {clean(d['snapshot'])}".strip() for d in screening["data"])
    past = f"；{REPLAY}" if replayed(screening) else ""
    return (
        f"场景 {clean(screening.get('scenario_name') or screening['scenario'])}；核查日 {screening['as_of']}{past}；"
        f"关联策略 {clean(screening['policy'])}；规则包 {clean(screening['rules']) or '未使用'}；数据 {data or '无'}"
    )


def remarks(screening: Json) -> list[str]:
    """What was not done, and how to read the rest; the unchecked lists come first."""
    stops = screening["not_crossed"]
    found = [unchecked(screening)]
    if not screening["complete"]:
        found.append("本次核查不完整：有名单未核查，或检索被时间、行数、内存截断。")
    if stops:
        names = "、".join(_stop(stop) for stop in stops[:20])
        found.append(f"未继续穿透的主体 {len(stops)} 个：{names}{'…' if len(stops) > 20 else ''}")
    found += [clean(note) for note in screening.get("notes", ())]
    since = screening.get("since_last")
    if since:
        counts = "，".join(f"{STATUS[key]} {since[key]} 行" for key in STATUS)
        found.append(
            f"与 {clean(since['file'])}（{clean(since['as_of'])}）相比：{counts}，不再核查 {len(since['gone'])} 行。"
        )
        found += [clean(note) for note in since["notes"]]
    if not screening["rules"]:
        found.append(NO_LAW_PACK)
    found.append("关联提示，不构成失信惩戒依据。境外名单，仅供合规参考。姓名相同不等于同一人。")
    return found


def _stop(stop: Json) -> str:
    subject = stop["subject"]
    name = clean(subject.get("name") or subject.get("id")) if isinstance(subject, Mapping) else clean(subject)
    return f"{name}（{stop['degree']} 条关系）" if stop["reason"] == "fanout" else f"{name}（不传导）"


def summary(screening: Json) -> dict[str, int]:
    """Rows by decision, in the order of severity."""
    counts = dict.fromkeys(DECISIONS, 0)
    for result in screening["results"]:
        counts[result["decision"]] += 1
    return counts
