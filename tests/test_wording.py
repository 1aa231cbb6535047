"""Nobody is called listed who is not: every text template, and every finding of the sample city with its report and
its explanation.

A legal representative is bound because the firm is listed. The sentence says so of the firm, never of the person.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.examples import city as sample
from api.reporting import Wanted, report_data
from graph.store import Store
from graph.vocabulary import list_types
from loaders.load import LoadOptions, load
from queries.exposure import expose_many
from queries.finding import ALERT_SENTENCE, CLASS_LABELS, Class, Finding
from queries.findings import every_rule
from queries.law.answer import Frame, told
from queries.law.bindings import Search, Types
from queries.law.explain import explain
from queries.law.read import named_is_listed, shipped
from queries.model import Json, Subject
from queries.question import Question
from queries.reach import reach
from queries.scenarios import scenario
from queries.subjects import subjects
from tests.conftest import EMPTY
from tests.viz.pages import Page
from viz import report

ROOT = Path(__file__).parent.parent
# Words no text of ours may contain, whoever it speaks of.
NEVER = re.compile(
    r"老赖|失信者|失信人员|失信人(?!名单)|deadbeat|dishonest (person|people|man|subject)|untrustworthy", re.I
)
# Placeholders for somebody who is bound or near, and what must not follow (or go before) them.
SOMEBODY = r"\{[^{}]*\b(target|bound|holder|person|head|asked|applicant|nominee|whom|other)\b[^{}]*\}"
CALLED = re.compile(
    rf"{SOMEBODY}[^。；，、：:;,.（(]{{0,8}}(失信|在列|列于|被列入|列入了|限制消费人员| is listed| is on )"
    rf"|(失信被执行人|限制消费人员|dishonest judgment debtor)\s*[:：]?\s*{SOMEBODY}"
)


def in_yaml(value: Any) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from in_yaml(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from in_yaml(inner)
    elif isinstance(value, str):
        yield value


def in_python(source: str) -> Iterator[str]:
    """Every string of a module that is no docstring; of an f-string with the names of its blanks."""
    tree = ast.parse(source)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(v.value) if isinstance(v, ast.Constant) else "{" + ast.unparse(v).strip("f'\"{}") + "}"
                for v in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside | alone:
            yield node.value


def templates() -> Iterator[tuple[str, str]]:
    """Every text of ours that a user may read, with the file it stands in."""
    for path in (*(ROOT / "queries").rglob("*.yaml"), ROOT / "viz" / "texts.yaml", ROOT / "graph" / "lists.yaml"):
        for text in in_yaml(yaml.safe_load(path.read_text(encoding="utf-8"))):
            yield path.name, text
    for package in ("queries", "viz", "api"):
        for path in (ROOT / package).rglob("*.py"):
            for text in in_python(path.read_text(encoding="utf-8")):
                yield path.name, text
    for path in (*(ROOT / "viz" / "templates").iterdir(), *(ROOT / "api" / "static").rglob("*")):
        if path.suffix in (".html", ".js", ".css", ".typ"):
            yield path.name, path.read_text(encoding="utf-8")


def test_no_template_calls_anybody_names() -> None:
    found = list(templates())
    assert len(found) > 1000
    assert {(file, text[:60]) for file, text in found if NEVER.search(text) or CALLED.search(text)} == set()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{target}为失信被执行人", True),
        ("{bound.name} 在列 {listing}", True),
        ("失信被执行人：{person}", True),
        ("{holder} is listed: {listing}", True),
        ("该老赖", True),
        ("{name} 在列 {listing}", False),
        ("{listed} 列于{listing}", False),
        ("{target}：{measure}。{listed} 列于失信被执行人", False),
        ("社会保险严重失信人名单", False),
    ],
)
def test_the_search_sees_what_it_has_to(text: str, wrong: bool) -> None:
    assert bool(NEVER.search(text) or CALLED.search(text)) is wrong


def test_the_classes_are_called_as_agreed() -> None:
    agreed = ["本人在列", "法定后果", "待核实", "参考", "潜在责任", "关联提示，不构成失信惩戒依据"]
    assert [CLASS_LABELS[cls] for cls in Class] == agreed
    words = yaml.safe_load((ROOT / "viz" / "texts.yaml").read_text(encoding="utf-8"))
    assert [words[f"class_{cls}"]["zh"] for cls in Class if cls is not Class.ALERT] == agreed[:-1]
    assert words["alert"]["zh"] == ALERT_SENTENCE == agreed[-1]


@dataclass(frozen=True, slots=True)
class Town:
    """The sample city in a store, who is on its lists, and everything found on everybody."""

    store: Store
    as_of: str
    known: Mapping[str, Subject]
    on: frozenset[tuple[str, str]]  # (subject, listing) where the entry lists, or names and so lists, the subject
    findings: Mapping[str, tuple[Finding, ...]]


@pytest.fixture(scope="module")
def town(arcadedb: Store, tmp_path_factory: pytest.TempPathFactory) -> Town:
    arcadedb.write(EMPTY)
    city = sample()
    load(arcadedb, list(city.load), LoadOptions(rejects=tmp_path_factory.mktemp("rejected"), snapshot=city.snapshot))
    ids = [row["id"] for row in arcadedb.read("MATCH (s:Subject) RETURN s.id AS id ORDER BY id")]
    known = subjects(arcadedb, ids)
    frame = Frame(Question.of({"as_of": city.as_of}), every_rule(), shipped())
    found = Search(arcadedb, Types.of(shipped(), frame.scenario.lists)).around(ids)
    near = expose_many(arcadedb, ids, as_of=city.as_of)
    return Town(
        store=arcadedb,
        as_of=city.as_of,
        known=known,
        on=frozenset(_on(arcadedb)),
        findings={i: told(known[i], found.get(i, ()), near[i].exposures, frame) for i in ids},
    )


def _on(store: Store) -> Iterator[tuple[str, str]]:
    statement = (
        "MATCH (s:Subject)-[k:LISTED|NAMED_IN]->(l:Listing) RETURN s.id AS s, type(k) AS k, l.id AS id, l.list AS list"
    )
    for row in store.read(statement):
        if row["k"] == "LISTED" or named_is_listed(row["list"]):
            yield row["s"], row["id"]


def said_of(name: str) -> re.Pattern[str]:
    """A sentence that puts somebody of that name on a list."""
    lists = "|".join(re.escape(kind.name) for kind in list_types().values())
    # 「为共同被执行人」 is a relation on record, and told as such.
    verbs = rf"(是|为|系|属于?)(?!共同)[^，。；（：]{{0,4}}(失信|{lists})|列于|在列|列入|被列入"
    return re.compile(rf"{re.escape(name)}\s?({verbs})")


def _wrong(town: Town, text: str, bound: str, listing: str) -> bool:
    name = town.known[bound].name or bound
    return (bound, listing) not in town.on and bool(said_of(name).search(text) or NEVER.search(text))


def test_every_finding_of_the_city_says_who_is_listed(town: Town) -> None:
    everything = [f for found in town.findings.values() for f in found]
    bound = [f for f in everything if f.cls not in (Class.LISTED_SELF, Class.ALERT)]
    assert len({f.rule for f in bound}) >= 5
    assert {f.cls for f in everything} >= {Class.LISTED_SELF, Class.STATUTORY, Class.STATUTORY_CONDITIONAL, Class.ALERT}
    strangers = {
        (f.target["id"], f.listing["id"])
        for f in everything
        if f.cls is Class.LISTED_SELF and (f.target["id"], f.listing["id"]) not in town.on
    }
    assert strangers == set()
    wrong = {f.text for f in everything if _wrong(town, f.text, str(f.target["id"]), str(f.listing["id"]))}
    assert wrong == set()
    assert {f.text for f in everything if (f.cls is Class.ALERT) is not f.text.endswith(ALERT_SENTENCE)} == set()


def _with_consequence(town: Town) -> tuple[str, Finding]:
    """A subject bound by a rule with an end, who is on no list himself."""
    listed = {subject for subject, _ in town.on}
    return next(
        (i, f)
        for i, found in town.findings.items()
        for f in found
        if f.cls in (Class.STATUTORY, Class.STATUTORY_CONDITIONAL)
        and f.target["id"] == i
        and i not in listed
        and f.period[1]
    )


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_a_report_tells_a_consequence_apart_from_alerts(town: Town, locale: str) -> None:
    asked, found = _with_consequence(town)
    html = report.html(report_data(town.store, asked, Wanted({"as_of": town.as_of}, locale, scenario("market_entry"))))
    page = Page(html)
    rule = shipped().rules[str(found.rule)]
    english = locale == "en"
    item = next(item for item in page.items if (rule.measure.en if english else rule.measure.zh) in item)
    assert found.basis[0]["article"] in item
    assert str(found.period[1]) in item
    assert str(found.rule) in item
    assert ALERT_SENTENCE not in item
    assert shipped().version in page.text
    assert scenario("market_entry").name.say("en" if english else "zh") in page.text
    assert not said_of(str(found.target["name"])).search(html)


def test_reach_and_its_report_tell_whom_a_listing_binds(town: Town) -> None:
    firm, answer = _binding(town)
    bound = [f for f in answer["consequences"] if f["target"]["id"] != firm]
    wrong = {f["text"] for f in bound if _wrong(town, f["text"], f["target"]["id"], f["listing"]["id"])}
    assert wrong == set()
    page = Page(report.html(report_data(town.store, firm, Wanted({"as_of": town.as_of}))))
    told_of = {f["target"]["name"] for f in bound if any(f["measure"] in item for item in page.items)}
    assert told_of == {f["target"]["name"] for f in bound}


def _binding(town: Town) -> tuple[str, Json]:
    """A listed firm whose entries bind somebody else."""
    for asked, found in town.findings.items():
        if any(f.cls is Class.LISTED_SELF and f.list == "XZXF" for f in found):
            answer = reach(town.store, asked, as_of=town.as_of).to_json()
            if any(f["target"]["id"] != asked for f in answer["consequences"]):
                return asked, answer
    raise AssertionError("the sample city has no such firm")


def test_an_explanation_says_the_same_as_the_findings(town: Town) -> None:
    bound: dict[str, list[str]] = {}
    for asked, found in town.findings.items():
        for rule in {f.rule for f in found if f.rule in shipped().rules}:
            bound.setdefault(str(rule), []).append(asked)
    everybody = sorted({asked for some in bound.values() for asked in some})
    asked_of = {
        (rule, asked): asked in some for rule, some in bound.items() for asked in (*some[:2], *_others(everybody, some))
    }
    assert len(bound) >= 10
    told_of = {
        (rule, asked): explain(town.store, asked, shipped().rules[rule], as_of=town.as_of).fired
        for rule, asked in asked_of
    }
    assert told_of == asked_of


def _others(everybody: list[str], some: list[str]) -> list[str]:
    """Two who are bound by other rules only."""
    return [asked for asked in everybody if asked not in some][:2]
