"""The service's log: what went wrong, without the numbers of people."""

from __future__ import annotations

import logging

import pytest

from api.logs import write_down
from tests.api.conftest import PERSON_ID


def test_a_traceback_is_written_without_personal_numbers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])  # given back after the test
    monkeypatch.setattr(root, "level", root.level)
    write_down()
    try:
        raise ValueError(f"unreadable: {PERSON_ID!r}")
    except ValueError:
        logging.getLogger("api.faults").exception("asked for %s", PERSON_ID)
    written = capsys.readouterr().err
    assert "ValueError" in written
    assert "api.faults" in written
    assert PERSON_ID not in written
