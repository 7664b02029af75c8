"""Finds what is merged and what has failed in OpenDocument spreadsheets, neither of which python-calamine reports."""

from contextlib import suppress
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import BadZipFile, ZipFile

from pilot_cli.exchange.books.details import CellRange, FailedCells, SheetDetails

CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
MAX_REPEATED = 16_384
"""So often a cell or row with something in it is looked at, however often the file says that it is repeated."""


class OdsBook:
    """A spreadsheet, all of whose sheets stand in one part, which is looked at once."""

    def __init__(self, archive: ZipFile) -> None:
        self._found: dict[str, SheetDetails] = {}
        with suppress(BadZipFile, ParseError), archive.open(CONTENT) as content:
            self._look_through(content)

    def details(self, sheet: str) -> SheetDetails:
        """Return the details of a sheet."""
        return self._found.get(sheet) or SheetDetails({}, [])

    def _look_through(self, content: IO[bytes]) -> None:
        found, row = SheetDetails({}, []), 0
        for event, element in iterparse(content, ("start", "end")):
            if event == "start" and element.tag == f"{_TABLE}table":
                found, row = self._found.setdefault(element.get(f"{_TABLE}name", ""), SheetDetails({}, [])), 0
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                times = _number(element, "number-rows-repeated")
                for number in range(row, row + min(times, MAX_REPEATED)):
                    _look_at(element, number, found)
                row += times
                element.clear()


def _look_at(cells: Element, row: int, found: SheetDetails) -> None:
    column = 0
    for cell in cells:
        times = _number(cell, "number-columns-repeated")
        rows, columns = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if rows > 1 or columns > 1:
            found.merges.append(CellRange(row, column, row + rows - 1, column + columns - 1))
        failure = _failure(cell)
        if failure is not None:
            _add(found.failed, failure, row, range(column, column + min(times, MAX_REPEATED)))
        column += times


def _add(failed: FailedCells, failure: str, row: int, columns: range) -> None:
    for column in columns:
        failed[row, column] = failure


def _failure(cell: Element) -> str | None:
    """Return the error of a cell, an empty text if its formula was never calculated, or None if all is well."""
    text = "".join(cell.itertext())
    if cell.get(f"{_CALC}value-type") == "error":
        return text or "#N/A"
    has_formula = cell.get(f"{_TABLE}formula") is not None
    if has_formula and text.startswith("#") and cell.get(f"{_OFFICE}value-type") != "string":
        return text
    return "" if has_formula and cell.get(f"{_OFFICE}value-type") is None else None


def _number(element: Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isdecimal() and len(text) <= 9 else 1
