"""What the asked subject, or a party, has to be for a regime or a clause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.vocabulary import FORMS, KIND_LABELS, Kind
from queries.regimes.model import Body

OPEN = "登记类别待核实"
PERSON, STATE = Kind.PERSON, Kind.GOVERNMENT


def fits(body: Body, props: Mapping[str, Any]) -> bool | None:
    """Whether a subject is such a body; None where the graph does not say. Sectors are another question."""
    if body.kinds and props.get("kind") not in body.kinds:
        return False
    if props.get("form") in body.not_forms:
        return False
    if not body.uscc and not body.names:
        return True
    code, name = str(props.get("uscc") or ""), str(props.get("name") or "")
    if code:
        return code.startswith(body.uscc)
    if any(word in name for word in body.names):
        return True
    return False if body.always_named or any(word in name for word in body.not_names) else None


def in_sector(body: Body, props: Mapping[str, Any]) -> bool:
    """Whether a subject is known to be of the trade, by its sector or its name."""
    told = f"{props.get('sector') or ''} {props.get('name') or ''}"
    return not body.sectors or any(word in told for word in body.sectors)


def told(props: Mapping[str, Any]) -> str:
    """What a subject is, in words."""
    form = FORMS.get(str(props.get("form") or ""))
    return form or (KIND_LABELS[Kind(props["kind"])] if props.get("kind") in set(Kind) else "类别不详")


def is_state(props: Mapping[str, Any]) -> bool:
    """Whether it is the state: a body of it, or an investor of its that joins nobody."""
    return props.get("kind") == STATE or (props.get("conducts") is False and bool(props.get("state_owned")))


def stands_for_others(props: Mapping[str, Any]) -> bool:
    """Whether it only holds for others: not the state, and risk does not pass through it."""
    return props.get("kind") != PERSON and props.get("conducts") is False and not is_state(props)
