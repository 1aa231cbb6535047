"""What a report is known by: the SHA-256 of the facts it tells, and a number made of it.

The facts are the answers the report is made from (subject, day, scenario, findings with their paths, relations,
ownership, sources with their dates, versions), cleaned as they are shown, as canonical JSON: keys sorted, no spaces,
UTF-8. When the report was made, its language and its format are not among them, so equal facts give an equal number.
The facts travel in the file itself: gzip in base64 in HTML, `facts.json` attached to a PDF, custom XML in a DOCX.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from graph.errors import InputError
from viz.case import ReportData
from viz.model import clean

FORMAT = "xinmai-report/1"
FACTS = "facts.json"
NAMESPACE = "urn:xinmai:report-facts"
_STATED = re.compile(rb"sha256:([0-9a-f]{64})")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_IN_PAGE = re.compile(rb'<script type="application/octet-stream" id="facts">([A-Za-z0-9+/=]*)</script>')


@dataclass(frozen=True, slots=True)
class Identity:
    """`number`: the report's id; `sha256`: of `facts`, the canonical JSON."""

    number: str
    sha256: str
    facts: bytes

    @property
    def packed(self) -> str:
        """The facts for a page: gzip, then base64."""
        return base64.b64encode(gzip.compress(self.facts, 9, mtime=0)).decode()

    @property
    def keyword(self) -> str:
        """How a file states the hash in its properties."""
        return f"sha256:{self.sha256}"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a file says of itself and what its facts give. `same`: they agree."""

    number: str
    stated: str
    found: str

    @property
    def same(self) -> bool:
        """The facts are those the file was made with."""
        return self.stated == self.found


def identity(data: ReportData) -> Identity:
    """The identity of a report."""
    return _identity(canonical(facts(data)))


def _identity(told: bytes) -> Identity:
    sha256 = hashlib.sha256(told).hexdigest()
    day = re.sub(r"\D", "", str(json.loads(told)["as_of"]))[:8]
    return Identity(f"XM-{day.ljust(8, '0')}-{sha256[:12].upper()}", sha256, told)


def canonical(value: object) -> bytes:
    """The one way a value is written: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def facts(data: ReportData) -> dict[str, Any]:
    """What the report tells, cleaned of personal numbers and controls."""
    told: Any = _cleaned(
        {
            "format": FORMAT,
            "subject": data.subject,
            "as_of": data.as_of,
            "scenario": data.scenario_code or data.scenario,
            "listed": data.listed,
            "findings": data.findings,
            "exposures": data.exposures,
            "reached": data.reached,
            "relations": data.relations,
            "ownership": data.ownership,
            "not_crossed": data.not_crossed,
            "not_checked": data.not_checked,
            "complete": data.complete,
            "sources": data.sources,
            "versions": {"data": data.stamp, "policy": data.policy_version, "rules": data.rules_version},
        }
    )
    return dict(told)


def _cleaned(value: object) -> object:
    if isinstance(value, Mapping):
        return {clean(key): _cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return clean(value)


def verify(path: Path) -> Verified:
    """Work the hash of a report's file out again. Raises InputError for a file that is no report of ours."""
    try:
        parts = list(_parts(path.read_bytes()))
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError("无法读取", file=str(path), value=str(error), remedy="检查文件是否存在、完整") from error
    stated = next((match[1].decode() for part in parts if (match := _STATED.search(part))), "")
    told = next((found for part in parts if (found := _facts_in(part))), b"")
    if not stated or not told:
        raise InputError(
            "不是信脉的报告文件", file=str(path), remedy="核对 xinmai report 写出的 .html、.pdf 或 .docx 文件"
        )
    made = _identity(told)
    return Verified(made.number, stated, made.sha256)


def _parts(file: bytes) -> Iterator[bytes]:
    """The file as it is and what is packed inside it."""
    yield file
    if file.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(file)) as archive:
            yield from (archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    elif file.startswith(b"%PDF"):
        for match in _STREAM.finditer(file):
            try:
                yield zlib.decompress(match[1])
            except zlib.error:
                continue
    elif page := _IN_PAGE.search(file):
        yield gzip.decompress(base64.b64decode(page[1]))


def _facts_in(part: bytes) -> bytes:
    if part.startswith(b"<") and NAMESPACE.encode() in part[:2000]:
        return (ElementTree.fromstring(part).text or "").encode()
    return part if part.startswith(b"{") and f'"format":"{FORMAT}"'.encode() in part else b""
