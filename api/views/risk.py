"""Answers about risk: listings, exposures with the path that carries each, and what was not checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.tables import Screen
from api.words import Words, locale
from viz import sentences
from viz.case import Case
from viz.model import Edge, Listing, Path, Subject
from viz.texts import Texts

Json = Mapping[str, Any]

SHOWN = 20  # exposures printed in full; --json has them all
_FACTS = Words("截至 {as_of} · 关联策略 {policy}", "as of {as_of} · policy {policy}")
_OWN = Words("本身的列入记录（{n}）", "own listings ({n})")
_NEAR = Words(
    "关联提示（{n}）：经由关系接近的列入记录，不构成失信惩戒依据",
    "near by relations ({n}): association, no ground for a sanction",
)
_REACHED = Words(
    "波及的主体（{n}）：关联提示，不构成失信惩戒依据", "whom it comes near ({n}): association, no ground for a sanction"
)
_NONE = Words("没有", "none")
_MORE = Words("其余 {n} 条见 --json", "{n} more: see --json")
_STOPPED = Words("未穿过 {name}：{why}（{degree} 条关系）", "not crossed: {name}, {why} ({degree} relations)")
_UNCHECKED = Words("未核查（{why}，{n} 个）：{names}", "not checked ({why}, {n}): {names}")
_CUT = Words(
    "查询不完整：受时间、行数或内存所限，或有名单未接入",
    "incomplete: cut by time, rows or memory, or a list was not checked",
)
_LISTED = Words("被列入者 {name}：{entry}", "listed: {name}, {entry}")
_STEPS = Words("{hops} 步", "{hops} step(s)")
_NO_PATH = Words("{hops} 步之内没有路径", "no path within {hops}")
_NO_PATH_YET = Words("搜索中止，尚未找到路径", "cut before a path was found")
_ALSO = Words("另有：{relation}", "also: {relation}")
_WHY = {
    "fanout": Words("关系过多", "too many relations"),
    "conducts": Words("不传导风险", "does not conduct"),
    "not_loaded": Words("未接入", "not loaded"),
    "stale": Words("数据过旧", "stale"),
}


class RiskView:
    """Prints answers about risk in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._t = Texts(locale(lang))
        self._screen = Screen()

    def exposure(self, answer: Json) -> None:
        """`xinmai exposure`: own listings, then what comes near, then the limits."""
        self._head(answer["subject"], answer)
        self._own(answer["listed"])
        self._near(_NEAR, answer["exposures"], answer["as_of"])
        self.limits(answer)

    def reached(self, answer: Json) -> None:
        """The head of `xinmai reach`: what was asked for, what was not checked, and the listings that count."""
        if "subject" in answer:
            self._head(answer["subject"], answer)
        else:
            self._screen.heading(sentences.listing(Listing.of(answer["listing"]), self._t))
            self._say(_FACTS, as_of=answer["as_of"], policy=answer["policy"])
        self.limits(answer)
        self._own(answer["listed"])

    def near(self, answer: Json) -> None:
        """The association half of `xinmai reach`: whom the listings come near."""
        self._near(_REACHED, answer["exposures"], answer["as_of"])

    def paths(self, answer: Json) -> None:
        """`xinmai paths`: the answer in a sentence, then each path relation by relation."""
        ends = ("、".join(Subject.of(one).name for one in answer[side]) for side in ("a", "b"))
        self._screen.heading(" — ".join(ends))
        self._screen.line(self._summary(answer))
        for number, path in enumerate(answer["paths"], start=1):
            self._screen.line(f"{number}. {' → '.join(node.name for node in Path.of(path).nodes)}", indent=2)
            self.path(path, answer["as_of"])
        self.stops(answer["not_crossed"])

    def pairs(self, answer: Json) -> None:
        """`xinmai paths` with one set: how every two of it are joined."""
        self._screen.heading("、".join(Subject.of(one).name for one in answer["subjects"]))
        self._screen.line(self._summary(answer))
        for number, pair in enumerate(answer["pairs"], start=1):
            two = " — ".join(Subject.of(pair[side]).name for side in ("a", "b"))
            if pair["path"] is None:
                none = _NO_PATH if pair["complete"] else _NO_PATH_YET
                self._screen.line(f"{number}. {two}：{none.say(self._lang, hops=answer['max_hops'])}", indent=2)
                continue
            steps = _STEPS.say(self._lang, hops=pair["hops"])
            self._screen.line(f"{number}. {two}：{steps}", indent=2)
            self.path(pair["path"], answer["as_of"])
        self.stops(answer["not_crossed"])

    def limits(self, answer: Json) -> None:
        """What was not crossed, not checked, not finished; nothing when there is nothing to say."""
        self.stops(answer["not_crossed"])
        for why in ("not_loaded", "stale"):
            names = [self._t.listing(entry["list"]) for entry in answer["not_checked"] if entry["why"] == why]
            if names:
                self._say(_UNCHECKED, n=len(names), names=self._t("comma").join(names), why=_WHY[why].say(self._lang))
        if not answer["complete"]:
            self._say(_CUT)

    def _summary(self, answer: Json) -> str:
        """The answer's own sentence is Chinese."""
        if self._lang == "zh":
            return str(answer["text"])
        cut = "" if answer["complete"] else "; the search was cut"
        if "pairs" in answer:
            joined = sum(pair["path"] is not None for pair in answer["pairs"])
            return f"{joined} of {len(answer['pairs'])} pairs are joined{cut}"
        if answer["paths"]:
            shortest = len(answer["paths"][0]["edges"])
            more = "; there are more" if answer["more"] else ""
            return f"{len(answer['paths'])} path(s), the shortest: {shortest} relation(s){more}{cut}"
        none = _NO_PATH if answer["complete"] else _NO_PATH_YET
        return none.say(self._lang, hops=answer["max_hops"])

    def stops(self, stops: Iterable[Json]) -> None:
        """What was not gone through, and why."""
        for stop in stops:
            # Of paths, a contact too many share stops the search too.
            contact = stop.get("contact")
            name = contact["value"] if contact else Subject.of(stop["subject"]).name
            self._say(_STOPPED, name=name, why=_WHY[stop["reason"]].say(self._lang), degree=stop["degree"])

    def path(self, path: Json, as_of: str) -> None:
        """One relation a line, as sentences with dates and records."""
        read = Path.of(path)
        case = _case(read, as_of)
        for edge, told in zip(read.edges, path["edges"], strict=True):
            self._screen.line(sentences.relation(edge, case, self._t), indent=5)
            for other in told.get("also", ()):
                also = sentences.relation(Edge.of(other), case, self._t)
                self._say(_ALSO, indent=7, relation=also)

    def told(self, nodes: Iterable[Json], edges: Iterable[Json], as_of: str) -> list[str]:
        """Relations between these subjects, each as a sentence with dates and records."""
        case = _case(Path(tuple(Subject.of(node) for node in nodes)), as_of)
        return [sentences.relation(Edge.of(edge), case, self._t) for edge in edges]

    def _say(self, words: Words, *, indent: int = 0, **values: object) -> None:
        self._screen.line(words.say(self._lang, **values), indent=indent)

    def _head(self, subject: Json, answer: Json) -> None:
        self.who(subject)
        self._say(_FACTS, as_of=answer["as_of"], policy=answer["policy"])

    def who(self, subject: Json) -> None:
        """A subject's name and identifiers."""
        shown = Subject.of(subject)
        facts = (shown.id, shown.uscc, self._t.kind(shown.kind), shown.status)
        self._screen.heading(shown.name)
        self._screen.line(" · ".join(dict.fromkeys(fact for fact in facts if fact)))

    def _own(self, entries: Iterable[Json]) -> None:
        listings = [sentences.listing(Listing.of(entry), self._t) for entry in entries]
        self._screen.heading(_OWN.say(self._lang, n=len(listings)))
        for listing in listings:
            self._screen.line(listing, indent=2)
        if not listings:
            self._say(_NONE, indent=2)

    def _near(self, title: Words, found: list[Json], as_of: str) -> None:
        self._screen.heading(title.say(self._lang, n=len(found)))
        for number, item in enumerate(found[:SHOWN], start=1):
            self._item(number, item, as_of)
        if not found:
            self._say(_NONE, indent=2)
        if len(found) > SHOWN:
            self._say(_MORE, indent=2, n=len(found) - SHOWN)

    def _item(self, number: int, item: Json, as_of: str) -> None:
        marks = [f"{item['score']:.9g}", self._t.band(item["band"]), _STEPS.say(self._lang, hops=item["hops"])]
        if item["possible"]:
            marks.append(self._t("possible"))
        self._screen.line(f"{number}. {' · '.join([*marks, self._whom(item)])}", indent=2)
        self.path(item["path"], as_of)

    def _whom(self, item: Json) -> str:
        """The exposed subject of `reach`, and for both who is listed and where: never the one it comes near."""
        if "target" in item:
            listed = Subject.of(item["path"]["nodes"][-1])
            standing = sentences.standing(listed, Listing.of(item["listing"]), self._t)
            return f"{Subject.of(item['target']).name} ← {standing}"
        entry = sentences.listing(Listing.of(item["listing"]), self._t)
        return _LISTED.say(self._lang, name=Subject.of(item["listed_subject"]).name, entry=entry)


def _case(path: Path, as_of: str) -> Case:
    """A picture's case holding nothing but one path, for the sentences on it."""
    known = {node.id: node for node in path.nodes}
    return Case(path.nodes[0], (), (), (), (), (), (), as_of, {}, known)
