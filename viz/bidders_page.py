"""A comparison of bidders as one self-contained HTML page without any script: matrix, and a section for each pair."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from viz import assets
from viz.bidders_words import CLOSING, VERDICTS, Json, Pair, consortia, context, groups, headline, lots, undone
from viz.drawing import Drawing
from viz.svg import STYLE
from viz.texts import Texts

SHOWN = 500  # pairs written out; the workbook and the JSON have all
DRAWN = 200  # of them drawn
_MATRIX = 60  # bidders of a lot up to which a page has room for a matrix


def page(answer: Json) -> str:
    """The page as text, UTF-8. Equal input gives an equal page."""
    style = assets.template("screening.css") + assets.template("bidders.css") + STYLE
    known = lots(answer)
    told = sorted((p for lot in known for p in lot.found()), key=lambda pair: pair.verdict != "prohibited")
    return (
        assets.pages()
        .get_template("bidders.html")
        .render(
            policy=assets.policy((), (style,)),
            style=Markup(style),
            headline=headline(answer),
            context=context(answer),
            closing=CLOSING,
            verdicts=VERDICTS,
            unit=answer["unit"],
            lots=known,
            room=_MATRIX,
            void=[pair for pair in told[:SHOWN] if pair.verdict == "prohibited"],
            shown=[pair for pair in told[:SHOWN]],
            keys={pair.key for pair in told[:SHOWN]},
            more=max(0, len(told) - SHOWN),
            pictures=_pictures(told[:DRAWN], answer["as_of"]),
            groups=list(groups(answer)),
            consortia=list(consortia(answer)),
            undone=list(undone(answer)),
        )
    )


class _Words(Texts):
    """Nobody asked for the first of a pair: it bids like the other."""

    def __call__(self, key: str, **values: object) -> str:
        """The words under `key`."""
        return "投标人" if key == "asked" else super().__call__(key, **values)


def _pictures(pairs: Iterable[Pair], as_of: str) -> dict[str, Markup]:
    """The network of each pair, drawn from its first bidder."""
    return {pair.key: Markup(picture(pair.source, as_of)) for pair in pairs}


def picture(pair: Json, as_of: str, *, standalone: bool = False) -> str:
    """What joins a pair as an SVG element; `standalone`: as a file of its own."""
    ways = [way for reason in pair["reasons"] for way in (reason["path"], *reason["also"])]
    nodes = {node["id"]: node for way in ways for node in way["nodes"]}
    edges = {(e["type"], e["source"], e["target"], e["record"]): e for way in ways for e in way["edges"]}
    # Each with either end, so that both are known by name; it is drawn once.
    relations = [{**e, "other": nodes[e[end]]} for e in edges.values() for end in ("source", "target")]
    title = f"{pair['a'].get('name')} 与 {pair['b'].get('name')} 的关联"
    return Drawing(pair["a"], relations).svg(as_of, _Words("zh-CN"), title, standalone=standalone)
