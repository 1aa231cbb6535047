"""Reading the regimes: `law/*.yaml` as objects, each checked before anybody uses it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import cast, get_args

from graph.errors import InputError
from graph.vocabulary import FORMS, SUBJECT_RELATION_TYPES, Kind, list_types
from queries.law.read import shipped as law_pack
from queries.law.strict import Row, document
from queries.regimes.kin import classes
from queries.regimes.model import (
    Basis,
    Body,
    Clause,
    Exemption,
    Gap,
    Grade,
    KinSet,
    Measure,
    Regime,
    Regimes,
    Sanction,
    Step,
    Window,
)

# Steps a way may have; what they do stands in `steps.py`.
STEPS = (
    "holder", "held", "controller", "controlled", "role", "post", "from", "to", "kin", "concert", "beneficial", "any",
)  # fmt: skip
FUNCTIONS = ("full_count", "full_count_kin", "half_of_board", "state_post")


@cache
def shipped() -> Regimes:
    """The regimes that come with the product, by id."""
    folder = files("queries.regimes").joinpath("law")
    found: dict[str, Regime] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            for key, regime in parse(file.read_text(encoding="utf-8"), file.name).items():
                if key in found:
                    raise InputError(f"制度 {key}：与另一文件中的制度同号", file=file.name)
                found[key] = regime
    return dict(sorted(found.items(), key=lambda item: (item[1].sanction is not None, item[0])))


def regime_of(asked: str) -> Regime:
    """The regime with that id, however it is written. Raises InputError that names all there are."""
    wanted = asked.strip().upper()
    if wanted not in shipped():
        raise InputError("没有这个制度", value=asked, remedy=f"可用：{'、'.join(shipped())}")
    return shipped()[wanted]


def parse(content: str, file: str = "") -> dict[str, Regime]:
    """Regimes by id. Raises InputError that names file, regime, field and value of the first thing that is wrong."""
    raw = document(content, file)
    return {str(k): _regime(str(k), Row(v, file, f"制度 {k}")) for k, v in raw.items()}


def _regime(key: str, row: Row) -> Regime:
    row.only(
        "name", "basis", "subject", "premise", "by_default", "window", "kin", "state", "not_related", "note",
        "clauses", "not_computable", "sanction",
    )  # fmt: skip
    whole = _basis(row.row("basis"), None)
    regime = Regime(
        id=key,
        name=row.needed_words("name"),
        basis=whole,
        clauses=tuple(_clause(name, inner, whole) for name, inner in row.named("clauses")),
        gaps=tuple(_gap(name, inner) for name, inner in row.named("not_computable")),
        subject=_body(row.row("subject")),
        premise=row.words("premise"),
        by_default=bool(row.flag("by_default", True)),
        window=_window(row.row("window")),
        kin=_kin(row.row("kin")),
        state=_exemption(row.row("state"), whole) if "state" in row else None,
        not_related=tuple(
            Row({"said": inner.raw}, inner.file, inner.entry, inner.path).needed_words("said")
            for inner in row.rows("not_related")
        ),
        note=row.words("note"),
        sanction=_sanction(row.row("sanction")) if "sanction" in row else None,
    )
    if regime.sanction and len(regime.clauses) != 1:
        raise row.fault("clauses", "制裁持股测试须恰有一款", len(regime.clauses))
    if not regime.clauses and not regime.gaps:
        raise row.fault("clauses", "不能为空")
    for number, clause in enumerate(regime.clauses):
        if strange := set(clause.unless) - {one.key for one in regime.clauses[:number]}:
            raise row.fault(f"clauses.{clause.key}.unless", "此前没有这一款", min(strange))
        needs_kin = any(_takes_kin(step) for way in clause.ways for step in way)
        if needs_kin and not (clause.kin or regime.kin).classes:
            raise row.fault(f"clauses.{clause.key}", "用到亲属，却没有写 kin")
        if not regime.sanction and not (clause.ways or clause.function or clause.rule):
            raise row.fault(f"clauses.{clause.key}", "须写 ways、function 或 rule 之一")
    return regime


def _takes_kin(step: Step) -> bool:
    return step.do == "kin" or any(_takes_kin(one) for one in step.choices)


def _clause(key: str, row: Row, whole: Basis) -> Clause:
    row.only(
        "text", "basis", "ways", "subject", "party", "kin", "window", "own", "both_hold", "both_serve", "function",
        "step", "unless", "rule",
    )  # fmt: skip
    rule = row.one_of("rule", law_pack().rules) if "rule" in row else ""
    return Clause(
        key=key,
        text=row.needed_words("text"),
        basis=_basis(row.row("basis"), whole),
        ways=_ways(row),
        subject=_body(row.row("subject")),
        party=_body(row.row("party")),
        kin=_kin(row.row("kin")) if "kin" in row else None,
        window=_window(row.row("window")) if "window" in row else None,
        own=bool(row.flag("own", True)),
        both_hold=bool(row.flag("both_hold")),
        both_serve=row.some_of("both_serve", SUBJECT_RELATION_TYPES),
        function=row.one_of("function", FUNCTIONS) if "function" in row else "",
        step=_step("step", row.row("step")) if "step" in row else None,
        unless=row.some_of("unless"),
        rule=rule,
    )


def _ways(row: Row) -> tuple[tuple[Step, ...], ...]:
    """Ways are lists of steps; a step is a mapping of its one name to what belongs to it."""
    raw = row.raw.get("ways") or []
    if not isinstance(raw, list):
        raise row.fault("ways", "须为列表", raw)
    wrapped = [Row({"steps": way}, row.file, row.entry, f"{row.path}.ways[{n}]") for n, way in enumerate(raw)]
    return tuple(tuple(_named_step(inner) for inner in way.rows("steps")) for way in wrapped)


def _named_step(row: Row) -> Step:
    if len(row.raw) != 1:
        raise row.fault("", "一步须恰有一个名称", "、".join(map(str, row.raw)))
    (name,) = row.raw
    if name not in STEPS:
        raise row.fault("", f"未知的一步，可用：{'、'.join(STEPS)}", name)
    if name == "any":
        return Step(do="any", choices=tuple(_named_step(inner) for inner in row.rows("any")))
    return _step(str(name), row.row(str(name)))


def _step(name: str, row: Row) -> Step:
    row.only(
        "types", "at_least", "over", "of", "deep", "titles", "not_titles", "kinds", "ultimate", "optional", "opens",
        "not_both", "full_number", "in_full",
    )  # fmt: skip
    step = Step(
        do=name,
        types=row.some_of("types", SUBJECT_RELATION_TYPES),
        at_least=row.share("at_least"),
        over=row.share("over"),
        of=cast(Measure, row.one_of("of", get_args(Measure), "capital")),
        deep=bool(row.flag("deep")),
        titles=row.some_of("titles"),
        not_titles=row.some_of("not_titles"),
        kinds=frozenset(row.some_of("kinds", set(Kind))),
        ultimate=bool(row.flag("ultimate")),
        optional=bool(row.flag("optional")),
        opens=row.words("opens"),
        not_both=row.some_of("not_both"),
        full_number=bool(row.flag("full_number")),
        in_full=bool(row.flag("in_full")),
    )
    if step.at_least is not None and step.over is not None:
        raise row.fault("over", "与 at_least 只能写一个", step.over)
    if name in ("role", "post", "from", "to") and not step.types:
        raise row.fault("types", "不能为空")
    return step


def _body(row: Row) -> Body:
    row.only("kinds", "not_forms", "sectors", "uscc", "names", "not_names", "always_named")
    return Body(
        kinds=frozenset(row.some_of("kinds", set(Kind))),
        not_forms=frozenset(row.some_of("not_forms", FORMS)),
        sectors=row.some_of("sectors"),
        uscc=row.some_of("uscc"),
        names=row.some_of("names"),
        not_names=row.some_of("not_names"),
        always_named=bool(row.flag("always_named")),
    )


def _window(row: Row) -> Window:
    row.only("before", "after")
    return Window(row.number("before") or 0, row.number("after") or 0)


def _kin(row: Row) -> KinSet:
    row.only("classes", "adult", "children", "grade", "judged")
    judged = row.words("judged")
    return KinSet(
        classes=frozenset(classes() if judged else row.some_of("classes", classes())),
        judged=judged,
        adult=bool(row.flag("adult")),
        children=bool(row.flag("children")),
        grade=cast(Grade, row.one_of("grade", get_args(Grade), "unverified")),
    )


def _exemption(row: Row, whole: Basis) -> Exemption:
    row.only("text", "basis")
    return Exemption(row.needed_words("text"), _basis(row.row("basis"), whole))


def _gap(key: str, row: Row) -> Gap:
    row.only("text", "why")
    return Gap(key, row.needed_words("text"), row.needed_words("why"))


def _sanction(row: Row) -> Sanction:
    row.only("lists", "authorities", "at_least", "over", "aggregate", "control")
    at_least, over = row.share("at_least"), row.share("over")
    if (at_least is None) == (over is None):
        raise row.fault("at_least", "须写 at_least 或 over 之一")
    foreign = {code for code, kind in list_types().items() if kind.family == "foreign"}
    return Sanction(
        lists=row.some_of("lists", foreign),
        authorities=row.some_of("authorities"),
        at_least=at_least,
        over=over,
        aggregate=bool(row.flag("aggregate", True)),
        control=bool(row.flag("control")),
    )


def _basis(row: Row, whole: Basis | None) -> Basis:
    """A basis; what it leaves out is that of the regime."""
    row.only("law", "article", "source", "grade")
    if whole is None:
        row.needed("law")
        row.needed("grade")
    grade = cast(Grade, row.one_of("grade", get_args(Grade), whole.grade if whole else ""))
    basis = Basis(
        law=row.text("law") or (whole.law if whole else ""),
        article=row.text("article") or (whole.article if whole else ""),
        source=row.text("source") if "source" in row.raw or whole is None else whole.source,
        grade=grade,
    )
    if grade != "unverified" and not basis.source:
        raise row.fault("source", "读过的依据须写出处", basis.law)
    return basis
