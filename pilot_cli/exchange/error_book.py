"""Writes a copy of a ledger to be corrected: wrong cells are coloured, with a comment that says what to type.

A workbook of Excel is changed as it is; of what is in another kind of file, the values are copied.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import is_zipfile

from pilot_cli.exchange.books.details import FailedCell
from pilot_cli.exchange.books.workbook_reader import open_workbook
from pilot_cli.exchange.layout import PROBLEMS
from pilot_cli.exchange.ledger_row import CellMessage
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FILL = "FFFF99"
"""The colour of wrong cells."""
CHANGEABLE = (".xlsx", ".xlsm")
"""How the names of files end that are changed as they are."""
WIDTHS = (16, 10, 22, 24, 44, 44)
COMMENT_SIZE = 320, 110
"""The width and height of a comment, in points."""


def error_book(book: Path, errors: Sequence[CellMessage]) -> bytes:
    """Return a copy of a ledger in which wrong cells are marked, and listed in a sheet of their own.

    Args:
        book: The ledger.
        errors: What is wrong with its cells, in the order in which it is to be listed.
    """
    copy = _copy(book)
    for error in errors:
        _mark(copy, error)
    _list(copy, errors)
    out = BytesIO()
    copy.save(out)
    return out.getvalue()


def _copy(book: Path) -> "Workbook":
    import openpyxl

    if book.suffix.lower() in CHANGEABLE and is_zipfile(book):
        return openpyxl.load_workbook(book, keep_vba=book.suffix.lower() == ".xlsm")
    copy = openpyxl.Workbook()
    copy.remove(copy.active)
    with open_workbook(book) as opened:
        for sheet in opened.read():
            _copy_sheet(copy.create_sheet(sheet.name), sheet.rows, sheet.first_column)
            for area in sheet.details.merges:
                places = (area.first_row, area.first_column, area.last_row, area.last_column)
                first_row, first_column, last_row, last_column = (place + 1 for place in places)
                copy[sheet.name].merge_cells(None, first_row, first_column, last_row, last_column)
    return copy


def _copy_sheet(sheet: "Worksheet", rows: Iterable[Sequence[Any]], first_column: int) -> None:
    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1 + first_column):
            if value != "":
                _write(sheet.cell(row, column), value)


def _write(cell: Any, value: Any) -> None:
    """Write a value; a text is never a formula."""
    cell.value = str(value) if isinstance(value, FailedCell) else _storable(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"


def _storable(text: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text))


def _mark(copy: "Workbook", error: CellMessage) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if error.place.sheet not in copy.sheetnames:
        return
    sheet = copy[error.place.sheet]
    cell = sheet.cell(error.place.row + 1, error.place.column + 1)
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(area.min_row, area.min_col)
    text = "\n".join(filter(None, (cell.comment.text if cell.comment else "", f"{error.problem}\n{error.advice}")))
    cell.fill = PatternFill("solid", FILL)
    cell.comment = Comment(_printable_lines(text), "pilot", height=COMMENT_SIZE[1], width=COMMENT_SIZE[0])


def _printable_lines(text: str) -> str:
    """Make a text one that nothing in it can do harm with, line by line."""
    return "\n".join(map(printable, text.split("\n")))


def _list(copy: "Workbook", errors: Sequence[CellMessage]) -> None:
    """Add the sheet that lists what is wrong."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from xlsxwriter.utility import xl_rowcol_to_cell

    title = _(PROBLEMS)
    if title in copy.sheetnames:
        # An earlier import has written it; the sheet of a ledger is never called so.
        copy.remove(copy[title])
    sheet = copy.create_sheet(title, 0)
    headers = (_("Sheet"), _("Cell"), _("Column"), _("What it says"), _("Mistake"), _("What to type"))
    rows = (
        (
            *(error.place.sheet, xl_rowcol_to_cell(error.place.row, error.place.column)),
            *(error.header, error.value, str(error.problem), str(error.advice)),
        )
        for error in errors
    )
    for number, row in enumerate((headers, *rows), 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            _write(cell, printable(text))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", "F2DCDB")
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    copy.active = 0
