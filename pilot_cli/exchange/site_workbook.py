"""Writes the rows of sites into a ledger, sheet by sheet."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import lru_cache, partial
from math import ceil
from typing import BinaryIO

from rich.cells import cell_len
from xlsxwriter.worksheet import Worksheet

from pilot_cli.exchange.guide import add_help, write_guide
from pilot_cli.exchange.layout import INSPECTED_ITEM, SITE_ID, SITE_NAME, SheetColumn, SheetLayout, sheets
from pilot_cli.exchange.names import TextKind
from pilot_cli.exchange.rows import SheetRow
from pilot_cli.exchange.values import text_kind
from pilot_cli.formats.xlsx import (
    HEADER,
    HEADER_HEIGHT,
    LINE_HEIGHT,
    MARGIN,
    MAX_ROW_HEIGHT,
    PAPER_SIZES,
    PLAIN,
    PRINT_GRIDLINES,
    CellStyle,
    SheetSeries,
    WorkbookWriter,
    forget_height,
)
from pilot_cli.locale import gettext as _
from pilot_cli.site.field import FieldKind
from pilot_cli.site.model import Site

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
WIDTHS = {FieldKind.TEXT: 26, FieldKind.NUMBER: 10, FieldKind.DATE: 12}
WIDTH_OF_WORDS = 14
OTHER_WIDTHS = {
    **dict.fromkeys((SITE_ID, SITE_NAME), 24),
    **dict.fromkeys(("site.city", "site.district", "waivers.rule", INSPECTED_ITEM, "inspections.results.result"), 14),
}
WIDTH_OF_PERSON = 11
ROOM_FOR_ARROW = 4
"""Widths are in characters; the arrow is the one to filter rows by."""
SMALLEST_SCALE = 80
"""How small a page is printed, in per cent: the letters are of 8 points then."""
SIDE_MARGINS = 0.3
"""The margins at the sides of a page, in inches."""
MAX_PRINTED_PIXELS = 1330
"""How wide a sheet can be to have room on a page of A4 across that is printed that small, as Excel counts pixels."""


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
        self._widths = [_width(column) for column in layout.columns]
        self._surely_fit = [(width - MARGIN) // 2 for width in self._widths]
        """So many characters have room in a line of each column, however wide they are."""
        self._names = f"'{sheets()[0].label}'!$A:$B"
        """Where the names of the sites are looked up."""
        self._set_paper()
        header = book.format(HEADER, True)
        for index, (column, width) in enumerate(zip(layout.columns, self._widths, strict=True)):
            self._worksheet.set_column(index, index, width, formats[_cell_kind(column)])
            self._worksheet.write_string(HEADER_ROW, index, column.header, header)
        add_help(self._worksheet, layout, HEADER_ROW)
        self.rows = HEADER_ROW + 1

    def _set_paper(self) -> None:
        """Print all columns beside each other where they can be read then, or else on several pages with the names."""
        self._worksheet.set_landscape()
        self._worksheet.hide_gridlines(PRINT_GRIDLINES)
        self._worksheet.set_footer("&L&A&C&P / &N")
        self._worksheet.repeat_rows(TITLE_ROW, HEADER_ROW)
        self._worksheet.set_paper(PAPER_SIZES["A4"])
        self._worksheet.set_margins(left=SIDE_MARGINS, right=SIDE_MARGINS)
        if sum(width * 7 + 5 for width in self._widths) <= MAX_PRINTED_PIXELS:
            self._worksheet.fit_to_pages(1, 0)
        else:
            self._worksheet.set_print_scale(SMALLEST_SCALE)
            self._worksheet.repeat_columns(0, IDENTITY_COLUMNS - 1)
            self._worksheet.print_across()

    def add(self, row: SheetRow) -> None:
        sheet, number = self._worksheet, self.rows
        lines = 1
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                if len(cell) > self._surely_fit[column] or "\n" in cell:
                    lines = max(lines, _lines(cell, self._widths[column] - MARGIN))
                if column == NAME_COLUMN and self._layout.rows:
                    self._write_name(number, cell)
                else:
                    sheet.write_string(number, column, cell, self._text)
            elif isinstance(cell, date):
                sheet.write_datetime(number, column, datetime.combine(cell, time()), self._date)
            elif cell is not None:
                sheet.write_number(number, column, cell, self._number)
        if lines > 1:
            # LibreOffice does not find out by itself how high a row has to be.
            sheet.set_row(number, min(lines * LINE_HEIGHT, MAX_ROW_HEIGHT))
        if number > HEADER_ROW + 2:
            # Those of the headers say where their comments are.
            forget_height(sheet, number - 2)
        self.rows += 1

    def _write_name(self, row: int, name: str) -> None:
        """Write the name of the site as what its id leads to, so that it follows when that is changed."""
        if _can_be_looked_up(name):
            formula = f"=VLOOKUP(A{row + 1},{self._names},2,FALSE)"
            self._worksheet.write_formula(row, NAME_COLUMN, formula, self._text, name)
        else:
            self._worksheet.write_string(row, NAME_COLUMN, name, self._text)

    def finish(self) -> None:
        """Add the arrows to filter rows by, and say what is to be printed."""
        last = self.rows - 1, len(self._layout.columns) - 1
        self._worksheet.autofilter(HEADER_ROW, 0, *last)
        self._worksheet.print_area(TITLE_ROW, 0, *last)


def _cell_kind(column: SheetColumn) -> FieldKind:
    return FieldKind.TEXT if column.field.is_list else column.field.kind


def _width(column: SheetColumn) -> int:
    """Return how wide a column is, in characters."""
    field = column.field
    if field.is_list:
        width = WIDTHS[FieldKind.TEXT]
    elif field.words:
        width = WIDTH_OF_WORDS
    elif text_kind(field) is TextKind.PERSON and field.within is not Site:
        width = WIDTH_OF_PERSON
    else:
        width = OTHER_WIDTHS.get(column.path, WIDTHS[field.kind])
    return max(width, cell_len(column.header) + ROOM_FOR_ARROW)


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes where so many characters have room; those of Chinese count twice."""
    return sum(max(1, ceil(len(line.encode("gbk", "replace")) / width)) for line in text.split("\n"))


@lru_cache(16)
def _can_be_looked_up(name: str) -> bool:
    """Whether a formula may result in a name; the rows of a site stand one below the other."""
    return len(name) < MAX_LOOKED_UP and bool(_USUAL_NAME.fullmatch(name)) and "_x" not in name
