"""The limits of Excel, for writing workbooks and for reading them."""

from datetime import date

CellValue = str | int | float | date
"""What a cell holds unless it is empty."""
MAX_ROWS = 1_048_576
"""The most rows that a sheet holds."""
MAX_CELL_UNITS = 32_767
"""The most characters that a cell holds, in UTF-16 units."""
MAX_DIGITS = 15
"""The most digits that Excel keeps of a number."""
MIN_DATE = date(1900, 1, 1)
"""The first day of Excel's calendar."""
MIN_SAFE_DATE = date(1900, 3, 1)
"""The first day that all programs agree on: Excel's calendar has a 29 February 1900, and other calendars do not."""


def fits_cell(text: str) -> bool:
    """Whether a text is short enough for a cell."""
    return 2 * len(text) <= MAX_CELL_UNITS or len(text.encode("utf-16-le")) <= 2 * MAX_CELL_UNITS
