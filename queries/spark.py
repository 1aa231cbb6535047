"""Everybody's exposure on Apache Spark, for graphs beyond one machine: Parquet in, Parquet out.

`python -m queries.spark --input DIR --output DIR --as-of DAY`, with `--master` a cluster's URL. Executors run no
Python. More of Spark's own settings go into the variable PYSPARK_SUBMIT_ARGS, or to `spark-submit`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import InputError, XinmaiError
from queries.policy import load
from queries.question import Question
from queries.spark_input import TABLES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def run(spark: SparkSession, source: str, target: str, question: Question) -> int:
    """Read the tables of `spark_input` in the directory `source`, write `propagated` ones into `target`, which must
    not exist yet; how many subjects are exposed. Both may be any place Spark knows (hdfs://, s3a://, a path).

    Raises InputError when a table or a column is missing, or the target is there.
    """
    from pyspark.errors import AnalysisException  # noqa: PLC0415

    from queries.spark_rounds import Graph, propagate  # noqa: PLC0415  # both need pyspark

    try:
        graph = Graph(**{name: _read(spark, source, name) for name in TABLES})
        found = propagate(spark, graph, question).orderBy("subject")
        found.write.mode("errorifexists").parquet(target)
    except AnalysisException as error:
        raise InputError(
            "Spark 读不了输入或写不了输出",
            value=str(error).splitlines()[0],
            remedy="输入目录要有 subjects、relations、listings 三个 .parquet 且列齐全，输出目录不能已存在",
        ) from error
    finally:
        spark.catalog.clearCache()
    return int(spark.read.parquet(target).count())


def _read(spark: SparkSession, source: str, name: str) -> DataFrame:
    """One table, with the columns it must have; days given as dates become the texts they are compared as."""
    table = spark.read.parquet(f"{source.rstrip('/')}/{name}.parquet")
    return table.select([table[column].cast(kind).alias(column) for column, kind in TABLES[name].items()])


@contextmanager
def session(master: str | None = None) -> Iterator[SparkSession]:
    """A session on `master` (default: what spark-submit says, else this machine), ended afterwards if it was not there
    before. Raises InputError without pyspark.
    """
    try:
        from pyspark.sql import SparkSession as Session  # noqa: PLC0415  # an extra, and slow to import
    except ImportError as error:
        raise InputError("没有安装 Spark", remedy="pip install 'xinmai[spark]'，并安装 JDK 17 或更高版本") from error
    there = Session.getActiveSession() is not None
    builder = Session.builder.appName("xinmai propagate")
    spark = (builder.master(master) if master else builder).getOrCreate()
    try:
        yield spark
    finally:
        if not there:
            spark.stop()


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; the exit code of the contract."""
    asked = _parser().parse_args(argv)
    try:
        question = Question.of(
            {
                "as_of": asked.as_of,
                "hops": asked.hops,
                "include_possible": asked.include_possible,
                "replay": asked.replay,
                "policy": load(asked.policy),
            }
        )
        with session(asked.master) as spark:
            exposed = run(spark, asked.input, asked.output, question)
    except XinmaiError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"{question.as_of}：{exposed} 个主体存在关联提示，已写入 {asked.output}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m queries.spark", description="在 Apache Spark 上计算全图的关联提示")
    parser.add_argument("--input", required=True, help="输入目录：subjects、relations、listings 三个 .parquet")
    parser.add_argument("--output", required=True, help="输出目录，不能已存在")
    parser.add_argument("--as-of", default=date.today().isoformat(), help="日期，默认今天")
    parser.add_argument("--policy", type=Path, help="策略文件，默认随附的 policy.yaml")
    parser.add_argument("--hops", type=int, help="最多几步，默认按策略")
    parser.add_argument("--include-possible", action="store_true", help="计入可能为同一主体的关系")
    parser.add_argument("--replay", action="store_true", help="对过去的日期，也计入此后已结束的名单记录")
    parser.add_argument("--master", help="集群地址，如 spark://主机:7077、yarn、local[2]")
    return parser


if __name__ == "__main__":
    sys.exit(main())
