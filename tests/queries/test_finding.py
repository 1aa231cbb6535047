"""What a finding may do at most, and what a row comes to."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from queries.finding import Class, Decision, Effect, capped, decide

BLOCK, REVIEW, INFORM = Effect.BLOCK, Effect.REVIEW, Effect.INFORM


def cap(
    asked: Effect, cls: Class, *, certain: bool = True, disputed: bool = False, grades: Sequence[str] = ("text",)
) -> Effect:
    return capped(asked, cls, certain=certain, disputed=disputed, grades=grades)


@pytest.mark.parametrize("cls", [Class.LISTED_SELF, Class.STATUTORY])
def test_only_two_classes_can_block_when_everything_is_sure(cls: Class) -> None:
    assert cap(BLOCK, cls) is BLOCK
    assert cap(BLOCK, cls, grades=("unverified", "partial")) is BLOCK


@pytest.mark.parametrize("cls", [Class.STATUTORY_CONDITIONAL, Class.DISCRETIONARY, Class.LIABILITY])
def test_the_others_never_block(cls: Class) -> None:
    assert cap(BLOCK, cls) is REVIEW
    assert cap(INFORM, cls) is INFORM


@pytest.mark.parametrize("asked", list(Effect))
def test_an_alert_only_informs(asked: Effect) -> None:
    assert cap(asked, Class.ALERT) is INFORM


def test_what_is_not_sure_does_not_block() -> None:
    assert cap(BLOCK, Class.LISTED_SELF, certain=False) is REVIEW
    assert cap(BLOCK, Class.STATUTORY, disputed=True) is REVIEW
    assert cap(BLOCK, Class.STATUTORY, grades=("unverified",)) is REVIEW
    assert cap(BLOCK, Class.STATUTORY, grades=()) is REVIEW


def test_a_cap_never_raises() -> None:
    assert cap(INFORM, Class.LISTED_SELF, certain=False, disputed=True) is INFORM


@pytest.mark.parametrize(
    ("effects", "settled", "checked", "decision"),
    [
        ([BLOCK, INFORM], True, True, Decision.BLOCKED),
        ([INFORM, REVIEW], True, True, Decision.REVIEW),
        ([INFORM], True, True, Decision.NOTICE),
        ([], True, True, Decision.CLEAR),
        ([], True, False, Decision.REVIEW),  # a list it depends on was not there
        ([INFORM], True, False, Decision.NOTICE),
        ([], False, True, Decision.UNMATCHED),
        ([], False, False, Decision.UNMATCHED),
        ([INFORM], False, True, Decision.UNMATCHED),
        ([INFORM, REVIEW], False, True, Decision.REVIEW),
    ],
)
def test_decisions(effects: list[Effect], settled: bool, checked: bool, decision: Decision) -> None:
    assert decide(effects, settled=settled, checked=checked) is decision
