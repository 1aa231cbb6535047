"""The file a backup is: a manifest and one payload, whose checksum is asked before anything is touched."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal

from graph.errors import InputError

FORMAT = 1
APPLICATION = "xinmai-backup"
MANIFEST = "manifest.json"
# What the payload is: the engine's own files, or nodes and relationships as lines of JSON.
Kind = Literal["arcadedb", "graph"]
PAYLOADS: dict[Kind, str] = {"arcadedb": "arcadedb.zip", "graph": "graph.ndjson.gz"}
_BLOCK = 1 << 20
_REMEDY = "换一个完好的备份文件"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup and by what it was made (`engine`: version of ArcadeDB, or name of the server)."""

    kind: Kind
    engine: str
    made: str
    sha256: str
    application: str = APPLICATION
    format: int = FORMAT


def pack(payload: Path, kind: Kind, engine: str, dest: Path) -> Path:
    """Make the backup `dest` of a payload; it appears whole or not at all. Raises InputError if it exists."""
    if dest.exists():
        raise InputError("备份文件已存在", file=str(dest), remedy="换一个文件名，或给出一个目录")
    made = datetime.now(UTC).isoformat(timespec="seconds")
    with payload.open("rb") as file:
        manifest = Manifest(kind, engine, made, _digest(file))
    fresh = dest.with_name(dest.name + ".partial")
    try:
        with open(fresh, "wb", opener=_private) as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
                archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
                archive.write(payload, PAYLOADS[kind])
            out.flush()
            os.fsync(out.fileno())
        fresh.rename(dest)
    finally:
        fresh.unlink(missing_ok=True)
    return dest


def check(source: Path) -> Manifest:
    """The manifest of a backup that is ours and whole. Raises InputError otherwise."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
            if manifest.application != APPLICATION:
                raise KeyError(APPLICATION)
            if manifest.format > FORMAT:
                raise InputError("备份由更新版本的信脉制作", file=str(source), remedy="请先升级信脉")
            with archive.open(PAYLOADS[manifest.kind]) as payload:
                digest = _digest(payload)
    except FileNotFoundError as error:
        raise InputError("没有这个备份文件", file=str(source), remedy="请核对路径") from error
    except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise InputError("不是信脉的备份，或文件已损坏", file=str(source), remedy=_REMEDY) from error
    if digest != manifest.sha256:
        raise InputError("备份的校验值不符，文件已损坏", file=str(source), remedy=_REMEDY)
    return manifest


def unpack(source: Path, manifest: Manifest, dest: Path) -> None:
    """Write the payload of a checked backup to `dest`."""
    with (
        zipfile.ZipFile(source) as archive,
        archive.open(PAYLOADS[manifest.kind]) as payload,
        open(dest, "wb", opener=_private) as out,
    ):
        while block := payload.read(_BLOCK):
            out.write(block)


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
