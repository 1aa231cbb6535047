"""A comparison of bidders put into words: verdicts, lots, the matrix, and each reason as plain texts.

Works on the JSON of `bidders`. Every text passes `clean`: no unmasked personal number, no control character.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from graph.vocabulary import CONTACT_KINDS
from queries.bidders.laws import signals
from queries.words import path_words
from viz.model import clean
from viz.screening_headline import list_name
from viz.screening_labels import EFFECTS, GRADES, LEVELS
from viz.screening_lines import steps
from viz.screening_words import warning

Json = Mapping[str, Any]

# Verdict → word, mark (never colour alone), fill.
VERDICTS: dict[str, tuple[str, str, str]] = {
    "prohibited": ("禁止", "✖", "F4B6A6"),
    "alert": ("提示", "▲", "FCE3B0"),
    "none": ("未发现", "·", "F4F6F8"),
}
KINDS = {
    "same_head": "负责人相同",
    "holding": "控股",
    "management": "管理关系",
    "signal": "投标线索",
    "same_name": "负责人同名",
    "shared_person": "人员交叉",
    "path": "间接关联",
}
# A group is joined link by link: two of its members may have nothing between them.
LEVELS_OF_GROUPS = {"prohibited": "由禁止的组合相连", "alert": "由提示的组合相连", "both": "由禁止和提示的组合相连"}
SISTERS = {"holding": "同受控制", "management": "同受管理"}  # a holder, or one who runs them, in common
CLOSING = "关联提示，不构成失信惩戒依据。姓名相同不等于同一人。未发现不等于没有关联。"


@dataclass(frozen=True, slots=True)
class Line:
    """One reason of one pair as text. `sure`: what it comes to; `basis`, `path`, `conditions`: joined; `paths`: each as
    one sentence a relation.
    """

    kind: str
    rule: str
    conclusive: bool
    sure: str
    basis: str
    path: str
    conditions: str
    text: str
    paths: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One bidder of a lot: its number there, its row, and how it was matched."""

    number: int
    id: str
    row: int
    name: str
    code: str
    match: str
    certain: bool
    consortium: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bidders of a lot. `key`: their numbers, with the lot's before them where there are several lots."""

    key: str
    lot: str
    a: Member
    b: Member
    verdict: str
    main: str
    note: str
    lines: tuple[Line, ...]
    source: Json

    @property
    def word(self) -> str:
        """The verdict as word and mark."""
        word, mark, _ = VERDICTS[self.verdict]
        return f"{mark} {word}"

    @property
    def rule(self) -> str:
        """The rule that prohibits it, "" for none."""
        return next((line.rule for line in self.lines if line.conclusive), "")


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot: its bidders in the order of the sheet, and its pairs by two numbers, the smaller first."""

    number: int
    name: str
    members: tuple[Member, ...]
    pairs: Mapping[tuple[int, int], Pair]

    def found(self) -> list[Pair]:
        """The pairs with something to tell, the prohibited first."""
        told = [pair for pair in self.pairs.values() if pair.verdict != "none"]
        return sorted(told, key=lambda pair: (pair.verdict != "prohibited", pair.a.number, pair.b.number))

    def counts(self) -> str:
        """How many pairs came to what."""
        compared = [pair for pair in self.pairs.values() if not pair.note]
        each = (
            f"{word} {sum(pair.verdict == code for pair in compared)} 对" for code, (word, _, _) in VERDICTS.items()
        )
        partners = len(self.pairs) - len(compared)
        return f"{len(self.members)} 家，{len(compared)} 对：{'，'.join(each)}{_partners(partners)}"


def lots(answer: Json) -> list[Lot]:
    """The lots in order, each with its matrix."""
    several = len(answer["lots"]) > 1
    by_rows = {(tuple(pair["rows"])): pair for pair in answer["pairs"]}
    bidders: dict[str, list[Json]] = defaultdict(list)
    for bidder in answer["bidders"]:
        bidders[bidder["lot"]].append(bidder)
    made = []
    for number, lot in enumerate(answer["lots"], start=1):
        members = tuple(_member(n, bidder) for n, bidder in enumerate(bidders[lot["lot"]], start=1))
        pairs = {
            (a.number, b.number): _pair(f"{number}." if several else "", (a, b), by_rows[a.row, b.row])
            for a, b in combinations(members, 2)
        }
        made.append(Lot(number, clean(lot["lot"]), members, pairs))
    return made


def _member(number: int, bidder: Json) -> Member:
    subject, match = bidder["bidder"], bidder["match"]
    notes = "；".join(warning(w) for w in match["warnings"] if not w.startswith("role_unchecked"))
    level = LEVELS.get(match["level"], match["level"])
    return Member(
        number=number,
        id=clean(subject["id"]),
        row=bidder["row"],
        name=clean(subject.get("name")) or clean(subject["id"]),
        code=clean(subject.get("uscc") or subject.get("id_masked")),
        match=f"{level}；{notes}" if notes else level,
        certain=bool(bidder["certain"]),
        consortium=clean(bidder["consortium"]),
    )


def _pair(before: str, members: tuple[Member, Member], pair: Json) -> Pair:
    a, b = members
    lines = tuple(_line(reason) for reason in pair["reasons"])
    return Pair(
        key=f"{before}{a.number}-{b.number}",
        lot=clean(pair["lot"]),
        a=a,
        b=b,
        verdict=pair["verdict"],
        main=f"{lines[0].kind}{' 等' + str(len(lines)) + '项' if len(lines) > 1 else ''}" if lines else "",
        note=clean(pair.get("note")),
        lines=lines,
        source=pair,
    )


def _line(reason: Json) -> Line:
    told = (f"{b['law']} {b['article']}（{GRADES.get(b['grade'], b['grade'])}）" for b in reason["basis"])
    ways = [reason["path"], *reason["also"]]
    unsure = reason["rule"] or (reason["missed"] and reason["conditions"])
    sure = "构成禁止情形" if reason["conclusive"] else "待核实" if unsure else "仅提示"
    return Line(
        kind=kind(reason),
        rule=clean(reason["rule"]),
        conclusive=bool(reason["conclusive"]),
        sure=sure,
        basis=clean("；".join(told)),
        path=clean("；".join(path_words(way) for way in ways)),
        conditions=clean("；".join(reason["conditions"])),
        text=clean(reason["text"]),
        paths=tuple(steps(way) for way in ways),
    )


def kind(reason: Json) -> str:
    """What a reason is called: a signal by its column, a holder in common as that."""
    if reason["kind"] == "signal":
        column = signals().columns.get(reason["signal"] or "")
        via = (reason["path"]["edges"][0].get("via") or {}).get("kind", "")
        return f"{column.label.zh if column else CONTACT_KINDS.get(via, via)}相同"
    # A holder in common stands between the two: the path climbs to it and comes down again.
    inner = {edge["source"] for edge in reason["path"]["edges"]}
    ends = {reason["path"]["nodes"][0]["id"], reason["path"]["nodes"][-1]["id"]}
    return KINDS[reason["kind"]] if inner & ends else SISTERS.get(reason["kind"], KINDS[reason["kind"]])


def _partners(pairs: int) -> str:
    return f"；同一联合体 {pairs} 对不作比对" if pairs else ""


def headline(answer: Json) -> str:
    """What it all comes to, in one line: what was compared, and how many rows were not."""
    partners = sum("note" in pair for pair in answer["pairs"])
    totals = {code: sum(lot[code] for lot in answer["lots"]) for code in VERDICTS}
    totals["none"] -= partners
    counted = "，".join(f"{word} {totals[code]} 对" for code, (word, _, _) in VERDICTS.items())
    pairs, bids = sum(totals.values()), len(answer["bidders"])
    blind = "" if answer["data"] else "没有接入任何数据，只比对了表格所填内容。"
    left = f"另有 {len(answer['rejected'])} 行未比对，见注意事项。" if answer["rejected"] else ""
    bound = sum(any(f["effect"] != "inform" for f in group["findings"]) for group in answer["consortia"])
    joint = f"{bound} 个联合体有成员触发联合体规则。" if bound else ""
    found = f"{len(answer['lots'])} 个{answer['unit']}，{bids} 份投标，{pairs} 对：{counted}{_partners(partners)}。"
    return f"{blind}{answer['law_name']}：{found}{joint}{left}"


def context(answer: Json) -> str:
    """What the answer rests on, in one line."""
    data = "、".join(f"{clean(d['source'])} {clean(d['snapshot'])}".strip() for d in answer["data"])
    return (
        f"比对日 {answer['as_of']}；规则包 {clean(answer['rules'])}；关联策略 {clean(answer['policy'])}；"
        f"数据 {data or '无'}"
    )


def undone(answer: Json) -> Iterator[tuple[str, str]]:
    """What was not done, or has to be known when reading: kind and text."""
    for entry in answer["not_checked"]:
        why = "名单未接入" if entry["why"] == "not_loaded" else f"数据已过期，截至 {clean(entry['as_of']) or '不明'}"
        yield "未核查的名单", f"{list_name(entry['list'])}：{why}，联合体成员是否在列未核查"
    for words in answer["warnings"]:
        yield "注意", clean(words)
    for rejected in answer["rejected"]:
        yield "未比对的行", f"第 {rejected['row']} 行：{clean(rejected['reason'])}"
    for stop in answer["not_crossed"]:
        yield "未继续穿透", _stop(stop)
    if not answer["complete"]:
        yield "不完整", "有名单未核查，或检索被时间、行数截断，未发现的组合可能并非没有关联"


def _stop(stop: Json) -> str:
    if "contact" in stop:
        contact = stop["contact"]
        name = f"{CONTACT_KINDS.get(contact['kind'], contact['kind'])} {clean(contact['value'])}"
        return f"{name}（{stop['degree']} 个主体登记，超出上限，共用不作提示）"
    name = clean(stop["subject"].get("name") or stop["subject"]["id"])
    return f"{name}（不传导）" if stop["reason"] == "conducts" else f"{name}（{stop['degree']} 条关系，超出穿透上限）"


def groups(answer: Json) -> Iterator[tuple[str, str, str]]:
    """Groups of bidders joined with each other: lot, level, names; where alerts add nobody, not again."""
    names = {b["bidder"]["id"]: clean(b["bidder"].get("name")) for b in answer["bidders"]}
    voids = {(p["lot"], end["id"]) for p in answer["pairs"] if p["verdict"] == "prohibited" for end in (p["a"], p["b"])}
    told = set()
    for group in answer["groups_by_lot"]:
        key = (group["lot"], *group["ids"])
        if key not in told:
            told.add(key)
            both = group["verdict"] == "alert" and any((group["lot"], i) in voids for i in group["ids"])
            level = LEVELS_OF_GROUPS["both" if both else group["verdict"]]
            yield clean(group["lot"]), level, "、".join(names[i] for i in group["ids"])


def consortia(answer: Json) -> Iterator[tuple[str, str, str, str]]:
    """Consortia: lot, name, members, and what the law says on account of a member."""
    for group in answer["consortia"]:
        members = "、".join(clean(m.get("name")) for m in group["members"])
        told: dict[str, str] = {}  # each entry once: it does the same to every member
        for found in group["findings"]:
            own = found["target"]["id"] == found["path"]["nodes"][-1]["id"]
            if own or found["listing"]["id"] not in told:
                told[found["listing"]["id"]] = f"{EFFECTS[found['effect']]}：{clean(found['text'])}"
        alone = "只有一行填了这个联合体，请核对名称" if len(group["members"]) == 1 else ""
        yield clean(group["lot"]), clean(group["consortium"]), members, "\n".join(told.values()) or alone or "未发现"
