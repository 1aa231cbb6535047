"""Who bids: the rows of a sheet matched with the graph, lot by lot, and the rows that cannot be compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.errors import InputError
from graph.mask import scrub
from graph.names import name_key
from graph.store import Store
from queries.applicants import Applicant
from queries.law.bids import Bid, Props
from queries.match import Match, match_all
from queries.model import Json, Subject
from queries.screen_bids import unknown
from queries.screen_rows import match_json
from queries.sheet_facts import SheetFacts, read_facts

MOST = 200  # bidders of one lot
MOST_PAIRS = 200_000  # of one file
ONE_LOT = "未分标段"
DIFFERS = "name_differs"  # the warning of a match


@dataclass(frozen=True, slots=True)
class Bidder:
    """One bidder of one lot: its row as asked, whom it means, and the bid."""

    asked: Applicant
    match: Match
    bid: Bid

    def to_json(self) -> Json:
        """An entry of `bidders`. `certain`: whether it is settled who bids; if not, nothing is prohibited."""
        return {
            "row": self.asked.row,
            "lot": self.bid.lot,
            "consortium": self.bid.consortium or None,
            "bidder": Subject.read(self.bid.subject).to_json(),
            "match": match_json(self.match),
            "certain": self.bid.certain,
        }


@dataclass(slots=True)
class Bidders:
    """All bidders, in the order of the sheet. `rejected`: (row, why); `warnings`: sentences; `facts`: the roles that
    the sheet names.
    """

    all: list[Bidder] = field(default_factory=list)
    rejected: list[tuple[int, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    facts: SheetFacts = field(default_factory=SheetFacts)

    @property
    def lots(self) -> dict[str, list[Bidder]]:
        """The bidders of each lot."""
        found: dict[str, list[Bidder]] = defaultdict(list)
        for bidder in self.all:
            found[bidder.bid.lot].append(bidder)
        return dict(found)


def read_bidders(store: Store, applicants: Sequence[Applicant], as_of: str) -> Bidders:
    """The bidders of a sheet. Raises InputError where no lot has two, one has more than MOST, or the pairs of all lots
    together are more than MOST_PAIRS.
    """
    matches = match_all(store, applicants)
    found = Bidders(facts=read_facts(store, applicants, matches, as_of))
    divided = any(asked.fields.get("lot") for asked in applicants)
    names: dict[str, str] = {}  # of lots, as first written
    for asked, match in zip(applicants, matches, strict=True):
        lot = scrub(asked.fields.get("lot", "")) if divided else ONE_LOT
        refused = _refusal(asked, lot)
        if refused:
            found.rejected.append((asked.row, refused))
            continue
        bidder = _bidder(asked, match, names.setdefault(name_key(lot), lot), found.facts.places)
        found.all.append(bidder)
    _once(found)
    _check(found)
    return found


def _once(found: Bidders) -> None:
    """Each bidder of a lot once: of several rows the first whose identity is settled; nothing of the others counts."""
    coded: dict[tuple[str, str], set[str]] = defaultdict(set)
    for bidder in found.all:
        if bidder.bid.certain:
            coded[bidder.bid.lot, bidder.asked.key].add(_identity(bidder))

    def identity(bidder: Bidder) -> tuple[str, str]:
        # A bare name is that of the one row of the lot that has it with a code.
        bare = bidder.match.subject is None and bidder.asked.code is None and bidder.asked.full_number is None
        same = coded[bidder.bid.lot, bidder.asked.key] if bare and bidder.asked.key else set()
        return bidder.bid.lot, next(iter(same)) if len(same) == 1 else _identity(bidder)

    kept: dict[tuple[str, str], Bidder] = {}
    for bidder in sorted(found.all, key=lambda b: (not b.bid.certain, b.asked.row)):
        known = kept.setdefault(identity(bidder), bidder)
        if known is not bidder:
            found.rejected.append((bidder.asked.row, _again(bidder, known)))
    stay = {id(bidder) for bidder in kept.values()}
    found.all = [bidder for bidder in found.all if id(bidder) in stay]


def _refusal(asked: Applicant, lot: str) -> str:
    if not lot:
        return "未填标段（包号），不知与谁比对；合并的单元格须拆开，每行都填"
    if asked.sort == "person" and asked.fields.get("role_of"):
        return "填写的是个人的任职单位，不是投标人"
    return ""


def _bidder(asked: Applicant, match: Match, lot: str, places: Mapping[int, Props]) -> Bidder:
    subject = match.subject or {**places.get(asked.row, unknown(asked)), "id": f"sheet:{asked.row}"}
    # A right code that nobody in the graph bears still says who it is.
    coded = match.subject is None and asked.code is not None and asked.code.valid
    bid = Bid(asked.row, subject, lot, scrub(asked.fields.get("consortium", "")), match.certain or coded)
    return Bidder(asked, match, bid)


def _identity(bidder: Bidder) -> str:
    """What two rows of one bidder have in common."""
    if bidder.match.subject is not None:
        return bidder.bid.id
    asked = bidder.asked
    code = asked.code or asked.full_number
    return f"code {code.value}" if code is not None else f"name {asked.key}"


def _again(bidder: Bidder, known: Bidder) -> str:
    name = known.bid.subject.get("name")
    told = [f"同一投标人在同一标段重复出现：与第 {known.asked.row} 行同为 {name}，该行未另行比对，所填内容未采用"]
    if known.bid.certain and not bidder.bid.certain:
        told.append("保留的是身份已确认的一行")
    if DIFFERS in bidder.match.warnings:
        told.append(f"该行所填名称为“{scrub(bidder.asked.name)}”，与代码不一致，请核实实际投标人")
    if bidder.bid.consortium != known.bid.consortium:
        told.append("两行所填联合体不同，请核实")
    return "；".join(told)


def _misnamed(bidder: Bidder) -> str:
    """What to say of a row whose code is another's than its name."""
    typed, coded = scrub(bidder.asked.name), bidder.bid.subject.get("name")
    return (
        f"第 {bidder.asked.row} 行：所填名称“{typed}”与统一社会信用代码对应的“{coded}”不一致，"
        f"只按代码与“{coded}”比对，没有比对“{typed}”，请核实实际投标人"
    )


def _check(found: Bidders) -> None:
    lots = found.lots
    sizes = Counter({lot: len(bidders) for lot, bidders in lots.items()})
    remedy = "同一标段的投标人各占一行；用 xinmai template bidders 生成的表格填写"
    if not any(size > 1 for size in sizes.values()):
        raise InputError("没有可比对的投标人：每个标段都不足两家", value=f"{len(found.all)} 家", remedy=remedy)
    for lot, size in sizes.items():
        if size > MOST:
            raise InputError(f"一个标段的投标人超过 {MOST} 家", value=f"{lot}：{size} 家", remedy="拆分后分别比对")
        if size == 1:
            found.warnings.append(f"标段“{lot}”只有 1 家投标人，没有可比对的对象")
    pairs = sum(size * (size - 1) // 2 for size in sizes.values())
    if pairs > MOST_PAIRS:
        raise InputError(f"需要比对的组合超过 {MOST_PAIRS} 对", value=f"{pairs} 对", remedy="拆成几个文件分别比对")
    found.warnings += [_misnamed(b) for b in found.all if DIFFERS in b.match.warnings]
    doubtful = [b for b in found.all if not b.bid.certain]
    if doubtful:
        rows = "、".join(str(b.asked.row) for b in doubtful[:20]) + ("…" if len(doubtful) > 20 else "")
        found.warnings.append(
            f"{len(doubtful)} 家投标人的身份未由统一社会信用代码确认（第 {rows} 行），涉及它们的结论至多为提示"
        )
