"""OpenSanctions in its flat layout (`targets.simple.csv`): one row a target, whatever list it stands on.

Foreign lists: information only in China. The data set names the list: "Ukraine War and Sanctions" is UA_WAR,
any other OTHER_FOREIGN. People and bodies become subjects; vessels, aircraft, wallets and securities are none
and are rejected. The layout has no days of listing (its own `first_seen` is when the collector saw it), so
`listed_on` stays open. Birth dates, addresses and documents of people are not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from graph.identifiers import kind_form_from_uscc, uscc
from graph.vocabulary import Kind, list_types
from loaders.assemble import combined, rejections
from loaders.columns import mapped
from loaders.facts import Facts, table
from loaders.readers import Layout, Sheet, read_sheets
from loaders.values import tidy

_COLUMNS = ("id", "schema", "name", "aliases", "identifiers", "sanctions", "program_ids", "dataset")
LAYOUTS: tuple[Layout, ...] = (Layout("targets", ("*targets.simple.csv",), _COLUMNS),)
_LISTS = {"Ukraine War and Sanctions": "UA_WAR"}
_OTHER = "OTHER_FOREIGN"
_BODIES = frozenset({"Company", "LegalEntity", "Organization", "PublicBody", "Asset"})
_MAX_REASON = 500  # characters; some rows carry whole articles


def read(paths: Sequence[Path], snapshot: str) -> Facts:
    """Facts of files in this layout. `snapshot` is not used: the rows carry no day of listing."""
    del snapshot
    return combined(_facts(sheet) for sheet in read_sheets(paths, LAYOUTS)["targets"])


def _facts(sheet: Sheet) -> Facts:
    frame = sheet.frame
    broken = (frame["id"] == "") | (frame["name"] == "")
    things = ~frame["schema"].isin({*_BODIES, "Person"}) & ~broken
    rejected = [*sheet.rejected, *rejections(frame[broken], "缺少编号或名称")]
    for schema, rows in frame[things].groupby("schema"):
        rejected += rejections(rows, f"{schema} 不是信用主体")
    frame = frame[~broken & ~things]
    return Facts(_subjects(frame), listings=_listings(frame), rejected=rejected)


def _code(identifiers: str) -> str:
    """The first USCC among the identifiers; without a right check digit they may be anybody's number."""
    codes = (uscc(part) for part in identifiers.split(";"))
    return next((code.value for code in codes if code.valid), "")


def _subjects(frame: pd.DataFrame) -> pd.DataFrame:
    person = frame["schema"] == "Person"
    codes = mapped(frame["identifiers"], _code).where(~person, "")
    subjects = pd.DataFrame(
        {
            "id": "os:" + frame["id"],
            "kind": codes.map(lambda code: _kind_form(code)[0]).where(~person, Kind.PERSON.value),
            "form": codes.map(lambda code: _kind_form(code)[1]).where(~person, ""),
            "name": frame["name"].map(tidy),
            "uscc": codes,
            "aliases": frame["aliases"].map(tidy),
            "record": frame["record"],
        }
    )
    return table("subjects", subjects)


def _kind_form(code: str) -> tuple[str, str]:
    """Kind and form by the USCC; a body without one is foreign."""
    if not code:
        return Kind.ENTERPRISE.value, "foreign"
    kind, form = kind_form_from_uscc(code)
    return kind.value, form


def _listings(frame: pd.DataFrame) -> pd.DataFrame:
    kept = list_types()
    codes = frame["dataset"].map(lambda dataset: _LISTS.get(dataset, _OTHER))
    listings = pd.DataFrame(
        {
            "id": codes + ":" + frame["id"],
            "subject": "os:" + frame["id"],
            "list": codes,
            "authority": codes.map(lambda code: kept[code].authority),
            "doc_no": frame["program_ids"].where(frame["program_ids"] != "", frame["dataset"]),
            "basis": codes.map(lambda code: kept[code].basis),
            "reason": frame["sanctions"].map(_reason),
            "state": "listed",
            "record": frame["record"],
        }
    )
    return table("listings", listings)


def _reason(sanctions: str) -> str:
    text = tidy(sanctions.replace('""', '"')).strip('";')  # several texts, each in quotes of its own
    return text if len(text) <= _MAX_REASON else text[: _MAX_REASON - 1] + "…"
