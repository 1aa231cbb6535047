"""The ownership section of a report: the tree, the table of holders and holdings, and what is uncertain about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from queries.ownership.control import How
from viz import report_tree
from viz.labels import share
from viz.model import Json, Path, Subject, clean, number
from viz.tables import Table, cell_path
from viz.texts import Texts

ROWS = 200  # holders, and holdings, a report lists


@dataclass(frozen=True, slots=True)
class Ownership:
    """The section. `drawing`: the tree as an SVG of its own; `inline`: the same for a page that has its style;
    `told`: sentences on control, beneficial owners, circles and unknown shares; `cautions`: what may be wrong.
    """

    drawing: str
    inline: str
    alt: str
    tables: tuple[Table, ...]
    bold: tuple[frozenset[int], ...]  # rows of each table that are controllers, or controlled
    told: tuple[str, ...]
    cautions: tuple[str, ...]


def section(answer: Json, t: Texts) -> Ownership | None:
    """The section of an `ownership` answer, None where nothing is held either way."""
    if not answer or not (answer.get("owners") or answer.get("holdings")):
        return None
    tree = report_tree.tree(answer, t)
    alt = t("own_alt", name=tree.subject.name, up=len(tree.up), down=len(tree.down))
    sides = [(name, rows) for name in ("owners", "holdings") if (rows := answer.get(name) or ())]
    return Ownership(
        drawing=report_tree.svg(tree, t, title=alt),
        inline=report_tree.svg(tree, t, title=alt, standalone=False),
        alt=alt,
        tables=tuple(_table(name, rows, answer, t) for name, rows in sides),
        bold=tuple(frozenset(i for i, row in enumerate(rows) if row.get("controls")) for _, rows in sides),
        told=tuple(_told(answer, t)),
        cautions=tuple(_cautions(answer, t)),
    )


def trimmed(answer: Json) -> Json:
    """The answer with as many holders and holdings as a report lists, the nearest first, and how many there are."""
    cut = {name: sorted(answer[name], key=_far)[:ROWS] for name in ("owners", "holdings")}
    return {**answer, **cut, "owners_total": len(answer["owners"]), "holdings_total": len(answer["holdings"])}


def _far(row: Json) -> bool:
    return len(row["path"]["edges"]) > report_tree.STEPS


def _table(name: str, rows: Sequence[Json], answer: Json, t: Texts) -> Table:
    heads = ("col_name", "col_direct", "col_integrated", "col_control", "col_hop", "col_way")
    total = int(number(answer.get(f"{name}_total")) or len(rows))
    note = t("tab_cut", n=total, shown=len(rows)) if total > len(rows) else ""
    return Table(name, t(f"tab_{name}", n=total), tuple(map(t, heads)), tuple(_row(row, t) for row in rows), note)


def _row(row: Json, t: Texts) -> tuple[str, ...]:
    path = Path.of(row.get("path"))
    return (
        Subject.of(row["subject"]).name,
        _direct(row, path, t),
        report_tree.in_all(row, t),
        _grip(row, t),
        str(len(path.edges)),
        cell_path(path, t),
    )


def _direct(row: Json, path: Path, t: Texts) -> str:
    low, high = number(row.get("direct")) or 0.0, number(row.get("direct_max"))
    if high is not None:
        return share(low) if low == high else f"{share(low)}–{share(high)}"
    if low:
        return t("own_at_least", share=share(low))
    return t("own_unknown") if len(path.edges) == 1 and row.get("at_least") else ""


def _grip(row: Json, t: Texts) -> str:
    """How it is controlled, and whether that is registered or presumed."""
    grip = row.get("control")
    if not grip:
        return ""
    how = clean(grip.get("how"))
    return t(f"how_{how}", votes=share(number(grip.get("votes")))) if how in set(How) else how


def _told(answer: Json, t: Texts) -> Iterator[str]:
    def names(key: str) -> str:
        return t("comma").join(Subject.of(one).name for one in answer.get(key) or ())

    if "up" in (answer.get("directions") or ()):
        if names("ultimate_controllers"):
            yield t("own_ultimate", names=names("ultimate_controllers"))
        if names("state_controllers"):
            yield t("own_state", names=names("state_controllers"))
        if not names("ultimate_controllers") and not names("state_controllers"):
            yield t("own_nobody")
    for one in answer.get("beneficial_owners") or ():
        facts = [
            share(number(one.get("share"))),
            clean(one.get("text")),
            t("own_verify") if one.get("presumed") else "",
        ]
        yield t("own_beneficial", name=Subject.of(one["subject"]).name, why=t("sep").join(filter(None, facts)))
    for one in answer.get("possible_beneficial_owners") or ():
        most = share(number(one.get("share_max")))
        yield t("own_possible", name=Subject.of(one["subject"]).name, share=most)


def _cautions(answer: Json, t: Texts) -> Iterator[str]:
    if not answer.get("complete", True):
        yield t("own_cut", why=clean(answer.get("cut")))
    for warning in answer.get("warnings") or ():
        yield t("own_not_yet", on=clean(warning.get("on")))
    for circle in answer.get("cycle_names") or ():
        yield t("own_circle", n=len(circle), names=t("comma").join(map(clean, circle[:12])))
    for one in answer.get("scaled") or ():
        yield t("own_scaled", name=Subject.of(one["subject"]).name, sum=share(number(one.get("sum"))))
    unknown, conflicts = (len(answer.get(key) or ()) for key in ("unknown", "conflicts"))
    if unknown:
        yield t("own_unknowns", n=unknown)
    if conflicts:
        yield t("own_conflicts", n=conflicts)
    rule = answer.get("beneficial_rule") or {}
    if rule.get("others_possible"):
        yield t("own_untraced", share=share(number(rule.get("untraced"))))
