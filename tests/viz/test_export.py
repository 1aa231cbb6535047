"""Exports: every relation once, nothing that runs in a spreadsheet or a database, no personal number."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from graph.errors import InputError
from graph.store import Store
from tests.viz import cases
from tests.viz.cases import ASKED, HEAD, edge, near, relation, subject
from tests.viz.pages import full_number
from viz import export


def sample(*names: str) -> export.Neighbourhood:
    more = [
        relation("DIRECTOR", s, ASKED, s, title=s["name"]) for s in (subject(f"S{i}", n) for i, n in enumerate(names))
    ]
    return export.collect([near()["path"]], [relation("LEGAL_REP", HEAD, ASKED, HEAD), *more])


def test_each_subject_and_relation_once() -> None:
    found = sample()
    assert {s.id for s in found.subjects} == {"E1", "P1", "E2"}
    assert {(e.type, e.source, e.target) for e in found.edges} == {
        ("LEGAL_REP", "P1", "E1"),
        ("SHAREHOLDER", "P1", "E2"),
    }


def test_a_subject_only_referred_to_is_kept_by_its_id() -> None:
    found = export.collect(relations=[edge("DIRECTOR", HEAD, ASKED)])
    assert {(s.id, s.name) for s in found.subjects} == {("P1", "P1"), ("E1", "E1")}


def test_graphml_reads_back() -> None:
    back = nx.parse_graphml(export.render(sample(), "graphml"), force_multigraph=True)
    assert dict(back.nodes(data="label")) == {
        "E1": "青川宏远建设工程有限公司",
        "P1": "张明远",
        "E2": "青川鑫达商贸有限公司",
    }
    told = {(a, b, d["label"], d["record"], d.get("ratio")) for a, b, d in back.edges(data=True)}
    assert told == {
        ("P1", "E1", "LEGAL_REP", "officers.csv:12", None),
        ("P1", "E2", "SHAREHOLDER", "shareholders.csv:44", 0.6),
    }


def test_gexf_is_xml_with_all_nodes() -> None:
    root = ElementTree.fromstring(export.render(sample(), "gexf"))
    assert len([e for e in root.iter() if e.tag.endswith("}node")]) == 3


def test_csv_names_both_ends() -> None:
    rows = list(csv.DictReader(io.StringIO(export.render(sample(), "csv"))))
    assert {(r["source_name"], r["type"], r["target_name"], r["target_uscc"]) for r in rows} == {
        ("张明远", "LEGAL_REP", "青川宏远建设工程有限公司", "91999999MA1000001X"),
        ("张明远", "SHAREHOLDER", "青川鑫达商贸有限公司", ""),
    }


def test_a_lone_subject_has_a_row_of_its_own() -> None:
    rows = list(csv.DictReader(io.StringIO(export.render(export.collect(subjects=[ASKED]), "csv"))))
    assert [(r["source"], r["source_name"], r["target"], r["type"]) for r in rows] == [
        ("E1", "青川宏远建设工程有限公司", "", "")
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_begins_like_a_formula(start: str) -> None:
    text = export.render(sample(f"{start}cmd|' /C calc'!A0"), "csv") + export.subjects_csv(sample(f"{start}1+1"))
    for row in csv.reader(io.StringIO(text)):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_numbers_stay_numbers() -> None:
    assert [export.defuse(v) for v in (-0.5, "-0.5", "\tx", "甲")] == [-0.5, "'-0.5", "'\tx", "甲"]


def test_no_personal_number_leaves() -> None:
    number = full_number()
    person = subject("P9", f"王 {number}", "person", id_masked=number)
    found = export.collect(relations=[relation("DIRECTOR", person, ASKED, person, title=number, record=f"{number}:1")])
    for form in export.FORMATS:
        assert number not in export.render(found, form)


def test_an_unknown_form_or_type_is_refused() -> None:
    with pytest.raises(InputError):
        export.render(sample(), "xls")
    with pytest.raises(InputError):
        export.render(export.collect(relations=[edge("X]->() DETACH DELETE n //", HEAD, ASKED)]), "cypher")


def test_no_backslash_of_a_text_can_begin_a_unicode_escape() -> None:
    text = export.render(sample("\\u0027}) DETACH DELETE n //", "\\", "'", "a\\'b"), "cypher")
    assert not re.search(r"\\[uU]", text)
    outside = re.sub(r"'(?:[^'\\]|\\.)*'", "", text)
    assert "DELETE" not in outside
    assert "'" not in outside


def test_cypher_makes_the_same_graph_and_twice_changes_nothing(store: Store) -> None:
    names = [name for name in cases.HOSTILE if len(name) < 200] + ["\\u0027}) DETACH DELETE n //", "\\", "'", "-- //"]
    found = sample(*names)
    for _ in range(2):
        for statement in export.render(found, "cypher").splitlines():
            store.write(statement.removesuffix(";"))
    rows = store.read("MATCH (a:Subject)-[r]->(b:Subject) RETURN a.name AS a, type(r) AS type, b.id AS b")
    known = {s.id: s.name for s in found.subjects}
    assert sorted((r["a"], r["type"], r["b"]) for r in rows) == sorted(
        (known[e.source], e.type, e.target) for e in found.edges
    )


def test_written_whole_and_readable_by_excel(tmp_path: Path) -> None:
    export.write(sample(), "csv", tmp_path / "x.csv")
    raw = (tmp_path / "x.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\r\n") == 0
    export.write(sample(), "cypher", tmp_path / "x.cypher")
    assert not (tmp_path / "x.cypher").read_bytes().startswith(b"\xef\xbb\xbf")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.csv", "x.cypher"]
