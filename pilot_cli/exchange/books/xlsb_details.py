"""Finds what is merged and what has failed in binary workbooks, of which python-calamine tells neither.

Their parts are records: a number of one or two bytes, a length of up to four bytes with seven bits each, and content
([MS-XLSB] 2.1.4).
"""

import struct
from collections.abc import Iterator
from pathlib import Path
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


def details(path: Path, sheet: str) -> SheetDetails | None:
    """Return the details of a sheet; None if the file is no such workbook."""
    try:
        with ZipFile(path) as archive:
            if WORKBOOK not in archive.namelist():
                return None
            found = SheetDetails({}, [])
            row = 0
            for kind, content in _records(archive.read(_sheet_part(archive, sheet))):
                if kind == _ROW:
                    (row,) = struct.unpack_from("<I", content)
                elif kind in (_ERROR_CELL, _ERROR_FORMULA):
                    column, code = struct.unpack_from("<I4xB", content)
                    found.failed[row, column] = ERRORS.get(code, "#N/A")
                elif kind == _MERGED:
                    first, last, left, right = struct.unpack_from("<4I", content)
                    found.merges.append(CellRange(first, left, last, right))
            return found
    except (BadZipFile, KeyError, ParseError, struct.error, IndexError, UnicodeDecodeError):
        return SheetDetails({}, [])


def _sheet_part(archive: ZipFile, sheet: str) -> str:
    """Return the path of a sheet in the archive."""
    for kind, content in _records(archive.read(WORKBOOK)):
        if kind == _SHEET:
            (length,) = struct.unpack_from("<I", content, 8)
            end = 12 + 2 * length
            (name_length,) = struct.unpack_from("<I", content, end)
            if content[end + 4 : end + 4 + 2 * name_length].decode("utf-16-le") == sheet:
                return _target(archive, content[12:end].decode("utf-16-le"))
    raise KeyError(sheet)


def _target(archive: ZipFile, id: str) -> str:
    with archive.open(RELATIONSHIPS) as content:
        target = next((found.get("Target", "") for found in parse(content).iter() if found.get("Id") == id), "")
    return normpath(join("/xl", target)).lstrip("/")


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
