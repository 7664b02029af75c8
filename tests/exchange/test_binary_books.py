"""Error values and merged cells of binary workbooks (.xlsb), which only Excel writes, are found in their records."""

import struct
import zipfile
from pathlib import Path

import pytest

from pilot_cli.exchange.books.details import CellRange, SheetDetails
from pilot_cli.exchange.books.xlsb_details import XlsbBook

RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>'
)


def record(kind: int, content: bytes) -> bytes:
    """Write a record as [MS-XLSB] 2.1.4 has it: seven bits of a number in each byte, the lowest first."""
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    length = b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return number + length + content


def text(value: str) -> bytes:
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def book(path: Path, *records: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", record(156, struct.pack("<II", 0, 1) + text("rId1") + text("站点")))
        archive.writestr("xl/_rels/workbook.bin.rels", RELATIONSHIPS)
        archive.writestr("xl/worksheets/sheet1.bin", b"".join(records))
    return path


def details_of(path: Path) -> SheetDetails:
    with zipfile.ZipFile(path) as archive:
        return XlsbBook(archive).details("站点")


def test_errors_and_merged_cells_are_found(tmp_path: Path) -> None:
    cells = (
        record(0, struct.pack("<I", 4) + bytes(13)),
        record(3, struct.pack("<IIB", 2, 0, 0x2A)),
        record(6, struct.pack("<II", 3, 0) + text("长" * 100)),
        record(0, struct.pack("<I", 5) + bytes(13)),
        record(11, struct.pack("<IIB", 1, 0, 0x17) + bytes(10)),
        record(176, struct.pack("<4I", 4, 5, 0, 1)),
    )
    details = details_of(book(tmp_path / "a.xlsb", *cells))
    assert details.failed == {(4, 2): "#N/A", (5, 1): "#REF!"}
    assert details.merges == [CellRange(4, 0, 5, 1)]


@pytest.mark.parametrize("content", [b"", b"\xff", record(3, b"\0"), record(0, b"")])
def test_what_is_damaged_has_no_details(content: bytes, tmp_path: Path) -> None:
    details = details_of(book(tmp_path / "a.xlsb", content))
    assert not details.failed and not details.merges


def test_a_book_without_its_list_of_sheets_has_no_details(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsb", "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    assert not details_of(tmp_path / "a.xlsb").failed
