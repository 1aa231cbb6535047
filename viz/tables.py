"""The tables of a report: listings, subjects, relations, what was left unchecked, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from viz import labels
from viz.case import Case, ReportData
from viz.choice import every_edge, rank, style
from viz.marks import Mark, marks
from viz.model import Edge, Listing, Path, Subject, clean
from viz.picture import Picture
from viz.sentences import title_of
from viz.texts import Texts

ROWS_SHOWN = 1000
_BEIJING = timezone(timedelta(hours=8))
_SOURCE_COLUMNS = ("source", "title", "snapshot", "loaded_at")


@dataclass(frozen=True, slots=True)
class Table:
    """Column heads and rows of plain texts. `note` says what was cut; `keys` are the picture's card or line of
    each row, "" for none."""

    name: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    keys: tuple[str, ...] = ()


def tables(case: Case, t: Texts, picture: Picture) -> tuple[Table, ...]:
    """Listings, subjects and relations; empty ones are left out."""
    known = marks(case)
    found = (_listings(case, known, t), _subjects(case, known, t, picture), _relations(case, t, picture))
    return tuple(table for table in found if table.rows)


def _listings(case: Case, known: dict[str, Mark], t: Texts) -> Table:
    rows = [(case.subject_of(key), entry) for key, mark in known.items() for entry in mark.listings]
    heads = (
        "col_subject",
        "col_list",
        "col_authority",
        "col_doc_no",
        "col_listed_on",
        "col_ends",
        "col_state",
        "col_record",
    )
    return _table("listings", heads, (_listing_row(s, x, t) for s, x in rows), t)


def _listing_row(subject: Subject, entry: Listing, t: Texts) -> tuple[str, ...]:
    state = t.state(entry.state) + (f"（{t('disputed')}）" if entry.disputed and entry.state != "objected" else "")
    ends = entry.removed_on or entry.expires_on
    return (
        subject.name,
        t.listing(entry.list),
        entry.authority,
        entry.doc_no,
        entry.listed_on,
        ends,
        state,
        entry.record,
    )


def _subjects(case: Case, known: dict[str, Mark], t: Texts, picture: Picture) -> Table:
    heads = ("col_no", "col_name", "kind", "col_code", "status", "col_hop", "col_score", "col_lists")
    rows: list[tuple[str, ...]] = []
    keys = []
    for node in picture.nodes:
        if node.risk == "stub":
            continue
        rows.append((str(len(rows) + 1), *_subject_row(node.subject, known.get(node.subject.id, Mark()), node.hop, t)))
        keys.append(node.key)
    return _table("subjects", heads, rows, t, keys)


def _subject_row(subject: Subject, mark: Mark, hop: int, t: Texts) -> tuple[str, ...]:
    scored = f"{t.band(mark.band)} {labels.score(mark.score)}" if mark.score else ""
    own = t("comma").join(t.listing(x.list) for x in mark.listings)
    code = subject.uscc or subject.id_masked
    return (subject.name, t.kind(subject.kind), code, subject.status, str(hop), scored, own)


def _relations(case: Case, t: Texts, picture: Picture) -> Table:
    heads = (
        "col_from", "col_relation", "col_to", "col_ratio", "col_since", "col_until", "col_holds", "col_seen",
        "col_record",
    )  # fmt: skip
    drawn = {edge: link.key for link in picture.links for edge in link.edges}
    edges = sorted(every_edge(case), key=lambda e: (e not in drawn, rank(e, case.as_of)))
    rows = (_relation_row(e, case, t) for e in edges)
    return _table("relations", heads, rows, t, [drawn.get(e, "") for e in edges])


def _relation_row(edge: Edge, case: Case, t: Texts) -> tuple[str, ...]:
    label = t("same_contact", kind=f"{t.contact(edge.via_kind)} {edge.via}") if edge.via else t.relation(edge.type)
    if edge.title not in ("", title_of(edge)):
        label = f"{label}（{edge.title}）"
    state = edge.state(case.as_of)
    holds = "possible" if state == "current" and style(edge, case.as_of) == "possible" else state
    ends = (case.subject_of(edge.source).name, label, case.subject_of(edge.target).name)
    return (*ends, labels.share(edge.ratio), edge.since, edge.until, t(f"holds_{holds}"), edge.seen_on, edge.record)


def cell_path(path: Path, t: Texts) -> str:
    """A path in one cell: names joined by the relations' short labels."""
    parts = [path.nodes[0].name] if path.nodes else []
    for edge, before, after in zip(path.edges, path.nodes, path.nodes[1:], strict=False):
        word = t.rated(edge.type, edge.ratio)
        parts.append(f"—{word}→ {after.name}" if edge.source == before.id else f"←{word}— {after.name}")
    return " ".join(parts)


def gaps(data: ReportData, case: Case, t: Texts) -> tuple[Table, ...]:
    """Lists not checked and subjects not crossed; empty tables are left out."""
    unchecked = (
        (t.listing(clean(g.get("list"))), clean(g.get("list")), _why(clean(g.get("why")), t), clean(g.get("as_of")))
        for g in data.not_checked
    )
    stops = ((s.subject.name, _reason(s.reason, t), s.degree) for s in case.stops)
    found = (
        _table(
            "unchecked",
            ("col_list", "col_code_list", "col_why", "col_snapshot"),
            unchecked,
            t,
        ),
        _table("stops", ("col_subject", "col_why", "col_degree"), stops, t),
    )
    return tuple(table for table in found if table.rows)


def _why(why: str, t: Texts) -> str:
    return t(f"why_{why}") if why in ("not_loaded", "stale") else why


def _reason(reason: str, t: Texts) -> str:
    return t(f"reason_{reason}") if reason in ("fanout", "conducts") else reason


def sources(data: ReportData, t: Texts) -> Table:
    """What was loaded: name, date of the data, time of loading, and whatever else is known of it."""
    rows = []
    for source in data.sources:
        rest = [
            t("src", name=t.source_key(clean(k)), value=told)
            for k, v in source.items()
            if k not in _SOURCE_COLUMNS and (told := _told(k, v, t))
        ]
        name = clean(source.get("title")) or clean(source.get("source"))
        rows.append(
            (name, clean(source.get("snapshot")), moment(clean(source.get("loaded_at")), t), t("sep").join(rest))
        )
    return _table("sources", ("col_source", "col_snapshot", "col_loaded", "col_more"), rows, t)


def moment(text: str, t: Texts) -> str:
    """A point in time for readers, in the one time of China: 「2026-06-01 08:20（北京时间）」; one that says no zone as
    it is, and so other texts.
    """
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?", text)
    if not found:
        return text
    if found[3] is None:
        return f"{found[1]} {found[2]}"
    try:
        here = datetime.fromisoformat(text).astimezone(_BEIJING)
    except (ValueError, OverflowError):  # no such day or hour
        return text
    return t("moment", at=f"{here:%Y-%m-%d %H:%M}")


def _told(key: str, value: object, t: Texts) -> str:
    """What a source says of itself, lists by their names; how it was loaded concerns no reader."""
    if key == "mode" or value is None:
        return ""
    if key == "lists" and isinstance(value, list | tuple):
        return t("comma").join(t.listing(clean(code)) for code in value)
    return _flat(value)


def _flat(value: object) -> str:
    return "、".join(map(clean, value)) if isinstance(value, list | tuple) else clean(value)


def _table(
    name: str, heads: Iterable[str], rows: Iterable[tuple[str, ...]], t: Texts, keys: Sequence[str] = ()
) -> Table:
    every = tuple(rows)
    note = t("tab_cut", n=len(every), shown=ROWS_SHOWN) if len(every) > ROWS_SHOWN else ""
    caption = t(f"tab_{name}")
    return Table(name, caption, tuple(map(t, heads)), every[:ROWS_SHOWN], note, tuple(keys[:ROWS_SHOWN]))
