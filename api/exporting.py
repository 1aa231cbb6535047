"""A picture of the explorer to take away: as SVG, as tables, as graph data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import isfinite
from urllib.parse import quote

from api.out_drawing import FAR, ExportAsked
from graph.errors import InputError, NotFoundError, QueryTimeoutError
from graph.store import Store
from graph.vocabulary import RELATIONS
from queries.model import Json
from queries.view import Picked, View, view
from viz.export import collect, render
from viz.export_tables import Tables, tables_zip
from viz.force import positions
from viz.marks import Mark
from viz.model import Edge, Listing, Subject, clean
from viz.scene import Scene, Shown, scene_svg
from viz.texts import Texts

MEDIA = {
    "svg": "image/svg+xml",
    "csv": "application/zip",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "json": "application/json",
}
ENDINGS = {"csv": "zip"}  # the others end like the format
NAMES = {"zh-CN": "关系图", "en": "Network"}


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its bytes, its type, and what the browser is told of its name."""

    content: bytes
    media: str
    disposition: str


def export(store: Store, asked: ExportAsked) -> Made:
    """The file. Raises InputError for what is unknown or too much, NotFoundError when nobody has any of the ids,
    QueryTimeoutError when not all relations could be read: half a picture is not handed out.
    """
    for kind in asked.hidden_types:
        if kind not in RELATIONS:
            raise InputError("不认识的关系类型", value=kind, remedy="用 " + "、".join(RELATIONS))
    if not all(isfinite(v) and abs(v) <= FAR for place in asked.positions.values() for v in place):
        raise InputError("卡片位置超出范围", remedy=f"坐标须在 ±{FAR:,.0f} 之内")
    as_of = (asked.as_of or date.today()).isoformat()
    found = view(store, Picked(tuple(asked.ids), as_of, ended=asked.ended))
    if not found.nodes:
        raise NotFoundError(asked.ids[0])
    if not found.complete:
        raise QueryTimeoutError("主体过多，关系未能在时限内取全，没有导出；请先移除一部分主体再导出。")
    told = found.to_json()
    told["edges"] = [edge for edge in told["edges"] if _wanted(asked, edge)]
    title = clean(asked.title) or f"{NAMES[asked.lang]} {as_of}"
    name = _disposition(title, as_of, ENDINGS.get(asked.format, asked.format))
    if asked.format == "csv":
        return Made(_tables(asked, found, told, title), MEDIA["csv"], name)
    text = _content(asked, found, told, title)
    return Made(text.encode(), MEDIA[asked.format] + "; charset=utf-8", name)


def _wanted(asked: ExportAsked, edge: Json) -> bool:
    """As the picture filters: by type, and by when a relation began; where that is not stated, it stays."""
    began = edge["since"] or ""
    early = asked.began_from and began and began < asked.began_from.isoformat()
    late = asked.began_to and began > asked.began_to.isoformat()
    return edge["type"] not in asked.hidden_types and not early and not late


def _content(asked: ExportAsked, found: View, told: Json, title: str) -> str:
    if asked.format == "svg":
        return _svg(asked, found, told, title)
    if asked.format == "json":
        texts = Texts(asked.lang)
        head = {"title": title, "notice": texts("alert"), "hidden_types": asked.hidden_types, "ended": asked.ended}
        # What was asked for and not found may be anything somebody typed: it is counted, not handed on.
        document = {**head, **told, "missing": len(found.missing), "notes": list(_notes(asked, found))}
        document["positions"] = _places(asked, found, told)
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    subjects = [node["subject"] for node in told["nodes"]]
    return render(collect(relations=told["edges"], subjects=subjects), asked.format)


def _svg(asked: ExportAsked, found: View, told: Json, title: str) -> str:
    at = _places(asked, found, told)
    unexpanded = {found.renamed.get(key, key): count for key, count in asked.unexpanded.items()}
    scene = Scene(
        subjects=tuple(
            Shown(subject, mark, at[node["subject"]["id"]], unexpanded.get(node["subject"]["id"], 0))
            for node, (subject, mark) in zip(told["nodes"], _marked(asked, found, told), strict=True)
        ),
        edges=tuple(map(Edge.of, told["edges"])),
        as_of=found.as_of,
        title=title,
        notes=tuple(_notes(asked, found)),
    )
    return scene_svg(scene, Texts(asked.lang))


def _tables(asked: ExportAsked, found: View, told: Json, title: str) -> bytes:
    marked, edges = tuple(_marked(asked, found, told)), tuple(map(Edge.of, told["edges"]))
    return tables_zip(Tables(marked, edges, found.as_of, title, tuple(_notes(asked, found))), Texts(asked.lang))


def _marked(asked: ExportAsked, found: View, told: Json) -> Iterator[tuple[Subject, Mark]]:
    """Every subject with its own entries and the nearness the picture shows."""
    near = {found.renamed.get(key, key): one for key, one in asked.nearness.items()}
    for node in told["nodes"]:
        subject, listings = Subject.of(node["subject"]), tuple(map(Listing.of, node["listed"]))
        shown = near.get(node["subject"]["id"])
        yield subject, Mark(listings, shown.score, shown.band) if shown else Mark(listings)


def _places(asked: ExportAsked, found: View, told: Json) -> dict[str, tuple[float, float]]:
    """Given places, also under the id a subject had then; the others are worked out beside them."""
    given = {found.renamed.get(key, key): place for key, place in asked.positions.items()}
    edges = [(edge["source"], edge["target"]) for edge in told["edges"]]
    return positions((node.subject.id for node in found.nodes), edges, given)


def _notes(asked: ExportAsked, found: View) -> Iterator[str]:
    """What is not in the picture."""
    texts = Texts(asked.lang)
    if asked.hidden_types:
        kinds = texts("comma").join(map(texts.relation, asked.hidden_types))
        yield f"Relations not drawn: {kinds}" if texts.english else f"未画出的关系：{kinds}"
    if asked.began_from or asked.began_to:
        low, high = (day.isoformat() if day else "…" for day in (asked.began_from, asked.began_to))
        begun = f"{low} — {high}"
        yield f"Only relations that began in {begun}" if texts.english else f"只含起始于 {begun} 的关系"
    if asked.ended:
        with_ended = "With relations not in force that day", "含当日无效（已终止或尚未开始）的关系"
        yield with_ended[0] if texts.english else with_ended[1]
    if found.missing:
        count = len(found.missing)
        yield f"{count} ids were not found" if texts.english else f"有 {count} 个编号未找到主体"
    if found.not_crossed:
        count = len(found.not_crossed)
        yield (
            f"{count} contacts given by too many are no relations here"
            if texts.english
            else f"有 {count} 个联系方式登记的主体过多，不视为关联，未画出"
        )


def _disposition(title: str, as_of: str, ending: str) -> str:
    """A plain name for old clients, and the title for others."""
    plain = "".join("_" if char in '\\/:*?"<>|' else char for char in title[:60])
    named = quote(f"{plain}.{ending}", safe="")
    return f"attachment; filename=\"xinmai-{as_of}.{ending}\"; filename*=UTF-8''{named}"
