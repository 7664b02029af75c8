"""Reads the rows of a book, in a process of its own.

A book from a stranger may be made to take all memory, or to end whatever reads it; and while more rows are being read,
those that have been can be understood.
"""

import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from pilot_cli.locale import gettext as _

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

ReadCell = str | int | float | bool | date | datetime | time | timedelta

ROWS_AT_A_TIME = 200
LARGEST_CONTENT = 4 * 2**30
"""So many bytes a book may have when it is unpacked: 30,000 sites with 10 million cells have 0.8 GB."""
MOST_MEMORY = 3 * 2**30
"""So many bytes it may take while it is read: those 30,000 sites take 1 GB."""
LONGEST_TIME = 180
"""So many seconds of a processor."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What Office calls that in a file which only a password opens."""


class BookError(Exception):
    """A book cannot be read; the text says why."""


class ReadSheet(NamedTuple):
    """A sheet of a book."""

    name: str
    first_column: int
    """Where its rows begin, counted from 0: columns before may be empty."""
    rows: Iterator[list[ReadCell]]
    """From the first one on; a cell without anything is an empty text."""


class OpenBook(NamedTuple):
    """A book that is being read."""

    names: list[str]
    """The names of its sheets."""
    connection: Connection

    def read(self, names: Sequence[str]) -> Iterator[ReadSheet]:
        """Read some sheets, one after the other.

        Raises:
            BookError: they cannot be read.
        """
        self.connection.send(names)
        for name in names:
            (first_column,) = _received(self.connection)
            rows = self._rows()
            yield ReadSheet(name, first_column, rows)
            deque(rows, maxlen=0)

    def _rows(self) -> Iterator[list[ReadCell]]:
        while rows := _received(self.connection):
            yield from rows


@contextmanager
def open_book(path: Path) -> Iterator[OpenBook]:
    """Begin to read a book.

    Raises:
        BookError: it cannot be read.
    """
    _check_size(path)
    context = get_context()
    ours, theirs = context.Pipe()
    reader = context.Process(target=_read, args=(path, theirs))
    reader.start()
    theirs.close()
    try:
        yield OpenBook(_received(ours), ours)
    finally:
        reader.kill()
        reader.join()
        ours.close()


def _check_size(path: Path) -> None:
    try:
        with ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except OSError as error:
        raise BookError(error.strerror or str(error)) from error
    except (BadZipFile, ValueError, NotImplementedError):
        # Books of old are none; what is wrong with others is told by what reads them.
        return
    if size > LARGEST_CONTENT:
        raise BookError(_("it is larger than any ledger when it is unpacked"))


def _received(connection: Connection) -> list[Any]:
    try:
        received: list[Any] | BookError = connection.recv()
    except (EOFError, OSError):
        raise BookError(_("it is damaged, or takes more memory or time to read than any ledger")) from None
    if isinstance(received, BookError):
        raise received
    return received


def _read(path: Path, connection: Connection) -> None:
    """Send the names of the sheets; of those that are asked for, the first column, and rows until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The library says there, for programmers, what made it end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _limit()
    with suppress(ConnectionError, EOFError):
        try:
            with _opened(path) as book:
                connection.send(book.sheet_names)
                for name in connection.recv():
                    sheet = book.get_sheet_by_name(name)
                    _first_row, first_column = sheet.start or (0, 0)
                    connection.send([first_column])
                    rows = iter(()) if sheet.start is None else sheet.iter_rows()
                    while part := list(islice(rows, ROWS_AT_A_TIME)):
                        connection.send(part)
                    connection.send([])
        except (ConnectionError, EOFError):
            # Nobody waits for more.
            raise
        except BaseException as error:
            # A panic of the library is no Exception.
            connection.send(BookError(_reason(error)))
    os._exit(0)


def _limit() -> None:
    """Let the system end this process before it takes all memory, where a system can."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_TIME, LONGEST_TIME))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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


def _reason(error: BaseException) -> str:
    from python_calamine import PasswordError

    if isinstance(error, PasswordError):
        return _("it is encrypted; open it in Excel, remove the password, and save it again")
    return _("it is no Excel workbook, or it is damaged")
