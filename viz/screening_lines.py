"""The findings of a screening as plain texts, one a line, and the notices that go with what blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from graph.vocabulary import STATES
from queries.words import path_words, record_words
from viz.model import clean
from viz.screening_headline import class_word, hard_gap, list_name, ranked, state_now, whom
from viz.screening_labels import CLASSES, EFFECTS, FALLS_ON, GRADES, UNCHECKED
from viz.screening_words import DECISIONS, Json, asked_name


@dataclass(frozen=True, slots=True)
class Line:
    """One finding of a row as text; `cls` and `effect` in the fixed words."""

    row: int
    asked: str
    decision: str
    klass: str
    short: str
    effect: str
    rule: str = ""
    measure: str = ""
    target: str = ""
    falls_on: str = ""
    basis: str = ""
    since: str = ""
    until: str = ""
    conditions: str = ""
    path: str = ""
    listed: str = ""
    listed_span: str = ""
    list: str = ""
    authority: str = ""
    doc_no: str = ""
    state: str = ""
    now: str = ""
    text: str = ""
    score: str = ""
    remedy: str = ""
    record: str = ""
    steps: tuple[str, ...] = ()  # the path, one sentence a relation


def lines(screening: Json) -> Iterator[Line]:
    """All findings in order of rows, the gravest of a row first; before them what could not be checked."""
    for result in screening["results"]:
        asked = asked_name(result["query"])
        word, mark, _ = DECISIONS[result["decision"]]
        row, gap = (result["row"], asked, f"{mark} {word}"), hard_gap(result, screening)
        if gap:
            yield Line(*row, klass=UNCHECKED, short=UNCHECKED, effect=EFFECTS["review"], text=gap)
        ids, own = whom(result), _own(result)
        for finding in ranked(result["findings"]):
            yield _line(row, finding, ids, own)


def _own(result: Json) -> frozenset[tuple[str, str]]:
    """Who of a row's findings is on which entry, by ids."""
    found = (f for f in result["findings"] if f["class"] == "LISTED_SELF" and f["listing"])
    return frozenset((f["target"]["id"], f["listing"]["id"]) for f in found)


def _line(
    row: tuple[int, str, str], finding: Json, asked: Collection[str | None], own: Collection[tuple[str, str]]
) -> Line:
    listing, path, period = finding["listing"] or {}, finding["path"], finding["period"]
    alert = finding["class"] == "ALERT"
    # Nobody is bound by what is only near, nor by an entry nothing follows from here.
    binds = not alert and (
        finding["class"] != "LISTED_SELF" or bool(finding["measure"]) or finding["effect"] != "inform"
    )
    short = class_word(finding, asked)
    who, stands = _listed(finding, asked, own)
    return Line(
        row=row[0],
        asked=row[1],
        decision=row[2],
        klass=CLASSES["ALERT"] if alert and not finding.get("candidate") else short,
        short=short,
        effect=EFFECTS[finding["effect"]],
        rule=clean(finding["rule"]),
        measure=clean(finding["measure"]),
        target=_marked(finding) + clean(finding["target"]["name"]) if binds else "",
        falls_on=FALLS_ON.get(finding["falls_on"], clean(finding["falls_on"])) if binds else "",
        basis=clean(_basis(finding) or _of_the_list(listing)),
        since="" if alert else clean(period["from"]),
        until="" if alert else clean(period["until"]),
        conditions="；".join(clean(condition) for condition in finding["conditions"]),
        path=clean(path_words(path)) if path["edges"] else "",
        listed=who,
        listed_span=_span(listing),
        list=list_name(finding["list"]) if finding["list"] else "",
        authority=clean(listing.get("authority")),
        doc_no=clean(listing.get("doc_no")),
        state=stands,
        now=state_now(finding),
        text=clean(finding["text"]),
        score=f"{finding['score']:.3f}" if finding.get("score") is not None else "",
        remedy=clean(finding["remedy"]),
        record=clean(record_words(listing.get("record"))),
        steps=steps(path),
    )


def _marked(finding: Json) -> str:
    return "候选主体 " if finding.get("candidate") else ""


def _listed(finding: Json, asked: Collection[str | None], own: Collection[tuple[str, str]]) -> tuple[str, str]:
    """Who is on the list, and the entry's state, which says so where that is not whom the row asks for."""
    listing, nodes = finding["listing"] or {}, finding["path"]["nodes"]
    state = STATES.get(listing.get("state") or "", "")
    if not state:
        return "", ""
    if finding["path"]["edges"]:
        who = nodes[-1]
    else:
        on_it = finding["class"] == "LISTED_SELF" or (finding["target"]["id"], listing.get("id")) in own
        who = finding["target"] if on_it else {}
    known = "（候选主体）" if finding.get("candidate") else "" if who.get("id") in asked else "（他人）"
    if not who and not finding.get("candidate") and finding["class"] != "ALERT":
        known = "（条目）"  # a rule on somebody the entry lists or names: the answer does not say which
    name = clean(who.get("name") or who.get("id"))
    disputed = "（异议中）" if finding["disputed"] else ""
    return _marked(finding) + name if name and not finding["path"]["edges"] else name, known + state + disputed


def _span(listing: Json) -> str:
    """From when to when somebody is on the list."""
    since, until = clean(listing.get("listed_on")), clean(listing.get("removed_on") or listing.get("expires_on"))
    return f"{since or '起始不明'} 至 {until}" if until else f"{since} 起" if since else ""


def bounds(line: Line) -> str:
    """What a rule asks for, and whom it binds."""
    told = f"约束对象：{line.target}（{line.falls_on}）" if line.target else ""
    return "；".join(part for part in (line.measure, told) if part) if line.measure else ""


def steps(path: Json) -> tuple[str, ...]:
    """A path as one sentence a relation, from the asked subject on."""
    return tuple(clean(path_words({"nodes": path["nodes"], "edges": [edge]})) for edge in path["edges"])


def _of_the_list(listing: Json) -> str:
    """The law somebody else's entry rests on: under an alert it is no ground for anything against this one."""
    return f"（仅为所涉名单自身的依据）{listing['basis']}" if listing.get("basis") else ""


def _basis(finding: Json) -> str:
    told = (
        f"{b['law']} {b['article']}".strip() + f"（{GRADES.get(b['grade'], b['grade'])}）" for b in finding["basis"]
    )
    return "；".join(dict.fromkeys(told))


def notices(screening: Json) -> Iterator[tuple[int, str, str, str, tuple[str, ...]]]:
    """Row, who asked, who is told, the rule or list, and the paragraphs of the notice."""
    for result in screening["results"]:
        for finding in result["findings"]:
            if finding.get("notice"):
                about = clean(finding["rule"]) or list_name(finding["list"])
                told = tuple(clean(part) for part in str(finding["notice"]).split("\n"))
                yield result["row"], asked_name(result["query"]), clean(finding["target"]["name"]), about, told


def undone(screening: Json) -> Iterator[tuple[str, str]]:
    """What was not done: lists not checked, hubs not crossed, rows refused, roles nobody could check."""
    for entry in screening["not_checked"]:
        why = "名单未接入" if entry["why"] == "not_loaded" else f"数据已过期，截至 {clean(entry['as_of']) or '不明'}"
        yield "未核查的名单", f"{list_name(entry['list'])}：{why}"
    for stop in screening["not_crossed"]:
        reason = "不传导" if stop["reason"] == "conducts" else f"{stop['degree']} 条关系，超出穿透上限"
        yield "未继续穿透", f"{clean(stop['subject'].get('name') or stop['subject']['id'])}（{reason}）"
    for rejected in screening["rejected"]:
        yield "拒绝行", f"第 {rejected['row']} 行：{clean(rejected['reason'])}"
    for result in screening["results"]:
        for warning in result["match"]["warnings"]:
            if warning.startswith("role_unchecked:"):
                yield "职务未核查", f"第 {result['row']} 行：{clean(warning.partition(':')[2])}"
    if not screening["complete"]:
        yield "不完整", "有名单未核查，或检索被时间、行数、内存截断"
