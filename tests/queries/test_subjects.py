"""What people call a subject finds it, or says which ones it may be."""

from __future__ import annotations

import pytest

from graph.errors import NotFoundError
from graph.store import Store
from queries.subjects import find
from tests.queries.graphs import Graph, build, subject

GRAPH = Graph(
    [
        subject("f1", name="样例市测试有限公司", uscc="91999999000000001X"),
        subject("f2", name="样例市重名有限公司"),
        subject("f3", name="样例市重名有限公司"),
        subject("p1", "person", name="王小样", id_number="999999199003070020"),
    ],
    aliases=[
        {"id": "id old-1", "key": "old-1", "kind": "id", "subject": "f1"},
        {"id": "name 1", "key": "样例市旧名有限公司", "kind": "name", "subject": "f1"},
        {"id": "name 2", "key": "样例市测试有限公司", "kind": "name", "subject": "f1"},
        {"id": "name 3", "key": "王小样", "kind": "id", "subject": "f2"},
    ],
)


@pytest.mark.parametrize(
    "asked",
    ["f1", "old-1", "91999999000000001X", "91999999 0000 00001x", "样例市测试有限公司", " 样例市旧名有限公司 "],
)
def test_found_by_id_former_id_code_name_and_former_name(store: Store, asked: str) -> None:
    build(store, GRAPH)
    assert find(store, asked).id == "f1"


def test_an_id_goes_before_a_name(store: Store) -> None:
    build(store, GRAPH)
    assert find(store, "王小样").id == "f2"


def test_a_name_borne_by_two_lists_both(store: Store) -> None:
    build(store, GRAPH)
    with pytest.raises(NotFoundError) as error:
        find(store, "样例市重名有限公司")
    assert {candidate["id"] for candidate in error.value.candidates} == {"f2", "f3"}


@pytest.mark.parametrize("asked", ["", " ", "样例市", "999999199003070020", "f", "91999999000000002X"])
def test_no_part_of_a_name_no_personal_number_no_other_code(store: Store, asked: str) -> None:
    build(store, GRAPH)
    with pytest.raises(NotFoundError) as error:
        find(store, asked)
    assert error.value.candidates == ()
