"""Single values of source files brought to the form of the graph package; "" for what cannot be read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache

_PLAIN_NUMBER = re.compile(r"[0-9A-Z]+")
_OLD_FORM = 15
_SPACES = re.compile(r"[\s\x00-\x1f\x7f\u200b\ufeff]+")
_ISO_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_EUROPEAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_CAPITAL = re.compile(
    r"(?:人民币|RMB)?([0-9][0-9,]*(?:\.[0-9]+)?)\(?(亿|万)?(?:元)?"
    r"(人民币|美元|欧元|日元|港元|港币|香港元|英镑|加元|澳元|澳门元|新加坡元|瑞士法郎)?元?\)?"
)
_MAGNITUDE = {"亿": 1e8, "万": 1e4, None: 1.0}
_PROVINCE = re.compile(
    r"(北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    r"|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|国家|总局)"
    r"(省|市|(壮族|回族|维吾尔)?自治区|特别行政区|生产建设兵团)?"
)


def is_plain_number(text: str) -> bool:
    """Whether a personal number stands in its normal form: capitals and digits, not the fifteen of the old form."""
    return bool(_PLAIN_NUMBER.fullmatch(text)) and len(text) != _OLD_FORM


def tidy(text: str) -> str:
    """Text on one line: runs of white space and line breaks become one space."""
    return _SPACES.sub(" ", text).strip()


def day(text: str) -> str:
    """A date as YYYY-MM-DD, from 2018-1-5, 2018/1/5, 2018年1月5日, 20180105, 5.1.2018 or 5.1.18; else ""."""
    text = text.strip()
    if match := _ISO_DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
        year, month, number = match.groups()
    elif match := _EUROPEAN_DAY.fullmatch(text):
        number, month, year = match.groups()
        year = f"20{year}" if len(year) == 2 else year
    else:
        return ""
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        return ""


def ratio(percent: str) -> str:
    """A percentage (0–100) as a ratio without trailing zeros; a text that is none is returned unchanged, so
    that the checks of the load can name it."""
    try:
        value = float(percent.rstrip("%％")) / 100
    except ValueError:
        return percent
    return f"{value:.8f}".rstrip("0").rstrip(".")


@cache
def capital(text: str) -> tuple[float, str] | None:
    """Registered capital as amount and currency (人民币 when not said): `"1,200(万元人民币)"` is
    (12000000.0, "人民币"). None for a text that is no amount.
    """
    half = unicodedata.normalize("NFKC", text).replace(" ", "").replace("(人民币)", "人民币")
    match = _CAPITAL.fullmatch(half.replace("人民币元", "人民币"))
    if not match:
        return None
    number, magnitude, currency = match.groups()
    return float(number.replace(",", "")) * _MAGNITUDE[magnitude], currency or "人民币"


def is_province(text: str) -> bool:
    """Whether a text is a province of China, with or without its suffix."""
    return bool(_PROVINCE.fullmatch(text))
