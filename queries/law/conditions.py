"""The conditions of a rule, one by one: what was asked, whether the facts meet it, and which fact said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from graph.vocabulary import FORMS, KIND_LABELS, RELATIONS, Kind
from queries.law.bindings import Link
from queries.law.pack import Body, Step, Words

Props = Mapping[str, Any]


class Status(StrEnum):
    """How a condition stands. `pending`: the graph cannot know it; somebody has to show it."""

    MET = "met"
    FAILED = "failed"
    UNKNOWN = "unknown"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of one rule on one path.

    `key`: list, ground, listed, in_force, period, role, role_time, post, post_time, other, named, version,
    exempt, pending. `fact`: what was found, in Chinese. `note`: what a finding says where this is open.
    """

    key: str
    asks: Words
    status: Status
    fact: str
    note: str = ""

    def to_json(self) -> dict[str, str]:
        """An entry of `conditions` of `explain --json`."""
        return {
            "key": self.key,
            "asks": self.asks.zh,
            "asks_en": self.asks.en,
            "status": str(self.status),
            "fact": self.fact,
        }


def status(met: bool | None) -> Status:
    """MET, FAILED, or UNKNOWN for None."""
    return Status.UNKNOWN if met is None else Status.MET if met else Status.FAILED


def one_of(words: frozenset[str] | tuple[str, ...], labels: Mapping[str, str] | None = None) -> str:
    """Some words as a Chinese list."""
    return "、".join((labels or {}).get(word, word) for word in (words if isinstance(words, tuple) else sorted(words)))


def ground(wanted: frozenset[str], left_open: frozenset[str], said: str | None) -> Condition:
    """The ground of the entry: what the rule needs, what leaves it open, and what the entry says."""
    met = True if said in wanted else None if not said or said in left_open else False
    asks = Words(f"列入事由代码为 {one_of(wanted)}", f"ground is {' or '.join(sorted(wanted))}")
    note = "列入事由未载明是否属于该条情形，待核实" if met is None else ""
    return Condition("ground", asks, status(met), f"事由代码：{said or '未载明'}", note)


def bodies(key: str, body: Body, props: Props) -> list[Condition]:
    """What an end of the way has to be; nothing where nothing is asked."""
    made = []
    name = props.get("name") or props["id"]
    if body.kinds:
        labels = {str(kind): label for kind, label in KIND_LABELS.items()}
        kind = props.get("kind")
        asks = Words(f"主体类别为{one_of(body.kinds, labels)}", f"kind is {' or '.join(sorted(body.kinds))}")
        fact = f"{name} 的类别：{labels.get(kind or '', '不明')}"
        made.append(Condition(key, asks, status(None if not kind else kind in body.kinds), fact))
    if body.forms:
        made.append(_form(key, body, name, props.get("form")))
    if body.sectors:
        made.append(_sector(key, body, name, props.get("sector") or ""))
    if body.state_owned is not None:
        owned = props.get("state_owned")
        asks = Words("国有独资或国有控股" if body.state_owned else "非国有", f"state owned: {body.state_owned}")
        fact = f"{name} 是否国有：{'不明' if owned is None else '是' if owned else '否'}"
        note = f"{name} 是否国有独资或国有控股，待核实" if owned is None else ""
        met = None if owned is None else bool(owned) == body.state_owned
        made.append(Condition(key, asks, status(met), fact, note))
    return made


def _form(key: str, body: Body, name: str, form: str | None) -> Condition:
    met = True if form in body.forms else None if not form or form in body.maybe_forms else False
    asks = Words(f"组织形式为{one_of(body.forms, FORMS)}", f"form is {' or '.join(sorted(body.forms))}")
    note = f"{name} 的组织形式待核实" if met is None else ""
    return Condition(key, asks, status(met), f"{name} 的形式：{FORMS.get(form or '', '不明')}", note)


def _sector(key: str, body: Body, name: str, sector: str) -> Condition:
    ruled_out = any(word in sector for word in body.not_sectors)
    met = any(word in sector for word in body.sectors) and not ruled_out if sector else None
    asks = Words(f"行业含“{one_of(body.sectors)}”", f"sector names one of: {', '.join(body.sectors)}")
    note = f"{name} 的行业待核实" if met is None else ""
    return Condition(key, asks, status(met), f"{name} 的行业：{sector or '不明'}", note)


def relation(key: str, step: Step, link: Link) -> list[Condition]:
    """Type, share and title of a relation."""
    label = RELATIONS[link.type].label
    labels = {name: kind.label for name, kind in RELATIONS.items()}
    asks = Words(f"关系为{one_of(step.types, labels)}", f"relation is {' or '.join(step.types)}")
    made = [Condition(key, asks, status(link.type in step.types), f"实际关系：{label}")]
    if RELATIONS[link.type].rated and (step.min_ratio is not None or step.over is not None):
        made.append(_share(key, step, link.props.get("ratio")))
    if step.titles:
        title = link.props.get("title") or ""
        met = any(word in title for word in step.titles) if title else None
        asks = Words(f"职务含“{one_of(step.titles)}”", f"title names one of: {', '.join(step.titles)}")
        note = "具体职务待核实" if met is None else ""
        made.append(Condition(key, asks, status(met), f"职务：{title or '未载明'}", note))
    if step.not_titles and link.props.get("title"):
        title = str(link.props["title"])
        asks = Words(f"职务不含“{one_of(step.not_titles)}”", f"title names none of: {', '.join(step.not_titles)}")
        made.append(Condition(key, asks, status(not any(w in title for w in step.not_titles)), f"职务：{title}"))
    return made


def _share(key: str, step: Step, ratio: float | None) -> Condition:
    """「以上」 includes the figure (`min_ratio`), 「超过」 does not (`over`)."""
    over = step.over is not None
    bound = step.over if step.over is not None else step.min_ratio
    assert bound is not None  # the caller asked
    met = None if ratio is None else ratio > bound if over else ratio >= bound
    asks = Words(f"比例{'超过' if over else '不低于'} {bound:.2%}", f"share {'>' if over else '>='} {bound:.2%}")
    note = "持股比例待核实" if met is None else ""
    return Condition(key, asks, status(met), f"比例：{'未载明' if ratio is None else f'{ratio:.2%}'}", note)


def not_the_same(listed: Props, other: Props) -> Condition:
    """The other organisation is another one than that which is listed."""
    asks = Words("为另一单位", "another organisation")
    return Condition("other", asks, status(listed["id"] != other["id"]), str(other.get("name") or other["id"]))


def is_person(props: Props) -> bool:
    """Whether a subject is a natural person."""
    return props.get("kind") == Kind.PERSON
