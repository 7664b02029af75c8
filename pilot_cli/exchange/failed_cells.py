"""Puts the errors of formulas back into their cells, which python-calamine reads as empty."""

from collections.abc import Iterator

from pilot_cli.exchange.books.details import FailedCell, ReadCell
from pilot_cli.exchange.books.workbook_reader import ReadSheet

NumberedRow = tuple[int, list[ReadCell]]
"""A row with its number in the sheet, counted from 0."""


def numbered_rows(sheet: ReadSheet) -> Iterator[NumberedRow]:
    """Yield the rows of a sheet, with what has failed in cells that seem to be empty."""
    return _with_failed(sheet) if sheet.details.failed else enumerate(sheet.rows)


def _with_failed(sheet: ReadSheet) -> Iterator[NumberedRow]:
    failed: dict[int, dict[int, str]] = {}
    for (row, column), error in sheet.details.failed.items():
        if column >= sheet.first_column:
            failed.setdefault(row, {})[column - sheet.first_column] = error
    width = max((position + 1 for errors in failed.values() for position in errors), default=0)
    for number, cells in enumerate(sheet.rows):
        padded = cells + [""] * (width - len(cells))
        yield number, _put(padded, failed.pop(number, {}))
        width = max(width, len(cells))
    # What stands below all values has failed alone.
    for number in sorted(failed):
        yield number, _put([""] * width, failed[number])


def _put(cells: list[ReadCell], errors: dict[int, str]) -> list[ReadCell]:
    for position, error in errors.items():
        if cells[position] == "":
            cells[position] = FailedCell(error)
    return cells
