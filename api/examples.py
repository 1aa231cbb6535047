"""Where the sample city lies: beside the code in a checkout, else where the wheel puts it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

from graph.errors import InputError


@dataclass(frozen=True, slots=True)
class City:
    """What the demo uses: the files to load, the day they speak of, one subject, one list of applicants and for what
    these are screened.
    """

    load: tuple[Path, ...]
    as_of: str
    snapshot: str
    subject: str
    applicants: Path
    scenario: str


def city() -> City:
    """The sample city as `examples/demo.yaml` describes it. Raises InputError where it is not installed."""
    folder = _folder()
    told = yaml.safe_load((folder / "demo.yaml").read_text(encoding="utf-8"))
    return City(
        load=tuple(folder / path for path in told["load"]),
        as_of=told["as_of"],
        snapshot=told["snapshot"],
        subject=told["subject"],
        applicants=folder / told["applicants"],
        scenario=told["scenario"],
    )


def _folder() -> Path:
    places = (
        Path(__file__).resolve().parent.parent / "examples",
        Path(sys.prefix) / "share" / "xinmai" / "examples",
    )
    for place in places:
        if (place / "demo.yaml").is_file():
            return place
    raise InputError("找不到样例数据 examples/", value=str(places[0]), remedy="在项目目录中运行，或重新安装")
