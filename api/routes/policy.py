"""What the answers rest on: the policy, the sources loaded, the words of the vocabulary."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from api.out_basis import FAILURES, Policy, Sources, Vocabulary
from api.routes.asking import OpenStore, caller, day_of
from graph.vocabulary import KIND_LABELS, RELATIONS, STATES, list_types
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
def vocabulary() -> Vocabulary:
    """What the codes mean, in Chinese."""
    return Vocabulary(
        kinds={str(kind): label for kind, label in KIND_LABELS.items()},
        relations={name: relation.label for name, relation in RELATIONS.items()},
        lists={code: kind.name for code, kind in list_types().items()},
        states=dict(STATES),
    )
