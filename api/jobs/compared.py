"""A finished comparison of bidders as its page shows it: a matrix a lot, pairs in words, and one pair in full."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from api.jobs.outcome import Format, Json, Page, Stored
from api.jobs.sheets import GoneError
from viz import bidders as outputs
from viz.bidders_page import picture
from viz.bidders_words import CLOSING, VERDICTS, Lot, Pair, consortia, context, groups, headline, lots, undone


class Compared:
    """The document of `bidders`, kept in a job's folder."""

    __slots__ = ("_cells", "_head", "_indices", "_members", "_stored", "_words")

    def __init__(self, document: Json, folder: Path) -> None:
        self._stored = Stored(document, "pairs", folder)
        known = lots(document)
        by_rows = {tuple(pair["rows"]): index for index, pair in enumerate(document["pairs"])}
        pairs = [pair for lot in known for pair in lot.pairs.values()]
        self._indices = {pair.key: by_rows[pair.a.row, pair.b.row] for pair in pairs}
        self._members = {pair.key: (pair.a, pair.b, pair.lot) for pair in pairs}
        told = sorted((pair for lot in known for pair in lot.found()), key=lambda pair: pair.verdict != "prohibited")
        self._cells = [_cell(pair) for pair in told]
        self._words = ["\n".join(map(str, cell.values())).casefold() for cell in self._cells]
        self._head = {
            "headline": headline(document),
            "context": context(document),
            "closing": CLOSING,
            "unit": document["unit"],
            "law": document["law"],
            "as_of": document["as_of"],
            "lots": [_lot(lot) for lot in known],
            "groups": [{"lot": lot, "level": level, "names": names} for lot, level, names in groups(document)],
            "consortia": [
                {"lot": lot, "name": name, "members": members, "told": text.split("\n")}
                for lot, name, members, text in consortia(document)
            ],
            "undone": [{"kind": kind, "text": text} for kind, text in undone(document)],
            "missing": bool(document["not_checked"]),
            "complete": document["complete"],
        }

    def summary(self) -> Json:
        """Pairs by verdict, of which partners are not compared."""
        totals = {code: sum(lot["totals"][code] for lot in self._head["lots"]) for code in VERDICTS}
        return {**totals, "lots": len(self._head["lots"]), "partners": sum(c["partners"] for c in self._head["lots"])}

    def page(self, wanted: Page) -> Json:
        """The lots with their matrices, and as a list the pairs of one verdict with a text in them."""
        text = wanted.text.casefold()
        found = [
            cell
            for cell, words in zip(self._cells, self._words, strict=True)
            if wanted.decision in ("", cell["verdict"]) and text in words
        ]
        shown = found[wanted.skip : wanted.skip + wanted.limit]
        return {
            **self._head,
            "summary": self.summary(),
            "total": len(found),
            "pairs": shown,
            "more": wanted.skip + len(shown) < len(found),
        }

    def entry(self, key: str) -> Json:
        """One pair with every reason in words and its steps, the gravest first."""
        pair = self._stored.entry(self._index(key))
        a, b, lot = self._members[key]
        told = lots({**self._stored.frame, "lots": [{"lot": pair["lot"]}], "bidders": self._two(pair), "pairs": [pair]})
        [(_, words)] = told[0].pairs.items()
        return {
            "key": key,
            "lot": lot,
            "verdict": pair["verdict"],
            "note": words.note,
            "a": asdict(a),
            "b": asdict(b),
            "reasons": [
                {**asdict(line), "conditions": reason["conditions"]}
                for line, reason in zip(words.lines, pair["reasons"], strict=True)
            ],
            "picture": bool(pair["reasons"]),
            "as_of": self._stored.frame["as_of"],
        }

    def picture(self, key: str) -> str:
        """What joins a pair."""
        pair = self._stored.entry(self._index(key))
        return picture(pair, self._stored.frame["as_of"], standalone=True) if pair["reasons"] else ""

    def file(self, wanted: Format, job: str) -> bytes:
        """The whole comparison as a file."""
        if wanted == "pdf":
            return outputs.as_pdf(self._stored.whole(), job)
        return outputs.made(self._stored.whole(), f".{wanted}")

    def _two(self, pair: Json) -> list[Json]:
        return [bidder for bidder in self._stored.frame["bidders"] if bidder["row"] in pair["rows"]]

    def _index(self, key: str) -> int:
        if key not in self._indices:
            raise GoneError(key[:20])
        return self._indices[key]


def _lot(lot: Lot) -> Json:
    """A lot with its bidders, and of its pairs those that are not plainly without anything."""
    compared = [pair for pair in lot.pairs.values() if not pair.note]
    return {
        "number": lot.number,
        "name": lot.name,
        "counts": lot.counts(),
        "totals": {code: sum(pair.verdict == code for pair in compared) for code in VERDICTS},
        "partners": len(lot.pairs) - len(compared),
        "members": [asdict(member) for member in lot.members],
        "cells": [_cell(pair) for pair in lot.pairs.values() if pair.verdict != "none" or pair.note],
    }


def _cell(pair: Pair) -> Json:
    return {
        "key": pair.key,
        "lot": pair.lot,
        "a": pair.a.number,
        "b": pair.b.number,
        "names": [pair.a.name, pair.b.name],
        "verdict": pair.verdict,
        "rule": pair.rule,
        "main": pair.main,
        "partners": bool(pair.note),
    }
