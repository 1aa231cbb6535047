"""The register read by blocks and columns says, rejects and warns of exactly what it does row by row."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.store import Store, open_store
from loaders import blocks, cn_register
from loaders.columns import is_compact
from loaders.facts import TABLES, Facts
from loaders.load import LoadOptions, load
from loaders.sources import SOURCES
from tests.conftest import EMPTY
from tests.loaders import register_by_rows
from tests.loaders.registers import HEADER, register
from tests.loaders.test_fresh import everything, told

LONE_RETURN = re.compile(r"\r(?!\n)")
Read = Callable[[Sequence[Path], str], Facts]
BITS = (
    *(
        "乌有",
        "子虚",
        "公司",
        "有限公司",
        "分公司",
        "基金",
        "计划",
        "组合",
        "厂",
        "店",
        "分店",
        "专业合作社",
        "合伙企业",
    ),
    *(
        "(有限合伙)",
        "（有限合伙）",
        "律师事务所",
        "信托计划",
        "资产管理",
        "证券投资",
        "银行",
        "-",
        " ",
        "A",
        "１",
        "·",
        "\u3000",
        "\n",
    ),
)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("register") / "data") as store:
        yield store


def outcome(read: Read, paths: Sequence[Path], snapshot: str) -> list[object]:
    """All that was read, every table as rows of texts; a line break that is a carriage return alone as any other."""
    facts = read(paths, snapshot)
    tables = [getattr(facts, name).astype(object) for name in TABLES]
    rows = [[list(table.columns), *table.to_numpy().tolist()] for table in tables]
    rejected = [[r.file, r.line, r.reason, r.row] for r in facts.rejected]
    return [_same_ends(one) for one in (*rows, rejected, facts.warnings)]


def _same_ends(found: Any) -> object:
    if isinstance(found, str):
        return LONE_RETURN.sub("\n", found)
    return [_same_ends(one) for one in found] if isinstance(found, list) else found


def compare(folder: Path, seed: int, patch: pytest.MonkeyPatch) -> None:
    """Read one register both ways, in blocks of some rows or in one."""
    paths = register(folder / str(seed), seed)
    patch.setattr(blocks, "BLOCK", (300, 2_000, 1 << 25)[seed % 3])
    snapshot = "2019-06-30" if seed % 4 == 0 else ""
    assert outcome(cn_register.read, paths, snapshot) == outcome(register_by_rows.read, paths, snapshot)


@pytest.mark.parametrize("seed", range(20))
def test_any_register_says_what_it_says_row_by_row(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compare(tmp_path, seed, monkeypatch)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1_000, 1_500))
def test_many_registers_say_what_they_say_row_by_row(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(tmp_path, seed, monkeypatch)


@pytest.mark.parametrize("seed", [0, 3, 4])
def test_the_graph_is_the_one_made_row_by_row(
    new: Store, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 1_000)
    paths, options = register(tmp_path / "r", seed), LoadOptions(rejects=tmp_path / "rejected")
    new.write(EMPTY)
    by_columns = told(load(new, paths, options)), everything(new)
    new.write(EMPTY)
    monkeypatch.setattr(Store, "can_bulk", lambda _: False)
    monkeypatch.setitem(SOURCES, "cn_register", replace(SOURCES["cn_register"], read=register_by_rows.read))
    assert (told(load(new, paths, options)), everything(new)) == by_columns


def test_no_row_becomes_objects(tmp_path: Path) -> None:
    found = cn_register.read(register(tmp_path, 1), "")
    assert is_compact(found.subjects)
    assert is_compact(found.relations)


@pytest.mark.parametrize("text", ["", "N/A,N/A,N/A,N/A,N/A,N/A,x,SMITH,x\n", "N/A,,,,,,x,,\n"])
def test_a_register_without_a_good_row(text: str, tmp_path: Path) -> None:
    path = tmp_path / "linked.csv"
    path.write_text(f"{','.join(HEADER)}\n{text}", encoding="utf-8")
    assert outcome(cn_register.read, [path], "") == outcome(register_by_rows.read, [path], "")


def test_names_that_are_not_asked_for_say_the_same(tmp_path: Path) -> None:
    chance = random.Random(1)
    names = ["".join(chance.choices(BITS, k=chance.randrange(1, 5))) for _ in range(3_000)]
    lines = [f'"{name}",N/A,,N/A,"{chance.choice(names)}",,x,广东,湛江' for name in names]
    path = tmp_path / "linked.csv"
    path.write_text("\n".join([",".join(HEADER), *lines]), encoding="utf-8")
    assert outcome(cn_register.read, [path], "") == outcome(register_by_rows.read, [path], "")
