"""Corporate groups, shared contacts, communities: who belongs, who does not, and what was not looked at."""

from __future__ import annotations

import random

import pytest

from graph.errors import InputError, NotFoundError
from graph.store import Store
from queries.groups.answer import KINDS, groups
from queries.groups.communities import community, divided
from queries.groups.contacts import ContactClusters, contact_clusters
from queries.groups.corporate import Corporate, corporate
from queries.groups.reading import Reading
from tests.queries.graphs import Graph, build, contact, firms, people, relation, subject

DAY = "2025-06-01"


def _corporate(store: Store, asked: str) -> Corporate:
    return corporate(store, Reading.of(store, DAY), asked)


def _members(found: Corporate) -> dict[str, set[str]]:
    return {group.controller.id: {m.subject.id for m in group.members} for group in found.groups}


def test_a_corporate_group_is_what_one_controller_controls(store: Store) -> None:
    graph = Graph(
        [
            *people(["boss", "minor"]),
            *firms(["top", "a", "b", "c", "half", "ended", "branch", "sub", "alone", "loop1", "loop2", "part"]),
            *firms(["soe", "soe1", "soe2", "held", "below"]),
            subject("state", "government"), subject("nominee", conducts=False),
        ],
        [
            relation("boss", "SHAREHOLDER", "top", ratio=0.6), relation("minor", "SHAREHOLDER", "top", ratio=0.4),
            relation("top", "SHAREHOLDER", "a", ratio=1.0), relation("top", "SHAREHOLDER", "b", ratio=0.3),
            relation("a", "SHAREHOLDER", "b", ratio=0.3), relation("boss", "ACTUAL_CONTROLLER", "c"),
            relation("top", "SHAREHOLDER", "half", ratio=0.5),
            relation("top", "SHAREHOLDER", "ended", ratio=0.9, until=DAY),
            relation("branch", "BRANCH_OF", "b"), relation("sub", "BRANCH_OF", "branch"),
            relation("loop1", "SHAREHOLDER", "loop2", ratio=0.6), relation("loop2", "SHAREHOLDER", "loop1", ratio=0.6),
            relation("state", "SHAREHOLDER", "soe", ratio=1.0), relation("state", "SHAREHOLDER", "part", ratio=0.7),
            relation("soe", "SHAREHOLDER", "soe1", ratio=0.8), relation("soe", "SHAREHOLDER", "soe2", ratio=0.8),
            relation("nominee", "SHAREHOLDER", "held", ratio=0.9), relation("top", "SHAREHOLDER", "nominee", ratio=0.9),
            relation("held", "SHAREHOLDER", "below", ratio=0.9),
        ],
    )  # fmt: skip
    build(store, graph)
    everybody = {"top", "a", "b", "c", "branch", "sub"}
    for asked in ("boss", "top", "a", "b", "c"):
        found = _corporate(store, asked)
        assert (_members(found), found.asked_for, found.complete) == ({"boss": everybody}, None, True), asked
        assert [stop.id for stop in found.groups[0].stops] == ["nominee"]
    of_branch = _corporate(store, "sub")
    assert (_members(of_branch), of_branch.asked_for and of_branch.asked_for.id) == ({"boss": everybody}, "b")
    member = {m.subject.id: m for m in found.groups[0].members}
    assert [(e.source, e.target) for e in member["b"].edges if e.type == "SHAREHOLDER"] == [
        ("top", "b"), ("a", "b"), ("boss", "top"), ("top", "a"),
    ]  # fmt: skip
    assert (member["c"].declared, member["b"].declared, member["branch"].text) == (True, False, "分支机构")
    assert (member["b"].how, member["b"].text) == ("votes", "推定控制：合计表决权超过半数")
    # The state joins nobody; its enterprises have groups of their own. Exactly half is no control.
    assert _members(_corporate(store, "soe1")) == {"soe": {"soe1", "soe2"}}
    for asked in ("part", "half", "ended", "alone", "state", "nominee"):
        assert _members(_corporate(store, asked)) == {}, asked
    assert _members(_corporate(store, "below")) == {"held": {"below"}}  # nothing goes through who holds for others
    assert _members(_corporate(store, "loop1")).keys() <= {"loop1", "loop2"}
    assert corporate(store, Reading.of(store, DAY, seconds=0), "a").complete is False


def _shared(found: ContactClusters) -> list[tuple[str, list[str]]]:
    return [(c.contact["kind"], [subject.id for subject, *_ in c.bearers]) for c in found.clusters]


def test_shared_contacts_reach_two_rounds_and_stop_at_what_is_common(store: Store) -> None:
    many = [f"m{n:03}" for n in range(101)]
    graph = Graph(
        [*firms("abcdefg"), subject("gov", "government"), *firms(["g2"]), *firms(many)],
        contacts=[
            contact("a", "phone", "13900000001"), contact("b", "phone", "13900000001"),
            contact("b", "email", "x@y.cn"), contact("c", "email", "x@y.cn"),
            contact("c", "agent", "代办"), contact("d", "agent", "代办"),
            contact("a", "address", "旧址", until=DAY), contact("e", "address", "旧址"),
            contact("a", "website", "a.cn"),
            # Ends alike under the mask, but is another number.
            contact("a", "phone", "13900001101"), contact("f", "phone", "13900002201"),
            contact("a", "address", "政务中心"), contact("gov", "address", "政务中心"),
            contact("gov", "phone", "12345678"), contact("g2", "phone", "12345678"),
            *(contact(i, "address", "测试市样例路1号") for i in (*many, "a")),
        ],
    )  # fmt: skip
    build(store, graph)
    found = contact_clusters(store, Reading.of(store, DAY), "a")
    assert sorted(_shared(found)) == [("address", ["a", "gov"]), ("email", ["b", "c"]), ("phone", ["a", "b"])]
    assert [(m.subject.id, len(m.path.edges)) for m in found.members] == [("gov", 1), ("b", 1), ("c", 2)]
    assert [edge.via and edge.via["kind"] for edge in found.members[2].path.edges] == ["phone", "email"]
    assert found.complete
    told = found.to_json()
    assert told["not_crossed"] == [
        {"contact": {"kind": "address", "value": "测试市样例路1号"}, "reason": "fanout", "degree": 102}
    ]
    assert "13900000001" not in str(told)
    assert contact_clusters(store, Reading.of(store, DAY), "e").clusters == ()
    assert _shared(contact_clusters(store, Reading.of(store, "2025-05-31"), "e")) != []
    office = contact_clusters(store, Reading.of(store, DAY), "gov")  # it may be asked about
    assert {m.subject.id for m in office.members} >= {"a", "g2"}


def test_a_division_depends_on_nothing_but_the_graph() -> None:
    rnd = random.Random(2)
    cliques = [[f"{name}{n}" for n in range(6)] for name in "xyz"]
    pairs = [(a, b) for clique in cliques for a in clique for b in clique if a < b]
    pairs += [("x0", "y0"), ("y1", "z1")]
    first, modularity = divided(pairs)
    assert first == [frozenset(clique) for clique in cliques]
    assert modularity > 0.5
    for _ in range(5):
        shuffled = [rnd.choice([(a, b), (b, a)]) for a, b in rnd.sample(pairs, len(pairs))]
        assert divided(shuffled) == (first, modularity)
    assert divided([]) == ([], 0.0)


def test_a_community_of_the_neighbourhood(store: Store) -> None:
    near = [*(f"x{n}" for n in range(5)), *(f"y{n}" for n in range(5))]
    many = [f"m{n:03}" for n in range(101)]
    joined = [(a, b) for some in (near[:5], near[5:]) for a in some for b in some if a < b]
    graph = Graph(
        [*firms(near), *firms(["old"]), *people(["kin"]), subject("hub"), subject("gov", "government"), *firms(many)],
        [
            *(relation(a, "SHAREHOLDER", b, ratio=0.3) for a, b in joined),
            relation("x0", "SHAREHOLDER", "y0", ratio=0.3),
            relation("x1", "SHAREHOLDER", "old", ratio=0.3, until=DAY),
            relation("kin", "EMPLOYEE", "x1"),
            *(relation("hub", "SHAREHOLDER", i, ratio=0.3) for i in (*many, "x2")),
            relation("gov", "SHAREHOLDER", "x3", ratio=0.3),
        ],
    )
    build(store, graph)
    found = community(store, Reading.of(store, DAY), "x4")
    assert [m.subject.id for m in found.members] == ["x0", "x1", "x2", "x3"]
    assert [m.path.nodes[0].id for m in found.members] == ["x4"] * 4
    assert (found.among, found.communities, found.complete) == (10, 2, True)
    assert {(stop.subject.id, stop.reason) for stop in found.not_crossed} == {("hub", "fanout"), ("gov", "conducts")}
    alone = community(store, Reading.of(store, DAY), "old")
    assert (alone.members, alone.among, alone.communities, alone.modularity) == ((), 1, 1, 0.0)
    answer = groups(store, "x4", as_of=DAY)
    assert (tuple(answer.sections), answer.complete) == (KINDS, True)
    assert groups(store, None, as_of=DAY, kinds=["guarantee"]).to_json()["subject"] is None


def test_what_cannot_be_asked(arcadedb: Store) -> None:
    for asked, kinds in ((None, ()), (None, ("contacts",)), ("a", ("friends",))):
        with pytest.raises(InputError):
            groups(arcadedb, asked, as_of=DAY, kinds=kinds)
    with pytest.raises(NotFoundError):
        groups(arcadedb, "nobody", as_of=DAY)
