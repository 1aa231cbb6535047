"""The company graph of LDBC FinBench (scale factor 0.1) as a graph package: who invests in which company."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

FOLDER = "finbench"
SUBJECTS = (("Company.csv", "c", "company", "enterprise"), ("Person.csv", "p", "person", "person"))
RELATIONS = (("CompanyInvestCompany.csv", "c"), ("PersonInvestCompany.csv", "p"))


def write(data: Path, folder: Path) -> Path:
    """The package in `folder` (made if missing), from the files in `data`; ids tell companies from people."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "subjects.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("id", "kind", "name"))
        for name, letter, word, kind in SUBJECTS:
            table.writerows((letter + row[f"{word}Id"], kind, row[f"{word}Name"]) for row in _rows(data / name))
    with (folder / "relations.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("source", "target", "type", "ratio", "record"))
        for name, letter in RELATIONS:
            for line, row in enumerate(_rows(data / name), start=2):
                ends = (letter + row["investorId"], "c" + row["companyId"])
                table.writerow((*ends, "SHAREHOLDER", row["ratio"], f"{FOLDER}/{name}:{line}"))
    return folder


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="|")
