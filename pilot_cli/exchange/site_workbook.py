"""Writes the rows of sites into a ledger, sheet by sheet."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import partial
from typing import BinaryIO

from rich.cells import cell_len
from xlsxwriter.worksheet import Worksheet

from pilot_cli.exchange.guide import add_help, write_guide
from pilot_cli.exchange.layout import SheetLayout, sheets
from pilot_cli.exchange.rows import SheetRow
from pilot_cli.formats.xlsx import (
    HEADER,
    HEADER_HEIGHT,
    PAPER_SIZES,
    PLAIN,
    PRINT_GRIDLINES,
    CellStyle,
    SheetSeries,
    WorkbookWriter,
)
from pilot_cli.locale import gettext as _
from pilot_cli.site.field import FieldKind

CREATION_DATE = date(1980, 1, 1)
"""The same sites make the same file, whenever it is made."""
TITLE_ROW, HEADER_ROW = range(2)
"""The first rows of a sheet; below them are the sites, or what is listed of them."""
IDENTITY_COLUMNS = 2
"""The id and the name of the site: they stay in view."""
NAME_COLUMN = 1
TITLE = PLAIN._replace(bold=True, size=14, wraps=False, indent=0)
TITLE_HEIGHT = 26
MAX_LOOKED_UP = 256
"""Longer names are not looked up: Excel refuses longer results of formulas in some places."""
_USUAL_NAME = re.compile(r"[\w·（）()、，。—-]*[\u4e00-\u9fff][\w·（）()、，。—-]*")
"""A name that a formula may result in: not one that looks like a number, an error or a code."""
NUMBER_FORMATS = {FieldKind.TEXT: "@", FieldKind.NUMBER: "General", FieldKind.DATE: "yyyy-mm-dd"}
WIDTHS = {FieldKind.TEXT: 26, FieldKind.NUMBER: 10, FieldKind.DATE: 13}
WIDTH_OF_WORDS = 14
ROOM_FOR_ARROW = 4
"""Widths are in characters; the arrow is the one to filter rows by."""


@contextmanager
def open_site_workbook(out: BinaryIO, style: CellStyle = PLAIN) -> Iterator[Callable[[Iterable[list[SheetRow]]], None]]:
    """Begin a ledger, and yield what writes the rows of a site, which do not stay in memory.

    Unless something goes wrong, the ledger is written in the end; nothing else is left behind.

    Raises:
        OSError: it cannot be written.
    """
    with WorkbookWriter(out, _("Ledger of pilot sites"), CREATION_DATE) as book:
        tables = [SheetSeries(layout.label, partial(_Sheet, book, layout, style)) for layout in sheets()]

        def write_site(rows: Iterable[list[SheetRow]]) -> None:
            for table, entries in zip(tables, rows, strict=True):
                for row in entries:
                    table.current().add(row)

        yield write_site
        for table in tables:
            for sheet in table.sheets:
                sheet.finish()
        write_guide(book)


class _Sheet:
    """A sheet of a ledger, in which each column has its width and format."""

    def __init__(self, book: WorkbookWriter, layout: SheetLayout, style: CellStyle, name: str) -> None:
        self._layout = layout
        formats = {
            kind: book.format(style._replace(number_format=number_format), kind is FieldKind.TEXT)
            for kind, number_format in NUMBER_FORMATS.items()
        }
        self._text, self._number, self._date = formats.values()
        self._worksheet: Worksheet = book.workbook.add_worksheet(name)
        self._worksheet.freeze_panes(HEADER_ROW + 1, IDENTITY_COLUMNS)
        self._worksheet.set_row(TITLE_ROW, TITLE_HEIGHT)
        title = _("Ledger of pilot sites: {sheet}").format(sheet=name)
        self._worksheet.write_string(TITLE_ROW, 0, title, book.format(TITLE, True))
        self._worksheet.set_row(HEADER_ROW, HEADER_HEIGHT)
        self._set_paper()
        header = book.format(HEADER, True)
        for index, column in enumerate(layout.columns):
            kind = FieldKind.TEXT if column.field.is_list else column.field.kind
            width = WIDTH_OF_WORDS if column.field.words and not column.field.is_list else WIDTHS[kind]
            width = max(width, cell_len(column.header) + ROOM_FOR_ARROW)
            self._worksheet.set_column(index, index, width, formats[kind])
            self._worksheet.write_string(HEADER_ROW, index, column.header, header)
        add_help(self._worksheet, layout, HEADER_ROW)
        self.rows = HEADER_ROW + 1

    def _set_paper(self) -> None:
        """Print all columns on a page, of A4 for a list, and of A3 for the many columns of the sites."""
        self._worksheet.set_landscape()
        self._worksheet.hide_gridlines(PRINT_GRIDLINES)
        self._worksheet.set_footer("&L&A&C&P / &N")
        self._worksheet.repeat_rows(TITLE_ROW, HEADER_ROW)
        self._worksheet.set_paper(PAPER_SIZES["A4" if self._layout.rows else "A3"])
        self._worksheet.fit_to_pages(1, 0)

    def add(self, row: SheetRow) -> None:
        sheet, number = self._worksheet, self.rows
        for column, cell in enumerate(row):
            if column == NAME_COLUMN and self._layout.rows and isinstance(cell, str):
                self._write_name(number, cell)
            elif isinstance(cell, str):
                sheet.write_string(number, column, cell, self._text)
            elif isinstance(cell, date):
                sheet.write_datetime(number, column, datetime.combine(cell, time()), self._date)
            elif cell is not None:
                sheet.write_number(number, column, cell, self._number)
        self.rows += 1

    def _write_name(self, row: int, name: str) -> None:
        """Write the name of the site as what its id leads to, so that it follows when that is changed."""
        if len(name) < MAX_LOOKED_UP and _USUAL_NAME.fullmatch(name) and "_x" not in name:
            formula = f"=VLOOKUP(A{row + 1},'{sheets()[0].label}'!$A:$B,2,FALSE)"
            self._worksheet.write_formula(row, NAME_COLUMN, formula, self._text, name)
        else:
            self._worksheet.write_string(row, NAME_COLUMN, name, self._text)

    def finish(self) -> None:
        """Add the arrows to filter rows by, and say what is to be printed."""
        last = self.rows - 1, len(self._layout.columns) - 1
        self._worksheet.autofilter(HEADER_ROW, 0, *last)
        self._worksheet.print_area(TITLE_ROW, 0, *last)
