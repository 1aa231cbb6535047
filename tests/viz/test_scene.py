"""The picture of the explorer as SVG: it says no less and no other than the screen."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree

from tests.viz.cases import edge, subject
from viz.marks import Mark
from viz.model import Edge, Listing, Subject
from viz.scene import Scene, Shown, scene_svg
from viz.texts import Texts

SVG = "{http://www.w3.org/2000/svg}"
HEAD, FIRM, OTHER = (
    subject("P", "林怀瑾", "person"),
    subject("F", "乌有市问渠水务工程有限公司"),
    subject("G", "乌有市听泉装饰"),
)


def drawn(*edges: Edge, marks: dict[str, Mark] | None = None, left: int = 0) -> ElementTree.Element:
    shown = tuple(
        Shown(
            Subject.of(one), (marks or {}).get(one["id"], Mark()), (i * 400.0, (i % 2) * 300.0), left if i == 1 else 0
        )
        for i, one in enumerate((HEAD, FIRM, OTHER))
    )
    return ElementTree.fromstring(scene_svg(Scene(shown, edges, "2026-06-01", "核查"), Texts("zh-CN")))


def words(root: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text") if text.get("class") == "l"]


def arrows(root: ElementTree.Element) -> int:
    return sum(path.get("class") == "p" for path in root.iter(f"{SVG}path"))


def test_merged_relations_are_all_named_with_their_share() -> None:
    kinds: tuple[tuple[str, dict[str, float]], ...] = (
        ("SHAREHOLDER", {"ratio": 0.55}),
        ("LEGAL_REP", {}),
        ("DIRECTOR", {}),
        ("GUARANTEES", {}),
    )
    root = drawn(*(Edge.of(edge(kind, HEAD, FIRM, record=kind, **more)) for kind, more in kinds))
    assert words(root) == ["股东 55%", "法定代表人", "董事", "担保"]
    assert arrows(root) == 1


def test_what_is_mutual_has_no_arrow_and_a_line_of_its_own() -> None:
    root = drawn(Edge.of(edge("GUARANTEES", FIRM, OTHER)), Edge.of(edge("CO_DEBTOR", FIRM, OTHER)))
    assert sorted(words(root)) == ["共同被执行", "担保"]
    assert arrows(root) == 1
    assert arrows(drawn(Edge.of(edge("CO_DEBTOR", FIRM, OTHER)))) == 0


def test_only_what_is_over_is_called_former() -> None:
    kept = drawn(Edge.of(edge("GUARANTEES", FIRM, OTHER, until="2027-11-15")))
    over = drawn(Edge.of(edge("GUARANTEES", FIRM, OTHER, until="2025-11-15")))
    assert (words(kept), words(over)) == (["担保"], ["原担保"])


def test_nearness_and_what_was_not_expanded_are_marked() -> None:
    marks = {"P": Mark((), 0.51, "medium"), "F": Mark((Listing("L", "SXBZXR"),), 0.9, "high")}
    root = drawn(Edge.of(edge("DIRECTOR", HEAD, FIRM)), marks=marks, left=46)
    told = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert "◆ 中 0.51" in told
    assert "✖ 失信被执行人" in told
    assert "+46" in told
    assert not any("0.90" in text for text in told), "its own entry comes before others'"


def test_a_contact_of_many_is_one_tag() -> None:
    by = {"kind": "address", "value": "乌有市东皋区观澜路一号"}
    pairs = itertools.combinations((HEAD, FIRM, OTHER), 2)
    root = drawn(*(Edge.of(edge("CONTACT", a, b, via=by)) for a, b in pairs))
    assert words(root).count("同一地址") == 1
    assert "".join(words(root)).count("观澜路") == 1
    assert arrows(root) == 0
