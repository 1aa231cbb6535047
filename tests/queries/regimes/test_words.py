"""What is said: whom a sentence is about, shares nobody knows, all legs of control, what is no kin; and the two ways of
takeovers and of stakes that count in full.
"""

from __future__ import annotations

from graph.store import Store
from queries.model import Json
from queries.regimes.kin import counts
from queries.regimes.model import KinSet
from tests.queries.regimes.asking import Small, asked, draw, parties, sound, whom

BANK = {"sector": "银行"}
GRAPHS = (
    # p controls two who hold 3 % each; q the half of two others; r by a share nobody knows; s of an old record
    Small(
        "bank", "p 0.51 W", "p 0.51 V", "W 0.03 A", "V 0.03 A", "q 0.5 X", "q 0.5 Y", "X 0.03 A", "Y 0.03 A",
        "r ? R", "r 0.02 A", "R 0.04 A", "s 0.9 S seen_on=2019-01-01", "s 0.02 A", "S 0.03 A", "k KIN p kin=妻",
        "N 0.02 A", "t 0.9 N", "t 0.04 A", A=BANK, N={"conducts": False},
    ),
    Small(
        "kin", "d DIRECTOR A", "a KIN d kin=同学", "a 0.9 FA", "b KIN d kin=前妻", "b 0.9 FB", "c KIN d kin=同事",
        "e KIN d kin=曾祖父", "f KIN d kin=干亲", "g KIN d kin=牌友", "h KIN d kin=配偶", "h 0.9 FH", "A 0.1 B",
    ),
    Small("own", "X 0.6 A").on("OFAC_SDN", "X"),
    Small("int", "X ? A ratio_min=0.4 ratio_max=0.6", "X ? B", "X ? C", "o 0.9 C").on("OFAC_SDN", "X"),
    Small("agg", "Z 0.6 W", "Z 0.6 V", "W 0.3 A", "V 0.3 A"),
    Small("sum", "x 0.9 A", "y 0.3 A"),
    # an officer and a holder of 30 % who hold the same company; one who does not; a holder of less
    Small(
        "tak", "I 0.1 L", "d DIRECTOR I", "d 0.02 L", "a 0.3 I", "a 0.01 L", "e SUPERVISOR I", "b 0.2999 I", "b 0.01 L",
        "w KIN d kin=妻", "w 0.01 L", "M 0.2 I", "M 0.1 L",
    ),
    Small("lot", "h LEGAL_REP A", "h LEGAL_REP B", "A 0.6 C", "D MANAGES A"),
)  # fmt: skip


def test_what_is_said(store: Store) -> None:
    draw(store, GRAPHS)
    in_full(store)
    no_kin(store)
    sanctions(store)
    legs(store)
    takeovers(store)


def in_full(store: Store) -> None:
    found = {one for one in parties(store, "bank.A", "P06") if one[1] == "holder"}
    assert found == {
        ("p", "holder", "met"),
        ("r", "holder", "conditional"),
        ("s", "holder", "conditional"),
    }
    answer = asked(store, "bank.A", "P06")
    sound(answer)
    (said,) = [one for one in answer["parties"] if one["subject"]["id"] == "bank.p"]
    assert "持有或者控制合计 6.00%" in said["text"]
    assert "V 持有 A 的股权" in said["text"]
    assert "W 持有 A 的股权" in said["text"]
    assert ("k", "kin", "met") in parties(store, "bank.A", "P06")
    assert "p" not in whom(store, "bank.A", "P08")  # 直接或者间接持有 is another number
    assert "influenced" in {one["clause"] for one in answer["not_computable"]}


def no_kin(store: Store) -> None:
    found = parties(store, "kin.A", "P04")
    assert {("h", "kin", "met"), ("FH", "firm", "met"), ("f", "kin", "conditional")} <= found
    assert not {"a", "b", "c", "e", "g", "FA", "FB"} & {who for who, *_ in found}
    answer = asked(store, "kin.A", None)
    assert not {"kin.a", "kin.b", "kin.c", "kin.g"} & {one["subject"]["id"] for one in answer["parties"]}
    assert len(answer["warnings"]) == 4  # one a row, however many regimes looked at it
    assert any("前妻" in said and "终止" in said for said in answer["warnings"])
    assert not any("干亲" in said or "曾祖父" in said for said in answer["warnings"])
    # close family is a judgement: no class of relatives is met by itself
    assert ("h", "key_person", "conditional") in parties(store, "kin.A", "P05")
    assert ("h", "kin", "conditional") in parties(store, "kin.A", "P08")


def sanctions(store: Store) -> None:
    (said,) = asked(store, "own.A", "OFAC")["parties"]
    assert said["text"].startswith("A：由一个或者多个被封锁方")
    assert "被列方：X" in said["text"]
    assert "A：由名单所列各方及其所有的企业合计持有 60.00%" in said["text"]
    (said,) = asked(store, "own.X", "OFAC")["parties"]
    assert said["text"].startswith("A：由")
    for id, low, high in (("int.A", 0.4, 0.6), ("int.B", 0.0, 1.0)):
        answer = asked(store, id, "OFAC")
        (tested,) = answer["sanctions"]
        assert (tested["caught"], tested["conditional"]) == (False, True)
        assert (tested["sum"], tested["sum_max"]) == (low, high)
        assert (tested["by"][0]["share"], tested["by"][0]["share_max"]) == (low, high)
        assert f"至少 {low:.2%}、至多 {high:.2%}" in answer["parties"][0]["text"]
    (tested,) = asked(store, "int.C", "OFAC")["sanctions"]
    assert (tested["caught"], tested["conditional"], tested["sum"]) == (False, False, 0.0)
    assert round(tested["sum_max"], 9) == 0.1


def legs(store: Store) -> None:
    (said,) = asked(store, "agg.A", "P02")["parties"]
    for leg in ("W 持有 A 的股权", "V 持有 A 的股权", "Z 持有 W 的股权", "Z 持有 V 的股权"):
        assert leg in said["text"], leg
    assert said["conditions"] == ["推定控制（Z 对 A：合计表决权超过半数，为 60.00%）"]
    (said,) = asked(store, "sum.A", "P01")["parties"]
    assert "登记为 90.00%，各方合计 120.00%，按比例折算" in said["text"]
    assert limbs(asked(store, "lot.A", "P09")) == {"B": "同一人", "C": "控股关系", "D": "管理关系"}
    assert limbs(asked(store, "lot.A", "P10")) == {"B": "同一人", "C": "控股关系", "D": "管理关系"}


def limbs(answer: Json) -> dict[str, str]:
    words = ("同一人", "控股关系", "管理关系")
    said = {one["subject"]["name"]: one["notes"][0] for one in answer["parties"]}
    return {name: next(word for word in words if word in note) for name, note in said.items()}


def takeovers(store: Store) -> None:
    assert whom(store, "tak.I", "P15") == {"d", "a", "w"}
    assert parties(store, "tak.d", "P15") == {("I", "officer_of", "met")}
    assert parties(store, "tak.a", "P15") == {("I", "main_holder_of", "met")}
    assert parties(store, "tak.w", "P15") == {("I", "kin_of", "met")}
    for other in ("tak.e", "tak.b", "tak.M"):
        assert whom(store, other, "P15") == set(), other


def test_words_that_are_no_kin() -> None:
    wanted = KinSet(frozenset({"spouse", "collateral"}))
    for word in ("同学", "朋友", "大学同学", "前夫", "离异", "ex-wife", "friend", "师父", "牌友", "xyz"):
        found = counts(word, wanted, is_source=True)
        assert (found.yes, found.opens, bool(found.why)) == (False, "", True), word
    for word in ("干亲", "继父", "远房亲戚", "relative", "妯娌"):
        assert counts(word, wanted, is_source=True).opens, word
    for word in ("曾祖父", "母子"):
        assert counts(word, wanted, is_source=True) == counts("祖父", wanted, is_source=True), word
