"""What is said of how somebody stands above a bidder: what was summed, what is not sure, what it narrowly is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from queries.law.bids import Props
from queries.law.holding import Hold, at_most
from queries.law.pack import Step
from queries.law.ties import PARTNER, Tie, Ties

MANAGES = "MANAGES"
Known = Mapping[str, Props]


def percent(share: float) -> str:
    """A share as people write it: 45 %, 33.33 %."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def summed(hold: Hold) -> str:
    """What several ties come to together."""
    if not hold.also:
        return ""
    last = [hold.chain[0], *(chain[0] for chain in hold.also if chain[0].held == hold.chain[0].held)]
    names = "、".join(f"{t.holder.get('name')} {t.share or 0:.2%}" for t in last)
    total = sum(t.share or 0.0 for t in last)
    return f"本身及其控股的主体合计持有 {total:.2%}（{names}）" if len(last) > 1 else "持股合并计算"


def added(hold: Hold, known: Known) -> str:
    """Which ties are made of several records, that may stand beside each other or one after the other."""
    return "；".join(
        f"{tie.holder.get('name')} 对 {_held(tie, known)} 的持股为 {len(tie.parts)} 条记录相加（"
        f"{' + '.join(percent(edge.ratio or 0.0) for edge in sorted(tie.parts, key=lambda e: e.ratio or 0.0))}）"
        for tie in hold.ties
        if tie.parts
    )


def unsure_of(hold: Hold, ties: Ties, known: Known) -> tuple[str, ...]:
    """What to say of a holder that may be another, and of shares that cannot all be right, where that decides."""
    told = dict.fromkeys(tie.doubt for tie in hold.ties if tie.doubt)
    if hold.how.raw:
        wholes = {tie.held: ties.whole(tie.held) for tie in hold.ties}
        for held, whole in wholes.items():
            if whole > 1.0:
                told[f"{_name(held, known)} 登记的持股合计 {percent(whole)}，比例待核实"] = None
    return tuple(told)


def narrowly(hold: Hold, step: Step, ties: Ties, known: Known) -> str:
    """Why the rule does not reach what somebody is above by this step; "" where it does."""
    how = hold.how
    if how.open:
        return "；".join(_open(hold, step, ties, known)) or "持股比例待核实"
    if how.nominal:
        names = "、".join(dict.fromkeys(str(t.holder.get("name")) for t in hold.ties if t.nominal))
        return f"{names} 系名义持有人（代他人持有），不经其认定控股、管理关系；实际权益人待核实"
    if how.exact:
        return "持股恰为临界比例，未超过"
    return "" if step.deep or hold.direct else "只有间接的控股、管理关系，不属于直接控股、管理"


def _open(hold: Hold, step: Step, ties: Ties, known: Known) -> Iterator[str]:
    """Each body of which it is not known whether enough of it is held."""
    bodies: dict[str, list[Tie]] = {}
    for tie in hold.ties:
        bodies.setdefault(tie.held, []).append(tie)
    for held, above in bodies.items():
        names = "、".join(dict.fromkeys(str(tie.holder.get("name")) for tie in above))
        if any(tie.type == PARTNER and tie.type not in step.types for tie in above):
            yield f"{names} 是 {_name(held, known)} 的普通合伙人，是否执行合伙事务、构成控股或者管理关系待核实"
            continue
        low = min(sum(tie.share or 0.0 for tie in above), 1.0)
        high = at_most(ties, tuple(above))
        if step.over is not None and low <= step.over < high:
            share = f"持股 {percent(low)}–{percent(high)}" if low else f"持股比例未载明（至多 {percent(high)}）"
            yield f"{names} 对 {_name(held, known)} {share}，是否超过{_bound(step.over)}待核实"
    if any(tie.nominal for tie in hold.ties):
        yield "其中有名义持有人，实际权益人待核实"


def _bound(over: float) -> str:
    return "半数" if over == 0.5 else percent(over)


def _held(tie: Tie, known: Known) -> str:
    return _name(tie.held, known)


def _name(id: str, known: Known) -> str:
    return str(known.get(id, {}).get("name") or id)
