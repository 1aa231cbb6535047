"""The paths a sheet's relations make with what the graph holds, as rules see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from queries.law.bindings import Binding, Link
from queries.sheet_facts import Claim, active


def compose(
    claims: Iterable[Claim], found: Mapping[str, Sequence[Binding]], as_of: str
) -> Iterator[tuple[Claim, Binding]]:
    """The paths the sheet's relations make with what the graph holds (`found`, by subject).

    A holder's own entries, and those of organisations he runs, reach to the post the sheet gives him; entries on the
    organisation reach him, unless the graph has him there itself.
    """
    for claim in claims:
        link, holder, place = claim.link(as_of), str(claim.holder["id"]), str(claim.place["id"])
        own = [b for b in found.get(holder, ()) if b.holder["id"] == holder and b.post is None and not b.sibling]
        for binding in own:
            if binding.listed["id"] != place:
                yield claim, binding.with_post(link, claim.place)
        named = {b.listing["id"]: b for b in own if b.role is None}
        for binding in found.get(place, ()) if claim.known is None else ():
            if binding.himself and binding.said is None and binding.post is None:
                with_him = named.get(binding.listing["id"])
                yield claim, _role(binding, claim, link, with_him)


def _role(binding: Binding, claim: Claim, link: Link, named: Binding | None) -> Binding:
    said, exempt = (named.said, named.exempt) if named else (None, ())
    return Binding(binding.listing, binding.listed, claim.holder, said=said, role=link, exempt=exempt)


def as_named(binding: Binding, claims: Iterable[Claim], as_of: str) -> tuple[Binding, bool]:
    """A path of the graph, its post as proposed where the sheet names it too; and whether its holder is sure."""
    post, other = binding.post, binding.other
    if post is None or other is None or not active(post.props, as_of):
        return binding, True
    key = (binding.holder["id"], post.type, other["id"])
    for claim in claims:
        if claim.known is not None and claim.key == key:
            return replace(binding, post=replace(post, proposed=True)), claim.sure
    return binding, True
