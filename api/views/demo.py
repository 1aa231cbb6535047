"""What the demo found and where its files are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.tables import Screen
from api.views import data
from api.views.screening import counts
from api.words import Words, locale
from viz.model import Listing, Subject
from viz.screening_words import rows
from viz.sentences import listing
from viz.texts import Texts

_LOADED = Words("一、装入虚构的乌有市的登记与信用数据（{store}）", "1. Loaded the fictional city of Wuyou ({store})")
_SCREENED = Words(
    "二、筛查 {n} 行申请人（截至 {as_of}，场景：{scenario}）",
    "2. Screened {n} applicants as of {as_of}, scenario {code}",
)
_ROW = Words("{applicant}：{top}", "{applicant}: {top}")
_NEAR = Words(
    "三、{name}：本身有 {own} 条记录；经由关系接近的列入记录 {near} 条，最近的是",
    "3. {name}: {own} entries of its own; {near} listings come near by relations, the nearest",
)
_ITEM = Words("{score} · {name}：{entry}", "{score} · {name}: {entry}")
_CAUTION = Words("关联提示，不构成失信惩戒依据。", "Association only, no ground for a sanction.")
_FILES = Words("四、文件", "4. Files")
_NAMES = {
    "report": Words("网络报告", "network report"),
    "xlsx": Words("筛查工作簿", "screening workbook"),
    "html": Words("筛查网页", "screening page"),
    "json": Words("筛查结果 JSON", "screening JSON"),
}
_NEXT = Words(
    "用时 {seconds} 秒。接着试：xinmai --help；xinmai serve --db {location} --open",
    "{seconds} s. Next: xinmai --help; xinmai serve --db {location} --open",
)
NEAREST = 3


def demo(answer: Mapping[str, Any], lang: str) -> None:
    """The tour in four parts."""
    screen, texts = Screen(), Texts(locale(lang))
    screen.heading(_LOADED.say(lang, store=answer["store"]["name"]))
    data.load(answer["load"], lang)
    screening, near = answer["screening"], answer["exposure"]
    screen.heading(
        _SCREENED.say(
            lang,
            n=len(screening["results"]),
            as_of=answer["as_of"],
            scenario=screening["scenario_name"],
            code=screening["scenario"],
        )
    )
    screen.line(counts(screening), indent=2)
    for row in (row for row in rows(screening) if row.decision == "blocked"):
        screen.line(_ROW.say(lang, applicant=row.asked, top=row.top), indent=2)
    name = Subject.of(near["subject"]).name
    screen.heading(_NEAR.say(lang, name=name, own=len(near["listed"]), near=len(near["exposures"])))
    for item in near["exposures"][:NEAREST]:
        entry = listing(Listing.of(item["listing"]), texts)
        listed = Subject.of(item["listed_subject"]).name
        screen.line(_ITEM.say(lang, score=f"{item['score']:.9g}", name=listed, entry=entry), indent=2)
    screen.line(_CAUTION.say(lang), indent=2)
    screen.heading(_FILES.say(lang))
    for key, path in answer["files"].items():
        screen.line(f"{_NAMES[key].say(lang)}  {path}", indent=2)
    screen.line(_NEXT.say(lang, seconds=answer["seconds"], location=answer["store"]["location"]))
