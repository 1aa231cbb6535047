"""Documents as JSON files: written piece by piece, an entry a line; nothing is left behind where one cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from viz.writing import as_json, joined, write

DOCUMENT = {
    "name": "乌有市\n“一”",
    "none": [],
    "rows": [{"n": 1, "of": [{"a": None}]}, {"n": 2.5}],
    "frame": {"x": [1]},
}


def test_what_is_written_is_the_document() -> None:
    text = joined(as_json(DOCUMENT)).decode()
    assert json.loads(text) == DOCUMENT
    assert "乌有市" in text
    assert json.loads(joined(as_json({}))) == {}


def test_an_entry_stands_on_a_line_of_its_own() -> None:
    lines = [line.strip().rstrip(",") for line in joined(as_json(DOCUMENT)).decode().splitlines()]
    assert [json.loads(line)["n"] for line in lines if line.startswith('{"n"')] == [1, 2.5]


def test_what_is_no_json_leaves_no_file(tmp_path: Path) -> None:
    place = tmp_path / "a.json"
    with pytest.raises(ValueError, match="Out of range"):
        write({"rows": [{"n": 1}, {"n": float("nan")}]}, place, {".json": as_json})
    assert not list(tmp_path.iterdir())
