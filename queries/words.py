"""Listings and paths read aloud, in Chinese: the sentences findings are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.vocabulary import CONTACT_KINDS, RELATIONS, list_types

# Of paths among applicants and bidders only, no relations of the graph: two bidders of a sheet that bid as one; two
# people of whom only the name, or only the number, is known to be the same; two rows with the same in one column
# (`via`); whom a row names in a column.
BIDS_WITH, SAME_NAME, SAME_NUMBER, SAME_FIELD = "BIDS_WITH", "SAME_NAME", "SAME_NUMBER", "SAME_FIELD"
NAMED_AS = "NAMED_AS"
SHEET_LABELS = {
    BIDS_WITH: "联合体投标",
    SAME_NAME: "姓名相同",
    SAME_NUMBER: "证件号码一致",
    SAME_FIELD: "填报相同",
    NAMED_AS: "填报",
}
SHEET = "sheet"  # records of what the sheet itself says: "sheet:3"
_SHEET_ONLY = {
    BIDS_WITH: "{b} 与 {a} 组成联合体投标",
    SAME_NAME: "{a} 与 {b} 姓名相同",
    SAME_NUMBER: "{a} 与 {b} 证件号码一致",
    SAME_FIELD: "{a} 与 {b} 填报的{kind}相同",
    NAMED_AS: "{a} 填报的{kind}为 {b}",
}


def listing_words(listing: Mapping[str, Any]) -> str:
    """One entry in words: list, authority, number, dates. It never says who is on it."""
    kind = list_types()[listing["list"]]
    source = " ".join(part for part in (listing.get("authority") or kind.authority, listing.get("doc_no")) if part)
    until = f"，至 {listing['expires_on']}" if listing.get("expires_on") else ""
    disputed = "，异议处理中" if listing.get("disputed") else ""
    since = f"{listing['listed_on']} 起" if listing.get("listed_on") else "列入日期未载明"
    return f"{kind.name}（{source}，{since}{until}{disputed}）"


def listed_words(path: Mapping[str, Any], listed: str, listing: Mapping[str, Any]) -> str:
    """The relations of a path, and who at its end is listed where."""
    return "；".join(part for part in (path_words(path), f"{listed} 列于{listing_words(listing)}") if part)


def path_words(path: Mapping[str, Any]) -> str:
    """A path as sentences from the asked subject on, each relation with its ratio, dates and record."""
    names = {node["id"]: node["name"] for node in path["nodes"]}
    return "；".join(_edge(edge, names) for edge in path["edges"])


def _edge(edge: Mapping[str, Any], names: Mapping[str, str]) -> str:
    a, b = names.get(edge["source"], edge["source"]), names.get(edge["target"], edge["target"])
    if edge["type"] == "CONTACT":
        kind = CONTACT_KINDS.get((edge.get("via") or {}).get("kind", ""), RELATIONS["CONTACT"].label)
        reads = f"{a} 与 {b} 使用同一{kind}"
    elif edge["type"] in _SHEET_ONLY:
        reads = _SHEET_ONLY[edge["type"]].format(a=a, b=b, kind=(edge.get("via") or {}).get("kind", ""))
    else:
        reads = RELATIONS[edge["type"]].reads.format(a=a, b=b)
    facts = [
        *_shares(edge),
        edge.get("title") or "",
        _dates(edge),
        record_words(edge.get("record")),
    ]
    known = "，".join(fact for fact in facts if fact)
    return f"{reads}（{known}）" if known else reads


def _shares(edge: Mapping[str, Any]) -> tuple[str, ...]:
    low, high = edge.get("ratio_min"), edge.get("ratio_max")
    if edge.get("ratio") is not None:
        ratio = f"{edge['ratio']:.2%}"
    else:
        ends = (f"至少 {low:.2%}" if low is not None else "", f"至多 {high:.2%}" if high is not None else "")
        ratio = "，".join(end for end in ends if end)
    rights = (("votes", "表决权"), ("income", "收益权"))
    return ratio, *(f"{word} {edge[name]:.2%}" for name, word in rights if edge.get(name) is not None)


def record_words(record: str | None) -> str:
    """Where a fact comes from, for people: what the sheet itself says by its row."""
    return "；".join(_record(part) for part in (record or "").split("；"))


def _record(record: str) -> str:
    kind, _, row = record.partition(":")
    return f"表中第 {row} 行" if kind == SHEET and row else record


def _dates(edge: Mapping[str, Any]) -> str:
    if edge.get("since") and edge.get("until"):
        return f"{edge['since']} 至 {edge['until']}"
    if edge.get("since"):
        return f"{edge['since']} 起"
    return f"至 {edge['until']}" if edge.get("until") else ""
