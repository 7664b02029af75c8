"""A book on its way to a file: the rows of its sheets, which go on in another sheet when one is full."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import BinaryIO

from rich.cells import cell_len
from xlsxwriter.worksheet import Worksheet

from pilot_cli.exchange.guide import explain, write_guide
from pilot_cli.exchange.layout import SheetLayout, sheets
from pilot_cli.exchange.rows import SheetRow
from pilot_cli.formats import xlsx
from pilot_cli.formats.xlsx import HEADER, HEADER_HEIGHT, PAPER_SIZES, PLAIN, PRINT_THEM, CellStyle, WorkbookWriter
from pilot_cli.locale import gettext as _
from pilot_cli.site.field import FieldKind

CREATION_DATE = date(1980, 1, 1)
"""The same sites make the same book, whenever it is made."""
CELL = PLAIN._replace(wraps=False)
NUMBER_FORMATS = {FieldKind.TEXT: "@", FieldKind.NUMBER: "General", FieldKind.DATE: "yyyy-mm-dd"}
WIDTHS = {FieldKind.TEXT: 26, FieldKind.NUMBER: 10, FieldKind.DATE: 13}
WIDTH_OF_WORDS = 14
ROOM_FOR_ARROW = 4
"""Widths are in characters."""


class SiteWorkbook:
    """A book of sites; what has been written does not stay in memory."""

    def __init__(self, book: WorkbookWriter, style: CellStyle) -> None:
        self._sheets = [_Sheet(book, layout, style) for layout in sheets()]

    def add(self, rows: list[list[SheetRow]]) -> None:
        """Write the rows of a site."""
        for sheet, more in zip(self._sheets, rows, strict=True):
            for row in more:
                sheet.add(row)

    def finish(self) -> None:
        """Write nothing more."""
        for sheet in self._sheets:
            sheet.finish()


@contextmanager
def open_site_workbook(out: BinaryIO, style: CellStyle = CELL) -> Iterator[SiteWorkbook]:
    """Write a book, unless something goes wrong, and leave nothing else behind.

    Raises:
        OSError: it cannot be written.
    """
    with WorkbookWriter(out, _("Ledger of pilot sites"), CREATION_DATE) as book:
        sites = SiteWorkbook(book, style)
        yield sites
        sites.finish()
        write_guide(book)


class _Sheet:
    """The rows of one kind, in as many sheets of Excel as they need."""

    def __init__(self, book: WorkbookWriter, layout: SheetLayout, style: CellStyle) -> None:
        self._book = book
        self._layout = layout
        self._fixed_columns = 1 if layout.rows else 2
        self._formats = {
            kind: book.format(style._replace(number_format=number_format), kind is FieldKind.TEXT)
            for kind, number_format in NUMBER_FORMATS.items()
        }
        self._text, self._days, self._numbers = (
            self._formats[kind] for kind in (FieldKind.TEXT, FieldKind.DATE, FieldKind.NUMBER)
        )
        self._number = 0
        self._begin()

    def _begin(self) -> None:
        self._number += 1
        name = self._layout.label if self._number == 1 else f"{self._layout.label}（{self._number}）"
        self._sheet: Worksheet = self._book.workbook.add_worksheet(name)
        self._sheet.freeze_panes(1, self._fixed_columns)
        self._sheet.set_row(0, HEADER_HEIGHT)
        self._set_paper()
        header = self._book.format(HEADER, True)
        for index, column in enumerate(self._layout.columns):
            kind = FieldKind.TEXT if column.field.is_list else column.field.kind
            width = WIDTH_OF_WORDS if column.field.words and not column.field.is_list else WIDTHS[kind]
            width = max(width, cell_len(column.header) + ROOM_FOR_ARROW)
            self._sheet.set_column(index, index, width, self._formats[kind])
            self._sheet.write_string(0, index, column.header, header)
        explain(self._sheet, self._layout)
        self._rows = 1

    def _set_paper(self) -> None:
        """Let a sheet be printed so that it can be read: those of lists on A4, the wide one on several pages of A3."""
        self._sheet.set_landscape()
        self._sheet.hide_gridlines(PRINT_THEM)
        self._sheet.set_footer("&L&A&C&P / &N")
        self._sheet.repeat_rows(0)
        if self._layout.rows:
            self._sheet.set_paper(PAPER_SIZES["A4"])
            self._sheet.fit_to_pages(1, 0)
        else:
            self._sheet.set_paper(PAPER_SIZES["A3"])
            self._sheet.repeat_columns(0, self._fixed_columns - 1)

    def add(self, row: SheetRow) -> None:
        if self._rows == xlsx.MAX_ROWS:
            self.finish()
            self._begin()
        sheet, number = self._sheet, self._rows
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, self._text)
            elif isinstance(cell, date):
                sheet.write_datetime(number, column, datetime.combine(cell, time()), self._days)
            elif cell is not None:
                sheet.write_number(number, column, cell, self._numbers)
        self._rows += 1

    def finish(self) -> None:
        whole = 0, 0, self._rows - 1, len(self._layout.columns) - 1
        self._sheet.autofilter(*whole)
        self._sheet.print_area(*whole)
