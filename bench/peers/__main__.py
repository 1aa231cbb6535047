"""`python -m bench.peers`: the same questions to the product and to its peers, in one run, on one machine.

    python -m bench.peers --scale XS|S|M|L [--data DIR] [--only B4,B5] [--peers duckdb,arcade] [--json F] [--markdown F]

Ends with 1 when a peer answered wrongly. Without --data the graph is made first (`bench.generate`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.generate import SCALES
from bench.peers.page import draw, page, save
from bench.peers.suite import ROUNDS, Wanted, run


def main(argv: Sequence[str] | None = None) -> int:
    """Run it, write what was asked for, print the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scale", choices=SCALES, default="XS")
    parser.add_argument("--data", type=Path, help="a package made by bench.generate at that scale")
    parser.add_argument("--only", default="", help="workloads, as B4,B5 (default: all)")
    parser.add_argument("--peers", default="", help="words of peers' names, as duckdb,arcade; -naive leaves one out")
    parser.add_argument("--store", default="", help="a directory whose embedded store holds the graph already")
    parser.add_argument("--neo4j", default="", help="URL of a Neo4j server that holds it already")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, help="of a peer at a workload, in all rounds")
    parser.add_argument("--here", action="store_true", help="all peers in this process (small graphs; no memory told)")
    parser.add_argument("--json", type=Path, default=Path("out/peers.json"))
    parser.add_argument("--markdown", type=Path, default=Path("out/peers.md"), help="pictures go beside it")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="xinmai-peers-") as scratch:
        wanted = Wanted(
            scale=options.scale,
            scratch=Path(scratch),
            data=options.data,
            only=frozenset(_words(options.only)),
            peers=tuple(_words(options.peers)),
            store=options.store,
            neo4j=options.neo4j,
            apart=not options.here,
            rounds=options.rounds,
            seconds=options.seconds,
        )
        results = run(wanted, lambda so_far: save(so_far, options.json))
    text = page(results, draw(results, options.markdown.parent))
    options.markdown.parent.mkdir(parents=True, exist_ok=True)
    options.markdown.write_text(text, encoding="utf-8")
    print(text)
    for workload, peer, why in results.wrong:
        print(f"{workload}, {peer}: {why}", file=sys.stderr)
    return 1 if results.wrong else 0


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


if __name__ == "__main__":
    sys.exit(main())
