"""Which rows of `subjects` of a new graph have nothing to do with any other: each is a subject of its own.

In doubt a row is none of them: it then goes the careful way, together with all rows it may have to do with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graph.identifiers import resident_id
from graph.names import name_key
from loaders.check_digits import unified_codes
from loaders.columns import Mask, arrow, asked, codes, compact, given, is_compact, mapped, places, values
from loaders.values import is_plain_number

Codes = npt.NDArray[np.integer[Any]]


@dataclass(slots=True)
class Strangers:
    """The rows of `subjects` (`frame`, coded), and which of them stand alone.

    `inside`: rows of people known by name inside an organisation only. `keys`: the names as they are compared.
    `codes_of`, `valid_codes`: of each distinct uscc its normal form (None: it is no code) and whether its check digit
    is right. `bad_checks`: rows that stand alone with a wrong one.
    """

    frame: pd.DataFrame
    keys: pd.Series[str]
    codes_of: list[str | None]
    valid_codes: Mask
    alone: Mask
    inside: Mask
    bad_checks: int = 0

    @staticmethod
    def of(subjects: pd.DataFrame) -> Strangers:
        """Look at every row."""
        frame = subjects if is_compact(subjects) else compact(subjects, list(subjects.columns))
        frame = frame.reset_index(drop=True)
        forms, valid = unified_codes(values(frame["uscc"]))
        keys = mapped(frame["name"], name_key)
        inside = given(frame["within"])
        found = Strangers(frame, keys, forms, valid, np.ones(len(frame), dtype=bool), inside)
        found._set_apart()
        wrong = np.array([form is not None for form in forms], dtype=bool) & ~valid
        found.bad_checks = int((wrong[codes(frame["uscc"])] & found.alone & ~inside).sum())
        return found

    def stored_codes(self) -> list[str | None]:
        """Of each distinct uscc how it is stored, None where there is none."""
        given = values(self.frame["uscc"])
        return [form or text.strip() or None for form, text in zip(self.codes_of, given, strict=True)]

    def inner_ids(self, rows: Codes) -> pa.Array:
        """Node ids of people known by name inside an organisation that stands alone."""
        said = (
            ("name", [text.strip() for text in values(self.frame["name"])]),
            ("within", values(self.frame["within"])),
        )
        taken = [
            pa.array(texts, type=pa.large_string()).take(pa.array(codes(self.frame[name])[rows]))
            for name, texts in said
        ]
        return pc.binary_join_element_wise(*taken, pa.scalar("@", pa.large_string()))

    def _set_apart(self) -> None:
        """Take out of `alone` what may have to do with something else."""
        frame, alone = self.frame, self.alone
        by_name = given(frame["named_only"])
        plain = ~by_name & ~given(frame["within"])
        alone &= ~by_name & ~_repeated(codes(frame["id"]), None)
        alone &= ~given(frame["aliases"])
        alone &= ~(plain & _repeated(codes(frame["uscc"]), _numbered(self.codes_of)))
        numbers = [_number(text) for text in values(frame["id_number"])]
        alone &= ~(plain & _repeated(codes(frame["id_number"]), _numbered(numbers)))
        alone &= asked(frame["id_number"], lambda text: not text or "*" in text or is_plain_number(text))
        if by_name.any():
            wanted = np.zeros(len(values(self.keys)), dtype=bool)
            wanted[codes(self.keys)[by_name]] = True
            alone &= ~(plain & wanted[codes(self.keys)])
        if not plain.all():
            doubtful = pc.match_substring_regex(arrow(pd.Series(frame["id"].cat.categories)), "^名称:|@")
            alone &= ~(plain & np.asarray(doubtful)[codes(frame["id"])])
        if self.inside.any():
            self._inside()

    def _inside(self) -> None:
        """People inside an organisation stand alone if it does, and has no second one of the name."""
        frame, alone = self.frame, self.alone
        rows = np.flatnonzero(self.inside)
        owner, by_id = self._owners()
        alone &= ~(self.inside & (~by_id | asked(frame["name"], lambda text: "@" in text)))
        names = pd.factorize(pd.Series([text.strip() for text in values(frame["name"])], dtype=object))[0]
        nodes = names[codes(frame["name"])[rows]].astype(np.int64) * (len(values(frame["within"])) + 1)
        nodes += codes(frame["within"])[rows]
        alone[rows[pd.Series(nodes).duplicated(keep=False).to_numpy(bool)]] = False
        if any("@" in text for text in frame["id"][~self.inside & ~alone]):
            taken = {text for text in values(frame["id"]) if "@" in text}
            alone[rows[[node in taken for node in self.inner_ids(rows).to_pylist()]]] = False
        while True:
            lonely = rows[alone[rows] & (~alone[owner[rows]] | self.inside[owner[rows]])]
            alone[lonely] = False
            # Whoever is looked up has to be among those who look.
            theirs = owner[rows[~alone[rows]]]
            theirs = theirs[theirs >= 0]
            if not alone[theirs].any():
                return
            alone[theirs] = False

    def _owners(self) -> tuple[Codes, Mask]:
        """The row that each row is inside of, -1 for none, and whether it is told by its id, and not by a code."""
        frame = self.frame
        within = values(frame["within"])
        row_of = np.full(len(values(frame["id"])) + 1, -1, dtype=np.int64)
        row_of[codes(frame["id"])] = np.arange(len(frame))
        found = row_of[places(frame["within"].cat.categories, frame["id"].cat.categories)]
        by_id = found >= 0
        if missing := [n for n in np.flatnonzero(~by_id).tolist() if within[n]]:
            pairs = enumerate(codes(frame["uscc"]).tolist())
            by_code = {self.codes_of[code]: row for row, code in pairs if self.codes_of[code]}
            found[missing] = [by_code.get(within[n].strip().upper(), -1) for n in missing]
        at = codes(frame["within"])
        return found[at], by_id[at]


def _number(text: str) -> str | None:
    """A personal number as far as two can be the same; one that is masked identifies nobody.

    Fifteen digits are read as a resident's old number whatever the row says of them: in doubt the row gets more care.
    """
    if not text or "*" in text:
        return None
    return text if is_plain_number(text) else resident_id(text).value


def _numbered(texts: list[str | None]) -> Codes:
    """Each text by a number, the same for the same; -1 for None."""
    seen: dict[str, int] = {}
    return np.array([-1 if text is None else seen.setdefault(text, len(seen)) for text in texts], dtype=np.int32)


def _repeated(column: Codes, meaning: Codes | None) -> Mask:
    """Rows whose value another row has too. `meaning`: what each code means, -1 nothing."""
    read = column if meaning is None else meaning[column]
    count = np.bincount(read[read >= 0], minlength=1)
    return (read >= 0) & (count[np.maximum(read, 0)] > 1)
