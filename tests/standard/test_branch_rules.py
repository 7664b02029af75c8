from datetime import date
from pathlib import Path

import pytest

from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, COMMUNITY, Edit, append, drop, drop_table, edit
from tests.standard.cases import DOES_NOT_APPLY, FAILS, PASSES, Case, Outcome, case

FORM = 'form = "单独"'
MEMBERS = "full_members = 5"
TEMPORARY = edit(FORM, 'form = "临时"')
JOINT_AS_TEMPORARY = edit('form = "联合"', 'form = "临时"')
NO_OFFICERS = drop_table("branch.officers")
ELECTED = "elected_on = 2019-05-11"
LAST = '  { name = "钱四", posts = ["纪检委员"] },\n'
UNITS = 'covers = ["荔景物业", "荔景业委会", "荔景居委会"]'


def officers(number: int) -> Edit:
    """Add so many officers without a post to those of the joint branch."""
    return edit(LAST, LAST + '  { name = "某" },\n' * number)


def officer(name: str, *posts: str) -> Edit:
    return append(f'[[branch.officers]]\nname = "{name}"\nposts = {list(posts)}'.replace("'", '"'))


def elected(day: str, *edits: Edit, on: date, outcome: Outcome, when: str) -> Case:
    return case("B009", outcome, when, edit(ELECTED, f"elected_on = {day}"), *edits, as_of=on)


def approved(applied: str, approved: str) -> Edit:
    def change(text: str) -> str:
        text = edit("applied_on = 2019-04-15", f"applied_on = {applied}")(text)
        return edit(APPROVED, f"approved_on = {approved}")(text)

    return change


TERM = "term_years = 3"
FOUR_YEARS = edit(TERM, "term_years = 4")
ONE_YEAR = edit(TERM, "term_years = 1")
APPROVED = "approved_on = 2019-05-06"
ESTABLISHED = "established_on = 2019-05-10"
NUMBER = "江街党〔2019〕7号"
SAYS_NOTHING = (
    "/",
    "——",
    "……",
    "？",
    "无",
    "暂无",
    "同上",
    "n/a",
    "Ｎ／Ａ",
    "None",
    "ＴＢＤ",
    "待 定",
    "\u200b",
    "\u00a0\u3000",
)

CASES = [
    case("B001", PASSES, "with a table"),
    case("B001", PASSES, "with a single key", drop_table("branch"), append('[branch]\nname = "党支部"')),
    case("B001", PASSES, "with an empty list", drop_table("branch"), append("[branch]\nofficers = []")),
    case("B001", PASSES, "with officers alone", drop_table("branch"), officer("张甲", "书记")),
    case("B001", FAILS, "without the table", drop_table("branch")),
    case("B001", FAILS, "with an empty table", drop_table("branch"), append("[branch]")),
    case("B002", PASSES, "with who approved it and when"),
    case("B002", FAILS, "without who approved it", drop("approved_by")),
    case("B002", FAILS, "with a blank for who approved it", edit("江湾街道党工委", " ")),
    case("B002", FAILS, "without when it was approved", drop("approved_on")),
    case("B002", FAILS, "with a placeholder for who approved it", edit("江湾街道党工委", "待定")),
    case("B002", PASSES, "approved on the as-of date", edit(APPROVED, "approved_on = 2020-11-23")),
    case("B002", FAILS, "approved on the day after the as-of date", edit(APPROVED, "approved_on = 2020-11-24")),
    case("B003", PASSES, "with 3 full members", edit(MEMBERS, "full_members = 3")),
    case("B003", FAILS, "with 2 full members", edit(MEMBERS, "full_members = 2")),
    case("B003", FAILS, "with no full members", edit(MEMBERS, "full_members = 0")),
    case("B003", FAILS, "without the number of full members", drop("full_members")),
    case("B004", PASSES, "with 50 members in all", edit(MEMBERS, "full_members = 49")),
    case("B004", FAILS, "with 51 members in all", edit(MEMBERS, "full_members = 50")),
    case("B004", PASSES, "with 50 full members alone", edit(MEMBERS, "full_members = 50"), drop("probationary")),
    case("B004", FAILS, "with 51 full members alone", edit(MEMBERS, "full_members = 51"), drop("probationary")),
    case(
        "B004",
        DOES_NOT_APPLY,
        "without the number of full members",
        drop(MEMBERS),
        edit("probationary_members = 1", "probationary_members = 51"),
    ),
    case("B004", DOES_NOT_APPLY, "without any number", drop("full_members"), drop("probationary")),
    case("B005", PASSES, "with one secretary"),
    case("B005", PASSES, "with a secretary who has another post", edit('["书记"]', '["书记", "组织委员"]')),
    case("B005", PASSES, "with one officer who is called secretary twice", edit('["书记"]', '["书记", "书记"]')),
    case("B005", PASSES, "with a secretary without a name", drop('name = "张甲"')),
    case("B005", FAILS, "with two secretaries", officer("王丙", "书记")),
    case("B005", FAILS, "with a deputy secretary alone", edit('["书记"]', '["委员"]')),
    case("B005", FAILS, "without posts", edit('posts = ["书记"]', "posts = []")),
    case("B005", FAILS, "without officers", NO_OFFICERS),
    case("B006", PASSES, "with 3 officers", drop('"钱四", posts'), site=COMMUNITY),
    case("B006", FAILS, "with 2 officers", drop('"钱四", posts'), drop('"郑三", posts'), site=COMMUNITY),
    case("B006", PASSES, "with 8 officers", officers(4), site=COMMUNITY),
    case("B006", FAILS, "with 7 full members and 2 officers", edit(MEMBERS, "full_members = 7")),
    case("B006", FAILS, "without officers", NO_OFFICERS, edit(MEMBERS, "full_members = 9")),
    case("B006", FAILS, "without a form", edit(MEMBERS, "full_members = 7"), drop(FORM)),
    case("B006", DOES_NOT_APPLY, "with 6 full members", edit(MEMBERS, "full_members = 6")),
    case("B006", DOES_NOT_APPLY, "without the number of full members", drop("full_members"), site=COMMUNITY),
    case("B006", DOES_NOT_APPLY, "to a temporary branch", JOINT_AS_TEMPORARY, site=COMMUNITY),
    case("B007", PASSES, "with the three posts filled", site=COMMUNITY),
    case(
        "B007",
        PASSES,
        "with the three posts in one hand",
        drop('"郑三", posts'),
        drop('"钱四", posts'),
        edit('["组织委员"]', '["纪检委员", "宣传委员", "组织委员"]'),
        site=COMMUNITY,
    ),
    case("B007", FAILS, "without an organization officer", edit('["组织委员"]', '["委员"]'), site=COMMUNITY),
    case("B007", FAILS, "without a publicity officer", edit('["宣传委员"]', '["委员"]'), site=COMMUNITY),
    case("B007", FAILS, "without a discipline officer", edit('["纪检委员"]', "[]"), site=COMMUNITY),
    case("B007", FAILS, "without officers", NO_OFFICERS, edit(MEMBERS, "full_members = 7")),
    case("B007", FAILS, "without a form", edit(MEMBERS, "full_members = 7"), drop(FORM)),
    case("B007", DOES_NOT_APPLY, "with 6 full members", edit(MEMBERS, "full_members = 6")),
    case("B007", DOES_NOT_APPLY, "without the number of full members", drop("full_members"), site=COMMUNITY),
    case(
        "B007", DOES_NOT_APPLY, "to a temporary branch", JOINT_AS_TEMPORARY, edit('["组织委员"]', "[]"), site=COMMUNITY
    ),
    case("B008", PASSES, "with 2 officers"),
    case("B008", PASSES, "without officers", NO_OFFICERS),
    case("B008", FAILS, "with 3 officers", officer("王丙", "委员")),
    case("B008", FAILS, "with 3 officers and 6 full members", officer("王丙"), edit(MEMBERS, "full_members = 6")),
    case("B008", FAILS, "with 3 officers and no full members", officer("王丙"), edit(MEMBERS, "full_members = 0")),
    case("B008", FAILS, "with 3 officers and no form", officer("王丙"), drop(FORM)),
    case("B008", DOES_NOT_APPLY, "with 7 full members", officer("王丙"), edit(MEMBERS, "full_members = 7")),
    case("B008", DOES_NOT_APPLY, "without the number of full members", officer("王丙"), drop(MEMBERS)),
    case("B008", DOES_NOT_APPLY, "to a temporary branch", officer("王丙"), TEMPORARY),
    elected("2017-11-24", on=date(2020, 11, 23), outcome=PASSES, when="on the day before the term runs out"),
    elected("2017-11-23", on=date(2020, 11, 23), outcome=FAILS, when="on the day that the term runs out"),
    elected("2016-11-24", FOUR_YEARS, on=date(2020, 11, 23), outcome=PASSES, when="on the last day of 4 years"),
    elected("2016-11-23", FOUR_YEARS, on=date(2020, 11, 23), outcome=FAILS, when="when 4 years are over"),
    elected("2019-11-24", ONE_YEAR, on=date(2020, 11, 23), outcome=PASSES, when="on the last day of 1 year"),
    elected("2019-11-23", ONE_YEAR, on=date(2020, 11, 23), outcome=FAILS, when="when 1 year is over"),
    elected("2016-02-29", on=date(2019, 2, 27), outcome=PASSES, when="on 27 February after an election on 29 February"),
    elected("2016-02-29", on=date(2019, 2, 28), outcome=FAILS, when="on 28 February after an election on 29 February"),
    elected("2016-02-29", FOUR_YEARS, on=date(2020, 2, 28), outcome=PASSES, when="on 28 February of a leap year"),
    elected("2016-02-29", FOUR_YEARS, on=date(2020, 2, 29), outcome=FAILS, when="on 29 February of a leap year"),
    elected("2021-01-01", on=date(2020, 11, 23), outcome=FAILS, when="with an election yet to come"),
    elected("9998-01-01", on=date(9998, 1, 1), outcome=PASSES, when="with a term beyond the calendar"),
    elected("9998-01-01", on=date(9999, 12, 31), outcome=PASSES, when="on the last day of the calendar in such a term"),
    case("B009", FAILS, "without a date of election", drop(ELECTED)),
    case("B009", FAILS, "without a date of election and a form", drop(ELECTED), drop(FORM)),
    elected("2015-01-01", drop(TERM), on=AS_OF, outcome=DOES_NOT_APPLY, when="without a term"),
    case("B009", DOES_NOT_APPLY, "to a temporary branch", TEMPORARY, drop(ELECTED)),
    case("B010", PASSES, "with 2 units", edit(UNITS, 'covers = ["甲", "乙"]'), site=COMMUNITY),
    case("B010", FAILS, "with 1 unit", edit(UNITS, 'covers = ["甲"]'), site=COMMUNITY),
    case("B010", PASSES, "with 5 units", edit(UNITS, 'covers = ["甲", "乙", "丙", "丁", "戊"]'), site=COMMUNITY),
    case("B010", FAILS, "with 6 units", edit(UNITS, 'covers = ["甲", "乙", "丙", "丁", "戊", "己"]'), site=COMMUNITY),
    case("B010", FAILS, "without units", drop(UNITS), site=COMMUNITY),
    case(
        "B010",
        FAILS,
        "with 1 unit and some that say nothing",
        edit(UNITS, 'covers = ["甲", "/", "　", "暂无"]'),
        site=COMMUNITY,
    ),
    case("B010", DOES_NOT_APPLY, "to a branch of its own"),
    case("B010", DOES_NOT_APPLY, "without a form", drop('form = "联合"'), drop(UNITS), site=COMMUNITY),
    case("B011", PASSES, "when the project ends on the as-of date", TEMPORARY, as_of=date(2021, 12, 31)),
    case("B011", FAILS, "when the project ended the day before", TEMPORARY, as_of=date(2022, 1, 1)),
    case("B011", DOES_NOT_APPLY, "without an end of the project", TEMPORARY, drop("ends_on")),
    case("B011", DOES_NOT_APPLY, "to a branch that is not temporary", as_of=date(2022, 1, 1)),
    case("B011", DOES_NOT_APPLY, "without a form", drop(FORM), as_of=date(2022, 1, 1)),
    case("B012", PASSES, "on the day of the application", approved("2019-05-06", "2019-05-06")),
    case("B012", PASSES, "after 31 days", approved("2019-04-05", "2019-05-06")),
    case("B012", FAILS, "after 32 days", approved("2019-04-04", "2019-05-06")),
    case("B012", PASSES, "after 31 days with a 29 February", approved("2020-01-30", "2020-03-01")),
    case("B012", FAILS, "after 32 days with a 29 February", approved("2020-01-29", "2020-03-01")),
    case("B012", FAILS, "before the application", approved("2019-05-07", "2019-05-06")),
    case("B012", DOES_NOT_APPLY, "without a date of application", drop("applied_on")),
    case("B012", DOES_NOT_APPLY, "without a date of approval", drop("approved_on")),
    case("B012", DOES_NOT_APPLY, "with an approval yet to come", edit(APPROVED, "approved_on = 2020-11-24")),
    case("B013", PASSES, "on the day of approval", edit(ESTABLISHED, "established_on = 2019-05-06")),
    case("B013", FAILS, "the day before approval", edit(ESTABLISHED, "established_on = 2019-05-05")),
    case("B013", FAILS, "without a date of establishment", drop("established_on")),
    case("B013", FAILS, "without both dates", drop("established_on"), drop("approved_on")),
    case("B013", PASSES, "without a date of approval", drop("approved_on")),
    case("B013", PASSES, "established on the as-of date", edit(ESTABLISHED, "established_on = 2020-11-23")),
    case(
        "B013", FAILS, "established on the day after the as-of date", edit(ESTABLISHED, "established_on = 2020-11-24")
    ),
    case("B013", PASSES, "with an approval yet to come", edit(APPROVED, "approved_on = 2020-11-24")),
    case("B014", PASSES, "with an approval number"),
    case("B014", FAILS, "with a blank approval number", edit("江街党〔2019〕7号", "\u3000")),
    case("B014", FAILS, "without an approval number", drop("approval_no")),
    *(case("B014", FAILS, f"with {text!a} for a number", edit(NUMBER, text)) for text in SAYS_NOTHING),
    case("B016", PASSES, "with 3 years"),
    case("B016", PASSES, "with 5 years", edit(TERM, "term_years = 5")),
    case("B016", FAILS, "with 4 years", FOUR_YEARS),
    case("B016", FAILS, "with 1 year", ONE_YEAR),
    case("B016", FAILS, "without a term", drop(TERM)),
    case("B016", FAILS, "without a term and a form", drop(TERM), drop(FORM)),
    case("B016", DOES_NOT_APPLY, "to a temporary branch", TEMPORARY, drop(TERM)),
    case("B017", PASSES, "with 7 officers", officers(3), site=COMMUNITY),
    case("B017", FAILS, "with 8 officers", officers(4), site=COMMUNITY),
    case("B017", PASSES, "without officers", NO_OFFICERS, edit(MEMBERS, "full_members = 7")),
    case("B017", DOES_NOT_APPLY, "with 6 full members", edit(MEMBERS, "full_members = 6")),
    case(
        "B017", DOES_NOT_APPLY, "without the number of full members", officers(4), drop("full_members"), site=COMMUNITY
    ),
    case("B017", DOES_NOT_APPLY, "to a temporary branch", officers(4), JOINT_AS_TEMPORARY, site=COMMUNITY),
    case("B018", PASSES, "with one deputy secretary"),
    case("B018", PASSES, "without officers", NO_OFFICERS),
    case("B018", FAILS, "with two deputy secretaries", officer("王丙", "副书记")),
    case("B018", FAILS, "with two in a temporary branch", officer("王丙", "副书记"), TEMPORARY),
    case("B019", PASSES, "without a date of election", TEMPORARY, drop(ELECTED)),
    case("B019", FAILS, "with a date of election", TEMPORARY),
    case("B019", FAILS, "with an election on the as-of date", TEMPORARY, edit(ELECTED, "elected_on = 2020-11-23")),
    case("B019", PASSES, "with an election yet to come", TEMPORARY, edit(ELECTED, "elected_on = 2020-11-24")),
    case("B019", DOES_NOT_APPLY, "to a branch that is not temporary"),
    case("B019", DOES_NOT_APPLY, "without a form", drop(FORM)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule_on_the_branch(case: Case, tmp_path: Path, five_ones: Standard) -> None:
    assert case.judge(tmp_path, five_ones) is case.outcome
