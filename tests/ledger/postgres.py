"""A PostgreSQL server of the tests' own: Debian's, on loopback, in a temporary folder, as a user of its own."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

USER = "pilot"
TEMPLATE = "pilot_template"
MEMORY = "/dev/shm"
ENOUGH_BYTES = 6 * 2**30
"""All tests together make some 400 databases, of 8 MB each."""
_NUMBERS = count(1)


class UnavailableError(Exception):
    """There is no server that could be started; the text says why."""


class Server:
    """A server that runs, and makes databases."""

    def __init__(self, port: int, data: Path) -> None:
        self.port, self.data = port, data

    def url(self, database: str, user: str = USER) -> str:
        """The address of a database, as pilot takes it."""
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def execute(self, command: str, database: str = "postgres") -> None:
        """Have a command done at once."""
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user=USER, dbname=database, autocommit=True
        ) as connection:
            connection.execute(command.encode())

    def new_database(self, template: str = "template1") -> str:
        """Make a database, a copy of another, and return its address."""
        name = f"pilot_{next(_NUMBERS)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise UnavailableError("PostgreSQL is not installed (apt-get install postgresql)")
    return found[-1].parent


def _place() -> str:
    """Where many databases can be made and thrown away: in memory, where there is enough of it."""
    is_in_memory = os.path.isdir(MEMORY) and shutil.disk_usage(MEMORY).free >= ENOUGH_BYTES
    return MEMORY if is_in_memory else "/tmp"


def _as_its_user(command: list[str | Path]) -> list[str]:
    """Run a command as somebody who is not root, whom PostgreSQL does not serve."""
    words = list(map(str, command))
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def run_server() -> Iterator[Server]:
    """Start a server, and stop it at the end.

    Raises:
        UnavailableError: there is none to start.
    """
    if os.name == "nt" or not hasattr(os, "geteuid"):
        raise UnavailableError("the tests start PostgreSQL on Linux alone")
    programs = _programs()
    if os.geteuid() == 0 and not shutil.which("runuser"):
        raise UnavailableError("root must not run PostgreSQL, and there is no runuser to become another user")
    folder = Path(tempfile.mkdtemp(prefix="pilot-postgres-", dir=_place()))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data, port = folder / "data", _free_port()
        initialize: list[str | Path] = [programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8"]
        _run([*initialize, "--locale=C.UTF-8", "--no-sync"])
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        control: list[str | Path] = [programs / "pg_ctl", "-D", data, "-w"]
        _run([*control, "-l", folder / "log", "-o", options, "start"])
        try:
            yield Server(port, data)
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str | Path]) -> None:
    result = subprocess.run(
        _as_its_user(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd="/",
        check=False,
    )
    if result.returncode:
        raise UnavailableError(f"{Path(command[0]).name} failed: {result.stderr}")
