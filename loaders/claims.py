"""What each source says of a subject, and the one picture folded from it.

The first source loaded is believed first; later ones fill what it left open. What a second source says is kept
beside the first (`claims`), so that withdrawing either leaves exactly what the other said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from graph.identifiers import personal_id, uscc
from graph.names import name_key
from graph.vocabulary import Kind
from loaders.checks import FALSE_WORDS

Claim = dict[str, Any]
_TEXTS = ("kind", "form", "name", "reg_no", "id_type", "status", "sector", "region", "established")


def claim(row: dict[str, str]) -> Claim:
    """One row of `subjects` as typed properties; what it leaves open is absent."""
    said: Claim = {k: row[k].strip() for k in _TEXTS if row[k].strip()}
    if row["uscc"]:
        code = uscc(row["uscc"])
        said["uscc"] = code.value if code.formed else row["uscc"].strip()
    if row["id_number"]:
        said["id_number"] = personal_number(row["id_type"], row["id_number"])
    if row["state_owned"]:
        said["state_owned"] = row["state_owned"].lower() not in FALSE_WORDS
    if row["conducts"]:
        said["conducts"] = row["conducts"].lower() not in FALSE_WORDS
    if row["named_only"]:
        said["named_only"] = True
    aliases = [a.strip() for a in row["aliases"].split(";") if a.strip()]
    if aliases:
        said["aliases"] = aliases
    return said


def personal_number(id_type: str, text: str) -> str:
    """A personal number as it is stored: normal form when full, as given when masked."""
    return text.strip().upper() if "*" in text else personal_id(text, id_type).value


def fold(claims: Iterable[Claim]) -> Claim:
    """One claim from several: first come first believed, names not believed become aliases.

    An organisation that anyone knows by more than its name is no longer known by name only.
    """
    ordered = sorted(claims, key=lambda c: bool(c.get("named_only")))
    whole: Claim = {}
    aliases: dict[str, None] = {}
    for said in ordered:
        for key, value in said.items():
            if key not in ("aliases", "named_only"):
                whole.setdefault(key, value)
        aliases.update(dict.fromkeys([*said.get("aliases", []), said.get("name", "")]))
    aliases.pop("", None)
    own = name_key(whole.get("name", ""))
    others = [a for a in aliases if name_key(a) != own]
    if others:
        whole["aliases"] = others
    if ordered and all(c.get("named_only") for c in ordered):
        whole["named_only"] = True
    return whole


def properties(node: str, claims: dict[str, Claim]) -> dict[str, Any]:
    """The stored properties of a subject on whom these sources (in the order loaded) made these claims."""
    whole = fold(claims.values())
    props: dict[str, Any] = {"id": node, "name_key": name_key(whole["name"]), "sources": list(claims)}
    props.update(whole)
    props.setdefault("conducts", whole.get("kind") != Kind.GOVERNMENT)
    if len(claims) > 1:
        props["claims"] = json.dumps(claims, ensure_ascii=False, sort_keys=False)
    return props


def claims_of(props: dict[str, Any]) -> dict[str, Claim]:
    """Source -> claim, read back from stored properties."""
    if props.get("claims"):
        stored: dict[str, Claim] = json.loads(props["claims"])
        return stored
    sources = props.get("sources") or []
    if not sources:
        return {}
    derived = {"id", "name_key", "sources", "claims"}
    said = {k: v for k, v in props.items() if k not in derived and v is not None}
    if said.get("conducts") == (said.get("kind") != Kind.GOVERNMENT):
        said.pop("conducts", None)
    return {sources[0]: said}


def revise(
    props: dict[str, Any] | None, origin: str, said: Claim, *, node: str, replace: bool
) -> dict[str, Any] | None:
    """New stored properties of `node` after `origin` said this, or None when that changes nothing.

    `replace`: the claim stands for all the source knows now (a full load); else it adds to what it said before.
    """
    claims = claims_of(props) if props else {}
    before = claims.get(origin)
    now = said if before is None or replace else _added(before, said)
    if before is not None and normal(before) == normal(now):
        return None
    claims[origin] = now
    return rewritten(node, props or {}, claims)


def rewritten(node: str, props: dict[str, Any], claims: dict[str, Claim]) -> dict[str, Any]:
    """Properties to set so that a node holding `props` holds exactly what `claims` say."""
    new = properties(node, claims)
    return {**{k: None for k in props if k not in new}, **new}


def _added(before: Claim, said: Claim) -> Claim:
    if said.get("named_only") and not before.get("named_only"):
        return before  # a mere name adds nothing to an entry
    now = {**before, **said}
    aliases = list(dict.fromkeys([*before.get("aliases", []), *said.get("aliases", [])]))
    if aliases:
        now["aliases"] = aliases
    if not said.get("named_only"):
        now.pop("named_only", None)
    return now


def normal(said: Claim) -> Claim:
    """A claim without what says nothing, for comparing; a default stated aloud equals one left out."""
    kept = {k: v for k, v in said.items() if v not in (None, "", [])}
    if kept.get("conducts") == (kept.get("kind") != Kind.GOVERNMENT):
        kept.pop("conducts", None)
    return kept
