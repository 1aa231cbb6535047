"""Who is who: which node each row of each source means.

Subjects with the same valid USCC, or the same valid full ID number with its type, are one; the node keeps the id
first loaded and other ids stay accepted as aliases. A code with a failed check digit joins only where the
normalised names agree, a repeated-character code never. People known by name only are one node per
(organisation, name); organisations known by name only resolve to the one bearer of that full name, if there is
just one. Names alone never join people.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import pandas as pd

from graph.identifiers import personal_id, uscc
from graph.names import name_key
from graph.vocabulary import Kind
from loaders.facts import rows


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What identifies one subject row: the keys it may be joined by, strongest first."""

    keys: tuple[str, ...]
    bad_check: bool

    @staticmethod
    def of(row: dict[str, str]) -> Identifiers:
        """Read them off a row of `subjects` (uscc, id_type, id_number, name)."""
        keys: list[str] = []
        code = uscc(row["uscc"]) if row["uscc"] else None
        if code is not None and code.formed:
            keys.append(f"uscc:{code.value}" if code.valid else f"uscc?:{code.value}:{name_key(row['name'])}")
        number = personal_key(row["id_type"], row["id_number"])
        if number:
            keys.append(number)
        return Identifiers(tuple(keys), bad_check=code is not None and code.formed and not code.valid)


def personal_key(id_type: str, text: str) -> str:
    """`type:number` of a full, valid personal number; "" for a masked, repeated or malformed one."""
    if not text or "*" in text:
        return ""
    code = personal_id(text, id_type)
    return f"{code.kind}:{code.value}" if code.valid else ""


@dataclass(slots=True)
class Bearer:
    """A subject as far as identity needs it."""

    id: str
    name: str
    kind: str
    form: str
    keys: set[str]
    named_only: bool
    registered: bool  # has a code or registration number: a register's entry, to which a full name may lead
    names: set[str] = field(default_factory=set)  # normalised, former ones too
    sources: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Known:
    """Everything identity may look up: the graph's subjects that matter, growing as rows are resolved."""

    subjects: dict[str, Bearer] = field(default_factory=dict)
    by_id: dict[str, str] = field(default_factory=dict)
    by_key: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    merged: dict[str, str] = field(default_factory=dict)  # decided to be the same: loser -> keeper
    different: set[frozenset[str]] = field(default_factory=set)  # decided to be different

    def add(self, bearer: Bearer) -> None:
        """Make one subject known under its id, its keys and, for an organisation, its name."""
        self.subjects[bearer.id] = bearer
        self.by_id[bearer.id] = bearer.id
        for key in bearer.keys:
            self.by_key.setdefault(key, bearer.id)
        if bearer.kind != Kind.PERSON:
            self.by_name[name_key(bearer.name)].add(bearer.id)

    def bearers(self, name: str) -> list[Bearer]:
        """The organisations known by this normalised full name."""
        return [self.subjects[i] for i in sorted(self.by_name.get(name_key(name), ()))]


@dataclass(slots=True)
class Resolution:
    """The ids of one source: local id -> node id, new aliases, and rows that contradict what is known."""

    origin: str
    ids: dict[str, str] = field(default_factory=dict)
    aliases: list[tuple[str, str]] = field(default_factory=list)  # (other id, node id)
    refused: dict[int, str] = field(default_factory=dict)  # row position -> reason
    bad_checks: int = 0
    repeats: int = 0


def resolve(subjects: pd.DataFrame, known: Known, origin: str) -> Resolution:
    """Give every row of `subjects`, as the source `origin` has it, the node it means, making new ones known.

    Identified rows first, then organisations by full name, then people by (organisation, name), so that the
    order of rows in a file does not decide who is found.
    """
    found = Resolution(origin)
    first_lines: dict[str, dict[str, str]] = {}
    entries = list(enumerate(rows(subjects)))
    plain = [(i, r) for i, r in entries if not r["named_only"] and not r["within"]]
    wanted_names = _identified_names(plain)
    for position, row in plain:
        first = first_lines.setdefault(row["id"], row)
        if first is row:
            _plain(position, row, known, found, wanted_names)
        elif _says_the_same(first, row):
            found.repeats += 1
        else:
            found.refused[position] = f"编号重复：{row['id']} 已在 {first['record']} 出现且内容不同"
    for _, row in ((i, r) for i, r in entries if r["named_only"] and not r["within"]):
        _by_name(row, known, found)
    for position, row in ((i, r) for i, r in entries if r["within"]):
        _within(position, row, known, found)
    return found


def _says_the_same(first: dict[str, str], row: dict[str, str]) -> bool:
    return all(value == first[column] for column, value in row.items() if column != "record")


def _identified_names(entries: list[tuple[int, dict[str, str]]]) -> dict[str, int]:
    """How many distinct codes bear each organisation name in this batch."""
    codes: dict[str, set[str]] = defaultdict(set)
    for _, row in entries:
        if row["kind"] != Kind.PERSON:
            codes[name_key(row["name"])].add(row["uscc"] or row["reg_no"] or row["id"])
    return {name: len(held) for name, held in codes.items()}


def _plain(position: int, row: dict[str, str], known: Known, found: Resolution, names: dict[str, int]) -> None:
    marks = Identifiers.of(row)
    found.bad_checks += marks.bad_check
    by_key = {known.by_key[k] for k in marks.keys if k in known.by_key}
    if len(by_key) > 1:
        found.refused[position] = f"证件号码分属不同主体：{'、'.join(sorted(by_key))}"
        return
    same = next(iter(by_key), None)
    held = known.by_id.get(row["id"])
    if held is not None and same not in (None, held):
        found.refused[position] = f"编号 {row['id']} 已属于另一主体 {held}，而代码属于 {same}"
        return
    if held is not None and (why := _is_another(known.subjects[held], row, marks, found.origin)):
        found.refused[position] = f"编号 {row['id']} 已属于另一主体 {held}（{why}），请改用不同的编号"
        return
    node = same or held or _adopted(row, marks, known, names) or row["id"]
    _settle(row, node, marks, known)
    known.subjects[node].sources.add(found.origin)
    found.ids[row["id"]] = node
    if node != row["id"]:
        found.aliases.append((row["id"], node))
        known.by_id[row["id"]] = node


def _is_another(bearer: Bearer, row: dict[str, str], marks: Identifiers, origin: str) -> str:
    """Why the row cannot be the subject that bears its id already, or "".

    A shared code settles it. Without one, a source may rename its own subjects; another source's must agree in name.
    """
    if (bearer.kind == Kind.PERSON) != (row["kind"] == Kind.PERSON):
        return f"类型不同：{bearer.kind}"
    if bearer.keys & set(marks.keys):
        return ""
    if any(_clashes(bearer, key) for key in marks.keys):
        return "代码不同"
    if origin not in bearer.sources and name_key(row["name"]) not in {name_key(bearer.name), *bearer.names}:
        return f"名称不同：{bearer.name}"
    return ""


def _clashes(bearer: Bearer, key: str) -> bool:
    """Whether the subject has another identifier of the same kind as this sure one."""
    scheme = key.split(":", 1)[0]
    return not scheme.endswith("?") and any(k.split(":", 1)[0] == scheme for k in bearer.keys)


def _adopted(row: dict[str, str], marks: Identifiers, known: Known, names: dict[str, int]) -> str | None:
    """The name-only organisation this register entry turns out to be, when neither name has a second bearer."""
    if row["kind"] == Kind.PERSON or not marks.keys or names.get(name_key(row["name"]), 0) != 1:
        return None
    bearers = known.bearers(row["name"])
    return bearers[0].id if len(bearers) == 1 and bearers[0].named_only else None


def _settle(row: dict[str, str], node: str, marks: Identifiers, known: Known) -> None:
    bearer = known.subjects.get(node)
    if bearer is None:
        bearer = Bearer(node, row["name"], row["kind"], row["form"], set(marks.keys), False, _registered(row))
    bearer.keys.update(marks.keys)
    bearer.names.update(name_key(n) for n in (row["name"], *row["aliases"].split(";")) if n)
    bearer.named_only = False
    bearer.registered = bearer.registered or _registered(row)
    bearer.form = bearer.form or row["form"]
    known.add(bearer)
    if row["kind"] != Kind.PERSON:
        known.by_name[name_key(row["name"])].add(node)


def _registered(row: dict[str, str]) -> bool:
    return bool(row["uscc"] or row["reg_no"])


def _by_name(row: dict[str, str], known: Known, found: Resolution) -> None:
    bearers = known.bearers(row["name"])
    sure = [b for b in bearers if b.registered]
    loose = [b for b in bearers if b.named_only]
    if len(sure) == 1 and not loose:
        found.ids[row["id"]] = sure[0].id
    elif loose:
        found.ids[row["id"]] = loose[0].id
    else:
        node = f"名称:{name_key(row['name'])}"
        known.add(Bearer(node, row["name"], row["kind"], row["form"], set(), True, False))
        found.ids[row["id"]] = node


def _within(position: int, row: dict[str, str], known: Known, found: Resolution) -> None:
    organisation = found.ids.get(row["within"]) or lookup(row["within"], known)
    if organisation is None:
        found.refused[position] = f"所属单位不存在：{row['within']}"
        return
    node = f"{row['name'].strip()}@{organisation}"
    node = known.merged.get(node, node)
    if node not in known.subjects:
        known.add(Bearer(node, row["name"], row["kind"], row["form"], set(), False, False))
    found.ids[row["id"]] = node


def lookup(reference: str, known: Known) -> str | None:
    """The node a reference in another row means: an id, an alias, or a USCC."""
    node = known.by_id.get(reference)
    if node is None:
        node = known.by_key.get(f"uscc:{reference.strip().upper()}")
    return known.merged.get(node, node) if node is not None else None
