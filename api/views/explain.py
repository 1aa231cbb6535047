"""Why a rule fired or not, in a terminal: each path, each condition with its mark and fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.tables import Screen
from api.views.law import UNVERIFIED
from api.views.risk import RiskView
from api.words import Words, locale
from viz import sentences
from viz.model import Listing, Subject
from viz.texts import Texts

Json = Mapping[str, Any]

_AS_OF = Words("截至 {as_of} · 规则包 {rules}", "as of {as_of} · rules {rules}")
_OUTCOMES = {
    "applies": Words("适用", "applies"),
    "conditional": Words("适用，但有待核实事项", "applies, with points to be verified"),
    "alert": Words("不适用，仅作关联提示", "does not apply; an alert only"),
    "nothing": Words("不适用", "does not apply"),
}
_GUARD = Words("守卫成立：{measure}", "the guard holds: {measure}")
_MARKS = {"met": "✓", "failed": "✗", "unknown": "?", "pending": "?"}
_CONDITION = Words("{mark} {asks}：{fact}", "{mark} {asks}: {fact}")
_OTHERS = Words(
    "对该主体本身不适用；其名单信息使他人受约束，见下",
    "it binds others on account of the entries, see below",
)
_BINDS = Words("约束对象 {name}", "on {name}")
_PATHS = Words("可能的路径（{n}），最接近适用者在前", "paths that could carry it ({n}), the nearest first")
_MORE = Words("另有 {n} 条路径未列出", "{n} more path(s) not shown")


class ExplainView:
    """Prints an explanation in one language; the facts are Chinese."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._t = Texts(locale(lang))
        self._screen = Screen()

    def show(self, answer: Json) -> None:
        """`xinmai explain`: the outcome, then each path with its conditions."""
        rule = answer["rule"]
        RiskView(self._lang).who(answer["subject"])
        self._screen.line(_AS_OF.say(self._lang, as_of=answer["as_of"], rules=answer["rules"]))
        RiskView(self._lang).limits({"not_crossed": (), **answer})
        said = self._outcome(rule, answer["outcome"])
        self._screen.heading(f"{rule['id']} {self._of(rule['name'])} — {said}")
        if not answer["fired"] and any(path["outcome"] == "applies" for path in answer["paths"]):
            self._screen.line(_OTHERS.say(self._lang), indent=2)
        if rule["review_status"] == "unverified":
            self._screen.line(UNVERIFIED.say(self._lang))
        for words in answer["missing"]:
            self._screen.line(self._of(words), indent=2)
        if answer["paths"]:
            self._screen.line(_PATHS.say(self._lang, n=len(answer["paths"]) + answer["more"]))
        for number, path in enumerate(answer["paths"], start=1):
            self._path(number, path, answer)
        if answer["more"]:
            self._screen.line(_MORE.say(self._lang, n=answer["more"]), indent=2)

    def _path(self, number: int, path: Json, answer: Json) -> None:
        said = self._outcome(answer["rule"], path["outcome"])
        names = " → ".join(Subject.of(node).name for node in path["path"]["nodes"])
        bound = _BINDS.say(self._lang, name=Subject.of(path["target"]).name)
        self._screen.line(f"{number}. {names} — {said} [{path['way']}] {bound}", indent=2)
        listed = sentences.standing(Subject.of(path["listed_subject"]), Listing.of(path["listing"]), self._t)
        self._screen.line(listed, indent=5)
        RiskView(self._lang).path(path["path"], answer["as_of"])
        for condition in path["conditions"]:
            asks = condition["asks_en"] if self._lang == "en" else condition["asks"]
            values = {"mark": _MARKS[condition["status"]], "asks": asks, "fact": condition["fact"]}
            self._screen.line(_CONDITION.say(self._lang, **values), indent=7)

    def _outcome(self, rule: Json, outcome: str) -> str:
        if rule["guard"] and outcome == "applies":
            return _GUARD.say(self._lang, measure=self._of(rule["measure"]))
        return _OUTCOMES[outcome].say(self._lang)

    def _of(self, words: Json) -> str:
        """A text of the answer in the language asked for."""
        return str(words[self._lang])
