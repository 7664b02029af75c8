"""Finds formulas that came to nothing that can be read: python-calamine reads their cells as if they were empty."""

from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from re import fullmatch
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse, parse
from zipfile import BadZipFile, ZipFile

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
MARKS = (b"<f>", b"<f ", b":f>", b":f ")
"""How a formula may begin."""
CHUNK_BYTES = 2**20

Failed = dict[tuple[int, int], str]
"""The error that a formula came to, or nothing where it has not been calculated, by row and column counted from 0."""


def failed_formulas(path: Path, sheet: str) -> Failed:
    """Look through a sheet of an ``.xlsx`` file; of other files nothing can be told."""
    try:
        with ZipFile(path) as archive:
            part = _part(archive, sheet)
            if not _has_formulas(archive, part):
                return {}
            with archive.open(part) as content:
                return dict(_failed(content))
    except (BadZipFile, KeyError, ParseError, StopIteration):
        return {}


def _part(archive: ZipFile, sheet: str) -> str:
    """Find where in the file a sheet is."""
    with archive.open(WORKBOOK) as content:
        entry = next(found for found in parse(content).iter() if _name(found) == "sheet" and found.get("name") == sheet)
    id = next(value for key, value in entry.items() if key.endswith("}id"))
    with archive.open(RELATIONS) as content:
        target = next(found.get("Target", "") for found in parse(content).iter() if found.get("Id") == id)
    return normpath(join("/xl", target)).lstrip("/")


def _has_formulas(archive: ZipFile, part: str) -> bool:
    """Whether there are any: most sheets have none, and this is soon seen."""
    with archive.open(part) as content:
        before = b""
        while chunk := content.read(CHUNK_BYTES):
            if any(mark in before + chunk for mark in MARKS):
                return True
            before = chunk[-len(MARKS[0]) :]
    return False


def _failed(content: IO[bytes]) -> Iterator[tuple[tuple[int, int], str]]:
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
    """Tell what became of a formula that did not come to a value."""
    inside = {_name(element): element.text or "" for element in cell}
    if "f" not in inside:
        return None
    value = inside.get("v", "")
    if cell.get("t") == "e":
        return value
    return "" if not value and cell.get("t") != "str" else None


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
