"""What a guarantee is for, in 元: told by the city's register and by a package, never guessed."""

from __future__ import annotations

from pathlib import Path

from graph.store import Store
from loaders.city import register
from tests.loaders.packages import USCC_A, USCC_B, load_one, package

MARKET = f"主体身份代码,企业类型,登记状态,统一社会信用代码,名称\nP1,有限责任公司,存续,{USCC_A},乌有市甲有限公司\n"
GUARANTEES = "主体身份代码,债权人,债务人,债务人统一社会信用代码,主债权数额（万元）,担保起始日期\n"


def test_the_city_gives_amounts_in_ten_thousands(tmp_path: Path) -> None:
    rows = "".join(
        f"P1,某银行,乌有市乙有限公司,{USCC_B},{said},2024-01-0{n}\n" for n, said in enumerate(["1500", "0.5", ""], 1)
    )
    (tmp_path / "市场主体.csv").write_text(MARKET, encoding="utf-8")
    (tmp_path / "对外担保.csv").write_text(GUARANTEES + rows, encoding="utf-8")
    facts = register.read([tmp_path / "市场主体.csv", tmp_path / "对外担保.csv"], "2026-06-01")
    assert list(facts.relations["amount"]) == ["15000000", "5000", ""]


def test_a_package_may_tell_amounts_and_a_bad_one_is_refused(store: Store, tmp_path: Path) -> None:
    folder = package(
        tmp_path / "p",
        subjects="id,kind,name\nA,enterprise,甲\nB,enterprise,乙\n",
        relations="""
            source,target,type,amount,since,record
            A,B,GUARANTEES,15000000,2024-01-01,r:2
            A,B,GUARANTEES,,2024-01-02,r:3
            A,B,GUARANTEES,-1,2024-01-03,r:4
            A,B,GUARANTEES,许多,2024-01-04,r:5
        """,
    )
    tally = load_one(store, folder)
    assert [(r.line, r.reason) for r in tally.rejected] == [
        (4, "amount='-1' 不是有效金额"),
        (5, "amount='许多' 不是有效金额"),
    ]
    rows = store.read("MATCH (:Subject)-[r:GUARANTEES]->() RETURN r.since AS since, r.amount AS amount ORDER BY since")
    assert [(row["since"], row["amount"]) for row in rows] == [("2024-01-01", 15000000.0), ("2024-01-02", None)]
