"""What the picture says on hover and in its panel: plain text, one fact a line."""

from __future__ import annotations

from viz import labels, sentences
from viz.case import Case
from viz.marks import Mark, standing
from viz.model import Edge, Subject
from viz.texts import Texts

_EDGES_SHOWN = 12


def node_tip(subject: Subject, mark: Mark, hop: int, case: Case, t: Texts) -> str:
    """Name, kind, codes, distance, score, own listings, and that the search stopped here."""
    kind = t("comma").join(x for x in (t.kind(subject.kind), subject.status) if x)
    facts = [subject.name, kind, subject.uscc or subject.id_masked]
    facts.append(t("asked") if subject.id == case.subject.id else t("hop", n=hop))
    if mark.score:
        facts.append(t("tip_score", score=labels.score(mark.score), band=t.band(mark.band)))
        facts.append(t("alert"))
    facts += [sentences.standing(subject, entry, t) for entry in mark.listings if standing(entry) != "permit"]
    if mark.stopped:
        facts.append(f"{t('tag_stop')} · {t('degree', n=mark.stopped)}")
    return "\n".join(fact for fact in facts if fact)


def link_tip(edges: tuple[Edge, ...], case: Case, t: Texts) -> str:
    """Each relation of the line as a sentence with dates and record."""
    told = [sentences.relation(edge, case, t) for edge in edges[:_EDGES_SHOWN]]
    if len(edges) > _EDGES_SHOWN:
        told.append(t("and_more", n=len(edges)))
    return "\n".join(told)
