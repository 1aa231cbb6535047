"""Credit records of courts and departments: defaulters, penalties, permits, black and red lists.

A listing is known by its list, document number and subject, so that rows which name further people of one
decision join it, and the same file loaded again says the same. A file without a column for the legal basis is
refused whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import InputError
from graph.names import name_key
from loaders.city.ledger import Ledger, rows_of
from loaders.city.parties import Party, party
from loaders.city.titles import COLUMNS, LAYOUTS, Columns
from loaders.city.wording import Fields, amount, day_or_text, ending, ground, permission, tier
from loaders.facts import Facts
from loaders.readers import Sheet, read_sheets
from loaders.values import day

__all__ = ["LAYOUTS", "read"]  # what the table of sources asks of a source


@dataclass(slots=True)
class Listings:
    """The ids of the listings met so far: list, document and subject -> the facts said under each number."""

    given: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    def id(self, base: str, facts: tuple[str, ...]) -> tuple[str, bool]:
        """The id of a listing and whether it is new; a second one with other facts gets a number."""
        known = self.given.setdefault(base, [])
        new = facts not in known
        if new:
            known.append(facts)
        number = known.index(facts)
        return f"{base}#{number + 1}" if number else base, new


def read(paths: Sequence[Path], snapshot: str) -> Facts:
    """Facts of any of the credit files. `snapshot` says nothing here: every record has its own dates."""
    sheets = read_sheets(paths, LAYOUTS)
    ledger, listings = Ledger(), Listings()
    for key, columns in COLUMNS.items():
        for sheet in sheets[key]:
            ledger.rejected.extend(sheet.rejected)
            _read_sheet(sheet, columns, ledger, listings)
    return ledger.facts()


def _read_sheet(sheet: Sheet, columns: Columns, ledger: Ledger, listings: Listings) -> None:
    is_list = bool(columns.code or columns.code_field)
    if is_list:
        _require_basis(sheet, columns)
    skipped: Counter[str] = Counter()
    for row in rows_of(sheet):
        fields = columns.fields(row) | {"record": row["record"]}
        code = columns.code or columns.codes.get(fields.get(columns.code_field, ""))
        if why := _fault(fields, code, is_list=is_list):
            ledger.reject(row, why)
        elif code:
            _entry(fields, code, ledger, listings)
        elif is_list:
            skipped[fields[columns.code_field]] += 1
        else:
            _permission(fields, ledger)
    if skipped:
        said = "、".join(f"{value} {count} 行" for value, count in sorted(skipped.items()))
        ledger.warnings.append(f"{sheet.file}：不属于名单的记录未载入（{said}）")


def _require_basis(sheet: Sheet, columns: Columns) -> None:
    header = [str(title) for title in sheet.frame.columns if title != "record"]
    if not columns.has("basis", set(header)):
        raise InputError(
            "名单文件没有法律依据列，拒绝载入",
            file=sheet.file,
            line=1,
            value="、".join(header),
            remedy=f"补上“{columns.titles['basis'][0]}”列，写明名单所依据的法律、法规或中央政策文件",
        )


def _fault(fields: Fields, code: str | None, *, is_list: bool) -> str:
    if not fields["name"]:
        return "缺少主体名称"
    if is_list and code is None:
        return "名单类别不识别"
    if is_list and not day(fields["listed_on"]):
        return f"缺少列入日期，或日期不存在：{fields['listed_on']}"
    return ""


def _entry(fields: Fields, code: str, ledger: Ledger, listings: Listings) -> None:
    """One row: a listing, unless an earlier row of the same decision made it, and whom it names."""
    name, number, record = fields["name"], fields["number"], fields["record"]
    named = (fields["person"], fields["person_number"], fields["role"])
    if fields.get("unit"):  # a person restricted because of his unit: the order is against the unit
        named = (name, number, "被限制消费人员")
        name, number = fields["unit"], fields["unit_number"]
    facts = _listing(fields, code)
    listing, new = listings.id(_base(code, fields, name, number), (number, *facts.values()))
    subject = party(name, number, place=f"{listing}/{name_key(name)}")
    if new:
        ledger.meet(subject, record)
        ledger.add("listings", facts | {"id": listing, "subject": subject.id}, record)
        _objection(fields, listing, ledger)
        _co_debtors(fields, subject, ledger)
    elif not named[0]:
        ledger.note("重复的名单记录，已合并", record)
    if named[0]:
        _name(listing, subject, named, ledger, record)


def _base(code: str, fields: Fields, name: str, number: str) -> str:
    """List, document and subject: what a listing is known by. A person stands in it by name."""
    somebody = party(name, number, place=name_key(name))
    return f"{code}:{fields['doc_no'] or day(fields['listed_on'])}:{somebody.id}"


def _listing(fields: Fields, code: str) -> Fields:
    removed, state = ending(fields)
    return {
        "list": code,
        "authority": fields.get("authority", ""),
        "doc_no": fields["doc_no"],
        "basis": fields["basis"],
        "ground": ground(code, fields),
        "reason": fields.get("reason", ""),
        "tier": tier(fields["tier"]),
        "amount": amount(fields),
        "listed_on": day(fields["listed_on"]),
        "expires_on": day_or_text(fields.get("expires_on", "")),
        "removed_on": removed,
        "state": state,
    }


def _objection(fields: Fields, listing: str, ledger: Ledger) -> None:
    if fields["objected_on"]:
        event = {"listing": listing, "state": "objected", "on": day_or_text(fields["objected_on"])}
        ledger.add("events", event, fields["record"])


def _co_debtors(fields: Fields, subject: Party, ledger: Ledger) -> None:
    for name in filter(None, re.split(r"[、,，;；]", fields.get("co_debtors", ""))):
        other = ledger.meet(_beside(subject, name, "", subject.id), fields["record"])
        joined = {"source": subject.id, "target": other, "type": "CO_DEBTOR", "title": fields["doc_no"]}
        ledger.add("relations", joined | {"since": day(fields["listed_on"])}, fields["record"])


def _name(listing: str, subject: Party, named: tuple[str, str, str], ledger: Ledger, record: str) -> None:
    name, number, role = named
    somebody = ledger.meet(_beside(subject, name, number, listing), record)
    row = {"listing": listing, "subject": somebody, "name": name, "id_number": number, "role": role}
    ledger.add("listing_names", row, record)


def _beside(subject: Party, name: str, number: str, place: str) -> Party:
    """Somebody a record names: by number, else the one of that name inside the organisation it is about."""
    within = "" if subject.is_person else subject.id
    return party(name, number, place=f"{place}/{name_key(name)}", within=within)


def _permission(fields: Fields, ledger: Ledger) -> None:
    """What a court allowed one person under the spending restriction of a unit."""
    unit = party(fields["name"], fields["number"], place=name_key(fields["name"]))
    listing = _base("XZXF", fields, fields["name"], fields["number"])
    somebody = _beside(unit, fields["person"], fields["person_number"], listing)
    row = {"listing": listing, "subject": ledger.meet(somebody, fields["record"])}
    row |= {"kind": permission(fields["reason"]), "doc_no": fields["permission"]}
    row |= {"since": day_or_text(fields["since"]), "until": day_or_text(fields["until"])}
    ledger.add("exemptions", row, fields["record"])
