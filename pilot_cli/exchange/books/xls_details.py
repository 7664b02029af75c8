"""Finds error values in workbooks of Excel 97 to 2003, whose cells python-calamine reads as empty."""

import os
from pathlib import Path

from pilot_cli.exchange.books.details import FailedCells


class XlsBook:
    """A workbook, whose sheets are looked at one by one."""

    def __init__(self, path: Path) -> None:
        import xlrd

        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            self._book = xlrd.open_workbook(str(path), on_demand=True, logfile=nowhere, ragged_rows=True)

    def failed_cells(self, sheet: str) -> FailedCells:
        """Return the cells of a sheet that have an error value."""
        import xlrd

        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            self._book.logfile = nowhere
            try:
                read = self._book.sheet_by_name(sheet)
            except xlrd.XLRDError:
                return {}
            errors = xlrd.error_text_from_code
            failed = {
                (row, column): errors.get(read.cell_value(row, column), "#N/A")
                for row in range(read.nrows)
                for column, kind in enumerate(read.row_types(row))
                if kind == xlrd.XL_CELL_ERROR
            }
            self._book.unload_sheet(sheet)
        return failed
