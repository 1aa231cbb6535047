"""A subject's report and export, from the questions they are made of: for the command line and HTTP alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from graph.errors import InputError
from graph.store import Store
from queries.exposure import expose
from queries.model import Json
from queries.policy import shipped
from queries.question import Asked
from queries.reach import reach
from queries.show import show
from queries.sources import loaded
from viz import export, report
from viz.case import ReportData

REMEDY = "检查目录是否存在、可写"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a report is asked for: the keywords of the questions, and the language of the page (zh-CN, en)."""

    asked: Asked
    locale: str = "zh-CN"


def report_data(store: Store, subject_id: str, wanted: Wanted) -> ReportData:
    """Everything the report of one subject (by id) shows."""
    asked, policy = wanted.asked, shipped()
    near = expose(store, subject_id, **asked).to_json()
    reached = reach(store, subject_id, **asked).to_json()
    stops = {stop["subject"]["id"]: stop for stop in (*near["not_crossed"], *reached["not_crossed"])}
    return ReportData(
        subject=near["subject"],
        relations=_card(store, subject_id, asked)["relations"],
        listed=near["listed"],
        findings=[],  # consequences come with the law pack
        exposures=near["exposures"],
        reached=reached["exposures"],
        not_crossed=list(stops.values()),
        not_checked=near["not_checked"],
        complete=near["complete"] and reached["complete"],
        as_of=near["as_of"],
        policy_version=near["policy"],
        sources=[source.to_json() for source in loaded(store)],
        generated_at=datetime.now().astimezone().isoformat(timespec="minutes"),
        locale=wanted.locale,
        bands={name: float(bound) for name, bound in policy.bands.items()},
    )


def write_report(store: Store, subject_id: str, wanted: Wanted, path: Path) -> None:
    """Write the report. Raises InputError where it cannot be written."""
    with writing(path):
        report.write(report_data(store, subject_id, wanted), path)


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


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """For work whose result goes to `path`: checks the folder before it, tells what failed after it."""
    if not path.parent.is_dir() or path.is_dir():
        raise InputError("无法写入", file=str(path), remedy=REMEDY)
    try:
        yield
    except OSError as error:
        raise InputError("无法写入", file=str(path), value=str(error), remedy=REMEDY) from error
