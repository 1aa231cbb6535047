"""A screening as a document for paper: what it comes to, and the rows held or to be looked at, with their reasons."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from viz.model import clean
from viz.paper import Block, Drawing, Entry, Figures, Grid, Heading, Paper, Words, numbered
from viz.screening_lines import Line, bounds, lines, notices, undone
from viz.screening_picture import picture
from viz.screening_words import DECISIONS, Json, Row, candidates, context, remarks, rows, summary, unchecked

DETAILED = 200  # rows with their reasons; the workbook has all
FINDINGS = 12  # of one row
PICTURES = 30
TABLED = 500  # rows of a table: of a longer list only those held or to be looked at
_FLAGGED = ("blocked", "review")
_MEANT = {
    "blocked": "依法应予限制",
    "review": "须人工复核",
    "notice": "仅供关注",
    "clear": "所查名单未见",
    "unmatched": "不能确定是谁",
}
ALERT = "关联提示，不构成失信惩戒依据"


def paper(screening: Json, job: str = "") -> Paper:
    """The document. `job`: what names this screening on every page, "" for none."""
    known = list(rows(screening))
    name = clean(screening.get("scenario_name") or screening["scenario"])
    return Paper(
        title="信用核查结果",
        subtitle=name,
        head=("信用核查结果", name),
        foot=foot(screening, job, "核查日"),
        blocks=numbered(_blocks(screening, known)),
        evidence="证据路径",
        identifier=job,
    )


def foot(document: Json, job: str, day: str) -> tuple[str, ...]:
    """What stands on every page: the job, the day, the versions, the caution."""
    named = (
        f"任务 {job}" if job else "",
        f"{day} {document['as_of']}",
        f"规则包 {clean(document['rules']) or '未使用'}",
    )
    versions = "　".join(part for part in (*named, f"关联策略 {clean(document['policy'])}") if part)
    return versions, "关联提示，不构成失信惩戒依据。境外名单，仅供合规参考。"


def _blocks(screening: Json, known: list[Row]) -> Iterator[Block]:
    yield Words(unchecked(screening), "cut" if screening["not_checked"] else "good")
    yield Words(context(screening), "quiet")
    counts = summary(screening)
    yield Figures(tuple((f"{mark} {word}", str(counts[c]), _MEANT[c]) for c, (word, mark, _) in DECISIONS.items()))
    for remark in remarks(screening)[1:]:
        yield Words(remark)
    yield Heading("结果")
    yield _table(known)
    yield Heading("限制和复核的理由")
    flagged = [row for row in known if row.decision in _FLAGGED]
    if not flagged:
        yield Words("没有应予限制或需复核的行。")
    yield from _reasons(screening, flagged)
    yield from _rest(screening)


def _table(known: list[Row]) -> Grid:
    shown = known if len(known) <= TABLED else [row for row in known if row.decision in _FLAGGED][:TABLED]
    told = tuple((str(r.number), _decided(r), f"{r.asked} {r.code}".strip(), r.level, r.top) for r in shown)
    left = Counter(row.decision for row in known)
    left.subtract(row.decision for row in shown)
    flagged = "、".join(f"{DECISIONS[code][0]} {left[code]} 行" for code in _FLAGGED if left[code])
    more = f"名单较长，此处只列应予限制和需复核的行；另有 {left.total()} 行" if left.total() else ""
    more += f"，其中{flagged}" if flagged else ""
    more += "，见工作簿。" if more else ""
    return Grid(("行号", "结论", "核查对象", "匹配", "主要事项"), told, note=more)


def _decided(row: Row) -> str:
    word, mark, _ = DECISIONS[row.decision]
    return f"{mark} {word}"


def _reasons(screening: Json, flagged: list[Row]) -> Iterator[Block]:
    found: dict[int, list[Line]] = defaultdict(list)
    for line in lines(screening):
        found[line.row].append(line)
    results = {result["row"]: result for result in screening["results"]}
    told = {row: parts for row, _, _, _, parts in notices(screening)}
    pictures = 0
    for row in flagged[:DETAILED]:
        yield Heading(f"第 {row.number} 行　{row.asked}　{_decided(row)}", 3)
        about = "　".join(part for part in (row.subject, row.subject_code, row.level, row.lot, row.notes) if part)
        yield Words(about, "quiet")
        for number, line in enumerate(found[row.number][:FINDINGS], start=1):
            yield _entry(str(number), line)
        if len(found[row.number]) > FINDINGS:
            yield Words(f"另有 {len(found[row.number]) - FINDINGS} 条，见工作簿。", "quiet")
        svg = picture(results[row.number], screening["as_of"], standalone=True) if pictures < PICTURES else ""
        if svg:
            pictures += 1
            yield Drawing(svg, _size(svg), f"{row.asked} 的关联路径，文字见上")
        for part in told.get(row.number, ()):
            yield Words(part)
    if len(flagged) > DETAILED:
        yield Words(f"另有 {len(flagged) - DETAILED} 行的理由，见工作簿。", "cut")


def _size(svg: str) -> tuple[float, float]:
    """Width and height, as its first element states them."""
    stated = re.search(r'width="([0-9]+)" height="([0-9]+)"', svg)
    return (float(stated[1]), float(stated[2])) if stated else (640.0, 320.0)


def _entry(number: str, line: Line) -> Entry:
    period = f"{line.since or '起始不明'} 至 {line.until or '未定'}" if line.since or line.until else ""
    notes = (
        ("措施", bounds(line)),
        (
            "被列入者",
            f"{line.listed}（{line.list}，{line.listed_span or '列入日期不明'}）"
            if line.state.startswith("（") and line.listed
            else "",
        ),
        ("依据", line.basis),
        ("期限", period),
        ("待核实", line.conditions),
        ("现状态", line.now),
        ("救济途径", line.remedy),
        ("记录", line.record),
    )
    return Entry(
        number=number,
        badge=line.short,
        mark="，".join(part for part in (line.effect, line.rule) if part),
        lead=line.text,
        sentences=line.steps,
        notes=tuple((name, text) for name, text in notes if text),
        alert=ALERT if ALERT in line.klass else "",
    )


def _rest(screening: Json) -> Iterator[Block]:
    open_rows = tuple(
        (str(row), asked, level, f"{name} {code}".strip()) for row, asked, level, name, code, _ in candidates(screening)
    )
    if open_rows:
        yield Heading("未匹配")
        yield Grid(("行号", "核查对象", "匹配情况", "可能的主体"), open_rows[:TABLED], note=_left(open_rows))
    left = tuple(undone(screening))
    if left:
        yield Heading("未完成事项")
        yield Grid(("事项", "内容"), left[:TABLED], note=_left(left))


def _left(told: Sequence[object]) -> str:
    return f"另有 {len(told) - TABLED} 行，见工作簿。" if len(told) > TABLED else ""
