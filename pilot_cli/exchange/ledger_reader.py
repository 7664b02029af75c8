"""Reads the rows of a ledger, by site, and finds what is wrong with its sheets."""

from collections.abc import Callable
from itertools import chain, dropwhile, islice
from typing import NamedTuple

from pilot_cli.exchange.cells import CellError
from pilot_cli.exchange.headers import HEADER_SEARCH_ROWS, Headers, find_headers, find_sheet, is_guide
from pilot_cli.exchange.layout import EXAMPLE_PREFIX, SheetColumn, SheetLayout, sheets
from pilot_cli.exchange.values import read_id, reader
from pilot_cli.exchange.workbook_reader import OpenWorkbook, ReadCell, ReadSheet, WorkbookError
from pilot_cli.locale import gettext as _
from pilot_cli.parallel.progress import Progress
from pilot_cli.site.field import FieldKind
from pilot_cli.site.mistakes.validation_messages import describe_value
from pilot_cli.site.model import REQUIRED_FIELDS

SITE_ID = "site.id"
MAX_HEADERLESS = 100
"""The most columns without a header that are named if something stands in them; a sheet can have 16,384."""


class CellPlace(NamedTuple):
    """The place of a cell in a workbook."""

    sheet_number: int
    """How many sheets were read before its own, so that places sort in the order of reading."""
    sheet: str
    row: int
    column: int
    """Row and column are counted from 0."""


class CellMessage(NamedTuple):
    """What is wrong with a cell."""

    place: CellPlace
    text: str


class ReadColumn(NamedTuple):
    """How the cells of a column are read, and which key of a site file they belong to."""

    position: int
    """Where they stand in a row, counted from 0."""
    path: str
    table: str
    key: str
    """The path of the field, and its two parts: the table and the key in it."""
    read: Callable[[ReadCell], object]
    keeps_spaces: bool
    """Whether a cell with nothing but spaces is a value."""


class LedgerSheet:
    """A sheet of a ledger that rows are read from."""

    def __init__(self, number: int, sheet: ReadSheet, layout: SheetLayout, headers: Headers) -> None:
        self.layout = layout
        self.headers = headers
        self.name = sheet.name
        self._number = number
        self._sheet = sheet
        self.positions = {column.path: position for position, column in headers.columns.items()}
        self.width = max(headers.columns) + 1
        """How many cells of a row are needed; no later one belongs to a column of a ledger."""
        self.columns = [
            _read_column(self.positions[column.path], column)
            for column in layout.columns
            if column.path in self.positions and column.path != SITE_ID
        ]
        """The columns but that of the id, in the order of the site format."""

    def failure(self, row: int, position: int) -> str | None:
        """Return the error of a formula in an empty cell, or an empty text if it was never calculated."""
        return self._sheet.failed.get((row, position + self._sheet.first_column)) if self._sheet.failed else None

    def place(self, row: int, position: int) -> CellPlace:
        """Return the place of a cell."""
        return CellPlace(self._number, self._sheet.name, row, position + self._sheet.first_column)


class LedgerRow(NamedTuple):
    """A row of a ledger."""

    source: LedgerSheet
    row: int
    cells: list[ReadCell]

    def message_at(self, path: str, text: str) -> CellMessage:
        """Make a message about the cell of a field or, where the sheet has no such column, about the id."""
        position = self.source.positions.get(path, self.source.positions[SITE_ID])
        column = self.source.headers.columns[position]
        message = _("{header}: {what}").format(header=column.header, what=text)
        return CellMessage(self.source.place(self.row, position), message)


class LedgerReader:
    """Collects the rows of a ledger by site."""

    def __init__(self) -> None:
        self.sites: dict[str, list[LedgerRow]] = {}
        """The rows by id; that of the site itself comes first, if there is one."""
        self.errors: list[CellMessage] = []
        self.ignored: list[str] = []
        """Messages about sheets and columns that are no part of a ledger."""
        self.examples = 0
        """How many rows are examples."""
        self.is_readable = True
        """Whether no sheet lacks a column without which its rows mean little."""

    def read(self, book: OpenWorkbook, progress: Progress, *, is_whole: bool) -> None:
        """Read all rows; ``is_whole`` says that the ledger needs all columns that a site file cannot do without.

        Raises:
            WorkbookError: the workbook cannot be read, or is no ledger.
        """
        layouts = {name: layout for name in book.names if (layout := find_sheet(name))}
        if not layouts:
            wanted, found = (_(", ").join(names) for names in ([layout.label for layout in sheets()], book.names))
            message = _("none of its sheets has the name of one of a ledger ({wanted}), but: {found}")
            raise WorkbookError(message.format(wanted=wanted, found=found))
        self.ignored += [
            _("The sheet “{name}” is not part of a ledger").format(name=name)
            for name in book.names
            if name not in layouts and not is_guide(name)
        ]
        # The sites come first, whatever the order of the sheets.
        names = sorted(layouts, key=lambda name: sheets().index(layouts[name]))
        for number, sheet in enumerate(book.read(names)):
            rows = dropwhile(_is_blank_row, enumerate(sheet.rows))
            searched = list(islice(rows, HEADER_SEARCH_ROWS))
            headers = find_headers(layouts[sheet.name], [cells for _row, cells in searched])
            if headers is None:
                if searched:
                    self._refuse(CellPlace(number, sheet.name, searched[0][0], 0), _("There is no row of headers"))
                continue
            source = LedgerSheet(number, sheet, layouts[sheet.name], headers)
            self._check_columns(source, searched[headers.row][0], is_whole)
            if not self.is_readable:
                continue
            headerless = headers.headerless(MAX_HEADERLESS)
            for row, cells in chain(searched[headers.row + 1 :], rows):
                if headerless:
                    headerless = self._report_headerless(source, headerless, cells)
                # Cells to the right of all known columns need not stay in memory.
                del cells[source.width :]
                self._add(LedgerRow(source, row, cells))
                progress.advance(1)

    def _refuse(self, place: CellPlace, text: str) -> None:
        """Add an error that makes it pointless to read on."""
        self.errors.append(CellMessage(place, text))
        self.is_readable = False

    def _check_columns(self, source: LedgerSheet, row: int, is_whole: bool) -> None:
        """Name unknown columns; refuse a sheet with a missing or repeated one. ``row`` is that of the headers."""
        headers = source.headers
        text = _("The column {header} of the sheet “{name}” is not part of a ledger")
        for header in headers.unknown.values():
            self.ignored.append(text.format(header=describe_value(header), name=source.name))
        for position, column in headers.repeated.items():
            text = _("The column “{header}” appears twice").format(header=column.header)
            self._refuse(source.place(row, position), text)
        required = REQUIRED_FIELDS if source.layout.rows is None and is_whole else (SITE_ID,)
        for column in source.layout.columns:
            if column.path in required and column.path not in source.positions:
                text = _("The column “{header}” is missing").format(header=column.header)
                self._refuse(source.place(row, 0), text)

    def _report_headerless(self, source: LedgerSheet, positions: list[int], cells: list[ReadCell]) -> list[int]:
        """Name the columns without a header in which a row has something; return those that were empty so far."""
        filled = [position for position in positions if not _is_blank(cells[position])]
        for position in filled:
            from xlsxwriter.utility import xl_col_to_name

            text = _("The column {column} of the sheet “{name}” has no header")
            column = xl_col_to_name(source.place(0, position).column)
            self.ignored.append(text.format(column=column, name=source.name))
        return [position for position in positions if position not in filled]

    def _add(self, entry: LedgerRow) -> None:
        """Sort a row to its site, or add an error."""
        try:
            id = read_id(entry.cells[entry.source.positions[SITE_ID]])
        except CellError as error:
            self.errors.append(entry.message_at(SITE_ID, _("it has to be {expected}").format(expected=error)))
            return
        if id.startswith(EXAMPLE_PREFIX):
            self.examples += 1
        elif not id:
            if not all(_is_blank(entry.cells[position]) for position in entry.source.headers.columns):
                text = _("it must not be empty; every row needs one, also where cells are merged")
                self.errors.append(entry.message_at(SITE_ID, text))
        else:
            entries = self.sites.setdefault(id, [])
            if entry.source.layout.rows is None and entries:
                first = entries[0].message_at(SITE_ID, "").place
                text = _("“{id}” is in row {row} of the sheet “{sheet}” already")
                self.errors.append(entry.message_at(SITE_ID, text.format(id=id, row=first.row + 1, sheet=first.sheet)))
            else:
                entries.append(entry)


def _read_column(position: int, column: SheetColumn) -> ReadColumn:
    table, _dot, key = column.path.rpartition(".")
    field = column.field
    keeps_spaces = field.kind is FieldKind.TEXT and not field.words and not field.is_list
    return ReadColumn(position, column.path, table, key, reader(field), keeps_spaces)


def _is_blank_row(row: tuple[int, list[ReadCell]]) -> bool:
    return all(map(_is_blank, row[1]))


def _is_blank(cell: ReadCell) -> bool:
    return isinstance(cell, str) and not cell.strip()
