"""What is told as to be checked, and what is not told at all: nominees, old records, shares nobody knows, words that
are no kin; and sisters on the very way of control.
"""

from __future__ import annotations

from graph.store import Store
from tests.queries.regimes.asking import Small, asked, draw, kept_out, parties, sound, whom

NOMINEE = {"conducts": False, "name": "香港中央结算有限公司"}
GRAPHS = (
    # p owns X, X the nominee, the nominee most of A; q owns a tenth of A through a firm of his own
    Small("nom", "N 0.6 A", "X 1.0 N", "p 1.0 X", "X 1.0 Y", "q 1.0 Q", "Q 0.1 A", A={"sector": "银行"}, N=NOMINEE),
    Small("lst", "N 0.6 A", "X 1.0 N", N=NOMINEE).on("OFAC_SDN", "X"),
    Small("lsn", "N 0.6 A", "X 1.0 N", N=NOMINEE).on("OFAC_SDN", "N"),
    # two firms hold A together for their owner; the same under a group of the state
    Small("agg", "p 0.9 Z", "Z 0.6 W", "Z 0.6 V", "W 0.3 A", "V 0.3 A", "W 1.0 W1", "A 0.9 A1"),
    Small(
        "soe", "SASAC 1.0 G", "G 0.6 W", "G 0.6 V", "W 0.3 A", "V 0.3 A", "SASAC 1.0 H", SASAC={"kind": "government"},
        G={"state_owned": True},
    ),
    # most of A by a record of 2019; B by a new one, with an old one beside it that is not needed
    Small(
        "old", "x 0.9 A seen_on=2019-01-01", "A 0.9 A1", "y 0.6 B seen_on=2026-05-01", "y 0.9 C",
        "C 0.2 B seen_on=2019-01-01",
    ),
    Small("oldd", "x ACTUAL_CONTROLLER A seen_on=2019-01-01", "z 0.3 T seen_on=2019-01-01", "z 0.4 T2"),
    # 45 to 60 % and what lies below it; 40 to 50 % is never more than half; nor is what others leave; a partner decides
    Small(
        "may", "A ? B ratio_min=0.45 ratio_max=0.6", "B 0.9 C", "B 0.9 D", "A ? E ratio_min=0.4 ratio_max=0.5",
        "A ? F", "o 0.5 F", "A ? G", "g GENERAL_PARTNER G", "H 0.9 A", "A ? K", "k ACTUAL_CONTROLLER K",
        G={"form": "partnership"},
    ),
)  # fmt: skip


def test_what_is_open_and_what_is_not_told(store: Store) -> None:
    draw(store, GRAPHS)
    nominees(store)
    sisters(store)
    old_records(store)
    unknown_shares(store)


def nominees(store: Store) -> None:
    for regime in ("P03", "P05", "P06", "P08", "P16", "P17"):
        assert not {"p", "X", "Y", "N"} & whom(store, "nom.A", regime), regime
        for id in ("nom.X", "nom.p", "nom.Y"):
            assert "A" not in whom(store, id, regime), (id, regime)
        if regime in ("P06", "P08"):
            assert {"q", "Q"} & whom(store, "nom.A", regime), regime
    assert "N" in kept_out(store, "nom.A", "P08")
    assert "N" in kept_out(store, "nom.A", "P06")
    assert "N" in kept_out(store, "nom.X", "P03")
    assert whom(store, "lst.A", "OFAC") == set()
    assert whom(store, "lsn.A", "OFAC") == {"N"}  # listed itself


def sisters(store: Store) -> None:
    for regime, clause in (("P03", "sister"), ("P05", "sister"), ("P08", "sister"), ("P14", "third"), ("P17", "third")):
        found = parties(store, "agg.A", regime)
        assert {(who, clause, "met") for who in ("W", "V", "W1")} <= found, regime
        assert not {("Z", clause, "met"), ("A", clause, "met"), ("p", clause, "met")} & found, regime
        assert ("A1", clause, "met") not in found, regime
        found = parties(store, "soe.A", regime)
        assert {("W", clause, "met"), ("V", clause, "met")} <= found, regime
        assert "H" not in {who for who, *_ in found}, regime
    for id in ("agg.A", "agg.W", "soe.A"):
        sound(asked(store, id, "P03"))


def old_records(store: Store) -> None:
    for regime in ("P01", "P03", "P08", "P16", "P17"):
        (said,) = [one for one in asked(store, "old.A", regime)["parties"] if one["subject"]["id"] == "old.x"]
        assert said["certainty"] == "conditional", regime
        assert any("信息截至 2019-01-01" in condition for condition in said["conditions"]), regime
        assert {one[2] for one in parties(store, "old.B", regime) if one[0] == "y"} <= {"met"}, regime
    assert parties(store, "old.A1", "P02") == {("x", "controller", "conditional")}
    assert parties(store, "oldd.A", "P02") == {("x", "controller", "conditional")}
    assert {("z", "shares", "conditional"), ("T2", "shares", "conditional")} == parties(store, "oldd.T", "P16")
    assert {("z", "shares", "met")} == {one for one in parties(store, "oldd.T2", "P16") if one[0] == "z"}


def unknown_shares(store: Store) -> None:
    for regime in ("P03", "P14", "P17", "P09"):
        below = parties(store, "may.A", regime)
        assert {(who, said) for who, _, said in below if who in "BCF"} == {("B", "conditional"), ("C", "conditional")}
        assert not {"E", "F", "G", "K"} & {who for who, *_ in below}, regime
        assert {said for who, _, said in parties(store, "may.B", regime) if who == "A"} == {"conditional"}
        assert {said for who, _, said in parties(store, "may.C", regime) if who == "A"} == {"conditional"}
        assert {said for who, _, said in parties(store, "may.C", regime) if who == "H"} <= {"conditional"}
    assert {said for who, _, said in parties(store, "may.C", "P03") if who == "D"} == {"met"}
    assert ("H", "controller", "conditional") in parties(store, "may.B", "P02")
    assert "A" not in whom(store, "may.B", "P02")  # H stands above it
    (said,) = [one for one in asked(store, "may.A", "P03")["parties"] if one["subject"]["id"] == "may.B"]
    assert "至少 45.00%，至多 60.00%" in said["text"]
    assert "持股比例不详" in said["conditions"][0]
