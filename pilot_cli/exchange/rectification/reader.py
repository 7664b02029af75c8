"""Reads the rows of workbooks that came back; accounts for every cell below a header."""

from collections.abc import Mapping, Sequence
from itertools import chain, dropwhile, islice
from pathlib import Path
from typing import NamedTuple

from pilot_cli.exchange.books.details import ReadCell
from pilot_cli.exchange.books.workbook_reader import ReadSheet, WorkbookError, open_workbook
from pilot_cli.exchange.cell_error import CellError, Mistake
from pilot_cli.exchange.dates import has_time
from pilot_cli.exchange.failed_cells import NumberedRow, numbered_rows
from pilot_cli.exchange.headers import HEADER_SEARCH_ROWS, Headers, find_headers
from pilot_cli.exchange.ledger_row import CellMessage, CellPlace
from pilot_cli.exchange.left_out import LeftOut, Tally
from pilot_cli.exchange.merged_cells import fill_merged
from pilot_cli.exchange.not_taken import TIME_OF_DAY, NotTaken, unknown_column
from pilot_cli.exchange.rectification.columns import (
    CHECK_CODE,
    COLUMNS_BY_KEY,
    LedgerColumnFinder,
    NamedLedgerColumn,
)
from pilot_cli.exchange.row_kinds import is_blank, kind_below_headers, row_kind
from pilot_cli.exchange.tables import is_help
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import Message, message

MIN_COLUMNS = 3
"""The fewest columns by which a sheet is known for the ledger, or part of it."""


class FilledRow(NamedTuple):
    """A row that somebody may have filled in."""

    place: CellPlace
    """That of its first cell."""
    positions: Mapping[str, int]
    """Where each column stands in a row, by key."""
    cells: Sequence[ReadCell]

    def cell(self, key: str) -> ReadCell:
        """Return the cell of a column; an empty one where there is no such column."""
        return self.cells[self.positions[key]] if key in self.positions else ""

    def place_of(self, key: str) -> CellPlace:
        """Return the place of a cell, or that of the number where there is no such column."""
        position = self.positions.get(key, self.positions["number"])
        return self.place._replace(column=self.place.column + position)

    def wrong(self, key: str, error: CellError) -> CellMessage:
        """Say what is wrong with a cell."""
        title = COLUMNS_BY_KEY[key].title if key in COLUMNS_BY_KEY else CHECK_CODE
        value = str(self.cell(key))
        return CellMessage(self.place_of(key), error.mistake, _(title), value, error.problem, error.advice)


class Filled(NamedTuple):
    """What was read from workbooks."""

    rows: list[FilledRow]
    errors: list[CellMessage]
    ignored: list[Message]
    """What is said of sheets that are no part of the ledger."""
    not_taken: list[NotTaken]
    """The cells in sheets of the ledger that hold what is not taken."""
    tally: Tally


class UnreadableBookError(Exception):
    """A workbook cannot be read, or is no ledger of rectification; the text says why."""

    def __init__(self, book: Path, why: object) -> None:
        super().__init__(why)
        self.book = book


def read_books(books: Sequence[Path]) -> Filled:
    """Read all rows of all sheets that belong to the ledger.

    Raises:
        UnreadableBookError: one of the books cannot be read, or has no such sheet.
    """
    filled = Filled([], [], [], [], Tally())
    for number, path in enumerate(books):
        try:
            with open_workbook(path) as book:
                sheets = [
                    _read_sheet(sheet, CellPlace(number, place, sheet.name, 0, sheet.first_column), filled)
                    for place, sheet in enumerate(book.read())
                    if not is_help(sheet.name)
                ]
        except WorkbookError as error:
            raise UnreadableBookError(path, error) from error
        if not any(sheets):
            text = message("no sheet has the headers of a ledger of rectification; pilot ledger export writes one")
            raise UnreadableBookError(path, text)
    return filled


def _read_sheet(sheet: ReadSheet, place: CellPlace, filled: Filled) -> bool:
    """Read a sheet; return whether it belongs to the ledger."""
    rows = dropwhile(lambda row: all(map(is_blank, row[1])), numbered_rows(sheet))
    searched = list(islice(rows, HEADER_SEARCH_ROWS))
    if not searched:
        return False
    shift = -sheet.first_column
    merges = [
        area._replace(first_column=area.first_column + shift, last_column=area.last_column + shift)
        for area in sheet.details.merges
    ]
    first_row = searched[0][0]
    headers = find_headers(LedgerColumnFinder(), [cells for _row, cells in searched], first_row, merges)
    positions = {named.column: where for where, named in headers.columns.items()} if headers else {}
    if headers is None or "number" not in positions or headers.known < MIN_COLUMNS:
        filled.ignored.append(message("The sheet “{name}” is not part of a ledger", name=sheet.name))
        return False
    header_row = searched[headers.row][0]
    if _refuse_columns(headers, positions, place._replace(row=header_row), filled.errors):
        return True
    below: chain[NumberedRow] = chain(searched[headers.row + 1 :], rows)
    known = {*headers.columns, *headers.numbering}
    others = {
        where: unknown_column(place, headers.unknown.get(where), None)
        for where in range(headers.width)
        if where not in known
    }
    times = NotTaken(place, TIME_OF_DAY)
    kind: LeftOut | None = LeftOut.HEADER
    for row, own, cells in fill_merged(below, merges, header_row + 1):
        kind = row_kind(headers, own, positions["number"], kind)
        kind = kind or (kind_below_headers(own) if is_blank(own[positions["number"]]) else None)
        if kind:
            filled.tally[kind] += 1
            continue
        for where, other in others.items():
            if not is_blank(own[where]):
                other.add_unless_mark(own[where], row, place.column + where, filled.tally)
        if "due" in positions and has_time(own[positions["due"]]):
            times.add(row, place.column + positions["due"])
        if any(not is_blank(own[where]) for where in positions.values()):
            filled.rows.append(FilledRow(place._replace(row=row), positions, cells))
    filled.not_taken.extend(other for other in (*others.values(), times) if other.number)
    return True


def _refuse_columns(
    headers: Headers[NamedLedgerColumn], positions: Mapping[str, int], place: CellPlace, errors: list[CellMessage]
) -> bool:
    """Refuse a table with a repeated column, or one without the code by which changes are known."""
    wrong = []
    for where, named in headers.repeated.items():
        header = _(COLUMNS_BY_KEY[named.column].title if named.column in COLUMNS_BY_KEY else CHECK_CODE)
        problem = message("The column “{header}” appears twice", header=header)
        wrong.append((where, problem, message("delete one of the two, or name it differently")))
    if "check" not in positions:
        problem = message("The column “{header}” is missing", header=_(CHECK_CODE))
        advice = message("export the ledger again, and fill in that workbook as it is")
        wrong.append((positions["number"], problem, advice))
    errors += [
        CellMessage(place._replace(column=place.column + where), Mistake.COLUMNS, "", "", problem, advice)
        for where, problem, advice in wrong
    ]
    return bool(wrong)
