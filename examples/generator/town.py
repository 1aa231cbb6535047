"""Who lives in the city: the cast of `cast.yaml` with identifiers, as plain records the writers read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from examples.generator.numbers import REGION, registration_number, resident_id, uscc

CITY = "乌有市"
SNAPSHOT = "2026-06-01"
AGENT_ADDRESS = f"{CITY}东皋区集贤路1号集群注册中心"
_STREETS = ("东皋区舒啸路", "西畴区春及路", "南窗区寄傲街", "北垞区临流巷", "中庭区盘桓大道")


@dataclass(frozen=True, slots=True)
class Firm:
    """An organisation. `capital` in 万元; `branch_of`: key of its head; `rep_only`: head known by name."""

    key: str
    name: str
    type: str
    uscc: str
    pripid: str
    reg_no: str
    born: str
    capital: float
    trade: str
    status: str
    address: str
    branch_of: str
    rep_only: str

    @property
    def registered(self) -> bool:
        """Whether it stands in the market register (others are registered with their own authorities)."""
        return self.uscc.startswith("9")

    @property
    def org_code(self) -> str:
        """The organisation code inside the credit code, printed with its dash."""
        return f"{self.uscc[8:16]}-{self.uscc[16]}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody. `number`: the full resident number; `shown`: what the register shows of it."""

    key: str
    name: str
    personid: str
    number: str
    shown: str
    old: bool = False


@dataclass(slots=True)
class Town:
    """Everybody and everything, in the order in which it was made; rows as in `cast.yaml`, by key."""

    firms: dict[str, Firm] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    posts: list[list[str]] = field(default_factory=list)
    holdings: list[list[Any]] = field(default_factory=list)
    changes: list[list[Any]] = field(default_factory=list)
    guarantees: list[list[Any]] = field(default_factory=list)
    former_names: list[list[str]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    cast: dict[str, Any] = field(default_factory=dict)

    def add_firm(self, key: str, spec: dict[str, Any]) -> Firm:
        """Register an organisation; identifiers follow from the order of registration."""
        n = len(self.firms) + 1
        department = str(spec.get("class", "91"))
        body = f"MA{n:06d}" if department == "91" else f"{n:08d}"
        name = spec["name"] if spec.get("full") else CITY + spec["name"]
        street = f"{CITY}{_STREETS[n % len(_STREETS)]}{n}号"
        self.firms[key] = firm = Firm(
            key=key,
            name=name,
            type=spec.get("type", "有限责任公司"),
            uscc=uscc(department, body),
            pripid=f"{REGION}{n:010d}",
            reg_no=registration_number(n),
            born=str(spec["born"]),
            capital=float(spec.get("capital", 0)),
            trade=spec.get("trade", ""),
            status=spec.get("status", "存续"),
            address=AGENT_ADDRESS if spec.get("at") == "hub" else street,
            branch_of=spec.get("branch_of", ""),
            rep_only=spec.get("rep_only", ""),
        )
        return firm

    def add_person(self, key: str, spec: dict[str, Any]) -> Person:
        """Register a person; birth day and number follow from the order of registration."""
        n = len(self.people) + 1
        born = str(spec.get("born") or f"{1955 + n * 7 % 28}-{n * 5 % 12 + 1:02d}-{n * 11 % 28 + 1:02d}")
        number = resident_id(born, n % 900 + 100)
        shown = number
        if spec.get("nameless"):
            number = shown = ""
        elif "mask_of" in spec:
            number = self.people[spec["mask_of"]].number
            shown = f"{number[:6]}{'*' * 8}{number[14:]}"
        elif "mask" in spec:
            shown = spec["mask"]
        self.people[key] = person = Person(key, spec["name"], f"RY{n:06d}", number, shown, bool(spec.get("old")))
        return person

    def name(self, key: str) -> str:
        """The name behind a key, firm or person."""
        return self.firms[key].name if key in self.firms else self.people[key].name

    def id(self, key: str) -> str:
        """The subject id behind a key: the credit code of a firm, the register's number of a person."""
        return self.firms[key].uscc if key in self.firms else self.people[key].personid

    def rep(self, firm: Firm) -> str:
        """Name of who signs for the firm on the day of the snapshot; "" for nobody."""
        heads = ("法定代表人", "负责人", "投资人", "经营者", "执行事务合伙人")
        for person, key, title, *dates in self.posts:
            until = dates[1] if len(dates) > 1 else ""
            if key == firm.key and title in heads and (not until or until > SNAPSHOT):
                return self.people[person].name
        return firm.rep_only


def raise_town(cast_file: Path) -> Town:
    """The cast alone, everybody with identifiers; the crowd comes later."""
    cast = yaml.load(cast_file.read_text(encoding="utf-8"), yaml.BaseLoader)
    town = Town(cast=cast)
    for key, spec in cast["firms"].items():
        town.add_firm(key, spec)
    for key, spec in cast["people"].items():
        town.add_person(key, spec if isinstance(spec, dict) else {"name": spec})
    for table in ("posts", "holdings", "changes", "guarantees", "former_names", "entries"):
        getattr(town, table).extend(cast[table])
    return town


def padded(row: Iterable[str], width: int) -> list[str]:
    """A row of the cast with its missing last cells as ""."""
    cells = list(row)
    return cells + [""] * (width - len(cells))
