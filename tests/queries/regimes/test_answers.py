"""What every answer has to be, whatever the graph: paths that join, no full numbers, and a cut that is said."""

from __future__ import annotations

import random

from graph.store import Store
from queries.regimes.related import related
from tests.queries.regimes.asking import DAY, NUMBERS, Small, asked, draw, sound

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


def test_a_cut_is_said(store: Store) -> None:
    draw(store, [tangled(0)])
    for regime in (None, "P05", "P08", "P16", "OFAC"):
        answer = related(store, "t0.F4", as_of=DAY, regime=regime, seconds=0.0).to_json()
        assert (answer["complete"], bool(answer["cut"])) == (False, True), regime


def test_the_drawing_knows_numbers() -> None:
    assert Small("x", "a 0.5 A votes=0.4").relations[0]["votes"] == 0.4
    assert "ratio" in NUMBERS
