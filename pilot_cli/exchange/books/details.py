"""What is to be known of a sheet besides the values of its cells."""

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
