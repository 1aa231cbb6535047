"""China's own lists on foreign parties: unreliable entities, export control, countermeasures.

The column `List` says which; where it is blank, `Topics` does. A body is one subject however often it is
listed; a person is one only with the same Wikidata number, else every entry stands alone, as equal names are
no identity. Measures that were suspended get the events for it; an end date ends the listing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from graph.names import name_key
from graph.vocabulary import Kind, list_types
from loaders.assemble import combined, counted, rejections, without_repeats
from loaders.columns import mapped
from loaders.facts import Facts, table
from loaders.readers import Layout, Sheet, read_sheets
from loaders.values import day, tidy

_COLUMNS = (
    "Type", "QID", "Name", "Alias", "Chinese name", "Topics", "Summary", "Chinese summary", "Body", "List",
    "Date", "End date", "Source URL",
)  # fmt: skip
LAYOUTS: tuple[Layout, ...] = (Layout("lists", ("cn_sanctions*.csv",), _COLUMNS),)
# Value of `List`, or of `Topics` where that is blank -> list code.
_LISTS: dict[str, str] = {
    "UEL": "CN_UEL",
    "List of Export Controls": "CN_EXPORT",
    "Export Control Watch List": "CN_EXPORT",
    "AFSL": "CN_COUNTER",
    "List of Targets of Countermeasures": "CN_COUNTER",
    'Diehard "Taiwan Independence" Separatists': "CN_COUNTER",
    'Henchmen and Accomplices of "Taiwan Independence"': "CN_COUNTER",
    "export.control": "CN_EXPORT",
    "sanction.counter": "CN_COUNTER",
}
_BODIES: dict[str, str] = {
    "Ministry of Foreign Affairs": "外交部",
    "Ministry of Commerce": "商务部",
    "Taiwan Affairs Office of the State Council": "国务院台湾事务办公室",
    "Taiwan Work Office of the CPC Central Committee": "中共中央台湾工作办公室",
}
# A blank List with the bare topic `sanction` is a countermeasure where the body is one of these.
_COUNTERING = frozenset({"国务院台湾事务办公室", "中共中央台湾工作办公室"})
_SUSPENDED = re.compile(r"suspended for one year from (\d{1,2} [A-Z][a-z]+ \d{4})")


def read(paths: Sequence[Path], snapshot: str) -> Facts:
    """Facts of files in this layout. `snapshot` is not used: every entry carries its own dates."""
    del snapshot
    return combined(_facts(sheet) for sheet in read_sheets(paths, LAYOUTS)["lists"])


def _facts(sheet: Sheet) -> Facts:
    frame = sheet.frame.assign(authority=sheet.frame["Body"].map(lambda body: _BODIES.get(body, body)))
    codes = zip(frame["List"], frame["Topics"], frame["authority"], strict=True)
    frame["code"] = [_list_code(*row) for row in codes]
    nameless = (frame["Name"] == "") & (frame["Chinese name"] == "")
    unknown = (frame["code"] == "") & ~nameless
    rejected = [*sheet.rejected, *rejections(frame[nameless], "缺少名称")]
    rejected += rejections(frame[unknown], "名单不识别：List、Topics、Body 都不能确定")
    frame = frame[~nameless & ~unknown]
    rows = frame.to_dict("records")
    frame = frame.assign(
        subject=[_subject_id(row) for row in rows],
        listing=[_listing_id(row) for row in rows],
        listed_on=mapped(frame["Date"], day),
        removed_on=mapped(frame["End date"], day),
    )
    warnings = _date_warnings(frame)
    frame, repeats = without_repeats(frame, ["listing"], f"{sheet.file} 名单记录")
    tables = (_subjects(frame), _listings(frame), _events(frame))
    return Facts(tables[0], listings=tables[1], events=tables[2], rejected=rejected, warnings=[*warnings, *repeats])


def _list_code(list_: str, topics: str, authority: str) -> str:
    if list_.startswith("Decision on Countermeasures"):
        return "CN_COUNTER"
    if list_:
        return _LISTS.get(list_, "")
    return _LISTS.get(topics, "CN_COUNTER" if topics == "sanction" and authority in _COUNTERING else "")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _subject_id(row: dict[Hashable, str]) -> str:
    if row["QID"]:
        return f"cns:{row['QID']}"
    name = name_key(row["Name"] or row["Chinese name"])
    if row["Type"] != "Person":
        return f"cns:{_digest(name)}"
    return f"cns:{_digest(name, row['List'], row['Date'], row['Source URL'])}"


def _listing_id(row: dict[Hashable, str]) -> str:
    return f"{row['code']}:{_digest(_subject_id(row), row['List'], row['Date'], row['Source URL'])}"


def _subjects(frame: pd.DataFrame) -> pd.DataFrame:
    """One subject an id: its Chinese name where any of its entries gives one, other names as aliases."""
    subjects = []
    for key, entries in frame.groupby("subject", sort=False):
        chinese, latin = entries["Chinese name"].tolist(), entries["Name"].tolist()
        aliases = [alias for cell in entries["Alias"] for alias in cell.split(";")]
        names = [tidy(name) for name in [*chinese, *latin, *aliases] if name]
        person = entries["Type"].iloc[0] == "Person"
        subjects.append(
            {
                "id": str(key),
                "kind": (Kind.PERSON if person else Kind.ENTERPRISE).value,
                "form": "" if person else "foreign",
                "name": names[0],
                "aliases": ";".join(dict.fromkeys(names[1:])),
                "record": entries["record"].iloc[0],
            }
        )
    return table("subjects", subjects)


def _listings(frame: pd.DataFrame) -> pd.DataFrame:
    kept = list_types()
    listings = pd.DataFrame(
        {
            "id": frame["listing"],
            "subject": frame["subject"],
            "list": frame["code"],
            "authority": frame["authority"].where(
                frame["authority"] != "", frame["code"].map(lambda code: kept[code].authority)
            ),
            "doc_no": frame["Source URL"],
            "basis": frame["code"].map(lambda code: kept[code].basis),
            "reason": _reason(frame),
            "listed_on": frame["listed_on"],
            "removed_on": frame["removed_on"],
            "state": frame["removed_on"].map(lambda ended: "revoked" if ended else "listed"),
            "record": frame["record"],
        }
    )
    return table("listings", listings)


def _reason(frame: pd.DataFrame) -> pd.Series[str]:
    summary = frame["Chinese summary"].where(frame["Chinese summary"] != "", frame["Summary"]).map(tidy)
    return frame["List"].where(summary == "", frame["List"] + "：" + summary).str.removeprefix("：")


def _events(frame: pd.DataFrame) -> pd.DataFrame:
    """Suspension of a measure for one year, and its coming back."""
    events = []
    for row in frame.to_dict("records"):
        if match := _SUSPENDED.search(row["Summary"]):
            start = datetime.strptime(match[1], "%d %B %Y").date()
            for state, on in (("suspended", start), ("listed", start.replace(year=start.year + 1))):
                events.append(
                    {"listing": row["listing"], "state": state, "on": on.isoformat(), "record": row["record"]}
                )
    return table("events", events)


def _date_warnings(frame: pd.DataFrame) -> list[str]:
    undated = (frame["Date"] != "") & (frame["listed_on"] == "")
    unended = (frame["End date"] != "") & (frame["removed_on"] == "")
    return [
        *counted(frame.loc[frame["Date"] == "", "record"], "没有列入日期"),
        *counted(frame.loc[undated, "record"], "列入日期无法识别"),
        *counted(frame.loc[unended, "record"], "移出日期无法识别，按仍在列处理"),
    ]
