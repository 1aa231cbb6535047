"""The statements of the DuckDB peer. `$one`: a weight of 1; products are whole numbers in thousandths and the like."""

from __future__ import annotations

QUIET = "SET enable_progress_bar = false"
TABLE = "CREATE TABLE {name} AS SELECT * FROM frame"
INDEX = "CREATE INDEX {table}_{column} ON {table} ({column})"
DEGREES = """
SELECT key, count(*), count(*) FILTER (active)
FROM links WHERE subject = (SELECT n FROM subjects WHERE id = $1) GROUP BY key
"""

_AROUND_STEP = """
h{hop} AS (SELECT DISTINCT near.b AS n FROM h{before} h JOIN near ON near.a = h.n
           WHERE {open} near.b NOT IN (SELECT n FROM seen{before})),
seen{hop} AS (SELECT n FROM seen{before} UNION ALL SELECT n FROM h{hop})"""
_NOT_CLOSED = "h.n NOT IN (SELECT n FROM near_stops) AND"
AROUND = (
    "WITH h0 AS (SELECT n FROM subjects WHERE id = $1), seen0 AS (SELECT n FROM h0),"
    + ",".join(_AROUND_STEP.format(hop=h, before=h - 1, open=_NOT_CLOSED if h > 1 else "") for h in (1, 2, 3))
    + "".join(f"{' UNION ALL ' if h > 1 else ' '}SELECT id, {h} FROM h{h} JOIN subjects USING (n)" for h in (1, 2, 3))
)

# A label is the product against the sign and the way: the least of them is the best.
_STEP = """
s{hop} AS (SELECT arcs.b AS n, min({{'p': -(h.p * arcs.weight // $one), 'way': list_append(h.way, arcs.b)}}) AS best
           FROM h{before} h JOIN arcs ON arcs.a = h.n
           WHERE {open} h.p * arcs.weight // $one >= $least AND NOT list_contains(h.way, arcs.b)
           GROUP BY arcs.b),
h{hop} AS (SELECT n, -best.p AS p, best.way AS way FROM s{hop})"""
_PASSES = "h.n NOT IN (SELECT n FROM stops) AND"
_START = "SELECT $asked::UINTEGER AS n, $unit::BIGINT AS p, [$asked::UINTEGER] AS way"
_TOLD = """
SELECT listing, -best.score, best.hops, best.way FROM (
  SELECT listing, min({'score': -(severity * p), 'hops': len(way) - 1, 'way': way}) AS best
  FROM found JOIN listed ON listed.subject = found.n
  WHERE severity * p >= $floor AND len(way) > 1 AND found.n <> $asked GROUP BY listing)
"""
STAGED = (
    f"WITH h0 AS ({_START}),"
    + ",".join(_STEP.format(hop=h, before=h - 1, open=_PASSES if h > 1 else "") for h in (1, 2, 3))
    + ", found AS (SELECT * FROM h1 UNION ALL SELECT * FROM h2 UNION ALL SELECT * FROM h3)"
    + _TOLD
)
RECURSIVE = f"""
WITH RECURSIVE found AS ({_START} UNION ALL
  SELECT arcs.b, h.p * arcs.weight // $one, list_append(h.way, arcs.b) FROM found h JOIN arcs ON arcs.a = h.n
  WHERE len(h.way) <= 3 AND (len(h.way) = 1 OR h.n NOT IN (SELECT n FROM stops))
    AND h.p * arcs.weight // $one >= $least AND NOT list_contains(h.way, arcs.b))
{_TOLD}"""

WHOLE_FIRST = """
CREATE OR REPLACE TEMP TABLE best AS
SELECT subject AS n, max(severity) * $scale AS score, 0 AS hops, true AS fresh FROM listed GROUP BY subject
"""
WHOLE_ROUND = """
CREATE OR REPLACE TEMP TABLE reached AS
SELECT arcs.a AS n, max(best.score * arcs.weight // $one) AS score, $hop AS hops
FROM best JOIN arcs ON arcs.b = best.n
WHERE fresh AND ($hop = 1 OR best.n NOT IN (SELECT n FROM stops)) AND best.score * arcs.weight // $one >= $least
GROUP BY arcs.a
"""
WHOLE_KEEP = """
CREATE OR REPLACE TEMP TABLE best AS
SELECT coalesce(best.n, reached.n) AS n, greatest(coalesce(best.score, 0), coalesce(reached.score, 0)) AS score,
       CASE WHEN coalesce(reached.score, 0) > coalesce(best.score, 0) THEN reached.hops ELSE best.hops END AS hops,
       coalesce(reached.score, 0) > coalesce(best.score, 0) AS fresh
FROM best FULL JOIN reached ON best.n = reached.n
"""
WHOLE_TOLD = "SELECT n, score, hops FROM best"

SHARES_FIRST = """
CREATE OR REPLACE TEMP TABLE step AS SELECT a, b, sum(share) AS share FROM held GROUP BY a, b;
CREATE OR REPLACE TEMP TABLE ways AS SELECT * FROM step
"""
SHARES_STEP = """
CREATE OR REPLACE TEMP TABLE next AS
SELECT step.a AS a, held.b AS b, sum(step.share * held.share) AS share FROM step JOIN held ON held.a = step.b
GROUP BY step.a, held.b HAVING sum(step.share * held.share) >= $least
"""
SHARES_ADD = "INSERT INTO ways SELECT * FROM next"
SHARES_NEXT = "CREATE OR REPLACE TEMP TABLE step AS SELECT * FROM next"
SHARES_LEFT = "SELECT count(*) FROM step"
SHARES_TOLD = """
WITH all_ways AS (SELECT a, b, sum(share) AS share FROM ways GROUP BY a, b),
     own AS (SELECT a, 1 + share AS own FROM all_ways WHERE a = b)
SELECT all_ways.a AS a, b, share / coalesce(own, 1) AS share FROM all_ways LEFT JOIN own ON own.a = all_ways.a
"""

PATH = """
WITH RECURSIVE walk AS (
  SELECT $a::UINTEGER AS n, [$a::UINTEGER] AS way
  UNION ALL
  SELECT n, min(way) FROM (
    SELECT near.b AS n, list_append(walk.way, near.b) AS way FROM walk JOIN near ON near.a = walk.n
    WHERE len(walk.way) <= 4 AND (len(walk.way) = 1 OR walk.n NOT IN (SELECT n FROM near_stops))
      AND walk.n <> $b AND NOT list_contains(walk.way, near.b)) GROUP BY n)
SELECT way FROM walk WHERE n = $b ORDER BY len(way), way LIMIT 1
"""
