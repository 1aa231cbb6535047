"""What `ownership` answers, as the contract prints it."""

from __future__ import annotations

from dataclasses import dataclass

from queries.model import Json, Path, Subject
from queries.ownership.beneficial import Beneficial, standard
from queries.ownership.control import Control
from queries.ownership.printed import Printed
from queries.ownership.stakes import Share
from queries.ownership.ways import Ways

DIGITS = 9
CUT_WORDS = {"time": "搜索超时，只给出已读到的部分", "size": "主体过多，只给出已读到的部分"}


@dataclass(slots=True)  # not frozen: thousands are made for one answer, and freezing each field costs a tenth of it
class Holding:
    """An owner of the asked subject, or something it owns. `direct`: None without a stake of its own; `at_least`:
    some share on the way is unknown or an interval, `most` is then what it can be; `control`: None where there is
    none, `grip`: on what it rests; `votes_in_all`, `income_in_all`: None where they follow the capital; `stop`:
    nobody is joined to anybody through it.
    """

    subject: Subject
    direct: Share | None
    votes: Share | None
    integrated: float
    at_least: bool
    most: float | None
    control: Control | None
    grip: Json | None
    ways: Ways
    stop: bool
    votes_in_all: float | None = None
    income_in_all: float | None = None

    @property
    def path(self) -> Path:
        """The main way from the asked subject to this one."""
        return self.ways.path(self.subject.id)

    def to_json(self, printed: Printed) -> Json:
        """An entry of `owners` or `holdings`."""
        integrated = told(self.integrated)
        return {
            "subject": printed.subject(self.subject),
            "direct": told(self.direct.low) if self.direct else 0.0,
            "direct_max": told(self.direct.high) if self.direct and self.direct.high is not None else None,
            "votes": told(self.votes.low) if self.votes else 0.0,
            "integrated": integrated,
            "votes_integrated": integrated if self.votes_in_all is None else told(self.votes_in_all),
            "income_integrated": integrated if self.income_in_all is None else told(self.income_in_all),
            "integrated_max": told(self.most) if self.most is not None else None,
            "at_least": self.at_least,
            "controls": self.control is not None,
            "control": self.grip,
            "stop": self.stop,
            "path": self.ways.to_json(self.subject.id, printed),
        }


@dataclass(frozen=True, slots=True)
class OwnershipAnswer:
    """What `ownership` answers. `ways`: up, down or both; `state`: bodies of the state that control it; `unknown`:
    stakes without a figure; `conflicts`: stakes sources disagree on; `warnings`: {code, on}.
    """

    subject: Subject
    as_of: str
    ways: tuple[str, ...]
    owners: tuple[Holding, ...]
    holdings: tuple[Holding, ...]
    ultimate: tuple[Subject, ...]
    state: tuple[Subject, ...]
    beneficial: Beneficial | None
    cycles: tuple[tuple[Subject, ...], ...]
    scaled: tuple[tuple[Subject, float], ...]
    unknown: tuple[Json, ...]
    conflicts: tuple[Json, ...]
    warnings: tuple[Json, ...]
    cut: str
    printed: Printed

    def to_json(self) -> Json:
        """`ownership --json`."""
        found, printed = self.beneficial, self.printed
        return {
            "subject": self.subject.to_json(),
            "as_of": self.as_of,
            "directions": list(self.ways),
            "owners": [one.to_json(printed) for one in self.owners],
            "holdings": [one.to_json(printed) for one in self.holdings],
            "ultimate_controllers": [one.to_json() for one in self.ultimate],
            "state_controllers": [one.to_json() for one in self.state],
            "beneficial_owners": [one.to_json() for one in found.owners] if found else [],
            "possible_beneficial_owners": [
                {"subject": one.to_json(), "share_max": told(most)} for one, most in (found.possible if found else ())
            ],
            "beneficial_rule": _rule_json(found) if found else None,
            "cycles": [[one.id for one in circle] for circle in self.cycles],
            "cycle_names": [[one.name for one in circle] for circle in self.cycles],
            "scaled": [{"subject": one.to_json(), "sum": told(total)} for one, total in self.scaled],
            "unknown": list(self.unknown),
            "conflicts": list(self.conflicts),
            "warnings": list(self.warnings),
            "complete": not self.cut,
            "cut": CUT_WORDS.get(self.cut),
        }


def told(share: float) -> float:
    """A share as it is printed: what only rounding lifts above the whole is the whole."""
    return round(min(share, 1.0) if share < 1 + 1e-9 else share, DIGITS)


def _rule_json(found: Beneficial) -> Json:
    rule = standard()
    return {
        "regime": "P13",
        "share": rule.share,
        "boundary": ">" if rule.strict else ">=",
        "basis": [{name: one[name] for name in ("law", "article", "grade")} for one in rule.basis],
        "exemption": rule.exemption["zh"] if found.may_be_exempt else None,
        "untraced": told(found.untraced),
        "others_possible": found.others_possible,
    }
