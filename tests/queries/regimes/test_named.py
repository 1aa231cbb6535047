"""The other regimes on small graphs: banks, exchanges, procurement, takeovers, tax, social organisations."""

from __future__ import annotations

from graph.store import Store
from tests.queries.regimes.asking import Small, asked, draw, kept_out, parties, sound, whom

STATE = {"kind": "government"}
FUND = {"kind": "social_org", "name": "某某公益基金会"}
CLUB = {"kind": "social_org", "name": "某某行业协会"}
GRAPHS = (
    Small(
        "bank", "x 0.05 A", "y 0.0499 A", "C 0.5 A", "z 0.9 C", "d DIRECTOR A", "k KIN d kin=子", "m KIN d kin=父",
        "c KIN d kin=堂兄弟", "k 0.6 K", "m 0.1 M", "e EMPLOYEE A title=信贷经理", "e 0.01 EF",
        "t EMPLOYEE A title=柜员", "t 0.9 TF", "d EXECUTIVE DX", "d SUPERVISOR DS", "C CONCERT w",
        A={"sector": "银行", "name": "某某银行"},
    ),
    # roles that ended 12 months and a day ago, just in time, and that begin in time or too late
    Small(
        "win", "o 1.0 A", "p DIRECTOR A until=2025-06-01", "q DIRECTOR A until=2025-06-02", "q 0.9 Q",
        "r DIRECTOR A since=2027-06-01", "s DIRECTOR A since=2027-06-02", "t DIRECTOR A until=2026-01-01",
        "t 0.9 T since=2026-02-01", "u DIRECTOR A until=2026-01-01", "u 0.9 U until=2025-12-01",
    ),
    Small(
        "ind", "o 1.0 A", "i DIRECTOR A title=独立董事", "i DIRECTOR B title=独立董事", "i DIRECTOR C title=董事",
    ),
    # one head, sister firms, holding over another, exactly half, running
    Small(
        "bid", "h LEGAL_REP A", "h LEGAL_REP B", "n LEGAL_REP C", "A 0.6 W", "W 0.6 Y", "A 0.5 Z", "P 1.0 A", "P 1.0 S",
        "I MANAGES A", "J MANAGES I", "n2 LEGAL_REP D", "m LEGAL_REP A", "m LEGAL_REP E", n={"name": "重名"},
        n2={"name": "重名"}, m={"id_number": "4401************12"}, I={"kind": "institution"}, J={"kind": "government"},
    ),
    Small(
        "buy", "e EMPLOYEE A until=2023-06-02", "f EMPLOYEE A until=2023-06-01", "d DIRECTOR A", "h LEGAL_REP A",
        "u KIN h kin=叔侄", "w KIN h kin=同学", "o 0.51 A", "p 0.49 A", "g KIN d kin=配偶",
    ),
    Small("ben", "x 0.25 A", "y 0.2499 A", "C 0.5001 A", "z 0.5 C", "v 0.5 C"),
    # takeovers: a main holder who holds the same company, his wife who does, one who does not
    Small(
        "tak", "a 0.3 I", "b 0.7 I", "I 0.1 T", "a 0.05 T", "w KIN a kin=妻", "w 0.01 T", "s KIN a kin=姐",
        "d DIRECTOR I", "d SUPERVISOR J", "I CONCERT K", "L LIMITED_PARTNER F", "I LIMITED_PARTNER F",
        F={"form": "partnership"},
    ),
    # tax: 25 % of the intermediate counts its own share in full; 24.99 % does not
    Small(
        "tax", "X 0.25 M", "M 0.25 A", "Y 0.2499 N", "N 0.7 A", "X 0.25 B", "A 0.3 C", "C 0.25 D", "C 0.2499 E",
        "h 0.15 F", "k 0.1 F", "h KIN k kin=夫妻", "h 0.5 G", "k 0.5 H", "s 0.3 SA", "r KIN s kin=兄弟", "r 0.3 SB",
    ),
    Small(
        "brd", "a DIRECTOR A", "b DIRECTOR A", "c DIRECTOR A", "d DIRECTOR A", "a DIRECTOR B", "b EXECUTIVE B",
        "a DIRECTOR C", "x DIRECTOR C", "y DIRECTOR C", "a SUPERVISOR D", "b SUPERVISOR D",
    ),
    Small("soe", "SASAC 0.3 A", "SASAC 0.3 B", "A 0.3 C", SASAC=STATE),
    Small(
        "soc", "h LEGAL_REP F", "h LEGAL_REP A", "h LEGAL_REP C", "g LEGAL_REP C2", "g LEGAL_REP C3", "g LEGAL_REP B",
        F=FUND, C=CLUB, C2=CLUB, C3={"kind": "social_org", "name": "某某学会"},
    ),
    Small(
        "civ", "s EMPLOYEE G", "w EMPLOYEE G", "w KIN s kin=妻", "c KIN s kin=子", "c 1.0 CF", "f KIN s kin=父",
        "f 1.0 FF", "o KIN s kin=朋友", G=STATE,
    ),
    # three who act together, joined through the second; a board whose majority one of two holders sent
    Small("con", "a 0.2 A", "b 0.2 A", "c 0.2 A", "a CONCERT b", "b CONCERT c", "o 0.4 A", "c 1.0 C"),
    Small(
        "sent", "H 0.4 A", "I 0.6 A", "x DIRECTOR A title=董事（甲方集团委派）",
        "y DIRECTOR A title=董事（甲方集团委派）",
        "z DIRECTOR A", "H 1.0 S", H={"name": "甲方集团"},
    ),
    # shares that make more than the whole; a share nobody knows between two that are known
    Small("sum", "x 0.6 A", "y 0.6 A", "z 0.9 B", "w 0.9 B"),
    Small("gap", "X 0.25 M", "M ? A", "o 0.7 A", "X ? N", "N 0.3 B", "p 0.8 N"),
    Small("old", "d DIRECTOR A seen_on=2020-01-01", "d 1.0 F"),
)  # fmt: skip


def test_the_other_regimes(store: Store) -> None:
    draw(store, GRAPHS)
    banks(store)
    windows(store)
    bidding(store)
    procurement(store)
    takeovers(store)
    tax(store)
    others(store)


def banks(store: Store) -> None:
    found = parties(store, "bank.A", "P06")
    assert {("x", "holder", "met"), ("C", "holder", "met"), ("z", "holder_owner", "met")} <= found
    assert {
        ("d", "officer", "met"),
        ("m", "kin", "met"),
        ("k", "kin", "conditional"),
    } <= found  # sons have to be of age
    assert ("M", "controlled") not in {one[:2] for one in found}  # a tenth is nothing
    assert not {"y", "c", "e", "t", "TF", "EF", "DX"} & {who for who, *_ in found}
    assert ("K", "controlled", "conditional") in found
    seven = parties(store, "bank.A", "P07")
    assert {("d", "person", "met"), ("e", "person", "met"), ("EF", "firm", "met"), ("DX", "firm", "met")} <= seven
    assert {("M", "firm", "met"), ("K", "firm", "met")} <= seven
    assert not {"t", "TF", "c", "x", "C", "DS"} & {who for who, *_ in seven}
    asked_by_default = asked(store, "bank.A", None)
    assert {"P05", "P06", "P07", "P08"} <= {one["regime"] for one in asked_by_default["parties"]}
    assert "regime" in asked_by_default
    skipped = {(one["regime"], one["clause"]) for one in asked(store, "win.A", None)["not_computable"]}
    assert {("P06", None), ("P07", None), ("P19", None), ("OFAC", None)} <= skipped


def windows(store: Store) -> None:
    found = asked(store, "win.A", "P08")["parties"]
    told = {(one["subject"]["id"].split(".")[1], one["clause"]): one.get("on") for one in found}
    assert told[("q", "officer")] == "2025-06-01"
    assert told[("Q", "person_body")] == "2025-06-01"
    assert told[("r", "officer")] == "2027-06-01"
    assert told[("o", "holder_person")] is None
    assert told[("U", "person_body")] == "2025-11-30"
    # too early, too late; a firm that became his only after he had left
    assert not {who for who, _ in told} & {"p", "s", "T"}
    assert whom(store, "win.A", "P05") == {"o"}  # no window there
    assert whom(store, "ind.A", "P08") == {"o", "i", "C"}
    (stale,) = [one for one in asked(store, "old.A", "P03")["parties"]]
    assert (stale["certainty"], "2020-01-01" in stale["conditions"][0]) == ("conditional", True)


def bidding(store: Store) -> None:
    found = parties(store, "bid.A", "P09")
    assert {
        ("B", "same_lot", "met"),
        ("W", "same_lot", "met"),
        ("Y", "same_lot", "met"),
        ("I", "same_lot", "met"),
    } <= found
    assert ("E", "same_lot", "conditional") in found  # a number with stars is no proof of being the same
    assert ("P", "same_lot", "met") in found
    assert not {"S", "Z", "C", "D", "J"} & {who for who, *_ in found}
    assert "A" in whom(store, "bid.Y", "P09")
    assert "D" not in whom(store, "bid.C", "P09")
    ten = whom(store, "bid.A", "P10")
    assert {"B", "W", "P", "I"} <= ten
    assert not {"Y", "S", "Z"} & ten
    eleven = asked(store, "bid.A", "P11")
    assert eleven["parties"] == []
    assert {one["clause"] for one in eleven["not_computable"]} == {"sheet", "group"}


def procurement(store: Store) -> None:
    found = parties(store, "buy.A", "P12")
    assert {("e", "labour", "met"), ("d", "board", "met"), ("o", "owner", "met"), ("u", "kin", "met")} <= found
    assert not {"f", "p", "g"} & {who for who, *_ in found}
    assert "w" not in {who for who, *_ in found}  # a schoolmate is no kin
    assert parties(store, "buy.e", "P12") == {("A", "labour", "met")}
    assert whom(store, "buy.f", "P12") == set()


def takeovers(store: Store) -> None:
    found = parties(store, "tak.I", "P15")
    assert {("a", "main_holder", "met"), ("w", "kin", "met"), ("K", "declared", "met")} <= found
    assert ("J", "posts", "conditional") in found
    assert not {"s", "L", "T"} & {who for who, *_ in found}
    assert ("b", "main_holder") not in {one[:2] for one in found}
    assert ("b", "control", "met") in found


def tax(store: Store) -> None:
    assert whom(store, "tax.A", "P16") == {"M", "X", "B", "N", "C", "D"}
    assert "Y" not in whom(store, "tax.A", "P16")
    assert "A" in whom(store, "tax.D", "P16")
    assert whom(store, "tax.F", "P16") == {"h", "k", "G", "H"}  # 15 % and 10 % of a couple
    assert ("X", "shares", "conditional") in parties(store, "gap.A", "P16")
    assert "X" not in whom(store, "gap.B", "P16")  # at most a fifth of what holds it
    assert ("SB", "kin", "met") in parties(store, "tax.SA", "P16")
    assert {("B", "officers", "met")} == parties(store, "brd.A", "P16")  # two of four; B by its one director
    assert whom(store, "brd.C", "P16") == {"B"}  # the only director of B serves there
    assert whom(store, "brd.D", "P16") == set()
    assert whom(store, "soe.A", "P16") == {"C"}
    assert {"SASAC"} <= kept_out(store, "soe.A", "P16")


def others(store: Store) -> None:
    assert parties(store, "sum.A", "P01") == {("x", "share", "conditional"), ("y", "share", "conditional")}
    assert asked(store, "sum.A", "P01")["cut"] is None
    assert whom(store, "con.A", "P02") == {"a", "b", "c"}
    (last,) = [one for one in asked(store, "con.A", "P02")["parties"] if one["subject"]["id"] == "con.c"]
    assert "推定" in last["text"]
    assert whom(store, "con.A", "P03") == {"a", "b", "c", "C"}
    assert {"H", "S"} <= whom(store, "sent.A", "P03")
    for regime in ("P02", "P03", "P05", "P15", "P16", "P17"):
        for id in ("con.A", "con.a", "sent.A", "sent.S"):
            sound(asked(store, id, regime))
    assert parties(store, "ben.A", "P13") == {("x", "owner", "met"), ("z", "owner", "met"), ("v", "owner", "met")}
    assert whom(store, "soc.F", "P18") == {"A", "C"}
    assert parties(store, "soc.A", "P18") == {("F", "of_foundation", "met")}
    assert {who for who, clause, _ in parties(store, "soc.C2", "P18") if clause == "association"} == {"C3"}
    assert "B" not in whom(store, "soc.C2", "P18")
    assert parties(store, "civ.s", "P19") == {("w", "same_body", "conditional"), ("CF", "firm", "conditional")}
    assert whom(store, "civ.G", "P19") == set()
