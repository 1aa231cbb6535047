"""Saved investigations: kept as they came, never overwritten unseen, safe from loads, carried by a backup."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph import dump
from graph.errors import InputError
from graph.store import Store
from queries.investigations import (
    MOST_BYTES,
    ChangedMeanwhileError,
    Draft,
    NoInvestigationError,
    change,
    create,
    delete,
    every,
    one,
)
from queries.stamp import stamp

VIEW = {"nodes": [{"id": "甲", "x": 1.5, "y": -2}], "note": '引号" 与 \\ 与 😀', "deep": {"a": [None, True]}}


def test_what_is_saved_comes_back_as_it_was(store: Store) -> None:
    made = create(store, Draft(" 核查一 ", "说明", VIEW))
    assert one(store, made.id) == made
    assert (made.name, made.note, made.version, made.view) == ("核查一", "说明", 1, VIEW)
    assert made.created_at == made.changed_at
    (head,) = every(store)
    assert (head.id, head.view) == (made.id, None)


def test_a_change_counts_versions_and_an_old_one_changes_nothing(store: Store) -> None:
    made = create(store, Draft("一", "", VIEW))
    second = change(store, made.id, Draft("二", "", {}), 1)
    assert (second.version, second.name, second.view) == (2, "二", {})
    with pytest.raises(ChangedMeanwhileError, match="第 2 版"):
        change(store, made.id, Draft("三", "", VIEW), 1)
    assert one(store, made.id) == second


def test_a_change_tried_again_after_its_answer_was_lost_is_saved_once(store: Store) -> None:
    made = create(store, Draft("一", "", VIEW))
    saved = change(store, made.id, Draft("二", "", {}), 1)
    assert change(store, made.id, Draft("二", "", {}), 1) == saved
    with pytest.raises(ChangedMeanwhileError):
        change(store, made.id, Draft("二", "别的", {}), 1)


def test_numbers_of_persons_are_masked_in_what_is_saved(store: Store) -> None:
    number, phone = "999999199003070020", "13912345678"
    view = {"nodes": {"甲": {"note": f"证件 {number}"}}, "groups": {"g": {"name": phone}}, "asOf": "2026-06-01"}
    made = create(store, Draft(f"张三{number}", phone, view))
    told = str(one(store, made.id).to_json()) + str([head.to_json() for head in every(store)])
    assert number not in told
    assert phone not in told
    assert made.view is not None
    assert (made.view["asOf"], made.name[:2]) == ("2026-06-01", "张三")


def test_a_view_too_deep_to_be_told_again_is_refused(store: Store) -> None:
    deep: dict[str, object] = {}
    for _ in range(400):
        deep = {"a": deep}
    with pytest.raises(InputError, match="嵌套过深"):
        Draft("深", "", deep)
    with pytest.raises(InputError, match="嵌套过深"):
        Draft("深", "", {"a": [[deep]]})
    assert every(store) == ()


def test_of_two_that_save_the_same_version_at_once_one_is_told(store: Store) -> None:
    made = create(store, Draft("一", "", {}))

    def save(name: str) -> int | None:
        try:
            return change(store, made.id, Draft(name, "", {}), 1).version
        except ChangedMeanwhileError:
            return None

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(save, "甲乙丙丁"))
    assert sorted(told, key=str) == [2, None, None, None]
    assert one(store, made.id).version == 2


def test_what_is_deleted_is_gone(store: Store) -> None:
    made = create(store, Draft("一", "", {}))
    delete(store, made.id)
    assert every(store) == ()
    for again in (lambda: delete(store, made.id), lambda: one(store, made.id)):
        with pytest.raises(NoInvestigationError):
            again()
    with pytest.raises(NoInvestigationError):
        change(store, made.id, Draft("二", "", {}), 1)


def test_too_long_too_large_and_too_many_are_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, note in (("", ""), ("   ", ""), ("名" * 101, ""), ("名", "注" * 2_001)):
        with pytest.raises(InputError):
            Draft(name, note, {})
    with pytest.raises(InputError, match="画面过大"):
        Draft("名", "", {"text": "字" * (MOST_BYTES // 3)})
    with pytest.raises(InputError, match="有限"):
        Draft("名", "", {"x": float("nan")})
    large = create(store, Draft("名" * 100, "", {"text": "字" * (MOST_BYTES // 3 - 10)}))
    assert len(one(store, large.id).to_json()["view"]["text"]) == MOST_BYTES // 3 - 10
    monkeypatch.setattr("queries.investigations.MOST", 1)
    with pytest.raises(InputError, match="已满"):
        create(store, Draft("二", "", {}))
    assert len(every(store)) == 1


def test_saving_is_no_change_of_the_graph(store: Store) -> None:
    before = stamp(store)
    create(store, Draft("一", "", VIEW))
    assert stamp(store) == before


def test_a_dump_carries_them(store: Store, tmp_path: Path) -> None:
    made = create(store, Draft("一", "说明", VIEW))
    dump.write(store, tmp_path / "dump.gz")
    nodes, _ = dump.read(tmp_path / "dump.gz")
    (node,) = nodes
    assert (node[0], node[2]["id"], node[2]["version"]) == ("Investigation", made.id, 1)
