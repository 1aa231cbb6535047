"""Suggestions over a real graph: its facts, people told apart, no personal number that leads anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.store import Store
from queries.search.build import build
from queries.search.keeping import Search
from queries.stamp import stamp
from tests.conftest import EMPTY
from tests.queries.graphs import build as fill
from tests.queries.search.asking import DAY, GRAPH, PERSON_ID, PHONE, ask, ids


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("search")


@pytest.fixture(scope="module", params=["arcadedb", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def search(request: pytest.FixtureRequest, folder: Path) -> Search:
    """A search over the graph of the tests, which none of them changes, once on each engine."""
    store: Store = request.getfixturevalue(request.param)
    store.write(EMPTY)
    fill(store, GRAPH)
    build(store, folder / "search.db", stamp(store))
    return Search(store, folder / "search.db")


def test_namesakes_with_their_organisations_the_listed_one_first(search: Search) -> None:
    told = {one["subject"]["id"]: one for one in ask(search, "张三")}
    assert list(told) == ["p3", "p1", "p2", "p4"]
    here = {"id": "wq", "name": "乌有市问渠水务有限公司", "since": None, "until": None, "active": True}
    assert told["p1"]["organisation"] == {**here, "relation": "LEGAL_REP"}
    # A role he has goes before one he had; relatives are no organisation.
    assert told["p2"]["organisation"] == {**here, "relation": "SUPERVISOR"}
    assert told["p3"]["organisation"] is None
    assert {node: one["listed"] for node, one in told.items()} == {"p1": [], "p2": [], "p3": ["SXBZXR"], "p4": ["YZWF"]}


def test_what_takes_something_away_is_told_before_what_commends(search: Search) -> None:
    assert ask(search, "王五")[0]["listed"][0] == "SXBZXR"


def test_listed_is_as_of_the_day(search: Search) -> None:
    assert [one["listed"] for one in ask(search, "迟来")] == [[]]
    assert [one["listed"] for one in ask(search, "迟来", as_of="2025-06-02")] == [["SXBZXR"]]
    assert ids(search, "乌有市", as_of="2025-06-02")[0] == "late"


def test_what_has_ended_by_today_marks_nobody_on_a_past_day_either(search: Search) -> None:
    assert [one["listed"] for one in ask(search, "乌有市已修有限公司", as_of=DAY)] == [[]]


@pytest.mark.parametrize(
    ("asked", "day", "role"),
    [
        ("李四", DAY, ("old", "LEGAL_REP", None, "2024-01-01", False)),  # the other is over on that very day
        ("李四", "2025-05-31", ("late", "DIRECTOR", "2020-01-01", "2025-06-01", True)),
        ("王五", DAY, ("wq", "LEGAL_REP", "2025-06-02", None, False)),
        ("王五", "2025-06-02", ("wq", "LEGAL_REP", "2025-06-02", None, True)),
    ],
)
def test_a_role_that_is_over_or_to_come_is_not_told_as_one_he_has(
    search: Search, asked: str, day: str, role: tuple[str, str, str, str | None, bool]
) -> None:
    [found] = ask(search, asked, as_of=day)
    assert tuple(found["organisation"][name] for name in ("id", "relation", "since", "until", "active")) == role


def test_a_former_name_says_so(search: Search) -> None:
    [found] = ask(search, "旧名")
    assert (found["subject"]["id"], found["matched"], found["text"]) == ("old", "former", "乌有市旧名有限公司")


def test_no_personal_number_and_no_phone_finds_anybody(search: Search) -> None:
    asked = [PERSON_ID[:n] for n in range(4, 19)] + ["999999********0039", "0039", PHONE, PHONE[:5], "19900307"]
    for question in asked:
        answer = search.suggest(question, as_of=DAY, limit=50).to_json()
        assert answer["suggestions"] == [], question
        assert PERSON_ID not in str(answer)
        assert PHONE not in str(answer)
    told = str(search.suggest("张三", as_of=DAY, limit=50).to_json())
    assert "999999**********20" in told
    assert PERSON_ID not in told


def test_the_index_file_holds_no_personal_number(search: Search, folder: Path) -> None:
    data = (folder / "search.db").read_bytes()
    assert "问渠".encode() in data
    for number in (PERSON_ID, PERSON_ID[6:14], "999999********0039", PHONE):
        assert number.encode() not in data


def test_limit_and_more(search: Search) -> None:
    answer = search.suggest("张", as_of=DAY, limit=2)
    assert (len(answer.shown), answer.more) == (2, True)
    assert not search.suggest("张", as_of=DAY, limit=4).more


@pytest.mark.parametrize("asked", ["", "  ", "\u3000", "乌" * 101])
def test_nothing_or_too_much_is_refused(search: Search, asked: str) -> None:
    with pytest.raises(InputError):
        ask(search, asked)


@pytest.mark.parametrize("asked", ["\ud800", "乌\x00有", '"', "NEAR(", "*", "乌\ud800有"])
def test_hostile_input_finds_nothing_strange(search: Search, asked: str) -> None:
    assert set(ids(search, asked)) <= {"wq", "old", "late", "mended"}
