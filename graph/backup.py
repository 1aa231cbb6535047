"""Backup of a whole store while it is used, and restoring it: the embedded one and servers.

An embedded store is backed up by its engine, as of one moment, whoever writes meanwhile; a server is read out
through Bolt (see `graph.dump`). A backup of a server can be restored to either; one of an embedded store only to
a directory.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from graph import archive, dump
from graph.arcade import DATABASE, Arcade
from graph.archive import Manifest
from graph.datadir import DataDir
from graph.embedded import Embedded
from graph.errors import InputError, StoreError
from graph.java import engine_version
from graph.store import Store, open_store

SECONDS = 4 * 3600.0


def backup(store: Store, dest: Path) -> Path:
    """Back the store up to the file `dest`, or to a new file in the directory `dest`; the file made.

    Raises InputError if the file exists or cannot be made, StoreError if the store cannot be read.
    """
    if dest.is_dir():
        dest /= f"xinmai-{datetime.now():%Y%m%d-%H%M%S}.backup"
    if dest.exists() or not dest.parent.is_dir():
        remedy = "换一个文件名" if dest.exists() else "先建好这个目录"
        raise InputError("备份文件已存在或目录不存在", file=str(dest), remedy=remedy)
    try:
        if isinstance(store.source, Embedded) and store.endpoint.arcade is not None:
            with _snapshot(store.source.place, store.endpoint.arcade) as payload:
                return archive.pack(payload, "arcadedb", engine_version(), dest)
        with tempfile.TemporaryDirectory(prefix=".xinmai-", dir=dest.parent) as folder:
            payload = Path(folder) / "graph"
            dump.write(store, payload)
            return archive.pack(payload, "graph", store.name, dest)
    except OSError as error:
        raise InputError(f"备份写不下去：{error.strerror}", file=str(dest), remedy="检查磁盘空间和权限") from error


def restore(where: str | Path, source: Path, *, force: bool = False) -> Manifest:
    """Put the backup `source` in the place of what is at `where`; what the backup was.

    Raises InputError, with nothing changed, if the backup is damaged or of a newer version, if it cannot go
    there, or if something is there and not `force`.
    """
    manifest = archive.check(source)
    if "://" in str(where):
        _restore_server(str(where), source, manifest, force)
    elif manifest.kind == "arcadedb":
        _restore_files(Path(where), source, manifest, force)
    else:
        _restore_embedded(Path(where), source, manifest, force)
    return manifest


@contextmanager
def _snapshot(place: DataDir, arcade: Arcade) -> Iterator[Path]:
    """The engine's own backup, taken away again afterwards."""
    [answer] = replace(arcade, timeout=SECONDS).sql("BACKUP DATABASE")
    made = place.path / "backups" / DATABASE / Path(answer["backupFile"]).name
    try:
        yield made
    finally:
        made.unlink(missing_ok=True)


def _refuse_unless_empty(store: Store, force: bool) -> None:
    if not force and store.read("MATCH (n) RETURN 1 AS one LIMIT 1"):
        raise InputError(
            "目标库不是空的，恢复会取代其中全部内容", file=store.location, remedy="换一个空的库，或加 --force"
        )


def _restore_server(where: str, source: Path, manifest: Manifest, force: bool) -> None:
    if manifest.kind != "graph":
        raise InputError("这是内置图数据库的备份，不能恢复到服务器", file=str(source), remedy="恢复到一个目录")
    with open_store(where) as store, tempfile.TemporaryDirectory() as folder:
        _refuse_unless_empty(store, force)
        payload = Path(folder) / "graph"
        archive.unpack(source, manifest, payload)
        dump.empty(store)
        try:
            dump.restore(store, payload)
        except BaseException:
            dump.empty(store)
            raise


def _restore_embedded(where: Path, source: Path, manifest: Manifest, force: bool) -> None:
    if force:
        # Before it is opened: what is there may be damaged.
        embedded = Embedded(where)
        embedded.clear()
        embedded.close()
    with open_store(where) as store, tempfile.TemporaryDirectory() as folder:
        _refuse_unless_empty(store, force)
        payload = Path(folder) / "graph"
        archive.unpack(source, manifest, payload)
        store.bulk(*dump.read(payload))


def _restore_files(where: Path, source: Path, manifest: Manifest, force: bool) -> None:
    if _version(manifest.engine) > _version(engine_version()):
        raise InputError(
            f"备份由更新版本的内置图数据库（{manifest.engine}）制作", file=str(source), remedy="请先升级信脉"
        )
    embedded = Embedded(where)
    try:
        if not force and embedded.place.database.exists():
            with open_store(where) as store:
                _refuse_unless_empty(store, force)
        with embedded.alone():
            _replace(embedded, source, manifest)
    finally:
        embedded.close()
    # Whether it opens, and with the schema of this version.
    open_store(where).close()


def _replace(embedded: Embedded, source: Path, manifest: Manifest) -> None:
    """Lay the files out beside the present ones; the next start exchanges them, all at once."""
    place = embedded.place
    payload, files = place.path / "incoming.zip", place.path / "incoming"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir(mode=0o700)
    try:
        archive.unpack(source, manifest, payload)
        with zipfile.ZipFile(payload) as inner:
            for name in inner.namelist():
                if Path(name).name != name:
                    raise StoreError(f"备份中有目录之外的文件 {name}；请换一个备份。")
            inner.extractall(files)
        shutil.rmtree(place.replacement, ignore_errors=True)
        files.rename(place.replacement)
    finally:
        payload.unlink(missing_ok=True)
        shutil.rmtree(files, ignore_errors=True)
    embedded.restart()


def _version(text: str) -> list[int]:
    return [int(part) for part in text.split(".") if part.isdigit()]
