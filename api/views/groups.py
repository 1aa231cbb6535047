"""Groups in a terminal: a part for each kind, every member with the relations that say so, and the limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from api.tables import Screen
from api.views.risk import RiskView
from api.words import Words, locale
from viz.model import Subject
from viz.texts import Texts

Json = Mapping[str, Any]

SHOWN = 20  # members printed with their relations; --json has them all
_AS_OF = Words("截至 {as_of}", "as of {as_of}")
_WHOLE = Words("全图", "the whole graph")
_NONE = Words("没有", "none")
_MORE = Words("其余 {n} 个见 --json", "{n} more: see --json")
_CUT = Words("未列全：受时间、数量所限", "not all: cut by time or number")
_CORPORATE = Words(
    "企业集团：同一最终控制人（国家除外）之下", "corporate group: under one ultimate controller (the state apart)"
)
_CONTROLLER = Words("最终控制人 {name}{joint}：{n} 个成员", "ultimate controller {name}{joint}: {n} members")
_JOINTLY = Words("（与 {names} 一致行动）", " (acting with {names})")
_MEMBER = Words("{name}（{how}）", "{name} ({how})")
_HEAD = Words("所属企业 {name}", "a branch of {name}")
_HOW = {
    "declared": "declared controller",
    "votes": "more than half of the votes together",
    "general_partner": "general partner",
    "board": "more than half of the board appointed",
    "branch": "branch",
}
_STOPS = Words("控制到此为止、不作为成员：{names}", "control stops at, no members: {names}")
_RINGS = Words("担保圈（{n}）：三家及以上首尾相接", "guarantee rings ({n}): three or more in a circle")
_MUTUAL = Words("互保（{n}）", "mutual guarantees ({n})")
_CIRCLES = Words("互相连通的担保圈群（{n}）：{sizes} 个成员", "circles that hang together ({n}): {sizes} members")
_DOWN = Words(
    "担保链：为谁担保，层层向下（{n} 个主体，{total}）", "chain down: whom it guarantees ({n} subjects, {total})"
)
_UP = Words(
    "担保链：谁为其担保，层层向上（{n} 个主体，{total}）", "chain up: who guarantees it ({n} subjects, {total})"
)
_TOTAL = Words("{count} 笔", "{count} guarantees")
_AMOUNT = Words("，合计 {amount} 元", ", together {amount} yuan")
_UNKNOWN = Words("，其中 {unknown} 笔金额不明", ", {unknown} of unknown amount")
_YUAN = Words("[{amount} 元]", "[{amount} yuan]")
_NO_AMOUNT = Words("[金额不明]", "[amount unknown]")
_OTHERS = Words("不经过该主体", "not through the subject")
_CONTACTS = Words("共用联系方式（{n}）：供核对，不作结论", "shared contacts ({n}): to look at, no conclusion")
_SHARED = Words("{kind} {value}：{n} 个主体", "{kind} {value}: {n} subjects")
_PHOENIX = Words(
    "同批人员线索：{notice}", "the same people in a newer firm: association only, no ground for any sanction"
)
_NOT_OF_PERSONS = Words("只对组织查询", "asked of organisations only")
_BEFORE = Words("被列入的前身（{n}）", "listed before it ({n})")
_AFTER = Words("其后的企业（{n}）", "newer firms after it ({n})")
_UNDATED = Words("先后日期不明，不作为线索（{n}）", "days not known, no signal ({n})")
_SIGNAL = Words("", "{other}, joined by {person}; newer since {on}; listings {listings}")
_COMMUNITY = Words(
    "社群（{n} 个，取自周围 {among} 个主体的 {communities} 个社群）：按关系疏密划分，仅供排查参考，不是法律关系",
    "community ({n}, of {communities} among {among} subjects around): by density, an aid for looking, nothing in law",
)


class GroupsView:
    """Prints groups in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._t = Texts(locale(lang))
        self._screen = Screen()
        self._risk = RiskView(lang)
        self._as_of = ""

    def show(self, answer: Json) -> None:
        """`xinmai groups`"""
        self._as_of = answer["as_of"]
        if answer["subject"]:
            self._risk.who(answer["subject"])
        else:
            self._screen.heading(_WHOLE.say(self._lang))
        self._say(_AS_OF, as_of=self._as_of)
        parts: dict[str, Callable[[Json], None]] = {
            "corporate": self._corporate,
            "guarantee": self._guarantee,
            "contacts": self._contacts,
            "phoenix": self._phoenix,
            "community": self._community,
        }
        for kind, part in parts.items():
            if kind in answer:
                part(answer[kind])
                self._limits(answer[kind])

    def _corporate(self, found: Json) -> None:
        self._heading(_CORPORATE)
        if found["head"]:
            self._say(_HEAD, indent=2, name=_name(found["head"]))
        for group in found["groups"]:
            others = self._names(group["jointly_with"])
            joint = _JOINTLY.say(self._lang, names=others) if others else ""
            self._say(_CONTROLLER, indent=2, name=_name(group["controller"]), joint=joint, n=group["number"])
            for member in group["members"][:SHOWN]:
                self._say(_MEMBER, indent=4, name=_name(member["subject"]), how=self._how(member))
                for line in self._risk.told(member["chain"]["nodes"], member["chain"]["edges"], self._as_of):
                    self._screen.line(line, indent=6)
            self._more(group["number"], indent=4)
            if group["stops"]:
                self._say(_STOPS, indent=4, names=self._names(group["stops"]))
        self._none(found["groups"])

    def _how(self, member: Json) -> str:
        """The member's own words are Chinese."""
        if self._lang == "zh":
            return str(member["text"])
        presumed = "" if member["declared"] else "presumed: "
        return presumed + _HOW[member["how"]]

    def _guarantee(self, found: Json) -> None:
        for title, key in ((_RINGS, "rings"), (_MUTUAL, "mutual")):
            self._heading(title, n=len(found[key]))
            for number, ring in enumerate(found[key][:SHOWN], start=1):
                names = " → ".join(_name(node) for node in ring["path"]["nodes"])
                beside = "" if ring["through"] or "down" not in found else f"（{_OTHERS.say(self._lang)}）"
                self._screen.line(f"{number}. {names}{beside}：{self._total(ring)}", indent=2)
                self._guarantees(ring["path"])
            self._more(len(found[key]))
            self._none(found[key])
        if found["circles"]:
            sizes = "、".join(str(len(circle)) for circle in found["circles"][:SHOWN])
            self._say(_CIRCLES, n=len(found["circles"]), sizes=sizes)
        for title, key in ((_DOWN, "down"), (_UP, "up")):
            if key in found:
                self._heading(title, n=found[key]["number"], total=self._total(found[key]))
                self._members(found[key]["members"], found[key]["number"], self._guarantees)

    def _contacts(self, found: Json) -> None:
        self._heading(_CONTACTS, n=len(found["clusters"]))
        for cluster in found["clusters"]:
            contact, bearers = cluster["contact"], [bearer["subject"] for bearer in cluster["bearers"]]
            kind = self._t.contact(contact["kind"])
            self._say(_SHARED, indent=2, kind=kind, value=contact["value"], n=len({b["id"] for b in bearers}))
            self._screen.line(self._names(bearers[:SHOWN]), indent=4)
            self._more(len(bearers), indent=4)
        self._none(found["clusters"])

    def _phoenix(self, found: Json) -> None:
        self._heading(_PHOENIX, notice=found["notice"])
        if not found["applies"]:
            self._say(_NOT_OF_PERSONS, indent=2)
            return
        for title, key in ((_BEFORE, "predecessors"), (_AFTER, "successors"), (_UNDATED, "date_unknown")):
            if found[key] or key != "date_unknown":
                self._say(title, indent=2, n=len(found[key]))
            for number, signal in enumerate(found[key][:SHOWN], start=1):
                self._screen.line(f"{number}. {self._signal(signal)}", indent=4)
            self._more(len(found[key]), indent=4)

    def _signal(self, signal: Json) -> str:
        """The signal's own sentence is Chinese."""
        if self._lang == "zh":
            return str(signal["text"])
        listings = ", ".join(self._t.listing(entry["list"]) for entry in signal["listings"])
        on = signal["begun"]["on"] or "?"
        return _SIGNAL.say(
            self._lang, other=_name(signal["other"]), person=_name(signal["person"]), on=on, listings=listings
        )

    def _community(self, found: Json) -> None:
        counts = {"among": found["among"], "communities": found["communities"]}
        self._heading(_COMMUNITY, n=len(found["members"]), **counts)
        self._members(found["members"], len(found["members"]), self._path)

    def _members(self, members: Sequence[Json], number: int, tell: Callable[[Json], None]) -> None:
        for position, member in enumerate(members[:SHOWN], start=1):
            self._screen.line(f"{position}. {_name(member['subject'])}", indent=2)
            tell(member["path"])
        self._more(number)
        self._none(members)

    def _path(self, path: Json) -> None:
        self._risk.path(path, self._as_of)

    def _guarantees(self, path: Json) -> None:
        """The guarantees of a way, each with what it is for."""
        every = [one for edge in path["edges"] for one in (edge, *edge.get("also", ()))]
        for one, line in zip(every, self._risk.told(path["nodes"], every, self._as_of), strict=True):
            known = one["amount"] is not None
            amount = _YUAN.say(self._lang, amount=_money(one["amount"])) if known else _NO_AMOUNT.say(self._lang)
            self._screen.line(f"{amount} {line}", indent=5)

    def _total(self, total: Json) -> str:
        told = _TOTAL.say(self._lang, count=total["guarantees"])
        if total["amount"] is not None:
            told += _AMOUNT.say(self._lang, amount=_money(total["amount"]))
        if total["amount_unknown"]:
            told += _UNKNOWN.say(self._lang, unknown=total["amount_unknown"])
        return told

    def _limits(self, found: Json) -> None:
        self._risk.stops(found.get("not_crossed", ()))
        if not found["complete"]:
            self._say(_CUT)

    def _names(self, some: Iterable[Json]) -> str:
        return self._t("comma").join(dict.fromkeys(_name(one) for one in some))

    def _more(self, number: int, *, indent: int = 2) -> None:
        if number > SHOWN:
            self._say(_MORE, indent=indent, n=number - SHOWN)

    def _none(self, some: Sequence[object]) -> None:
        if not some:
            self._say(_NONE, indent=2)

    def _heading(self, words: Words, **values: object) -> None:
        self._screen.heading(words.say(self._lang, **values))

    def _say(self, words: Words, *, indent: int = 0, **values: object) -> None:
        self._screen.line(words.say(self._lang, **values), indent=indent)


def _money(amount: float) -> str:
    return f"{amount:,.2f}".removesuffix(".00")


def _name(subject: Json) -> str:
    return Subject.of(subject).name
