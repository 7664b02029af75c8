"""The rows of a ledger, and where their cells stand."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pilot_cli.exchange.books.details import ReadCell
from pilot_cli.exchange.cell_error import CellError, Mistake
from pilot_cli.exchange.column_finder import NamedColumn
from pilot_cli.exchange.layout import SITE_ID, SITE_NAME, SheetColumn, SheetLayout
from pilot_cli.exchange.values import ReadValue, reader
from pilot_cli.locale.message import Message
from pilot_cli.site.field import FieldKind


class CellPlace(NamedTuple):
    """The place of a cell; places sort in the order of reading."""

    book: int
    """How many books were read before its own."""
    sheet_number: int
    """How many sheets of the book were read before its own."""
    sheet: str
    row: int
    column: int
    """Row and column are counted from 0."""


class CellMessage(NamedTuple):
    """What is wrong with a cell, and what to type there."""

    place: CellPlace
    mistake: Mistake
    header: str
    """What its column is called in the book; empty where the cell belongs to none."""
    value: str
    """What stands in it."""
    problem: Message | str
    advice: Message | str


class ReadColumn(NamedTuple):
    """How the cells of a column are read, and which key of a site file they belong to."""

    position: int
    """Where they stand in a row, counted from 0."""
    path: str
    table: str
    key: str
    """The path of the field, and its two parts: the table and the key in it."""
    read: ReadValue
    is_part: bool
    """Whether the column is for one word of a list."""
    is_date: bool


class LedgerTable:
    """A table of a ledger that rows are read from."""

    def __init__(
        self, layout: SheetLayout, place: CellPlace, columns: Mapping[int, NamedColumn], headers: Mapping[int, str]
    ) -> None:
        self.layout = layout
        self._first = place
        self._headers = headers
        """What is written above each column."""
        self._columns = columns
        self.positions: dict[str, int] = {}
        for position, named in columns.items():
            self.positions.setdefault(named.column.path, position)
        self.columns = [_read_column(position, columns[position]) for position in self._in_order(layout)]
        """The columns but those that say which site a row belongs to, in the order of the site format."""

    def place(self, row: int, position: int) -> CellPlace:
        """Return the place of a cell."""
        return self._first._replace(row=row, column=self._first.column + position)

    def header(self, position: int) -> str:
        """Return what a column is called in the ledger."""
        return self._headers[position]

    def _in_order(self, layout: SheetLayout) -> list[int]:
        order = {column.path: number for number, column in enumerate(layout.columns)}
        identity = (SITE_ID,) if layout.rows is None else (SITE_ID, SITE_NAME)
        found = [place for place, named in self._columns.items() if named.column.path not in identity]
        return sorted(found, key=lambda place: (order[self._columns[place].column.path], place))


class FormTable(LedgerTable):
    """A form: the values of a site stand beside or below their labels."""

    def __init__(
        self,
        layout: SheetLayout,
        place: CellPlace,
        columns: Mapping[int, NamedColumn],
        labels: Mapping[int, str],
        cells: Sequence[tuple[int, int]],
    ) -> None:
        super().__init__(layout, place, columns, labels)
        self._cells = cells
        """The row and column of each value."""

    def place(self, row: int, position: int) -> CellPlace:
        """Return the place of a value; a form has but one row."""
        row, column = self._cells[position]
        return self._first._replace(row=row, column=self._first.column + column)


class LedgerRow(NamedTuple):
    """A row of a ledger."""

    table: LedgerTable
    row: int
    cells: list[ReadCell]

    def cell(self, path: str) -> ReadCell:
        """Return the cell of a field, or an empty one where there is no such column."""
        position = self.table.positions.get(path)
        return "" if position is None else self.cells[position]

    def message_at(self, path: str, mistake: Mistake, problem: Message | str, advice: Message | str) -> CellMessage:
        """Make a message about the cell of a field, or about what says which site it is if there is no such column."""
        positions = self.table.positions
        position = next(positions[each] for each in (path, SITE_ID, SITE_NAME) if each in positions)
        return self.message_in(position, CellError(mistake, problem, advice))

    def message_in(self, position: int, error: CellError) -> CellMessage:
        """Make a message about a cell."""
        value = str(self.cells[position])
        place, header = self.table.place(self.row, position), self.table.header(position)
        return CellMessage(place, error.mistake, header, value, error.problem, error.advice)


def _read_column(position: int, named: NamedColumn) -> ReadColumn:
    column: SheetColumn = named.column
    table, _dot, key = column.path.rpartition(".")
    is_date = column.field.kind is FieldKind.DATE
    read = reader(column.field, named.word)
    return ReadColumn(position, column.path, table, key, read, named.word is not None, is_date)
