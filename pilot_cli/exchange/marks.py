"""Tells texts that say something from marks for nothing, and from what Excel shows in place of a value."""

import re

from pilot_cli.exchange.books.details import ReadCell
from pilot_cli.exchange.cell_error import CellError, Mistake, error_value
from pilot_cli.locale.message import message
from pilot_cli.standard.built_in_marks import built_in_placeholders

_KNOWN_ERRORS = (
    *("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!"),
    *("#GETTING_DATA", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!"),
)
_SHORTENED_NUMBER = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{2,}", re.ASCII)
"""How Excel shows a number of many digits, and writes it into a CSV file."""


def meaning(cell: str) -> str | None:
    """Return a text, or None where it is blank or a mark for nothing.

    Raises:
        CellError: it is an error value.
    """
    if cell.startswith("#") and cell.strip().upper() in _KNOWN_ERRORS:
        raise error_value(cell.strip())
    return None if cell in built_in_placeholders() else cell


def says_nothing(cell: ReadCell) -> bool:
    """Whether a cell has nothing but a mark for nothing."""
    return isinstance(cell, str) and cell in built_in_placeholders()


def refuse_shortened(text: str) -> None:
    """Refuse a text that is a number of many digits, as Excel shortens it.

    Raises:
        CellError: it is one.
    """
    if _SHORTENED_NUMBER.fullmatch(text):
        raise digits_lost(text)


def digits_lost(shown: object) -> CellError:
    """Make the error of a number that Excel has shortened."""
    problem = message("Excel has shortened the number {number}", number=shown)
    advice = message("format the column as text, and type the number again")
    return CellError(Mistake.NO_TEXT, problem, advice)
