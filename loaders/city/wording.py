"""The words of departments as codes of the package: grounds, tiers, ends of entries, permissions, posts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.values import day

Fields = dict[str, str]
Words = Sequence[tuple[str, str]]

_TIERS = {"轻微": "minor", "一般": "general", "严重": "serious"}
# Pattern -> code; the first that occurs counts.
_ENDINGS: Words = (("撤销|错误|更正", "revoked"), ("修复|改正|履行|缴清|恢复", "repaired"), ("", "expired"))
_PERMISSIONS: Words = (("解除", "lifted"), ("因私", "private_spending"), ("", "court_permission"))
_GROUNDS: dict[str, Words] = {
    "SXBZXR": (
        ("有履行能力而拒不履行", "1"),
        ("伪造证据|暴力|威胁", "2"),
        ("虚假诉讼|虚假仲裁|隐匿|规避执行", "3"),
        ("财产报告", "4"),
        ("违反限制消费|违反限制高消费", "5"),
        ("拒不履行执行和解", "6"),
    ),
    "DXYZ": (
        ("第113条|第一百一十三条", "s113"),
        ("年度报告|年报", "no_report"),
        ("违法", "illegal"),
        (".", "other"),
    ),
}
_POSTS: Words = (
    ("法定代表人", "LEGAL_REP"),
    ("执行事务合伙人|普通合伙人", "GENERAL_PARTNER"),
    ("有限合伙人", "LIMITED_PARTNER"),
    ("实际控制人", "ACTUAL_CONTROLLER"),
    ("发起人", "FOUNDER"),
    ("监事", "SUPERVISOR"),
    ("董事会秘书|财务负责人|财务总监|总会计师|总裁|首席执行官", "EXECUTIVE"),
    ("董事", "DIRECTOR"),
    ("项目负责人|项目经理|从业人员|职工|员工", "EMPLOYEE"),
    ("经理|厂长", "EXECUTIVE"),
    ("^(主要|单位|企业)?负责人$|^经营者$|^投资人$", "PRINCIPAL"),
)
_HEADS = {"partnership": "GENERAL_PARTNER", "branch": "PRINCIPAL", "individual_business": "PRINCIPAL"} | {
    "sole_prop": "PRINCIPAL"
}
HEAD_TYPES = frozenset({"LEGAL_REP", "PRINCIPAL", "GENERAL_PARTNER"})


def _word(text: str, words: Words) -> str:
    return next((code for pattern, code in words if re.search(pattern, text)), "")


def day_or_text(text: str) -> str:
    """A day as it is stored; one that does not exist stays as it is, for the checks of the load to name."""
    return day(text) or text


def ending(fields: Fields) -> tuple[str, str]:
    """Day and manner in which an entry ended; "" and listed while it has not."""
    removed = fields["removed_on"]
    if removed:
        return day_or_text(removed), _word(fields["removed_how"], _ENDINGS)
    if "撤销" in fields["status"]:
        return day_or_text(fields["updated"]), "revoked"
    return "", "listed"


def ground(code: str, fields: Fields) -> str:
    """The ground of an entry of that list as its code; "" where the words tell none."""
    if code == "SXBZXR" and "数额较大" in fields.get("debt", ""):
        return "own_debt"
    return _word(fields.get("cause") or fields.get("reason", ""), _GROUNDS.get(code, ()))


def tier(text: str) -> str:
    """轻微, 一般 or 严重 as its code, "" for anything else."""
    return _TIERS.get(text, "")


def permission(text: str) -> str:
    """What a court allowed: `lifted`, `private_spending`, or `court_permission` for any other leave."""
    return _word(text, _PERMISSIONS)


def amount(fields: Fields) -> str:
    """In 元, without trailing zeros; a text that is no number stays, so that the checks name it."""
    text, factor = (fields["amount_wan"], 10_000) if fields["amount_wan"] else (fields["amount"], 1)
    return in_yuan(text, factor)


def in_yuan(text: str, factor: int) -> str:
    """An amount given in units of so many 元, in 元; "" for none, and what is no number as it stands."""
    try:
        return f"{float(text.replace(',', '')) * factor:.2f}".rstrip("0").rstrip(".") if text else ""
    except ValueError:
        return text


def head_type(form: str) -> str:
    """The relation in which the head of an organisation of that form stands to it."""
    return _HEADS.get(form, "LEGAL_REP")


def posts(title: str, *, is_head: bool, form: str) -> list[tuple[str, str]]:
    """Relation types and titles of a post such as 执行董事兼总经理; none for a title not understood.

    `is_head`: the register marks its bearer as 法定代表人 beside whatever the title says.
    """
    parts = [part.strip() for part in re.split(r"[、,，;；/]|兼", title) if part.strip()]
    found = [(_word(part, _POSTS), part) for part in parts]
    known = [(kind, part) for kind, part in found if kind]
    if is_head and not HEAD_TYPES.intersection(kind for kind, _ in known):
        known.insert(0, (head_type(form), "法定代表人"))
    return known
