"""Reads dates as people write them: on the command line, in answers and in ledgers."""

import re
from datetime import date
from unicodedata import category

from pilot_cli.site.texts import nfkc

_DATE = re.compile(r"(\d{4})[-/.。年](\d{1,2})[-/.。月](\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})", re.ASCII)


def parse_date(text: str) -> date | str:
    """Return the date that a text means, in one of the usual spellings, or else the text.

    2020-11-23, 2020.1.5, 2020/11/23, 2020年11月23日, 20201123: in any width, with any dash, and with blanks in between.
    """
    plain = "".join("-" if is_dash(character) else character for character in nfkc(text))
    parts = _DATE.fullmatch("".join(plain.split()))
    try:
        return date(*(int(part) for part in parts.groups() if part)) if parts else text
    except ValueError:
        return text


def is_dash(character: str) -> bool:
    """Whether a character is a dash of any length and width, or a minus sign."""
    return category(character) == "Pd" or character == "\u2212"
