"""docs/regimes.md, written from the regimes:  python -m api.regimes_page > docs/regimes.md"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.output import speak_utf8
from queries.regimes.printed import regimes_json

Json = Mapping[str, Any]
HEAD = """# 关联方制度 · Related-party regimes

<!-- Written by `python -m api.regimes_page > docs/regimes.md` from queries/regimes/law/; a test holds it to that. -->

`xinmai related 主体 --regime P05` 按一个制度列出关联方；`xinmai regimes P05` 解释该制度。
各制度互不替代，没有统一的“关联”结论。
Each regime is asked and answered by itself; there is no one “related” flag.

- 国家控制不连接任何人；名义持有人也不连接。因此没有列出的，写在 `exempted`。
  The state and nominees join nobody to anybody; who is left out for that is told in `exempted`.
- 比例不详而可能达到界限的为待核实（`conditional`）；计算得出的控制标“推定”。
  What an unknown share leaves open is conditional; computed control says 推定.
- 有时间窗的制度，以窗内任何一日整体成立为准，`on` 写明是哪一日。
  A window asks whether the whole relation held on some day in it; `on` names the day.
- “以上”含本数，“超过”不含：`>=0.25` 与 `>0.5`。

| 等级 | 含义 |
|---|---|
| text | 读过条文 · read |
| partial | 读过一部分 · read in part |
| unverified | 凭记忆，待查证 · from memory |
"""


def markdown() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for one in regimes_json()["regimes"] for line in _regime(one))]) + "\n"


def _regime(one: Json) -> Iterator[str]:
    yield f"## {one['id']} {one['name']['zh']} · {one['name']['en']}"
    yield ""
    yield f"{one['basis']['law']}{one['basis']['article']}（{one['basis']['grade']}）"
    for key in ("premise", "note"):
        if one[key]:
            yield f"{one[key]['zh']} · {one[key]['en']}"
    window = one["window_months"]
    if any(window.values()):
        yield f"时间窗（月）· window (months): −{window['before']}, +{window['after']}"
    if one["kin"]:
        yield f"亲属 · relatives: {one['kin']['zh']}（{one['kin']['grade']}）"
    yield ""
    if one["clauses"]:
        yield from ("| 款 | 内容 | Who | 界限 | 等级 |", "|---|---|---|---|---|")
    for clause in one["clauses"]:
        text, numbers = clause["text"], " ".join(clause["numbers"])
        yield f"| `{clause['clause']}` | {text['zh']} | {text['en']} | {numbers} | {clause['basis']['grade']} |"
    if one["clauses"]:
        yield ""
    for exemption in one["exemptions"]:
        yield f"- 除外 · exempt: {exemption['text']['zh']}（{exemption['basis']['grade']}）"
    for words in one["not_related"]:
        yield f"- 不构成关联 · no relation by itself: {words['zh']}"
    for gap in one["not_computable"]:
        yield f"- 数据无法判断 · not computable: {gap['text']['zh']}——{gap['why']['zh']}"
    yield ""


if __name__ == "__main__":
    speak_utf8()
    print(markdown(), end="")
