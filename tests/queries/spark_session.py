"""A Spark cluster on this machine for tests: a master and two executors that are processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Two executors of one core and 1 GB. Tests are short: no second compiler, few parts, plans as they are written, no code
# made for them (a third JVM, with Spark's own settings, is that of the long test on one machine).
CLUSTER = "local-cluster[2,1,1024]"
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.memory": "768m",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": QUICK,
    "spark.executor.extraJavaOptions": QUICK,
    "spark.log.level": "ERROR",
}


def needed() -> None:
    """Skip the test where there is no Spark or no Java for it, but fail under CI."""
    missing = []
    try:
        import pyspark  # noqa: F401, PLC0415
    except ImportError:
        missing.append("pyspark")
    home = os.environ.get("JAVA_HOME")
    if not (home and shutil.which("java", path=f"{home}/bin")) and not shutil.which("java"):
        missing.append("a JDK of version 17 or later")
    if missing:
        told = f"NO SPARK, the whole-graph job is NOT tested: {' and '.join(missing)} missing"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)


@contextmanager
def cluster(folder: Path) -> Iterator[SparkSession]:
    """A session on a cluster that ends with it; all it writes is under `folder`."""
    from pyspark import SparkContext  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    with _home(folder), pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = SparkSession.builder.master(CLUSTER).config("spark.local.dir", str(folder / "local"))
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        spark = builder.getOrCreate()
        try:
            yield spark
        finally:
            spark.stop()
            _end(SparkContext)


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    """A Spark of our own that is the installed one: workers put their files beside it."""
    from pyspark.find_spark_home import _find_spark_home  # noqa: PLC0415

    home = folder / "spark"
    home.mkdir(parents=True)
    for part in ("bin", "jars"):
        (home / part).symlink_to(Path(_find_spark_home()) / part)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(home))
        yield


def _end(context: Any) -> None:
    """End the JVM, which otherwise lives as long as this process."""
    gateway, context._gateway, context._jvm = context._gateway, None, None
    process: subprocess.Popen[bytes] = gateway.proc
    gateway.shutdown()
    if process.stdin is not None:
        with suppress(BrokenPipeError):
            process.stdin.close()
    process.wait(timeout=30)
