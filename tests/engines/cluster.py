"""A Spark cluster of two executors on this machine, each a process of its own, and how to end one of them."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pyspark
from pyspark.sql import SparkSession

MASTER: Final = "local-cluster[2,1,1024]"
PARTITION: Final = 8 * 1024 * 1024


@contextmanager
def cluster(folder: Path) -> Iterator[SparkSession]:
    """A session on the cluster, whose files lie in a folder."""
    os.environ.update(
        SPARK_HOME=str(Path(pyspark.__file__).parent),
        SPARK_LOCAL_DIRS=str(folder / "local"),
        SPARK_LOCAL_IP="127.0.0.1",
        SPARK_WORKER_DIR=str(folder / "work"),
        PYSPARK_PYTHON=sys.executable,
    )
    builder = SparkSession.builder.master(MASTER).appName("tests").config("spark.ui.enabled", "false")
    spark = (
        builder.config("spark.sql.files.maxPartitionBytes", PARTITION)
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("FATAL")  # an executor that is ended is no error here
    try:
        yield spark
    finally:
        spark.stop()


def executors(spark: SparkSession) -> list[int]:
    """The process ids of the executors of a session, and of no other one."""
    marks = (b"CoarseGrainedExecutorBackend", str(spark.sparkContext.applicationId).encode())
    return [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdigit() and all(mark in _command(process) for mark in marks)
    ]


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:  # it has ended
        return b""


@contextmanager
def ending_an_executor(spark: SparkSession, after: int) -> Iterator[list[int]]:
    """End an executor as soon as a stage has done so many tasks; its process id is then in the list."""
    ended: list[int] = []
    over = threading.Event()
    tracker: Any = spark.sparkContext.statusTracker()

    def watch() -> None:
        while not ended and not over.is_set():
            stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
            if any(stage and after <= stage.numCompletedTasks < stage.numTasks for stage in stages):
                ended.append(min(executors(spark)))
                os.kill(ended[0], signal.SIGKILL)
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield ended
    finally:
        over.set()
        watcher.join()
