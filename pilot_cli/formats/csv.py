"""How pilot writes CSV: for Excel, in which a text stays a text."""

import csv
import re
from typing import TYPE_CHECKING, TextIO

from pilot_cli.formats.text import printable_line

if TYPE_CHECKING:
    from _csv import Writer

FORMULA_STARTS = tuple("=+-@＝＋－＠")
_AFTER_SEMICOLON = re.compile(rf";(?=\s*[{re.escape(''.join(FORMULA_STARTS))}])")


def new_rows(out: TextIO) -> "Writer":
    """Begin a file with the byte order mark by which Excel knows that it is UTF-8; return what writes rows."""
    out.write("\ufeff")
    return csv.writer(out)


def cell(text: str | None) -> str:
    """Keep Excel from taking a text for a formula."""
    text = printable_line(text or "")
    if ";" in text:
        # In other countries Excel takes it for the end of a cell.
        text = _AFTER_SEMICOLON.sub(";'", text)
    return f"'{text}" if text.lstrip().startswith(FORMULA_STARTS) else text
