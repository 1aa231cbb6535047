"""Steps over roles, relatives, concert and any other relation as it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph.identifiers import personal_id
from graph.masked import is_masked
from queries.model import Edge, shown
from queries.regimes.kin import classes, counts
from queries.regimes.model import KinSet, Step
from queries.regimes.scene import Link, Scene
from queries.regimes.trail import Part, Trail
from queries.regimes.variants import stale_words

LEVELS = 20  # relations of one sort one after another


def role(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """Persons with such a role in the organisation."""
    yield from _linked(scene, trail, step, onward=False)


def post(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """Organisations in which the person has such a role."""
    yield from _linked(scene, trail, step, onward=True)


def came_from(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """Whom such relations lead to it from; `deep`: over several of them."""
    follow = _chained if step.deep else _linked
    yield from follow(scene, trail, step, onward=False)


def leads_to(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """Whom such relations lead from it to; `deep`: over several of them."""
    follow = _chained if step.deep else _linked
    yield from follow(scene, trail, step, onward=True)


def _chained(scene: Scene, trail: Trail, step: Step, *, onward: bool) -> Iterator[Part]:
    seen, frontier = {trail.id}, [trail]
    for _ in range(LEVELS):
        following: list[Trail] = []
        scene.links([t.id for t in frontier], step.types, onward=onward)
        for here in frontier:
            for part in _linked(scene, here, step, onward=onward):
                other = str(part.nodes[0]["id"])
                if other not in seen:
                    seen.add(other)
                    gone = here.on(part)
                    following.append(gone)
                    kept = len(trail.nodes), len(trail.edges)
                    yield Part(gone.nodes[kept[0] :], gone.edges[kept[1] :], part.opens)
        frontier = following


def _linked(scene: Scene, trail: Trail, step: Step, *, onward: bool) -> Iterator[Part]:
    before = trail.edges[-1] if trail.edges else None
    for link in scene.links([trail.id], step.types, onward=onward)[trail.id]:
        fits = titled(link, step)
        if fits is False or (before is not None and _both(before, link, step.not_both)):
            continue
        opens = [] if fits else [f"职务不详，是否为{'、'.join(step.titles)}待核实"]
        if step.full_number and not has_full_number(link.other if not onward else trail.end):
            opens.append("负责人不是自然人或者证件号码不全，不能确认为同一人")
        yield Part((link.other,), (link.edge,), (*opens, *stale_words([link.edge], scene.stale)))


def titled(link: Link, step: Step) -> bool | None:
    """Whether the title is one asked for; None where there is no title."""
    title = str(link.props.get("title") or "")
    if any(word in title for word in step.not_titles):
        return False
    if not step.titles:
        return True
    return any(word in title for word in step.titles) if title else None


def _both(before: Edge, link: Link, words: Iterable[str]) -> bool:
    said = before.title or "", str(link.props.get("title") or "")
    return any(all(word in title for title in said) for word in words)


def has_full_number(person: Mapping[str, Any]) -> bool:
    """Whether a person's number is known in full and well formed."""
    number = str(person.get("id_number") or "")
    return bool(number) and not is_masked(number) and personal_id(number, str(person.get("id_type") or "")).formed


def kin_of(scene: Scene, trail: Trail, step: Step, kin: KinSet) -> Iterator[Part]:
    """Relatives; beside the relation itself a word of memory is said where the set was not read."""
    named = "、".join(classes()[key].name.zh for key in classes() if key in kin.classes)
    memory = kin.grade == "unverified" and kin.judged is None
    caveats = (f"亲属范围（{named}）系凭记忆，待查证",) if memory else ()
    for onward in (True, False):
        for link in scene.links([trail.id], ["KIN"], onward=onward)[trail.id]:
            found = counts(kin_word(link), kin, is_source=not onward)
            if found.why:
                scene.warn(no_kin(scene, link, found.why))
            if found.yes:
                yield Part((link.other,), (link.edge,), (found.opens,) if found.opens else (), caveats=caveats)


def no_kin(scene: Scene, link: Link, why: str) -> str:
    """The warning about a record of kin that names no kin."""
    one, other = (shown(scene.props(end).get("name")) or end for end in (link.edge.source, link.edge.target))
    record = f"，{link.edge.record}" if link.edge.record else ""
    return f"{one} 与 {other} 的亲属关系记录为“{kin_word(link)}”（{why}{record}），未按亲属计入"


def kin_word(link: Link) -> str:
    """What the record calls the relation."""
    return shown(link.props.get("kin") or link.props.get("title")) or ""


def concert(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """Who acts in concert with the subject."""
    known = scene.known_above(trail.id)
    for other, edge in sorted(known.concert.get(trail.id, {}).items()):
        yield Part((known.nodes[other].props,), (edge,))
