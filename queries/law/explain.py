"""Why a rule did or did not fire on a subject: every path that could carry it, with each condition and its fact.

    explain(store, "91…", shipped().rules["R23"], as_of="2026-06-01").to_json()

The paths are looked for whatever their relations, lists and days, and judged by the same judgement that makes the
findings (`law/judge.py`); nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Unpack

from graph.errors import NotFoundError
from graph.store import Store
from graph.vocabulary import SUBJECT_RELATION_TYPES, list_types
from queries.law.bindings import Binding, Link, Search, Types
from queries.law.consequences import Setting, path_of, seat, target
from queries.law.guards import guards
from queries.law.judge import Outcome, Verdict, fits, judge
from queries.law.pack import Rule, Words
from queries.law.printed import rule_json, way_words
from queries.law.read import shipped
from queries.model import Json, Subject
from queries.question import Asked, Question
from queries.sources import NotChecked, not_checked
from queries.subjects import subjects

SHOWN = 20  # paths told in full
MOST = 20_000  # rows one statement may give
_OF_SHEET = frozenset({"consortium", "lot"})
_HARMLESS = frozenset({"red", "permit"})  # families that no rule starts from
_RANK = {Outcome.APPLIES: 0, Outcome.CONDITIONAL: 1, Outcome.ALERT: 2, Outcome.NOTHING: 3}
_NOBODY = Words(
    "该主体本身以及一、两步关系之内，没有任何名单条目",
    "there is no entry on the subject, nor on anybody one or two relations away",
)
_OTHER_SHAPE = Words(
    "有 {n} 条通向名单条目的路径，但都不具有本规则所需的形状",
    "{n} path(s) lead to an entry, but none has the shape this rule needs",
)
_WANTED = Words("本规则所需的路径：{way}", "the rule needs: {way}")
_SHEET = Words(
    "本规则依据筛查名单所载的事实（联合体、标段），图中不存，见 xinmai screen、xinmai bidders",
    "this rule rests on what a sheet says (consortium, lot), not on the graph: see xinmai screen, xinmai bidders",
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What `explain` answers. `paths`: the nearest to firing first; `more`: how many are not among them.

    `fired`: the subject is bound, or is told of somebody bound; of a guard: it holds for somebody on these paths.
    `missing`: where no path has the rule's shape, which part there is none of.
    """

    subject: Subject
    rule: Rule
    version: str
    question: Question
    paths: tuple[Verdict, ...]
    more: int
    fired: bool
    outcome: Outcome
    missing: tuple[Words, ...]
    not_checked: tuple[NotChecked, ...]
    complete: bool

    def to_json(self) -> Json:
        """`explain --json`."""
        return {
            "subject": self.subject.to_json(),
            "rule": rule_json(self.rule),
            "rules": self.version,
            "as_of": self.question.as_of,
            "fired": self.fired,
            "outcome": str(self.outcome),
            "paths": [_path_json(verdict, self.question) for verdict in self.paths],
            "more": self.more,
            "missing": [{"zh": words.zh, "en": words.en} for words in self.missing],
            "not_checked": [missing.to_json() for missing in self.not_checked],
            "complete": self.complete,
        }


def explain(store: Store, subject_id: str, rule: Rule, **asked: Unpack[Asked]) -> Explanation:
    """Every path around a subject, by id, that could carry a rule. Raises NotFoundError for an unknown id."""
    question = Question.of(asked)
    known = subjects(store, [subject_id])
    if subject_id not in known:
        raise NotFoundError(subject_id)
    search = Search(store, _types(rule), MOST)
    found = list(_paths(search, subject_id))
    made = list(_judged(search, rule, found, Setting(question)))
    ordered = sorted(made, key=lambda verdict: _order(verdict, subject_id))
    own = [v for v in ordered if rule.guard or seat(v, subject_id)]
    outcome = min((v.outcome for v in own), key=_RANK.__getitem__, default=Outcome.NOTHING)
    unchecked = not_checked(store, rule.trigger.lists, question.as_of, question.policy.max_age_days)
    return Explanation(
        subject=known[subject_id],
        rule=rule,
        version=shipped().version,
        question=question,
        paths=tuple(ordered[:SHOWN]),
        more=max(0, len(ordered) - SHOWN),
        fired=outcome in (Outcome.APPLIES, Outcome.CONDITIONAL),
        outcome=outcome,
        missing=() if ordered else tuple(_missing(rule, found)),
        not_checked=tuple(unchecked),
        complete=not search.cut and not unchecked,
    )


def _types(rule: Rule) -> Types:
    """Whatever may join subjects; longer paths only where the rule has ways of that shape."""
    shapes, every = {way.shape for way in rule.ways}, SUBJECT_RELATION_TYPES
    both = every if "role_post" in shapes else ()
    adverse = tuple(code for code, kind in list_types().items() if kind.family not in _HARMLESS)
    return Types(every, every, both, both, every if "sibling" in shapes else (), adverse)


def _paths(search: Search, asked: str) -> Iterator[Binding]:
    """Paths that end in the subject, then those that begin with its own entries; each once."""
    seen = set()
    for found in (search.around([asked]), search.onward([asked])):
        for binding in found.get(asked, ()):
            key = _key(binding)
            if key not in seen:
                seen.add(key)
                yield binding


def _judged(search: Search, rule: Rule, found: Iterable[Binding], setting: Setting) -> Iterator[Verdict]:
    """Of each path the way that comes nearest."""
    if rule.guard:
        yield from guards(search, rule, found, setting.days)
        return
    for binding in found:
        ways = [judge(rule, way, binding, setting.days) for way in rule.ways if fits(way, binding)]
        if ways:
            yield min(ways, key=_nearness)


def _nearness(verdict: Verdict) -> tuple[int, int, int]:
    return _RANK[verdict.outcome], verdict.failed, len(verdict.open)


def _order(verdict: Verdict, asked: str) -> tuple[Any, ...]:
    """Nearest to firing first; of equals, what is the subject's own."""
    return (*_nearness(verdict), seat(verdict, asked) is None, _key(verdict.binding))


def _key(binding: Binding) -> tuple[str, ...]:
    ends = (binding.listing["id"], binding.listed["id"], binding.holder["id"], (binding.other or {}).get("id", ""))
    return (*map(str, ends), *_link(binding.role), *_link(binding.post), str(binding.sibling))


def _link(link: Link | None) -> tuple[str, ...]:
    props = link.props if link else {}
    return (link.type if link else "", *(str(props.get(name) or "") for name in ("since", "until", "record")))


def _missing(rule: Rule, found: list[Binding]) -> Iterator[Words]:
    if {way.shape for way in rule.ways} <= _OF_SHEET:
        yield _SHEET
    elif found:
        yield Words(*(text.format(n=len(found)) for text in _OTHER_SHAPE))
    else:
        yield _NOBODY
    for way in rule.ways:
        said = way_words(rule, way)
        yield Words(_WANTED.zh.format(way=said.zh), _WANTED.en.format(way=said.en))


def _path_json(verdict: Verdict, question: Question) -> Json:
    return {
        "path": path_of(verdict.binding).to_json(),
        "way": verdict.way.key,
        "outcome": str(verdict.outcome),
        "target": Subject.read(target(verdict)).to_json(),
        "listing": question.listing(verdict.binding.listing).to_json(),
        "listed_subject": Subject.read(verdict.binding.listed).to_json(),
        "conditions": [condition.to_json() for condition in verdict.conditions],
    }
