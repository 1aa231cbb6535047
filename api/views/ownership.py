"""`xinmai ownership` in a terminal: owners, controllers, beneficial owners, holdings, circles, what is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.tables import Screen
from api.views.risk import RiskView
from api.words import Words, locale
from viz.labels import share
from viz.model import Subject
from viz.texts import Texts

Json = Mapping[str, Any]

SHOWN = 30  # rows of a table; --json has them all
PATHS = 3  # owners and holdings whose way is told relation by relation
_AS_OF = Words("截至 {as_of}", "as of {as_of}")
_OWNERS = Words("上层持有人（{n}）", "owners ({n})")
_HOLDINGS = Words("对外持有（{n}）", "holdings ({n})")
_COLUMNS = (
    Words("主体", "subject"),
    Words("直接", "direct"),
    Words("合计", "integrated"),
    Words("控制", "control"),
    Words("步数", "steps"),
)
_ULTIMATE = Words("最终控制人（国家除外）：{names}", "ultimate controllers (the state apart): {names}")
_STATE = Words("国家机关控制：{name}（同受国家控制本身不构成关联关系）", "controlled by a body of the state: {name}")
_NOBODY = Words("没有识别出最终控制人", "no ultimate controller found")
_BENEFICIAL = Words("受益所有人（依据 {law}，{boundary}）", "beneficial owners ({law}, {boundary})")
_FROM, _ABOVE = Words("{share}以上（含）", "{share} or more"), Words("超过 {share}", "above {share}")
_CONTROLS = Words("{name} 控制的依据：{why}", "why {name} controls it: {why}")
_HOW = {
    "declared": Words("登记（披露）的实际控制人", "declared actual controller"),
    "votes": Words("推定，合计表决权 {votes}，超过半数", "presumed, votes of {votes} in all, above half"),
    "general_partner": Words("推定，执行事务的普通合伙人", "presumed, the general partner who runs it"),
    "board": Words("推定，委派的董事超过董事会半数", "presumed, appointed more than half of the board"),
}
_JOINTLY = Words("（与一致行动人合计）", " (with those it acts in concert with)")
_MORE_WAYS = Words("其余 {n} 个的路径见 --json", "the ways of {n} more: see --json")
_POSSIBLE = Words(
    "比例不明，不能排除为受益所有人：{name}（至多 {share}）",
    "shares unknown, may be a beneficial owner: {name} (at most {share})",
)
_UNTRACED = Words(
    "{share} 的股权未能追溯到自然人或者国家，不能排除另有受益所有人",
    "{share} of the capital could not be traced to people or the state: there may be other beneficial owners",
)
_PRESUMED = Words("职务推定，须核实", "presumed from the role, to be verified")
_CIRCLES = Words("循环持股（{n}）", "circular holdings ({n})")
_WARNED = {
    "not_yet": Words(
        "该主体 {on} 才设立：没有起始日期的关系也计入，结果不是当时的情况",
        "founded on {on} only: relations without a beginning count, so this is not how it was",
    ),
}
_SELF = Words("自持：{names}", "holds itself: {names}")
_MUTUAL = Words("互持：{names}", "mutual: {names}")
_CIRCLE = Words("循环（{n} 个主体）：{names}", "circle of {n}: {names}")
_SCALED = Words("持股合计超过 100%，已按比例折算：{name}（{sum}）", "holdings above 100 %, scaled down: {name} ({sum})")
_UNKNOWN = Words(
    "{n} 项持股比例不明或者只有区间，合计按已知下限计", "{n} holdings unknown or intervals: counted at least"
)
_CONFLICT = Words(
    "{n} 项持股各来源说法不一，采用最近一次登记，其余见 --json", "{n} holdings told differently: see --json"
)
_AT_LEAST = Words("至少 {share}", "at least {share}")
_BETWEEN = Words("{low}–{high}", "{low}–{high}")
_UNKNOWN_SHARE = Words("不明", "unknown")
_DECLARED = Words("是（登记）", "yes (declared)")
_PRESUMED_YES = Words("是（推定）", "yes (presumed)")
_STOP = Words("{name}（不传导）", "{name} (does not conduct)")
_MORE = Words("其余 {n} 个见 --json", "{n} more: see --json")
_NONE = Words("没有", "none")
_CUT = Words("结果不完整：{why}", "incomplete: {why}")
_WAY = Words("{name} 的主要路径", "main way to {name}")


class OwnershipView:
    """Prints ownership in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._t = Texts(locale(lang))
        self._screen = Screen()
        self._risk = RiskView(lang)

    def show(self, answer: Json) -> None:
        """The whole answer; what was cut or is unknown before the tables it bears on."""
        self._risk.who(answer["subject"])
        self._say(_AS_OF, as_of=answer["as_of"])
        self._caveats(answer)
        if "up" in answer["directions"] and answer["beneficial_rule"]:
            self._table(_OWNERS, answer["owners"], answer["as_of"])
            self._ultimate(answer)
            self._beneficial(answer)
        if "down" in answer["directions"]:
            self._table(_HOLDINGS, answer["holdings"], answer["as_of"])
        self._circles(answer["cycle_names"])

    def _caveats(self, answer: Json) -> None:
        for warning in answer["warnings"]:
            self._say(_WARNED[warning["code"]], on=warning["on"])
        if not answer["complete"]:
            self._say(_CUT, why=answer["cut"])
        for row in answer["scaled"]:
            self._say(_SCALED, name=Subject.of(row["subject"]).name, sum=share(row["sum"]))
        if answer["unknown"]:
            self._say(_UNKNOWN, n=len(answer["unknown"]))
        if answer["conflicts"]:
            self._say(_CONFLICT, n=len(answer["conflicts"]))

    def _table(self, title: Words, rows: Sequence[Json], as_of: str) -> None:
        self._screen.heading(title.say(self._lang, n=len(rows)))
        if not rows:
            self._say(_NONE, indent=2)
            return
        self._screen.table([w.say(self._lang) for w in _COLUMNS], [self._row(row) for row in rows[:SHOWN]])
        if len(rows) > SHOWN:
            self._say(_MORE, n=len(rows) - SHOWN)
        for row in rows[:PATHS]:
            self._say(_WAY, name=Subject.of(row["subject"]).name, indent=2)
            self._risk.path(row["path"], as_of)
        if len(rows) > PATHS:
            self._say(_MORE_WAYS, n=len(rows) - PATHS, indent=2)

    def _row(self, row: Json) -> tuple[str, ...]:
        name = Subject.of(row["subject"]).name
        return (
            _STOP.say(self._lang, name=name) if row["stop"] else name,
            self._direct(row),
            _AT_LEAST.say(self._lang, share=share(row["integrated"])) if row["at_least"] else share(row["integrated"]),
            self._control(row["control"]),
            str(len(row["path"]["edges"])),
        )

    def _direct(self, row: Json) -> str:
        low, high, own = row["direct"], row["direct_max"], len(row["path"]["edges"]) == 1
        if high is None:
            if low:
                return _AT_LEAST.say(self._lang, share=share(low))
            return _UNKNOWN_SHARE.say(self._lang) if own and row["at_least"] else ""
        return share(low) if low == high else _BETWEEN.say(self._lang, low=share(low), high=share(high))

    def _control(self, control: Json | None) -> str:
        if control is None:
            return ""
        return (_DECLARED if control["declared"] else _PRESUMED_YES).say(self._lang)

    def _ultimate(self, answer: Json) -> None:
        names = [Subject.of(one).name for one in answer["ultimate_controllers"]]
        if names:
            self._say(_ULTIMATE, names=self._t("comma").join(names))
        for one in answer["state_controllers"]:
            self._say(_STATE, name=Subject.of(one).name)
        tops = {one["id"] for one in (*answer["ultimate_controllers"], *answer["state_controllers"])}
        for row in answer["owners"]:
            if row["subject"]["id"] in tops:
                self._grip(Subject.of(row["subject"]).name, row["control"], answer["as_of"])
        if not names and not answer["state_controllers"]:
            self._say(_NOBODY)

    def _grip(self, name: str, control: Json, as_of: str) -> None:
        """On what control rests, relation by relation."""
        why = _HOW[control["how"]].say(self._lang, votes=share(control["votes"]))
        joint = _JOINTLY.say(self._lang) if control["jointly_with"] else ""
        self._say(_CONTROLS, name=name, why=why + joint, indent=2)
        for line in self._risk.told(control["chain"]["nodes"], control["chain"]["edges"], as_of):
            self._screen.line(line, indent=5)

    def _beneficial(self, answer: Json) -> None:
        rule = answer["beneficial_rule"]
        boundary = (_ABOVE if rule["boundary"] == ">" else _FROM).say(self._lang, share=share(rule["share"]))
        self._screen.heading(_BENEFICIAL.say(self._lang, law=rule["basis"][0]["law"], boundary=boundary))
        for owner in answer["beneficial_owners"]:
            facts = [share(owner["share"]) if owner["share"] else "", owner["text"]]
            facts += [_PRESUMED.say(self._lang)] if owner.get("presumed") else []
            self._screen.line(
                f"{Subject.of(owner['subject']).name}：{'；'.join(fact for fact in facts if fact)}", indent=2
            )
        if not answer["beneficial_owners"]:
            self._say(_NONE, indent=2)
        for row in answer["possible_beneficial_owners"]:
            name = Subject.of(row["subject"]).name
            self._say(_POSSIBLE, name=name, share=share(row["share_max"]), indent=2)
        if rule["others_possible"]:
            self._say(_UNTRACED, share=share(rule["untraced"]), indent=2)
        if rule["exemption"]:
            self._screen.line(rule["exemption"], indent=2)

    def _circles(self, circles: Sequence[Sequence[str]]) -> None:
        if circles:
            self._screen.heading(_CIRCLES.say(self._lang, n=len(circles)))
        for names in circles:
            words = (_SELF, _MUTUAL)[len(names) - 1] if len(names) <= 2 else _CIRCLE
            self._say(words, n=len(names), names=self._names(names), indent=2)

    def _names(self, names: Sequence[str]) -> str:
        shown: Iterable[str] = names[:SHOWN]
        more = f" … (+{len(names) - SHOWN})" if len(names) > SHOWN else ""
        return self._t("comma").join(shown) + more

    def _say(self, words: Words, *, indent: int = 0, **values: object) -> None:
        self._screen.line(words.say(self._lang, **values), indent=indent)
