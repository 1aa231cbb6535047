"""What stands first in a row of a screening: its gravest findings in a few words, and why else it needs a look.

Whoever is on a list is said by name wherever it is not the applicant itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from graph.vocabulary import ENDED_STATES, RELATIONS, STATES, list_types
from queries.words import BIDS_WITH
from viz.model import clean
from viz.screening_labels import CANDIDATE, CLASSES, OWN, TIES

Json = Mapping[str, Any]

TOP = 3
MEASURE = 28  # characters of a measure; the details have it whole
REPLAY = "重放：显示当时有效、现已结束的记录"
_STRENGTH, _ORDER = ("block", "review", "inform"), tuple(CLASSES)


def ranked(findings: Sequence[Json]) -> list[Json]:
    """Findings by what they do, then by class, those whose law was not read behind; of alerts the nearest first,
    those without a score last.
    """
    return sorted(findings, key=_rank)


def _rank(finding: Json) -> tuple[int, int, bool, float]:
    score = finding.get("score") if finding["class"] == "ALERT" else None
    return _STRENGTH.index(finding["effect"]), _ORDER.index(finding["class"]), _unread(finding), -(score or 0.0)


def _unread(finding: Json) -> bool:
    """Whether a rule rests on provisions only that nobody has read."""
    return bool(finding["rule"] and finding["basis"]) and all(b["grade"] == "unverified" for b in finding["basis"])


def headline(result: Json, screening: Json) -> str:
    """The strongest few findings, each by class, measure, list and who is on it; the whole stands in the details."""
    asked, gap, names = whom(result), hard_gap(result, screening), dict[str, None]()
    if gap:
        names[gap] = None
    for finding in ranked(result["findings"]):
        now = state_now(finding)
        if finding.get("candidate"):
            told = _perhaps(finding, result)
        else:
            told = f"{class_word(finding, asked)}：{_about(finding, asked, screening['as_of'])}"
        names[f"{told}{f'，{now}' if now else ''}"] = None
    shown = list(names)[:TOP]
    return "；".join(shown) + (f" 等 {len(names)} 项" if len(names) > len(shown) else "")


def whom(result: Json) -> frozenset[str | None]:
    """The ids whom a row asks for."""
    return frozenset({f"sheet:{result['row']}", (result["match"]["subject"] or {}).get("id")})


def class_word(finding: Json, asked: Collection[str | None]) -> str:
    """What kind of statement a finding is, in a few words. Own listings are those of whom the row asks for only; a
    record is no listing; a provision nobody has read is said to be one.
    """
    code, doubt = finding["class"], "（条文未核实）" if _unread(finding) else ""
    if code != "LISTED_SELF":
        word = CLASSES[code].partition("，")[0] + doubt
        return f"{CANDIDATE}：{word}" if finding.get("candidate") else word
    verb = _verb(finding)
    if finding.get("candidate"):
        return f"{CANDIDATE}{verb}"
    return ("本人" if finding["target"]["id"] in asked else "他人") + verb


def _verb(finding: Json) -> str:
    """What somebody with an entry is said to be."""
    known = list_types().get(finding["list"] or "")
    return OWN.get(known.code if known.code in OWN else known.family, "在列") if known else "在列"


def _perhaps(finding: Json, result: Json) -> str:
    """What is known of those who only may be meant: how many of how many, and that it says nothing of the one asked."""
    match, key = result["match"], (finding["class"], finding["rule"], finding["list"])
    alike = {
        f["candidate"] for f in result["findings"] if f.get("candidate") and (f["class"], f["rule"], f["list"]) == key
    }
    shown = len(match["candidates"])
    total = match.get("candidates_total", shown) or len(alike)
    about = f"名单“{list_name(finding['list'])}”" if finding["list"] else "同标段投标"
    if finding["class"] == "LISTED_SELF":
        verb, name = _verb(finding), list_name(finding["list"])
        what = f"列于{name}" if verb == "在列" else f"{verb}（{name}）"
    else:
        what = f"涉及{clip(clean(finding['measure'])) or about}（{class_word({**finding, 'candidate': None}, ())}）"
    who = "同名主体" if match["level"] == "NAME_ONLY" else "可能的主体"
    same = "同一人" if finding["target"].get("kind") == "person" else "同一主体"
    least = "至少 " if total > shown > 0 else ""
    return f"{total} 个{who}中{least or ' '}{len(alike)} 个{what}，不能认定为{same}"


def _about(finding: Json, asked: Collection[str | None], as_of: str) -> str:
    """What a finding is about: what its rule asks for and of whom, its list, and who is on that unless it is whom the
    row asks for.
    """
    nodes = finding["path"]["nodes"]
    other = nodes[-1] if nodes and nodes[-1]["id"] not in asked else None
    name = clean(other.get("name") or other["id"]) if other else ""
    known = list_name(finding["list"]) if finding["list"] else "同标段投标"
    if finding["class"] in ("LISTED_SELF", "ALERT"):
        if not name and finding["class"] == "ALERT":
            return f"涉及名单“{known}”"  # an entry that only mentions whom the row asks for
        return known + (f"（{name}）" if name else "")
    if name:
        how = f"{_who(finding['path'], name, as_of)}列于{known}" if finding["list"] else f"{known}：{name}"
    else:
        how = f"涉及名单“{known}”" if finding["list"] else known
    rule, measure = clean(finding["rule"]), clip(clean(finding["measure"]))
    told = (rule if measure else "", bound(finding, asked), how)
    return f"{measure or rule}（{'；'.join(part for part in told if part)}）"


def bound(finding: Json, asked: Collection[str | None]) -> str:
    """Whom a rule speaks of where that is not whom the row asks for."""
    target = finding["target"]
    if target["id"] in asked:
        return ""
    word = "约束对象" if finding["class"].startswith("STATUTORY") else "所指"
    return f"{word} {clean(target.get('name') or target['id'])}"


def clip(text: str) -> str:
    """A measure in a few words."""
    return text if len(text) <= MEASURE else text[: MEASURE - 1] + "…"


def _who(path: Json, name: str, as_of: str) -> str:
    """The listed party and what joins it to the one before it on the path."""
    edge = path["edges"][-1] if path["edges"] else None
    if edge is not None and edge["type"] == BIDS_WITH:
        return f"联合体成员 {name} "
    relation = RELATIONS.get(edge["type"]) if edge else None
    if edge is None or relation is None or relation.second == "contact":
        return f"{name} "
    left = "原" if edge.get("until") and edge["until"] <= as_of else ""
    label = left + TIES.get(edge["type"], relation.label)
    if edge["source"] == path["nodes"][-1]["id"] or relation.symmetric:
        return f"{name}，{label}，"
    before = path["nodes"][-2]
    return f"{name}，{clean(before.get('name') or before['id'])} 为其{label}，"


def hard_gap(result: Json, screening: Json) -> str:
    """Why a row needs a look though nothing found says so: a list the scenario depends on was not checked."""
    needed = screening.get("needed", ())
    if not needed or result["decision"] != "review" or any(f["effect"] != "inform" for f in result["findings"]):
        return ""
    stale = {entry["list"] for entry in screening["not_checked"] if entry["why"] == "stale"}
    absent = "、".join(list_name(code) for code in needed if code not in stale)
    old = "、".join(list_name(code) for code in needed if code in stale)
    parts = (f"必查名单未接入：{absent}" if absent else "", f"必查名单数据已过期：{old}" if old else "")
    return "；".join(part for part in parts if part)


def state_now(finding: Json) -> str:
    """What became of the entry since the day of the screening; "" where nothing did."""
    listing = finding["listing"] or {}
    now = listing.get("state_now")
    if not now or now == listing["state"]:
        return ""
    day = ""
    if now in ENDED_STATES and listing.get("removed_on"):
        day = f"（{clean(listing['removed_on'])} 移出）"
    elif now == "expired" and listing.get("expires_on"):
        day = f"（{clean(listing['expires_on'])} 到期）"
    return f"现状态：{STATES.get(now, clean(now))}{day}"


def replayed(screening: Json) -> bool:
    """Whether it tells of entries that were in force on its day and are over by now."""
    return bool(screening.get("replay")) or any(
        entry.get("state_now") in ENDED_STATES and entry["state"] not in ENDED_STATES
        for result in screening["results"]
        for entry in (finding["listing"] or {} for finding in result["findings"])
    )


def list_name(code: str) -> str:
    """A list by its name; a code outside the vocabulary as it is."""
    known = list_types().get(code)
    return known.name if known else clean(code)
