"""Related parties and regimes in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from api.tables import Screen
from api.views.risk import RiskView
from api.words import Words, locale
from queries.regimes.read import shipped
from viz.texts import Texts

Json = Mapping[str, Any]

SHOWN = 50  # parties of one clause printed; --json has them all
_FACTS = Words(
    "截至 {as_of} · 按制度分别列出，没有统一的“关联”结论", "as of {as_of} · by regime; there is no one “related” flag"
)
_NONE = Words("没有查到关联方", "no related party was found")
_UNKNOWN = Words(
    "名单未接入或过旧，未能核查：不表示没有关联方", "the list is missing or stale: not checked, not cleared"
)
_CLAUSE = Words("{text}（{law}{article}，{grade}）", "{text} ({law}{article}, {grade})")
_MET, _OPEN = Words("成立", "met"), Words("待核实", "to be checked")
_PREMISE = Words("前提：{text}", "premise: {text}")
_EXEMPTED = Words("因除外规定未列为关联方（{n}）", "kept out by an exemption ({n})")
_MISSING = Words("未能核查（{n}）", "not computable ({n})")
_MORE = Words("其余 {n} 条见 --json", "{n} more: see --json")
_ON = Words("存在于 {day}", "held on {day}")
_BESIDE = Words("不适用或者未询问的制度（{n}）", "regimes that do not apply or were not asked ({n})")
_TESTED = Words(
    "{regime}：{what}{held}。境外名单，仅供合规参考",
    "{regime}: {what}{held}. Foreign list, for information only",
)
_HELD = Words("；名单所列各方及其所有的企业合计持有 {share}", "; the listed and what they own hold {share} together")
_RANGE = Words("至少 {low:.2%}、至多 {high:.2%}", "at least {low:.2%}, at most {high:.2%}")
_ALSO = Words("另据：{text}", "also: {text}")
_WARNED = Words("记录有疑（{n}）", "doubtful records ({n})")
_WHAT = {
    "listed": Words("本身在列", "listed itself"),
    "caught": Words("因持股而及", "caught by ownership"),
    "open": Words("比例不详，待核实", "shares unknown, to be checked"),
    "free": Words("未及", "not caught"),
    "unchecked": Words(
        "名单未接入或过旧，未能核查；已载入的条目未及",
        "not checked, the list is missing or stale; nothing loaded catches it",
    ),
}
_REGIMES = (
    Words("编号", "id"),
    Words("名称", "name"),
    Words("界限", "numbers"),
    Words("依据", "law"),
    Words("核实", "grade"),
    Words("款", "clauses"),
)
_DETAILS = {
    "basis": Words("依据：{text}", "law: {text}"),
    "premise": _PREMISE,
    "note": Words("说明：{text}", "note: {text}"),
    "window": Words("时间窗：此前 {before} 个月、此后 {after} 个月", "window: {before} months before, {after} after"),
    "kin": Words("亲属范围：{text}", "relatives: {text}"),
    "clause": Words("{key}：{text}", "{key}: {text}"),
    "exemption": Words("除外：{text}", "exempt: {text}"),
    "not_related": Words("不构成关联：{text}", "no relation by itself: {text}"),
    "gap": Words("数据无法判断 {key}：{text}（{why}）", "not computable, {key}: {text} ({why})"),
    "lists": Words("名单：{text}", "lists: {text}"),
    "default": Words("须以 --regime 指明", "asked only with --regime"),
}


class RegimesView:
    """Prints related parties and regimes in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._t = Texts(locale(lang))
        self._screen = Screen()

    def related(self, answer: Json) -> None:
        """`xinmai related`: parties regime by regime, what was kept out, what could not be asked."""
        self._screen.heading(str(answer["subject"]["name"]))
        self._screen.line(_FACTS.say(self._lang, as_of=answer["as_of"]))
        for one in answer.get("sanctions", ()):
            self._screen.line(self._tested(one, checked=not answer["not_checked"]))
        if not answer["parties"]:
            self._screen.line((_UNKNOWN if answer["not_checked"] else _NONE).say(self._lang))
        for regime, entries in groupby(answer["parties"], key=lambda one: one["regime"]):
            self._parties(regime, list(entries), answer["as_of"])
        self._kept_out(answer["exempted"])
        if answer["warnings"]:
            self._screen.heading(_WARNED.say(self._lang, n=len(answer["warnings"])))
        for said in answer["warnings"]:
            self._screen.line(said, indent=2)
        self._missing(answer["not_computable"])
        RiskView(self._lang).limits(answer)

    def regimes(self, answer: Json) -> None:
        """`xinmai regimes`: one line a regime."""
        rows = [
            (
                one["id"],
                one["name"][self._lang],
                " ".join(one["numbers"]),
                f"{one['basis']['law']}{one['basis']['article']}",
                self._grade(one["basis"]),
                " ".join(clause["clause"] for clause in one["clauses"]),
            )
            for one in answer["regimes"]
        ]
        self._screen.table([words.say(self._lang) for words in _REGIMES], rows)

    def regime(self, answer: Json) -> None:
        """`xinmai regimes P05`: one regime in full."""
        (one,) = answer["regimes"]
        self._screen.heading(f"{one['id']} {one['name'][self._lang]}")
        self._detail("basis", text=self._basis(one["basis"]))
        for key in ("premise", "note"):
            if one[key]:
                self._detail(key, text=one[key][self._lang])
        if not one["by_default"]:
            self._detail("default")
        if any(one["window_months"].values()):
            self._detail("window", **one["window_months"])
        if one["kin"]:
            self._detail("kin", text=f"{one['kin'][self._lang]}（{self._grade(one['kin'])}）")
        if one["lists"]:
            self._detail("lists", text=self._t("comma").join(f"{self._t.listing(c)}（{c}）" for c in one["lists"]))
        for clause in one["clauses"]:
            self._clause(clause)
        for exemption in one["exemptions"]:
            self._detail("exemption", text=f"{exemption['text'][self._lang]}（{self._grade(exemption['basis'])}）")
        for words in one["not_related"]:
            self._detail("not_related", text=words[self._lang])
        for gap in one["not_computable"]:
            self._detail("gap", key=gap["clause"], text=gap["text"][self._lang], why=gap["why"][self._lang])

    def _clause(self, one: Json) -> None:
        told = [one["text"][self._lang], " ".join(one["numbers"]), self._basis(one["basis"])]
        self._detail("clause", key=one["clause"], text=self._t("sep").join(part for part in told if part))
        if one["window_months"]:
            self._screen.line(_DETAILS["window"].say(self._lang, **one["window_months"]), indent=4)
        if one["kin"]:
            self._screen.line(_DETAILS["kin"].say(self._lang, text=one["kin"][self._lang]), indent=4)

    def _parties(self, regime: str, entries: Sequence[Json], as_of: str) -> None:
        name = shipped()[regime].name
        told = name.zh if self._lang == "zh" else name.en
        self._screen.heading(f"{regime} {told}（{len({one['subject']['id'] for one in entries})}）")
        if self._lang == "zh" and entries[0]["premise"]:
            self._screen.line(_PREMISE.say(self._lang, text=entries[0]["premise"]), indent=2)
        for _, group in groupby(entries, key=lambda one: one["clause"]):
            found = list(group)
            self._screen.line(self._clause_words(found[0]), indent=2)
            for one in found[:SHOWN]:
                self._party(one, as_of)
            if len(found) > SHOWN:
                self._screen.line(_MORE.say(self._lang, n=len(found) - SHOWN), indent=4)

    def _party(self, one: Json, as_of: str) -> None:
        certain = _MET if one["certainty"] == "met" else _OPEN
        on = _ON.say(self._lang, day=one["on"]) if one.get("on") else ""
        told = (certain.say(self._lang), on, *one["notes"], *one["conditions"])
        facts = self._t("sep").join(part for part in told if part)
        self._screen.line(f"{one['subject']['name'] or one['subject']['id']}：{facts}", indent=4)
        RiskView(self._lang).path(one["path"], as_of)
        if one["also_text"]:
            self._screen.line(_ALSO.say(self._lang, text=one["also_text"]), indent=6)

    def _clause_words(self, one: Json) -> str:
        text = one["clause_text"] if self._lang == "zh" else one["clause_text_en"]
        return _CLAUSE.say(self._lang, text=text, law=one["law"], article=one["article"], grade=self._grade(one))

    def _tested(self, one: Json, *, checked: bool) -> str:
        state = "listed" if one["listed"] else "caught" if one["caught"] else "open" if one["conditional"] else "free"
        state = "unchecked" if state == "free" and not checked else state
        low, high = one["sum"], one["sum_max"]
        share = f"{low:.2%}" if low == high else _RANGE.say(self._lang, low=low, high=high)
        # Where nothing was checked, a sum of 0 would read like a finding.
        held = _HELD.say(self._lang, share=share) if checked or high else ""
        return _TESTED.say(self._lang, regime=one["regime"], what=_WHAT[state].say(self._lang), held=held)

    def _kept_out(self, entries: Sequence[Json]) -> None:
        if entries:
            self._screen.heading(_EXEMPTED.say(self._lang, n=len(entries)))
        for (regime, why), group in groupby(entries, key=lambda one: (one["regime"], one["why"])):
            names = self._t("comma").join(str(one["subject"]["name"] or one["subject"]["id"]) for one in group)
            self._screen.line(f"{regime} {names}：{why}", indent=2)

    def _missing(self, entries: Sequence[Json]) -> None:
        gaps = [one for one in entries if one["text"]]
        if gaps:
            self._screen.heading(_MISSING.say(self._lang, n=len(gaps)))
        for one in gaps:
            self._screen.line(f"{one['regime']} {one['text']}：{one['why']}", indent=2)
        beside = [one for one in entries if not one["text"]]
        if beside:
            self._screen.heading(_BESIDE.say(self._lang, n=len(beside)))
        for why, group in groupby(sorted(beside, key=lambda one: one["why"]), key=lambda one: one["why"]):
            regimes = self._t("comma").join(str(one["regime"]) for one in group)
            self._screen.line(f"{regimes}：{why}", indent=2)

    def _basis(self, one: Json) -> str:
        told = self._t("sep").join(part for part in (self._grade(one), one["source"]) if part)
        return f"{one['law']}{one['article']}（{told}）"

    def _grade(self, one: Json) -> str:
        return self._t(f"grade_{one['grade']}")

    def _detail(self, what: str, **values: object) -> None:
        self._screen.line(_DETAILS[what].say(self._lang, **values), indent=2)
