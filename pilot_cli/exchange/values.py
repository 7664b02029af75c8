"""What a cell means as a value of the site format, however people have written it."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from math import isfinite
from typing import Any
from unicodedata import normalize

from pilot_cli.exchange.cells import NOTHING, CellError, cell_to_text, cell_to_texts
from pilot_cli.exchange.workbook_reader import ReadCell
from pilot_cli.formats.excel_limits import MAX_DIGITS
from pilot_cli.locale import gettext as _
from pilot_cli.site.answer import parse_number
from pilot_cli.site.dates import parse_date
from pilot_cli.site.field import Field, FieldKind
from pilot_cli.site.value_types import MAX_INTEGER

TomlValue = Any
"""A value as TOML has it. A cell that cannot be understood stays as it is, and the site format refuses it."""

DAY_ZERO = date(1899, 12, 30)
"""The day from which Excel counts, for dates from March 1900 on."""
DATE_SERIALS = range(18_264, 73_051)
"""The days of 1950 to 2099 as Excel counts them; other numbers, such as 2020 or 1123, are meant as something else."""
_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
"""A time after a date, which is ignored."""
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_BETWEEN_WORDS = re.compile(r"[、，,；;/\s]+")


@cache
def reader(field: Field) -> Callable[[ReadCell], TomlValue]:
    """Return the function that reads the cells of a column that are not empty.

    It raises ``CellError`` for a list whose quotes do not match, and for a number whose last digits Excel has dropped.
    """
    if field.is_list:
        return _read_words if field.words else lambda cell: cell_to_texts(_as_text(cell))
    if field.words:
        return read_id
    readers: dict[FieldKind, Callable[[ReadCell], TomlValue]] = {
        FieldKind.TEXT: lambda cell: cell_to_text(_as_text(cell)),
        FieldKind.NUMBER: _read_number,
        FieldKind.DATE: _read_date,
    }
    return readers[field.kind]


def read_id(cell: ReadCell) -> str:
    """Read an id, or a word of a closed list, without the spaces around it.

    Raises:
        CellError: it is a number whose last digits Excel has dropped.
    """
    return _as_text(cell).strip()


def _as_text(cell: ReadCell) -> str:
    """Return a cell as text, also one that Excel took for a number, a date or a truth value."""
    if isinstance(cell, float) and abs(cell) >= 10**MAX_DIGITS:
        # Perhaps the number of an identity card, whose last digits are gone.
        raise CellError(_("a text; Excel keeps only {most} digits of a number").format(most=MAX_DIGITS))
    match cell:
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.isoformat(" ", "minutes")
        case time():
            return cell.isoformat("minutes")
        case _:
            return str(cell)


def _read_words(cell: ReadCell) -> list[str]:
    text = _as_text(cell).strip()
    return [] if text == NOTHING else [word for word in _BETWEEN_WORDS.split(text) if word]


def _read_number(cell: ReadCell) -> TomlValue:
    number: TomlValue = cell
    if isinstance(cell, str):
        text = normalize("NFKC", cell).strip()
        number = parse_number(text.replace(",", "") if _THOUSANDS.fullmatch(text) else text)
    if isinstance(number, str) or (isinstance(number, int) and abs(number) > MAX_INTEGER):
        return cell
    is_whole = isinstance(number, float) and number.is_integer() and abs(number) <= MAX_INTEGER
    return int(number) if is_whole else number


def _read_date(cell: ReadCell) -> TomlValue:
    match cell:
        case datetime():
            return cell.date()
        case bool() | date() | time() | timedelta():
            return cell
        case str():
            return _read_date_text(cell)
        case _:
            return _date_from_number(cell) or cell


@lru_cache(10_000)
def _read_date_text(cell: str) -> date | str:
    parts = normalize("NFKC", cell).split()
    text = "".join(parts[:-1] if parts and _TIME.fullmatch(parts[-1]) else parts)
    is_number = text.isdecimal() and len(text) <= len("20201123")
    day = _date_from_number(int(text)) if is_number else parse_date(text)
    return day if isinstance(day, date) else cell


def _date_from_number(number: float) -> date | None:
    """Return the day that a number stands for as Excel counts days, or as it is written: 20201123."""
    if not isfinite(number):
        return None
    day = int(number)
    if day in DATE_SERIALS:
        return DAY_ZERO + timedelta(day)
    parsed = parse_date(f"{day // 10000:04}-{day // 100 % 100}-{day % 100}") if number == day else ""
    return parsed if isinstance(parsed, date) else None
