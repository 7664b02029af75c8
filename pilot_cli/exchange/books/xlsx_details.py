"""Finds error values and formulas without a result in ``.xlsx`` files, whose cells python-calamine reads as empty."""

from collections.abc import Iterator
from contextlib import suppress
from posixpath import join, normpath
from re import fullmatch
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse, parse
from zipfile import BadZipFile, ZipFile

from pilot_cli.exchange.books.details import FailedCells

WORKBOOK = "xl/workbook.xml"
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
MARKS = (
    *(b't="e"', b"t='e'"),
    *(b"</f></", b"</f><v/>", b"</f><v></v>", b"</f>\n", b"</f>\r", b"</f> ", b"/></c>", b":f>", b":f "),
)
"""What the XML of a sheet has where there is an error value, or where there may be a formula without a result."""
CHUNK_BYTES = 2**20
"""How much of a sheet is searched at a time."""


class XlsxBook:
    """A workbook, whose sheets are looked at one by one."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._parts: dict[str, str] = {}
        """The paths of the sheets in the archive, by name."""
        with suppress(BadZipFile, KeyError, ParseError, StopIteration):
            self._parts = dict(_sheet_parts(archive))

    def failed_cells(self, sheet: str) -> FailedCells:
        """Return the cells of a sheet whose value is an error, or whose formula was never calculated."""
        try:
            part = self._parts[sheet]
            if not _has_marks(self._archive, part):
                return {}
            with self._archive.open(part) as content:
                return dict(_failures(content))
        except (BadZipFile, KeyError, ParseError):
            return {}


def _sheet_parts(archive: ZipFile) -> Iterator[tuple[str, str]]:
    with archive.open(RELATIONSHIPS) as content:
        targets = {found.get("Id"): found.get("Target", "") for found in parse(content).iter()}
    with archive.open(WORKBOOK) as content:
        for entry in parse(content).iter():
            if _name(entry) == "sheet":
                id = next(value for key, value in entry.items() if key.endswith("}id"))
                yield entry.get("name", ""), normpath(join("/xl", targets[id])).lstrip("/")


def _has_marks(archive: ZipFile, part: str) -> bool:
    """Whether a sheet has anything to look for: most have none, and this is quicker than parsing it."""
    with archive.open(part) as content:
        overlap = b""
        while chunk := content.read(CHUNK_BYTES):
            if any(mark in overlap + chunk for mark in MARKS):
                return True
            overlap = chunk[-max(map(len, MARKS)) :]
    return False


def _failures(content: IO[bytes]) -> Iterator[tuple[tuple[int, int], str]]:
    from xlsxwriter.utility import xl_cell_to_rowcol

    for _event, element in iterparse(content):
        if _name(element) == "row":
            for cell in element:
                failure = _failure(cell)
                reference = cell.get("r", "")
                if failure is not None and fullmatch("[A-Z]{1,3}[0-9]{1,7}", reference):
                    yield xl_cell_to_rowcol(reference), failure
            element.clear()


def _failure(cell: Element) -> str | None:
    """Return the error of a cell, an empty text if its formula was never calculated, or None if all is well."""
    inside = {_name(element): element.text or "" for element in cell}
    value = inside.get("v", "")
    if cell.get("t") == "e":
        return value or "#N/A"
    if "f" not in inside:
        return None
    return "" if not value and cell.get("t") != "str" else None


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
