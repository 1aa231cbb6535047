"""Take-away of a neighbourhood: GraphML, GEXF, CSV and Cypher from subjects and relations.

Every text is scrubbed of personal numbers; CSV cells that a spreadsheet would run as a formula are defused.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path as File
from typing import Any

import networkx as nx

from graph.errors import InputError
from graph.vocabulary import RELATIONS
from viz.model import Edge, Json, Path, Subject, clean

FORMATS = ("graphml", "gexf", "csv", "cypher")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EDGE_COLUMNS = ("type", "ratio", "title", "since", "until", "seen_on", "record", "via", "via_kind")


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Subjects and relations between them, each once."""

    subjects: tuple[Subject, ...]
    edges: tuple[Edge, ...]


def collect(paths: Iterable[Json] = (), relations: Iterable[Json] = (), subjects: Iterable[Json] = ()) -> Neighbourhood:
    """From PATHs, from relations (edges of PATH, each with `other`: SUBJECT) and from further SUBJECTs.

    A subject that relations only refer to is kept by its id.
    """
    relations = tuple(relations)
    ways = [Path.of(p) for p in paths]
    edges = dict.fromkeys([*(e for way in ways for e in way.edges), *map(Edge.of, relations)])
    told = [*map(Subject.of, subjects), *(s for way in ways for s in way.nodes)]
    told += [Subject.of(r["other"]) for r in relations if r.get("other")]
    known: dict[str, Subject] = {}
    for subject in (*told, *(Subject.of(end) for e in edges for end in (e.source, e.target))):
        known.setdefault(subject.id, subject)
    return Neighbourhood(tuple(known.values()), tuple(edges))


def render(graph: Neighbourhood, form: str) -> str:
    """The neighbourhood as text in one of `FORMATS`; the same input gives the same text."""
    writers = {"graphml": graphml, "gexf": gexf, "csv": relations_csv, "cypher": cypher}
    if form not in writers:
        raise InputError("不支持的导出格式", value=form, remedy="用 " + "、".join(FORMATS))
    return writers[form](graph)


def write(graph: Neighbourhood, form: str, path: File | str) -> None:
    """Write the neighbourhood to `path`, whole or not at all; CSV gets a byte-order mark, for Excel and WPS."""
    target = File(path)
    draft = target.with_name(target.name + ".part")
    encoding = "utf-8-sig" if form == "csv" else "utf-8"
    draft.write_text(render(graph, form), encoding=encoding, newline="")
    draft.replace(target)


def graphml(graph: Neighbourhood) -> str:
    """GraphML (Gephi, yEd, Cytoscape): names as `label`, relations directed, parallel ones kept."""
    return "\n".join(nx.generate_graphml(_multigraph(graph))) + "\n"


def gexf(graph: Neighbourhood) -> str:
    """GEXF 1.2 (Gephi)."""
    return "\n".join(nx.generate_gexf(_multigraph(graph))) + "\n"


def _multigraph(graph: Neighbourhood) -> nx.MultiDiGraph[str]:
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for subject in graph.subjects:
        facts = _facts(subject)
        facts["label"] = facts.pop("name")
        made.add_node(facts.pop("id"), **facts)
    for i, edge in enumerate(graph.edges):
        facts = {"label" if k == "type" else k: v for k, v in _edge_facts(edge).items()}
        made.add_edge(edge.source, edge.target, key=f"e{i}", **facts)
    return made


def _facts(subject: Subject) -> dict[str, Any]:
    return {f.name: getattr(subject, f.name) for f in fields(Subject) if getattr(subject, f.name)}


def _edge_facts(edge: Edge) -> dict[str, Any]:
    found = {name: getattr(edge, name) for name in _EDGE_COLUMNS}
    return {name: value for name, value in found.items() if value not in ("", None)}


def relations_csv(graph: Neighbourhood) -> str:
    """One row a relation, names and codes of both ends included; subjects without relations have rows of their own."""
    ends = ("name", "uscc", "id_masked")
    heads = ["source", "target", *(f"{end}_{x}" for end in ("source", "target") for x in ends), *_EDGE_COLUMNS]
    known = {s.id: s for s in graph.subjects}
    rows = []
    for edge in graph.edges:
        pair = (known[edge.source], known[edge.target])
        facts = _edge_facts(edge)
        codes = (getattr(subject, x) for subject in pair for x in ends)
        rows.append([edge.source, edge.target, *codes, *(facts.get(name, "") for name in _EDGE_COLUMNS)])
    joined = {end for e in graph.edges for end in (e.source, e.target)}
    for subject in graph.subjects:
        if subject.id not in joined:
            rows.append([subject.id, "", *(getattr(subject, x) for x in ends)])
    return csv_text(heads, rows)


def subjects_csv(graph: Neighbourhood) -> str:
    """One row a subject."""
    heads = [f.name for f in fields(Subject)]
    return csv_text(heads, [[getattr(s, head) for head in heads] for s in graph.subjects])


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as spreadsheets read it, every cell defused."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([defuse(cell) for cell in [*row, *[""] * (len(heads) - len(row))]])
    return text.getvalue()


def defuse(cell: object) -> object:
    """A cell no spreadsheet runs: texts that begin like a formula get an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def cypher(graph: Neighbourhood) -> str:
    """Statements that make the neighbourhood in Neo4j 5 or ArcadeDB; running them twice changes nothing.

    Texts are literals here because a file has no parameters; types come from the vocabulary only.
    """
    lines = [f"MERGE (s:Subject {{id: {_literal(s.id)}}}) SET s += {_map(_facts(s))};" for s in graph.subjects]
    for edge in graph.edges:
        if edge.type not in RELATIONS:
            raise InputError("未知的关系类型，无法导出为 Cypher", value=edge.type, remedy="用 graphml、gexf 或 csv")
        facts = {k: v for k, v in _edge_facts(edge).items() if k != "type"}
        key: dict[str, Any] = {k: v for k, v in facts.items() if k in ("since", "record")}
        ends = f"(a:Subject {{id: {_literal(edge.source)}}}), (b:Subject {{id: {_literal(edge.target)}}})"
        keyed = f" {_map(key)}" if key else ""
        lines.append(f"MATCH {ends} MERGE (a)-[r:{edge.type}{keyed}]->(b) SET r += {_map(facts)};")
    return "\n".join(lines) + "\n"


def _map(facts: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{name}: {_literal(value)}" for name, value in facts.items()) + "}"


def _literal(value: object) -> str:
    if isinstance(value, float | int):
        return repr(value)
    text = clean(value).replace("\\", "\\\\").replace("'", "\\'")
    # Neo4j reads \\uXXXX before it reads the statement, also after an escaped backslash: keep the two apart.
    return "'" + re.sub(r"\\(?=[uU])", r"\\' + '", text) + "'"
