"""Months and quarters by number and by name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot_cli.standard.periods import Period, first_month, parse_period, period_name, period_of


@given(st.dates(), st.sampled_from(Period))
def test_a_name_is_read_back_as_the_period_that_it_was_written_for(day: date, period: Period) -> None:
    number = period_of(day, period)
    assert parse_period(period_name(number, period)) == (number, period)


@pytest.mark.parametrize(
    ("name", "begins"),
    [("2020-08", (2020, 8)), ("2020-12", (2020, 12)), ("2020-Q1", (2020, 1)), ("2020-Q4", (2020, 10))],
)
def test_a_period_begins_with_its_first_month(name: str, begins: tuple[int, int]) -> None:
    assert first_month(*parse_period(name)) == begins
