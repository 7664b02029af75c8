"""Which days count as of a date."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def in_another_year(of: date, year: int) -> date:
    """The same day of that year; 29 February becomes 28 February where there is none."""
    if (of.month, of.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 2, 28)
    return date(year, of.month, of.day)


def first_day(as_of: date) -> date:
    """The first of the 12 months up to the as-of date. 29 February always goes back to 28 February."""
    return date.min if as_of.year == 1 else in_another_year(as_of, as_of.year - 1)


def is_recent(when: date | None, as_of: date) -> bool:
    """Within the 12 months up to the as-of date, both ends included."""
    return when is not None and first_day(as_of) <= when <= as_of


def whole_periods(months: int, as_of: date, established: date | None) -> list[tuple[date, date]]:
    """First and last days of the calendar months (3 months: quarters) in which meetings are expected."""
    periods = []
    for year in sorted({first_day(as_of).year, as_of.year}):
        for month in range(1, 13, months):
            last_month = month + months - 1
            begin = date(year, month, 1)
            end = date(year, last_month, monthrange(year, last_month)[1])
            old_enough = established is None or begin >= established
            if begin >= first_day(as_of) and old_enough and end <= as_of:
                periods.append((begin, end))
    return periods


def term_is_over(elected: date, years: int, as_of: date) -> bool:
    """It is over on the very day, some years later; beyond the year 9999 it never is."""
    last_year = elected.year + years
    return last_year <= 9999 and as_of >= in_another_year(elected, last_year)


def last_year_due(as_of: date) -> int:
    """Year Y is due when 31 March of the year after it is past."""
    return as_of.year - 1 if as_of > date(as_of.year, 3, 31) else as_of.year - 2
