"""Fills in workbooks of the ledger as people do, and hands them in."""

from pathlib import Path
from typing import Any

import openpyxl

from tests.commands.books import change_book, saved_by_libreoffice
from tests.commands.ledger.office import BY, ledger
from tests.commands.running import Result

Cells = dict[tuple[str, str], Any]
"""What is typed, by the number of the problem and the header of the column."""


def export(office: Path, name: str, *arguments: str) -> Path:
    """Export the ledger."""
    ledger(office, "export", "-o", name, *arguments)
    return office / name


def fill_in(book: Path, cells: Cells) -> Path:
    """Type into cells, in Excel."""

    def change(opened: Any) -> None:
        sheet = opened.worksheets[0]
        headers = {cell.value: cell.column for cell in sheet[1]}
        rows = {row[1].value: row[1].row for row in sheet.iter_rows(min_row=2)}
        for (number, header), value in cells.items():
            sheet.cell(rows[f"〔2020〕{number}"], headers[header]).value = value

    return change_book(book, change)


def hand_in(office: Path, *books: Path, day: str, status: int = 0, options: tuple[str, ...] = ()) -> Result:
    """Have LibreOffice save the workbooks as people do who have no Excel, and import them."""
    saved = [saved_by_libreoffice(book, "xlsx", office / "saved") for book in books]
    return ledger(office, "import", *saved, "--as-of", day, *BY, *options, status=status)


def address(book: Path, number: str, header: str) -> str:
    """Say where a cell is, as Excel does."""
    sheet = openpyxl.load_workbook(book).worksheets[0]
    column = next(cell.column_letter for cell in sheet[1] if cell.value == header)
    row = next(row[1].row for row in sheet.iter_rows(min_row=2) if row[1].value == f"〔2020〕{number}")
    return f"{sheet.title}!{column}{row}"
