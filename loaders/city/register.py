"""Registers of a city: market entities, public bodies, people, capital, equity, guarantees, former names.

Tables are joined by 主体身份代码 and 人员标识. The graph gets the credit code as id of an organisation (主体身份代码
where it has none) and 人员标识 as id of a person. The head named in the register counts only where the table of
people names nobody: that table knows the number and the dates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from graph.identifiers import uscc
from graph.names import form_from_name, kind_from_name, name_key
from graph.vocabulary import Kind
from loaders.city.holdings import read_holdings
from loaders.city.index import Index
from loaders.city.ledger import Ledger, Row, rows_of
from loaders.city.parties import coded, party
from loaders.city.people import Books, People, no_firm, read_post
from loaders.city.wording import day_or_text, head_type, in_yuan
from loaders.facts import Facts
from loaders.readers import Layout, read_sheets
from loaders.values import capital, day, tidy

LAYOUTS: tuple[Layout, ...] = (
    Layout("former_names", ("名称变更*.csv",), ("统一社会信用代码", "名称", "曾用名")),
    Layout("market_entities", ("市场主体登记*.csv",), ("主体身份代码", "企业类型", "名称", "登记状态")),
    Layout("public_bodies", ("机关事业社团登记*.csv",), ("统一社会信用代码", "机构名称", "机构类型")),
    Layout("people", ("法定代表人董监高*.csv",), ("主体身份代码", "姓名", "职务")),
    Layout("capital", ("股东出资*.csv",), ("主体身份代码", "股东名称", "年报年度")),
    Layout("equity_changes", ("股权变更*.csv",), ("主体身份代码", "股东名称", "变更后股权比例")),
    Layout("guarantees", ("对外担保*.csv",), ("主体身份代码", "债权人", "债务人")),
)
# Words of 企业类型 -> form; the first that occurs counts.
_FORMS = {
    "分公司": "branch",
    "分支": "branch",
    "合伙": "partnership",
    "个人独资": "sole_prop",
    "个体": "individual_business",
    "合作社": "cooperative",
    "公司": "company",
}


def read(paths: Sequence[Path], snapshot: str) -> Facts:
    """Facts of any of the seven tables. `snapshot`: the day of rows that do not say when they were true."""
    sheets = read_sheets(paths, LAYOUTS)
    ledger, index = Ledger(), Index(snapshot)
    books = Books(index, People(), ledger)
    ledger.rejected.extend(r for group in sheets.values() for sheet in group for r in sheet.rejected)

    def rows(key: str) -> Iterator[Row]:
        return (row for sheet in sheets[key] for row in rows_of(sheet))

    former = _former_names(rows("former_names"), ledger)
    entities = [*rows("market_entities"), *map(_as_entity, rows("public_bodies"))]
    known = [row for row in entities if _enter(row, former, index, ledger)]
    for row in rows("people"):
        read_post(row, books)
    for row in known:
        _branch(row, index, ledger)
        _head(row, index, ledger)
    read_holdings(rows("capital"), rows("equity_changes"), books)
    for row in rows("guarantees"):
        _guarantee(row, index, ledger)
    books.people.tell(ledger)
    return ledger.facts()


def _former_names(rows: Iterator[Row], ledger: Ledger) -> dict[str, list[str]]:
    """Credit code -> former names, oldest first as delivered."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        code = uscc(row["统一社会信用代码"])
        if code.formed and row["曾用名"]:
            found[code.value].append(tidy(row["曾用名"]))
        else:
            ledger.reject(row, "缺少统一社会信用代码或曾用名")
    return found


def _as_entity(row: Row) -> Row:
    """A row of the register of public bodies under the titles of the market register."""
    return row | {"名称": row["机构名称"], "企业类型": row["机构类型"], "主体身份代码": ""}


def _enter(row: Row, former: dict[str, list[str]], index: Index, ledger: Ledger) -> bool:
    """Make an organisation known; False if the row gives nobody."""
    code, key = uscc(row.get("统一社会信用代码", "")), row["主体身份代码"]
    if not row["名称"] or not (code.formed or key):
        ledger.reject(row, "缺少名称" if not row["名称"] else "缺少统一社会信用代码和主体身份代码")
        return False
    subject = _subject(row)
    if key and index.ids.setdefault(key, subject["id"]) != subject["id"]:
        ledger.reject(row, f"主体身份代码 {key} 已属于另一主体")
        return False
    row["#id"] = subject["id"]
    index.forms[subject["id"]] = subject["form"]
    money = capital(f"{row['注册资本（万元）']}万") if row.get("注册资本（万元）") else None
    if money:
        index.capital[subject["id"]] = money[0]
    aliases = ";".join(former.get(code.value, ()))
    ledger.add("subjects", subject | {"aliases": aliases}, row["record"])
    if row.get("住所"):
        contact = {"subject": subject["id"], "kind": "address", "value": row["住所"]}
        ledger.add("contacts", contact, row["record"])
    return True


def _subject(row: Row) -> Row:
    name, kind_text = tidy(row["名称"]), row["企业类型"]
    code = uscc(row.get("统一社会信用代码", ""))
    bare = {"id": row["主体身份代码"], "kind": kind_from_name(name).value, "form": form_from_name(name), "name": name}
    known = coded(name, code.value).row if code.formed else bare
    told = next((form for word, form in _FORMS.items() if word in kind_text), "")
    return known | {
        "form": told if told and known["kind"] == Kind.ENTERPRISE else known["form"],
        "reg_no": row.get("注册号", ""),
        "status": row.get("登记状态", ""),
        "sector": row.get("行业", ""),
        "state_owned": "true" if "国有" in kind_text else "",
        "region": row.get("行政区划", ""),
        "established": day_or_text(row.get("成立日期", "")),
    }


def _branch(row: Row, index: Index, ledger: Ledger) -> None:
    head = row.get("隶属企业主体身份代码", "")
    if not head:
        return
    if head not in index.ids:
        ledger.note("隶属企业不在登记中，未建立分支机构关系", row["record"])
        return
    relation = {"source": row["#id"], "target": index.ids[head], "type": "BRANCH_OF", "title": "分支机构"}
    dates = {"since": day_or_text(row.get("成立日期", "")), "seen_on": index.seen_on(row)}
    ledger.add("relations", relation | dates, row["record"])


def _head(row: Row, index: Index, ledger: Ledger) -> None:
    """The head by name, where the table of people names none; one it does not know is told, not believed."""
    name, firm = row.get("法定代表人", ""), row["#id"]
    known = index.heads.get(firm, set())
    if known:
        if name and name_key(name) not in known:
            ledger.note("法定代表人与人员表不一致，以人员表为准", row["record"])
        return
    if name:
        someone = ledger.meet(party(name, place=f"{firm}/{name_key(name)}", within=firm), row["record"])
        kind = head_type(index.forms[firm])
        relation = {"source": someone, "target": firm, "type": kind, "title": "法定代表人"}
        ledger.add("relations", relation | {"seen_on": index.seen_on(row)}, row["record"])


def _guarantee(row: Row, index: Index, ledger: Ledger) -> None:
    """The last day of a guarantee is in it; a relation ends on the first day that is not."""
    firm, name = index.firm(row), row["债务人"]
    if not firm or not name:
        ledger.reject(row, no_firm(row) if name else "缺少债务人")
        return
    number = row.get("债务人统一社会信用代码", "")
    debtor = party(name, number, place=f"{firm}/{name_key(name)}", within=firm)
    last = day(row.get("担保截止日期", ""))
    until = (date.fromisoformat(last) + timedelta(days=1)).isoformat() if last else row.get("担保截止日期", "")
    relation = {"source": firm, "target": ledger.meet(debtor, row["record"]), "type": "GUARANTEES"}
    dates = {"since": day_or_text(row.get("担保起始日期", "")), "until": until, "seen_on": index.seen_on(row)}
    told = {"title": row.get("保证方式", ""), "amount": in_yuan(row.get("主债权数额（万元）", ""), 10_000)}
    ledger.add("relations", relation | dates | told, row["record"])
