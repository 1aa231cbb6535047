"""Writes the sample city: `python -m examples.generate [DIRECTORY]` (default: this folder).

Everything is made up. The same seed gives the same bytes; a test holds the committed files to it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import yaml

from examples.generator.credit import credit_files
from examples.generator.crowd import add_crowd
from examples.generator.files import csv_bytes
from examples.generator.golden import golden_files, golden_table
from examples.generator.registry import registry_files
from examples.generator.sheets import sheet_files
from examples.generator.supplement import supplement_files
from examples.generator.town import Town, raise_town

SEED = 20260601
HERE = Path(__file__).parent


def city(seed: int = SEED) -> dict[str, bytes]:
    """Every file made, by its path under `examples/`."""
    town, story = _town(seed)
    inside = registry_files(town) | credit_files(town) | supplement_files(town) | sheet_files(town, story)
    made = {f"city/{path}": content for path, content in inside.items()}
    return made | golden_files(town, story) | _refused(town)


def readme(text: str) -> str:
    """The README with its table of cases brought up to date."""
    table = golden_table(*_town(SEED))
    return re.sub(r"(<!-- golden.*?-->\n).*(<!-- /golden -->)", rf"\g<1>{table}\n\g<2>", text, flags=re.DOTALL)


def _town(seed: int) -> tuple[Town, dict[str, Any]]:
    town = raise_town(HERE / "cast.yaml")
    add_crowd(town, seed)
    return town, yaml.load((HERE / "story.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


def _refused(town: Town) -> dict[str, bytes]:
    """Golden case 14: a blacklist that does not say on which law it rests."""
    header = ("名称", "统一社会信用代码", "列入日期", "列入严重违法失信名单事由", "作出列入决定机关")
    rows = [(town.name(k), town.id(k), "2026-05-20", "信誉不佳", "乌有市某协会") for k in ("H5", "P10a", "P10b")]
    return {"refused/blacklist_without_basis.csv": csv_bytes(header, rows)}


def write(directory: Path) -> None:
    """Write every file under `directory`, and the table into its README if there is one."""
    for path, content in city().items():
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    page = directory / "README.md"
    if page.exists():
        page.write_text(readme(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
