"""Details about the cells of a sheet."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

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


class FailedCell(NamedTuple):
    """What a cell holds whose formula failed or was never calculated, or that has an error value."""

    error: str
    """The error value, such as #N/A; nothing if the formula was never calculated."""

    def __str__(self) -> str:
        return self.error


ReadCell = str | int | float | bool | date | datetime | time | timedelta | FailedCell
"""The value of a cell; that of an empty one is an empty text."""
