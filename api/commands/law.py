"""findings, explain, rules, scenarios: what the law attaches to a subject, and on what it rests."""

from __future__ import annotations

from pathlib import Path

from api.call import Call
from api.commands.questions import asked
from api.engines import store_asked
from api.views.explain import ExplainView
from api.views.findings import FindingsView
from api.views.law import LawView
from graph.store import open_store
from queries.findings import findings as bound
from queries.law import explain as why
from queries.law.printed import pack_json, rule_json, rule_of
from queries.law.read import shipped
from queries.scenario_rows import scenario_json, scenarios_json
from queries.scenarios import Scenario, all_scenarios, scenario
from queries.subjects import find


def wanted(call: Call) -> Scenario | None:
    """The scenario asked for, of the shipped ones or of a site's own file."""
    return scenario(call["scenario"], profiles(call)) if call["scenario"] else None


def profiles(call: Call) -> Path | None:
    """The site's own file of scenarios."""
    return Path(call["profiles"]) if call["profiles"] else None


def findings(call: Call) -> int:
    """`xinmai findings SUBJECT`"""
    profile = wanted(call)
    with store_asked(call) as store:
        answer = bound(store, find(store, call["subject"]).id, profile, **asked(call)).to_json()
    name = profile.name.say(call.out.lang) if profile else ""
    call.out.answer(answer, lambda: FindingsView(call.out.lang).findings(answer, name))
    return 0


def explain(call: Call) -> int:
    """`xinmai explain SUBJECT --rule R23`"""
    rule = rule_of(shipped(), call["rule"])
    with open_store(call["db"]) as store:
        subject = find(store, call["subject"])
        answer = why.explain(store, subject.id, rule, as_of=call["as_of"], replay=call["replay"]).to_json()
    call.out.answer(answer, lambda: ExplainView(call.out.lang).show(answer))
    return 0


def rules(call: Call) -> int:
    """`xinmai rules`: needs no store."""
    pack = shipped()
    if call["rule"]:
        one = {"version": pack.version, "rules": [rule_json(rule_of(pack, call["rule"]))]}
        call.out.answer(one, lambda: LawView(call.out.lang).rule(one))
    else:
        answer = pack_json(pack)
        call.out.answer(answer, lambda: LawView(call.out.lang).rules(answer))
    return 0


def scenarios(call: Call) -> int:
    """`xinmai scenarios`: needs no store."""
    pack, own = shipped(), profiles(call)
    if call["scenario"]:
        one = {"rules": pack.version, "scenarios": [scenario_json(scenario(call["scenario"], own), pack)]}
        call.out.answer(one, lambda: LawView(call.out.lang).scenario(one))
    else:
        answer = scenarios_json(all_scenarios(own), pack)
        call.out.answer(answer, lambda: LawView(call.out.lang).scenarios(answer))
    return 0
