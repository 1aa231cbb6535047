"""Reading, writing and refusing: the same on both engines."""

from __future__ import annotations

import threading

import pytest

from graph import schema
from graph.errors import InputError, StoreError
from graph.store import Store, Tx, open_store
from tests import neo4j_server


def test_rows_come_back_as_plain_values(store: Store) -> None:
    store.write(
        "CREATE (a:Subject {id: $a, name: '甲公司', tags: ['x', 'y'], ratio: 0.5, count: 3, ok: true})"
        "-[:SHAREHOLDER {ratio: 0.25, record: 'f.csv:2'}]->(b:Subject {id: $b})",
        a="a",
        b="b",
    )
    node = {"id": "a", "name": "甲公司", "tags": ["x", "y"], "ratio": 0.5, "count": 3, "ok": True}
    edge = {"ratio": 0.25, "record": "f.csv:2"}
    assert store.read("MATCH (a)-[r]->(b) RETURN a, r, {b: b, all: [r]} AS more, null AS none") == [
        {"a": node, "r": edge, "more": {"b": {"id": "b"}, "all": [edge]}, "none": None}
    ]
    [row] = store.read("MATCH p = (:Subject {id: 'a'})-->() RETURN p")
    assert row == {"p": {"nodes": [node, {"id": "b"}], "relations": [edge]}}


def test_parameters_are_never_text(store: Store) -> None:
    nasty = "x'}) DETACH DELETE n //"
    store.write("CREATE (:Subject {id: 'a', name: $name})", name=nasty)
    assert store.read("MATCH (n:Subject {name: $name}) RETURN n.name AS name", name=nasty) == [{"name": nasty}]


def test_a_batch_of_many_megabytes_goes_through(store: Store) -> None:
    rows = [{"id": str(i), "text": "公司" * 500} for i in range(10_000)]  # 30 MB
    store.write("UNWIND $rows AS row CREATE (s:Subject {id: row.id}) SET s.length = size(row.text)", rows=rows)
    assert store.read("MATCH (s:Subject) RETURN count(s) AS n, sum(s.length) AS l") == [{"n": 10_000, "l": 10**7}]


def test_several_statements_are_one_transaction(store: Store) -> None:
    def work(tx: Tx) -> int:
        tx.run("CREATE (:Subject {id: 'a'})")
        tx.run("CREATE (:Subject {id: 'b'})")
        return len(tx.run("MATCH (n:Subject) RETURN n"))

    assert store.transact(work) == 2


def test_nothing_stays_of_a_transaction_that_fails(store: Store) -> None:
    def work(tx: Tx) -> None:
        tx.run("CREATE (:Subject {id: 'a'})")
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        store.transact(work)
    assert store.read("MATCH (n) RETURN n") == []


def test_an_id_is_not_given_twice_and_the_message_does_not_repeat_it(store: Store) -> None:
    store.write("CREATE (:Subject {id: '999999199001011234'})")
    with pytest.raises(StoreError, match="唯一约束") as caught:
        store.write("CREATE (:Subject {id: '999999199001011234'})")
    assert "1990" not in str(caught.value)


def test_a_bad_statement_is_refused_with_the_engines_words(store: Store) -> None:
    with pytest.raises(StoreError, match="拒绝了语句"):
        store.read("MATCH (n RETURN n")


def test_reading_types_nobody_has_used_yet_finds_nothing(store: Store) -> None:
    assert store.read("MATCH (:Subject)-[r:NEVER_USED]->(:Nowhere) RETURN r") == []
    assert store.read("MATCH (:Subject)-[r:KIN|CONCERT]-(:Subject) RETURN count(r) AS n") == [{"n": 0}]


def test_two_writers_of_one_node_both_succeed(store: Store) -> None:
    store.write("CREATE (:Subject {id: 'a', n: 0})")
    threads = [
        threading.Thread(
            target=lambda: [store.write("MATCH (s:Subject {id: 'a'}) SET s.n = s.n + 1") for _ in range(10)]
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.read("MATCH (s:Subject) RETURN s.n AS n") == [{"n": 40}]


def test_the_schema_is_there_and_making_it_again_changes_nothing(store: Store) -> None:
    schema.ensure(store)
    named = {row["name"] for row in store.read("SHOW INDEXES")}
    named |= {row["name"] for row in store.read("SHOW CONSTRAINTS")}
    assert set(schema.statements()) <= named


def test_a_statement_without_a_name_in_the_schema_file_is_a_mistake() -> None:
    assert len(schema.statements()) == 14


def test_name_and_location_say_what_it_is_and_no_password(store: Store) -> None:
    assert store.name.split()[0] in {"ArcadeDB", "Neo4j"}
    assert store.name.split()[1][0].isdigit()
    assert store.endpoint.password not in store.location + repr(store.endpoint)


@pytest.mark.parametrize(
    ("url", "words"),
    [("http://u:geheim@h", "不认识"), ("bolt://u:ge/heim@h:1", "写法不对"), ("mysql://h", "不认识")],
)
def test_a_strange_address_is_refused_and_not_repeated(url: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        open_store(url)
    assert "geheim" not in str(caught.value)
    assert "ge/heim" not in str(caught.value)


def test_nobody_at_the_address() -> None:
    with pytest.raises(StoreError, match="连接不上") as caught:
        open_store("bolt://u:geheim@127.0.0.1:1")
    assert "geheim" not in str(caught.value)


@pytest.mark.neo4j
def test_a_wrong_password_is_said_so(neo4j_process: neo4j_server.NeoServer) -> None:
    with pytest.raises(StoreError, match="拒绝登录"):
        open_store(neo4j_process.url.replace("neo4j:", "neo4j:x"))


@pytest.mark.neo4j
def test_user_and_password_may_stand_in_the_environment(
    neo4j_process: neo4j_server.NeoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    login, place = neo4j_process.url.removeprefix("bolt://").split("@")
    monkeypatch.setenv("XINMAI_DB_USER", login.split(":")[0])
    monkeypatch.setenv("XINMAI_DB_PASSWORD", login.split(":")[1])
    with open_store(f"bolt://{place}/neo4j") as opened:
        assert opened.read("RETURN 1 AS one") == [{"one": 1}]
        assert opened.location == f"bolt://{place}/neo4j"


@pytest.mark.neo4j
def test_what_takes_too_much_memory_is_ended_and_the_message_says_what_to_do(
    neo4j_process: neo4j_server.NeoServer,
) -> None:
    with open_store(neo4j_process.url) as opened:
        with pytest.raises(StoreError, match=r"需要的内存超过库的上限.*neo4j-import"):
            opened.read(
                "UNWIND range(1, $most) AS n WITH collect({n: n, text: 't' + n}) AS kept RETURN size(kept)",
                most=30_000_000,
            )
        assert opened.read("RETURN 1 AS one") == [{"one": 1}]
