"""A cluster that is none, that stops in the middle, or that wants to know with whom it speaks."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from threading import Thread
from time import sleep

import pytest
from distributed import LocalCluster, Security

from tests.commands.running import AS_OF, ROOT, UNMEASURED, check
from tests.commands.session import PILOT
from tests.province import make_province

Answer = Callable[[socket.socket], None]
ANSWERS: dict[str, Answer] = {
    "nothing": lambda _connection: None,
    "the end": lambda connection: connection.close(),
    "a page": lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"),
    "noise": lambda connection: connection.sendall(Random(1).randbytes(4096)),
    "no end of frames": lambda connection: connection.sendall(b"\xff" * 64),
}
SECONDS = 60
"""After which a call that should have ended is taken for one that never does."""


@pytest.fixture
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server that is no scheduler."""
    answer: Answer = request.param
    connections = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):  # The server is closed in the end.
                while True:
                    connection, _peer = server.accept()
                    connections.append(connection)
                    answer(connection)

        Thread(target=serve, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("address", ANSWERS.values(), ids=ANSWERS, indirect=True)
def test_what_is_no_scheduler_is_told_in_words_and_not_waited_for(address: str) -> None:
    told(check("checklists", "--quiet", "--scheduler", address), address)


@pytest.mark.parametrize(
    "address", ["tls://127.0.0.1:1", "tcp://127.0.0.1:99999", "http://127.0.0.1:1", "inproc://1", "tcp://", "-"]
)
def test_an_address_that_cannot_be_is_told_in_words(address: str) -> None:
    told(check("checklists", "--quiet", f"--scheduler={address}"), address)


def told(result: "subprocess.CompletedProcess[str]", *words: str) -> None:
    """Expect one sentence that has these words."""
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("错误：")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    assert all(word in result.stderr for word in words)


def start(command: str, *arguments: str, cwd: Path) -> "subprocess.Popen[bytes]":
    """Start a scheduler or a worker as people do."""
    program = [sys.executable, "-m", f"distributed.cli.dask_{command}", *arguments, "--no-dashboard"]
    return subprocess.Popen(
        program, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **UNMEASURED}
    )


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[tuple[str, dict[str, "subprocess.Popen[bytes]"]]]:
    """The address and the processes of a cluster with one worker."""
    told = tmp_path / "scheduler.json"
    processes = {
        "scheduler": start("scheduler", "--host", "127.0.0.1", "--port", "0", f"--scheduler-file={told}", cwd=tmp_path)
    }
    try:
        address = ""
        while not address:
            sleep(0.05)
            with suppress(OSError, ValueError):
                address = json.loads(told.read_text(encoding="utf-8"))["address"]
        processes["worker"] = start("worker", address, "--nthreads", "1", "--no-nanny", cwd=tmp_path)
        yield address, processes
    finally:
        for process in processes.values():
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_province(tmp_path_factory.mktemp("province"), 4000)


@pytest.mark.skipif(os.name == "nt", reason="the signals of POSIX")
@pytest.mark.parametrize(("part", "said"), [("scheduler", "出错"), ("worker", "没有应答")])
def test_what_stops_in_the_middle_is_not_waited_for(
    part: str, said: str, parts: tuple[str, dict[str, "subprocess.Popen[bytes]"]], province: Path
) -> None:
    address, processes = parts
    command = [*PILOT, "check", str(province), *AS_OF, "--format", "jsonl", "--scheduler", address]
    with subprocess.Popen(command, bufsize=0, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        # There is work left for as long as nobody reads what has been done.
        assert process.stdout.readline()
        processes[part].send_signal(signal.SIGSTOP)
        _out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 2
    assert said in err.decode()
    assert err.count(b"\n") == 1


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a cluster that speaks TLS alone, and the settings of Dask for who may speak with it."""
    security = Security.temporary()
    folder = tmp_path_factory.mktemp("secured")
    settings = {}
    for name, part in {
        "CA_FILE": security.tls_ca_file,
        "CLIENT__CERT": security.tls_client_cert,
        "CLIENT__KEY": security.tls_client_key,
    }.items():
        (folder / name).write_text(part, encoding="utf-8")
        settings[f"DASK_DISTRIBUTED__COMM__TLS__{name}"] = str(folder / name)
    with LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, security=security, local_directory=str(folder)
    ) as cluster:
        yield cluster.scheduler_address, settings


def test_a_cluster_with_tls_is_used_by_the_settings_of_dask(secured: tuple[str, dict[str, str]]) -> None:
    address, settings = secured
    assert address.startswith("tls://")
    alone = check("checklists", "--quiet")
    shared = check("checklists", "--quiet", "--scheduler", address, cwd=ROOT, input=None, **settings)
    assert (shared.returncode, shared.stdout, shared.stderr) == (1, alone.stdout, "")


def test_nobody_speaks_with_it_who_does_not_know_it(secured: tuple[str, dict[str, str]], tmp_path: Path) -> None:
    address, settings = secured
    told(check("checklists", "--quiet", "--scheduler", address), address, "TLS")
    told(check("checklists", "--quiet", "--scheduler", address.replace("tls:", "tcp:")))
    (tmp_path / "ca").write_text(Security.temporary().tls_ca_file, encoding="utf-8")
    stranger = {**settings, "DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(tmp_path / "ca")}
    told(check("checklists", "--quiet", "--scheduler", address, cwd=ROOT, input=None, **stranger), address)


def test_who_asks_for_encryption_speaks_with_nobody_in_the_clear() -> None:
    result = check(
        *("checklists", "--quiet", "--scheduler", "tcp://127.0.0.1:1"),
        DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION="true",
    )
    told(result, "tcp://127.0.0.1:1", "encryption")
