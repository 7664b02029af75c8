"""Reads dates as people write them into ledgers."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import isfinite

from pilot_cli.exchange.books.details import FailedCell, ReadCell
from pilot_cli.exchange.cell_error import CellError, Mistake
from pilot_cli.exchange.marks import meaning
from pilot_cli.exchange.numbers import parse_chinese_number
from pilot_cli.locale.message import Message, message
from pilot_cli.site.dates import is_dash, parse_date
from pilot_cli.site.mistakes.validation_messages import describe_value
from pilot_cli.site.texts import is_invisible, nfkc

DAY_ZERO = date(1899, 12, 30)
"""The day from which Excel counts, for dates from March 1900 on."""
DATE_SERIALS = range(18_264, 73_051)
"""The days of 1950 to 2099 as Excel counts them; other numbers, such as 2020 or 1123, are meant as something else."""
ADVICE = message("type a day, such as {example}", example="2020-11-23")

_TIME = re.compile(r"(?<=[\d日号])(?:T|(?<=日)|(?<=号)|\s+)(?:[上下]午)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?Z?$")
"""A time behind a date."""
_WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?$")
_SHORT_YEAR = re.compile(r"(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
_CHINESE = re.compile(
    r"([〇零○一二三四五六七八九]{2,4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?"
)
_MONTH = re.compile(r"(?:\d{2}|\d{4})年\d{1,2}月?|\d{4}[-/.]\d{1,2}|(?:19|20)\d{2}(?:0[1-9]|1[0-2])")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_RANGE = re.compile(r"\d[日号]?(?:至|到|~|—+|--+)\d")


def read_date(cell: ReadCell) -> date | None:
    """Return the day that a cell means, or None if it says nothing; a time of day does not count.

    Raises:
        CellError: it means none.
    """
    match cell:
        case datetime():
            return cell.date()
        case bool() | time() | timedelta() | FailedCell():
            raise _no_date(cell)
        case date():
            return cell
        case str():
            return None if meaning(cell) is None else _read_text(cell)
    day = _from_number(cell)
    if day is None:
        raise _no_date(int(cell) if isfinite(cell) and cell == int(cell) else cell)
    return day


def has_time(cell: ReadCell) -> bool:
    """Whether a cell with a date has a time of day too, other than midnight."""
    match cell:
        case datetime():
            return cell.time() != time()
        case str():
            return _split(cell)[1]
        case float():
            return isfinite(cell) and int(cell) in DATE_SERIALS and cell != int(cell)
    return False


@lru_cache(10_000)
def _split(cell: str) -> tuple[str, bool]:
    """Return a text without a weekday and a time behind a date, and whether that time is other than midnight."""
    seen = "".join(letter for letter in nfkc(cell) if not is_invisible(letter))
    text = _WEEKDAY.sub("", seen.strip()).rstrip()
    clock = _TIME.search(text)
    if clock is None:
        return text, False
    return text[: clock.start()], any(int(part) for part in clock.groups() if part)


@lru_cache(10_000)
def _read_text(cell: str) -> date:
    text = "".join("-" if is_dash(letter) else letter for letter in _split(cell)[0] if not letter.isspace())
    day = _from_digits(text) or _from_words(text)
    if day is None:
        raise _no_date_text(cell, text)
    return day


def _from_digits(text: str) -> date | None:
    if text.isascii() and text.isdecimal() and len(text) <= len("20201123"):
        return _from_number(int(text))
    day = parse_date(text)
    return day if isinstance(day, date) else None


def _from_words(text: str) -> date | None:
    """Read a date with a year of two digits, or one in Chinese."""
    if short := _SHORT_YEAR.fullmatch(text):
        year, month, day = map(int, short.groups())
        return _day(2000 + year, month, day)
    if chinese := _CHINESE.fullmatch(text):
        year, month, day = (parse_chinese_number(part) or 0 for part in chinese.groups())
        return _day(year if len(chinese[1]) == 4 else 2000 + year, month, day)
    return None


def _from_number(number: float) -> date | None:
    """Return the day that a number stands for as Excel counts days, or as it is written: 20201123."""
    if not isfinite(number):
        return None
    day = int(number)
    if day in DATE_SERIALS:
        return DAY_ZERO + timedelta(day)
    return _day(day // 10000, day // 100 % 100, day % 100) if number == day and day > 0 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1000 <= year <= date.max.year else None
    except ValueError:
        return None


def _no_date_text(cell: str, text: str) -> CellError:
    if _MONTH.fullmatch(text):
        problem = message("{given} has no day", given=describe_value(cell))
        return CellError(Mistake.NO_DATE, problem, message("add the day, such as {example}", example="2020-11-23"))
    if _YEAR.fullmatch(text):
        problem = message("{given} has no month and no day", given=describe_value(cell))
        return CellError(Mistake.NO_DATE, problem, ADVICE)
    if _RANGE.search(text):
        problem = message("{given} is no single day", given=describe_value(cell))
        return CellError(
            Mistake.NO_DATE, problem, message("type one day only, such as {example}", example="2020-11-23")
        )
    return _no_date(cell)


def _no_date(cell: ReadCell) -> CellError:
    problem: Message = message("{given} is not {expected}", given=describe_value(cell), expected=message("a date"))
    return CellError(Mistake.NO_DATE, problem, ADVICE)
