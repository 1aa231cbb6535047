"""The scene both pictures are drawn from: which subjects and relations, how each looks, where it stands.

Canvas (`network`) and print (`svg`) read the same `Picture`; neither decides anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from graph.vocabulary import Kind
from viz import labels, layout
from viz.case import Case
from viz.choice import Choice, Pair, choose
from viz.labels import score, short_name, wrap
from viz.marks import Mark, marks, standing
from viz.model import Edge, Path, Subject
from viz.palette import LOOKS, Risk
from viz.routes import Point, Route, label_spots, routes
from viz.texts import Texts
from viz.tips import link_tip, node_tip

TAG_EM = 10.5
TAG_WIDTH = 12.5  # em of the tag's small font
CROWDED = 60  # cards from which only the relations on risk paths are labelled


@dataclass(frozen=True, slots=True)
class Node:
    """One card. `lines`: the wrapped short name. `tag`: mark and word of its risk. `tip`: plain text, full."""

    key: str
    subject: Subject
    risk: Risk
    shape: str
    glyph: str
    lines: tuple[str, ...]
    tag: str
    tip: str
    place: Point
    hop: int = 0
    chain: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """One drawn line: relations of one pair, direction and style. `spot`: middle of its label, None without."""

    key: str
    source: str
    target: str
    style: str
    chain: bool
    arrow: bool
    width: float
    lines: tuple[str, ...]
    tip: str
    route: Route
    spot: Point | None
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Cards (the asked subject first) and lines, how many subjects were left out, the box all of it fills."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    hidden: int
    box: tuple[float, float, float, float]
    by_kind: bool = False  # persons on the left, organisations on the right

    def marked(self, path: Path) -> str:
        """Keys of the cards of a path, joined by spaces; "" unless all of them are drawn."""
        keys = {n.subject.id: n.key for n in self.nodes if n.risk != "stub"}
        found = [keys.get(subject.id, "") for subject in path.nodes]
        return " ".join(found) if all(found) else ""


def compose(case: Case, t: Texts, max_nodes: int = 300) -> Picture:
    """Choose, mark and place everything; equal input gives an equal picture."""
    choice = choose(case, max_nodes)
    plan = layout.place(choice.columns, [(p.source, p.target, 3.0 if p.chain else 1.0) for p in choice.pairs])
    nodes = _nodes(choice, case, t, plan)
    keys = dict(zip(choice.columns, (n.key for n in nodes), strict=True))
    links = _links(choice, case, t, plan, keys)
    left, top, right, bottom = layout.bounds(plan.places.values())
    edges = [x for link in links for x, _ in link.route.points()]
    box = (min(left, *edges, left) - 16, top - 30, max(right, *edges, right) + 16, bottom + 16)
    return Picture(nodes, links, choice.hidden, box, choice.by_kind)


def _nodes(choice: Choice, case: Case, t: Texts, plan: layout.Plan) -> tuple[Node, ...]:
    known = marks(case)
    names = _card_names(case.subject_of(key) for key in choice.hops)
    chained = {end for p in choice.pairs if p.chain for end in (p.source, p.target)}
    made = []
    for i, key in enumerate(choice.columns):
        if key in choice.stubs:
            made.append(_stub(f"n{i}", choice.stubs[key], t, plan.places[key]))
            continue
        subject, mark = case.subject_of(key), known.get(key, Mark())
        made.append(
            Node(
                key=f"n{i}",
                subject=subject,
                risk=mark.risk,
                shape=shape(subject),
                glyph=t(f"glyph_{shape(subject)}"),
                lines=wrap(names[key]),
                tag=tag(subject, mark, t),
                tip=node_tip(subject, mark, choice.hops[key], case, t),
                place=plan.places[key],
                hop=choice.hops[key],
                chain=key in chained or i == 0,
            )
        )
    return tuple(made)


def _stub(key: str, count: int, t: Texts, place: Point) -> Node:
    name = f"+{count:,}"
    tip = t("stub_title", n=f"{count:,}")
    return Node(key, Subject("", name), "stub", "other", "…", (name,), t("stub"), tip, place)


def _card_names(subjects: Iterable[Subject]) -> dict[str, str]:
    """Names for cards, without legal form unless two would then read the same."""
    subjects = tuple(subjects)
    bearers = Counter(short_name(s.name) for s in subjects)
    return {s.id: short_name(s.name) if bearers[short_name(s.name)] == 1 else s.name for s in subjects}


def shape(subject: Subject) -> str:
    """Which outline a card has: its kind, or `foreign`, or `other`."""
    if subject.form == "foreign":
        return "foreign"
    return subject.kind if subject.kind in set(Kind) else "other"


def tag(subject: Subject, mark: Mark, t: Texts) -> str:
    """The band of a card in words: own listing, or score, or kind; never a list it is not on itself."""
    look = LOOKS[mark.risk].mark
    if mark.risk in ("negative", "record"):
        own = [t.listing(x.list) for x in mark.listings if mark.risk == standing(x)]
        more = f" +{len(own) - 1}" if len(own) > 1 else ""
        return f"{look} {labels.clip(own[0], TAG_WIDTH - 1.5 - labels.width(more))}{more}"
    if mark.risk == "foreign":
        return f"{look} {t('tag_foreign')}"
    if mark.risk == "red":
        return f"{look} {t('tag_red')}"
    if mark.risk in ("high", "medium", "low"):
        stop = f" · {t('tag_stop')}" if mark.stopped else ""
        return f"{look} {t.band(mark.band)} {score(mark.score)}{stop}"
    plain = (t.kind(subject.kind), t("tag_stop") if mark.stopped else subject.status)
    return labels.clip(" · ".join(x for x in plain if x), TAG_WIDTH)


def _links(choice: Choice, case: Case, t: Texts, plan: layout.Plan, keys: dict[str, str]) -> tuple[Link, ...]:
    crowded = len(plan.places) > CROWDED
    ways = routes(plan, [(p.source, p.target) for p in choice.pairs])
    lines = [_label(p, t, crowded=crowded) for p in choice.pairs]
    # Lines of risk paths choose their room first.
    order = sorted(range(len(ways)), key=lambda i: not choice.pairs[i].chain)
    outer = [abs(plan.columns[p.target]) >= abs(plan.columns[p.source]) for p in choice.pairs]
    spots = dict(
        zip(order, label_spots(plan, [(ways[i], lines[i]) for i in order], [outer[i] for i in order]), strict=True)
    )
    return tuple(
        Link(
            key=f"e{i}",
            source=keys[p.source],
            target=keys[p.target],
            style=p.style,
            chain=p.chain,
            arrow=p.directed,
            width=_thickness(p.edges),
            lines=lines[i],
            tip=link_tip(p.edges, case, t),
            route=ways[i],
            spot=spots[i],
            edges=p.edges,
        )
        for i, p in enumerate(choice.pairs)
    )


def _thickness(edges: tuple[Edge, ...]) -> float:
    """Three steps by the largest share: under a quarter (or none), to a half, above."""
    largest = max((e.ratio or 0.0 for e in edges), default=0.0)
    return 1.4 if largest < 0.25 else 2.2 if largest <= 0.5 else 3.2


def _label(pair: Pair, t: Texts, *, crowded: bool) -> tuple[str, ...]:
    if not pair.edges or (crowded and not pair.chain):
        return ()
    words = list(dict.fromkeys(_word(edge, t) for edge in pair.edges))
    text = t("comma").join(words)
    if labels.width(text) > 12:
        text = f"{labels.clip(words[0], 9)} +{len(words) - 1}" if len(words) > 1 else labels.clip(text, 12)
    if pair.style == "ended":
        text = t("former" if pair.edges[0].until else "future", label=text)
    since = pair.edges[0].since
    dated = pair.chain and len(pair.edges) == 1 and since and pair.style != "ended"
    return (text, t("since", since=since)) if dated else (text,)


def _word(edge: Edge, t: Texts) -> str:
    return t("same_contact", kind=t.contact(edge.via_kind)) if edge.via else t.rated(edge.type, edge.ratio)
