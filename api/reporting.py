"""A subject's report and export, from the questions they are made of: for the command line and HTTP alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from graph.outputs import writing
from graph.store import Store
from queries.exposure import expose
from queries.findings import findings
from queries.model import Json
from queries.ownership.owners import ownership
from queries.policy import shipped
from queries.question import Asked
from queries.reach import reach
from queries.scenarios import Scenario
from queries.show import show
from queries.sources import loaded
from queries.stamp import stamp
from viz import export, report
from viz.case import ReportData
from viz.report_ownership import trimmed


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a report is asked for: the keywords of the questions, the language of the page (zh-CN, en), and for what."""

    asked: Asked
    locale: str = "zh-CN"
    scenario: Scenario | None = None


def report_data(store: Store, subject_id: str, wanted: Wanted) -> ReportData:
    """Everything the report of one subject (by id) shows."""
    asked, policy = wanted.asked, shipped()
    told = findings(store, subject_id, wanted.scenario, **asked).to_json()
    reached = reach(store, subject_id, **asked).to_json()
    card = _card(store, subject_id, asked)
    stops = {stop["subject"]["id"]: stop for stop in (*told["not_crossed"], *reached["not_crossed"])}
    others = [f for f in reached["consequences"] if f["target"]["id"] != subject_id]
    bound = {(f["target"]["id"], f["listing"]["id"]) for f in others}
    return ReportData(
        subject=told["subject"],
        relations=card["relations"],
        listed=[entry for entry in card["listed"] if entry["active"]],
        findings=[*(f for f in told["findings"] if "score" not in f), *others],
        exposures=[f for f in told["findings"] if "score" in f],
        # Whom the law binds on account of a listing is not told again as merely near it.
        reached=[e for e in reached["exposures"] if (e["target"]["id"], e["listing"]["id"]) not in bound],
        not_crossed=list(stops.values()),
        not_checked=told["not_checked"],
        complete=told["complete"] and reached["complete"],
        as_of=told["as_of"],
        policy_version=told["policy"],
        rules_version=told["rules"],
        scenario=_scenario(wanted),
        sources=[source.to_json() for source in loaded(store)],
        generated_at=datetime.now().astimezone().isoformat(timespec="minutes"),
        locale=wanted.locale,
        bands={name: float(bound) for name, bound in policy.bands.items()},
        ownership=trimmed(ownership(store, subject_id, as_of=asked["as_of"]).to_json()),
        stamp=stamp(store),
        scenario_code=wanted.scenario.code if wanted.scenario else "",
    )


def _scenario(wanted: Wanted) -> str:
    """The scenario as a report names it, empty without one."""
    if wanted.scenario is None:
        return ""
    return wanted.scenario.name.say("en" if wanted.locale == "en" else "zh")


def write_report(store: Store, subject_id: str, wanted: Wanted, path: Path) -> ReportData:
    """Write the report in the format its ending names; what it was made of. Raises InputError where it cannot be
    written.
    """
    report.form_of(path)  # before anything is asked: another ending is wrong at once
    with writing(path):
        data = report_data(store, subject_id, wanted)
        report.write(data, path)
    return data


def neighbourhood(store: Store, subject_id: str, asked: Asked) -> export.Neighbourhood:
    """The subject's own relations, and every path that carries an exposure to it or from it."""
    near = expose(store, subject_id, **asked).to_json()
    reached = reach(store, subject_id, **asked).to_json()
    paths = [found["path"] for found in (*near["exposures"], *reached["exposures"])]
    return export.collect(paths, _card(store, subject_id, asked)["relations"], [near["subject"]])


def _card(store: Store, subject_id: str, asked: Asked) -> Json:
    return show(store, subject_id, as_of=asked["as_of"], replay=asked.get("replay", False)).to_json()


def file_name(subject_id: str, ending: str) -> str:
    """A file name made of a subject's id, safe on every system."""
    return f"{re.sub(r'[^0-9A-Za-z_-]+', '_', subject_id)[:80] or 'subject'}.{ending}"
