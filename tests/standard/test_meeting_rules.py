from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pilot_cli.standard.standard import Standard
from tests.editing import COMMUNITY, CONSTRUCTION, Edit, add_record, append, drop, drop_table, edit, edit_all
from tests.standard.cases import DOES_NOT_APPLY, FAILS, PASSES, Case, case

ESTABLISHED = "established_on = 2019-05-10"
TEMPORARY = edit('form = "单独"', 'form = "临时"')
NO_RECORDS = drop(", recorder = ")


def established(day: str) -> Edit:
    return edit(ESTABLISHED, f"established_on = {day}")


def record(kind: str, day: str) -> Edit:
    return add_record(f'kind = "{kind}", date = {day}')


def themed_day(day: str) -> Edit:
    return record("主题党日", day)


def move(old: str, new: str) -> Edit:
    """Give another date to the only record of a day."""
    return edit(f"date = {old}", f"date = {new}")


def no(kind: str) -> Edit:
    """Leave out all records of a kind."""
    return drop(f'kind = "{kind}"')


EVERY_QUARTER = [
    case("W005", PASSES, "with a meeting in each quarter"),
    case("W005", FAILS, "with a quarter without a meeting", drop("2020-05-20")),
    case("W005", FAILS, "without records", NO_RECORDS),
    case(
        "W005",
        FAILS,
        "with another key alone",
        drop_table("work_rules"),
        append("[work_rules]\nissued_on = 2020-01-01"),
    ),
    case("W005", FAILS, "with meetings of another kind", edit_all('kind = "党员大会"', 'kind = "党课"')),
    case("W005", PASSES, "with a meeting on the first day of a quarter", move("2020-05-20", "2020-04-01")),
    case("W005", PASSES, "with a meeting on the last day of a quarter", move("2020-05-20", "2020-06-30")),
    case("W005", FAILS, "with a meeting on the day after a quarter", move("2020-05-20", "2020-07-01")),
    case("W005", FAILS, "when a quarter ends on the as-of date", as_of=date(2020, 12, 31)),
    case(
        "W005",
        PASSES,
        "when a quarter ends on the as-of date, with a meeting that day",
        record("党员大会", "2020-12-31"),
        as_of=date(2020, 12, 31),
    ),
    case("W005", PASSES, "when a quarter ends on the day after the as-of date", as_of=date(2020, 12, 30)),
    case("W005", PASSES, "when a month within a quarter ends on the as-of date", as_of=date(2020, 11, 30)),
    case("W005", PASSES, "when a month within a quarter begins with the 12 months", as_of=date(2020, 12, 1)),
    case(
        "W005",
        DOES_NOT_APPLY,
        "when established on the first day of a month within the last quarter",
        established("2020-08-01"),
        no("党员大会"),
    ),
    case(
        "W005",
        FAILS,
        "when a quarter begins with the 12 months",
        drop("2020-02-20"),
        record("党员大会", "2020-10-01"),
        as_of=date(2021, 1, 1),
    ),
    case(
        "W005",
        PASSES,
        "when a quarter begins before the 12 months",
        drop("2020-02-20"),
        record("党员大会", "2020-10-01"),
        as_of=date(2021, 1, 2),
    ),
    case("W005", FAILS, "when established on the first day of a quarter", established("2020-07-01"), no("党员大会")),
    case(
        "W005",
        DOES_NOT_APPLY,
        "when established on the second day of the last quarter",
        established("2020-07-02"),
        no("党员大会"),
    ),
    case("W005", FAILS, "without a date of establishment", drop(ESTABLISHED), drop("2020-02-20")),
]

EVERY_MONTH = [
    case("W006", PASSES, "with a meeting in each month", site=COMMUNITY),
    case("W006", FAILS, "with a month without a meeting", drop("2020-02-05"), site=COMMUNITY),
    case("W006", FAILS, "with 7 full members and no meetings", edit("full_members = 5", "full_members = 7")),
    case("W006", FAILS, "without a form", edit("full_members = 5", "full_members = 7"), drop('form = "单独"')),
    case("W006", FAILS, "when a month ends on the as-of date", as_of=date(2020, 11, 30), site=COMMUNITY),
    case("W006", DOES_NOT_APPLY, "with 6 full members", edit("full_members = 5", "full_members = 6")),
    case(
        "W006", DOES_NOT_APPLY, "without the number of full members", drop("full_members"), no("支委会"), site=COMMUNITY
    ),
    case(
        "W006",
        DOES_NOT_APPLY,
        "to a temporary branch",
        edit('form = "联合"', 'form = "临时"'),
        no("支委会"),
        site=COMMUNITY,
    ),
    case(
        "W006",
        DOES_NOT_APPLY,
        "without a whole month",
        edit("2018-03-12\nelected", "2020-10-02\nelected"),
        site=COMMUNITY,
    ),
    case("W007", PASSES, "with a meeting in each month", site=COMMUNITY),
    case("W007", FAILS, "with a month without a meeting", drop("2020-08-12"), site=COMMUNITY),
    case("W007", FAILS, "with one group and no meetings", edit("full_members = 5", "groups = 1\nfull_members = 5")),
    case(
        "W007", FAILS, "of a temporary branch too", edit("full_members = 5", "groups = 1\nfull_members = 5"), TEMPORARY
    ),
    case("W007", DOES_NOT_APPLY, "with no groups", edit("groups = 2", "groups = 0"), no("党小组会"), site=COMMUNITY),
    case("W007", DOES_NOT_APPLY, "without the number of groups"),
    case(
        "W007",
        DOES_NOT_APPLY,
        "without a whole month",
        edit("2018-03-12\nelected", "2020-10-02\nelected"),
        site=COMMUNITY,
    ),
    case("W008", PASSES, "with a day in each month"),
    case("W008", FAILS, "with a month without a day", drop("2020-05-15")),
    case("W008", FAILS, "without records", NO_RECORDS),
    case("W008", FAILS, "with records of another kind", edit_all('kind = "主题党日"', 'kind = "党课"')),
    case("W008", FAILS, "with a record without a date", edit(", date = 2020-05-15", "")),
    case(
        "W008", FAILS, "with a record without a kind", edit('kind = "主题党日", date = 2020-05-15', "date = 2020-05-15")
    ),
    case("W008", PASSES, "with the first day of a month", move("2020-05-15", "2020-05-01")),
    case("W008", PASSES, "with the last day of a month", move("2020-05-15", "2020-05-31")),
    case("W008", FAILS, "with the day after a month", move("2020-05-15", "2020-06-01")),
    case("W008", FAILS, "with the day before a month", move("2020-05-15", "2020-04-30")),
    case("W008", PASSES, "with 29 February", move("2020-02-15", "2020-02-29")),
    case("W008", FAILS, "with that month of another year", move("2020-05-15", "2019-05-15")),
    case("W008", FAILS, "when a month ends on the as-of date", as_of=date(2020, 11, 30)),
    case(
        "W008",
        PASSES,
        "when a month ends on the as-of date, with that day",
        themed_day("2020-11-30"),
        as_of=date(2020, 11, 30),
    ),
    case("W008", PASSES, "when a month ends on the day after the as-of date", as_of=date(2020, 11, 29)),
    case(
        "W008",
        FAILS,
        "when a month begins with the 12 months",
        drop("2019-12-15"),
        themed_day("2020-11-30"),
        as_of=date(2020, 12, 1),
    ),
    case(
        "W008",
        PASSES,
        "when a month begins before the 12 months",
        drop("2019-12-15"),
        themed_day("2020-11-30"),
        as_of=date(2020, 12, 2),
    ),
    case("W008", FAILS, "when established on the first day of a month", established("2020-10-01"), drop("2020-10-15")),
    case(
        "W008", PASSES, "when established on the first day of that month", established("2020-06-01"), drop("2020-05-15")
    ),
    case(
        "W008",
        PASSES,
        "when established on the second day of that month",
        established("2020-05-02"),
        drop("2020-05-15"),
    ),
    case(
        "W008",
        DOES_NOT_APPLY,
        "when established on the second day of the last month",
        established("2020-10-02"),
        NO_RECORDS,
    ),
    case("W008", FAILS, "when established after the as-of date", established("2020-11-24"), NO_RECORDS),
    case("W008", PASSES, "when established after the as-of date but held every month", established("2020-11-24")),
    case(
        "W008",
        FAILS,
        "when February ends on the as-of date in a leap year",
        established("2020-02-01"),
        NO_RECORDS,
        as_of=date(2020, 2, 29),
    ),
    case(
        "W008",
        DOES_NOT_APPLY,
        "on 28 February of a leap year",
        established("2020-02-01"),
        NO_RECORDS,
        as_of=date(2020, 2, 28),
    ),
    case(
        "W008", FAILS, "on 28 February of a common year", established("2021-02-01"), NO_RECORDS, as_of=date(2021, 2, 28)
    ),
    case("W008", FAILS, "without a date of establishment", drop(ESTABLISHED), drop("2019-12-15")),
    case("W008", DOES_NOT_APPLY, "in the first days of the calendar", drop(ESTABLISHED), as_of=date(1, 1, 30)),
    case("W008", FAILS, "at the end of the first month of the calendar", drop(ESTABLISHED), as_of=date(1, 1, 31)),
]


def once_in_12_months(rule: str, kind: str, day: str) -> Iterator[Case]:
    yield case(rule, PASSES, "when it was held")
    yield case(rule, FAILS, "when it was not held", no(kind))
    yield case(rule, FAILS, "when only others were held", edit(f'kind = "{kind}"', 'kind = "支委会"'))
    yield case(rule, PASSES, "when held exactly 12 months ago", move(day, "2019-11-23"))
    yield case(rule, FAILS, "when held 12 months and a day ago", move(day, "2019-11-22"))
    yield case(rule, PASSES, "when held on the as-of date", move(day, "2020-11-23"))
    yield case(rule, FAILS, "when yet to be held", move(day, "2020-11-24"))
    yield case(rule, FAILS, "when the record has no date", edit(f", date = {day}", ""))
    yield case(rule, FAILS, "when established exactly 12 months ago", established("2019-11-23"), no(kind))
    yield case(rule, DOES_NOT_APPLY, "when established a day later", established("2019-11-24"), no(kind))
    yield case(rule, DOES_NOT_APPLY, "when held but established a day later", established("2019-11-24"))
    yield case(rule, FAILS, "without a date of establishment", drop(ESTABLISHED), no(kind))
    yield case(rule, FAILS, "when established on a day to come", established("2020-11-24"), no(kind))
    leap_day = date(2020, 2, 29)
    yield case(
        rule,
        PASSES,
        "on 29 February when held on 28 February",
        drop(ESTABLISHED),
        move(day, "2019-02-28"),
        as_of=leap_day,
    )
    yield case(
        rule,
        FAILS,
        "on 29 February when held on 27 February",
        drop(ESTABLISHED),
        move(day, "2019-02-27"),
        as_of=leap_day,
    )
    yield case(
        rule,
        FAILS,
        "on 29 February when established on 28 February",
        established("2019-02-28"),
        no(kind),
        as_of=leap_day,
    )
    yield case(
        rule, DOES_NOT_APPLY, "on 29 February when established on 1 March", established("2019-03-01"), as_of=leap_day
    )


ONCE = [
    *once_in_12_months("W009", "党课", "2020-06-30"),
    *once_in_12_months("W012", "谈心谈话", "2020-07-07"),
]

RECORDERS = [
    case("W013", PASSES, "with two recorders"),
    case("W013", FAILS, "with a third recorder", add_record('kind = "党课", date = 2020-11-01, recorder = "丙"')),
    case(
        "W013",
        FAILS,
        "with a third recorder of a record without a kind",
        add_record('date = 2020-11-01, recorder = "丙"'),
    ),
    case("W013", FAILS, "with a third recorder on the as-of date", add_record('date = 2020-11-23, recorder = "丙"')),
    case("W013", PASSES, "with a third recorder to come", add_record('date = 2020-11-24, recorder = "丙"')),
    case("W013", FAILS, "with a third recorder 12 months ago", add_record('date = 2019-11-23, recorder = "丙"')),
    case("W013", PASSES, "with a third recorder longer ago", add_record('date = 2019-11-22, recorder = "丙"')),
    case("W013", PASSES, "with a third recorder without a date", add_record('kind = "党课", recorder = "丙"')),
    case("W013", PASSES, "with a blank recorder", add_record('date = 2020-11-01, recorder = " "')),
    case("W013", PASSES, "with a record without a recorder", add_record("date = 2020-11-01")),
    case(
        "W013",
        DOES_NOT_APPLY,
        "without recorders",
        edit_all(', recorder = "李乙"', ""),
        edit_all(', recorder = "王丙"', ""),
    ),
    *(
        case("W013", PASSES, f"with {name!a}", add_record(f'date = 2020-11-01, recorder = "{name}"'))
        for name in ("李　乙", "李乙\u200b", " 王丙", "待定", "——", "\u3000")
    ),
    case("W013", DOES_NOT_APPLY, "without records", NO_RECORDS),
    case("W013", DOES_NOT_APPLY, "when all records are too old", as_of=date(2022, 1, 1)),
]

CASES = [*EVERY_QUARTER, *EVERY_MONTH, *ONCE, *RECORDERS]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule_on_meetings(case: Case, tmp_path: Path, five_ones: Standard) -> None:
    assert case.judge(tmp_path, five_ones) is case.outcome


@pytest.mark.parametrize("site", [CONSTRUCTION, COMMUNITY], ids=["construction", "community"])
def test_an_empty_list_of_records_means_that_nothing_was_held(site: str, tmp_path: Path, five_ones: Standard) -> None:
    empty = site[: site.index("records = [")] + "records = []\n"
    for rule in ("W005", "W008", "W009", "W010", "W011", "W012"):
        made = case(rule, FAILS, "", site=empty)
        assert made.judge(tmp_path, five_ones) is FAILS
