"""Regimes as `xinmai regimes` prints them."""

from __future__ import annotations

from collections.abc import Iterator

from queries.law.pack import Words
from queries.model import Json
from queries.regimes.kin import classes
from queries.regimes.model import Basis, Clause, KinSet, Regime, Step
from queries.regimes.read import shipped


def regimes_json() -> Json:
    """`regimes --json`: all of them."""
    return {"regimes": [regime_json(one) for one in shipped().values()]}


def regime_json(one: Regime) -> Json:
    """One regime in full."""
    return {
        "id": one.id,
        "name": _words(one.name),
        "basis": _basis(one.basis),
        "premise": _words(one.premise),
        "by_default": one.by_default,
        "subject": {"kinds": sorted(one.subject.kinds), "sectors": list(one.subject.sectors)},
        "numbers": numbers(one),
        "window_months": {"before": one.window.before, "after": one.window.after},
        "kin": _kin(one.kin),
        "clauses": [_clause(clause) for clause in one.clauses],
        "exemptions": [{"text": _words(one.state.text), "basis": _basis(one.state.basis)}] if one.state else [],
        "not_related": [_words(words) for words in one.not_related],
        "not_computable": [{"clause": g.key, "text": _words(g.text), "why": _words(g.why)} for g in one.gaps],
        "note": _words(one.note),
        "lists": list(one.sanction.lists) if one.sanction else [],
    }


def numbers(one: Regime) -> list[str]:
    """The shares a regime looks at, as ">50%" or ">=25%", each once."""
    told = [number(step) for clause in one.clauses for step in _steps(clause)]
    if one.sanction:
        told.append(_share(one.sanction.at_least, one.sanction.over))
    return sorted({text for text in told if text})


def number(step: Step) -> str:
    """The share a step asks for."""
    return _share(step.at_least, step.over)


def _share(at_least: float | None, over: float | None) -> str:
    return f">{over:.4g}" if over is not None else f">={at_least:.4g}" if at_least is not None else ""


def _steps(clause: Clause) -> Iterator[Step]:
    for way in clause.ways:
        for step in way:
            yield from (step, *step.choices)
    if clause.step:
        yield clause.step


def _clause(one: Clause) -> Json:
    return {
        "clause": one.key,
        "text": _words(one.text),
        "basis": _basis(one.basis),
        "numbers": sorted({text for text in map(number, _steps(one)) if text}),
        "window_months": {"before": one.window.before, "after": one.window.after} if one.window else None,
        "kin": _kin(one.kin) if one.kin else None,
        "rule": one.rule or None,
    }


def _kin(one: KinSet) -> Json | None:
    if not one.classes:
        return None
    if one.judged:
        return {"classes": [], "zh": one.judged.zh, "en": one.judged.en, "adult": one.adult, "grade": one.grade}
    named = [found.name for key, found in classes().items() if key in one.classes]
    return {
        "classes": [key for key in classes() if key in one.classes],
        "zh": "、".join(words.zh for words in named),
        "en": "; ".join(words.en for words in named),
        "adult": one.adult,
        "grade": one.grade,
    }


def _basis(one: Basis) -> Json:
    return {"law": one.law, "article": one.article, "source": one.source, "grade": one.grade}


def _words(words: Words | None) -> Json | None:
    return {"zh": words.zh, "en": words.en} if words else None
