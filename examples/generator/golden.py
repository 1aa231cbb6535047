"""golden.yaml and demo.yaml: which subjects carry which case, by the ids a user would type."""

from __future__ import annotations

from typing import Any

import yaml

from examples.generator.town import SNAPSHOT, Town

HEAD = "# Made by examples/generate.py from examples/cast.yaml and examples/story.yaml; do not edit.\n"
# What the loaders must refuse in the city's own files: file, a part of the reason, the row by what it is.
_REJECTED = (
    ("entities/market_entities.csv", "缺少名称"),
    ("entities/market_entities.csv", "列数不符"),
    ("entities/people.csv", "登记中没有的主体身份代码"),
    ("entities/guarantees.csv", "不是有效日期"),
    ("records/penalties.csv", "缺少法律依据"),
)


def golden_files(town: Town, story: dict[str, Any]) -> dict[str, bytes]:
    """Path under examples -> content."""
    golden = {
        "as_of": SNAPSHOT,
        "cases": [_case(town, c) for c in story["golden"]],
        "structures": [
            {"name": s["name"], "subjects": [_who(town, k) for k in s["subjects"]]} for s in story["structures"]
        ],
        "rejected": [{"file": f, "why": w} for f, w in _REJECTED],
    }
    demo = {
        "as_of": SNAPSHOT,
        "snapshot": SNAPSHOT,
        "load": ["city/entities", "city/records", "city/supplement"],
        "subject": town.id(story["demo"]["subject"]),
        "subject_name": town.name(story["demo"]["subject"]),
        "story": story["demo"]["story"],
        "applicants": "city/applicants.xlsx",
        "scenario": story["demo"]["scenario"],
        "bidders": "city/bidders.xlsx",
        "refused": "refused/blacklist_without_basis.csv",
    }
    return {"city/golden.yaml": _yaml(golden), "demo.yaml": _yaml(demo)}


def golden_table(town: Town, story: dict[str, Any]) -> str:
    """The cases as a Markdown table for the README."""
    lines = ["| 例 | 情形 | 主体 | 应当 | 不得 |", "|---|---|---|---|---|"]
    for case in (_case(town, c) for c in story["golden"]):
        who = "<br>".join(f"{label} {s['name']} `{s.get('id', '')}`" for label, s in case["subjects"].items())
        should = "<br>".join(
            " ".join(e[k] for k in ("name", "class", "rule", "note") if k in e) for e in case["expect"]
        )
        cells = (case["case"], case["title"], who.replace(" ``", ""), should or "—", "<br>".join(case["never"]))
        lines.append("| " + " | ".join(cell or "—" for cell in cells) + " |")
    return "\n".join(lines)


def _case(town: Town, case: dict[str, Any]) -> dict[str, Any]:
    return {
        "case": case["case"],
        "title": case["title"],
        "files": case["files"],
        "subjects": {label: _who(town, key) for label, key in case["subjects"].items()},
        "expect": [_expected(town, *row) for row in case["expect"]],
        "never": [_named(town, text) for text in case["never"]],
    }


def _expected(town: Town, key: str, verdict: str, rule: str = "", note: str = "") -> dict[str, str]:
    """`class` is the class of a finding, or the verdict of a pair, a regime or an identity."""
    row = _who(town, key) | {"class": verdict, "rule": rule, "note": _named(town, note)}
    return {k: v for k, v in row.items() if v}


def _who(town: Town, key: str) -> dict[str, str]:
    """Id and name; somebody the registers do not know has a name only."""
    unknown = key in town.people and not town.people[key].number
    return {"name": town.name(key)} if unknown else {"id": town.id(key), "name": town.name(key)}


def _named(town: Town, text: str) -> str:
    """A sentence of the story with names for keys."""
    for key in sorted(town.cast["firms"], key=len, reverse=True):
        text = text.replace(f"{key} ", f"{town.name(key)} ").replace(f"{key}（", f"{town.name(key)}（")
    return text


def _yaml(content: dict[str, Any]) -> bytes:
    return (HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)).encode()
