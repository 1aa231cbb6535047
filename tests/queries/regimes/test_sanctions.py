"""The ownership tests of foreign sanctions on both stores: OFAC FAQ 398–401, and where EU and UK differ."""

from __future__ import annotations

from graph.store import Store
from tests.queries.regimes.asking import Small, asked, draw, parties, whom

UK = {"authority": "英国财政部金融制裁办公室（OFSI）"}
GRAPHS = (
    Small("1", "X 0.5 A", "A 0.5 B", "A 0.4 N").on("OFAC_SDN", "X"),
    Small("2", "X 0.5 A", "X 0.5 B", "A 0.25 C", "B 0.25 C").on("OFAC_SDN", "X"),
    Small("3", "X 0.25 A", "Y 0.25 A", "A 0.5 B").on("OFAC_SDN", "X", "Y"),
    Small("4", "X 0.49 A", "X ACTUAL_CONTROLLER A", "o 0.51 A").on("OFAC_SDN", "X").on("EU_833", "X"),
    Small("5", "X 0.5 A", "X 0.25 B", "A 0.25 C", "B 0.25 C").on("OFAC_SDN", "X"),
    # the other listed one holds through a firm beside, which is above nothing of X
    Small("6", "X 0.3 A", "Y 0.6 Z", "Z 0.2 A").on("OFAC_SDN", "X", "Y"),
    # an entry that has ended, another list, a list on a namesake
    Small("7", "X 0.9 A", "Y 0.9 B").on("OFAC_SDN", "X", removed_on="2026-01-01", state="revoked").on("SXBZXR", "Y"),
    Small("8", "X ? A", "o 0.4 A", "X ? B", "o 0.6 B").on("OFAC_SDN", "X"),
    Small("9", "X 0.5 A", "X 0.51 B", "B 0.6 C", "X 0.3 D", "Y 0.3 D").on("OTHER_FOREIGN", "X", "Y", **UK),
    Small("10", "X 0.9 A").on("OTHER_FOREIGN", "X", authority="某国机关"),
)


def test_the_examples_and_what_is_not_caught(store: Store) -> None:
    draw(store, GRAPHS)
    ofac(store)
    of_others(store)
    what_is_said(store)


def ofac(store: Store) -> None:
    def owned(id: str) -> set[str]:
        assert {clause for _, clause, _ in parties(store, id, "OFAC")} <= {"owned"}
        return whom(store, id, "OFAC")

    assert owned("1.X") == {"A", "B"}
    assert owned("1.B") == {"X"}
    assert owned("1.N") == set()
    assert owned("2.X") == {"A", "B", "C"}
    assert owned("3.X") == owned("3.Y") == {"A", "B"}
    assert owned("3.A") == {"X", "Y", "B"}
    assert owned("4.X") == owned("4.A") == set()
    assert owned("5.X") == {"A"}
    assert owned("5.C") == set()
    assert owned("6.X") == {"A"}
    assert owned("6.Y") == {"Z", "A"}
    assert owned("6.A") == {"X", "Y"}
    assert owned("7.X") == owned("7.A") == owned("7.B") == set()
    assert parties(store, "8.X", "OFAC") == {("A", "owned", "conditional")}
    assert owned("10.X") == set()


def of_others(store: Store) -> None:
    assert whom(store, "4.X", "EU") == {"A"}
    assert whom(store, "1.X", "EU") == set()  # on another list
    assert whom(store, "9.X", "UK") == {"B", "C"}
    assert whom(store, "9.A", "UK") == whom(store, "9.D", "UK") == set()
    assert whom(store, "10.X", "UK") == set()  # another country's
    assert whom(store, "1.X", "UK") == set()


def what_is_said(store: Store) -> None:
    answer = asked(store, "3.A", "OFAC")
    (tested,) = answer["sanctions"]
    assert (tested["caught"], tested["sum"], len(tested["by"])) == (True, 0.5, 2)
    assert all("仅供合规参考" in one["text"] for one in answer["parties"])
    assert (answer["not_checked"], answer["complete"]) == (
        [{"list": "OFAC_SDN", "why": "not_loaded", "as_of": None}],
        False,
    )
    (own,) = asked(store, "3.X", "OFAC")["sanctions"][0]["listed"]
    assert own["list"] == "OFAC_SDN"
    # foreign lists feed no other regime, and none of them is asked by default
    assert "sanctions" not in asked(store, "3.A", None)
    assert not {one["regime"] for one in asked(store, "3.A", None)["parties"]} & {"OFAC", "EU", "UK"}
