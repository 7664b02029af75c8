"""Finds what is merged and what has failed in binary workbooks, neither of which python-calamine reports.

Their parts are records: a number of one or two bytes, a length of up to four bytes with seven bits each, and content
([MS-XLSB] 2.1.4).
"""

import struct
from collections.abc import Iterator
from contextlib import suppress
from posixpath import join, normpath
from xml.etree.ElementTree import ParseError, parse
from zipfile import BadZipFile, ZipFile

from pilot_cli.exchange.books.details import CellRange, SheetDetails

WORKBOOK = "xl/workbook.bin"
RELATIONSHIPS = "xl/_rels/workbook.bin.rels"
_ROW, _ERROR_CELL, _ERROR_FORMULA, _SHEET, _MERGED = 0, 3, 11, 156, 176
"""The numbers of records: BrtRowHdr, BrtCellError, BrtFmlaError, BrtBundleSh, BrtMergeCell."""
ERRORS = {
    **{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"},
    0x2B: "#GETTING_DATA",
}


_DAMAGED = (BadZipFile, KeyError, ParseError, struct.error, IndexError, UnicodeDecodeError)


class XlsbBook:
    """A workbook, whose sheets are looked at one by one."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._parts: dict[str, str] = {}
        """The paths of the sheets in the archive, by name."""
        with suppress(*_DAMAGED):
            self._parts = dict(_sheet_parts(archive))

    def details(self, sheet: str) -> SheetDetails:
        """Return the details of a sheet."""
        try:
            return self._look_at(self._parts[sheet])
        except _DAMAGED:
            return SheetDetails({}, [])

    def _look_at(self, part: str) -> SheetDetails:
        found = SheetDetails({}, [])
        row = 0
        for kind, content in _records(self._archive.read(part)):
            if kind == _ROW:
                (row,) = struct.unpack_from("<I", content)
            elif kind in (_ERROR_CELL, _ERROR_FORMULA):
                column, code = struct.unpack_from("<I4xB", content)
                found.failed[row, column] = ERRORS.get(code, "#N/A")
            elif kind == _MERGED:
                first, last, left, right = struct.unpack_from("<4I", content)
                found.merges.append(CellRange(first, left, last, right))
        return found


def _sheet_parts(archive: ZipFile) -> Iterator[tuple[str, str]]:
    with archive.open(RELATIONSHIPS) as relationships:
        targets = {found.get("Id"): found.get("Target", "") for found in parse(relationships).iter()}
    for kind, content in _records(archive.read(WORKBOOK)):
        if kind == _SHEET:
            (length,) = struct.unpack_from("<I", content, 8)
            end = 12 + 2 * length
            (name_length,) = struct.unpack_from("<I", content, end)
            name = content[end + 4 : end + 4 + 2 * name_length].decode("utf-16-le")
            target = targets.get(content[12:end].decode("utf-16-le"), "")
            yield name, normpath(join("/xl", target)).lstrip("/")


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(part):
        kind = part[place]
        place += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (part[place] & 0x7F) << 7
            place += 1
        length = 0
        for shift in range(0, 28, 7):
            byte = part[place]
            place += 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        yield kind, part[place : place + length]
        place += length
