"""What the law attaches to a subject, and why a rule did or did not fire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.out_basis import FAILURES
from api.out_evidence import Evidence
from api.out_law import Explanation, Findings
from api.routes.asking import AsOf, OpenStore, Replay, Text
from api.routes.questions import Limit, WantedQuestion, cut
from queries.evidence import evidence as proof_of
from queries.findings import findings as bound
from queries.law.explain import explain as why
from queries.law.printed import rule_of
from queries.law.read import shipped
from queries.scenarios import scenario as profile_of
from queries.subjects import find

router = APIRouter(prefix="/api", tags=["law"], responses=FAILURES)

Profile = Annotated[
    str | None,
    Query(max_length=60, description="场景，见 /api/scenarios；不给则一切只提示", examples=["procurement"]),
]
RuleId = Annotated[str, Query(min_length=1, max_length=20, description="规则编号，见 /api/rules", examples=["R01"])]


@dataclass(frozen=True, slots=True)
class Stored:
    """One relation as it is stored: its type, from whom to whom, and its record where there are several."""

    type: str
    source: str
    target: str
    record: str | None


async def stored(
    kind: Annotated[str, Query(alias="type", max_length=40, examples=["SHAREHOLDER"])],
    source: Text,
    target: Text,
    record: Annotated[str | None, Query(max_length=300, description="记录出处；不给则为两者间此类关系的全部")] = None,
) -> Stored:
    """Which relation is asked about."""
    return Stored(kind, source, target, record)


@router.get("/findings")
def findings(
    store: OpenStore, subject: Text, wanted: WantedQuestion, scenario: Profile = None, limit: Limit = 1_000
) -> Findings:
    """What the law attaches to the subject, in a scenario or without one, and what merely comes near."""
    profile = profile_of(scenario) if scenario else None
    answer = bound(store, find(store, subject).id, profile, **wanted).to_json()
    return Findings.model_validate(cut(answer, "findings", limit))


@router.get("/explain")
def explain(store: OpenStore, subject: Text, rule: RuleId, as_of: AsOf, replay: Replay = False) -> Explanation:
    """Every path that could carry a rule to the subject, with each condition and the fact it was judged by."""
    wanted = rule_of(shipped(), rule)
    return Explanation.model_validate(why(store, find(store, subject).id, wanted, as_of=as_of, replay=replay).to_json())


@router.get("/evidence")
def why_it_counts(store: OpenStore, asked: Annotated[Stored, Depends(stored)], as_of: AsOf) -> Evidence:
    """One relation: its stored facts, whether it is in force, and what the policy lets through it either way."""
    ends = find(store, asked.source).id, find(store, asked.target).id
    return Evidence.model_validate(proof_of(store, asked.type, ends, as_of=as_of, record=asked.record).to_json())
