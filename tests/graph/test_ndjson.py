"""Lines written by columns say what JSON of each row would say."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pytest

from graph import ndjson
from graph.errors import StoreError

HARD = ["plain", 'a "q"', "back\\slash", "line\nend", "\x00\x1f", "中文", "", "\u2028"]


def read(chunks: object) -> list[dict[str, object]]:
    return [json.loads(line) for chunk in chunks for line in bytes(chunk).decode().split("\n")[:-1]]  # type: ignore[attr-defined]


def test_every_text_and_number_is_what_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ndjson, "ROWS", 3)
    places = np.array([*range(len(HARD)), -1])
    made = ndjson.node_lines(
        "Subject",
        [
            ndjson.Coded("a", HARD, places),
            ndjson.Coded("b", [0.1, True, None, ["x"]], places % 4),
            ndjson.Own("c", pa.array([*HARD, None])),
        ],
        len(places),
    )
    wanted = []
    for n, place in enumerate(places.tolist()):
        row: dict[str, object] = {"@type": "vertex", "@class": "Subject"}
        row |= {"a": HARD[place]} if place >= 0 else {}
        row |= {"b": [0.1, True, None, ["x"]][place % 4]} if place % 4 != 2 else {}
        row |= {"c": HARD[n]} if n < len(HARD) and HARD[n] else {}
        wanted.append(row)
    assert read(made) == wanted


def test_relations_name_their_ends_by_place() -> None:
    ends = np.array([5, 6], dtype=np.int32)
    made = ndjson.relation_lines((["KIN", "CONCERT"], np.array([1, 0])), ends, ends[::-1], [])
    assert read(made) == [
        {"@type": "edge", "@class": "CONCERT", "@from": "5", "@to": "6"},
        {"@type": "edge", "@class": "KIN", "@from": "6", "@to": "5"},
    ]


def test_no_type_outside_the_vocabulary_and_no_row_at_all() -> None:
    none = np.zeros(0, dtype=np.int32)
    with pytest.raises(StoreError, match="词表"):
        list(ndjson.relation_lines((["ODD"], none), none, none, []))
    assert read(ndjson.node_lines("Subject", [], 0)) == []
