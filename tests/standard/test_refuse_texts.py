"""What the second edition lets a standard say is refused where it makes no sense, with the nearest word."""

from pathlib import Path

import pytest

from pilot_cli import load_standard
from tests.standard.own import EXTENDING, line_of_key, own_rule, refusal, write_standard

KNOWN = 'check = "waivers_known"'
YEARLY = 'check = "held_for_year"\nkind = "组织生活会"\n'
GRADE = '[[grades]]\nname.zh = "{}"\nfrom = {}\n{}\n'
MEMBERS = 'check = "at_least"\nfield = "branch.full_members"\nvalue = 3\n'


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Compare the English messages."""


RULES = [
    # the nearest word, where there is one
    ('check = "at_leest"', "check", "there is no check “at_leest”; did you mean “at_least”?"),
    ('check = "held_for_yaer"', "check", "did you mean “held_for_year”?"),
    ('check = "zzz"', "check", "there is no check “zzz”\n"),
    (MEMBERS.replace("full", "ful"), "field", "no field “branch.ful_members”; did you mean “branch.full_members”?"),
    ('check = "given"\nfields = ["xyz"]', "fields", "the site format has no field “xyz”\n"),
    (MEMBERS + "valeu = 3", "valeu", "it does not belong here; did you mean “value”?"),
    (MEMBERS + "poitns = 3", "poitns", "it does not belong here; did you mean “points”?"),
    (MEMBERS + 'problm.zh = "少"', "problm", "it does not belong here; did you mean “problem”?"),
    (MEMBERS + 'credits = "share"', "credits", "it does not belong here; did you mean “credit”?"),
    (MEMBERS + "xyz = 3", "xyz", "it does not belong here\n"),
    (
        'check = "each_given"\nrows = "responsibility_list.items"\nany_of = ["onwer"]',
        "any_of",
        "have no key “onwer”; did you mean “owner”?",
    ),
    ('applies = { "branch.from" = ["联合"] }\n' + KNOWN, "applies", "did you mean “branch.form”?"),
    # names in braces
    (MEMBERS + 'problem.zh = "不足{vale}名"', "problem", "{vale} is no parameter of the rule"),
    (MEMBERS + 'problem.zh = "不足{missing}"', "problem", "{missing} is no parameter of the rule"),
    (MEMBERS + 'problem = { zh = "少", en = "below {min}" }', "problem", "{min} is no parameter of the rule"),
    (MEMBERS + 'problem.zh = "{field}"', "problem", "{field} is no parameter of the rule"),
    (MEMBERS + 'problem.zh = "不足{Value}名"', "problem", "{Value} is no parameter of the rule"),
    (MEMBERS + 'problem.zh = "不足{ value }名"', "problem", "{ value } is no parameter of the rule"),
    (MEMBERS + 'problem.zh = "不足{value:d}名"', "problem", "{value:d} is no parameter of the rule"),
    (MEMBERS + 'about = "filing"', "about", "how the file is filled in counts for none of the five ones"),
    (YEARLY + 'deadline = "03-31"\nstood_months = 6\nproblem.zh = "{years}"', "problem", "{years} is no parameter"),
    (YEARLY + 'deadline = "03-31"\nstood_months = 6\nproblem.zh = "{deadline}"', "problem", "{deadline} is no"),
    # credit by share
    (MEMBERS + 'credit = "share"', "credit", "this check cannot tell what share is in order"),
    (YEARLY + 'deadline = "03-31"\nstood_months = 6\ncredit = "share"', "credit", "cannot tell what share"),
    (MEMBERS + 'credit = "half"', "credit", "one of the words of the list: all, share, but is “half”"),
    # what it is about
    (MEMBERS + 'about = "file"', "about", "one of the words of the list: work, filing, but is “file”"),
    (MEMBERS + "problem.zh = 5", "problem", "it should be a text, but is 5"),
    (MEMBERS + 'problem = "少"', "problem", "it should be a table, but is “少”"),
    (MEMBERS + "points = 1.5", "points", "it should be a whole number, but is 1.5"),
    # verbs that are new
    *(
        (YEARLY + f"deadline = {day}\nstood_months = 6", "deadline", "a day of the year such as 03-31")
        for day in ('"02-29"', '"02-30"', '"13-01"', '"3-31"', '"0331"', '"03-31 "', '"2020-03-31"', '""')
    ),
    (YEARLY + "deadline = 331\nstood_months = 6", "deadline", "it should be a text, but is 331"),
    (YEARLY + "deadline = 2020-03-31\nstood_months = 6", "deadline", "it should be a text"),
    (YEARLY + "stood_months = 6", "deadline", "it is missing"),
    (YEARLY + 'deadline = "03-31"', "stood_months", "it is missing"),
    (YEARLY + 'deadline = "03-31"\nstood_months = -1', "stood_months", "at least 0"),
    ('check = "attendance"\npercent = 50\nmonths = 3', "meetings", "it is missing"),
    ('check = "attendance"\npercent = 50\nmonths = 3\nmeetings = []', "meetings", "a list with something in it"),
    ('check = "attendance"\npercent = 50\nmonths = 3\nmeetings = [{}]', "meetings", "a table with something in it"),
    ('check = "attendance"\npercent = 50\nmonths = 3\nmeetings = [{ kinds = ["党课"] }]', "meetings", "no key “kinds”"),
    ('check = "attendance"\npercent = 50\nmonths = 3\nmeetings = [{ decision = ["票"] }]', "meetings", "“票”"),
    ('check = "one_of"\nfield = "branch.form"\nvalues = [3]', "field", "not a number"),
    ('check = "one_of"\nfield = "branch.term_years"\nvalues = ["3"]', "values", "a number, but is “3”"),
    ('check = "excludes"\nfield = "work_rules.covers"\nvalues = ["党费"]', "values", "“党费”"),
    ('check = "excludes"\nfield = "branch.form"\nvalues = ["联合"]', "field", "not a list of texts"),
    ('check = "any_given"\nfields = []', "fields", "a list with something in it"),
    ('check = "not_given"\nfields = ["branch"]', "fields", "not a value"),
    ('check = "table_given"\ntable = "site"', "table", "not the table of one of the five ones"),
    ('check = "count"\nrows = "branch.covers"\nat_least = 3\nat_most = 2', "", "at_least is above at_most"),
    (
        'check = "count"\nrows = "branch.covers"\nat_most = 2\nproblem_above.zh = "{most}"',
        "problem_above",
        "{most} is no",
    ),
]


@pytest.mark.parametrize(("lines", "key", "why"), RULES)
def test_a_rule_that_makes_no_sense_is_refused(lines: str, key: str, why: str, tmp_path: Path) -> None:
    text = EXTENDING + own_rule(lines)
    path = write_standard(tmp_path, text)
    message = refusal(path) + "\n"
    assert message.startswith(f"{path}:{line_of_key(text, key)}, rule GZ01: {key}")
    assert why in message


FILES = [
    (GRADE.format("差", 0, "complete = 1"), "", "begin at 0, and to ask for nothing complete"),
    (GRADE.format("差", 0, "") + GRADE.format("好", 60, "complete = 6"), "grades", "at most 5"),
    (GRADE.format("差", 0, "") + GRADE.format("好", 60, "complete = -1"), "grades", "at least 0"),
    (GRADE.format("差", 0, "") + GRADE.format("好", 60, "complete = true"), "grades", "a whole number"),
    (GRADE.format("差", 0, "") + GRADE.format("好", 60, "complet = 1"), "grades", "did you mean “complete”?"),
    (
        GRADE.format("差", 0, "") + GRADE.format("好", 60, "complete = 3") + GRADE.format("优", 60, "complete = 3"),
        "grades",
        "two grades begin at the same score",
    ),
    ('titel.zh = "标准"\n', "titel", "it does not belong here; did you mean “title”?"),
    ('title = "标准"\n', "title", "it should be a table, but is “标准”"),
    ("placeholders = []\n", "placeholders", "a list with something in it"),
    ("placeholders = [5]\n", "placeholders", "it should be a text, but is 5"),
    ("[override.b13]\nvalue = 5\n", "", "the overridden rule does not exist; did you mean “B013”?"),
    ("[override.b003]\nvalue = 5\n", "", "the overridden rule does not exist; did you mean “B003”?"),
    ("[override.B003]\nvaleu = 5\n", "", "valeu: it does not belong here; did you mean “value”?"),
    ('[override.B003]\ncredit = "share"\n', "", "credit: this check cannot tell what share is in order"),
    ('[override.B003]\nproblem.zh = "{values}"\n', "", "problem: {values} is no parameter of the rule"),
    ('[override.W010]\ndeadline = "02-30"\n', "", "deadline: it should be a day of the year"),
]


@pytest.mark.parametrize(("text", "key", "why"), FILES)
def test_a_standard_that_makes_no_sense_is_refused(text: str, key: str, why: str, tmp_path: Path) -> None:
    path = write_standard(tmp_path, EXTENDING + text)
    message = refusal(path)
    assert message.startswith(f"{path}:")
    assert key in message
    assert why in message


def test_two_grades_from_the_same_score_may_ask_for_different_numbers_of_complete_ones(tmp_path: Path) -> None:
    grades = GRADE.format("差", 0, "") + GRADE.format("优", 60, "complete = 5") + GRADE.format("好", 60, "")
    own = load_standard(write_standard(tmp_path, EXTENDING + grades))
    assert [own.grade(60, complete).name.zh for complete in (5, 4)] == ["优", "好"]
