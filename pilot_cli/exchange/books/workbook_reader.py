"""Reads the rows of a workbook, in a process of its own.

A hostile workbook may take all memory or crash the process that reads it. Besides, rows can be dealt with here while
more of them are read there.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from pilot_cli.errors import OperationalError, os_reason
from pilot_cli.exchange.books.details import ReadCell, SheetDetails
from pilot_cli.exchange.books.reading_process import Unreadable, run_reader
from pilot_cli.locale.message import message
from pilot_cli.parallel.worker_process import without_interrupts


class WorkbookError(Exception):
    """A workbook cannot be read, or is no ledger; the text says why."""


class ReadSheet(NamedTuple):
    """A sheet that is being read."""

    name: str
    first_column: int
    """The column of the first cell of each row, counted from 0; the columns before it are empty."""
    details: SheetDetails
    rows: Iterator[list[ReadCell]]
    """All rows from the first of the sheet on, each as wide as the others."""


class OpenWorkbook(NamedTuple):
    """A workbook that is being read."""

    names: list[str]
    """The names of its sheets; a table in a text file is a sheet called as the file."""
    connection: Connection

    def read(self) -> Iterator[ReadSheet]:
        """Read its sheets, one after the other.

        Raises:
            WorkbookError: they cannot be read.
        """
        for name in self.names:
            first_column, details = _receive(self.connection)
            rows = self._rows()
            yield ReadSheet(name, first_column, details, rows)
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
    reader = context.Process(target=run_reader, args=(path, theirs, ours))
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
