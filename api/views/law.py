"""The law pack in a terminal: rules and scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.tables import Screen
from api.words import Words, locale
from viz.texts import Texts

Json = Mapping[str, Any]

_PACK = Words("规则包 {version}：{n} 条规则", "law pack {version}: {n} rules")
_RULES = (
    Words("编号", "id"),
    Words("名称", "name"),
    Words("类别", "class"),
    Words("名单", "lists"),
    Words("核实", "review"),
    Words("依据", "articles"),
)
_VERIFIED = Words("已核对条文", "provision read")
UNVERIFIED = Words("未核实（凭记忆，待查证），从不阻断", "unverified, never blocks")
_CLASSES = {
    "FORBIDDEN": Words("禁止（守卫，不产生结论）", "forbidden (a guard, no finding)"),
    "EXCEPTION": Words("例外（不产生结论）", "exception (no finding)"),
}
_MODES = {
    "listed": Words("在列期间", "while listed"),
    "event": Words("自决定之日起计期", "from the decision, for its period"),
}
_SHEET = Words("筛查名单所载事实，不依名单", "what a sheet says; no list needed")
_SEATS = {
    "target": Words("申请人本人", "the applicant bound"),
    "nominee": Words("拟任人员", "the nominee"),
    "company": Words("提名单位", "the proposing organisation"),
    "holder": Words("现任单位", "the organisation served"),
}
_DETAILS = {
    "class": Words("类别：{text}", "class: {text}"),
    "review": Words("核实：{text}", "review: {text}"),
    "trigger": Words("触发：{text}", "trigger: {text}"),
    "grounds": Words("事由代码：{text}", "grounds: {text}"),
    "way": Words("路径 {key}（{cls}）：{text}", "way {key} ({cls}): {text}"),
    "pending": Words("须另行证明：{text}", "has to be shown: {text}"),
    "else_alert": Words("不符时仅提示：{text}", "else only an alert: {text}"),
    "measure": Words("措施：{text}", "measure: {text}"),
    "period": Words("期限：{text}", "period: {text}"),
    "exceptions": Words("例外：{text}", "exceptions: {text}"),
    "ends": Words("解除：{text}", "ends by: {text}"),
    "valid": Words("规则适用期：{text}", "rule valid: {text}"),
    "basis": Words("依据：{text}", "article: {text}"),
    "scenario": Words("场景 {text}", "scenario {text}"),
}
_YEARS, _MONTHS = Words("{n} 年", "{n} year(s)"), Words("{n} 个月", "{n} month(s)")
_DECIDED, _STANDS = Words("以决定书为准", "as decided"), Words("列入期间", "while the listing stands")
_SPAN, _OPEN = Words("{since} 至 {until}", "{since} to {until}"), Words("不限", "open")
_SCENARIOS = (Words("场景", "code"), Words("名称", "name"), Words("硬性名单", "hard lists"), Words("关系", "relations"))
_FOLLOWED, _NOT_FOLLOWED = Words("推及关系", "followed"), Words("只看本人", "self only")
_LISTED = (Words("名单", "list"), Words("代码", "code"), Words("本人在列时", "effect"), Words("依据", "articles"))
_RULE_EFFECTS = (Words("规则", "rule"), Words("名称", "name"), Words("效果", "effects"))
_FACTS = Words("规则包 {rules} · 关联提示：{alerts}", "rules {rules} · alerts: {alerts}")
_SHOWN, _HIDDEN = Words("显示", "shown"), Words("不显示", "not shown")
_OTHERS = Words("其余规则在本场景仅提示。", "all other rules only inform here.")
_WITHIN = Words("{n} 年内", "within {n} years")
_AMOUNT = Words("金额 {n} 元以上", "from {n} yuan")
_HARD = Words("硬性", "hard")


class LawView:
    """Prints the law pack in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._t = Texts(locale(lang))
        self._screen = Screen()

    def rules(self, answer: Json) -> None:
        """`xinmai rules`: one line a rule."""
        self._screen.heading(_PACK.say(self._lang, version=answer["version"], n=len(answer["rules"])))
        self._screen.table([w.say(self._lang) for w in _RULES], [self._row(rule) for rule in answer["rules"]])

    def rule(self, answer: Json) -> None:
        """`xinmai rules R05`: one rule in full."""
        (rule,) = answer["rules"]
        self._screen.heading(f"{rule['id']} {self._of(rule['name'])}")
        self._line("class", self._classes(rule))
        self._line("review", self._review(rule))
        trigger = rule["trigger"]
        lists = self._t("comma").join(f"{self._t.listing(code)}（{code}）" for code in trigger["lists"])
        mode = _MODES[trigger["mode"]] if lists else _SHEET
        self._line("trigger", " · ".join(part for part in (lists, mode.say(self._lang)) if part))
        self._line("grounds", self._t("sep").join(f"{c}: {'/'.join(g)}" for c, g in trigger["grounds"].items()))
        for way in rule["ways"]:
            self._way(way)
        self._line("measure", self._of(rule["measure"]))
        self._line("period", self._period(rule["period"]) if lists and not rule["guard"] else "")
        self._line("exceptions", self._of(rule["exceptions"]["text"]))
        self._line("ends", self._of(rule["ends"]))
        self._line("valid", self._span(rule))
        for entry in rule["basis"]:
            self._line("basis", self._basis(entry))
        for code, effects in rule["scenarios"].items():
            self._line("scenario", f"{code}: {self._effects(effects)}")

    def scenarios(self, answer: Json) -> None:
        """`xinmai scenarios`: one line a scenario."""
        rows = [
            (one["code"], self._of(one["name"]), " ".join(one["hard"]), self._followed(one))
            for one in answer["scenarios"]
        ]
        self._screen.table([w.say(self._lang) for w in _SCENARIOS], rows)

    def scenario(self, answer: Json) -> None:
        """`xinmai scenarios procurement`: its lists and rules with what they do there."""
        (one,) = answer["scenarios"]
        self._screen.heading(f"{one['code']} {self._of(one['name'])}")
        if one["note"]:
            self._screen.line(self._of(one["note"]))
        alerts = (_SHOWN if one["alerts"] else _HIDDEN).say(self._lang)
        self._screen.line(_FACTS.say(self._lang, rules=answer["rules"], alerts=alerts))
        self._screen.line(self._followed(one))
        self._screen.table([w.say(self._lang) for w in _LISTED], [self._listed(entry) for entry in one["lists"]])
        if one["rules"]:
            rows = [(r["rule"], self._of(r["name"]), self._rule_effects(r)) for r in one["rules"]]
            self._screen.table([w.say(self._lang) for w in _RULE_EFFECTS], rows)
        if one["law"]:
            self._screen.line(_OTHERS.say(self._lang))

    def _followed(self, one: Json) -> str:
        return (_FOLLOWED if one["relations"] else _NOT_FOLLOWED).say(self._lang)

    def _row(self, rule: Json) -> tuple[str, ...]:
        laws = dict.fromkeys(f"{entry['law']}{entry['article']}" for entry in rule["basis"])
        lists = " ".join(rule["trigger"]["lists"])
        return (rule["id"], self._of(rule["name"]), self._classes(rule), lists, self._review(rule), "；".join(laws))

    def _way(self, way: Json) -> None:
        values = {"key": way["key"], "cls": self._class(way["class"]), "text": self._of(way["words"])}
        self._screen.line(_DETAILS["way"].say(self._lang, **values), indent=2)
        for words in way["pending"]:
            self._screen.line(_DETAILS["pending"].say(self._lang, text=self._of(words)), indent=4)
        if way["else_alert"]:
            self._screen.line(_DETAILS["else_alert"].say(self._lang, text=self._of(way["else_alert"])), indent=4)

    def _line(self, key: str, text: str) -> None:
        if text:
            self._screen.line(_DETAILS[key].say(self._lang, text=text), indent=2)

    def _of(self, words: Json | None) -> str:
        """A text of the answer in the language asked for."""
        return str(words[self._lang]) if words else ""

    def _class(self, name: str) -> str:
        return _CLASSES[name].say(self._lang) if name in _CLASSES else self._t(f"class_{name}")

    def _classes(self, rule: Json) -> str:
        return self._t("comma").join(self._class(name) for name in rule["classes"])

    def _review(self, rule: Json) -> str:
        return (UNVERIFIED if rule["review_status"] == "unverified" else _VERIFIED).say(self._lang)

    def _period(self, period: Json) -> str:
        if period["years"] is not None:
            length = _YEARS.say(self._lang, n=period["years"])
        elif period["months"] is not None:
            length = _MONTHS.say(self._lang, n=period["months"])
        else:
            length = (_DECIDED if period["by_decision"] else _STANDS).say(self._lang)
        return self._t("sep").join(part for part in (length, self._of(period["note"])) if part)

    def _span(self, entry: Json) -> str:
        if not entry["valid_from"] and not entry["valid_to"]:
            return ""
        open_end = _OPEN.say(self._lang)
        return _SPAN.say(self._lang, since=entry["valid_from"] or open_end, until=entry["valid_to"] or open_end)

    def _basis(self, entry: Json) -> str:
        facts = [self._t(f"grade_{entry['grade']}"), entry["source"], self._span(entry)]
        scenarios = " ".join(entry.get("scenarios", ()))
        told = self._t("sep").join(fact for fact in (*facts, scenarios) if fact)
        return f"{entry['law']}{entry['article']}（{told}）"

    def _effects(self, effects: Mapping[str, str]) -> str:
        seats = (f"{_SEATS[seat].say(self._lang)} {self._t('effect_' + effect)}" for seat, effect in effects.items())
        return self._t("sep").join(seats)

    def _rule_effects(self, row: Json) -> str:
        unverified = UNVERIFIED.say(self._lang) if row["review_status"] == "unverified" else ""
        return self._t("sep").join(part for part in (self._effects(row["effects"]), unverified) if part)

    def _listed(self, entry: Json) -> tuple[str, ...]:
        bounds = [
            _HARD.say(self._lang) if entry["hard"] else "",
            _WITHIN.say(self._lang, n=entry["within_years"]) if entry["within_years"] else "",
            _AMOUNT.say(self._lang, n=f"{entry['min_amount']:,.0f}") if entry["min_amount"] else "",
        ]
        effect = self._t("sep").join([self._t(f"effect_{entry['effect']}"), *(bound for bound in bounds if bound)])
        return self._of(entry["name"]), entry["list"], effect, "；".join(self._basis(b) for b in entry["basis"])
