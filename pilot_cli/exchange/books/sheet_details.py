"""Finds out what python-calamine does not tell of a sheet: what is merged, and what has failed."""

from pathlib import Path
from typing import TYPE_CHECKING

from pilot_cli.exchange.books.details import OLD_FORMAT, CellRange, SheetDetails

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


def sheet_details(path: Path, sheet: "CalamineSheet") -> SheetDetails:
    """Look at a sheet once more, for what is lost in reading its values."""
    merges = [CellRange(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    with path.open("rb") as file:
        start = file.read(4)
    if start == OLD_FORMAT:
        from pilot_cli.exchange.books.xls_details import failed_cells

        return SheetDetails(failed_cells(path, sheet.name), merges)
    if not start.startswith(b"PK"):
        return SheetDetails({}, merges)
    from pilot_cli.exchange.books import ods_details, xlsb_details, xlsx_details

    if details := ods_details.details(path, sheet.name):
        return details
    if details := xlsb_details.details(path, sheet.name):
        return details
    return SheetDetails(xlsx_details.failed_cells(path, sheet.name), merges)
