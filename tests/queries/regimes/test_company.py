"""P01–P05, P08, P14 and P17 on small graphs: who is related, in which direction, and above all who is not."""

from __future__ import annotations

from graph.store import Store
from tests.queries.regimes.asking import Small, asked, draw, kept_out, parties, whom

STATE = {"kind": "government"}
GRAPHS = (
    # golden 7: two firms under one state body, nothing else between them
    Small("7", "SASAC 1.0 A", "SASAC 1.0 B", "B 0.8 B1", SASAC=STATE),
    # golden 7b: two subsidiaries of one central group that the state owns
    Small("7b", "SASAC 1.0 G", "G 0.6 A", "G 0.85 B", SASAC=STATE, G={"state_owned": True}),
    # golden 7, with one who serves in both
    Small("7c", "SASAC 1.0 A", "SASAC 1.0 B", "p SUPERVISOR A", "p LEGAL_REP B", SASAC=STATE),
    # a state investor that is no government body
    Small("7d", "SI 1.0 A", "SI 1.0 B", SI={"conducts": False, "state_owned": True}),
    # a nominee holds most of two firms
    Small("nom", "N 0.7 A", "N 0.7 B", N={"conducts": False, "name": "香港中央结算有限公司"}),
    # half is not more than half
    Small("num", "x 0.5 A", "y 0.5 A", "z 0.5001 B", "w 0.4999 B"),
    # votes decide, capital does not
    Small("vot", "x 0.3 A votes=0.6", "y 0.7 A votes=0.4"),
    # a pyramid and what stands beside it
    Small(
        "pyr", "p 0.8 H", "H 0.6 A", "q 0.4 A", "H 0.7 S", "A 0.51 C", "A 0.2 D", "A 0.1999 E", "q 1.0 Q",
    ),
    # officers with their firms and relatives, an employee, one who left, a cousin, a word nobody knows
    Small(
        "off", "o 1.0 A", "d DIRECTOR A", "d 0.9 F", "k KIN d kin=配偶", "k 1.0 K", "e EMPLOYEE A", "e 1.0 EF",
        "f DIRECTOR A until=2024-01-01", "f 1.0 FF", "c KIN d kin=堂兄弟", "c 1.0 CF", "u KIN d kin=干亲", "u 1.0 UF",
    ),
    # who controls A is director of B; a director of A is director of C
    Small("rev", "x 0.9 A", "x DIRECTOR B", "y 1.0 B", "z DIRECTOR A", "z DIRECTOR C"),
    # shares nobody knows
    Small("unk", "x ? A", "y 0.6 A", "v ? B", "w 0.3 B"),
    # a supplier, a customer, a guarantor, a limited partner, a namesake
    Small(
        "not", "o 1.0 A", "S SUPPLIES A ratio=0.9", "A SUPPLIES C", "G GUARANTEES A", "L 1.0 M",
        "l LIMITED_PARTNER L ratio=0.99", "g GENERAL_PARTNER L ratio=0.01", "l 1.0 T", "o2 MAYBE_SAME o", "o2 1.0 O2",
        L={"form": "partnership"},
    ),
    # the head of A, who is director of nothing, owns F; a partnership has no controlling shareholder
    Small("head", "h LEGAL_REP A", "o 1.0 A", "h 1.0 F", "x 0.9 P", P={"form": "partnership"}),
)  # fmt: skip


def test_who_is_related_in_company_law_and_accounting(store: Store) -> None:
    draw(store, GRAPHS)
    the_state(store)
    the_numbers(store)
    the_group(store)
    officers(store)
    no_relations(store)


def the_state(store: Store) -> None:
    for regime in ("P03", "P05", "P08", "P14"):
        assert whom(store, "7.A", regime) == set(), regime
        assert not asked(store, "7.A", regime)["cut"]
    for regime in ("P15", "P17"):  # no exemption is known: the state body controls, and joins nobody
        assert parties(store, "7.A", regime) == {("SASAC", "control", "met")}
        assert "B" in kept_out(store, "7.A", regime)
    for regime in ("P03", "P05", "P08"):
        assert {"SASAC", "B"} <= kept_out(store, "7.A", regime)
        assert {"G", "B"} <= whom(store, "7b.A", regime)
        assert "A" in whom(store, "7b.B", regime)
    assert ("B", "state_post", "met") in parties(store, "7c.A", "P08")
    assert whom(store, "7c.A", "P03") == set()
    for regime in ("P03", "P05", "P08"):
        assert "B" not in whom(store, "7d.A", regime)
    assert "国有资产管理机构" in asked(store, "7.A", "P08")["exempted"][0]["why"]
    # a nominee joins nobody either
    for regime in ("P03", "P05", "P08", "P17"):
        assert "B" not in whom(store, "nom.A", regime)
        assert "N" not in whom(store, "nom.A", regime)
    assert "N" in kept_out(store, "nom.A", "P08")


def the_numbers(store: Store) -> None:
    assert whom(store, "num.A", "P01") == set()
    assert parties(store, "num.B", "P01") == {("z", "share", "met")}
    assert whom(store, "num.A", "P02") == set()
    assert parties(store, "7d.A", "P01") == {("SI", "share", "met")}  # who holds most is the holder, state or not
    assert parties(store, "vot.A", "P01") == {("x", "votes", "conditional"), ("y", "share", "met")}
    assert whom(store, "num.z", "P01") == set()  # he is no company
    # not known: more than half is possible of v only
    assert parties(store, "unk.A", "P01") == {("y", "share", "met")}
    assert parties(store, "unk.B", "P01") == {("v", "share", "conditional")}
    (said,) = asked(store, "unk.B", "P01")["parties"]
    assert "持股比例不详" in said["conditions"][0]


def the_group(store: Store) -> None:
    assert parties(store, "pyr.A", "P01") == {("H", "share", "met")}
    assert parties(store, "pyr.A", "P02") == {("p", "controller", "met")}
    (said,) = asked(store, "pyr.A", "P02")["parties"]
    assert "推定" in said["text"]
    assert any("推定" in condition for condition in said["conditions"])
    assert whom(store, "pyr.H", "P01") == {"p"}  # not what it holds
    assert whom(store, "pyr.A", "P03") == {"p", "H", "S", "C"}
    assert "A" in whom(store, "pyr.S", "P03")
    found = parties(store, "pyr.A", "P05")
    assert {("H", "parent", "met"), ("S", "sister", "met"), ("C", "subsidiary", "met")} <= found
    assert ("D", "associate", "conditional") in found
    assert ("q", "individual", "conditional") in found
    assert "investor" not in {clause for _, clause, _ in found}  # a parent and a person are told as that
    assert ("Q", "person_firm", "conditional") in found
    assert "E" not in {who for who, *_ in found}
    assert whom(store, "pyr.A", "P17") == {"p", "H", "S", "C"}
    assert whom(store, "pyr.A", "P14") == {"H", "S", "C"}
    # of a listed company: no subsidiary of its own, holders of 5 %
    listed = parties(store, "pyr.A", "P08")
    assert {("H", "controller", "met"), ("S", "sister", "met"), ("q", "holder_person", "met")} <= listed
    assert "C" not in {who for who, *_ in listed}
    assert ("p", "holder_person", "met") in listed
    assert ("Q", "person_body", "met") in listed


def officers(store: Store) -> None:
    assert whom(store, "off.A", "P03") == {"o", "F"}
    assert parties(store, "off.A", "P04") == {
        ("d", "officer", "met"),
        ("k", "kin", "met"),
        ("F", "firm", "met"),
        ("K", "firm", "met"),
        ("u", "kin", "conditional"),
        ("UF", "firm", "conditional"),
    }
    found = parties(store, "off.A", "P05")
    assert {("d", "key_person", "met"), ("F", "person_firm", "met")} <= found
    # close family is a judgement, of whatever relative
    family = {("k", "key_person"), ("K", "person_firm"), ("c", "key_person"), ("CF", "person_firm")}
    assert {(*one, "conditional") for one in family} <= found
    assert not {"e", "EF", "f", "FF"} & {who for who, *_ in found}
    assert parties(store, "head.A", "P03") == {("o", "controlling", "met"), ("F", "officer_firm", "conditional")}
    (refused,) = asked(store, "head.P", "P01")["not_computable"]
    assert (refused["clause"], refused["why"]) == (None, "不适用：该主体为合伙企业")
    assert whom(store, "rev.A", "P03") == {"x", "B"}
    assert "A" in whom(store, "rev.B", "P03")
    assert "C" not in whom(store, "rev.A", "P03")  # a director of both who controls neither
    assert "C" not in whom(store, "rev.A", "P05")
    assert ("C", "person_body", "met") in parties(store, "rev.A", "P08")


def no_relations(store: Store) -> None:
    for regime in ("P01", "P02", "P03", "P04", "P05", "P08", "P14", "P15", "P16", "P17"):
        assert not {"S", "C", "G", "O2", "o2"} & whom(store, "not.A", regime), regime
        # a limited partner has no say: what counts his share through the partnership leaves it open
        assert not {one for one in parties(store, "not.M", regime) if one[0] == "T" and one[2] == "met"}, regime
    for regime in ("P01", "P02", "P03", "P05", "P14", "P15", "P17"):
        assert "T" not in whom(store, "not.M", regime), regime
    assert whom(store, "not.M", "P02") == {"g"}
