"""Small fictional cases in the contract's JSON shapes, for the tests of pictures and pages."""

from __future__ import annotations

from typing import Any

from viz.report import ReportData

Json = dict[str, Any]


def subject(key: str, name: str, kind: str = "enterprise", **more: Any) -> Json:
    return {"id": key, "name": name, "kind": kind, "form": "", "uscc": "", "id_masked": "", "status": "", **more}


def edge(kind: str, source: Json, target: Json, **more: Any) -> Json:
    """A relation in force, seen in a register; `more` overrides."""
    told = {"ratio": None, "title": "", "since": "2019-03-01", "until": "", "seen_on": "", "weight": None}
    return {"type": kind, "source": source["id"], "target": target["id"], "record": "officers.csv:12", **told, **more}


def relation(kind: str, source: Json, target: Json, other: Json, **more: Any) -> Json:
    return edge(kind, source, target, **more) | {"other": other}


def listing(key: str, code: str, **more: Any) -> Json:
    told: Json = {
        "authority": "青川市中级人民法院",
        "doc_no": "（2024）川99执12号",
        "basis": "",
        "ground": "",
        "reason": "",
    }
    life = {"tier": "", "listed_on": "2024-05-06", "expires_on": "", "removed_on": "", "state": "listed"}
    return {"id": key, "list": code, "disputed": False, "record": "sxbzxr.csv:3", **told, **life, **more}


def path(nodes: list[Json], edges: list[Json]) -> Json:
    return {"nodes": nodes, "edges": edges}


def exposure(score: float, band: str, entry: Json, way: Json, *, possible: bool = False) -> Json:
    return {
        "score": score,
        "hops": len(way["edges"]),
        "band": band,
        "class": "ALERT",
        "listing": entry,
        "listed_subject": way["nodes"][-1],
        "possible": possible,
        "path": way,
    }


def finding(klass: str, entry: Json, target: Json, way: Json, **more: Any) -> Json:
    told: Json = {
        "rule": None,
        "falls_on": "applicant",
        "measure": "",
        "effect": "inform",
        "basis": [],
        "conditions": [],
    }
    rest = {"period": {"from": "", "until": ""}, "reason": "", "disputed": False, "remedy": "", "text": ""}
    return {
        "class": klass,
        "list": entry["list"],
        "listing": entry,
        "target": target,
        "path": way,
        **told,
        **rest,
        **more,
    }


ASKED = subject("E1", "青川宏远建设工程有限公司", uscc="91999999MA1000001X", status="存续")
HEAD = subject("P1", "张明远", "person", id_masked="999999**********1X")
LISTED = subject("E2", "青川鑫达商贸有限公司", status="吊销")
ENTRY = listing("L1", "SXBZXR")


def near() -> Json:
    """The asked firm's head holds a listed firm."""
    way = [
        edge("LEGAL_REP", HEAD, ASKED, weight=0.9),
        edge("SHAREHOLDER", HEAD, LISTED, ratio=0.6, weight=0.9, record="shareholders.csv:44"),
    ]
    return exposure(0.81, "high", ENTRY, path([ASKED, HEAD, LISTED], way))


def data(**more: Any) -> ReportData:
    """A report on `ASKED` with one exposure; `more` overrides any field."""
    told: dict[str, Any] = {
        "subject": ASKED,
        "relations": [relation("LEGAL_REP", HEAD, ASKED, HEAD)],
        "listed": [],
        "findings": [],
        "exposures": [near()],
        "reached": [],
        "not_crossed": [],
        "not_checked": [],
        "complete": True,
        "as_of": "2025-07-01",
        "policy_version": "2026.1",
        "sources": [{"source": "cn_register", "snapshot": "2025-06-30", "loaded_at": "2025-07-01T08:20:11"}],
        "generated_at": "2025-07-01 09:00",
    }
    return ReportData(**{**told, **more})


def crowd(count: int) -> list[Json]:
    """`count` neighbours of the asked firm: directors, holders and holdings in turn, with realistic names."""
    made = []
    for i in range(count):
        person = i % 3 == 0
        name = (
            "陈李王赵"[i % 4] + ["伟", "芳", "建国", "淑华", "明"][i % 5]
            if person
            else f"青川市第{i}建筑安装工程有限公司"
        )
        other = subject(f"X{i}", name, "person" if person else "enterprise", status="" if person else "存续")
        record = f"shareholders.csv:{i}"
        if person:
            made.append(relation("DIRECTOR", other, ASKED, other, record=f"officers.csv:{i}"))
        elif i % 3 == 1:
            made.append(relation("SHAREHOLDER", other, ASKED, other, ratio=0.01 * (i % 30), record=record))
        else:
            made.append(relation("SHAREHOLDER", ASKED, other, other, ratio=0.5, record=record))
    return made


# Texts that must stay texts wherever they stand.
HOSTILE = (
    "<script>window.__xss=1</script>",
    "<img src=x onerror=window.__xss=2>",
    '"><svg/onload=window.__xss=3>',
    "javascript:window.__xss=4",
    "</script><script>window.__xss=5</script>",
    "{{7*7}}{% raw %}${window.__xss=6}",
    '<a href="javascript:window.__xss=7">href</a>',
    "'\"`;window.__xss=8;//",
    "甲\u2028window.__xss=9\u2029乙",
    "\u202e反向\u202c<iframe srcdoc='<script>parent.__xss=10</script>'>",
    "]]><!--<script>window.__xss=11</script>-->",
    "😀👨‍👩‍👧<style>*{display:none}</style><meta http-equiv=refresh content='0;url=https://example.invalid'>",
    "很长的名称" * 60,
    "http://example.invalid/x.png?&amp;&lt;b&gt;",
)
