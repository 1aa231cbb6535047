"""A new graph filled by columns is the graph that is made row by row: same nodes, relations, rejections, warnings."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stdnum.cn import uscc

from graph.store import Store, open_store
from graph.vocabulary import list_types
from loaders.load import LoadOptions, load
from loaders.report import LoadReport
from tests.conftest import EMPTY

CODE, OTHER = (body + uscc.calc_check_digit(body) for body in ("91999999MA0000001", "91999999MA0000002"))
PERSON = "999999199003070020"
MASKED = "999999********0020"
OLD_FORM = "999999900307002"
BASIS = list_types()["SXBZXR"].basis
SUBJECT_HEAD = "id,kind,form,name,uscc,reg_no,id_type,id_number,status,state_owned,established,aliases,conducts"
RELATION_HEAD = "source,target,type,ratio,ratio_min,ratio_max,kin,title,since,until,seen_on,record"


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("fresh") / "data") as store:
        yield store


def everything(store: Store) -> list[str]:
    """The whole graph but for what names this one load."""
    nodes = store.read("MATCH (n) RETURN labels(n) AS l, properties(n) AS p")
    edges = store.read("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, properties(r) AS p, b.id AS b")
    for row in nodes:
        for name in ("loaded_at", "mark"):
            row["p"].pop(name, None)
    return sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in [*nodes, *edges])


def told(report: LoadReport) -> dict[str, Any]:
    tally = report.to_json()["loads"][0]
    return {**{k: v for k, v in tally.items() if k != "seconds"}, "warnings": sorted(tally["warnings"])}


def both_ways(store: Store, paths: list[Path], tmp_path: Path, **options: Any) -> tuple[dict[str, Any], list[str]]:
    """Load by columns, then row by row; both must agree. What was told and made."""
    found = []
    for by_columns in (True, False):
        store.write(EMPTY)
        with pytest.MonkeyPatch.context() as patch:
            if not by_columns:
                patch.setattr(Store, "can_bulk", lambda _: False)
            report = load(store, paths, LoadOptions(rejects=tmp_path / "rejected", **options))
        found.append((told(report), everything(store)))
    assert found[0][0] == found[1][0]
    assert found[0][1] == found[1][1]
    return found[0]


def write(folder: Path, **tables: list[str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


class Chance:
    """Rows of a package in which everything that can go wrong does, now and then."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)

    def of(self, *options: str) -> str:
        return self.r.choice(options)

    def subject(self, n: int) -> str:
        """A row of a person or, more often, of an organisation."""
        node = self.of(*[f"s{n}"] * 4, f"s{self.r.randrange(n + 1)}", "名称:甲", f"张三@s{n}", PERSON, "")
        days, flags = ("", "2001-02-03", "2001-2-3", "n/a"), ("", "", "", "true", "否", "maybe")
        rest = [
            self.of("", "存续"),
            self.of("", "", "是"),
            self.of(*days),
            self.of(*[""] * 4, "旧名公司;甲"),
            self.of(*flags),
        ]
        if self.r.random() < 0.4:
            number = self.of("", "", PERSON, MASKED, OLD_FORM, "E1234567", "999999 19900307 0020")
            name = self.of("张三", "李四", "王五 ", "赵·六")
            return _row([node, "person", "", name, "", "", "居民身份证" if number else "", number, *rest])
        kind = self.of("enterprise", "enterprise", "government", "social_org", "nonsense")
        name = self.of(f"甲{n}有限公司", f"乙{n}有限公司", "同名有限公司", "=丙,公司")
        code = self.of("", "", "", CODE, OTHER, CODE.lower(), CODE[:-1] + "0", "bad code", "1" * 18)
        return _row(
            [node, kind, self.of("company", "partnership", ""), name, code, self.of("", "9" * 15), "", "", *rest]
        )

    def relation(self, n: int) -> str:
        """A row whose ends may be missing, of the wrong kind, or said before."""
        kind = self.of("LEGAL_REP", "SHAREHOLDER", "SHAREHOLDER", "DIRECTOR", "BRANCH_OF", "KIN", "MAYBE_SAME", "ODD")
        ratio = self.of("", "0.5", "0.25", "0.1", "1.5", "x") if kind == "SHAREHOLDER" else ""
        since, until = self.of("", "2020-01-01", "2020-02-30"), self.of("", "", "2021-01-01", "2019-01-01")
        said = [kind, ratio, self.of("", "", "", "0.2"), "", "", self.of("", "", "董事"), since, until, ""]
        return ",".join([self.end(), self.end(), *said, self.of(f"r:{n}", f'"r, ""{n}"""', "")])

    def end(self) -> str:
        return self.of(*[f"s{self.r.randrange(12)}" for _ in range(8)], CODE, "张三@s1", "nobody", "")

    def listing(self, n: int) -> str:
        """An entry on somebody."""
        subject = self.of("s1", "s2", "nobody", CODE)
        return _row([f"l{self.r.randrange(n + 2)}", subject, "SXBZXR", BASIS, "2025-01-01", "listed", f"l:{n}"])


def _row(fields: list[str]) -> str:
    return ",".join(f'"{field}"' if "," in field else field for field in fields)


def dirty(folder: Path, seed: int, size: int) -> Path:
    chance = Chance(seed)
    return write(
        folder,
        subjects=[SUBJECT_HEAD, *(chance.subject(n) for n in range(size))],
        relations=[RELATION_HEAD, *(chance.relation(n) for n in range(2 * size))],
        listings=["id,subject,list,basis,listed_on,state,record", *(chance.listing(n) for n in range(4))],
        listing_names=[
            "listing,subject,name,id_number,role",
            "l0,,张三,,LEGAL_REP",
            f"l1,,钱七,{PERSON},X",
            "l1,s1,,,",
        ],
        contacts=["subject,kind,value", *(f"s{chance.r.randrange(14)},phone,0999-555010{n % 3}" for n in range(6))],
    )


def test_the_old_form_of_a_number_is_the_same_person_as_the_new_one(new: Store, tmp_path: Path) -> None:
    folder = write(
        tmp_path / "pkg",
        subjects=[
            SUBJECT_HEAD,
            f"s1,person,,张三,,,居民身份证,{OLD_FORM},,,,,",
            f"s2,person,,张三,,,居民身份证,{PERSON},,,,,",
            "s3,person,,李四,,,护照,E1234567,,,,,",
        ],
    )
    report, _ = both_ways(new, [folder], tmp_path)
    assert report["subjects"]["added"] == 2


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_in_a_package_both_ways_make_the_same(new: Store, tmp_path: Path, seed: int) -> None:
    both_ways(new, [dirty(tmp_path / "pkg", seed, 14)], tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 200))
def test_both_ways_make_the_same_of_many_packages(new: Store, tmp_path: Path, seed: int) -> None:
    both_ways(new, [dirty(tmp_path / "pkg", seed, 10 + seed % 40)], tmp_path)
