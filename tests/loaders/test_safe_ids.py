"""Ids with a personal number in them are refused, and only they, however few of them are looked at closely."""

from __future__ import annotations

import random

import pytest
from stdnum.cn import uscc

from graph.identifiers import uscc as read_code
from graph.mask import holds_personal_number
from loaders.checks import checked
from loaders.columns import compact
from loaders.facts import Facts, table

PERSON, OLD_FORM = "999999199003070020", "999999900307002"
CODE = "9199999919900307" + "0"  # a day where a personal number has one
BITS = (
    *(PERSON, PERSON, OLD_FORM, CODE + uscc.calc_check_digit(CODE), "441800000000014", "999999********0020"),
    *("99999919900307 0020", "999999-19900307-0020", "99999919900307002x", "９９９９９９１９９００３０７００２０"),
    *("王测试", "@", "name:", "p:", "-", " ", "1", "x", "*", "·", "㈠", "é", "①", "2018-07-18", "91999999MA00000154"),
)


@pytest.mark.parametrize("coded", [False, True])
def test_ids_with_a_personal_number_are_refused_and_no_others(coded: bool) -> None:
    chance = random.Random(1)
    ids = sorted({"".join(chance.choices(BITS, k=chance.randrange(1, 5))) for _ in range(3_000)})
    rows = table("subjects", [{"id": text, "kind": "enterprise", "name": "乌有", "record": "a:1"} for text in ids])
    kept = checked(Facts(compact(rows, list(rows.columns)) if coded else rows)).subjects["id"].tolist()
    assert kept == [text for text in ids if read_code(text).valid or not holds_personal_number(text)]
    assert 300 < len(kept) < len(ids) - 300
