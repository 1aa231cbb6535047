"""Exposure and reach: what comes near a subject (association only); whom its listings bind, and whom they come near."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from api.out import Exposure, Reach
from api.out_basis import FAILURES
from api.routes.answering import told
from api.routes.asking import AsOf, OpenStore, Replay, Text
from queries.exposure import expose
from queries.question import Asked
from queries.reach import reach
from queries.subjects import find

router = APIRouter(prefix="/api", tags=["questions"], responses=FAILURES)

Hops = Annotated[int | None, Query(ge=1, description="最多几步关系，默认与上限见 /api/policy")]
Possible = Annotated[bool, Query(description="也沿“可能为同一主体”推演")]
Limit = Annotated[int, Query(ge=1, le=10_000, description="最多几条；多出的不返回，complete 为 false")]


async def asked(as_of: AsOf, hops: Hops = None, include_possible: Possible = False, replay: Replay = False) -> Asked:
    """The parameters of a question of risk, as the queries take them."""
    return {"as_of": as_of, "hops": hops, "include_possible": include_possible, "replay": replay}


WantedQuestion = Annotated[Asked, Depends(asked)]


@router.get("/exposure", response_model=Exposure)
def exposure(store: OpenStore, subject: Text, wanted: WantedQuestion, limit: Limit = 1_000) -> Response:
    """Which listings come near the subject, each with the path that carries it."""
    answer = expose(store, find(store, subject).id, **wanted).to_json()
    return told(Exposure.model_validate(cut(answer, "exposures", limit)))


@router.get("/reach", response_model=Reach)
def reached(store: OpenStore, subject: Text, wanted: WantedQuestion, limit: Limit = 1_000) -> Response:
    """Whom the subject's listings, or one listing given by its id, bind by law, and whom they come near."""
    answer = reach(store, subject, **wanted).to_json()
    return told(Reach.model_validate(cut(answer, "exposures", limit)))


def cut(answer: dict[str, Any], key: str, limit: int) -> dict[str, Any]:
    """The answer with at most `limit` rows under `key`; rows left out are counted, and it is not complete."""
    rows = answer[key]
    if len(rows) <= limit:
        return answer
    return {**answer, key: rows[:limit], "left_out": len(rows) - limit, "complete": False}
