"""Value checks on staged tables: each returns the rows that passed and says of the others why not.

Nothing here knows the graph; references between rows and to the graph are `loaders.identity`'s business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import InputError
from graph.mask import holds_personal_number
from graph.vocabulary import (
    CONTACT_KINDS,
    ENDED_STATES,
    FORMS,
    RELATIONS,
    STATES,
    TIERS,
    Kind,
    list_types,
)
from loaders.check_digits import unified_codes
from loaders.columns import Mask, asked, before, same
from loaders.facts import Facts, Rejection
from loaders.ratios import faults

TRUE_WORDS = frozenset({"", "1", "true", "yes", "是"})
# Of ids that stay as they are when their width is made one: the fewest digits in a row of a personal number, stars for
# some of them; and what no code has in it.
_PLAIN_ID, _NO_CODE = r"^[\x00-\x7f\x{4e00}-\x{9fff}]*$", r"[@\x{4e00}-\x{9fff}]"
_DIGITS_ENOUGH = r"[1-9](?:[ \-]?[0-9*]){14}"
FALSE_WORDS = frozenset({"0", "false", "no", "否"})


def is_date(text: str) -> bool:
    """Whether text is empty or a real day written YYYY-MM-DD."""
    if not text:
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_amount(text: str) -> bool:
    """Whether text is empty or a plain number that is not negative."""
    try:
        return not text or 0.0 <= float(text) < float("inf")
    except ValueError:
        return False


class Sieve:
    """One table on its way through the checks; what falls out is kept as rejections."""

    def __init__(self, frame: pd.DataFrame, rejected: list[Rejection]) -> None:
        self.frame = frame
        self._rejected = rejected

    def drop(self, bad: pd.Series[bool], reason: str | Callable[[pd.Series[str]], str]) -> None:
        """Reject the rows marked bad, for one reason or one told from the row."""
        if not bad.any():
            return
        for _, row in self.frame[bad].iterrows():
            self._rejected.append(rejection(row, reason if isinstance(reason, str) else reason(row)))
        self.frame = self.frame[~bad]

    def column(self, name: str, good: Callable[[str], bool], reason: str) -> None:
        """Reject rows whose value in `name` is not good; the reason names column and value."""
        fine = asked(self.frame[name], good)
        if not fine.all():
            self.drop(self.rows(~fine), lambda row: f"{name}={row[name]!r} {reason}")

    def rows(self, mask: Mask) -> pd.Series[bool]:
        """A mask as `drop` takes it."""
        return pd.Series(mask, index=self.frame.index)

    def one_of(self, name: str, allowed: Iterable[str], *, empty: bool) -> None:
        """Reject rows whose value in `name` is no word of the vocabulary."""
        words = set(allowed) | ({""} if empty else set())
        self.column(name, words.__contains__, "不在词汇表中")


def rejection(row: pd.Series[str], reason: str) -> Rejection:
    """The rejection of one row, placed where it stands: `at`, or the record it was read from (`file:line`)."""
    # Tables put together have `at` only in the rows of those that brought it.
    place = next((v for v in (row.get("at"), row.get("record")) if isinstance(v, str) and v), "")
    file, _, line = place.rpartition(":")
    shown = ",".join(f"{k}={v}" for k, v in row.items() if v and k not in ("record", "at"))
    if not line.isdigit():
        file, line = place, "0"
    return Rejection(file, int(line), reason, shown[:200])


def checked(facts: Facts) -> Facts:
    """The facts that passed every value check; the others stand in `rejected`.

    Raises InputError when a list comes without its legal basis: such a load must stop, not shrink.
    """
    require_basis(facts.listings)
    rejected = list(facts.rejected)
    return Facts(
        subjects=_subjects(Sieve(facts.subjects, rejected)),
        relations=_relations(Sieve(facts.relations, rejected)),
        listings=_listings(Sieve(facts.listings, rejected)),
        listing_names=_listing_names(Sieve(facts.listing_names, rejected)),
        events=_events(Sieve(facts.events, rejected)),
        exemptions=_exemptions(Sieve(facts.exemptions, rejected)),
        contacts=_contacts(Sieve(facts.contacts, rejected)),
        rejected=rejected,
        warnings=list(facts.warnings),
    )


def require_basis(listings: pd.DataFrame) -> None:
    """Stop when a list code names no legal basis in any of its rows (golden case 14)."""
    for code, rows in listings.groupby("list", sort=True):
        if (rows["basis"] == "").all():
            first = rows.iloc[0]
            file, _, line = str(first["record"]).rpartition(":")
            raise InputError(
                "名单没有列明法律依据（basis），拒绝载入",
                file=file,
                line=int(line) if line.isdigit() else None,
                value=str(code),
                remedy="为每条记录填写 basis 列（名单所依据的法律、法规或中央政策文件），再重新载入",
            )


def _subjects(sieve: Sieve) -> pd.DataFrame:
    sieve.column("id", bool, "缺少编号")
    _safe_ids(sieve)
    sieve.column("name", lambda v: bool(v.strip()), "缺少名称")
    sieve.one_of("kind", Kind, empty=False)
    sieve.one_of("form", FORMS, empty=True)
    sieve.column("established", is_date, "不是有效日期")
    for flag in ("conducts", "state_owned"):
        sieve.column(flag, lambda v: v.lower() in TRUE_WORDS | FALSE_WORDS, "应为 true 或 false")
    return sieve.frame


def _relations(sieve: Sieve) -> pd.DataFrame:
    sieve.one_of("type", set(RELATIONS) - {"CONTACT"}, empty=False)
    for name in ("source", "target"):
        sieve.column(name, bool, "缺少主体")
    # A company can hold shares in itself; no other relation joins a subject with itself.
    own = same(sieve.frame["source"], sieve.frame["target"]) & ~asked(sieve.frame["type"], _is_rated)
    sieve.drop(sieve.rows(own), lambda row: f"主体与自身的 {row['type']} 关系：{row['source']}")
    reasons = faults(sieve.frame)
    told = reasons[reasons != ""].to_dict()
    sieve.drop(reasons != "", lambda row: told[row.name])
    sieve.column("amount", is_amount, "不是有效金额")
    for name in ("since", "until", "seen_on"):
        sieve.column(name, is_date, "不是有效日期")
    sieve.drop(sieve.rows(before(sieve.frame["until"], sieve.frame["since"])), "until 早于 since")
    return sieve.frame


def _safe_ids(sieve: Sieve) -> None:
    """Reject ids with a personal number in them; few texts have digits enough in a row for one."""
    distinct = sieve.frame["id"].unique()
    texts = pa.array(distinct, type=pa.large_string(), from_pandas=True)
    harmless = pc.and_(
        pc.match_substring_regex(texts, _PLAIN_ID), pc.invert(pc.match_substring_regex(texts, _DIGITS_ENOUGH))
    )
    doubtful = texts.filter(pc.invert(harmless))
    asked_for = doubtful.filter(pc.invert(pc.match_substring_regex(doubtful, _NO_CODE))).to_pylist()
    known = {text for text, valid in zip(asked_for, unified_codes(asked_for)[1], strict=True) if valid}
    personal = {text for text in doubtful.to_pylist() if text not in known and holds_personal_number(text)}
    if personal:
        why = "编号中含有身份证号码，请改用不含证件号码的编号"
        sieve.column("id", lambda text: text not in personal, why)


def _is_rated(name: str) -> bool:
    return RELATIONS[name].rated


def _listings(sieve: Sieve) -> pd.DataFrame:
    for name in ("id", "subject"):
        sieve.column(name, bool, "缺少值")
    sieve.one_of("list", list_types(), empty=False)
    sieve.column("basis", bool, "缺少法律依据")
    sieve.one_of("tier", TIERS, empty=True)
    sieve.one_of("state", STATES, empty=True)
    sieve.column("amount", is_amount, "不是有效金额")
    for name in ("listed_on", "expires_on", "removed_on"):
        sieve.column(name, is_date, "不是有效日期")
    frame = sieve.frame
    sieve.drop(frame["state"].isin(ENDED_STATES) & (frame["removed_on"] == ""), "已结束的状态缺少 removed_on")
    sieve.drop(sieve.rows(before(sieve.frame["removed_on"], sieve.frame["listed_on"])), "removed_on 早于 listed_on")
    return sieve.frame


def _listing_names(sieve: Sieve) -> pd.DataFrame:
    sieve.column("listing", bool, "缺少名单记录编号")
    sieve.drop((sieve.frame["subject"] == "") & (sieve.frame["name"] == ""), "缺少主体或姓名")
    return sieve.frame


def _events(sieve: Sieve) -> pd.DataFrame:
    sieve.column("listing", bool, "缺少名单记录编号")
    sieve.one_of("state", STATES, empty=False)
    sieve.column("on", lambda v: bool(v) and is_date(v), "不是有效日期")
    return sieve.frame


def _exemptions(sieve: Sieve) -> pd.DataFrame:
    for name in ("listing", "subject"):
        sieve.column(name, bool, "缺少值")
    for name in ("since", "until"):
        sieve.column(name, is_date, "不是有效日期")
    return sieve.frame


def _contacts(sieve: Sieve) -> pd.DataFrame:
    for name in ("subject", "value"):
        sieve.column(name, bool, "缺少值")
    sieve.one_of("kind", CONTACT_KINDS, empty=False)
    for name in ("since", "until"):
        sieve.column(name, is_date, "不是有效日期")
    return sieve.frame
