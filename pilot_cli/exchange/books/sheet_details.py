"""Finds what python-calamine does not report: merged cells, and formulas that failed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from pilot_cli.exchange.books.details import OLD_FORMAT, CellRange, FailedCells, SheetDetails

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


class BookDetails:
    """Looks at the sheets of a workbook once more, for what is lost in reading their values.

    What it holds on the whole is read once, however many sheets there are.
    """

    def __init__(self, path: Path) -> None:
        self._whole: Callable[[str], SheetDetails] | None = None
        """Tells all of a sheet, where python-calamine does not know what is merged either."""
        self._failed: Callable[[str], FailedCells] = lambda _sheet: {}
        with path.open("rb") as file:
            start = file.read(4)
        if start == OLD_FORMAT:
            from pilot_cli.exchange.books.xls_details import XlsBook

            self._failed = XlsBook(path).failed_cells
        elif start.startswith(b"PK"):
            try:
                self._look_into(ZipFile(path))
            except BadZipFile:
                return

    def _look_into(self, archive: ZipFile) -> None:
        from pilot_cli.exchange.books import ods_details, xlsb_details, xlsx_details

        names = archive.namelist()
        if ods_details.CONTENT in names:
            self._whole = ods_details.OdsBook(archive).details
        elif xlsb_details.WORKBOOK in names:
            self._whole = xlsb_details.XlsbBook(archive).details
        else:
            self._failed = xlsx_details.XlsxBook(archive).failed_cells

    def of(self, sheet: "CalamineSheet") -> SheetDetails:
        """Tell the details of a sheet."""
        if self._whole:
            return self._whole(sheet.name)
        merges = [CellRange(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        return SheetDetails(self._failed(sheet.name), merges)
