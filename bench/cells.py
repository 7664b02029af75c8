"""The yardstick for workbooks: the cells of one, and XlsxWriter in a bare loop that writes them into another."""

import os
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

Sheets = dict[str, list[list[Any]]]


class Run(NamedTuple):
    """What a run took."""

    seconds: float
    cpu_seconds: float
    """Those of all its processes, which other work on the machine does not make more."""
    megabytes: float = 0.0
    """The most memory that all its processes had together."""


def read_book(book: Path) -> Sheets:
    opened = CalamineWorkbook.from_path(book)
    return {name: list(opened.get_sheet_by_name(name).iter_rows()) for name in opened.sheet_names}


def only_read_book(book: Path) -> None:
    opened = CalamineWorkbook.from_path(book)
    for name in opened.sheet_names:
        for _row in opened.get_sheet_by_name(name).iter_rows():
            pass


def write_book(sheets: Sheets, book: Path, has_formats: bool) -> None:
    """Write the cells as XlsxWriter's tutorial does, with all that a file of this size needs.

    To be the same cells, texts have the format of texts too; that takes XlsxWriter a little longer.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = Workbook(str(book), options)
    workbook.use_zip64()
    day, text = (workbook.add_format({"num_format": format}) for format in ("yyyy-mm-dd", "@"))
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(row, column, cell, text if has_formats else None)
                elif isinstance(cell, date):
                    sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)
                else:
                    sheet.write_number(row, column, cell)
    workbook.close()


def timed(work: Callable[..., object], *arguments: object) -> Run:
    """Time a call in a fork, so that it does not find memory as another one left it."""
    return _timed_in_fork(lambda: arguments, work)


def timed_copy(book: Path, copy: Path) -> Run:
    """Time how long the cells of a book take to be written into another one, once they are read."""
    return _timed_in_fork(lambda: (read_book(book), copy, True), write_book)


def _timed_in_fork(prepare: Callable[[], tuple[object, ...]], work: Callable[..., object]) -> Run:
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        arguments = prepare()
        start, cpu_start = time.perf_counter(), time.process_time()
        work(*arguments)
        os.write(theirs, f"{time.perf_counter() - start} {time.process_time() - cpu_start}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    seconds, cpu_seconds = map(float, os.read(ours, 100).split())
    return Run(seconds, cpu_seconds)
