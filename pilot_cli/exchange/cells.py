"""Turns values of the site format into cells of a ledger and back, so that nothing is lost on the way.

Texts, dates and numbers are what they are. Several texts share a cell, joined by 、; 无 is a list without entries. A
text that would be read as something else stands in straight quotes: "无", "甲、乙公司", "" for a text of nothing.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date

from pilot_cli.exchange.cell_error import CellError
from pilot_cli.exchange.left_out import LeftOut, Tally
from pilot_cli.exchange.names import TextKind, split_names
from pilot_cli.formats.excel_limits import MAX_CELL_UNITS, MAX_DIGITS, MIN_SAFE_DATE, fits_cell
from pilot_cli.locale.message import Message, message

NOTHING = "无"
"""The cell of a list without entries."""
SEPARATOR = "、"
"""What joins the texts of a list in a cell."""

_ADJACENT_ESCAPES = re.compile("_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
"""Two codes that Excel reads as a character each, though they are text: XlsxWriter protects only the first."""
_FORBIDDEN_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""Control characters other than tabs and line ends, and what is no character in XML."""


class TextCells:
    """How cells hold the texts of a field: as they are, or in quotes where they would be read as something else."""

    def __init__(self, kind: TextKind) -> None:
        self._kind = kind
        self._read: Callable[[str], str | None] = kind.read

    def read(self, cell: str, _tally: Tally) -> str | None:
        """Return the text of a cell, or None if it says nothing.

        Raises:
            CellError: it is no text that anybody meant.
        """
        inside = unquoted(cell)
        return inside if inside is not None and self._needs_quotes(inside) else self._read(cell)

    def write(self, text: str) -> str:
        """Return the cell for a text."""
        return quoted(text) if self._needs_quotes(text) else text

    def read_list(self, cell: str, tally: Tally) -> list[str] | None:
        """Return the texts of a cell, whatever separates them, or None if it says nothing.

        Raises:
            CellError: a text in quotes does not end or goes on after the quotes, or names cannot be told apart.
        """
        if cell.strip() == NOTHING:
            return []
        parts = [part.strip() for part in split_names(cell, self._kind)]
        texts = [self._read_part(part) for part in parts if part]
        tally[LeftOut.MARK] += texts.count(None)
        found = [text for text in texts if text is not None]
        return found or None

    def write_list(self, texts: Iterable[str]) -> str:
        """Return the cell for a list of texts."""
        texts = list(texts)
        cell = SEPARATOR.join(texts)
        try:
            is_read_as_it_is = bool(texts) and self.read_list(cell, Tally()) == texts
        except CellError:
            is_read_as_it_is = False
        return cell if is_read_as_it_is else SEPARATOR.join(map(quoted, texts)) or NOTHING

    def _read_part(self, part: str) -> str | None:
        inside = unquoted(part)
        return inside if inside is not None else self._read(part)

    def _needs_quotes(self, text: str) -> bool:
        inside = unquoted(text)
        if inside is not None and self._needs_quotes(inside):
            return True
        try:
            return self._read(text) != text
        except CellError:
            return True


def quoted(text: str) -> str:
    """Put a text into straight quotes, those in it doubled, as in CSV."""
    return '"' + text.replace('"', '""') + '"'


def unquoted(cell: str) -> str | None:
    """Return what stands in straight quotes, if all of a cell does."""
    if len(cell) < 2 or cell[0] != '"' or cell[-1] != '"':
        return None
    inside = cell[1:-1]
    return inside.replace('""', '"') if '"' not in inside.replace('""', "") else None


def number_to_cell(number: int | float) -> str | int | float:
    """Return the cell for a number: a text if Excel would round it."""
    return number if float(f"{number:.{MAX_DIGITS}g}") == number else repr(number)


def date_to_cell(day: date) -> str | date:
    """Return the cell for a date: a text if programs disagree on which day it is."""
    return day if day >= MIN_SAFE_DATE else day.isoformat()


def unstorable_reason(text: str) -> Message | None:
    """Say why a cell cannot hold a text, if it cannot."""
    if not text.isprintable() and (found := _FORBIDDEN_CHARACTERS.search(text)):
        return message("it has the control character {character}", character=f"U+{ord(found[0]):04X}")
    if "_x" in text and (found := _ADJACENT_ESCAPES.search(text)):
        return message("it has {text}, which Excel takes for characters", text=found[0])
    if not fits_cell(text):
        return message("it has more than {most} characters", most=MAX_CELL_UNITS)
    return None
