"""What was found, as numbered items in the order a reader needs: own listings, consequences, alerts, reached.

An item is a sentence, its evidence (relations and listing with dates and records) and, for an alert, the words
that it is no ground for any sanction. Law and proximity are never in the same group.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from queries.law.read import shipped
from viz import sentences
from viz.case import Case
from viz.choice import style
from viz.labels import score
from viz.marks import ORDER, standing
from viz.model import Edge, Exposure, Finding, Listing, Path
from viz.picture import Picture
from viz.tables import Table, cell_path
from viz.texts import Texts, list_type

ALERTS_SHOWN = 20  # alerts told in full; the rest stands in a table below them
REACHED_SHOWN = 8  # reached subjects told in full
CLASSES = ("LISTED_SELF", "STATUTORY", "STATUTORY_CONDITIONAL", "DISCRETIONARY", "LIABILITY", "ALERT")
EFFECTS = ("block", "review", "inform")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path in short: the relation as an arrow, and whom it leads to."""

    label: str
    period: str
    forward: bool | None  # None: no direction
    style: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered finding. `shown`: keys of its cards in the picture. `notes`: (caption, text) pairs."""

    number: int
    tone: str
    badge: str
    badge_note: str
    lead: str
    start: str
    steps: tuple[Step, ...]
    evidence: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    alert: str
    shown: str


@dataclass(frozen=True, slots=True)
class Group:
    """Items of one nature under a heading; `rest` lists those beyond the number shown in full."""

    title: str
    intro: str
    items: tuple[Item, ...]
    rest: Table | None = None


def groups(case: Case, t: Texts, picture: Picture) -> tuple[Group, ...]:
    """All findings, numbered through; empty groups are left out."""
    writer = _Writer(case, t, picture)
    found = (
        Group(t("group_listed"), "", tuple(writer.own())),
        Group(t("group_rules"), "", tuple(writer.rules())),
        writer.alerts(),
        writer.reached(),
    )
    numbered, number = [], 0
    for group in found:
        items = tuple(replace(item, number=number + i) for i, item in enumerate(group.items, 1))
        number += len(items)
        if items:
            numbered.append(replace(group, items=items))
    return tuple(numbered)


@dataclass(frozen=True, slots=True)
class _Face:
    """What an item shows first: tone of its badge, the badge, the sentence, a word beside it, the alert's words."""

    tone: str
    badge: str
    lead: str
    note: str = ""
    alert: str = ""


@dataclass(frozen=True, slots=True)
class _Writer:
    case: Case
    t: Texts
    picture: Picture

    def own(self) -> Iterable[Item]:
        told = set()
        for finding in self.case.findings:
            if finding.klass == "LISTED_SELF":
                told.add(finding.listing.id)
                yield self._finding(finding)
        for entry in sorted(self.case.listed, key=lambda x: ORDER.index(standing(x))):
            if entry.id not in told and standing(entry) != "permit":
                yield self._listed(entry)

    def rules(self) -> Iterable[Item]:
        return (self._finding(f) for f in self.case.findings if f.klass not in ("LISTED_SELF", "ALERT"))

    def alerts(self) -> Group:
        told = {e.listing.id for e in self.case.exposures}
        items = [self._exposure(e) for e in self.case.exposures[:ALERTS_SHOWN]]
        items += [
            self._finding(f) for f in self.case.findings if f.klass == "ALERT" and (f.rule or f.listing.id not in told)
        ]
        rest = self._rest(self.case.exposures[ALERTS_SHOWN:], last=True)
        return Group(self.t("group_alerts"), self.t("group_alerts_intro"), tuple(items), rest)

    def reached(self) -> Group:
        items = [self._reached(e) for e in self.case.reached[:REACHED_SHOWN]]
        rest = self._rest(self.case.reached[REACHED_SHOWN:], last=False)
        return Group(self.t("group_reached"), self.t("group_alerts_intro"), tuple(items), rest)

    def _listed(self, entry: Listing) -> Item:
        group = standing(entry)
        lead = self.t("lead_listed", standing=sentences.standing(self.case.subject, entry, self.t))
        face = _Face(group, self.t(f"own_{group}"), lead)
        return self._item(Path((self.case.subject,)), face, self._listing_notes(entry))

    def _exposure(self, found: Exposure) -> Item:
        who = sentences.standing(found.path.nodes[-1], found.listing, self.t) if found.path.nodes else ""
        return self._scored(found, "lead_exposure", standing=who)

    def _reached(self, found: Exposure) -> Item:
        target = found.path.nodes[0].name if found.path.nodes else ""
        return self._scored(found, "lead_reached", target=target, listing=sentences.listing(found.listing, self.t))

    def _scored(self, found: Exposure, key: str, **values: str) -> Item:
        t = self.t
        notes = self._listing_notes(found.listing)
        if found.possible:
            notes = ((t("holds_possible"), t("possible")), *notes)
        band, points = t.band(found.band), score(found.score)
        lead = t(key, hops=found.hops, score=points, band=band, **values)
        face = _Face(found.band, f"{band} {points}".strip(), lead, t("class_ALERT"), t("alert"))
        return self._item(found.path, face, notes)

    def _finding(self, found: Finding) -> Item:
        t = self.t
        badge = t(f"class_{found.klass}") if found.klass in CLASSES else found.klass
        tone = f"effect-{found.effect}" if found.effect in EFFECTS else "none"
        if found.klass == "LISTED_SELF":
            tone = standing(found.listing)
            badge = t(f"own_{tone}")
        effect = t(f"effect_{found.effect}") if found.effect in EFFECTS else ""
        alert = t("alert") if found.klass == "ALERT" else ""
        face = _Face(tone, badge, self._lead(found), effect, alert)
        return self._item(found.path, face, self._finding_notes(found))

    def _lead(self, found: Finding) -> str:
        """A consequence begins with who is bound by what; else the finding's own sentence, which is Chinese."""
        if found.measure and found.klass not in ("LISTED_SELF", "ALERT"):
            return self.t("lead_measure", target=found.target.name, measure=self._measure(found))
        if found.klass == "LISTED_SELF" and standing(found.listing) == "record":
            return self._sentence(found)  # its own says 在列, which nobody is by a record
        return self._sentence(found) if self.t.english or not found.text else found.text

    def _measure(self, found: Finding) -> str:
        rule = shipped().rules.get(found.rule) if self.t.english else None
        return rule.measure.en if rule else found.measure

    def _sentence(self, found: Finding) -> str:
        """The sentence of a finding that brings none: who is listed, never the one who is merely bound."""
        t = self.t
        if found.klass == "LISTED_SELF":
            return t("lead_listed", standing=sentences.standing(found.target, found.listing, t))
        if len(found.path.nodes) > 1:
            who = sentences.standing(found.path.nodes[-1], found.listing, t)
            return t("lead_finding", standing=who, target=found.target.name)
        return t("lead_bound", target=found.target.name, listing=sentences.listing(found.listing, t))

    def _item(self, path: Path, face: _Face, notes: tuple[tuple[str, str], ...]) -> Item:
        return Item(
            number=0,
            tone=face.tone or "none",
            badge=face.badge,
            badge_note=face.note,
            lead=face.lead,
            start=path.nodes[0].name if path.nodes else "",
            steps=tuple(self._steps(path)),
            evidence=tuple(sentences.relation(edge, self.case, self.t) for edge in path.edges),
            notes=notes,
            alert=face.alert,
            shown=self.picture.marked(path),
        )

    def _steps(self, path: Path) -> Iterable[Step]:
        for edge, before, after in zip(path.edges, path.nodes, path.nodes[1:], strict=False):
            yield step(edge, before.id, after.name, self.case, self.t)

    def _listing_notes(self, entry: Listing) -> tuple[tuple[str, str], ...]:
        known = list_type(entry.list)
        basis = entry.basis or (known.basis if known else "")
        notes = (
            (self.t("basis"), self.t("basis_list", basis=basis) if basis else ""),
            (self.t("reason"), entry.reason),
        )
        return tuple((name, text) for name, text in notes if text)

    def _finding_notes(self, found: Finding) -> tuple[tuple[str, str], ...]:
        t = self.t
        grades = {"text", "partial", "unverified"}
        basis = (
            t("basis_entry", law=law, article=article, grade=t(f"grade_{grade}") if grade in grades else grade)
            for law, article, grade in found.basis
        )
        since, until = found.period
        span = t("period_span", since=since or t("open_end"), until=until or t("open_end")) if since or until else ""
        listed = found.path.nodes[-1] if found.path.nodes else found.target
        told = found.text or found.measure
        listing = sentences.standing(listed, found.listing, t) if found.listing.id and told else ""
        notes = (
            (t("rule", rule="").strip(), found.rule),
            (t("target"), found.target.name if found.target.id != self.case.subject.id else ""),
            (t("measure"), self._measure(found) if found.klass == "LISTED_SELF" else ""),
            (t("listing_evidence"), listing),
            (t("basis"), t("sep").join(basis)),
            (t("period"), span),
            (t("conditions"), t("sep").join(found.conditions)),
            (t("reason"), found.reason),
            (t("col_state"), t("disputed") if found.disputed else ""),
            (t("remedy"), found.remedy),
        )
        return tuple((name, text) for name, text in notes if text)

    def _rest(self, found: tuple[Exposure, ...], *, last: bool) -> Table | None:
        """The rest as a table. In that of reached subjects the list comes last, as the asked subject's own."""
        t = self.t
        told = ("col_score", "col_hop", "col_path")
        heads = ("col_listed", "col_list", *told) if last else ("col_reached", *told, "col_list_of_asked")
        rows = tuple(self._rest_row(one, last=last) for one in found)
        return Table("rest", t("tab_rest", n=len(found)), (*map(t, heads), t("col_record")), rows) if rows else None

    def _rest_row(self, one: Exposure, *, last: bool) -> tuple[str, ...]:
        who = one.path.nodes[-1 if last else 0].name if one.path.nodes else ""
        entry = self.t.listing(one.listing.list)
        told = (f"{self.t.band(one.band)} {score(one.score)}", str(one.hops), cell_path(one.path, self.t))
        return (who, entry, *told, one.listing.record) if last else (who, *told, entry, one.listing.record)


def step(edge: Edge, before: str, after: str, case: Case, t: Texts) -> Step:
    """One step of a path in short, seen from `before`."""
    label = t("same_contact", kind=t.contact(edge.via_kind)) if edge.via else t.rated(edge.type, edge.ratio)
    known_way = None if edge.via or edge.type in ("CONCERT", "KIN", "MAYBE_SAME") else edge.source == before
    return Step(label, sentences.period(edge, t), known_way, style(edge, case.as_of), after)
