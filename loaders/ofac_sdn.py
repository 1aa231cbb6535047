"""The US OFAC list of specially designated nationals in its own layout: twelve columns, no header, null `-0-`.

A foreign list: information only in China. A body is joined to a register entry by the USCC that its remarks
carry, never by name. The layout has no dates of listing, so `listed_on` stays open. Vessels and aircraft are
no subjects and are rejected. Of people nothing is kept but names: birth dates and documents in the remarks
serve no purpose here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from graph.identifiers import kind_form_from_uscc, uscc
from graph.vocabulary import Kind, list_types
from loaders.assemble import combined, counted, rejections
from loaders.facts import Facts, table
from loaders.readers import Layout, Sheet, read_sheets
from loaders.values import tidy

LIST = "OFAC_SDN"
_COLUMNS = (
    "ent_num", "name", "type", "program", "title", "call_sign", "vessel_type", "tonnage", "grt", "flag",
    "owner", "remarks",
)  # fmt: skip
LAYOUTS: tuple[Layout, ...] = (Layout("sdn", ("ofac_sdn*.csv", "sdn.csv", "SDN.CSV"), (), names=_COLUMNS),)
_USCC = re.compile(r"Unified Social Credit Code \(USCC\)\s*([0-9A-Za-z]{18})")
_ALIAS = re.compile(r"\b[afn]\.k\.a\. '([^']+)'")


def read(paths: Sequence[Path], snapshot: str) -> Facts:
    """Facts of SDN files. `snapshot` is not used: the rows carry no day, and a listing seen is a listing."""
    del snapshot
    return combined(_facts(sheet) for sheet in read_sheets(paths, LAYOUTS)["sdn"])


def _facts(sheet: Sheet) -> Facts:
    frame = sheet.frame
    broken = ~frame["ent_num"].str.fullmatch(r"\d+") | (frame["name"] == "")
    things = frame["type"].isin(["vessel", "aircraft"]) & ~broken
    rejected = [*sheet.rejected, *rejections(frame[broken], "缺少编号或名称")]
    rejected += rejections(frame[things], "船舶或航空器，不是信用主体")
    frame = frame[~broken & ~things]
    subjects = _subjects(frame)
    warnings = counted(_doubtful(subjects), "备注中的统一社会信用代码校验位不符")
    return Facts(subjects, listings=_listings(frame), rejected=rejected, warnings=warnings)


def _subjects(frame: pd.DataFrame) -> pd.DataFrame:
    codes = frame["remarks"].map(_code)
    person = frame["type"] == "individual"
    kinds = codes.map(lambda code: _kind_form(code)[0]).where(~person, Kind.PERSON.value)
    forms = codes.map(lambda code: _kind_form(code)[1]).where(~person, "")
    aliases = [
        ";".join(dict.fromkeys([*_turned(name, is_person), *_ALIAS.findall(remarks)]))
        for name, is_person, remarks in zip(frame["name"], person, frame["remarks"], strict=True)
    ]
    subjects = pd.DataFrame(
        {
            "id": "ofac:" + frame["ent_num"],
            "kind": kinds,
            "form": forms,
            "name": frame["name"].map(tidy),
            "uscc": codes,
            "aliases": aliases,
            "record": frame["record"],
        }
    )
    return table("subjects", subjects)


def _code(remarks: str) -> str:
    match = _USCC.search(remarks)
    return match[1].upper() if match else ""


def _kind_form(code: str) -> tuple[str, str]:
    """Kind and form by the USCC; a body without one is foreign."""
    if not uscc(code).formed:
        return Kind.ENTERPRISE.value, "foreign"
    kind, form = kind_form_from_uscc(code)
    return kind.value, form


def _turned(name: str, is_person: bool) -> list[str]:
    """ "LAST, First" read the other way round, as everybody else writes it."""
    last, comma, first = name.partition(", ")
    return [f"{first} {last}"] if is_person and comma else []


def _doubtful(subjects: pd.DataFrame) -> pd.Series[str]:
    doubtful = subjects["uscc"].map(lambda code: code != "" and not uscc(code).valid).astype(bool)
    return subjects.loc[doubtful, "record"]


def _listings(frame: pd.DataFrame) -> pd.DataFrame:
    kept = list_types()[LIST]
    listings = pd.DataFrame(
        {
            "id": LIST + ":" + frame["ent_num"],
            "subject": "ofac:" + frame["ent_num"],
            "list": LIST,
            "authority": kept.authority,
            "doc_no": frame["ent_num"],
            "basis": kept.basis,
            "reason": frame["program"].str.replace("] [", "；", regex=False),
            "state": "listed",
            "record": frame["record"],
        }
    )
    return table("listings", listings)
