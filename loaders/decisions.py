"""Identity decisions: what a person has decided about two subjects, kept so that it survives reloads.

Yes makes two nodes one: the second's relations, listings and ids move to the first and remember where they came
from, so that the decision can be undone. No removes a 「可能为同一主体」 link and keeps it from coming back.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from graph.cypher import text
from graph.errors import InputError
from graph.store import Store, Tx
from graph.vocabulary import RELATION_TYPES, STRUCTURAL_TYPES
from loaders.claims import claims_of, rewritten
from loaders.identity import Known

JOINING = (*RELATION_TYPES, *STRUCTURAL_TYPES)


def _cypher(name: str, **blanks: Any) -> str:
    return text("loaders.cypher", name, **blanks)


def applied(store: Store, known: Known) -> Known:
    """Known, with every decided identity: the id given up means the one kept; and who is decided to be different."""
    for row in store.read(_cypher("decisions")):
        if row["verdict"] == "yes":
            known.merged[row["b"]] = row["a"]
            if row["a"] in known.subjects:
                known.by_id[row["b"]] = row["a"]
        else:
            known.different.add(frozenset((row["a"], row["b"])))
    return known


def decide(store: Store, a: str, b: str, *, yes: bool, reason: str) -> dict[str, Any]:
    """Record that subjects a and b (node ids) are, or are not, one; takes effect at once.

    Raises InputError when the reason is missing, the two are the same node, of different kinds, or bear
    different sure identifiers.
    """
    if not reason.strip():
        raise InputError("缺少理由", remedy="用 --reason 写明判断依据，便于复核")
    if a == b:
        raise InputError("两个编号是同一主体", value=a)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    verdict = "yes" if yes else "no"
    row = {"id": _pair(a, b), "a": a, "b": b, "verdict": verdict, "reason": reason.strip(), "at": at}

    def work(tx: Tx) -> None:
        held = {r["id"]: r["props"] for r in tx.run(_cypher("held_subjects"), keys=[a, b])}
        _may_join(held, a, b, yes)
        kept = _merge(tx, held[a], held[b]) if yes else {"between": _unlink(tx, a, b)}
        told = json.dumps(kept, ensure_ascii=False)
        tx.run(_cypher("record_decision"), **row, kept=told, mark=token_hex(8))

    store.transact(work, timeout=300.0)
    return {**{k: row[k] for k in ("a", "b", "verdict", "reason", "at")}, "undone": False}


def undo(store: Store, a: str, b: str) -> dict[str, Any]:
    """Take a decision back: the two are as before it, with what was loaded since staying with the kept one."""

    def work(tx: Tx) -> dict[str, Any]:
        rows = tx.run(_cypher("decision"), id=_pair(a, b))
        if not rows:
            raise InputError("没有可撤销的身份判断", value=f"{a} / {b}", remedy="用 xinmai same A B 查看已作的判断")
        row = rows[0]
        kept = json.loads(row["kept"])
        if row["verdict"] == "yes":
            _split(tx, row["a"], kept)
        _rejoin(tx, kept["between"])
        tx.run(_cypher("delete_decision"), id=_pair(a, b))
        return {**{k: row[k] for k in ("a", "b", "verdict", "reason", "at")}, "undone": True}

    return store.transact(work, timeout=300.0)


def refused_pairs(tx: Tx) -> set[frozenset[str]]:
    """Pairs decided to be different: no 「可能为同一主体」 link is made between them again."""
    rows = tx.run(_cypher("decisions"))
    return {frozenset((r["a"], r["b"])) for r in rows if r["verdict"] == "no"}


def _pair(a: str, b: str) -> str:
    return "|".join(sorted((a, b)))


def _may_join(held: dict[str, dict[str, Any]], a: str, b: str, yes: bool) -> None:
    for node in (a, b):
        if node not in held:
            raise InputError("主体不存在", value=node)
    if not yes:
        return
    first, second = held[a], held[b]
    if (first["kind"] == "person") != (second["kind"] == "person"):
        raise InputError("自然人与组织不能合并", value=f"{a} / {b}")
    for code in ("uscc", "id_number"):
        x, y = first.get(code), second.get(code)
        if x and y and "*" not in f"{x}{y}" and x != y:
            raise InputError("两个主体的证件号码不同，不能合并", value=f"{a} / {b}", remedy="先更正来源数据")


def _merge(tx: Tx, first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    a, b = first["id"], second["id"]
    between = tx.run(_cypher("between"), a=a, b=b)
    tx.run(_cypher("delete_between"), a=a, b=b)
    claims = claims_of(first)
    for origin, said in claims_of(second).items():
        claims.setdefault(origin, said)
    for kind in JOINING:
        for name in ("move_outgoing", "move_incoming"):
            if name == "move_outgoing" or kind not in (*STRUCTURAL_TYPES, "CONTACT"):
                tx.run(_cypher(name, TYPE=kind), a=a, b=b)
    tx.run(_cypher("repoint_aliases"), a=a, b=b)
    tx.run(_cypher("delete_subjects"), ids=[b])
    tx.run(_cypher("update_subjects"), rows=[{**rewritten(a, first, claims), "id": a}])
    tx.run(_cypher("merge_aliases"), rows=[{"id": f"id|{b}", "kind": "id", "key": b, "subject": a}])
    return {"first": first, "second": second, "between": between}


def _split(tx: Tx, a: str, kept: dict[str, Any]) -> None:
    second = kept["second"]
    b = second["id"]
    tx.run(_cypher("create_subjects"), rows=[second])
    now = {r["id"]: r["props"] for r in tx.run(_cypher("held_subjects"), keys=[a])}[a]
    first_claims = claims_of(kept["first"])
    claims = {o: c for o, c in claims_of(now).items() if o in first_claims or o not in claims_of(second)}
    tx.run(_cypher("update_subjects"), rows=[{**rewritten(a, now, claims), "id": a}])
    for kind in JOINING:
        for name in ("return_outgoing", "return_incoming"):
            if name == "return_outgoing" or kind not in (*STRUCTURAL_TYPES, "CONTACT"):
                tx.run(_cypher(name, TYPE=kind), a=a, b=b)
    tx.run(_cypher("return_aliases"), a=a, b=b)
    tx.run(_cypher("delete_alias"), id=f"id|{b}")


def _unlink(tx: Tx, a: str, b: str) -> list[dict[str, Any]]:
    """Remove the 「可能为同一主体」 links of the two; returns them."""
    links = [r for r in tx.run(_cypher("between"), a=a, b=b) if r["type"] == "MAYBE_SAME"]
    tx.run(_cypher("delete_maybe_same"), a=a, b=b)
    return links


def _rejoin(tx: Tx, between: list[dict[str, Any]]) -> None:
    for row in between:
        tx.run(_cypher("create_relations", TYPE=row["type"]), rows=[{k: row[k] for k in ("a", "b", "props")}])
