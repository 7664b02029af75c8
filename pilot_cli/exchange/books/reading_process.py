"""The process that reads a workbook: it opens it, and sends the content to the process that asked."""

import os
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum
from io import BytesIO
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from pilot_cli.exchange.books.details import OLD_FORMAT, ReadCell, SheetDetails
from pilot_cli.exchange.books.sheet_details import BookDetails
from pilot_cli.exchange.books.text_tables import TextTable, WebPageError, read_text_table
from pilot_cli.locale import N_
from pilot_cli.parallel.worker_process import init_worker

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

CHUNK_ROWS = 200
"""How many rows are sent at a time."""
LONG_TEXT = 1000
"""From so many characters on, a text is worth looking for again."""
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
    WEB_PAGE = N_("it is a web page or XML in spite of its name; open it in Excel, and save it as an .xlsx workbook")


def run_reader(path: Path, connection: Connection, other_end: Connection) -> None:
    """Send the names of the sheets, and then of each sheet where it begins, its details and its rows."""
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
        except WebPageError:
            connection.send(Unreadable.WEB_PAGE)
        except BaseException as error:
            # When the library panics, it raises a BaseException.
            from python_calamine import PasswordError

            connection.send(Unreadable.ENCRYPTED if isinstance(error, PasswordError) else Unreadable.DAMAGED)
    os._exit(0)


def _send(path: Path, connection: Connection) -> None:
    with path.open("rb") as file:
        start = file.read(4)
    if not start.startswith(b"PK") and start != OLD_FORMAT and (table := read_text_table(path)):
        _send_table(table, connection)
        return
    if _unpacked_bytes(path) > MAX_UNPACKED_BYTES:
        connection.send(Unreadable.LARGE)
        return
    with _open(path) as book:
        from python_calamine import SheetTypeEnum

        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        connection.send(names)
        details = BookDetails(path)
        for name in names:
            sheet = book.get_sheet_by_name(name)
            _first_row, first_column = sheet.start or (0, 0)
            connection.send([first_column, details.of(sheet)])
            _send_rows(iter(()) if sheet.start is None else sheet.iter_rows(), connection)


def _send_table(table: TextTable, connection: Connection) -> None:
    connection.send([table.name])
    connection.send([0, SheetDetails({}, [])])
    _send_rows(table.rows, connection)


def _send_rows(rows: Iterator[Any], connection: Connection) -> None:
    while part := _without_repeated_texts(islice(rows, CHUNK_ROWS)):
        connection.send(part)
    connection.send([])


def _without_repeated_texts(rows: Iterator[list[ReadCell]]) -> list[list[ReadCell]]:
    """Collect rows, and hold a long text once that many cells have: it stands once in the file, too."""
    texts: dict[str, str] = {}
    return [
        [texts.setdefault(cell, cell) if isinstance(cell, str) and len(cell) > LONG_TEXT else cell for cell in row]
        for row in rows
    ]


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
