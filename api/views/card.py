"""One subject's card, and the entries of a list, in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.tables import Screen
from api.words import Words, locale
from viz import sentences
from viz.case import Case
from viz.model import Edge, Listing, Subject
from viz.texts import Texts

Json = Mapping[str, Any]

_AS_OF = Words("截至 {as_of}", "as of {as_of}")
_ALSO = Words("又名 {values}", "also named {values}")
_IDS = Words("其他编号 {values}", "other ids {values}")
_SOURCES = Words("来源 {values}", "from {values}")
_NUMBER = Words("证件号码 {number}", "number {number}")
_LISTED = Words("列入记录", "listings")
_NAMED = Words("被列名的记录", "entries that name it")
_EXEMPT = Words("准许与豁免", "exemptions")
_ENDED = Words("另有 {n} 条已结束的记录", "{n} more have ended")
_RELATIONS = Words("关系", "relations")
_GROUP = Words("{label}（现行 {active}，共 {total}）", "{label} (current {active} of {total})")
_MORE = Words("其余 {n} 条未列出", "{n} more not shown")
_CONTACTS = Words("联系方式", "contacts")
_NONE = Words("没有", "none")
_JOINED = Words("{entry}：{notes}", "{entry}: {notes}")
_ENTRIES = (
    Words("主体", "subject"),
    Words("名单", "list"),
    Words("文号", "number"),
    Words("列入", "listed"),
    Words("到期", "expires"),
    Words("状态", "state"),
    Words("记录", "record"),
)
_FURTHER = Words("还有更多，见 --limit", "there are more: see --limit")


class CardView:
    """Prints what the graph knows of a subject, in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._t = Texts(locale(lang))
        self._screen = Screen()

    def show(self, card: Json) -> None:
        """`xinmai show`: identifiers, entries, relations by type and direction, contacts."""
        self._head(card)
        for title, key in ((_LISTED, "listed"), (_NAMED, "named_in"), (_EXEMPT, "exempt_from")):
            if card[key] or title is _LISTED:
                self._entries(title, card[key])
        if card["ended"]:
            self._say(_ENDED, n=card["ended"])
        self._relations(card)
        if card["contacts"]:
            self._screen.heading(_CONTACTS.say(self._lang))
            for contact in card["contacts"]:
                self._screen.line(f"{self._t.contact(contact['kind'])} {contact['value']}", indent=2)
        if card["contacts_left_out"]:
            self._say(_MORE, n=card["contacts_left_out"], indent=2)

    def listings(self, answer: Json) -> None:
        """`xinmai listings`: one line an entry."""
        rows = []
        for entry in answer["listings"]:
            one = Listing.of(entry)
            rows.append(
                (
                    Subject.of(entry["subject"]).name,
                    self._t.listing(one.list),
                    one.doc_no,
                    one.listed_on,
                    one.expires_on,
                    self._t.state(one.state),
                    one.record,
                )
            )
        self._say(_AS_OF, as_of=answer["as_of"])
        if rows:
            self._screen.table([w.say(self._lang) for w in _ENTRIES], rows)
        else:
            self._say(_NONE)
        if answer["more"]:
            self._say(_FURTHER)

    def _say(self, words: Words, *, indent: int = 0, **values: object) -> None:
        self._screen.line(words.say(self._lang, **values), indent=indent)

    def _head(self, card: Json) -> None:
        subject = Subject.of(card["subject"])
        facts = (subject.id, subject.uscc, self._t.kind(subject.kind), subject.form, subject.status)
        self._screen.heading(subject.name)
        self._screen.line(" · ".join(dict.fromkeys(fact for fact in facts if fact)))
        for words, values in ((_ALSO, card["names"]), (_IDS, card["other_ids"]), (_SOURCES, card["sources"])):
            if values:
                self._say(words, values=self._t("comma").join(values))
        if subject.id_masked:
            self._say(_NUMBER, number=subject.id_masked)
        self._say(_AS_OF, as_of=card["as_of"])

    def _entries(self, title: Words, entries: Sequence[Json]) -> None:
        self._screen.heading(title.say(self._lang))
        for entry in entries:
            text = sentences.listing(Listing.of(entry), self._t)
            # What joins the subject to an entry of somebody else: its role there, or what it was permitted.
            joined = (entry.get("role"), entry.get("kind"), entry.get("since"), entry.get("until"))
            notes = self._t("comma").join(note for note in joined if note)
            self._screen.line(_JOINED.say(self._lang, entry=text, notes=notes) if notes else text, indent=2)
        if not entries:
            self._say(_NONE, indent=2)

    def _relations(self, card: Json) -> None:
        self._screen.heading(_RELATIONS.say(self._lang))
        case = _known(card)
        for count in card["counts"]:
            label = self._t.relation(count["type"])
            self._say(_GROUP, indent=2, label=label, active=count["active"], total=count["total"])
            out = count["direction"] == "out"
            for relation in card["relations"]:
                edge = Edge.of(relation)
                if edge.type == count["type"] and (edge.source == card["subject"]["id"]) is out:
                    self._screen.line(sentences.relation(edge, case, self._t), indent=4)
            if count["shown"] < count["total"]:
                self._say(_MORE, indent=4, n=count["total"] - count["shown"])
        if not card["counts"]:
            self._say(_NONE, indent=2)


def _known(card: Json) -> Case:
    """A picture's case that knows the names on the card, for the sentences on its relations."""
    subject = Subject.of(card["subject"])
    others = [Subject.of(relation["other"]) for relation in card["relations"]]
    known = {one.id: one for one in (subject, *others)}
    return Case(subject, (), (), (), (), (), (), card["as_of"], {}, known)
