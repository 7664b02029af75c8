"""The spans of time that rules refer to: the months up to a day, a term of years, whole months and quarters.

A month is counted as a number (year × 12 + month), so that no span can run past the ends of the calendar.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date
from enum import StrEnum
from functools import lru_cache


class Period(StrEnum):
    """A calendar period in which something has to happen each time."""

    MONTH = "month"
    QUARTER = "quarter"

    def __init__(self, _name: str) -> None:
        self.months = 1 if self.value == "month" else 3
        """How many months it lasts."""


@lru_cache
def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or earlier when negative; the 29th of February becomes the 28th.

    A day before the first or after the last of the calendar becomes that one.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < MINYEAR:
        return date.min
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_of(day: date, period: Period) -> int:
    """Return the number of the period that holds this day."""
    return (day.year * 12 + day.month - 1) // period.months


def periods_of(days: Iterable[date], period: Period) -> set[int]:
    """Return the numbers of the periods that hold some of the days."""
    months = period.months
    return {(day.year * 12 + day.month - 1) // months for day in days}


@lru_cache
def whole_periods(first: date, last: date, period: Period) -> range:
    """Return the numbers of the periods that begin on or after ``first`` and end by ``last``."""
    begins_whole = first.day == 1 and (first.month - 1) % period.months == 0
    ends_whole = last.day == monthrange(last.year, last.month)[1] and last.month % period.months == 0
    return range(period_of(first, period) + (not begins_whole), period_of(last, period) + ends_whole)


def first_month(number: int, period: Period) -> tuple[int, int]:
    """Return year and month in which a period begins."""
    year, month = divmod(number * period.months, 12)
    return year, month + 1


@lru_cache
def period_name(number: int, period: Period) -> str:
    """Write a period so that it can be read back: ``2020-08`` for a month, ``2020-Q3`` for a quarter."""
    year, month = first_month(number, period)
    return f"{year}-{month:02}" if period is Period.MONTH else f"{year}-Q{month // 3 + 1}"


def parse_period(name: str) -> tuple[int, Period]:
    """Read what ``period_name`` writes.

    Raises:
        ValueError: it is no period.
    """
    year, _dash, rest = name.partition("-")
    if rest.startswith("Q"):
        return int(year) * 4 + int(rest[1:]) - 1, Period.QUARTER
    return int(year) * 12 + int(rest) - 1, Period.MONTH
