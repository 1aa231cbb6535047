"""Golden cases 7 and 7b of the domain facts, in the sample city as it is loaded."""

from __future__ import annotations

from pathlib import Path

from examples import generate
from graph.store import Store
from loaders.load import LoadOptions, load
from queries.subjects import find
from tests.queries.regimes.asking import DAY, asked

CITY = Path(generate.__file__).parent / "city"
REGIMES = ("P03", "P05", "P08")


def test_the_state_relates_nobody_and_a_group_of_the_state_does(store: Store, tmp_path: Path) -> None:
    folders = [CITY / name for name in ("entities", "records", "supplement")]
    load(store, folders, LoadOptions(snapshot=DAY, rejects=tmp_path))

    def related(name: str, regime: str, kind: str = "parties") -> set[str]:
        return {one["subject"]["name"] for one in asked(store, find(store, name).id, regime)[kind]}

    works, buses = "乌有市市政集团有限公司", "乌有市公交集团有限公司"
    group, energy, machines = "大荒集团有限公司", "大荒能源有限公司", "大荒装备有限公司"
    for regime in REGIMES:
        assert buses not in related(works, regime)
        assert works not in related(buses, regime)
        assert buses in related(works, regime, "exempted")
        assert {group, machines} <= related(energy, regime)
        assert {group, energy} <= related(machines, regime)
        assert {energy, machines} <= related(group, regime) or regime == "P08"  # no subsidiary of its own there
        assert not {works, buses} & related(energy, regime)
