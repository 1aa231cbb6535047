"""The table of a whole-graph exposure job as a Parquet file, with what it was made of in its head.

A directory of such files (what Spark writes) is read as well; it says nothing about itself.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow
import pyarrow.parquet

from graph.errors import InputError
from queries.model import Json
from queries.propagated import COLUMNS, schema

KEY = b"xinmai"
REMEDY = "给出 xinmai propagate -o 写出的 .parquet 文件；比较两个日期用 --from 与 --to"


@dataclass(frozen=True, slots=True)
class About:
    """What a table was made of. `over`: the day by which a listing that has ended counts no more; `stamp`: the version
    of the graph; `made`: when (UTC). Empty where it is not known.
    """

    as_of: str = ""
    over: str = ""
    policy: str = ""
    hops: int = 0
    include_possible: bool = False
    subjects: int = 0
    stamp: str = ""
    made: str = ""
    not_checked: tuple[Json, ...] = field(default=())
    note: str = ""

    def to_json(self) -> Json:
        """As it stands in the head of a file, and in answers."""
        return {**asdict(self), "not_checked": list(self.not_checked)}


def write(path: Path, frame: pd.DataFrame, about: About) -> None:
    """Write the table to `path`: all of it, or whatever was there stays. Raises OSError."""
    told = {KEY: json.dumps(about.to_json(), ensure_ascii=False).encode()}
    table = pyarrow.Table.from_pandas(frame[list(COLUMNS)], schema().with_metadata(told), preserve_index=False)
    table = table.replace_schema_metadata(told)  # without pandas' own
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        pyarrow.parquet.write_table(table, fresh, compression="zstd")
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def read(path: Path) -> tuple[pd.DataFrame, About]:
    """A table and what it was made of. Raises InputError for what is none."""
    if not path.exists():
        raise InputError("找不到文件", file=str(path), remedy=REMEDY)
    try:
        table = pyarrow.parquet.read_table(path)
        about = _about((table.schema.metadata or {}).get(KEY))
        return table.select(list(COLUMNS)).cast(schema()).to_pandas(), about
    except (pyarrow.ArrowException, OSError, KeyError, ValueError, TypeError) as error:
        raise InputError("不是全图关联的结果文件", file=str(path), value=str(error), remedy=REMEDY) from error


def _about(head: bytes | None) -> About:
    told: dict[str, Any] = json.loads(head) if head else {}
    known = {one.name: told[one.name] for one in fields(About) if one.name in told}
    return About(**{**known, "not_checked": tuple(known.get("not_checked", ()))})
