"""What is to be known of a sheet besides the values of its cells: what is merged, and what has failed."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

FailedCells = dict[tuple[int, int], str]
"""The error value of each cell that has one, or an empty text for a formula without a result, by row and column."""
OLD_FORMAT = b"\xd0\xcf\x11\xe0"
"""How files of Excel 97 to 2003 begin, and those of WPS."""


class CellRange(NamedTuple):
    """A rectangle of cells; rows and columns are counted from 0, the last ones included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class SheetDetails(NamedTuple):
    """What python-calamine does not tell of a sheet."""

    failed: FailedCells
    merges: list[CellRange]


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
