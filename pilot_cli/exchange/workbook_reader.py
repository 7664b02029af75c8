"""Reads the rows of a workbook, in a process of its own.

A hostile workbook may take all memory or crash the process that reads it. Besides, rows can be dealt with here while
more of them are read there.
"""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from enum import Enum
from io import BytesIO
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from pilot_cli.errors import OperationalError, os_reason
from pilot_cli.exchange.formulas import FailedFormulas, failed_formulas
from pilot_cli.locale import N_
from pilot_cli.locale.message import message
from pilot_cli.parallel.worker_process import init_worker, without_interrupts

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

ReadCell = str | int | float | bool | date | datetime | time | timedelta

CHUNK_ROWS = 200
"""How many rows are sent at a time."""
MAX_UNPACKED_BYTES = 4 * 2**30
"""The most bytes of a workbook when it is unpacked: 30,000 sites with 10 million cells have 0.8 GB."""
MAX_MEMORY_BYTES = 3 * 2**30
"""The most memory that reading may take: those 30,000 sites take 1 GB."""
MAX_CPU_SECONDS = 180
"""The most processor time that reading may take."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the encrypted part in a file of Office that has a password."""


class Unreadable(Enum):
    """Why a workbook cannot be read."""

    ENCRYPTED = N_("it is encrypted; open it in Excel, remove the password, and save it again")
    DAMAGED = N_("it is no Excel workbook, or it is damaged")
    LARGE = N_("it is larger than any ledger when it is unpacked")
    COSTLY = N_("it is damaged, takes more memory or time than any ledger, or has something far away from all else")


class WorkbookError(Exception):
    """A workbook cannot be read, or is no ledger; the text says why."""


class ReadSheet(NamedTuple):
    """A sheet that is being read."""

    name: str
    first_column: int
    """The column of the first cell of each row, counted from 0; the columns before it are empty."""
    failed: FailedFormulas
    """The formulas without a usable result."""
    rows: Iterator[list[ReadCell]]
    """All rows from the first of the sheet on; an empty cell is an empty text."""


class OpenWorkbook(NamedTuple):
    """A workbook that is being read."""

    names: list[str]
    connection: Connection

    def read(self, names: Sequence[str]) -> Iterator[ReadSheet]:
        """Read some sheets, one after the other.

        Raises:
            WorkbookError: they cannot be read.
        """
        self.connection.send(names)
        for name in names:
            first_column, failed = _receive(self.connection)
            rows = self._rows()
            yield ReadSheet(name, first_column, failed, rows)
            deque(rows, maxlen=0)

    def _rows(self) -> Iterator[list[ReadCell]]:
        while rows := _receive(self.connection):
            yield from rows


@contextmanager
def open_workbook(path: Path) -> Iterator[OpenWorkbook]:
    """Begin to read a workbook.

    Raises:
        WorkbookError: it cannot be read.
    """
    try:
        path.open("rb").close()
    except OSError as error:
        raise WorkbookError(os_reason(error)) from error
    context = get_context()
    with _explaining_start():
        ours, theirs = context.Pipe()
    reader = context.Process(target=_run_reader, args=(path, theirs, ours))
    try:
        with _explaining_start(), without_interrupts():
            reader.start()
        theirs.close()
        yield OpenWorkbook(_receive(ours), ours)
    finally:
        if reader.pid is not None:
            reader.kill()
            reader.join()
        ours.close()


@contextmanager
def _explaining_start() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        text = message("no process can be started that reads the ledger ({why})", why=os_reason(error))
        raise OperationalError(text) from error


def _receive(connection: Connection) -> list[Any]:
    try:
        received: list[Any] | Unreadable = connection.recv()
    except (EOFError, OSError):
        received = Unreadable.COSTLY
    if isinstance(received, Unreadable):
        raise WorkbookError(message(received.value))
    return received


def _run_reader(path: Path, connection: Connection, other_end: Connection) -> None:
    """Send the names of the sheets, and then of each sheet that is asked for its first column, failures and rows."""
    init_worker()
    # Otherwise this process would not notice that the one at the other end is gone.
    other_end.close()
    # The library prints there why it crashed, which means nothing to users.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _limit_resources()
    with suppress(ConnectionError, EOFError):
        try:
            _send(path, connection)
        except (ConnectionError, EOFError):
            # Nobody waits for more.
            raise
        except BaseException as error:
            # When the library panics, it raises a BaseException.
            from python_calamine import PasswordError

            connection.send(Unreadable.ENCRYPTED if isinstance(error, PasswordError) else Unreadable.DAMAGED)
    os._exit(0)


def _send(path: Path, connection: Connection) -> None:
    if _unpacked_bytes(path) > MAX_UNPACKED_BYTES:
        connection.send(Unreadable.LARGE)
        return
    with _open(path) as book:
        connection.send(book.sheet_names)
        for name in connection.recv():
            sheet = book.get_sheet_by_name(name)
            _first_row, first_column = sheet.start or (0, 0)
            connection.send([first_column, failed_formulas(path, name)])
            rows = iter(()) if sheet.start is None else sheet.iter_rows()
            while part := list(islice(rows, CHUNK_ROWS)):
                connection.send(part)
            connection.send([])


def _limit_resources() -> None:
    """Have the system end this process before it takes all memory; Windows cannot."""
    with suppress(ImportError):
        import resource

        limits = {resource.RLIMIT_AS: MAX_MEMORY_BYTES, resource.RLIMIT_CPU: MAX_CPU_SECONDS, resource.RLIMIT_CORE: 0}
        for limit, most in limits.items():
            with suppress(OSError, ValueError):
                resource.setrlimit(limit, (most, most))


def _unpacked_bytes(path: Path) -> int:
    """Return how large a workbook is when it is unpacked; those in the old format are not packed, and count as 0."""
    try:
        with ZipFile(path) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except BadZipFile:
        return 0


def _open(path: Path) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        raise
    except CalamineError:
        # Its name may end with that of another format.
        content = path.read_bytes()
        if ENCRYPTED in content:
            raise PasswordError from None
        return CalamineWorkbook.from_filelike(BytesIO(content))
