"""The written notice that goes with whatever takes something away (《失信惩戒措施告知书》): whom, why, on what ground,
what and how long, and what he can do about it. A draft for the officer, never sent by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.vocabulary import list_types
from queries.words import listing_words, path_words

TITLE = "失信惩戒措施告知书"
CLOSING = "本告知由系统根据已加载数据生成，须经承办人员核实后使用"
TENDERER = "招标人（采购人）"
GRADES = {"text": "已核对条文", "partial": "部分核对，引用前核对原文", "unverified": "未核实，不得作为依据"}


def notice(finding: Mapping[str, Any], scenario: str, as_of: str) -> str:
    """The notice for one finding (FINDING of the contract), paragraph by paragraph."""
    target, joint = finding["target"], finding["falls_on"] == "joint_bid"
    number = target.get("uscc") or target.get("id_masked")
    lines = [
        TITLE,
        f"对象：{target.get('name') or target['id']}{f'（{number}）' if number else ''}",
        f"事项：{scenario}；核查日：{as_of}",
        f"事实：{_facts(finding)}",
        f"依据：{'；'.join(dict.fromkeys(map(_law, finding['basis']))) or '未载明'}",
        f"措施：{finding['measure'] or _barred(finding, scenario)}",
        f"期限：{'仅限该标段（合同项）' if joint else _period(finding['period'])}",
    ]
    if finding["conditions"]:
        lines.append(f"核实事项：{'；'.join(finding['conditions'])}")
    lines += [
        f"救济途径：{_remedy(finding, joint=joint)}",
        f"异议受理机关：{_authority(finding)}",
        CLOSING,
    ]
    return "\n".join(lines)


def _facts(finding: Mapping[str, Any]) -> str:
    listing, way = finding["listing"], path_words(finding["path"])
    if not listing:
        return f"{way}（同一标段）"
    listed = finding["path"]["nodes"][-1].get("name") or finding["path"]["nodes"][-1]["id"]
    if finding["class"] == "LISTED_SELF":
        listed = finding["target"].get("name") or finding["target"]["id"]
    reason = f"；事由：{finding['reason']}" if finding["reason"] else ""
    return f"{way}{'；' if way else ''}{listed} 列于{listing_words(listing)}{reason}"


def _law(entry: Mapping[str, str]) -> str:
    return f"{entry['law']}{entry['article']}（{GRADES.get(entry['grade'], entry['grade'])}）"


def _barred(finding: Mapping[str, Any], scenario: str) -> str:
    on = f"（{list_types()[finding['listing']['list']].name}）" if finding["listing"] else ""
    return f"在“{scenario}”事项中予以限制{on}"


def _period(period: Mapping[str, str | None]) -> str:
    start, until = period.get("from"), period.get("until")
    if start and until:
        return f"{start} 至 {until}（含当日）"
    return f"自 {start} 起，至移出名单或者解除之日" if start else "以决定书为准"


def _remedy(finding: Mapping[str, Any], *, joint: bool) -> str:
    """What can be done about it; how a bid was dealt with is for whoever asked for bids to answer for."""
    told = str(finding["remedy"] or "")
    if joint and TENDERER not in told:
        told = f"{told}{'；' if told else ''}对投标（响应）的处理有异议的，可向{TENDERER}或其监督部门提出"
    return told or "可向作出认定的机关提出异议"


def _authority(finding: Mapping[str, Any]) -> str:
    listing = finding["listing"]
    if not listing:
        return f"{TENDERER}或其监督部门"
    return str(listing.get("authority") or list_types()[listing["list"]].authority)
