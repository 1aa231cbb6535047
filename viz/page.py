"""The report's page as values: header, tiles, numbered findings, gaps, tables. The template only lays them out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from markupsafe import Markup

from viz import assets, labels
from viz.case import Case, ReportData
from viz.findings import Group, groups
from viz.labels import score
from viz.legend import legend
from viz.marks import Standing, standing
from viz.model import clean
from viz.picture import Picture
from viz.report_identity import Identity, identity
from viz.report_ownership import Ownership, section
from viz.report_tree import STYLE as TREE_STYLE
from viz.svg import STYLE, svg
from viz.tables import Table, gaps, moment, sources, tables
from viz.texts import Texts


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of the summary: caption, value, what it means; `tone` picks its colour."""

    caption: str
    value: str
    note: str
    tone: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template shows. `Markup` values are made by us; every other text is escaped there."""

    t: Texts
    name: str
    facts: tuple[tuple[str, str], ...]
    tiles: tuple[Tile, ...]
    groups: tuple[Group, ...]
    gaps: tuple[Table, ...]
    complete: bool
    as_of: str
    picture_alt: str
    picture_note: str
    picture_sides: str
    legend: tuple[tuple[Markup, str], ...]
    drawing: Markup
    tables: tuple[Table, ...]
    sources: Table
    versions: tuple[tuple[str, str], ...]
    ownership: Ownership | None
    tree: Markup
    identity: Identity
    sheets: tuple[Markup, ...]
    library: str
    licence: str
    scripts: tuple[Markup, ...]
    policy: str


def build(data: ReportData, case: Case, picture: Picture, t: Texts) -> Page:
    """Put the page together; the picture is drawn once more, as SVG, for paper and for readers without scripts."""
    shown = sum(node.risk != "stub" for node in picture.nodes)
    alt = t("picture_alt", name=case.subject.name, nodes=shown, links=sum(bool(link.edges) for link in picture.links))
    hidden = t("picture_hidden", shown=shown, hidden=picture.hidden, limit=data.max_nodes) if picture.hidden else ""
    known, held = identity(data), section(data.ownership, t)
    sheets = (
        assets.template("style.css"),
        assets.template("report.css"),
        STYLE,
        TREE_STYLE,
        every_page(feet(data, case, known, t), t),
    )
    scripts = (assets.template("unpack.js"), assets.template("report.js"))
    return Page(
        t=t,
        name=case.subject.name,
        facts=facts(data, case, known, t),
        tiles=tiles(data, case, t),
        groups=groups(case, t, picture),
        gaps=gaps(data, case, t),
        complete=data.complete,
        as_of=case.as_of,
        picture_alt=alt,
        picture_note=hidden,
        picture_sides=t("picture_kinds" if picture.by_kind else "picture_sides") if picture.links else "",
        legend=legend(picture, t),
        drawing=Markup(svg(picture, t, title=alt, standalone=False)),  # svg() escapes every text
        tables=tables(case, t, picture),
        sources=sources(data, t),
        versions=versions(data, known, t),
        ownership=held,
        tree=Markup(held.inline if held else ""),  # svg() escapes every text
        identity=known,
        sheets=tuple(map(Markup, sheets)),
        library=assets.library_packed(),
        licence=assets.library_licence(),
        scripts=tuple(map(Markup, scripts)),
        policy=assets.policy((assets.library(), *scripts), (*sheets, *assets.library_styles(), "")),
    )


def every_page(told: tuple[str, ...], t: Texts) -> str:
    """The style that prints these lines and the page's number at the foot of every page."""
    before, between, after = (css_text(part) for part in re.split(r"\{n\}|\{all\}", t("page_of", n="{n}", all="{all}")))
    number = f"{before} counter(page) {between} counter(pages) {after}"
    lines = ' "\\a " '.join(map(css_text, told))
    return (
        f"@media print{{@page{{@bottom-left{{content:{lines};white-space:pre;font-size:6.5pt;line-height:1.35;"
        f"color:#444;text-align:left;width:78%}}@bottom-right{{content:{number};font-size:7.5pt;width:22%}}}}}}"
    )


def css_text(text: str) -> str:
    """A text as a string of CSS; whatever could end it or the sheet is written by its number."""
    return '"' + "".join(c if c.isalnum() or c in " .:-·、（）" else f"\\{ord(c):x} " for c in text) + '"'


def feet(data: ReportData, case: Case, known: Identity, t: Texts) -> tuple[str, ...]:
    """What stands at the foot of every page, in every format: number, day, versions, hash."""
    none = t("ver_none")
    used = {"data": clean(data.stamp), "rules": clean(data.rules_version), "policy": clean(data.policy_version)}
    told = t("foot_versions", **{name: labels.clip(value, 24) or none for name, value in used.items()})
    return (
        f"{t('foot_id', id=known.number, as_of=labels.clip(case.as_of, 12))} · {told}",
        t("foot_hash", hash=known.sha256),
    )


def facts(data: ReportData, case: Case, known: Identity, t: Texts) -> tuple[tuple[str, str], ...]:
    """Who the report is about and for which day; empty ones are left out."""
    subject = case.subject
    rows = (
        (t("uscc"), subject.uscc),
        (t("id_masked"), subject.id_masked),
        (t("kind"), t.kind(subject.kind)),
        (t("status"), subject.status),
        (t("subject_id"), subject.id if subject.id != subject.uscc else ""),
        (t("as_of"), case.as_of),
        (t("ver_scenario"), clean(data.scenario)),
        (t("report_id"), known.number),
        (t("generated_at"), moment(clean(data.generated_at), t)),
    )
    return tuple((name, value) for name, value in rows if value)


def tiles(data: ReportData, case: Case, t: Texts) -> tuple[Tile, ...]:
    """The summary: own listings, consequences, alerts, reached subjects (if any), completeness."""
    own, records = len(_own(case, "negative")), len(_own(case, "record"))
    note = t("tile_listed_records", n=records) if records else t("tile_listed_note")
    found = [
        Tile(t("tile_listed"), str(own), note, "negative" if own else "record" if records else "calm"),
        _rules_tile(data, case, t),
        _alerts_tile(case, t),
        _gaps_tile(data, case, t),
    ]
    if case.reached:
        found.insert(3, Tile(t("tile_reached"), str(len(_targets(case))), t("tile_reached_note"), "calm"))
    return tuple(found)


def _rules_tile(data: ReportData, case: Case, t: Texts) -> Tile:
    """Without a rule pack nothing was asked of the law: that is not the same as no consequence."""
    rules = [f for f in case.findings if f.klass not in ("LISTED_SELF", "ALERT")]
    if not rules and not data.rules_version:
        return Tile(t("tile_rules"), t("none_dash"), t("tile_rules_none"), "calm")
    block, review = (sum(f.effect == e for f in rules) for e in ("block", "review"))
    note = t("tile_rules_note", block=block, review=review)
    return Tile(t("tile_rules"), str(len(rules)), note, "rule" if rules else "calm")


def _alerts_tile(case: Case, t: Texts) -> Tile:
    best = max(case.exposures, key=lambda e: e.score, default=None)
    told = {e.listing.id for e in case.exposures}
    others = sum(f.klass == "ALERT" and (bool(f.rule) or f.listing.id not in told) for f in case.findings)
    note = t("tile_alerts_note", score=score(best.score), band=t.band(best.band)) if best else t("none_dash")
    return Tile(t("tile_alerts"), str(len(case.exposures) + others), note, best.band if best else "calm")


def _gaps_tile(data: ReportData, case: Case, t: Texts) -> Tile:
    whole = data.complete and not data.not_checked
    said = "complete" if whole else "gaps" if data.complete else "incomplete"
    note = t("tile_gaps_note", lists=len(data.not_checked), stops=len(case.stops))
    return Tile(t("tile_gaps"), t(said), note, "calm" if whole else "gap")


def _own(case: Case, group: Standing) -> set[str]:
    """The subject's own entries of a group: a record is no listing, and is counted by itself."""
    own = {(x.id or x.list) for x in case.listed if standing(x) == group}
    return own | {
        (f.listing.id or f.listing.list)
        for f in case.findings
        if f.klass == "LISTED_SELF" and f.target.id == case.subject.id and standing(f.listing) == group
    }


def _targets(case: Case) -> set[str]:
    return {e.path.nodes[0].id for e in case.reached if e.path.nodes}


def versions(data: ReportData, known: Identity, t: Texts) -> tuple[tuple[str, str], ...]:
    """What the report rests on: data, policy, rules, scenario, program, library; and the hash of what it tells."""
    return (
        (t("ver_data"), clean(data.stamp) or t("ver_none")),
        (t("ver_policy"), clean(data.policy_version) or t("ver_none")),
        (t("ver_rules"), clean(data.rules_version) or t("ver_none")),
        (t("ver_scenario"), clean(data.scenario) or t("ver_none")),
        (t("ver_program"), f"Xinmai {_own_version()}"),
        (t("ver_library"), assets.library_name()),
        (t("ver_hash"), f"SHA-256 {known.sha256}"),
    )


def _own_version() -> str:
    try:
        return version("xinmai")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "dev"
