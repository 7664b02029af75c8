"""A survey on a Dask cluster: a real one, of two processes on this machine."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from logging import CRITICAL
from pathlib import Path

import pytest
from distributed import LocalCluster

from tests.commands.running import AS_OF, ROOT, check, pilot
from tests.commands.session import PILOT
from tests.province import make_province

JSON_LINES = ("--format", "jsonl", "--fail-on", "never")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_province(tmp_path_factory.mktemp("province"), 4000)


def local_cluster(folder: Path, workers: int = 2) -> LocalCluster:
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        local_directory=str(folder),
        silence_logs=CRITICAL,
    )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    with local_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


def test_a_cluster_says_what_one_process_says_to_the_byte(cluster: LocalCluster, province: Path) -> None:
    scheduler = ("--scheduler", cluster.scheduler_address)
    for arguments in (("check", ".", *JSON_LINES), ("check", ".", "--quiet", "--fail-on", "never"), ("report", ".")):
        for language in ("zh", "en"):
            # Relative paths start where the user is, wherever the workers are.
            alone, shared = (
                pilot("--lang", language, *arguments, *AS_OF, *where, cwd=province)
                for where in (("--jobs", "1"), scheduler)
            )
            assert (shared.returncode, shared.stdout, shared.stderr) == (0, alone.stdout, "")


def test_a_worker_that_dies_in_the_middle_changes_nothing(cluster: LocalCluster, province: Path) -> None:
    command = [
        *(*PILOT, "check", province, *AS_OF, *JSON_LINES),
        *("--scheduler", cluster.scheduler_address),
    ]
    doomed = next(iter(cluster.workers.values())).pid
    with subprocess.Popen(command, bufsize=0, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        # There is work left for as long as nobody reads what has been done.
        first = process.stdout.readline()
        os.kill(doomed, signal.SIGKILL)
        rest, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert (first + rest).decode() == check(province, *JSON_LINES, "--jobs", "1").stdout


def test_a_cluster_that_goes_away_is_told_in_words(province: Path, tmp_path: Path) -> None:
    with (
        local_cluster(tmp_path) as cluster,
        subprocess.Popen(
            [*PILOT, "check", province, *AS_OF, *JSON_LINES, "--scheduler", cluster.scheduler_address],
            bufsize=0,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process,
    ):
        assert process.stdout is not None
        process.stdout.readline()
        cluster.close()
        _out, err = process.communicate()
    assert process.returncode == 2
    assert re.fullmatch(r"错误：集群 \S+ 出错：.+\n", err.decode())


def test_a_cluster_without_workers_is_not_waited_for(tmp_path: Path) -> None:
    with local_cluster(tmp_path, workers=0) as cluster:
        result = check("checklists", "--quiet", "--scheduler", cluster.scheduler_address)
    assert (result.returncode, result.stdout) == (2, "")
    assert "没有可用的计算机" in result.stderr


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "a:b:c", ""])
def test_a_cluster_that_does_not_answer_is_told_in_words(address: str) -> None:
    result = check("checklists", "--scheduler", address)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("错误：")
    assert result.stderr.count("\n") == 1
    assert address in result.stderr
    assert "Traceback" not in result.stderr


def test_without_dask_it_is_said_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError('示例')", encoding="utf-8")
    result = pilot("check", "checklists", "--scheduler", "tcp://127.0.0.1:1", PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert result.returncode == 2
    assert "pip install distributed" in result.stderr
