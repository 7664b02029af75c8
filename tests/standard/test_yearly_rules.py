"""What has to be held for the last year that is due: 2019 on 2020-11-23, 2020 from 2021-04-01 on."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pilot_cli.standard.standard import Standard
from tests.editing import Edit, drop, edit
from tests.standard.cases import DOES_NOT_APPLY, FAILS, PASSES, Case, case

ESTABLISHED = "established_on = 2019-05-10"
TEMPORARY = edit('form = "单独"', 'form = "临时"')
RECORDS = {"W010": ("组织生活会", "2020-03-10"), "W011": ("民主评议党员", "2020-03-11")}
"""The only record that the good site has for each rule."""


def cases_of(rule: str, kind: str, day: str) -> Iterator[Case]:
    def held(on: str) -> Edit:
        return edit(f"date = {day}", on)

    none = drop(f'kind = "{kind}"')
    undated = edit(f", date = {day}", ", year = 2019")
    yield case(rule, PASSES, "when held")
    yield case(rule, FAILS, "when not held", none)
    yield case(rule, FAILS, "when only others were held", edit(f'kind = "{kind}"', 'kind = "支委会"'))
    # without a year: the year itself, and the next one up to the deadline
    yield case(rule, FAILS, "the day before the year", held("date = 2018-12-31"))
    yield case(rule, PASSES, "on the first day of the year", held("date = 2019-01-01"))
    yield case(rule, PASSES, "on the last day of the year", held("date = 2019-12-31"))
    yield case(rule, PASSES, "on the deadline", held("date = 2020-03-31"))
    yield case(rule, FAILS, "on the day after the deadline", held("date = 2020-04-01"))
    yield case(rule, FAILS, "when the record gives neither day nor year", edit(f", date = {day}", ""))
    # with a year, which the day cannot change
    yield case(rule, PASSES, "long after, for that year", held("date = 2020-11-23, year = 2019"))
    yield case(rule, FAILS, "in time, for the year after", held(f"date = {day}, year = 2020"))
    yield case(rule, FAILS, "in the year, for the year before", held("date = 2019-11-10, year = 2018"))
    yield case(rule, PASSES, "when an undated record gives the year", undated)
    yield case(rule, FAILS, "on a day to come, for that year", held("date = 2020-11-24, year = 2019"))


def cases_of_the_year(rule: str, kind: str, day: str) -> Iterator[Case]:
    """Which year is due, and whether the branch had stood for half of it."""

    def held(on: str) -> Edit:
        return edit(f"date = {day}", on)

    none = drop(f'kind = "{kind}"')
    on_deadline, after = date(2021, 3, 31), date(2021, 4, 1)
    yield case(rule, PASSES, "on the day of the next deadline, for the year before", as_of=on_deadline)
    yield case(rule, PASSES, "after the next deadline, held in that year", as_of=after)
    yield case(
        rule, PASSES, "on the next deadline, held for 2019", held(f"date = {day}, year = 2019"), as_of=on_deadline
    )
    yield case(rule, FAILS, "after the next deadline, held for 2019", held(f"date = {day}, year = 2019"), as_of=after)
    yield case(
        rule, FAILS, "held today for 2020 before it is due", held("date = 2021-03-31, year = 2020"), as_of=on_deadline
    )
    yield case(rule, PASSES, "held on the deadline for 2020 without a year", held("date = 2021-03-31"), as_of=after)
    yield case(rule, PASSES, "of 14 January for the year before", held("date = 2020-01-14"), as_of=date(2021, 1, 20))
    yield case(rule, PASSES, "of 14 January for its own year too", held("date = 2020-01-14"), as_of=after)
    yield case(rule, PASSES, "of last November", held("date = 2019-11-10"))
    yield case(rule, FAILS, "established on 30 June", edit(ESTABLISHED, "established_on = 2019-06-30"), none)
    july = edit(ESTABLISHED, "established_on = 2019-07-01")
    yield case(rule, DOES_NOT_APPLY, "established on 1 July", july, none)
    yield case(rule, DOES_NOT_APPLY, "established on 1 July, though held", july)
    yield case(rule, FAILS, "established on 1 July, a year later", july, none, as_of=after)
    yield case(rule, FAILS, "without a date of establishment", drop(ESTABLISHED), none)
    yield case(rule, FAILS, "to be established", edit(ESTABLISHED, "established_on = 2020-11-24"), none)
    # the ends of the calendar
    yield case(rule, DOES_NOT_APPLY, "in the first year of the calendar", drop(ESTABLISHED), as_of=date(1, 12, 31))
    yield case(rule, FAILS, "on the last day of the calendar", as_of=date.max)


CASES = [
    *(
        made
        for rule, record in RECORDS.items()
        for made in (*cases_of(rule, *record), *cases_of_the_year(rule, *record))
    ),
    case("W010", FAILS, "of a temporary branch too", TEMPORARY, drop('kind = "组织生活会"')),
    case("W011", FAILS, "without a form", drop('form = "单独"'), drop('kind = "民主评议党员"')),
    case("W011", DOES_NOT_APPLY, "to a temporary branch", TEMPORARY, drop('kind = "民主评议党员"')),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule_on_what_is_held_for_a_year(case: Case, tmp_path: Path, five_ones: Standard) -> None:
    assert case.judge(tmp_path, five_ones) is case.outcome
