"""The subjects of a new graph by columns: who is who where nearly nobody can be anybody else.

A row that shares no identifier, id or wanted name with another is a subject of its own, and there are millions of
them; the few others are left to `loaders.identity`, all those together that may have to do with each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from graph import ndjson
from graph.ndjson import Coded, Own, Property
from graph.vocabulary import Kind
from loaders.checks import FALSE_WORDS
from loaders.columns import Mask, arrow, codes, places, values
from loaders.facts import rows
from loaders.identity import Bearer, Known, Resolution
from loaders.strangers import Strangers

Places = npt.NDArray[np.int32]
_TEXTS = ("kind", "form", "name", "reg_no", "id_type", "status", "sector", "region", "established")


@dataclass(frozen=True, slots=True)
class Met:
    """Subjects by what refers to them, and their places by node id."""

    bearers: dict[str, Bearer]
    places: dict[str, int]


@dataclass(slots=True)
class Roll:
    """All subjects of a load by their place: first those that stand alone, then the others."""

    found: Strangers
    rows: Places = field(init=False)  # of the subjects that stand alone, in the order of their places
    others: list[Bearer] = field(default_factory=list)
    _of_id: Places = field(init=False)
    _known: Known = field(default_factory=Known)
    _further: dict[str, int] | None = None

    def __post_init__(self) -> None:
        alone, inside = self.found.alone, self.found.inside
        self.rows = np.concatenate([np.flatnonzero(alone & ~inside), np.flatnonzero(alone & inside)]).astype(np.int32)
        self._of_id = np.full(len(self.frame["id"].cat.categories) + 1, -1, dtype=np.int32)
        self._of_id[codes(self.frame["id"])[self.rows]] = np.arange(len(self.rows), dtype=np.int32)

    @property
    def frame(self) -> pd.DataFrame:
        """The rows of `subjects`, coded."""
        return self.found.frame

    @property
    def count(self) -> int:
        """How many subjects there are."""
        return len(self.rows) + len(self.others)

    def admit(self, found: Resolution, known: Known) -> None:
        """Add the subjects that the other rows were found to mean."""
        self._known = known
        self.others = list(known.subjects.values())
        place = {bearer.id: n for n, bearer in enumerate(self.others, len(self.rows))}
        local = places(pd.Index(list(found.ids), dtype="str"), self.frame["id"].cat.categories)
        self._of_id[local] = [place[node] for node in found.ids.values()]

    def places(self, references: pd.Series[Any]) -> Places:
        """The place of the subject each row of a coded column refers to, -1 for none."""
        texts = values(references)
        found = self._of_id[places(references.cat.categories, self.frame["id"].cat.categories)]
        for missing in np.flatnonzero(found < 0).tolist():
            found[missing] = self._elsewhere(texts[missing])
        return cast(Places, found[codes(references)])

    def meet(self, references: Iterable[str]) -> Met:
        """The subjects that these texts refer to."""
        texts = pd.Index(list(dict.fromkeys(references)), dtype="str")
        held = self._of_id[places(texts, self.frame["id"].cat.categories)].tolist()
        held = [at if at >= 0 else self._elsewhere(text) for at, text in zip(held, texts, strict=True)]
        wanted = list(dict.fromkeys(place for place in held if place >= 0))
        bearers = dict(zip(wanted, self._bearers(wanted), strict=True))
        return Met(
            {text: bearers[place] for text, place in zip(texts, held, strict=True) if place >= 0},
            {bearer.id: place for place, bearer in bearers.items()},
        )

    def ids(self, places: Iterable[int]) -> list[str]:
        """The node ids of the subjects at these places."""
        return [bearer.id for bearer in self._bearers(list(places))]

    def _bearers(self, places: list[int]) -> list[Bearer]:
        alone = [int(self.rows[place]) for place in places if place < len(self.rows)]
        read = iter(rows(self.frame[["id", "name", "kind", "form", "within"]].iloc[alone]))
        return [_bearer(next(read)) if p < len(self.rows) else self.others[p - len(self.rows)] for p in places]

    def are(self, name: str, text: str) -> Mask:
        """Place by place, whether kind or form (`name`) is this."""
        alone = self.frame[name].iloc[self.rows] == text
        return np.concatenate([alone.to_numpy(bool), [getattr(b, name) == text for b in self.others]]).astype(bool)

    def lines(self, origin: str) -> Iterator[memoryview]:
        """The lines that make the subjects that stand alone, in the order of their places."""
        within = self.found.inside[self.rows]
        own, inside = self.rows[~within], self.rows[within]
        texts = arrow(pd.Series(self.frame["id"].cat.categories))
        ids = Own("id", texts.take(pa.array(codes(self.frame["id"])[own])))
        yield from ndjson.node_lines("Subject", [ids, *self._properties(own, origin)], len(own))
        if len(inside):
            nodes = Own("id", self.found.inner_ids(inside))
            yield from ndjson.node_lines("Subject", [nodes, *self._properties(inside, origin)], len(inside))

    def _properties(self, at: Places, origin: str) -> list[Property]:
        """What a source says of subjects, as `loaders.claims` has it of one row."""
        frame, one = self.frame, np.zeros(len(at), dtype=np.int8)
        numbers = [text.strip().upper() or None for text in values(frame["id_number"])]
        owned = [text.lower() not in FALSE_WORDS if text else None for text in values(frame["state_owned"])]
        # In the order in which a claim has them.
        made: list[Property] = [
            Coded("name_key", values(self.found.keys), codes(self.found.keys)[at]),
            Coded("sources", [[origin]], one),
            *(self._told(name, at) for name in _TEXTS if any(values(frame[name]))),
            Coded("uscc", self.found.stored_codes(), codes(frame["uscc"])[at]),
        ]
        if any(numbers):
            made.append(Coded("id_number", numbers, codes(frame["id_number"])[at]))
        if any(value is not None for value in owned):
            made.append(Coded("state_owned", owned, codes(frame["state_owned"])[at]))
        return [*made, Coded("conducts", [False, True], self._conducts()[at])]

    def _told(self, name: str, at: Places) -> Property:
        column = self.frame[name]
        return Coded(name, [text.strip() or None for text in values(column)], codes(column)[at])

    def _conducts(self) -> npt.NDArray[np.int8]:
        """Row by row whether risk passes through: as said, else yes but for a government."""
        said = [(-1 if not text else text.lower() not in FALSE_WORDS) for text in values(self.frame["conducts"])]
        told = np.array(said, dtype=np.int8)[codes(self.frame["conducts"])]
        default = (self.frame["kind"] != Kind.GOVERNMENT.value).to_numpy(bool)
        return cast(npt.NDArray[np.int8], np.where(told >= 0, told, default).astype(np.int8))

    def _elsewhere(self, reference: str) -> int:
        """The place of a subject by what is no id of a row: the node's own id, or a code."""
        if self._further is None:
            self._further = self._other_names()
        place = self._further.get(reference, -1)
        return place if place >= 0 else self._further.get(f"uscc:{reference.strip().upper()}", -1)

    def _other_names(self) -> dict[str, int]:
        named: dict[str, int] = {}
        stored, valid = self.found.stored_codes(), self.found.valid_codes
        code = codes(self.frame["uscc"])[self.rows]
        for place in np.flatnonzero(valid[code]).tolist():
            named[f"uscc:{stored[code[place]]}"] = place
        within = np.flatnonzero(self.found.inside[self.rows])
        named.update(zip(self.found.inner_ids(self.rows[within]).to_pylist(), within.tolist(), strict=True))
        place_of = {bearer.id: n for n, bearer in enumerate(self.others, len(self.rows))}
        for names in (self._known.by_key, self._known.by_id):
            named.update((name, place_of[node]) for name, node in names.items())
        return named


def _bearer(row: dict[str, str]) -> Bearer:
    """A subject that stands alone, as far as relations ask."""
    node = f"{row['name'].strip()}@{row['within']}" if row["within"] else row["id"]
    return Bearer(node, row["name"], row["kind"], row["form"], set(), False, False)
