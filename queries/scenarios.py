"""For what a subject is screened: which lists and rules matter there, and how (`scenarios.yaml`).

`general` looks at the lists alone; the other profiles of the contract use the law pack. A site may add profiles of
its own in a file of the same form (`site`). What a rule does in a scenario stands with the rule; a profile may say
otherwise under `rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from graph.errors import InputError
from graph.vocabulary import ListType, list_types
from queries.finding import Effect
from queries.law.pack import Seat
from queries.law.read import basis, seats, shipped
from queries.law.strict import Row, document
from queries.profile import ListedEffect, Scenario

__all__ = ["ListedEffect", "Scenario", "all_scenarios", "parse", "scenario", "scenarios", "site"]

SHIPPED = "scenarios.yaml"
# A commendation or a permit takes nothing away, whatever a profile says.
NEUTRAL_FAMILIES = frozenset({"red", "permit"})
_DEFAULT = "default"
_FIELDS = (
    "name", "note", "based_on", "families", "listed", "hard", "alerts", "relations", "law", "household", "rules",
)  # fmt: skip


def scenario(code: str, path: Path | None = None) -> Scenario:
    """The profile of that name, shipped or of a site's own file. Raises InputError for a name nobody knows."""
    known = all_scenarios(path)
    if code not in known:
        raise InputError("没有这个场景", value=code, remedy=f"可用的名称：{'、'.join(known)}")
    return known[code]


def scenarios() -> dict[str, Scenario]:
    """The shipped profiles, by code."""
    return dict(_shipped())


def site(path: Path) -> dict[str, Scenario]:
    """A site's own profiles. Raises InputError naming file and profile; a shipped code cannot be taken."""
    if not path.is_file():
        raise InputError("找不到场景文件", file=str(path), remedy="检查 --profiles 的路径；写法见 docs/law.md")
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("无法读取场景文件", file=str(path), value=str(error), remedy="检查路径和编码") from error
    return _profiles(document(content, str(path)), str(path), _shipped(), ("scenarios",))


def all_scenarios(path: Path | None = None) -> dict[str, Scenario]:
    """The shipped profiles and, where a file is given, the site's own after them."""
    return {**_shipped(), **(site(path) if path else {})}


def parse(raw: Mapping[str, Any], file: str = "") -> dict[str, Scenario]:
    """Profiles from a document of the form of `scenarios.yaml`. Raises InputError naming what does not hold."""
    return _profiles(raw, file, {}, ("scenarios",))


@cache
def _raw() -> Mapping[str, Any]:
    return document(files("queries").joinpath(SHIPPED).read_text(encoding="utf-8"), SHIPPED)


@cache
def _shipped() -> Mapping[str, Scenario]:
    return parse(_raw(), SHIPPED)


def _profiles(
    raw: Mapping[str, Any], file: str, known: Mapping[str, Scenario], fields: tuple[str, ...]
) -> dict[str, Scenario]:
    """Profiles by code. `known`: those that may be built upon and not redefined."""
    made: dict[str, Scenario] = {}
    for code, inner in Row(raw, file, "场景文件").only(*fields).row("scenarios").raw.items():
        row = Row(inner, file, f"场景 {code}")
        if code in known:
            raise row.fault("", "不能重新定义随附的场景，请另取名称", code)
        made[str(code)] = _profile(str(code), row, {**known, **made})
    return made


def _profile(code: str, row: Row, known: Mapping[str, Scenario]) -> Scenario:
    row.only(*_FIELDS)
    base = known[row.one_of("based_on", known)] if "based_on" in row else None
    lists = _lists(row) if base is None or "families" in row else base.lists
    listed = _listed(row.row("listed"), lists, base)
    hard = row.some_of("hard", lists) if base is None or "hard" in row else base.hard
    return Scenario(
        code=code,
        name=row.needed_words("name"),
        lists=lists,
        listed=listed,
        hard=hard,
        alerts=_flag(row, "alerts", base.alerts if base else True),
        relations=_flag(row, "relations", base.relations if base else True),
        law=_flag(row, "law", base.law if base else True),
        household=_flag(row, "household", base.household if base else False),
        note=row.words("note") or (base.note if base else None),
        rules={**(base.rules if base else {}), **_rules(row.row("rules"))},
        based_on=base.rests_on if base else "",
    )


def _flag(row: Row, field: str, default: bool) -> bool:
    return bool(row.flag(field, default))


def _lists(row: Row) -> tuple[str, ...]:
    families = row.some_of("families", {kind.family for kind in list_types().values()} - NEUTRAL_FAMILIES)
    if not families:
        raise row.fault("families", "不能为空")
    return tuple(code for code, kind in list_types().items() if kind.family in families)


def _listed(row: Row, lists: tuple[str, ...], base: Scenario | None) -> dict[str, ListedEffect]:
    """What being on each list does: what the profile says of it, else its default, else what its base says."""
    row.only(_DEFAULT, *lists)
    said = {key: _effect(row, key) for key in row.raw}
    inherited = base.listed if base else {}
    rest = said.get(_DEFAULT)
    found = {}
    for code in lists:
        told = said.get(code) or rest or inherited.get(code) or ListedEffect(Effect.INFORM)
        found[code] = ListedEffect(Effect.INFORM) if _foreign(list_types()[code]) else told
    return found


def _foreign(kind: ListType) -> bool:
    """A foreign list informs, whatever a profile says (反外国制裁法 §12)."""
    return kind.family == "foreign"


def _effect(row: Row, key: str) -> ListedEffect:
    """`inform` alone, or an effect with the articles it rests on."""
    bare = not isinstance(row.raw[key], Mapping)
    inner = Row({"effect": row.raw[key]} if bare else row.raw[key], row.file, row.entry, f"{row.path}.{key}")
    inner.only("effect", "basis", "within_years", "min_amount", "reasons")
    told = ListedEffect(
        effect=Effect(inner.one_of("effect", [effect.value for effect in Effect])),
        basis=tuple(basis(entry) for entry in inner.rows("basis")),
        within_years=inner.number("within_years"),
        min_amount=inner.number("min_amount"),
        reasons=inner.some_of("reasons"),
    )
    if told.effect is not Effect.INFORM and not told.basis:
        raise inner.fault("basis", "效果为 block 或 review 的，须写依据（法律、条文、等级）", told.effect.value)
    return told


def _rules(row: Row) -> dict[str, Mapping[Seat, Effect]]:
    row.only(*shipped().rules)
    return {key: seats(row, key) for key in row.raw}
