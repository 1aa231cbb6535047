"""What stands first in a row of a screening: its gravest findings in a few words, and why else it needs a look.

Whoever is on a list is said by name wherever it is not the applicant itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from graph.vocabulary import ENDED_STATES, RELATIONS, STATES, list_types
from queries.words import BIDS_WITH
from viz.model import clean
from viz.screening_labels import CANDIDATE, CLASSES, TIES

Json = Mapping[str, Any]

TOP = 3
REPLAY = "重放：显示当时有效、现已结束的记录"
_STRENGTH, _ORDER = ("block", "review", "inform"), tuple(CLASSES)


def ranked(findings: Sequence[Json]) -> list[Json]:
    """Findings by what they do, then by class; of alerts the nearest first, those without a score last."""
    return sorted(findings, key=_rank)


def _rank(finding: Json) -> tuple[int, int, float]:
    score = finding.get("score") if finding["class"] == "ALERT" else None
    return _STRENGTH.index(finding["effect"]), _ORDER.index(finding["class"]), -(score or 0.0)


def headline(result: Json, screening: Json) -> str:
    """The strongest few findings, each by class, rule, list and who is on it; the whole stands in the details."""
    asked = {f"sheet:{result['row']}", (result["match"]["subject"] or {}).get("id")}
    gap, names = hard_gap(result, screening), dict[str, None]()
    if gap:
        names[gap] = None
    for finding in ranked(result["findings"]):
        now = state_now(finding)
        about = _about(finding, asked | {finding.get("candidate")}, screening["as_of"])
        names[f"{candidate(finding)}{short_class(finding['class'])}：{about}{f'，{now}' if now else ''}"] = None
    shown = list(names)[:TOP]
    return "；".join(shown) + (f" 等 {len(names)} 项" if len(names) > len(shown) else "")


def _about(finding: Json, asked: Collection[str | None], as_of: str) -> str:
    """What a finding is about: its rule and list, and who is on it unless that is whom the row asks for."""
    nodes, alert = finding["path"]["nodes"], finding["class"] == "ALERT"
    other = nodes[-1] if nodes and nodes[-1]["id"] not in asked else None
    name = clean(other.get("name") or other["id"]) if other else ""
    rule = "" if alert else clean(finding["rule"])
    known = list_name(finding["list"]) if finding["list"] else "同标段投标"
    if name and rule and finding["list"]:
        return f"{rule}（{_who(finding['path'], name, as_of)}列于{known}）"
    if not name and finding["list"] and finding["class"] != "LISTED_SELF":
        known = f"涉及名单“{known}”"  # an entry that only mentions whom the row asks for
    return f"{rule} {known}".strip() + (f"（{name}）" if name else "")


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


def candidate(finding: Json) -> str:
    """What stands before a finding on somebody who only may be the one asked for."""
    return f"{CANDIDATE} " if finding.get("candidate") else ""


def short_class(code: str) -> str:
    """The word of a class where there is no room for the sentence that goes with an alert."""
    return CLASSES[code].partition("，")[0]


def list_name(code: str) -> str:
    """A list by its name; a code outside the vocabulary as it is."""
    known = list_types().get(code)
    return known.name if known else clean(code)
