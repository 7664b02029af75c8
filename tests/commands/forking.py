"""Runs pilot in forks of a process that has imported the libraries already.

Starting Python and importing libraries takes longer than most calls of a test. pilot's own modules are imported anew by
each call, in the language it asks for. What a fork cannot show, such as settings of Python, needs a process of its own.
"""

import json
import os
import runpy
import socket
import subprocess
import sys
import traceback
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryFile

ROOT = Path(__file__).parents[2]
LIBRARIES = (
    *("alembic", "alembic.config", "docx", "jinja2", "pydantic.dataclasses", "pydantic.type_adapter", "rich.console"),
    *("rich.table", "rtoml", "sqlalchemy", "sqlalchemy.dialects.sqlite", "sqlite3", "tree_sitter", "tree_sitter_toml"),
    *("typer.main", "xlsxwriter"),
)
MAX_CALL_BYTES = 65536
"""A longer call does not fit in a message between processes."""


def can_fork(call: bytes) -> bool:
    """Whether a call can be made in a fork."""
    return hasattr(socket, "send_fds") and hasattr(os, "fork") and len(call) <= MAX_CALL_BYTES


def call_of(arguments: Sequence[str], cwd: Path, environment: dict[str, str]) -> bytes:
    """Write down a call."""
    return json.dumps({"arguments": arguments, "cwd": str(cwd), "environment": environment}).encode()


def run_forked(arguments: Sequence[str], call: bytes) -> subprocess.CompletedProcess[str]:
    """Make a call in a fork; return what it wrote and its exit status."""
    with TemporaryFile() as out, TemporaryFile() as err:
        socket.send_fds(_server(), [call], [out.fileno(), err.fileno()])
        status = int(_server().recv(64))
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(TextIOWrapper(file, encoding="utf-8").read())
    return subprocess.CompletedProcess(arguments, status, *texts)


@cache
def _server() -> socket.socket:
    """Start the process that is forked; it ends when this one does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYDANTIC_DISABLE_PLUGINS": "1"}
    program = [sys.executable, "-m", "tests.commands.forking", str(theirs.fileno())]
    subprocess.Popen(program, cwd=ROOT, env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
    theirs.close()
    return ours


def _serve(connection: socket.socket) -> None:
    for library in LIBRARIES:
        import_module(library)
    while True:
        call, streams, _flags, _address = socket.recv_fds(connection, MAX_CALL_BYTES, 2)
        if not call:
            return
        fork = os.fork()
        if not fork:
            connection.close()
            _run(call, streams)
        for stream in streams:
            os.close(stream)
        connection.send(str(os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1])).encode())


def _run(call: bytes, streams: Sequence[int]) -> None:
    """Do what ``python -m pilot_cli`` does."""
    try:
        for place, stream in enumerate(streams, 1):
            os.dup2(stream, place)
            os.close(stream)
        asked = json.loads(call)
        os.chdir(asked["cwd"])
        sys.path[0] = asked["cwd"]
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.argv[1:] = asked["arguments"]
        runpy.run_module("pilot_cli", run_name="__main__", alter_sys=True)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
