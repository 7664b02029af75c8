"""Finds error values in workbooks of Excel 97 to 2003, whose cells python-calamine reads as empty."""

import os
from pathlib import Path

from pilot_cli.exchange.books.details import FailedCells


def failed_cells(path: Path, sheet: str) -> FailedCells:
    """Return the cells of a sheet that have an error value."""
    import xlrd

    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        book = xlrd.open_workbook(str(path), on_demand=True, logfile=nowhere, ragged_rows=True)
        try:
            read = book.sheet_by_name(sheet)
        except xlrd.XLRDError:
            return {}
        errors = xlrd.error_text_from_code
        return {
            (row, column): errors.get(read.cell_value(row, column), "#N/A")
            for row in range(read.nrows)
            for column, kind in enumerate(read.row_types(row))
            if kind == xlrd.XL_CELL_ERROR
        }
