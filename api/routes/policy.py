"""What the answers rest on: the policy, the sources loaded, the words of the vocabulary."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from api.out_basis import FAILURES, Policy, Sources, Vocabulary
from api.routes.asking import OpenStore, caller, day_of
from api.vocabulary import vocabulary
from queries.policy import shipped
from queries.sources import loaded

router = APIRouter(prefix="/api", tags=["basis"], responses=FAILURES, dependencies=[Depends(caller), Depends(day_of)])


@router.get("/policy")
def policy() -> Policy:
    """What a listing weighs and what each relation lets through."""
    return Policy.model_validate(shipped().to_json())


@router.get("/sources")
def sources(store: OpenStore) -> Sources:
    """What is loaded: files, snapshot day, rows, lists covered."""
    return Sources.model_validate({"sources": [source.to_json() for source in loaded(store)]})


@router.get("/vocabulary")
def words(
    lang: Annotated[Literal["zh-CN", "en"], Query(description="语言；language")] = "zh-CN",
) -> Vocabulary:
    """What the codes mean, in Chinese or English."""
    return Vocabulary.model_validate(vocabulary(lang))
