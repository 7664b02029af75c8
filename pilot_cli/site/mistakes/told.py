"""The explanation of a mistake in a line: what is wrong, what to do, and the line as it should be."""

import re
from enum import Enum
from typing import NamedTuple

import rtoml

from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import Message, message
from pilot_cli.site.mistakes.key_names import known_spelling
from pilot_cli.site.model import Site

MAX_SHOWN_LENGTH = 120
"""A longer line is not written out as it should be."""


class MendKind(Enum):
    """What is put right when something is mended for certain."""

    ENCODING = N_("Saved as UTF-8")
    BYTE_ORDER_MARK = N_("Mark at the beginning of the file removed")
    PUNCTUATION = N_("Full-width punctuation")
    CHARACTER = N_("Invisible or look-alike characters")
    REMARK = N_("Remarks")
    EMPTY = N_("Keys without a value")
    QUOTES = N_("Quotes around text")
    NUMBER = N_("Numbers")
    DATE = N_("Dates")
    KEY = N_("Names of keys and tables")
    WORD = N_("Words of lists")
    PATH = N_("Paths of documents")

    @property
    def label(self) -> str:
        """What it is in the current language."""
        return _(self.value)

    @property
    def is_of_whole_file(self) -> bool:
        """Whether there is no point in counting it."""
        return self in (MendKind.ENCODING, MendKind.BYTE_ORDER_MARK)


class Mend(NamedTuple):
    """A line as it certainly should be, indented and spaced as before; another mistake may still be in it."""

    kind: MendKind
    line: str


class Told(NamedTuple):
    """What is wrong, what to do about it, and where; the row counts from 0, the column from 1."""

    what: Message
    advice: Message
    row: int
    column: int
    mend: Mend | None = None
    """The line as it should be, if that is certain."""


class Report(NamedTuple):
    """What rtoml reports of a text; rows count from 0, columns from 1."""

    error: str
    row: int
    column: int
    lines: list[str]
    """Those of the text; what was told before is taken out of it."""
    original: list[str]
    start: int
    """The row where the statement begins."""
    end: int
    """The row by which it has certainly ended."""
    within: type = Site
    """The model of the file: its keys are those that can be meant."""

    @property
    def line(self) -> str:
        """The line that the report is about."""
        return self.lines[self.row]

    @property
    def is_of_first_line(self) -> bool:
        """Whether the statement begins in the line."""
        return self.start == self.row

    @property
    def key(self) -> str:
        """The key that the statement begins with, in small letters if it is known."""
        key = KEY.match(self.lines[self.start])
        return known_spelling(key[2], self.within) if key else ""

    def table(self) -> str:
        """Return the dotted path of the table that the line stands in, as far as its header can be read."""
        for row in range(self.row - 1, -1, -1):
            header = _HEADER.match(self.original[row])
            if header:
                return header[1].lower()
        return ""


KEY = re.compile(r"(\s*+)([A-Za-z0-9_-]++)[^\S\n]*+=")
"""A key, an equals sign behind it."""
_HEADER = re.compile(r"\s*+[\[［【]{1,2}\s*+([A-Za-z_][A-Za-z_0-9.]*+)\s*+[\]］】]")


def tell_line(
    what: Message, line: str | None, row: int, column: int, advice: Message, kind: MendKind | None = None
) -> Told:
    """Tell the line as it should be, where it can be read and shown, or else some advice.

    With a kind, the line is certain to be right.
    """
    shown = corrected(line) if line else None
    mend = Mend(kind, line) if kind and line is not None else None
    return Told(what, message("Write: {line}", line=shown) if shown else advice, row, column, mend)


def corrected(line: str) -> str | None:
    """Return a line as it should be, if that is a line that can be read and shown."""
    line = line.strip()
    if len(line) > MAX_SHOWN_LENGTH:
        return None
    try:
        rtoml.loads(line)
    except ValueError:
        return None
    return line
