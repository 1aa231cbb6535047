"""The association policy in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.tables import Screen
from api.words import Words, locale
from viz.labels import share
from viz.texts import Texts

_TITLE = Words(
    "关联策略 {version}：只用于提示，不是法律规定", "association policy {version}: house settings for attention, no law"
)
_LIMITS = Words(
    "下限 {floor} · 最多 {max_hops} 步 · 关系超过 {fanout_cap} 条的主体不穿过 · 分档 {bands}",
    "floor {floor} · at most {max_hops} relations · subjects with over {fanout_cap} are not crossed · bands {bands}",
)
_KEEPS = (
    Words("关系", "relation"),
    Words("方向", "direction"),
    Words("比例不低于", "ratio from"),
    Words("保留", "keeps"),
)
_ALONG = {
    "forward": Words("前者被列入 → 后者", "first is listed → second"),
    "backward": Words("后者被列入 → 前者", "second is listed → first"),
}
_SEVERITY = (Words("名单", "list"), Words("代码", "code"), Words("分量", "severity"))


def policy(answer: Mapping[str, Any], lang: str) -> None:
    """`xinmai policy`: limits, what each relation keeps, what each list weighs."""
    page, texts = Screen(), Texts(locale(lang))
    bands = "，".join(f"{texts.band(name)} ≥ {bound:g}" for name, bound in answer["bands"].items())
    page.heading(_TITLE.say(lang, version=answer["version"]))
    page.line(_LIMITS.say(lang, **{**answer, "bands": bands}))
    page.table(
        [w.say(lang) for w in _KEEPS],
        [
            (
                texts.relation(row["relation"]),
                _ALONG[row["direction"]].say(lang),
                share(row["min_ratio"]),
                f"{row['weight']:g}",
            )
            for row in answer["keeps"]
        ],
    )
    page.table(
        [w.say(lang) for w in _SEVERITY],
        [(texts.listing(code), code, f"{weight:g}") for code, weight in answer["severity"].items()],
    )
