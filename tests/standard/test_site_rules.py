from datetime import date
from pathlib import Path

import pytest

from pilot_cli.standard.standard import Standard
from tests.editing import COMMUNITY, add_record, append, drop, drop_table, edit, edit_all
from tests.standard.cases import DOES_NOT_APPLY, FAILS, PASSES, Case, case

SURVEY = "surveyed_on = 2020-09-30"
WAIVER = '[[waivers]]\nreason = "试点"\napproved_by = "区住建局党组"\n'
IN_FORCE = WAIVER + 'rule = "B003"\nuntil = 2020-11-23'

CASES = [
    case("P001", PASSES, "when the end is after the start"),
    case(
        "P001", PASSES, "when the end is on the day of the start", edit("ends_on = 2021-12-31", "ends_on = 2019-03-01")
    ),
    case("P001", FAILS, "when the end is a day before the start", edit("ends_on = 2021-12-31", "ends_on = 2019-02-28")),
    case("P001", DOES_NOT_APPLY, "without a start", drop("started_on")),
    case("P001", DOES_NOT_APPLY, "without an end", drop("ends_on")),
    case("P002", PASSES, "with an organization"),
    case("P002", FAILS, "without an organization", drop("organization = ")),
    case("P002", FAILS, "with a blank organization", edit("江湾建设有限公司", "  ")),
    case("P002", FAILS, "with a placeholder for the organization", edit("江湾建设有限公司", "待补充")),
    case("P002", DOES_NOT_APPLY, "to a community", drop("organization = "), site=COMMUNITY),
    case("P002", FAILS, "with an organization of full-width spaces", edit("江湾建设有限公司", "\u3000\u3000")),
    case("P003", PASSES, "with a liaison"),
    case("P003", FAILS, "without a liaison and an instructor", drop("liaison")),
    case("P003", PASSES, "with an instructor alone", edit('liaison = "陈某"', 'instructor = "陈某"')),
    case("P003", FAILS, "with placeholders for both", edit('"陈某"', '"无"\ninstructor = "暂无"')),
    case("P003", FAILS, "with a blank liaison", edit('liaison = "陈某"', 'liaison = ""')),
    case("P004", PASSES, "with a brand"),
    case("P004", FAILS, "without a brand", drop("brand")),
    case("P004", FAILS, "with a blank brand", edit('brand = "先锋筑梦"', 'brand = "\\t"')),
    case("P005", PASSES, "with a survey on the as-of date", edit(SURVEY, "surveyed_on = 2020-11-23")),
    case("P005", FAILS, "with a survey yet to come", edit(SURVEY, "surveyed_on = 2020-11-24")),
    case("P005", PASSES, "with a survey exactly 12 months old", edit(SURVEY, "surveyed_on = 2019-11-23")),
    case("P005", FAILS, "with a survey 12 months and a day old", edit(SURVEY, "surveyed_on = 2019-11-22")),
    case("P005", PASSES, "with a quoted date", edit(SURVEY, 'surveyed_on = "2020-09-30"')),
    case("P005", PASSES, "with an old survey next to a new one", append("[[satisfaction]]\nsurveyed_on = 2016-01-01")),
    case("P005", FAILS, "with a survey without a date", drop(SURVEY)),
    case("P005", FAILS, "without a survey", drop_table("satisfaction")),
    case(
        "P005",
        PASSES,
        "on 29 February with a survey of 28 February",
        edit(SURVEY, "surveyed_on = 2019-02-28"),
        as_of=date(2020, 2, 29),
    ),
    case(
        "P005",
        FAILS,
        "on 29 February with a survey of 27 February",
        edit(SURVEY, "surveyed_on = 2019-02-27"),
        as_of=date(2020, 2, 29),
    ),
    case(
        "P005",
        PASSES,
        "on 28 February with a survey of 28 February in a leap year",
        edit(SURVEY, "surveyed_on = 2020-02-28"),
        as_of=date(2021, 2, 28),
    ),
    case(
        "P005",
        FAILS,
        "on 1 March with a survey of 29 February",
        edit(SURVEY, "surveyed_on = 2020-02-29"),
        as_of=date(2021, 3, 1),
    ),
    case(
        "P005",
        PASSES,
        "in the year 1 with a survey on its first day",
        edit(SURVEY, "surveyed_on = 0001-01-01"),
        as_of=date(1, 11, 23),
    ),
    case("P006", PASSES, "with a waiver until the as-of date", append(IN_FORCE)),
    case("P006", FAILS, "with a waiver until the day before", append(IN_FORCE.replace("11-23", "11-22"))),
    case("P006", FAILS, "with a waiver that does not say until when", append(WAIVER + 'rule = "B003"')),
    case("P006", FAILS, "with an expired waiver next to one in force", append(IN_FORCE), append(WAIVER)),
    *(
        case("P006", FAILS, f"with {text!a} for a {key}", append(IN_FORCE.replace(f'"{given}"', f'"{text}"')))
        for key, given in (("reason", "试点"), ("approver", "区住建局党组"))
        for text in (" ", "\u3000", "\u200b", "/", "无", "待补")
    ),
    case("P006", FAILS, "without a reason", append(IN_FORCE.replace('reason = "试点"\n', ""))),
    case("P006", FAILS, "without an approver", append(IN_FORCE.replace('approved_by = "区住建局党组"\n', ""))),
    case("P006", DOES_NOT_APPLY, "without waivers"),
    case("P007", PASSES, "with a waiver of a rule of the standard", append(IN_FORCE)),
    case("P007", PASSES, "with an expired waiver of a rule of the standard", append(WAIVER + 'rule = "W015"')),
    case("P007", FAILS, "with a waiver of no rule of the standard", append(IN_FORCE.replace("B003", "B020"))),
    case("P007", FAILS, "with a rule in lower case", append(IN_FORCE.replace("B003", "b003"))),
    case("P007", FAILS, "with a waiver of a finding of format", append(IN_FORCE.replace("B003", "F004"))),
    case("P007", FAILS, "with a waiver that names no rule", append(WAIVER + "until = 2020-11-23")),
    case("P007", DOES_NOT_APPLY, "without waivers"),
    case("P008", PASSES, "with fewer satisfied than rated"),
    case("P008", PASSES, "with as many satisfied as rated", edit("satisfied = 48", "satisfied = 50")),
    case("P008", FAILS, "with one more satisfied than rated", edit("satisfied = 48", "satisfied = 51")),
    case("P008", FAILS, "when it is the second survey", append("[[satisfaction]]\nrated = 0\nsatisfied = 1")),
    case("P008", PASSES, "with a survey passed over that lacks a figure", append("[[satisfaction]]\nsatisfied = 1")),
    case("P008", DOES_NOT_APPLY, "without the number satisfied", drop("satisfied = ")),
    case("P008", DOES_NOT_APPLY, "without the number rated", drop("rated = ")),
    case("P008", DOES_NOT_APPLY, "without a survey", drop_table("satisfaction")),
    case("P009", PASSES, "with fewer attending than expected"),
    case("P009", PASSES, "with as many attending as expected", add_record("attended = 6, expected = 6")),
    case("P009", FAILS, "with one more attending than expected", add_record("attended = 7, expected = 6")),
    case("P009", FAILS, "at a meeting to come too", add_record("date = 2020-11-24, attended = 50, expected = 6")),
    case("P009", PASSES, "with a record passed over that lacks a figure", add_record("attended = 50")),
    case("P009", DOES_NOT_APPLY, "without the numbers expected", edit_all(", expected = 6", "")),
    case("P009", DOES_NOT_APPLY, "without the numbers attending", edit_all("attended = 5, ", "")),
    case("P009", DOES_NOT_APPLY, "without work rules", drop_table("work_rules")),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule_on_the_site_as_a_whole(case: Case, tmp_path: Path, five_ones: Standard) -> None:
    assert case.judge(tmp_path, five_ones) is case.outcome
