"""Reading the law pack: the YAML files of `queries/rules/` as rules, each checked before anybody uses it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args

from graph.errors import InputError
from graph.vocabulary import FORMS, RELATIONS, SUBJECT_RELATION_TYPES, Kind, list_types
from queries.finding import Class, Effect
from queries.law.check import check
from queries.law.pack import (
    EXCEPTION,
    GUARD,
    Basis,
    Binds,
    Body,
    Direction,
    Exceptions,
    Mode,
    Pack,
    Period,
    RoleTime,
    Rule,
    Seat,
    Shape,
    Step,
    Trigger,
    Version,
    Way,
)
from queries.law.strict import Row, document

GRADES = ("text", "partial", "unverified")
_PACK = "pack.yaml"


@cache
def shipped() -> Pack:
    """The law pack that comes with the product, by id."""
    folder = files("queries").joinpath("rules")
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".yaml")}
    whole = Row(document(texts.pop(_PACK), _PACK), _PACK, "规则包").only(
        "version", "ask_named", "former_roles", "named_lists", "lifting", "untold"
    )
    rules: dict[str, Rule] = {}
    for name, content in sorted(texts.items()):
        for key, rule in parse(document(content, name), name).items():
            if key in rules:
                raise InputError(f"规则 {key}：与另一文件中的规则同号", file=name)
            rules[key] = rule
    asked, untold = (whole.row(name).only(*list_types()) for name in ("ask_named", "untold"))
    return Pack(
        version=whole.needed("version"),
        rules=dict(sorted(rules.items())),
        ask_named={code: frozenset(asked.some_of(code, SUBJECT_RELATION_TYPES)) for code in asked.raw},
        former_roles=frozenset(whole.some_of("former_roles", SUBJECT_RELATION_TYPES)),
        named_lists=frozenset(whole.some_of("named_lists", list_types())),
        lifting=frozenset(whole.some_of("lifting")),
        untold={code: _untold(untold.row(code)) for code in untold.raw},
    )


def named_is_listed(list_code: str) -> bool:
    """Whether a person an entry of this list names beside its subject is on the list himself."""
    return list_code in shipped().named_lists


def _untold(row: Row) -> dict[Direction, frozenset[str]]:
    row.only(*get_args(Direction))
    return {cast(Direction, way): frozenset(row.some_of(way, SUBJECT_RELATION_TYPES)) for way in row.raw}


@cache
def scenario_codes() -> frozenset[str]:
    """Names of the shipped scenarios, without reading the profiles: these name rules, and rules name them."""
    raw = document(files("queries").joinpath("scenarios.yaml").read_text(encoding="utf-8"), "scenarios.yaml")
    return frozenset(raw["scenarios"])


def parse(rows: Mapping[str, Mapping[str, Any]], file: str = "") -> dict[str, Rule]:
    """Rules by id. Raises InputError that names file, rule, field and value of the first thing that is wrong."""
    return {str(key): _rule(str(key), Row(raw, file, f"规则 {key}")) for key, raw in rows.items()}


def _rule(key: str, row: Row) -> Rule:
    row.only(
        "name", "trigger", "ways", "measure", "basis", "period", "exceptions", "ends", "scenarios",
        "valid_from", "valid_to", "jurisdiction",
    )  # fmt: skip
    ways = tuple(_way(name, inner) for name, inner in row.named("ways"))
    kinds = {inner.text("class") for _, inner in row.named("ways")} & {GUARD, EXCEPTION}
    valid_from, valid_to = row.span()
    rule = Rule(
        id=key,
        name=row.needed_words("name"),
        guard=bool(kinds),
        exception=kinds == {EXCEPTION},
        trigger=_trigger(row.row("trigger")),
        ways=ways,
        measure=row.needed_words("measure"),
        basis=tuple(basis(inner) for inner in row.rows("basis")),
        period=_period(row.row("period")),
        exceptions=_exceptions(row.row("exceptions")),
        ends=row.needed_words("ends"),
        scenarios=_scenarios(row.row("scenarios")),
        valid_from=valid_from,
        valid_to=valid_to,
        jurisdiction=row.text("jurisdiction") or "CN",
    )
    check(rule, row)
    return rule


def _trigger(row: Row) -> Trigger:
    row.only("lists", "mode", "version_by", "first_of", "grounds", "open_grounds")
    lists = row.some_of("lists", list_types())
    return Trigger(
        lists=lists,
        mode=cast(Mode, row.one_of("mode", get_args(Mode))),
        version_by=cast(Version, row.one_of("version_by", get_args(Version), "as_of")),
        first_of=bool(row.flag("first_of")),
        grounds=_grounds(row.row("grounds")),
        open_grounds=frozenset(row.some_of("open_grounds", {g for c in lists for g in list_types()[c].grounds})),
    )


def _grounds(row: Row) -> dict[str, frozenset[str]]:
    known = list_types()
    row.only(*known)
    return {code: frozenset(row.some_of(code, known[code].grounds)) for code in row.raw}


def _way(key: str, row: Row) -> Way:
    row.only(
        "lists", "shape", "binds", "class", "listed", "holder", "role", "post", "post_required", "other", "other_known",
        "pending", "told", "else_alert", "grounds", "mode", "period",
    )  # fmt: skip
    said = row.one_of("class", {*Class, GUARD, EXCEPTION})
    return Way(
        key=key,
        shape=cast(Shape, row.one_of("shape", get_args(Shape))),
        binds=cast(Binds, row.one_of("binds", get_args(Binds))),
        # All that a guard leaves to be said is an alert.
        cls=Class.ALERT if said in (GUARD, EXCEPTION) else Class(said),
        lists=frozenset(row.some_of("lists", list_types())),
        listed=_body(row.row("listed")),
        holder=_body(row.row("holder")),
        role=_step(row.row("role")) if "role" in row else None,
        post=_step(row.row("post")) if "post" in row else None,
        post_required=bool(row.flag("post_required")),
        other=_body(row.row("other")),
        other_known=bool(row.flag("other_known")),
        pending=tuple(inner.needed_words("said") for inner in _wrapped(row, "pending")),
        told=tuple(inner.needed_words("said") for inner in _wrapped(row, "told")),
        else_alert=row.words("else_alert"),
        grounds=_grounds(row.row("grounds")) if "grounds" in row else None,
        mode=cast(Mode, row.one_of("mode", get_args(Mode))) if "mode" in row else None,
        period=_period(row.row("period")) if "period" in row else None,
    )


def _wrapped(row: Row, field: str) -> list[Row]:
    """A list of bare `{zh, en}`, each as a row with one field."""
    return [Row({"said": inner.raw}, inner.file, inner.entry, inner.path) for inner in row.rows(field)]


def _body(row: Row) -> Body:
    row.only("kinds", "forms", "maybe_forms", "sectors", "not_sectors", "state_owned")
    return Body(
        kinds=frozenset(row.some_of("kinds", set(Kind))),
        forms=frozenset(row.some_of("forms", FORMS)),
        maybe_forms=frozenset(row.some_of("maybe_forms", FORMS)),
        sectors=row.some_of("sectors"),
        not_sectors=row.some_of("not_sectors"),
        state_owned=row.flag("state_owned", None),
    )


def _step(row: Row) -> Step:
    row.only("types", "time", "min_ratio", "over", "named", "founding", "titles", "not_titles", "deep")
    step = Step(
        types=row.some_of("types", SUBJECT_RELATION_TYPES),
        time=cast(RoleTime, row.one_of("time", get_args(RoleTime), "now")),
        min_ratio=row.share("min_ratio"),
        over=row.share("over"),
        named=bool(row.flag("named")),
        founding=bool(row.flag("founding")),
        titles=row.some_of("titles"),
        not_titles=row.some_of("not_titles"),
        deep=bool(row.flag("deep")),
    )
    if not step.types:
        raise row.fault("types", "不能为空")
    for field in ("min_ratio", "over"):
        if field in row and not any(RELATIONS[name].rated for name in step.types):
            raise row.fault(field, "这些关系没有比例", "、".join(step.types))
    return step


def _period(row: Row) -> Period:
    row.only("years", "months", "by_decision", "note")
    period = Period(row.number("years"), row.number("months"), bool(row.flag("by_decision")), row.words("note"))
    if period.years and period.months:
        raise row.fault("months", "与 years 只能写一个", period.months)
    return period


def _exceptions(row: Row) -> Exceptions:
    row.only("text", "lifted_by", "noted")
    return Exceptions(row.words("text"), frozenset(row.some_of("lifted_by")), frozenset(row.some_of("noted")))


def _scenarios(row: Row) -> dict[str, Mapping[Seat, Effect]]:
    """Effects by scenario and seat; a bare effect is that of the seat `target`."""
    row.only(*sorted(scenario_codes()))
    return {code: seats(row, code) for code in row.raw}


def seats(row: Row, field: str) -> Mapping[Seat, Effect]:
    """Effects by seat; a bare effect is that of the seat `target`."""
    effects = [effect.value for effect in Effect]
    if not isinstance(row.raw[field], Mapping):
        return {"target": Effect(row.one_of(field, effects))}
    inner = row.row(field).only(*get_args(Seat))
    return {cast(Seat, seat): Effect(inner.one_of(seat, effects)) for seat in inner.raw}


def basis(row: Row) -> Basis:
    """One law a rule or a profile rests on."""
    row.only("law", "article", "source", "grade", "scenarios", "ways", "valid_from", "valid_to")
    first, last = row.span()
    return Basis(
        law=row.needed("law"),
        article=row.text("article"),
        source=row.text("source"),
        grade=cast(Literal["text", "partial", "unverified"], row.one_of("grade", GRADES)),
        scenarios=frozenset(row.some_of("scenarios", scenario_codes())),
        ways=frozenset(row.some_of("ways")),
        valid_from=first,
        valid_to=last,
    )
