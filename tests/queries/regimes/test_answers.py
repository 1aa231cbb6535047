"""What every answer has to be, whatever the graph: paths that join, no full numbers, and a cut that is said."""

from __future__ import annotations

import json
import random
import re

from graph.store import Store
from queries.model import Json
from queries.regimes.read import shipped
from queries.regimes.related import related
from tests.queries.regimes.asking import DAY, NUMBERS, Small, asked, draw

NUMBER = re.compile(r"\d{17}[\dX]")
ROLES = ("LEGAL_REP", "DIRECTOR", "SUPERVISOR", "EXECUTIVE", "EMPLOYEE", "ACTUAL_CONTROLLER")
WORDS = ("配偶", "父", "兄弟", "堂兄弟", "同学", "")


def tangled(seed: int) -> Small:
    """Firms that hold each other in circles, people in all of them, the state, a nominee, ended and future roles."""
    chance = random.Random(seed)
    firms, people = [f"F{n}" for n in range(9)], [f"p{n}" for n in range(7)]
    lines = []
    for _ in range(26):
        share = chance.choice(["0.1", "0.25", "0.3", "0.51", "0.8", "?"])
        lines.append(f"{chance.choice(firms + people + ['STATE', 'NOM'])} {share} {chance.choice(firms)}")
    for _ in range(20):
        ended = chance.choice(["", "", " until=2026-01-01", " since=2026-12-01"])
        lines.append(f"{chance.choice(people)} {chance.choice(ROLES)} {chance.choice(firms)}{ended}")
    for _ in range(6):
        one, other = chance.sample(people, 2)
        lines.append(f"{one} KIN {other} kin={chance.choice(WORDS)}")
    lines.append(f"{firms[0]} CONCERT {people[0]}")
    lines.append(f"{firms[1]} CONCERT {firms[2]}")
    lines.append(f"{firms[3]} MANAGES {firms[4]}")
    made = Small(f"t{seed}", *lines, STATE={"kind": "government"}, NOM={"conducts": False}, F8={"sector": "银行"})
    return made.on("OFAC_SDN", "F0", "p1").on("EU_833", "p2")


def test_answers_are_sound_on_tangled_graphs(store: Store) -> None:
    graphs = [tangled(seed) for seed in range(2)]
    draw(store, graphs)
    told = 0
    for seed in range(len(graphs)):
        for name in ("F0", "F4", "F8", "p1"):
            answers = [asked(store, f"t{seed}.{name}", None)]
            answers += [asked(store, f"t{seed}.{name}", regime) for regime in ("P19", "OFAC", "EU")]
            for answer in answers:
                sound(answer)
                told += len(answer["parties"])
    assert told > 200


def sound(answer: Json) -> None:
    start = answer["subject"]["id"]
    assert not NUMBER.search(json.dumps(answer))
    assert answer["cut"] is None
    for one in answer["parties"]:
        assert one["regime"] in shipped()
        assert one["subject"]["id"] != start
        joined(one["path"], start, one["subject"]["id"])
        assert (one["certainty"] == "met") or one["conditions"]
        assert one["law"]
        assert one["grade"] in ("text", "partial", "unverified")
    for one in answer["exempted"]:
        joined(one["path"], start, one["subject"]["id"])
    keys = [(one["subject"]["id"], one["regime"], one["clause"]) for one in answer["parties"]]
    assert len(keys) == len(set(keys))


def joined(path: Json, start: str, end: str) -> None:
    """Every relation of a path joins its two neighbours."""
    ids = [node["id"] for node in path["nodes"]]
    assert (ids[0], ids[-1]) == (start, end)
    assert len(path["edges"]) == len(ids) - 1
    for edge, one, other in zip(path["edges"], ids, ids[1:], strict=False):
        assert {edge["source"], edge["target"]} == {one, other}


def test_a_cut_is_said(store: Store) -> None:
    draw(store, [tangled(0)])
    for regime in (None, "P05", "P08", "P16", "OFAC"):
        answer = related(store, "t0.F4", as_of=DAY, regime=regime, seconds=0.0).to_json()
        assert (answer["complete"], bool(answer["cut"])) == (False, True), regime


def test_the_drawing_knows_numbers() -> None:
    assert Small("x", "a 0.5 A votes=0.4").relations[0]["votes"] == 0.4
    assert "ratio" in NUMBERS
