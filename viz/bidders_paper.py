"""A comparison of bidders as a document for paper: what it comes to, each lot, and every pair with its reasons."""

from __future__ import annotations

from collections.abc import Iterator

from viz.bidders_words import (
    CLOSING,
    VERDICTS,
    Json,
    Line,
    Lot,
    Pair,
    consortia,
    context,
    groups,
    headline,
    lots,
    undone,
)
from viz.model import clean
from viz.paper import Block, Entry, Figures, Grid, Heading, Paper, Words, numbered
from viz.screening_paper import ALERT, foot

DETAILED = 200  # pairs with their reasons; the workbook has all


def paper(answer: Json, job: str = "") -> Paper:
    """The document. `job`: what names this comparison on every page, "" for none."""
    name = clean(answer["law_name"])
    return Paper(
        title="投标人关联比对结果",
        subtitle=name,
        head=("投标人关联比对结果", name),
        foot=foot(answer, job, "比对日"),
        blocks=numbered(_blocks(answer)),
        evidence="关联路径",
        identifier=job,
    )


def _blocks(answer: Json) -> Iterator[Block]:
    known = lots(answer)
    yield Words(headline(answer))
    yield Words(context(answer), "quiet")
    totals = {
        code: sum(p.verdict == code and not p.note for lot in known for p in lot.pairs.values()) for code in VERDICTS
    }
    yield Figures(tuple((f"{mark} {word}", str(totals[code]), "对") for code, (word, mark, _) in VERDICTS.items()))
    yield Words(CLOSING)
    left = tuple(undone(answer))
    if left:
        yield Heading("未完成和注意事项")
        yield Grid(("事项", "内容"), left)
    yield Heading(f"各{answer['unit']}")
    for lot in known:
        yield from _lot(lot)
    yield from _joined(answer)
    yield from _evidence(known)


def _lot(lot: Lot) -> Iterator[Block]:
    yield Heading(lot.name or f"第 {lot.number} 个", 3)
    yield Words(lot.counts())
    yield Grid(
        ("序号", "投标人", "匹配", "联合体"),
        tuple((str(m.number), f"{m.name} {m.code}", m.match, m.consortium) for m in lot.members),
    )
    told = tuple((p.key, p.word, f"{p.a.name} 与 {p.b.name}", p.rule, p.main) for p in lot.found())
    if told:
        yield Grid(("组合", "结论", "投标人", "规则", "事由"), told)


def _joined(answer: Json) -> Iterator[Block]:
    found = tuple(groups(answer))
    if found:
        yield Heading("关联的投标人")
        yield Grid((str(answer["unit"]), "结论", "投标人"), found)
    joint = tuple(consortia(answer))
    if joint:
        yield Heading("联合体")
        yield Grid((str(answer["unit"]), "联合体", "成员", "联合体规则"), joint)


def _evidence(known: list[Lot]) -> Iterator[Block]:
    told = sorted((pair for lot in known for pair in lot.found()), key=lambda pair: pair.verdict != "prohibited")
    if told:
        yield Heading("理由和证据")
    for pair in told[:DETAILED]:
        yield from _pair(pair)
    if len(told) > DETAILED:
        yield Words(f"另有 {len(told) - DETAILED} 对，见工作簿。", "cut")


def _pair(pair: Pair) -> Iterator[Block]:
    yield Heading(f"{pair.key}　{pair.a.name} 与 {pair.b.name}　{pair.word}", 3)
    ends = (f"第 {m.row} 行 {m.code}（{m.match}）" for m in (pair.a, pair.b))
    yield Words("，".join((pair.lot, *ends)), "quiet")
    for number, line in enumerate(pair.lines, start=1):
        yield _entry(str(number), line)


def _entry(number: str, line: Line) -> Entry:
    notes = (("依据", line.basis), ("待核实", line.conditions))
    return Entry(
        number=number,
        badge=line.kind,
        mark="，".join(part for part in (line.sure, line.rule) if part),
        lead=line.text,
        sentences=tuple(step for path in line.paths for step in path),
        notes=tuple((name, text) for name, text in notes if text),
        alert="" if line.conclusive else ALERT,
    )
