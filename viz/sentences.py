"""Relations, listings and paths put into words: who, what, from when to when, and on which record."""

from __future__ import annotations

from graph.vocabulary import RELATIONS
from viz.case import Case
from viz.labels import share
from viz.model import Edge, Listing, Subject
from viz.texts import Texts, list_type


def period(edge: Edge, t: Texts) -> str:
    """When a relation holds: 「2019-03-01 起」, 「2015-01-01 至 2019-12-31」, or that the start is unknown."""
    if edge.since and edge.until:
        return t("since_until", since=edge.since, until=edge.until)
    if edge.since:
        return t("since", since=edge.since)
    return t("until", until=edge.until) if edge.until else t("since_unknown")


def relation(edge: Edge, case: Case, t: Texts) -> str:
    """One relation as a sentence with share, title, dates and record."""
    a, b = case.subject_of(edge.source).name, case.subject_of(edge.target).name
    details = (
        *shares(edge, t),
        t(_titled(edge), title=edge.title) if edge.title not in ("", title_of(edge)) else "",
        period(edge, t),
        t("ended") if edge.state(case.as_of) == "ended" else "",
        t("seen_on", on=edge.seen_on) if edge.seen_on and not edge.until else "",
        t("record", record=edge.record) if edge.record else t("record_none"),
    )
    return t("sentence", text=_reads(edge, a, b, t), details=t("sep").join(d for d in details if d))


def shares(edge: Edge, t: Texts) -> tuple[str, ...]:
    """What is known of a holding's size: its ratio or the bounds of it, votes and income rights."""
    low, high = edge.ratio_min, edge.ratio_max
    if edge.ratio is not None:
        ratio = t("detail_ratio", ratio=share(edge.ratio))
    elif low is not None and high is not None:
        ratio = t("detail_ratio", ratio=f"{share(low)}–{share(high)}")
    elif low is not None or high is not None:
        ratio = t("detail_ratio_min", ratio=share(low)) if high is None else t("detail_ratio_max", ratio=share(high))
    else:
        ratio = ""
    votes = t("detail_votes", ratio=share(edge.votes)) if edge.votes is not None else ""
    income = t("detail_income", ratio=share(edge.income)) if edge.income is not None else ""
    return ratio, votes, income


def _titled(edge: Edge) -> str:
    """What the title of a relation is: a post somebody holds, or what else the source calls it (连带责任保证)."""
    known = RELATIONS.get(edge.type)
    return "detail_title" if known and known.second == "organisation" and not known.symmetric else "detail_called"


def title_of(edge: Edge) -> str:
    """The title a relation has by its type: saying it again would say nothing."""
    known = RELATIONS.get(edge.type)
    return known.label if known else ""


def _reads(edge: Edge, a: str, b: str, t: Texts) -> str:
    if edge.via:
        return t("share_contact", a=a, b=b, kind=t.contact(edge.via_kind), value=edge.via)
    known = RELATIONS.get(edge.type)
    if known is None or t.english:
        return t("reads", a=a, b=b, relation=t.relation(edge.type))
    return known.reads.format(a=a, b=b)


def listing(entry: Listing, t: Texts) -> str:
    """One listing: the list's name with authority, number, dates, state and record."""
    known = list_type(entry.list)
    details = (
        entry.authority,
        t("doc_no", no=entry.doc_no) if entry.doc_no else "",
        t("listed_on", on=entry.listed_on) if entry.listed_on else t("listed_on_unknown"),
        t("expires_on", on=entry.expires_on) if entry.expires_on else "",
        t("removed_on", on=entry.removed_on) if entry.removed_on else "",
        t("state", state=t.state(entry.state)) if entry.state not in ("", "listed") else "",
        t("state_now", state=t.state(entry.state_now)) if entry.state_now not in ("", entry.state) else "",
        t("disputed") if entry.disputed and entry.state != "objected" else "",
        t("foreign") if known and known.family == "foreign" else "",
        t("record", record=entry.record) if entry.record else t("record_none"),
    )
    return t("sentence_part", text=t.listing(entry.list), details=t("sep").join(d for d in details if d))


def standing(subject: Subject, entry: Listing, t: Texts) -> str:
    """Who stands on which list, in the verb its family asks for: 「A公司 在列 失信被执行人（…）」."""
    known = list_type(entry.list)
    family = known.family if known else "negative"
    return t(f"standing_{family}", name=subject.name, listing=listing(entry, t))
