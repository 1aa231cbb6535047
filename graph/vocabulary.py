"""The one vocabulary: kinds, forms, relation types, list codes and what is known of each list.

Loaders, Cypher texts, command line, pictures and docs read it here; nothing spells it a second time.
Names are those of the contract; what a list is (authority, basis, term, exit) stands in `lists.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from graph.days import months_on


class Kind(StrEnum):
    """The five credit subjects (五大信用主体)."""

    ENTERPRISE = "enterprise"
    PERSON = "person"
    INSTITUTION = "institution"
    SOCIAL_ORG = "social_org"
    GOVERNMENT = "government"


KIND_LABELS: dict[Kind, str] = {
    Kind.ENTERPRISE: "企业",
    Kind.PERSON: "自然人",
    Kind.INSTITUTION: "事业单位",
    Kind.SOCIAL_ORG: "社会组织",
    Kind.GOVERNMENT: "政府机关",
}

FORMS: dict[str, str] = {
    "company": "公司",
    "partnership": "合伙企业",
    "sole_prop": "个人独资企业",
    "individual_business": "个体工商户",
    "branch": "分支机构",
    "cooperative": "农民专业合作社",
    "law_firm": "律师事务所",
    "fund": "基金/产品",
    "public_institution": "事业单位",
    "mass_org": "群众团体",
    "foreign": "境外机构",
    "other": "其他",
}


@dataclass(frozen=True, slots=True)
class RelationType:
    """One way two subjects are joined, stored from the first to the second.

    `first`/`second`: which ends it may join (`person`, `organisation` or `subject` for either). `rated`: it has
    a ratio 0–1. `symmetric`: it means the same read either way. `reads`: "{a} … {b}" aloud, in Chinese.
    """

    name: str
    label: str
    first: str
    second: str
    reads: str
    rated: bool = False
    symmetric: bool = False


_RELATIONS = (
    RelationType("LEGAL_REP", "法定代表人", "person", "organisation", "{a} 是 {b} 的法定代表人"),
    RelationType("PRINCIPAL", "主要负责人", "subject", "organisation", "{a} 是 {b} 的主要负责人"),
    RelationType("DIRECT_RESPONSIBLE", "直接责任人员", "person", "organisation", "{a} 是 {b} 的直接责任人员"),
    RelationType("DIRECTOR", "董事", "person", "organisation", "{a} 是 {b} 的董事"),
    RelationType("SUPERVISOR", "监事", "person", "organisation", "{a} 是 {b} 的监事"),
    RelationType("EXECUTIVE", "高级管理人员", "person", "organisation", "{a} 是 {b} 的高级管理人员"),
    RelationType("EMPLOYEE", "从业人员", "person", "organisation", "{a} 是 {b} 的从业人员"),
    RelationType("FOUNDER", "发起人", "person", "organisation", "{a} 发起设立 {b}"),
    RelationType("SHAREHOLDER", "股东", "subject", "organisation", "{a} 持有 {b} 的股权", rated=True),
    RelationType("ACTUAL_CONTROLLER", "实际控制人", "subject", "organisation", "{a} 实际控制 {b}"),
    RelationType("GENERAL_PARTNER", "普通合伙人", "subject", "organisation", "{a} 是 {b} 的普通合伙人", rated=True),
    RelationType("LIMITED_PARTNER", "有限合伙人", "subject", "organisation", "{a} 是 {b} 的有限合伙人", rated=True),
    RelationType("BRANCH_OF", "分支机构", "organisation", "organisation", "{a} 是 {b} 的分支机构"),
    RelationType("MANAGES", "管理", "organisation", "organisation", "{a} 管理 {b}"),
    RelationType("GUARANTEES", "担保", "subject", "subject", "{a} 为 {b} 提供担保"),
    RelationType("CO_DEBTOR", "共同被执行", "subject", "subject", "{a} 与 {b} 为共同被执行人"),
    RelationType("SUPPLIES", "供应", "subject", "organisation", "{a} 是 {b} 的供应商", rated=True),
    RelationType("CONCERT", "一致行动", "subject", "subject", "{a} 与 {b} 一致行动", symmetric=True),
    RelationType("KIN", "亲属", "person", "person", "{a} 与 {b} 为亲属", symmetric=True),
    RelationType("MAYBE_SAME", "可能为同一主体", "subject", "subject", "{a} 与 {b} 可能为同一主体", symmetric=True),
    RelationType("CONTACT", "联系方式", "subject", "contact", "{a} 登记了 {b}"),
)

RELATIONS: dict[str, RelationType] = {r.name: r for r in _RELATIONS}
RELATION_TYPES: tuple[str, ...] = tuple(RELATIONS)
# Between subjects only: CONTACT leads to a Contact node.
SUBJECT_RELATION_TYPES: tuple[str, ...] = tuple(t for t in RELATION_TYPES if t != "CONTACT")
# What joins subjects to listings: LISTED (is listed), NAMED_IN (the entry names it), EXEMPT_FROM (court permission …).
STRUCTURAL_TYPES: tuple[str, ...] = ("LISTED", "NAMED_IN", "EXEMPT_FROM")

CONTACT_KINDS: dict[str, str] = {
    "address": "地址",
    "phone": "电话",
    "email": "邮箱",
    "agent": "代理人",
    "website": "网站",
}

TIERS: dict[str, str] = {"minor": "轻微", "general": "一般", "serious": "严重"}

STATES: dict[str, str] = {
    "listed": "在列",
    "objected": "异议中",
    "correcting": "整改中",
    "repair_applied": "已申请修复",
    "repaired": "已修复",
    "rejected": "修复被驳回",
    "expired": "已到期",
    "revoked": "已撤销",
    "suspended": "暂停",
}
# States that say a listing is over: they need the day it ended.
ENDED_STATES: frozenset[str] = frozenset({"repaired", "expired", "revoked"})

Family = Literal["negative", "status", "record", "permit", "red", "cn_foreign", "foreign"]


Grade = Literal["text", "partial", "unverified"]


@dataclass(frozen=True, slots=True)
class Term:
    """How long a listing runs by law: `years` or `months` from its day, for some `grounds` or one `tier` only.

    `grade`: how well that was read, which may be worse than the basis of the list.
    """

    grade: Grade
    years: int = 0
    months: int = 0
    grounds: tuple[str, ...] = ()
    tier: str = ""

    def fits(self, ground: str | None, tier: str | None) -> bool:
        """Whether it is the term of such a listing."""
        return (not self.grounds or ground in self.grounds) and (not self.tier or tier == self.tier)


@dataclass(frozen=True, slots=True)
class ListType:
    """One list a listing can be on: who keeps it, on what law it rests, how long it runs, how one leaves it.

    `family`: negative (a list that takes something away), status (an adverse state, no blacklist), record
    (a single decision), permit (neutral), red (commendation), cn_foreign (China's lists on foreign parties),
    foreign (other states' lists: information only, 仅供合规参考). `grade`: how well `basis` was read:
    text, partial or unverified. `terms`: the fixed terms among those told in `term`. `grounds`: codes of the case a
    listing may carry, with their words; a list without any has none that matters.
    """

    code: str
    name: str
    name_en: str
    family: Family
    authority: str
    basis: str
    grade: Grade
    listed: str
    term: str
    exit: str
    terms: tuple[Term, ...] = ()
    grounds: Mapping[str, str] = field(default_factory=dict)

    def term_until(self, listed_on: str, ground: str | None, tier: str | None) -> tuple[str, Grade] | None:
        """The last day of a listing by law, and how well that term was read; None where none is fixed."""
        for term in self.terms:
            if term.fits(ground, tier):
                return months_on(listed_on, 12 * term.years + term.months), term.grade
        return None


@cache
def list_types() -> dict[str, ListType]:
    """All list codes in the order of `lists.yaml`."""
    rows = yaml.safe_load(files("graph").joinpath("lists.yaml").read_text(encoding="utf-8"))
    return {code: _list_type(code, row) for code, row in rows.items()}


def _list_type(code: str, row: dict[str, Any]) -> ListType:
    terms = (Term(**{**term, "grounds": tuple(term.get("grounds", ()))}) for term in row.get("terms", ()))
    return ListType(code=code, **{**row, "terms": tuple(terms)})
