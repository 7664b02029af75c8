"""Rules of one's own: checks with parameters that the built-in standard does not give them, and conditions."""

from datetime import date
from pathlib import Path

import pytest

from pilot_cli import load_standard
from tests.editing import AS_OF, COMMUNITY, CONSTRUCTION, edit, edited, read_site
from tests.standard.cases import DOES_NOT_APPLY, FAILS, PASSES, Case, Outcome, case, outcome
from tests.standard.own import EXTENDING, own_rule, write_standard


def own(
    outcome: Outcome, when: str, check: str, *parameters: str, site: str = CONSTRUCTION, as_of: date = AS_OF
) -> Case:
    """Make a case of a rule with this check and the lines of its parameters."""
    return case("\n".join([f'check = "{check}"', *parameters]), outcome, when, site=site, as_of=as_of)


def applying(outcome: Outcome, when: str, condition: str, site: str = CONSTRUCTION) -> Case:
    """Make a case of a rule that passes wherever it applies."""
    return own(outcome, when, "given", 'fields = ["site.id"]', f"applies = {condition}", site=site)


ITEMS = 'rows = "responsibility_list.items"'
RECORDS = 'rows = "work_rules.records"'
SAFE = 'where = { category = ["安全质量", "小区治理"], status = ["进行中"] }'
GENERAL = 'meetings = [{ kind = ["党员大会"] }]'
COMMITTEE = 'meetings = [{ kind = ["支委会"] }]'
DAYS = 'rows = "work_rules.records.date"'
NO_LECTURER = edited(CONSTRUCTION, edit(', lecturer = "张甲"', ""))
NEW = edited(CONSTRUCTION, edit("established_on = 2019-05-10", "established_on = 2020-08-01"))
WAIVED = f'{CONSTRUCTION}\n[[waivers]]\nrule = "GZ01"\nreason = "试点"\napproved_by = "局党组"\nuntil = 2020-11-22\n'

CHECKS = [
    own(PASSES, "table_given", "table_given", 'table = "branch"'),
    own(PASSES, "given of lists", "given", 'fields = ["branch.covers", "branch.officers.name"]', site=COMMUNITY),
    own(FAILS, "given of an absent list", "given", 'fields = ["branch.name", "branch.covers"]'),
    own(PASSES, "at_least a fraction", "at_least", 'field = "branch.probationary_members"', "value = 0.5"),
    own(PASSES, "at_least of a default", "at_least", 'field = "branch.groups"', "value = 0"),
    own(PASSES, "at_most nothing", "at_most", 'fields = ["branch.groups"]', "value = 0"),
    own(FAILS, "at_most a fraction", "at_most", 'fields = ["activity_space.area_m2"]', "value = 36.4"),
    own(PASSES, "not_less", "not_less", 'field = "branch.full_members"', 'than = "branch.probationary_members"'),
    own(
        FAILS,
        "not_less of none",
        "not_less",
        'field = "branch.probationary_members"',
        'than = "branch.groups"',
        site=COMMUNITY,
    ),
    own(
        PASSES,
        "not_less than none",
        "not_less",
        'field = "branch.groups"',
        'than = "branch.probationary_members"',
        site=COMMUNITY,
    ),
    own(PASSES, "not_before", "not_before", 'field = "activity_space.opened_on"', 'than = "site.started_on"'),
    own(FAILS, "each_not_more", "each_not_more", RECORDS, 'field = "expected"', 'than = "attended"'),
    own(PASSES, "count of rows that match twice", "count", ITEMS, SAFE, "at_least = 1", "at_most = 1"),
    own(FAILS, "count of rows at most none", "count", ITEMS, SAFE, "at_most = 0"),
    own(PASSES, "count of texts", "count", 'rows = "branch.documents"', "at_least = 1"),
    own(
        PASSES,
        "count of what rows give",
        "count",
        'rows = "responsibility_list.items.due"',
        "at_least = 2",
        "at_most = 2",
    ),
    own(PASSES, "includes free texts", "includes", 'field = "branch.covers"', 'values = ["荔景物业"]', site=COMMUNITY),
    own(FAILS, "includes parts of texts", "includes", 'field = "branch.covers"', 'values = ["荔景"]', site=COMMUNITY),
    own(PASSES, "term_current", "term_current", 'field = "branch.approved_on"', 'years = "branch.term_years"'),
    own(FAILS, "term_current of no years", "term_current", 'field = "branch.approved_on"', 'years = "branch.groups"'),
    own(FAILS, "not_past", "not_past", 'field = "branch.elected_on"'),
    own(PASSES, "4 days", "within_days", 'field = "branch.established_on"', 'after = "branch.approved_on"', "days = 4"),
    own(FAILS, "3 days", "within_days", 'field = "branch.established_on"', 'after = "branch.approved_on"', "days = 3"),
    own(PASSES, "in_effect", "in_effect", 'field = "site.started_on"'),
    own(PASSES, "2 months", "recent", 'fields = ["satisfaction.surveyed_on"]', "months = 2"),
    own(FAILS, "1 month", "recent", 'fields = ["satisfaction.surveyed_on"]', "months = 1"),
    own(PASSES, "dates of rows", "recent", 'fields = ["site.ends_on", "work_rules.records.date"]', "months = 6"),
    own(PASSES, "on a 30th", "recent", 'fields = ["satisfaction.surveyed_on"]', "months = 1", as_of=date(2020, 10, 30)),
    own(PASSES, "on a 31st", "recent", 'fields = ["satisfaction.surveyed_on"]', "months = 1", as_of=date(2020, 10, 31)),
    own(FAILS, "on a 1st", "recent", 'fields = ["satisfaction.surveyed_on"]', "months = 1", as_of=date(2020, 11, 1)),
    own(PASSES, "more months than there are", "recent", 'fields = ["satisfaction.surveyed_on"]', "months = 100000"),
    own(PASSES, "each_given where", "each_given", RECORDS, 'any_of = ["lecturer"]', 'where = { kind = ["党课"] }'),
    own(
        FAILS,
        "each_given",
        "each_given",
        RECORDS,
        'any_of = ["lecturer"]',
        'where = { kind = ["党课"] }',
        site=NO_LECTURER,
    ),
    own(
        DOES_NOT_APPLY,
        "each_given where none",
        "each_given",
        RECORDS,
        'any_of = ["lecturer"]',
        'where = { kind = ["支委会"] }',
    ),
    own(PASSES, "some of a default", "some", ITEMS, 'where = { category = ["服务群众"], status = ["未开始"] }'),
    own(FAILS, "some of two keys", "some", ITEMS, 'where = { category = ["服务群众"], status = ["进行中"] }'),
    own(PASSES, "some of a list", "some", 'rows = "member_guide.roles"', 'where = { members = ["丁", "王丙"] }'),
    own(PASSES, "none_overdue", "none_overdue", ITEMS, 'due = "done_on"', 'unless = { category = ["党的建设"] }'),
    own(FAILS, "none_overdue unless", "none_overdue", ITEMS, 'due = "done_on"', 'unless = { category = ["其他"] }'),
    own(PASSES, "owned_by_post", "owned_by_post", 'post = "副书记"'),
    own(DOES_NOT_APPLY, "owned_by_post without an officer", "owned_by_post", 'post = "组织委员"'),
    own(FAILS, "owned_by_post of others", "owned_by_post", 'post = "宣传委员"', site=COMMUNITY),
    own(PASSES, "60 per cent", "role_members", "percent = 60"),
    own(FAILS, "61 per cent", "role_members", "percent = 61"),
    own(PASSES, "held every quarter", "held_every", 'kind = "党员大会"', 'period = "quarter"'),
    own(FAILS, "held every month", "held_every", 'kind = "党员大会"', 'period = "month"'),
    own(PASSES, "held within 4 months", "held_within", 'kind = "党员大会"', "months = 4"),
    own(FAILS, "held within 3 months", "held_within", 'kind = "党员大会"', "months = 3"),
    own(FAILS, "held within 3 months of 3", "held_within", 'kind = "党员大会"', "months = 3", site=NEW),
    own(DOES_NOT_APPLY, "held within 4 months of 3", "held_within", 'kind = "党员大会"', "months = 4", site=NEW),
    own(FAILS, "1 recorder in 12 months", "recorders_at_most", "value = 1", "months = 12"),
    own(PASSES, "1 recorder in 3 months", "recorders_at_most", "value = 1", "months = 3"),
    own(DOES_NOT_APPLY, "1 recorder in 1 month", "recorders_at_most", "value = 1", "months = 1"),
    own(PASSES, "83 per cent attendance", "attendance", GENERAL, "percent = 83", "months = 12"),
    own(FAILS, "84 per cent attendance", "attendance", GENERAL, "percent = 84", "months = 12"),
    own(DOES_NOT_APPLY, "attendance of no meeting", "attendance", COMMITTEE, "percent = 84", "months = 12"),
    own(PASSES, "held for the year before", "held_for_year", 'kind = "党课"', 'deadline = "11-22"', "stood_months = 0"),
    own(FAILS, "not held for a year", "held_for_year", 'kind = "支委会"', 'deadline = "11-22"', "stood_months = 0"),
    own(DOES_NOT_APPLY, "not yet due", "held_for_year", 'kind = "支委会"', 'deadline = "11-23"', "stood_months = 0"),
    own(FAILS, "each_given of days to come", "each_given", RECORDS, 'any_of = ["date"]', as_of=date(2020, 8, 19)),
    own(PASSES, "each_given of days", "each_given", RECORDS, 'any_of = ["date"]', as_of=date(2020, 10, 15)),
    own(PASSES, "count of days", "count", DAYS, "at_most = 17", as_of=date(2020, 10, 14)),
    own(FAILS, "count of days to come", "count", DAYS, "at_least = 18", as_of=date(2020, 10, 14)),
    own(PASSES, "count of numbers", "count", 'rows = "satisfaction.rated"', "at_least = 1", "at_most = 1"),
    own(DOES_NOT_APPLY, "not stood long", "held_for_year", 'kind = "党课"', 'deadline = "01-01"', "stood_months = 8"),
    own(PASSES, "any_given", "any_given", 'fields = ["site.instructor", "site.liaison"]'),
    own(FAILS, "any_given of none", "any_given", 'fields = ["site.instructor", "branch.superior"]'),
    own(PASSES, "not_given", "not_given", 'fields = ["site.instructor"]'),
    own(FAILS, "not_given of one", "not_given", 'fields = ["site.instructor", "site.liaison"]'),
    own(PASSES, "one_of", "one_of", 'field = "branch.full_members"', "values = [4, 5]"),
    own(FAILS, "one_of others", "one_of", 'field = "branch.full_members"', "values = [4, 6]"),
    own(PASSES, "excludes", "excludes", 'field = "work_rules.covers"', 'values = ["发展党员"]'),
    own(FAILS, "excludes one", "excludes", 'field = "work_rules.covers"', 'values = ["发展党员", "党费收缴"]'),
    own(FAILS, "documents", "documents", 'field = "branch.covers"', site=COMMUNITY),
    own(FAILS, "waivers_current", "waivers_current", site=WAIVED),
    own(PASSES, "waivers_known", "waivers_known", site=WAIVED),
]
CONDITIONS = [
    applying(PASSES, "one of the words", '{ "branch.form" = ["联合", "单独"] }'),
    applying(DOES_NOT_APPLY, "another word", '{ "branch.form" = ["联合"] }'),
    applying(DOES_NOT_APPLY, "a word left out", '{ "site.city" = { not = ["广州市"] } }'),
    applying(PASSES, "within bounds", '{ "branch.full_members" = { at_least = 5, at_most = 5 } }'),
    applying(DOES_NOT_APPLY, "below a bound", '{ "branch.full_members" = { at_least = 5.5 } }'),
    applying(DOES_NOT_APPLY, "above a bound", '{ "branch.full_members" = { at_most = 4.5 } }'),
    applying(DOES_NOT_APPLY, "no number", '{ "branch.probationary_members" = { at_most = 9 } }', site=COMMUNITY),
    applying(PASSES, "what is given", '{ "site.brand" = { given = true } }'),
    applying(DOES_NOT_APPLY, "what is not to be given", '{ "site.brand" = { given = false } }'),
    applying(DOES_NOT_APPLY, "one of two", '{ "site.brand" = { given = true }, "branch.form" = ["联合"] }'),
]


@pytest.mark.parametrize("made", [*CHECKS, *CONDITIONS], ids=lambda made: f"{made.when} {made.outcome.value}")
def test_a_rule_of_ones_own_decides(made: Case, tmp_path: Path) -> None:
    standard = load_standard(write_standard(tmp_path, EXTENDING + own_rule(made.rule)))
    assert outcome("GZ01", read_site(tmp_path, made.site), standard, made.as_of) is made.outcome
