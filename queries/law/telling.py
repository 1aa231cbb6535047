"""The words of the findings of rules: what holds, on which facts, on what ground, until when, and how it ends.

Whoever is bound is never called listed: the sentence says who is listed, and by which relation the other is bound.
"""

from __future__ import annotations

from graph.vocabulary import list_types
from queries.finding import ALERT_SENTENCE, CLASS_LABELS, Class
from queries.law.judge import Verdict
from queries.law.pack import Basis, Rule
from queries.model import Listing, Path, Subject
from queries.words import listed_words


def sentence(verdict: Verdict, bound: Subject, path: Path, entry: Listing, stale: str) -> str:
    """The text of a finding. It begins with the word for its class."""
    facts = _facts(verdict, path, entry)
    if verdict.cls is Class.ALERT:
        why = verdict.way.else_alert.zh if verdict.way.else_alert else ""
        return _join(facts, why, *verdict.open, stale, ALERT_SENTENCE)
    label = CLASS_LABELS[verdict.cls]
    law = "；".join(f"{b.law}{b.article}" for b in verdict.basis)
    open_points = "、".join(verdict.open)
    return _join(
        f"{label}：{bound.name}：{verdict.rule.measure.zh}",
        f"事实：{facts}",
        f"依据：{law}",
        f"待核实：{open_points}" if open_points else "",
        stale,
    )


def _facts(verdict: Verdict, path: Path, entry: Listing) -> str:
    listed = verdict.binding.listed.get("name") or verdict.binding.listed["id"]
    said = verdict.binding.said
    named = f"，该条目列明 {verdict.binding.holder.get('name')}" if said is not None and said.get("name") else ""
    return listed_words(path.to_json(), str(listed), entry.to_json()) + named


def basis(entry: Basis) -> dict[str, str]:
    """A basis entry of the contract, with the key of the text that was read."""
    return {"law": entry.law, "article": entry.article, "grade": entry.grade, "source": entry.source}


def remedy(rule: Rule, entry: Listing) -> str:
    """What would end it, the exception the law allows, and whom to tell that the facts are wrong."""
    authority = entry.authority or list_types()[entry.list].authority
    parts = (rule.ends, rule.exceptions.text)
    return _join(*(p.zh for p in parts if p), f"对事实有异议的，可向{authority}提出", by="；")


def term(entry: Listing) -> tuple[str | None, str]:
    """The last day of an entry and how it is known: given, or computed from the term of its list (with a grade)."""
    if entry.expires_on:
        return entry.expires_on, ""
    if not entry.listed_on:
        return None, ""
    computed = list_types()[entry.list].term_until(entry.listed_on, entry.ground, entry.tier)
    if computed is None:
        return None, ""
    day, grade = computed
    doubt = "，该期限本身待核实" if grade == "unverified" else ""
    return day, f"来源未给出届满日，按名单规定期限推算至 {day}{doubt}"


def overdue(entry: Listing, as_of: str) -> str:
    """What to say where the term computed for an entry is over, though no source says that the entry is."""
    day, how = term(entry)
    return f"{how}，是否仍在列待核实" if day and how and day < as_of else ""


def until(period: tuple[str | None, str | None]) -> str:
    """The period as the end of a sentence."""
    return f"。期限：{period[0] or '起始不明'} 至 {period[1] or '未定'}"


def seen_until(day: str) -> str:
    """The words for a relation nobody has seen for long."""
    return f"任职信息截至 {day}"


def _join(*parts: str, by: str = "。") -> str:
    return by.join(part for part in parts if part)
