"""A small fictional `ownership` answer for the tests of reports."""

from __future__ import annotations

from typing import Any

from tests.viz.cases import ASKED, HEAD, Json, edge, path, subject

GROUP = subject("G1", "青川城投集团有限公司")
BUREAU = subject("V1", "青川市国有资产监督管理委员会", "government")
HELD = subject("E3", "青川远航物流有限公司")
DEEP = subject("E4", "青川远航仓储有限公司")


def row(other: Json, way: list[Json], edges: list[Json], **more: Any) -> Json:
    """An entry of `owners` or `holdings`; `way` begins with the asked subject."""
    told: Json = {"subject": other, "direct": 0.0, "direct_max": None, "integrated": 0.0, "integrated_max": None}
    rest = {"at_least": False, "controls": False, "control": None, "stop": False, "path": path(way, edges)}
    return {**told, **rest, **more}


def grip(how: str, votes: float) -> Json:
    return {"how": how, "votes": votes, "declared": False}


def held(source: Json, target: Json, ratio: float | None, **more: Any) -> Json:
    return edge("SHAREHOLDER", source, target, ratio=ratio, record="capital.csv:7", **more)


def answer(**more: Any) -> Json:
    """The group holds 60 % (control), the bureau all of the group; 张明远 holds an unknown share; two steps down."""
    up = held(GROUP, ASKED, 0.6)
    down = held(ASKED, HELD, 0.8)
    owners = [
        row(GROUP, [ASKED, GROUP], [up], direct=0.6, direct_max=0.6, integrated=0.6, controls=True,
            control=grip("votes", 0.6)),
        row(BUREAU, [ASKED, GROUP, BUREAU], [up, held(BUREAU, GROUP, 1.0)], integrated=0.6, controls=True,
            control=grip("declared", 1.0)),
        row(HEAD, [ASKED, HEAD], [held(HEAD, ASKED, None)], at_least=True, integrated_max=0.4),
    ]  # fmt: skip
    holdings = [
        row(HELD, [ASKED, HELD], [down], direct=0.8, direct_max=0.8, integrated=0.8, controls=True,
            control=grip("votes", 0.8)),
        row(DEEP, [ASKED, HELD, DEEP], [down, held(HELD, DEEP, 0.3)], integrated=0.24),
    ]  # fmt: skip
    told: Json = {
        "subject": ASKED,
        "as_of": "2025-07-01",
        "directions": ["up", "down"],
        "owners": owners,
        "holdings": holdings,
        "owners_total": len(owners),
        "holdings_total": len(holdings),
        "ultimate_controllers": [GROUP],
        "state_controllers": [BUREAU],
        "beneficial_owners": [],
        "possible_beneficial_owners": [{"subject": HEAD, "share_max": 0.4}],
        "beneficial_rule": {"others_possible": False, "untraced": 0.0},
        "cycle_names": [["青川远航物流有限公司", "青川远航仓储有限公司"]],
        "scaled": [{"subject": DEEP, "sum": 1.2}],
        "unknown": [{"holder": "P1", "held": "E1"}],
        "conflicts": [],
        "warnings": [],
        "complete": True,
        "cut": None,
    }
    return {**told, **more}
