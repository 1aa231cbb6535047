"""What the law attaches to a subject, and why a rule did or did not fire."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.out_basis import FAILURES
from api.out_law import Explanation, Findings
from api.routes.asking import AsOf, OpenStore, Replay, Text
from api.routes.questions import Limit, WantedQuestion, cut
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
