"""Loading packages into both stores: whole, once, with what was refused said."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.store import Store, Tx, open_store
from loaders import apply, maybe_same
from loaders.unload import unload
from tests.loaders.packages import listings, load_one, package, relations, subjects

SUBJECTS = """
    id,kind,name,uscc,id_type,id_number,aliases
    a,enterprise,甲公司,51441800000000019M,,,
    b,enterprise,乙公司,,,,老乙公司
    p,person,王一,,,,
"""
RELATIONS = """
    source,target,type,ratio,title,since,until
    p,a,LEGAL_REP,,,2020-01-01,
    51441800000000019M,b,SHAREHOLDER,0.6,,,
"""
LISTINGS = """
    id,subject,list,basis,listed_on,removed_on,state
    l1,a,SXBZXR,法释〔2017〕7号,2024-01-01,,listed
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return package(tmp_path / "pkg", subjects=SUBJECTS, relations=RELATIONS, listings=LISTINGS)


def test_a_package_becomes_the_graph_it_says(store: Store, folder: Path) -> None:
    tally = load_one(store, folder)
    assert subjects(store) == {("a", "甲公司"), ("b", "乙公司"), ("p", "王一")}
    assert relations(store) == {("LEGAL_REP", "p", "a", "2020-01-01", ""), ("SHAREHOLDER", "a", "b", "", "")}
    assert listings(store) == {("l1", "a", "listed", "")}
    assert tally.rejected == []
    assert tally.to_json()["relations"] == {"added": 2, "changed": 0, "unchanged": 0, "ended": 0}


def test_loading_twice_changes_nothing(store: Store, folder: Path) -> None:
    load_one(store, folder)
    before = _everything(store)
    tally = load_one(store, folder)
    again = tally.to_json()
    for thing in ("subjects", "relations", "listings"):
        assert again[thing]["added"] == again[thing]["changed"] == 0, thing
    assert again["subjects"]["unchanged"] == 3
    assert _everything(store) == before


def _everything(store: Store) -> set[str]:
    nodes = store.read("MATCH (n) WHERE NOT n:Source RETURN labels(n) AS l, properties(n) AS p")
    edges = store.read("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, b.id AS b, properties(r) AS p")
    return {repr(sorted((k, repr(v)) for k, v in row.items())) for row in [*nodes, *edges]}


def test_parallel_relations_are_kept_and_repeats_are_not(store: Store, tmp_path: Path) -> None:
    rows = "source,target,type,ratio\na,b,SHAREHOLDER,0.3\na,b,SHAREHOLDER,0.2\na,b,SHAREHOLDER,0.3\n"
    folder = package(tmp_path / "pkg", subjects=SUBJECTS, relations=rows)
    tally = load_one(store, folder)
    found = store.read("MATCH (:Subject)-[r:SHAREHOLDER]->(:Subject) RETURN r.ratio AS ratio")
    assert sorted(r["ratio"] for r in found) == [0.2, 0.3]
    assert any("完全相同" in w for w in tally.warnings)
    assert load_one(store, folder).relations.added == 0


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("type", "OWNS", "不在词汇表中"),
        ("ratio", "1.2", "0 到 1"),
        ("since", "2024-02-30", "不是有效日期"),
        ("target", "nobody", "主体不存在：nobody"),
        ("source", "p", "起点不能是自然人"),
    ],
)
def test_a_bad_relation_is_rejected_with_its_line_and_the_rest_loads(
    store: Store, tmp_path: Path, column: str, value: str, reason: str
) -> None:
    row = {"source": "a", "target": "b", "type": "BRANCH_OF", "ratio": "", "since": "", column: value}
    text = f"{','.join(row)}\n{','.join(row.values())}\np,a,LEGAL_REP,,\n"
    tally = load_one(store, package(tmp_path / "pkg", subjects=SUBJECTS, relations=text))
    assert [(r.file, r.line) for r in tally.rejected] == [("pkg/relations.csv", 2)]
    assert reason in tally.rejected[0].reason
    assert {r[0] for r in relations(store)} == {"LEGAL_REP"}


def test_a_row_with_evidence_of_its_own_is_rejected_where_it_stands(store: Store, tmp_path: Path) -> None:
    text = "source,target,type,record\np,nobody,LEGAL_REP,档案第7卷\np,a,LEGAL_REP,档案第8卷\n"
    tally = load_one(store, package(tmp_path / "pkg", subjects=SUBJECTS, relations=text))
    assert [(r.file, r.line) for r in tally.rejected] == [("pkg/relations.csv", 2)]
    assert store.read("MATCH ()-[r:LEGAL_REP]->() RETURN r.record AS record") == [{"record": "档案第8卷"}]


@pytest.mark.parametrize("state", ["repaired", "revoked", "expired"])
def test_an_ended_state_without_its_day_is_rejected(store: Store, tmp_path: Path, state: str) -> None:
    text = LISTINGS.replace(",listed\n", f",{state}\n")
    tally = load_one(store, package(tmp_path / "pkg", subjects=SUBJECTS, listings=text))
    assert listings(store) == set()
    assert "removed_on" in tally.rejected[0].reason


@pytest.mark.parametrize("text", [LISTINGS.replace("法释〔2017〕7号", ""), "id,subject,list\nl1,a,SXBZXR\n"])
def test_a_list_without_a_legal_basis_stops_the_load(store: Store, tmp_path: Path, text: str) -> None:
    folder = package(tmp_path / "pkg", subjects=SUBJECTS, listings=text)
    with pytest.raises(InputError, match="basis"):
        load_one(store, folder)
    assert subjects(store) == set()


def test_a_basis_missing_in_some_rows_rejects_those(store: Store, tmp_path: Path) -> None:
    text = LISTINGS + "    l2,b,SXBZXR,,2024-01-01,,listed\n"
    tally = load_one(store, package(tmp_path / "pkg", subjects=SUBJECTS, listings=text))
    assert {row[0] for row in listings(store)} == {"l1"}
    assert "缺少法律依据" in tally.rejected[0].reason


def test_branches_in_a_circle_are_rejected(store: Store, tmp_path: Path) -> None:
    text = "source,target,type\na,b,BRANCH_OF\nb,a,BRANCH_OF\np,a,LEGAL_REP\n"
    tally = load_one(store, package(tmp_path / "pkg", subjects=SUBJECTS, relations=text))
    assert {r.line for r in tally.rejected} == {2, 3}
    assert {r[0] for r in relations(store)} == {"LEGAL_REP"}


def test_a_table_with_a_header_and_no_rows_is_no_error(store: Store, tmp_path: Path) -> None:
    empty = "id,subject,list,basis\n"
    tally = load_one(store, package(tmp_path / "pkg", subjects=SUBJECTS, listings=empty))
    assert tally.subjects.added == 3
    with pytest.raises(InputError, match="没有一行"):
        load_one(store, package(tmp_path / "none", subjects="id,kind,name\n"))


def test_a_firm_as_legal_representative_is_principal_or_general_partner(store: Store, tmp_path: Path) -> None:
    rows = "id,kind,form,name\na,enterprise,,甲\nb,enterprise,,乙\nf,enterprise,partnership,丙合伙\n"
    text = "source,target,type\na,b,LEGAL_REP\na,f,LEGAL_REP\n"
    load_one(store, package(tmp_path / "pkg", subjects=rows, relations=text))
    assert {r[:3] for r in relations(store)} == {("PRINCIPAL", "a", "b"), ("GENERAL_PARTNER", "a", "f")}


def test_an_id_that_holds_a_personal_number_is_rejected(store: Store, tmp_path: Path) -> None:
    rows = "id,kind,name\n11010519491231002X,person,王一\nq,person,王二\n"
    tally = load_one(store, package(tmp_path / "pkg", subjects=rows))
    assert {s[0] for s in subjects(store)} == {"q"}
    assert "身份证" in tally.rejected[0].reason
    assert "11010519491231002X" not in str(tally.to_json())


def test_delta_touches_only_the_rows_present(store: Store, folder: Path) -> None:
    load_one(store, folder)
    package(folder, relations="source,target,type,since,until\np,a,LEGAL_REP,2020-01-01,2024-05-01\n")
    tally = load_one(store, folder)
    assert (tally.relations.changed, tally.relations.ended) == (1, 0)
    assert ("LEGAL_REP", "p", "a", "2020-01-01", "2024-05-01") in relations(store)
    assert ("SHAREHOLDER", "a", "b", "", "") in relations(store)


def test_full_ends_what_is_absent_on_the_snapshot_day(store: Store, folder: Path) -> None:
    load_one(store, folder)
    package(folder, relations="source,target,type,since\np,a,LEGAL_REP,2020-01-01\n")
    tally = load_one(store, folder, mode="full", snapshot="2025-03-01", allow_shrink=True)
    assert tally.relations.ended == 1
    assert ("SHAREHOLDER", "a", "b", "", "2025-03-01") in relations(store)
    records = store.read("MATCH ()-[r:SHAREHOLDER]->() RETURN r.record AS record")
    assert records == [{"record": "absent in relations.csv"}]


def test_a_source_that_shrank_stops_the_load_unless_allowed(store: Store, folder: Path) -> None:
    load_one(store, folder)
    before = _everything(store)
    package(folder, relations="source,target,type,since\np,a,LEGAL_REP,2020-01-01\n")
    with pytest.raises(InputError, match="allow-shrink"):
        load_one(store, folder, mode="full", snapshot="2025-03-01")
    assert _everything(store) == before


def test_what_comes_back_is_active_again(store: Store, folder: Path) -> None:
    load_one(store, folder)
    other = package(
        folder.parent / "cut", subjects=SUBJECTS, relations="source,target,type,since\np,a,LEGAL_REP,2020-01-01\n"
    )
    load_one(store, other, mode="full", snapshot="2025-03-01", allow_shrink=True)
    load_one(store, folder, mode="full", snapshot="2025-04-01")
    assert ("SHAREHOLDER", "a", "b", "", "") in relations(store)


def test_a_load_that_fails_half_way_leaves_the_graph_as_it_was(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_one(store, folder)
    before = _everything(store)
    package(
        folder, subjects=SUBJECTS + "    c,enterprise,丙公司,,,,\n", relations="source,target,type\nc,a,SHAREHOLDER\n"
    )
    run = Tx.run

    def failing(tx: Tx, cypher: str, /, **params: object) -> list[dict[str, object]]:
        if "MERGE (s:Source" in cypher:
            raise OSError("the client dies before its last statement")
        return run(tx, cypher, **params)

    monkeypatch.setattr(Tx, "run", failing)
    with pytest.raises(OSError, match="dies"):
        load_one(store, folder)
    monkeypatch.setattr(Tx, "run", run)
    assert _everything(store) == before


def test_an_entry_that_names_a_person_lists_the_role_holder_of_that_name_only(store: Store, tmp_path: Path) -> None:
    names = "listing,subject,name,id_number,role\nl1,,王一,,LEGAL_REP\n"
    rows = "id,kind,name\na,enterprise,甲公司\np,person,王一\n"
    load_one(store, package(tmp_path / "pkg", subjects=rows, listings=LISTINGS, listing_names=names))
    named = store.read("MATCH (s)-[:NAMED_IN]->(l:Listing) RETURN s.id AS s, l.id AS l")
    assert named == [{"s": "王一@a", "l": "l1"}]


def test_events_and_contacts_are_kept_once(store: Store, folder: Path) -> None:
    package(
        folder,
        events="listing,state,on\nl1,objected,2024-03-01\nl1,rejected,2024-02-01\n",
        contacts="subject,kind,value\na,phone,0999-5550100\nb,phone,09995550100\n",
    )
    load_one(store, folder)
    load_one(store, folder)
    events = store.read("MATCH (l:Listing) RETURN l.events AS e")[0]["e"]
    assert [e.split(" ")[:2] for e in events] == [["2024-02-01", "rejected"], ["2024-03-01", "objected"]]
    shared = store.read("MATCH (s)-[:CONTACT]->(c:Contact) RETURN s.id AS s, c.id AS c")
    assert {(r["s"], r["c"]) for r in shared} == {("a", "phone|09995550100"), ("b", "phone|09995550100")}


def test_writing_goes_in_batches_within_one_transaction(store: Store, tmp_path: Path) -> None:
    many = "id,kind,name\n" + "".join(f"s{i},enterprise,公司{i}\n" for i in range(12_000))
    tally = load_one(store, package(tmp_path / "pkg", subjects=many))
    assert tally.subjects.added == 12_000
    assert store.read("MATCH (s:Subject) RETURN count(s) AS n") == [{"n": 12_000}]
    assert apply.WRITE_SECONDS > 0


def test_the_bulk_door_and_the_transaction_make_the_same_graph(embedded_dir: Path, tmp_path: Path) -> None:
    folder = package(
        tmp_path / "pkg",
        subjects=SUBJECTS,
        relations=RELATIONS,
        listings=LISTINGS,
        listing_names="listing,name,role\nl1,王一,LEGAL_REP\n",
        contacts="subject,kind,value\na,phone,0999-5550100\n",
    )
    other = package(tmp_path / "more", subjects="id,kind,name,region\na,enterprise,甲公司,999999\n")
    with open_store(embedded_dir) as store:
        assert store.can_bulk()
        load_one(store, folder)
        load_one(store, other, source="other")
        bulk = _everything(store)
        unload(store, "other")
        unload(store, "package")
        store.write("CREATE (:Listing {id: 'keeps the bulk door shut'})")
        assert not store.can_bulk()
        load_one(store, folder)
        load_one(store, other, source="other")
        store.write("MATCH (l:Listing {id: 'keeps the bulk door shut'}) DELETE l")
        assert _everything(store) == bulk


def test_a_bulk_load_that_fails_leaves_an_empty_graph(embedded_dir: Path, folder: Path) -> None:
    with open_store(embedded_dir) as store:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(maybe_same, "between", _dies)
            with pytest.raises(OSError, match="dies"):
                load_one(store, folder)
        assert subjects(store) == set()
        assert load_one(store, folder).subjects.added == 3


def _dies(*_: object) -> None:
    raise OSError("the client dies at its last step")
