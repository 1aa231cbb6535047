"""Which subjects and relations a picture shows, which of them belong to a risk path, and in which column.

Paths of findings come first, whole or not at all, then paths of exposures by score, then the other relations;
what does not fit is counted, and a stub stands beside the subject it was left out at.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from graph.vocabulary import RELATION_TYPES, RELATIONS, Kind
from viz.case import Case
from viz.marks import chains
from viz.model import Edge, Path

HALVED_FROM = 14  # cards from which a picture with one side only is halved
STUBS = 12  # cards at most that stand for what was left out


@dataclass(frozen=True, slots=True)
class Pair:
    """Relations drawn as one line: same two subjects, direction and style (current, possible, ended)."""

    source: str
    target: str
    style: str
    edges: tuple[Edge, ...]
    chain: bool = False

    @property
    def directed(self) -> bool:
        """Whether the line has an arrow: not for mutual relations and shared contacts."""
        return not all(mutual(e) for e in self.edges) and bool(self.edges)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is drawn. `columns`: subject ids (asked first) and stub keys, each with its column.
    `stubs`: stub key → how many subjects it stands for. `hidden`: subjects not drawn. `by_kind`: persons stand on
    the left and organisations on the right, there being no risk path and no outgoing relation."""

    columns: dict[str, int]
    hops: dict[str, int]
    pairs: tuple[Pair, ...]
    stubs: dict[str, int] = field(default_factory=dict)
    hidden: int = 0
    by_kind: bool = False


def mutual(edge: Edge) -> bool:
    """Whether a relation means the same read either way. (Joint debtors are stored one to the other, as the entry
    names them; to be one is mutual.)
    """
    known = RELATIONS.get(edge.type)
    return bool(edge.via) or edge.type == "CO_DEBTOR" or (known is not None and known.symmetric)


def style(edge: Edge, as_of: str) -> str:
    """`current`, `possible` (inferred: maybe the same, a shared contact) or `ended` (or not yet begun)."""
    if edge.state(as_of) != "current":
        return "ended"
    return "possible" if edge.type == "MAYBE_SAME" or edge.via else "current"


def rank(edge: Edge, as_of: str) -> tuple[object, ...]:
    """Order of relations in pictures and tables: in force first, by type, larger shares first, then by date."""
    kind = RELATION_TYPES.index(edge.type) if edge.type in RELATIONS else len(RELATION_TYPES)
    ended = edge.state(as_of) != "current"
    return ended, kind, -(edge.ratio or 0.0), edge.since or "9", edge.source, edge.target, edge.record


def choose(case: Case, max_nodes: int) -> Choice:
    """Choose at most `max_nodes` cards, stubs included."""
    paths = [path for path, _ in chains(case)]
    edges = every_edge(case)
    wanted = list(dict.fromkeys(chain([case.subject.id], _ends(paths), _both(edges))))
    kept = set(wanted)
    if len(wanted) > max_nodes:
        kept = _fitting(case.subject.id, paths, _both(_fair(edges, case)), max(2, max_nodes - STUBS))
    on_chain = {e for p in paths for e in p.edges}
    pairs = _pairs((e for e in edges if {e.source, e.target} <= kept), on_chain, case.as_of)
    hops = _hops(case.subject.id, [k for k in wanted if k in kept], pairs)
    columns = _columns(case.subject.id, hops, pairs, paths)
    by_kind = _halved(columns, case)
    stubs, beside = _stubs(edges, kept, case.subject.id)
    for key, at in beside.items():
        columns[key] = _beyond(columns[at], left=at == case.subject.id)
    pairs += tuple(Pair(at, key, "ended", ()) for key, at in beside.items())
    return Choice(columns, hops, pairs, stubs, len(wanted) - len(kept), by_kind)


def every_edge(case: Case) -> tuple[Edge, ...]:
    """All relations known to the case, each once: those of risk paths, then the others in order of `rank`."""
    plain = sorted(case.relations, key=lambda e: rank(e, case.as_of))
    return tuple(dict.fromkeys(chain((e for path, _ in chains(case) for e in path.edges), plain)))


def _fair(edges: Sequence[Edge], case: Case) -> list[Edge]:
    """Relations in turn from each type and direction, so that no single type fills a picture that must be cut."""
    seen: Counter[tuple[str, bool]] = Counter()
    turns = []
    for edge in edges:
        kind = (edge.type, edge.source == case.subject.id)
        turns.append((edge.state(case.as_of) != "current", seen[kind]))
        seen[kind] += 1
    return [edge for _, edge in sorted(zip(turns, edges, strict=True), key=lambda pair: pair[0])]


def _beyond(column: int, *, left: bool) -> int:
    return -1 if left else column + (1 if column >= 0 else -1)


def _both(edges: Iterable[Edge]) -> Iterator[str]:
    return (end for edge in edges for end in (edge.source, edge.target))


def _ends(paths: Iterable[Path]) -> Iterator[str]:
    return (node.id for path in paths for node in path.nodes)


def _fitting(asked: str, paths: list[Path], wanted: Iterable[str], room: int) -> set[str]:
    kept = {asked}
    for path in paths:
        more = {n.id for n in path.nodes} - kept
        if len(kept) + len(more) <= room:
            kept |= more
    on_paths = set(_ends(paths))
    for key in wanted:
        if len(kept) < room and key not in on_paths:
            kept.add(key)
    return kept


def _pairs(edges: Iterable[Edge], on_chain: set[Edge], as_of: str) -> tuple[Pair, ...]:
    groups: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.source == edge.target:
            continue
        ends = sorted((edge.source, edge.target)) if mutual(edge) else [edge.source, edge.target]
        groups[ends[0], ends[1], style(edge, as_of)].append(edge)
    return tuple(
        Pair(a, b, kind, tuple(found), any(e in on_chain for e in found)) for (a, b, kind), found in groups.items()
    )


def _hops(asked: str, order: list[str], pairs: tuple[Pair, ...]) -> dict[str, int]:
    """Distance of every kept subject over the drawn lines; unconnected ones come behind the farthest."""
    near: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        near[pair.source].append(pair.target)
        near[pair.target].append(pair.source)
    hops, queue = {asked: 0}, deque([asked])
    while queue:
        here = queue.popleft()
        for other in near[here]:
            if other not in hops:
                hops[other] = hops[here] + 1
                queue.append(other)
    last = max(hops.values()) + 1
    return {key: hops.get(key, last) for key in order}


def _columns(asked: str, hops: dict[str, int], pairs: tuple[Pair, ...], paths: list[Path]) -> dict[str, int]:
    """Signed columns: risk paths and what the asked subject points to on the right, the rest on the left."""
    right = {n.id for p in paths for n in p.nodes}
    right |= {p.target for p in pairs if p.source == asked and p.style != "ended"}
    right |= {key for key, hop in hops.items() if hop > 1}
    columns = {key: hop if key in right else -hop for key, hop in hops.items()}
    _straighten(columns, hops, paths)
    return columns


def _halved(columns: dict[str, int], case: Case) -> bool:
    """Where everything would stand on the left: organisations to the right instead. Whether that was so."""
    if any(column > 0 for column in columns.values()) or len(columns) <= HALVED_FROM:
        return False
    for key, column in columns.items():
        if case.subject_of(key).kind != Kind.PERSON:
            columns[key] = abs(column)
    return True


def _straighten(columns: dict[str, int], hops: dict[str, int], paths: list[Path]) -> None:
    """Let every path run away from the asked subject where it can, one column beyond a subject's own at most."""
    for path in paths:
        steps = [n.id for n in path.nodes if n.id in columns]
        if len(steps) > 1 and hops[steps[0]] > hops[steps[-1]]:
            steps.reverse()  # told from the reached subject
        for before, after in pairwise(steps):
            if columns[after] == columns[before] == hops[after] > 0:
                columns[after] += 1


def _stubs(edges: Iterable[Edge], kept: set[str], asked: str) -> tuple[dict[str, int], dict[str, str]]:
    """Cards for what is left out: at the asked subject, and at those with most neighbours missing."""
    missing: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        for here, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if here in kept and other not in kept:
                missing[here].add(other)
    counts = Counter({key: len(others) for key, others in missing.items()})
    most = sorted(counts, key=lambda key: (key != asked, -counts[key], key))[:STUBS]
    return {f"\0{key}": counts[key] for key in most}, {f"\0{key}": key for key in most}
