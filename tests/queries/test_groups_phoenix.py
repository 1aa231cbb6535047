"""The same people in a newer firm: an alert where everything fits, and nothing where one thing does not."""

from __future__ import annotations

from typing import Any

from graph.store import Store
from queries.finding import ALERT_SENTENCE
from queries.groups.phoenix import Phoenix, phoenix
from queries.groups.reading import Reading
from tests.queries.graphs import Graph, Row, build, contact, firms, listing, people, relation, subject

DAY = "2025-06-01"
LISTED = "2024-01-01"  # the day of every entry unless said
HEAD = {"type": "LEGAL_REP", "since": "2024-06-01"}
POST = {"type": "LEGAL_REP", "since": "2015-01-01"}
# Case -> the newer firm's facts, the role in it, the role in the listed one, the entry; and what is said.
CASES: dict[str, tuple[Row, Row, Row, Row, str]] = {
    "plain": ({"established": "2024-06-01"}, HEAD, POST, {}, "established"),
    "since": ({}, HEAD, POST, {}, "role"),
    "dayafter": ({"established": "2024-01-02"}, HEAD, POST, {}, "established"),
    "founder": ({"established": "2024-06-01"}, {"type": "FOUNDER"}, {"type": "DIRECTOR"}, {}, "established"),
    "holder": (
        {"established": "2024-06-01"},
        {"type": "SHAREHOLDER", "ratio": 0.25},
        {"type": "SHAREHOLDER", "ratio": 0.6},
        {},
        "established",
    ),
    "leftlater": ({"established": "2024-06-01"}, HEAD, POST | {"until": "2024-01-02"}, {}, "established"),
    "camelater": ({"established": "2024-06-01"}, HEAD, {"type": "EXECUTIVE", "since": "2024-02-01"}, {}, "established"),
    # Nothing is said of these.
    "older": ({"established": "2023-12-31"}, HEAD, POST, {}, ""),
    "sameday": ({"established": LISTED}, HEAD, POST, {}, ""),
    "oldrole": ({}, {"type": "LEGAL_REP", "since": LISTED}, POST, {}, ""),
    "leftbefore": ({"established": "2024-06-01"}, HEAD, POST | {"until": LISTED}, {}, ""),
    "soldbefore": (
        {"established": "2024-06-01"}, HEAD, {"type": "SHAREHOLDER", "ratio": 0.9, "until": "2023-06-01"}, {}, "",
    ),
    "smallthere": ({"established": "2024-06-01"}, HEAD, {"type": "SHAREHOLDER", "ratio": 0.24}, {}, ""),
    "smallhere": ({"established": "2024-06-01"}, {"type": "SHAREHOLDER", "ratio": 0.1}, POST, {}, ""),
    "unknownshare": ({"established": "2024-06-01"}, {"type": "SHAREHOLDER"}, POST, {}, ""),
    "onlydirector": ({"established": "2024-06-01"}, {"type": "DIRECTOR"}, POST, {}, ""),
    "supervisor": ({"established": "2024-06-01"}, HEAD, {"type": "SUPERVISOR"}, {}, ""),
    "employee": ({"established": "2024-06-01"}, HEAD, {"type": "EMPLOYEE"}, {}, ""),
    "gone": ({"established": "2024-06-01"}, HEAD | {"until": DAY}, POST, {}, ""),
    "notyet": ({"established": "2024-06-01"}, HEAD | {"since": "2025-06-02"}, POST, {}, ""),
    "repaired": ({"established": "2024-06-01"}, HEAD, POST, {"removed_on": DAY, "state": "repaired"}, ""),
    "red": ({"established": "2024-06-01"}, HEAD, POST, {"list": "A_TAX"}, ""),
    "foreign": ({"established": "2024-06-01"}, HEAD, POST, {"list": "OFAC_SDN"}, ""),
    "notfounded": ({"established": "2025-06-02"}, {"type": "FOUNDER"}, POST, {}, ""),
    # The days are not known.
    "noday": ({}, {"type": "LEGAL_REP"}, POST, {}, "unknown"),
    "noentryday": ({"established": "2024-06-01"}, HEAD, POST, {"listed_on": None}, "unknown"),
}  # fmt: skip


def _town() -> Graph:
    """For each case a listed firm `CASE.l`, a newer one `CASE.n` and who joins them, `CASE.p`."""
    graph = Graph(contacts=[contact("plain.l", "phone", "13900000001"), contact("plain.n", "phone", "13900000001")])
    for case, (newer, here, there, entry, _) in CASES.items():
        graph.subjects.extend([subject(f"{case}.n", **newer), *firms([f"{case}.l"]), *people([f"{case}.p"])])
        for role, end in ((here, "n"), (there, "l")):
            graph.relations.append(_role(f"{case}.p", role, f"{case}.{end}"))
        graph.listings.append(listing(f"{case}.L", f"{case}.l", **{"listed_on": LISTED, **entry}))
    # A firm in between is nobody; one who joins a firm to itself neither.
    graph.subjects.extend(firms(["firm.l", "firm.p", "firm.n"]))
    graph.relations.extend([relation("firm.p", "SHAREHOLDER", f"firm.{end}", ratio=0.9) for end in "ln"])
    graph.listings.append(listing("firm.L", "firm.l"))
    # Many gave the address of `plain`.
    many = [f"m{n}" for n in range(100)]
    graph.subjects.extend(firms(many))
    graph.contacts.extend(contact(i, "address", "测试市样例路1号") for i in (*many, "plain.l", "plain.n"))
    return graph


def _role(who: str, role: dict[str, Any], of: str) -> Row:
    return relation(who, role["type"], of, **{key: value for key, value in role.items() if key != "type"})


def _said(found: Phoenix) -> dict[str, str]:
    """By the other firm, what is said: `before`, `after`, and by what."""
    assert found.complete
    every = (*found.before, *found.after, *found.undated)
    assert all(signal.text.endswith(f"{ALERT_SENTENCE}。") for signal in every)
    return {signal.other.id: f"{signal.way} {signal.begun}" for signal in every}


def test_each_case_from_either_side(store: Store) -> None:
    build(store, _town())
    for case, (*_, begun) in CASES.items():
        for asked, way, other in (("n", "before", "l"), ("l", "after", "n")):
            found = _said(phoenix(store, Reading.of(store, DAY), f"{case}.{asked}"))
            assert found == ({f"{case}.{other}": f"{way} {begun}"} if begun else {}), (case, asked)
    assert _said(phoenix(store, Reading.of(store, DAY), "firm.n")) == {}
    person = phoenix(store, Reading.of(store, DAY), "plain.p")
    assert (person.applies, person.before, person.after) == (False, (), ())
    plain = phoenix(store, Reading.of(store, DAY), "plain.n").to_json()
    (signal,) = plain["predecessors"]
    assert (plain["class"], signal["class"], plain["notice"]) == ("ALERT", "ALERT", ALERT_SENTENCE)
    assert [node["id"] for node in signal["path"]["nodes"]] == ["plain.n", "plain.p", "plain.l"]
    assert [edge["target"] for edge in signal["path"]["edges"]] == ["plain.n", "plain.l"]
    assert signal["contacts"] == [{"kind": "phone", "value": "139******01"}]  # the address of 102 says nothing
    assert "plain.p 是 plain.l 的法定代表人" in signal["text"]
    assert "plain.n 于 2024-06-01 成立" in signal["text"]
    before = phoenix(store, Reading.of(store, "2023-12-31"), "plain.n")
    assert (before.before, before.undated) == ((), ())


def test_what_is_cut_says_so(arcadedb: Store) -> None:
    found = phoenix(arcadedb, Reading.of(arcadedb, DAY, seconds=0), "nobody")
    assert (found.before, found.complete) == ((), False)
