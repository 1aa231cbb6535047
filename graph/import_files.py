"""The whole graph as files for `neo4j-admin database import full`: the fastest way to fill a Neo4j server.

Streamed: however large the graph, a few thousand rows are held. The files are a full copy of the store, personal
numbers in clear, as a backup is; only their owner can read them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from graph import cypher
from graph.errors import InputError, StoreBusyError, StoreError
from graph.import_tables import Table, private

if TYPE_CHECKING:
    from graph.store import Store, Tx

SECONDS = 4 * 3600.0
TRIES = 3
STEP = 5_000  # rows between two words about progress
SCRIPT, SCHEMA, NOTE = "import.sh", "schema.cypher", "README.txt"
Progress = Callable[[str, int, int | None], None]
# What makes a node of a label one of a kind; an id elsewhere.
_KEYS = {"Source": "name"}
_NOTE = """\
信脉图数据的完整副本，供 Neo4j 5 离线导入。含未打码的证件号码、电话等个人信息：按个人信息保护要求保管，用完即删。
A full copy of a Xinmai graph for Neo4j 5's offline import. It holds personal data in clear: keep it accordingly.

1. 停止目标库（社区版：停止 Neo4j）。Stop the target database (Community: stop Neo4j).
2. 在 Neo4j 所在的机器上运行（默认库名 neo4j；原有内容会被取代）：
   Run on the machine of Neo4j; it replaces what the database holds:

   sh {script} neo4j

   即 / that is, in this directory:

{command}

3. 启动 Neo4j，建立约束和索引：Start Neo4j and make constraints and indexes:

   cypher-shell -d neo4j -f {schema}

{nodes} 个节点，{relations} 条关系。{nodes} nodes, {relations} relationships.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and the exact command that imports it."""

    nodes: int
    relations: int
    command: str


def write(store: Store, folder: Path, progress: Progress) -> Written:
    """Write all nodes and relationships of one moment into `folder`, which must be new or empty.

    Raises InputError where it is not, StoreBusyError when a server was written to meanwhile, three times. Nothing
    is left behind then.
    """
    _claim(folder)
    for _ in range(TRIES):
        before = store.version()
        tables = _Tables(folder, progress)
        try:
            store.transact(tables.fill, timeout=SECONDS, readonly=True)
            if store.version() == before:
                return tables.finish()
        except BaseException:
            tables.drop()
            raise
        tables.drop()
    raise StoreBusyError(f"{store.location} 一直有人在写入，未能取得一致的导出；请在装载结束后再试。")


def _claim(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        raise InputError("无法写入该目录", file=str(folder), value=str(error.strerror), remedy="换一个目录") from error
    if taken:
        raise InputError("目录不是空的", file=str(folder), remedy="换一个新的或空的目录；已有的文件不会被改动")


class _Tables:
    """The files being written."""

    def __init__(self, folder: Path, progress: Progress) -> None:
        self._folder, self._progress = folder, progress
        self._nodes: dict[str, Table] = {}
        self._relations: dict[tuple[str, str, str], Table] = {}

    def fill(self, tx: Tx) -> None:
        """Write every node and every relationship; from the beginning if it is called again."""
        self.drop()
        for done, row in enumerate(tx.stream(cypher.text("graph", "import_nodes")), 1):
            label, properties = _one(row["labels"]), row["properties"]
            key = str(properties.pop(_KEYS.get(label, "id"), ""))
            self._of(label).add((_sure(key),), properties)
            self._tell("导出节点", done)
        for done, row in enumerate(tx.stream(cypher.text("graph", "import_relations")), 1):
            kind = (row["type"], _one(row["first_labels"]), _one(row["second_labels"]))
            self._joining(kind).add((_sure(row["first"]), _sure(row["second"])), row["properties"])
            self._tell("导出关系", done)

    def finish(self) -> Written:
        """End the files and say how they are imported."""
        nodes = {label: table.close() for label, table in self._nodes.items()}
        relations = {kind: table.close() for kind, table in self._relations.items()}
        tables = [*self._nodes.values(), *self._relations.values()]
        options = ["--overwrite-destination=true", "--array-delimiter=U+001F"]
        options += ["--multiline-fields=true"] if any(table.multiline for table in tables) else []
        options += [f"--nodes={label}={h.name},{d.name}" for label, parts in nodes.items() for h, d in parts]
        options += [
            f"--relationships={name}={h.name},{d.name}" for (name, _, _), parts in relations.items() for h, d in parts
        ]
        counts = (
            sum(table.rows for table in self._nodes.values()),
            sum(table.rows for table in self._relations.values()),
        )
        told = Written(*counts, _command("neo4j", options))
        self._explain(told, options)
        return told

    def drop(self) -> None:
        """Take away what was written."""
        for table in (*self._nodes.values(), *self._relations.values()):
            table.drop()
        self._nodes.clear()
        self._relations.clear()

    def _explain(self, told: Written, options: list[str]) -> None:
        script = f'#!/bin/sh\ncd "$(dirname "$0")" || exit 1\nexec {_command("${1:-neo4j}", options)}\n'
        schema = files("graph").joinpath("schema.cypher").read_text(encoding="utf-8")
        shown = "\n".join(f"   {line}" for line in told.command.splitlines())
        note = _NOTE.format(script=SCRIPT, schema=SCHEMA, command=shown, nodes=told.nodes, relations=told.relations)
        for name, text in ((SCRIPT, script), (SCHEMA, schema), (NOTE, note)):
            with private(self._folder / name) as file:
                file.write(text)

    def _of(self, label: str) -> Table:
        if label not in self._nodes:
            lead = (f"{_KEYS.get(label, 'id')}:ID({label})",)
            self._nodes[label] = Table(self._folder, label, lead)
        return self._nodes[label]

    def _joining(self, kind: tuple[str, str, str]) -> Table:
        if kind not in self._relations:
            name, first, second = kind
            lead = (f":START_ID({first})", f":END_ID({second})")
            self._relations[kind] = Table(self._folder, f"{name}-{first}-{second}", lead)
        return self._relations[kind]

    def _tell(self, what: str, done: int) -> None:
        if done % STEP == 0:
            self._progress(what, done, None)


def _command(database: str, options: list[str]) -> str:
    return " \\\n  ".join([f'neo4j-admin database import full "{database}"', *options])


def _one(labels: list[str]) -> str:
    if len(labels) != 1 or not labels[0].isidentifier():
        raise StoreError(f"图中有节点的标签不是一个：{labels}；不是信脉写入的，无法导出。")
    return labels[0]


def _sure(key: str | None) -> str:
    if not key:
        raise StoreError("图中有没有编号的节点；不是信脉写入的，无法导出。")
    return str(key)
