"""The report as a `Paper`: what the page tells, in the same order, for PDF and DOCX."""

from __future__ import annotations

from collections.abc import Iterator

from viz import report_tree
from viz.case import Case, ReportData
from viz.findings import Item
from viz.labels import clip
from viz.page import Page, feet
from viz.paper import Block, Drawing, Entry, Facts, Figures, Grid, Heading, Paper, Samples, Sheet, Words, numbered
from viz.picture import Picture
from viz.report_identity import FACTS
from viz.report_ownership import Ownership
from viz.svg import NAMESPACE, svg
from viz.tables import Table
from viz.texts import Texts

WIDE = 730.0  # pixels from which a picture gets a page crosswise
_HEAD_EM = 36  # room of a name in the head of a page


def paper(data: ReportData, case: Case, picture: Picture, page: Page) -> Paper:
    """The document. Everything it tells is on the page `page` too."""
    t, known = page.t, page.identity
    return Paper(
        title=t("title"),
        subtitle=page.name,
        head=(f"{t('brand')} · {t('title')}", clip(page.name, _HEAD_EM)),
        foot=feet(data, case, known, t),
        blocks=numbered(_blocks(picture, page, t), english=t.english),
        page=t("page_of", n="{n}", all="{all}"),
        evidence=t("evidence"),
        path=t("path"),
        locale=t.locale,
        made=data.generated_at,
        identifier=f"{known.number} {known.keyword}",
        attached={FACTS: known.facts},
    )


def _blocks(picture: Picture, page: Page, t: Texts) -> Iterator[Block]:
    yield Facts(page.facts)
    yield Figures(tuple((tile.caption, tile.value, tile.note) for tile in page.tiles))
    yield Words(t("notice"), "quiet")
    yield from _findings(page, t)
    yield from _gaps(page, t)
    yield from _picture(picture, page, t)
    if page.ownership:
        yield from _ownership(page.ownership, t)
    if page.tables:
        yield Sheet((Heading(t("sec_tables")), *(_grid(table) for table in page.tables)))
    yield Heading(t("sec_sources"))
    yield _grid(page.sources) if page.sources.rows else Words(t("sources_none"), "quiet")
    *versions, content = page.versions
    yield Facts(tuple(versions))
    yield Words(f"{content[0]}：{content[1]}")
    yield Words(t("how_to_verify"), "quiet")


def _findings(page: Page, t: Texts) -> Iterator[Block]:
    yield Heading(t("sec_findings"))
    if not page.groups:
        yield Words(t("findings_none", as_of=page.as_of), "good")
    for group in page.groups:
        yield Heading(group.title, 2)
        if group.intro:
            yield Words(group.intro, "quiet")
        yield from (_entry(item) for item in group.items)
        if group.rest:
            yield _grid(group.rest)


def _entry(item: Item) -> Entry:
    steps = (
        f" {'—' if step.forward is not False else '←'}{step.label}{'→' if step.forward else '—'} {step.name}"
        for step in item.steps
    )
    return Entry(
        number=str(item.number),
        badge=item.badge,
        mark=item.badge_note,
        lead=item.lead,
        path=item.start + "".join(steps) if item.steps else "",
        sentences=item.evidence,
        notes=item.notes,
        alert=item.alert,
    )


def _gaps(page: Page, t: Texts) -> Iterator[Block]:
    yield Heading(t("sec_gaps"))
    if not page.complete:
        yield Words(t("gaps_cut"), "cut")
    elif not page.gaps:
        yield Words(t("gaps_none"), "quiet")
    yield from map(_grid, page.gaps)


def _picture(picture: Picture, page: Page, t: Texts) -> Iterator[Block]:
    drawn = svg(picture, t, title=page.picture_alt)
    told = [Words(page.picture_note, "cut")] if page.picture_note else []
    if page.picture_sides:
        told.append(Words(page.picture_sides, "quiet"))
    legend = Samples(tuple((_sample(sample), text) for sample, text in page.legend))
    shown: tuple[Block, ...] = (Heading(t("sec_picture")), *told, _drawing(drawn, page.picture_alt))
    yield from _fitting(drawn, (*shown, legend, Words(t("legend_shapes"), "quiet")))


def _ownership(held: Ownership, t: Texts) -> Iterator[Block]:
    blocks: list[Block] = [Heading(t("sec_ownership")), Words(t("own_intro"), "quiet")]
    blocks += [Words(text, "cut") for text in held.cautions]
    blocks.append(_drawing(held.drawing, held.alt))
    yield from _fitting(held.drawing, tuple(blocks))
    yield from (Words(text) for text in held.told)
    for table, bold in zip(held.tables, held.bold, strict=True):
        yield _grid(table, bold)


def _fitting(drawn: str, blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks as they are, or crosswise where their picture is wide."""
    if report_tree.size(drawn)[0] > WIDE:
        yield Sheet(blocks)
    else:
        yield from blocks


def _drawing(drawn: str, alt: str) -> Drawing:
    return Drawing(drawn, report_tree.size(drawn), alt)


def _sample(drawn: str) -> str:
    """A sample of the legend as an SVG of its own."""
    head, body = str(drawn).split(">", 1)
    return f'{head} xmlns="{NAMESPACE}"><style>text{{font-family:sans-serif}}</style>{body}'


def _grid(table: Table, bold: frozenset[int] = frozenset()) -> Grid:
    return Grid(table.heads, table.rows, table.caption, table.note, bold)
