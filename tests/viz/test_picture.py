"""What a picture shows, where it stands, and what it must not say."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from tests.viz import cases
from tests.viz.cases import ASKED, ENTRY, HEAD, LISTED, data, edge, exposure, listing, path, relation, subject
from viz.case import read
from viz.layout import CARD
from viz.palette import ASKED as RING
from viz.palette import DARK, EDGE_DARK, EDGE_LIGHT, GROUND, LIGHT, LOOKS, RISKS, contrast
from viz.picture import Picture, compose
from viz.routes import Point, label_size
from viz.texts import Texts

ZH = Texts("zh-CN")


def picture(limit: int = 300, **more: Any) -> Picture:
    return compose(read(data(**more)), ZH, limit)


def named(found: Picture) -> dict[str, Any]:
    return {node.subject.id: node for node in found.nodes}


def boxes(found: Picture) -> list[tuple[float, float, float, float]]:
    def around(middle: Point, size: tuple[float, float]) -> tuple[float, float, float, float]:
        return middle[0] - size[0] / 2, middle[1] - size[1] / 2, middle[0] + size[0] / 2, middle[1] + size[1] / 2

    labels = [around(link.spot, label_size(link.lines)) for link in found.links if link.spot]
    return [*(around(node.place, CARD) for node in found.nodes), *labels]


def overlapping(found: Picture) -> int:
    return sum(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in combinations(boxes(found), 2))


@pytest.mark.parametrize("neighbours", [0, 3, 17, 60, 250])
def test_neither_cards_nor_labels_overlap(neighbours: int) -> None:
    assert overlapping(picture(relations=cases.crowd(neighbours))) == 0


def test_cards_of_tangled_paths_do_not_overlap_either() -> None:
    people = [subject(f"P{i}", f"人{i}", "person") for i in range(8)]
    firms = [subject(f"F{i}", f"公司{i}") for i in range(8)]
    ways = [
        exposure(
            0.5,
            "medium",
            listing(f"L{i}{j}", "YZWF"),
            path([ASKED, p, f], [edge("DIRECTOR", p, ASKED), edge("DIRECTOR", p, f)]),
        )
        for i, p in enumerate(people)
        for j, f in enumerate(firms)
        if (i * j) % 3 != 1
    ]
    assert overlapping(picture(exposures=ways)) == 0


def test_equal_input_gives_an_equal_picture() -> None:
    assert picture(relations=cases.crowd(40)) == picture(relations=cases.crowd(40))


def test_risk_paths_run_to_the_right_and_holders_stand_on_the_left() -> None:
    holder = subject("H", "股东甲")
    places = {k: n.place for k, n in named(picture(relations=[relation("SHAREHOLDER", holder, ASKED, holder)])).items()}
    assert places["E1"] == (0.0, 0.0)
    assert 0 < places["P1"][0] < places["E2"][0]
    assert places["H"][0] < 0


def test_a_listing_marks_only_who_stands_on_it() -> None:
    cards = named(picture())
    assert {k: n.risk for k, n in cards.items()} == {"E1": "high", "P1": "high", "E2": "negative"}
    assert "失信被执行人" in cards["E2"].tag
    for other in ("E1", "P1"):
        assert "失信" not in cards[other].tag
        assert "失信被执行人" not in cards[other].tip


def test_scores_fade_along_the_path() -> None:
    cards = named(picture())
    assert cards["E1"].tag == "▲ 高 0.81"
    assert cards["P1"].tag == "▲ 高 0.90"


def test_without_weights_nobody_between_gets_a_score() -> None:
    bare = exposure(
        0.81,
        "high",
        ENTRY,
        path([ASKED, HEAD, LISTED], [edge("LEGAL_REP", HEAD, ASKED), edge("DIRECTOR", HEAD, LISTED)]),
    )
    assert named(picture(exposures=[bare]))["P1"].risk == "none"


@pytest.mark.parametrize(
    ("code", "risk"),
    [
        ("SXBZXR", "negative"),
        ("XZCF", "record"),
        ("OFAC_SDN", "foreign"),
        ("A_TAX", "red"),
        ("XZXK", "none"),
        ("JYYC", "record"),
    ],
)
def test_the_family_of_a_list_decides_the_look(code: str, risk: str) -> None:
    assert named(picture(exposures=[], listed=[listing("L", code)]))["E1"].risk == risk


def test_every_look_is_told_by_mark_or_border_too() -> None:
    told = {(LOOKS[risk].mark, LOOKS[risk].border, LOOKS[risk].double) for risk in RISKS if risk != "stub"}
    assert len(told) == len(RISKS) - 1
    assert {LOOKS[r].mark for r in ("high", "medium", "low", "negative")} == {"▲", "◆", "●", "✖"}


def test_colours_stand_out_from_their_ground() -> None:
    for risk in RISKS:
        assert contrast(LIGHT[risk].line, GROUND["light"]) >= 3, risk
        assert contrast(DARK[risk].line, GROUND["dark"]) >= 3, risk
        for inks in (LIGHT, DARK):
            assert contrast(inks[risk].text, inks[risk].fill) >= 4.5, risk
        assert contrast(LOOKS[risk].chip_text, LOOKS[risk].chip) >= 4.5, risk
    for part in ("plain", "chain", "label"):
        assert contrast(EDGE_LIGHT[part], GROUND["light"]) >= 3
        assert contrast(EDGE_DARK[part], GROUND["dark"]) >= 3
    assert min(contrast(RING[s], GROUND[s]) for s in ("light", "dark")) >= 3


def test_line_styles_say_how_sure_a_relation_is() -> None:
    other = [subject(f"P{i}", f"人{i}", "person") for i in range(5)]
    found = picture(
        exposures=[],
        relations=[
            relation("DIRECTOR", other[0], ASKED, other[0]),
            relation("DIRECTOR", other[1], ASKED, other[1], until="2020-01-01"),
            relation("MAYBE_SAME", other[2], ASKED, other[2]),
            relation("DIRECTOR", other[3], ASKED, other[3], until="2025-07-02"),
            relation("DIRECTOR", other[4], ASKED, other[4], until="2025-07-01"),
        ],
    )
    ids = {n.key: n.subject.id for n in found.nodes}
    styles = {(ids[link.source], ids[link.target], link.style, link.arrow) for link in found.links}
    assert styles == {
        ("P0", "E1", "current", True),
        ("P1", "E1", "ended", True),
        ("E1", "P2", "possible", False),
        ("P3", "E1", "current", True),  # `until` is the first day that no longer counts
        ("P4", "E1", "ended", True),
    }
    assert {link.lines[0] for link in found.links if link.style == "ended"} == {"原董事"}


def test_the_same_relation_from_a_path_and_from_the_register_is_one_line() -> None:
    found = picture()
    assert sorted(len(link.edges) for link in found.links) == [1, 1]


def test_thickness_has_three_steps() -> None:
    holders = [subject(f"H{i}", f"股东{i}") for i in range(4)]
    ratios = (0.1, 0.25, 0.5, 0.51)
    found = picture(
        exposures=[],
        relations=[relation("SHAREHOLDER", h, ASKED, h, ratio=r) for h, r in zip(holders, ratios, strict=True)],
    )
    assert [link.width for link in found.links if link.edges] == [3.2, 2.2, 2.2, 1.4]


def test_names_that_would_read_the_same_keep_their_legal_form() -> None:
    firms = [subject("A", "青川宏远有限公司"), subject("B", "青川宏远股份有限公司"), subject("C", "临江有限公司")]
    cards = named(picture(exposures=[], relations=[relation("SHAREHOLDER", f, ASKED, f) for f in firms]))
    assert {"".join(cards[k].lines) for k in "ABC"} == {"青川宏远有限公司", "青川宏远股份有限公司", "临江"}


def test_what_does_not_fit_is_counted_and_shown_as_a_stub() -> None:
    found = picture(50, relations=cases.crowd(400))
    stubs = [n for n in found.nodes if n.risk == "stub"]
    drawn = len(found.nodes) - len(stubs)
    assert len(found.nodes) <= 50
    assert found.hidden == 400 + 3 - drawn
    assert [s.lines[0] for s in stubs] == [f"+{found.hidden}"]
    assert {"P1", "E2"} <= set(named(found))  # risk paths are kept before anything else


def test_a_cut_picture_keeps_every_kind_of_relation() -> None:
    found = picture(50, relations=cases.crowd(400))
    kinds = {(e.type, e.source == "E1") for link in found.links for e in link.edges}
    assert {("DIRECTOR", False), ("SHAREHOLDER", False), ("SHAREHOLDER", True)} <= kinds


def test_a_path_is_drawn_whole_or_not_at_all() -> None:
    ways = []
    for i in range(40):
        p, f = subject(f"P{i}", f"人{i}", "person"), subject(f"F{i}", f"公司{i}")
        ways.append(
            exposure(
                0.9 - i / 100,
                "high",
                listing(f"L{i}", "YZWF"),
                path([ASKED, p, f], [edge("DIRECTOR", p, ASKED), edge("DIRECTOR", p, f)]),
            )
        )
    shown = set(named(picture(40, relations=[], exposures=ways)))
    assert all((f"P{i}" in shown) == (f"F{i}" in shown) for i in range(40))
    assert {"P0", "F0"} <= shown
    assert "F39" not in shown


def test_a_shared_contact_joins_its_two_subjects() -> None:
    tie = edge("CONTACT", ASKED, subject("C1", "电话"), via={"kind": "phone", "value": "138******78"})
    cards = picture(relations=[], exposures=[exposure(0.3, "medium", ENTRY, path([ASKED, LISTED], [tie]))])
    assert [(link.style, link.arrow, link.lines[0]) for link in cards.links] == [("possible", False, "同一电话")]
    assert "138******78" in cards.links[0].tip


def test_an_empty_case_is_one_card() -> None:
    found = picture(relations=[], exposures=[])
    assert [(n.subject.id, n.place) for n in found.nodes] == [("E1", (0.0, 0.0))]
    assert (found.links, found.hidden) == ((), 0)


def test_a_relation_to_itself_and_an_unconnected_path_do_no_harm() -> None:
    far = exposure(
        0.2, "low", ENTRY, path([subject("Q", "远方"), LISTED], [edge("DIRECTOR", subject("Q", "远方"), LISTED)])
    )
    found = picture(relations=[relation("SHAREHOLDER", ASKED, ASKED, ASKED, ratio=0.1)], exposures=[far])
    assert set(named(found)) == {"E1", "Q", "E2"}
    assert overlapping(found) == 0


def test_reached_paths_run_away_from_the_asked_subject_too() -> None:
    far = subject("E7", "远方实业")
    way = path([far, HEAD, ASKED], [edge("SHAREHOLDER", HEAD, far), edge("LEGAL_REP", HEAD, ASKED)])
    cards = named(picture(exposures=[], relations=[], reached=[exposure(0.4, "medium", ENTRY, way)]))
    assert 0.0 < cards["P1"].place[0] < cards["E7"].place[0]


def test_holders_alone_are_split_into_persons_and_organisations() -> None:
    crowd = [r for r in cases.crowd(45) if r["target"] == "E1"]
    found = picture(exposures=[], relations=crowd)
    sides = {(n.subject.kind, n.place[0] > 0) for n in found.nodes[1:]}
    assert found.by_kind
    assert sides == {("person", False), ("enterprise", True)}
    assert not picture(relations=crowd).by_kind  # a risk path needs the right side
