"""Turns values of the site format into cells of a ledger and back, so that nothing is lost on the way.

Texts, dates and numbers are what they are. Several texts share a cell, joined by 、; as in CSV, one in quotes may hold
that itself. Two quotes are an empty text, since an empty cell says nothing; 无 is a list without entries.
"""

import csv
import re
from collections.abc import Iterable
from datetime import date
from io import StringIO

from pilot_cli.formats.excel_limits import MAX_CELL_UNITS, MAX_DIGITS, MIN_SAFE_DATE, fits_cell
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import Message, message

NOTHING = "无"
"""The cell of a list without entries."""
SEPARATOR = "、"
"""What joins the texts of a list in a cell."""

_SEPARATORS = re.compile(r"[、，；;\r\n]")
_QUOTED_OR_SEPARATORS = re.compile(r'"(?:[^"]|"")*"|\s*[、，；;\r\n][\s、，；;]*')
_ADJACENT_ESCAPES = re.compile("_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
"""Two codes that Excel reads as a character each, though they are text: XlsxWriter protects only the first."""
_FORBIDDEN_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""Control characters other than tabs and line ends, and what is no character in XML."""


class CellError(Exception):
    """A cell cannot hold a value, or a value cannot be read from one; the text says why."""


def text_to_cell(text: str) -> str:
    """Return the cell for a text."""
    return text if text.strip('"') else _quoted([text])


def cell_to_text(cell: str) -> str:
    """Return the text of a cell, which ``text_to_cell`` wrote or somebody who knows nothing of quotes."""
    if cell.strip('"') or len(cell) % 2:
        return cell
    return next(csv.reader([cell]))[0]


def texts_to_cell(texts: Iterable[str]) -> str:
    """Return the cell for a list of texts."""
    texts = list(texts)
    if not texts or all(map(_needs_no_quotes, texts)):
        return SEPARATOR.join(texts) or NOTHING
    return _quoted(texts)


def cell_to_texts(cell: str) -> list[str]:
    """Return the texts of a cell, in which commas, semicolons and line ends may separate them too.

    Raises:
        CellError: a text in quotes does not end, or goes on after the quotes.
    """
    joined = _QUOTED_OR_SEPARATORS.sub(lambda found: found[0] if found[0].startswith('"') else SEPARATOR, cell)
    joined = joined.strip().strip(SEPARATOR)
    if joined in ("", NOTHING):
        return []
    try:
        return next(csv.reader(StringIO(joined, newline=""), delimiter=SEPARATOR, strict=True))
    except csv.Error:
        raise CellError(_("a list in which every quotation mark has its partner")) from None


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


def _needs_no_quotes(text: str) -> bool:
    """Whether a text in a list needs no quotes."""
    return bool(text) and '"' not in text and text == text.strip() != NOTHING and not _SEPARATORS.search(text)


def _quoted(texts: Iterable[str]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="").writerow(texts)
    return out.getvalue()
