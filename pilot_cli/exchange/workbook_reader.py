"""Reads the rows of a book, in a process of its own.

A book from a stranger may be made to take all memory, or to end whatever reads it; and while more rows are being read,
those that have been can be understood.
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
from pilot_cli.exchange.formulas import Failed, failed_formulas
from pilot_cli.locale import N_
from pilot_cli.locale.message import message
from pilot_cli.parallel.worker_process import init_worker, without_interrupts

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

ReadCell = str | int | float | bool | date | datetime | time | timedelta

CHUNK_ROWS = 200
MAX_UNPACKED_BYTES = 4 * 2**30
"""The most that a book may have when it is unpacked: 30,000 sites with 10 million cells have 0.8 GB."""
MAX_MEMORY_BYTES = 3 * 2**30
"""The most that it may take while it is read: those 30,000 sites take 1 GB."""
MAX_CPU_SECONDS = 180
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What Office calls that in a file which only a password opens."""


class Unreadable(Enum):
    """Why a book cannot be read."""

    ENCRYPTED = N_("it is encrypted; open it in Excel, remove the password, and save it again")
    DAMAGED = N_("it is no Excel workbook, or it is damaged")
    LARGE = N_("it is larger than any ledger when it is unpacked")
    COSTLY = N_("it is damaged, takes more memory or time than any ledger, or has something far away from all else")


class WorkbookError(Exception):
    """A book cannot be read; the text says why."""


class ReadSheet(NamedTuple):
    """A sheet of a book."""

    name: str
    first_column: int
    """Where its rows begin, counted from 0: columns before may be empty."""
    failed: Failed
    """Formulas that came to nothing that can be read."""
    rows: Iterator[list[ReadCell]]
    """From the first one on; a cell without anything is an empty text."""


class OpenWorkbook(NamedTuple):
    """A book that is being read."""

    names: list[str]
    """The names of its sheets."""
    connection: Connection

    def read(self, names: Sequence[str]) -> Iterator[ReadSheet]:
        """Read some sheets, one after the other.

        Raises:
            WorkbookError: they cannot be read.
        """
        self.connection.send(names)
        for name in names:
            first_column, failed = _received(self.connection)
            rows = self._rows()
            yield ReadSheet(name, first_column, failed, rows)
            deque(rows, maxlen=0)

    def _rows(self) -> Iterator[list[ReadCell]]:
        while rows := _received(self.connection):
            yield from rows


@contextmanager
def open_workbook(path: Path) -> Iterator[OpenWorkbook]:
    """Begin to read a book.

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
    reader = context.Process(target=_read, args=(path, theirs, ours))
    try:
        with _explaining_start(), without_interrupts():
            reader.start()
        theirs.close()
        yield OpenWorkbook(_received(ours), ours)
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


def _received(connection: Connection) -> list[Any]:
    try:
        received: list[Any] | Unreadable = connection.recv()
    except (EOFError, OSError):
        received = Unreadable.COSTLY
    if isinstance(received, Unreadable):
        raise WorkbookError(message(received.value))
    return received


def _read(path: Path, connection: Connection, other_end: Connection) -> None:
    """Send the names of the sheets; of those that are asked for, the first column, and rows until there are no more."""
    init_worker()
    # While it is open here as well, the connection does not end with the process at its other end.
    other_end.close()
    # The library says there, for programmers, what made it end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _limit()
    with suppress(ConnectionError, EOFError):
        try:
            _send(path, connection)
        except (ConnectionError, EOFError):
            # Nobody waits for more.
            raise
        except BaseException as error:
            # A panic of the library is no Exception.
            connection.send(_reason(error))
    os._exit(0)


def _send(path: Path, connection: Connection) -> None:
    if _size(path) > MAX_UNPACKED_BYTES:
        connection.send(Unreadable.LARGE)
        return
    with _opened(path) as book:
        connection.send(book.sheet_names)
        for name in connection.recv():
            sheet = book.get_sheet_by_name(name)
            _first_row, first_column = sheet.start or (0, 0)
            connection.send([first_column, failed_formulas(path, name)])
            rows = iter(()) if sheet.start is None else sheet.iter_rows()
            while part := list(islice(rows, CHUNK_ROWS)):
                connection.send(part)
            connection.send([])


def _limit() -> None:
    """Let the system end this process before it takes all memory, where a system can."""
    with suppress(ImportError):
        import resource

        for limit, most in (
            (resource.RLIMIT_AS, MAX_MEMORY_BYTES),
            (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(OSError, ValueError):
                resource.setrlimit(limit, (most, most))


def _size(path: Path) -> int:
    """Tell how large a book is when it is unpacked; books of old are not packed."""
    try:
        with ZipFile(path) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except BadZipFile:
        return 0


def _opened(path: Path) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        raise
    except CalamineError:
        # It may be named as what it is not.
        content = path.read_bytes()
        if ENCRYPTED in content:
            raise PasswordError from None
        return CalamineWorkbook.from_filelike(BytesIO(content))


def _reason(error: BaseException) -> Unreadable:
    from python_calamine import PasswordError

    return Unreadable.ENCRYPTED if isinstance(error, PasswordError) else Unreadable.DAMAGED
