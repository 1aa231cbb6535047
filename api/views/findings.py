"""Consequences and alerts in a terminal, by class, each with its articles, period, path and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.tables import Screen
from api.views.law import UNVERIFIED
from api.views.risk import RiskView
from api.words import Words, locale
from queries.finding import ALERT_SENTENCE, Class
from queries.law.read import shipped
from viz import sentences
from viz.model import Listing, Subject
from viz.texts import Texts

Json = Mapping[str, Any]

SHOWN = 20  # findings of one class printed in full; --json has them all
_FACTS = Words("截至 {as_of} · 规则包 {rules} · 关联策略 {policy}", "as of {as_of} · rules {rules} · policy {policy}")
_SCENARIO = Words("场景：{name}（{code}）", "scenario: {name} ({code})")
_NO_SCENARIO = Words(
    "未指定场景：只列后果与提示，不作结论（--scenario）",
    "no scenario, so no decision (--scenario)",
)
_DECISION = Words("结论：{word}", "decision: {word}")
DECISIONS = {
    "blocked": Words("应予限制", "blocked"),
    "review": Words("需复核", "review"),
    "notice": Words("有提示", "notice"),
    "clear": Words("未发现", "clear"),
    "unmatched": Words("未匹配", "unmatched"),
}
_FLAGS = {
    "red_black": Words(
        "红转黑冲突：同时列入守信名单，请核实守信名单是否应予移出",
        "commended and bound at once: check the former",
    )
}
_NONE = Words("未发现法定后果或提示", "no consequence and no alert")
_GROUP = Words("{label}（{n}）", "{label} ({n})")
_ALERTS = Words(f"{ALERT_SENTENCE}（{{n}}）", "association only, no ground for any sanction ({n})")
_BOUND = Words("规则后果（{n}）：法律约束谁", "consequences ({n}): whom the law binds")
_NO_CONSEQUENCE = Words("没有", "none")
_MORE = Words("其余 {n} 条见 --json", "{n} more: see --json")
_LINES = {
    "listing": Words("名单：{text}", "listing: {text}"),
    "measure": Words("措施：{text}", "measure: {text}"),
    "basis": Words("依据：{text}", "articles: {text}"),
    "period": Words("期限：{text}", "period: {text}"),
    "conditions": Words("待核实：{text}", "to be verified: {text}"),
    "reason": Words("事由：{text}", "reason: {text}"),
    "disputed": Words("异议处理中", "disputed"),
    "remedy": Words("解除与救济：{text}", "what ends it: {text}"),
}
_SPAN = Words("{since} 至 {until}", "{since} to {until}")
_OPEN = Words("未定", "open")


class FindingsView:
    """Prints findings in one language. The law's own words are Chinese; what the pack has in English is English."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._t = Texts(locale(lang))
        self._screen = Screen()
        self._risk = RiskView(lang)

    def findings(self, answer: Json, scenario: str) -> None:
        """`xinmai findings`: what was not checked first, the decision, then the findings by class."""
        self._risk.who(answer["subject"])
        self._say(_FACTS, as_of=answer["as_of"], rules=answer["rules"], policy=answer["policy"])
        self._risk.limits(answer)
        if answer["scenario"]:
            self._say(_SCENARIO, name=scenario, code=answer["scenario"])
            self._screen.heading(_DECISION.say(self._lang, word=DECISIONS[answer["decision"]].say(self._lang)))
        else:
            self._say(_NO_SCENARIO)
        for flag in answer["flags"]:
            self._screen.line(_FLAGS[flag].say(self._lang) if flag in _FLAGS else flag)
        self._by_class(answer["findings"], answer["as_of"])
        if not answer["findings"]:
            self._say(_NONE)

    def reach(self, answer: Json) -> None:
        """`xinmai reach`: the listings asked for, whom the law binds on account of them, whom they come near."""
        self._risk.reached(answer)
        # That the asked subject is listed was said above.
        found = [one for one in answer["consequences"] if one["class"] != str(Class.LISTED_SELF) or one["rule"]]
        self._screen.heading(_BOUND.say(self._lang, n=len(found)))
        self._items(found, answer["as_of"], labelled=True)
        if not found:
            self._say(_NO_CONSEQUENCE, indent=2)
        self._risk.near(answer)

    def _by_class(self, found: Iterable[Json], as_of: str) -> None:
        all_of = list(found)
        for cls in Class:
            group = [finding for finding in all_of if finding["class"] == str(cls)]
            if not group:
                continue
            label = self._t(f"class_{cls}")
            words = _ALERTS if cls is Class.ALERT else _GROUP
            self._screen.heading(words.say(self._lang, label=label, n=len(group)))
            self._items(group, as_of)

    def _items(self, found: Sequence[Json], as_of: str, *, labelled: bool = False) -> None:
        for number, finding in enumerate(found[:SHOWN], start=1):
            self._item(number, finding, as_of, self._t(f"class_{finding['class']}") if labelled else "")
        if len(found) > SHOWN:
            self._say(_MORE, indent=2, n=len(found) - SHOWN)

    def _item(self, number: int, found: Json, as_of: str, label: str) -> None:
        target = Subject.of(found["target"]).name
        effect = self._t(f"effect_{found['effect']}")
        marks = " ".join(part for part in (f"[{effect}]", label, found["rule"] or "") if part)
        if found["class"] == str(Class.ALERT) and self._lang == "zh":
            # The sentence says it all: who is listed, by which relations it comes near, and that it is no ground.
            self._screen.line(f"{number}. {marks} {target}：{found['text']}", indent=2)
            return
        listed = Subject.of(found["path"]["nodes"][-1])
        standing = sentences.standing(listed, Listing.of(found["listing"]), self._t)
        measure = self._measure(found)
        self._screen.line(f"{number}. {marks} {target}{self._colon}{measure or standing}", indent=2)
        self._line("listing", standing if measure else "")
        self._risk.path(found["path"], as_of)
        grades = (f"{b['law']}{b['article']}（{self._t('grade_' + b['grade'])}）" for b in found["basis"])
        self._line("basis", self._t("sep").join(grades))
        if found["basis"] and all(b["grade"] == "unverified" for b in found["basis"]):
            self._screen.line(UNVERIFIED.say(self._lang), indent=5)
        self._line("period", self._period(found["period"]) if found["class"] != str(Class.ALERT) else "")
        self._line("conditions", self._t("sep").join(found["conditions"]))
        self._line("reason", found["reason"])
        if found["disputed"]:
            self._say(_LINES["disputed"], indent=5)
        self._line("remedy", found["remedy"])

    @property
    def _colon(self) -> str:
        return ": " if self._lang == "en" else "："

    def _measure(self, found: Json) -> str:
        """The measure; of being listed, where no rule says what it means, the list's name."""
        rule = shipped().rules.get(found["rule"] or "") if self._lang == "en" else None
        if rule is not None and found["measure"]:
            return rule.measure.en
        listed = found["class"] == str(Class.LISTED_SELF)
        return str(found["measure"]) or (self._t.listing(found["list"]) if listed else "")

    def _period(self, period: Json) -> str:
        if not period["from"] and not period["until"]:
            return ""
        ends = {"since": period["from"], "until": period["until"]}
        return _SPAN.say(self._lang, **{side: day or _OPEN.say(self._lang) for side, day in ends.items()})

    def _line(self, key: str, text: str) -> None:
        if text:
            self._screen.line(_LINES[key].say(self._lang, text=text), indent=5)

    def _say(self, words: Words, *, indent: int = 0, **values: object) -> None:
        self._screen.line(words.say(self._lang, **values), indent=indent)
