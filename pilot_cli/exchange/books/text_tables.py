"""Reads tables in text files: CSV as Excel and WPS save it, in UTF-8, UTF-16 or the encoding of Chinese Windows."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SEPARATORS = ",\t;，"
"""What may stand between two cells."""
MAX_FIELD = 10**6
"""The most characters of a cell."""


class WebPageError(Exception):
    """The text is HTML or XML."""


class TextTable(NamedTuple):
    """A table in a text file."""

    name: str
    """The name of the file, without its suffix."""
    rows: Iterator[list[str]]
    """All as wide as the widest."""


def read_text_table(path: Path) -> TextTable | None:
    """Return the table in a file, or None if it is no text.

    Raises:
        WebPageError: it is HTML or XML.
    """
    text = _decode(path.read_bytes())
    if text is None:
        return None
    if text.lstrip()[:1] == "<":
        raise WebPageError
    lines = text.splitlines(keepends=True)
    first = next((line for line in lines if line.strip()), "")
    separator = max(SEPARATORS, key=lambda sign: max((line.count(sign) for line in lines[:20]), default=0))
    if first.lower().startswith("sep="):
        separator, lines = first[4:5], lines[lines.index(first) + 1 :]
    csv.field_size_limit(MAX_FIELD)
    rows = list(csv.reader(lines, delimiter=separator))
    width = max(map(len, rows), default=0)
    return TextTable(path.stem, iter([row + [""] * (width - len(row)) for row in rows]))


def _decode(content: bytes) -> str | None:
    """Decode a text, or return None if it is none."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in content:
        return None
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
