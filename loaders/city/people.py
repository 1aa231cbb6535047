"""People of the registers: who they are, by 人员标识, and the posts they hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.identifiers import personal_id
from graph.names import name_key
from graph.vocabulary import Kind
from loaders.city.index import Index
from loaders.city.ledger import Ledger, Row
from loaders.city.parties import party
from loaders.city.wording import HEAD_TYPES, day_or_text, posts
from loaders.values import tidy


@dataclass(slots=True)
class People:
    """Everybody with a 人员标识, with the best number any row gave."""

    rows: dict[str, Row] = field(default_factory=dict)

    def take(self, key: str, row: Row, name: str) -> str:
        """Note a row about this person; says why it cannot be him, or ""."""
        number, kind = row.get("证件号码", ""), row.get("证件类型", "")
        said = {"id": key, "kind": Kind.PERSON.value, "name": tidy(name), "id_number": number}
        said |= {"id_type": kind if number else "", "record": row["record"]}
        known = self.rows.setdefault(key, said)
        if name_key(known["name"]) != name_key(name):
            return f"人员标识 {key} 已属于 {known['name']}"
        if _is_full(number) and _is_full(known["id_number"]) and _differ(known["id_number"], number):
            return f"人员标识 {key} 有两个不同的证件号码"
        if _is_full(number) or not known["id_number"]:
            self.rows[key] = said | {"record": known["record"]}
        return ""

    def tell(self, ledger: Ledger) -> None:
        """Make them subjects."""
        for row in self.rows.values():
            ledger.add("subjects", row, row["record"])


@dataclass(frozen=True, slots=True)
class Books:
    """What the tables of people and capital are read into."""

    index: Index
    people: People
    ledger: Ledger


def _is_full(number: str) -> bool:
    return bool(number) and "*" not in number


def _differ(one: str, other: str) -> bool:
    return personal_id(one).value != personal_id(other).value


def read_post(row: Row, books: Books) -> None:
    """One row of the table of people: its bearer and every post in it."""
    index, ledger = books.index, books.ledger
    firm, name = index.firm(row), row["姓名"]
    form = index.forms.get(firm, "")
    held = posts(row["职务"], is_head=row.get("法定代表人标志", "") in ("1", "是"), form=form)
    if why := _fault(firm, name, held, row):
        ledger.reject(row, why)
        return
    key = row.get("人员标识", "")
    if key and (why := books.people.take(key, row, name)):
        ledger.reject(row, why)
        return
    if not key:
        number = row.get("证件号码", "")
        someone = party(name, number, place=f"{firm}/{name_key(name)}", within=firm)
        key = ledger.meet(someone, row["record"])
    since, until = day_or_text(row.get("任职起始日期", "")), day_or_text(row.get("任职截止日期", ""))
    for kind, title in held:
        relation = {"source": key, "target": firm, "type": kind, "title": title}
        term = {"since": since, "until": until, "seen_on": index.seen_on(row)}
        ledger.add("relations", relation | term, row["record"])
        if kind in HEAD_TYPES and not until:
            index.heads.setdefault(firm, set()).add(name_key(name))


def no_firm(row: Row) -> str:
    """Why a row of an organisation nobody registered is rejected."""
    return f"登记中没有的主体身份代码：{row['主体身份代码']}"


def _fault(firm: str, name: str, held: list[tuple[str, str]], row: Row) -> str:
    if not firm:
        return no_firm(row)
    if not name:
        return "缺少姓名"
    return "" if held else f"职务不识别：{row['职务']}"
