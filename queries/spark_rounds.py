"""Everybody's exposure by joins: what a listing passes on goes one relation further each round.

A label is one way to a listed subject: where it has come to (`node`), who is listed (`listed_subject`), by which entry,
the product so far, and the ids from the node to the listed one. A label of a node may go once it is beaten by one to
the same listed subject, or by two to different ones: whoever is reached through it is at most one of these two, and
meets the other instead. Beaten means a product that stays higher whatever follows, or one not lower and a smaller
(listing, path). Ways that meet a subject twice are never needed: without the loop they weigh as much in fewer hops.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from graph.vocabulary import RELATIONS
from queries.propagated import CLASS, COLUMNS
from queries.question import Question
from queries.spark_scale import SCORE_DIGITS, Scale, keeps, severities

_ROW = "struct<bound: double, along: bigint, against: bigint>"
_SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Graph:
    """The three tables of a graph, with the columns and types of `spark_input`."""

    subjects: DataFrame
    relations: DataFrame
    listings: DataFrame


def propagate(spark: SparkSession, graph: Graph, question: Question) -> DataFrame:
    """One row for each exposed subject, as `propagated.COLUMNS` says, in no order.

    Shuffles go into as many parts as the session's `spark.sql.shuffle.partitions` says.
    """
    scale = Scale.of(question)
    parts = int(str(spark.conf.get("spark.sql.shuffle.partitions")))
    steps = _steps(spark, graph, question, scale).persist()
    front = _listed(spark, graph.listings, question, scale)
    firsts: list[DataFrame] = []
    for hop in range(1, question.hops + 1):
        found = _walked(front, steps if hop == 1 else steps.where("through"), question, scale.digits(hop))
        front = _kept(found.repartition(parts, "node"), _margin(hop, question, scale)).persist()
        firsts.append(_first(front.withColumn("hops", F.lit(hop)).withColumn("score", _rounded(scale.digits(hop)))))
    return _told(_first(reduce(DataFrame.unionByName, firsts)), question)


def _listed(spark: SparkSession, listings: DataFrame, question: Question, scale: Scale) -> DataFrame:
    """The labels before the first round: of each listed subject the entries in force that weigh most."""
    weighing = _table(spark, severities(question, scale), "list: string, grade: string, product: bigint")
    known = F.when(F.col("tier").isin([*question.policy.tier]), F.col("tier")).otherwise("")
    active = listings.where(_in_force(question)).withColumn("grade", known)
    labels = active.join(weighing, ["list", "grade"]).select(
        F.col("subject").alias("node"),
        F.col("subject").alias("listed_subject"),
        F.col("product").cast(scale.kind),
        F.col("id").alias("listing"),
        F.array("subject").alias("path"),
    )
    return _kept(labels, _margin(0, question, scale))


def _in_force(question: Question) -> Column:
    """Whether an entry counts, as `exposure.cypher` has it."""
    days = question.listed_days
    as_of, over = F.lit(days["as_of"]), F.lit(days["over"])
    past = F.filter(F.coalesce(F.col("events"), F.array().cast("array<string>")), lambda e: e.substr(1, 10) <= as_of)
    state = F.split(F.try_element_at(past, F.lit(-1)), " ")
    return (
        (F.col("listed_on").isNull() | (F.col("listed_on") <= as_of))
        & (F.col("removed_on").isNull() | (F.col("removed_on") > over))
        & (F.col("expires_on").isNull() | (F.col("expires_on") >= over))
        & (F.coalesce(F.get(state, F.lit(1)), F.lit("")) != _SUSPENDED)
    )


def _steps(spark: SparkSession, graph: Graph, question: Question, scale: Scale) -> DataFrame:
    """From each `node` to each `other` that gets something of what is listed on or behind it: the largest `weight`.

    `through`: whether what comes from behind the node goes on, or it is a hub or a body that never passes anything on.
    """
    ends = _ends(spark, graph.relations, question, scale)
    twice = [F.max(F.when(F.col("kind") == name, 1).otherwise(0)) for name in _symmetric(question)]
    once = F.count(F.when(~F.col("kind").isin(_symmetric(question)), True))
    pairs = ends.groupBy("node", "other").agg(
        F.max("weight").alias("weight"), reduce(Column.__add__, twice, once).alias("relations")
    )
    degree = F.sum("relations").over(Window.partitionBy("node"))
    conducts = F.coalesce("conducts", F.col("kind") != "government", F.lit(True))
    closed = graph.subjects.where(~conducts).select(F.col("id").alias("node"), F.lit(True).alias("closed"))
    return (
        pairs.withColumn("degree", degree)
        .where((F.col("weight") > 0) & (F.col("node") != F.col("other")))
        .join(closed, "node", "left")
        .withColumn("through", F.col("closed").isNull() & (F.col("degree") <= question.policy.fanout_cap))
        .select("node", "other", F.col("weight").cast(scale.kind), "through")
    )


def _symmetric(question: Question) -> list[str]:
    """Relation types that count once between two, though stored twice."""
    carrying = question.policy.carrying(include_possible=question.include_possible)
    return [name for name in carrying if RELATIONS[name].symmetric]


def _ends(spark: SparkSession, relations: DataFrame, question: Question, scale: Scale) -> DataFrame:
    """Every active relation that passes anything, from either end; one with oneself once."""
    as_of = F.lit(question.as_of)
    table = _table(spark, keeps(question, scale), f"kind: string, none: {_ROW}, bands: array<{_ROW}>")
    active = relations.where(
        (F.col("since").isNull() | (F.col("since") <= as_of)) & (F.col("until").isNull() | (F.col("until") > as_of))
    )
    ratio, bands = F.col("ratio"), F.col("bands")
    fitting = F.get(F.filter(bands, lambda band: band["bound"] <= ratio), F.lit(0))
    row = F.when(ratio.isNull() | bands.isNull(), F.col("none")).otherwise(fitting)
    passing = active.withColumnRenamed("type", "kind").join(table, "kind").withColumn("row", row)
    passing = passing.where((F.col("row.along") > 0) | (F.col("row.against") > 0))
    parts = int(str(spark.conf.get("spark.sql.shuffle.partitions")))
    # Walking along a relation one comes from its first to its second: what is listed there passes to the first.
    to_first = passing.select(
        F.col("target").alias("node"), F.col("source").alias("other"), "kind", F.col("row.along").alias("weight")
    )
    to_second = passing.where(F.col("source") != F.col("target")).select(
        F.col("source").alias("node"), F.col("target").alias("other"), "kind", F.col("row.against").alias("weight")
    )
    return to_first.unionByName(to_second).repartition(parts, "node")


def _walked(front: DataFrame, steps: DataFrame, question: Question, digits: int) -> DataFrame:
    """All labels one relation further that may still be reported."""
    floor = int(question.policy.floor.scaleb(SCORE_DIGITS))
    return (
        front.join(steps, "node")
        .where(~F.array_contains("path", F.col("other")))
        .select(
            F.col("other").alias("node"),
            "listed_subject",
            (F.col("product") * F.col("weight")).alias("product"),
            "listing",
            F.concat(F.array("other"), F.col("path")).alias("path"),
        )
        .where(_rounded(digits) >= floor)
    )


def _margin(hop: int, question: Question, scale: Scale) -> Column:
    return _whole(scale.margin(hop, question.policy.floor), scale.kind)


def _kept(labels: DataFrame, margin: Column) -> DataFrame:
    """The labels of each node that can still win."""
    lack = labels.withColumn("lack", -F.col("product"))
    way = ("listing", "path")
    # Of one listed subject: the smallest way of each product, and no product that is smaller for certain.
    same = Window.partitionBy("node", "listed_subject")
    equal = Window.partitionBy("node", "listed_subject", "lack").orderBy(*way)
    best = lack.withColumn("place", F.row_number().over(equal)).where("place = 1")
    best = best.withColumn("least", F.min("lack").over(same)).where(F.col("lack") <= F.col("least") + margin)
    # Of all: the two smallest ways of each product, and no product that is smaller for certain than those to two.
    tied = Window.partitionBy("node", "lack").orderBy(*way)
    running = Window.partitionBy("node").orderBy("lack", *way)
    two = best.withColumn("place", F.row_number().over(tied)).where("place <= 2")
    two = two.withColumn("heads", F.sum(F.when(F.col("lack") == F.col("least"), 1).otherwise(0)).over(running))
    second = F.min(F.when(F.col("heads") >= 2, F.col("lack"))).over(Window.partitionBy("node"))
    two = two.withColumn("second", second)
    return two.where(F.col("second").isNull() | (F.col("lack") <= F.col("second") + margin)).drop(
        "lack", "place", "least", "heads", "second"
    )


def _first(labels: DataFrame) -> DataFrame:
    """The label that counts for each node: highest score, fewest hops, smallest listing, smallest path."""
    order = Window.partitionBy("node").orderBy(F.col("score").desc(), "hops", "listing", "path")
    return labels.withColumn("place", F.row_number().over(order)).where("place = 1").drop("place")


def _rounded(digits: int) -> Column:
    """`product`, of so many decimals, in units of the ninth decimal, half to even."""
    product = F.col("product")
    if digits <= SCORE_DIGITS:
        return (product * F.lit(10 ** (SCORE_DIGITS - digits))).cast("bigint")
    unit = _whole(10 ** (digits - SCORE_DIGITS), "decimal(38,0)" if digits > 18 else "bigint")
    whole, rest = F.call_function("div", product, unit), product % unit
    up = (rest + rest > unit) | ((rest + rest == unit) & (whole % 2 == 1))
    return whole + F.when(up, 1).otherwise(0)


def _whole(number: int, kind: str) -> Column:
    """A constant too large for a plain one."""
    return F.lit(str(number)).cast(kind)


def _table(spark: SparkSession, rows: Sequence[Mapping[str, Any]], columns: str) -> DataFrame:
    """A small table, sent to everybody. As text: rows made in Python would need Python where they are read."""
    text = F.lit(json.dumps(rows))
    return F.broadcast(spark.range(1).select(F.inline(F.from_json(text, f"array<struct<{columns}>>"))))


def _told(labels: DataFrame, question: Question) -> DataFrame:
    """Labels in the words of the table."""
    band = F.lit("")
    for name, bound in reversed([*question.policy.bands.items()]):
        band = F.when(F.col("score") >= int(bound.scaleb(SCORE_DIGITS)), name).otherwise(band)
    return labels.select(
        F.col("node").alias("subject"),
        (F.col("score") / F.lit(10.0**SCORE_DIGITS)).alias("score"),  # the nearest double, as of two whole numbers
        F.col("hops"),
        "listing",
        "listed_subject",
        band.alias("band"),
        F.lit(CLASS).alias("class"),
        "path",
    ).select(*COLUMNS)
