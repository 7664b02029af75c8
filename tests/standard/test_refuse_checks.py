"""A check with parameters that it can make nothing of is refused, with the file, line, rule and key."""

from pathlib import Path

import pytest

from tests.standard.own import EXTENDING, line_of_key, own_rule, refusal, write_standard

MEMBERS = 'field = "branch.full_members"'
ITEMS = 'rows = "responsibility_list.items"'


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Compare the English messages."""


CHECKS = [
    # the check and its parameters
    pytest.param('check = "at_last"', "check", "there is no check “at_last”", id="an unknown check"),
    pytest.param("", "check", "it is missing", id="no check"),
    pytest.param("check = 5", "check", "it should be a text, but is 5", id="a check that is no text"),
    pytest.param(f'check = "at_least"\n{MEMBERS}', "value", "it is missing", id="a missing parameter"),
    pytest.param(
        f'check = "at_least"\n{MEMBERS}\nvalue = 3\nvalues = 4',
        "values",
        "it does not belong here",
        id="a superfluous parameter",
    ),
    pytest.param('check = "waivers_known"\nmonths = 3', "months", "does not belong", id="a parameter of another check"),
    # fields that the format does not have
    pytest.param('check = "given"\nfields = ["branch.names"]', "fields", "“branch.names”", id="no such key"),
    pytest.param('check = "given"\nfields = ["branches.name"]', "fields", "“branches.name”", id="no such table"),
    pytest.param('check = "given"\nfields = [""]', "fields", "no field “”", id="an empty field"),
    pytest.param('check = "given"\nfields = [".format"]', "fields", "“.format”", id="a leading dot"),
    pytest.param('check = "given"\nfields = ["branch."]', "fields", "“branch.”", id="a dot at the end"),
    pytest.param('check = "given"\nfields = ["branch..name"]', "fields", "“branch..name”", id="two dots"),
    pytest.param('check = "given"\nfields = ["branch.name.x"]', "fields", "“branch.name.x”", id="a key below a text"),
    pytest.param('check = "given"\nfields = ["branch.name", 5]', "fields", "a text", id="a field that is a number"),
    pytest.param(
        f'check = "each_given"\n{ITEMS}\nany_of = ["owners"]', "any_of", "“owners”", id="no such key of a row"
    ),
    pytest.param(f'check = "each_given"\n{ITEMS}\nany_of = [".owner"]', "any_of", "“.owner”", id="a key with a dot"),
    pytest.param(
        f'check = "some"\n{ITEMS}\nwhere = {{ kind = ["其他"] }}', "where", "“kind”", id="no such key to match"
    ),
    pytest.param(
        f'check = "none_overdue"\n{ITEMS}\ndue = "until"\nunless = {{ status = ["已完成"] }}',
        "due",
        "“until”",
        id="no such due date",
    ),
    pytest.param(
        f'check = "none_overdue"\n{ITEMS}\ndue = "due"\nunless = {{ state = ["已完成"] }}',
        "unless",
        "“state”",
        id="no such exception",
    ),
    # fields that the check can make nothing of
    pytest.param('check = "given"\nfields = ["branch"]', "fields", "not a value", id="given: a table"),
    pytest.param(
        'check = "at_least"\nfield = "branch.approved_on"\nvalue = 3',
        "field",
        "not a number",
        id="at_least: a date",
    ),
    pytest.param(
        'check = "at_least"\nfield = "branch.name"\nvalue = 3', "field", "not a number", id="at_least: a text"
    ),
    pytest.param(
        'check = "at_least"\nfield = "satisfaction.rated"\nvalue = 3',
        "field",
        "not a number",
        id="at_least: a list",
    ),
    pytest.param(
        'check = "at_most"\nfields = ["branch.groups", "branch.form"]\nvalue = 3',
        "fields",
        "not a number",
        id="at_most: a word",
    ),
    pytest.param(
        f'check = "not_less"\n{MEMBERS}\nthan = "branch.elected_on"',
        "than",
        "not a number",
        id="not_less: a date",
    ),
    pytest.param(
        'check = "not_before"\nfield = "branch.name"\nthan = "site.ends_on"',
        "field",
        "not a date",
        id="not_before: a text",
    ),
    pytest.param(
        'check = "not_before"\nfield = "site.ends_on"\nthan = "branch.groups"',
        "than",
        "not a date",
        id="not_before: a number",
    ),
    pytest.param(
        'check = "term_current"\nfield = "site.ends_on"\nyears = "site.ends_on"',
        "years",
        "not a number",
        id="term_current: a date",
    ),
    pytest.param(
        'check = "not_past"\nfield = "satisfaction.surveyed_on"',
        "field",
        "not a date",
        id="not_past: several dates",
    ),
    pytest.param('check = "in_effect"\nfield = "branch.groups"', "field", "not a date", id="in_effect: a number"),
    pytest.param(
        'check = "within_days"\nfield = "site.ends_on"\nafter = "site.name"\ndays = 3',
        "after",
        "not a date",
        id="within_days: a text",
    ),
    pytest.param('check = "recent"\nfields = ["site.name"]\nmonths = 3', "fields", "not a date", id="recent: a text"),
    pytest.param('check = "count"\nrows = "branch.groups"\nat_most = 3', "rows", "not a list", id="count: a number"),
    pytest.param('check = "count"\nrows = "branch"\nat_most = 3', "rows", "not a list", id="count: a table"),
    pytest.param(
        'check = "includes"\nfield = "branch.form"\nvalues = ["联合"]',
        "field",
        "not a list of texts",
        id="includes: a word",
    ),
    pytest.param(
        'check = "includes"\nfield = "satisfaction.rated"\nvalues = ["1"]',
        "field",
        "not a list of texts",
        id="includes: numbers",
    ),
    pytest.param(
        'check = "documents"\nfield = "activity_space.has"',
        "field",
        "not a list of texts",
        id="documents: words",
    ),
    pytest.param('check = "documents"\nfield = "branch.name"', "field", "not a list of texts", id="documents: a text"),
    pytest.param('check = "table_given"\ntable = "branch.name"', "table", "not a table", id="table_given: a text"),
    pytest.param(
        'check = "each_given"\nrows = "branch.covers"\nany_of = ["x"]',
        "rows",
        "not a list of tables",
        id="each_given: texts",
    ),
    pytest.param(
        'check = "some"\nrows = "branch"\nwhere = { form = ["联合"] }',
        "rows",
        "not a list of tables",
        id="some: a table",
    ),
    pytest.param(
        f'check = "none_overdue"\n{ITEMS}\ndue = "title"\nunless = {{ status = ["已完成"] }}',
        "due",
        "not a date",
        id="none_overdue: a text",
    ),
    pytest.param(
        'check = "each_not_more"\nrows = "satisfaction"\nfield = "surveyed_on"\nthan = "rated"',
        "field",
        "not a number",
        id="each_not_more: a date",
    ),
    pytest.param(
        'check = "each_not_more"\nrows = "satisfaction"\nfield = "rated"\nthan = "surveyed_on"',
        "than",
        "not a number",
        id="each_not_more: than a date",
    ),
    pytest.param(
        'check = "count"\nrows = "branch.covers"\nwhere = { name = ["甲"] }\nat_least = 1',
        "where",
        "have no key",
        id="count: texts where",
    ),
    pytest.param(
        f'check = "count"\n{ITEMS}\nwhere = {{ due = ["明天"] }}\nat_least = 1',
        "where",
        "“due”",
        id="count: where a date is a word",
    ),
    pytest.param(
        'check = "some"\nrows = "satisfaction"\nwhere = { rated = ["50"] }',
        "where",
        "“rated”",
        id="some: where a number is a word",
    ),
    # words that their list does not have
    pytest.param(
        'check = "includes"\nfield = "activity_space.has"\nvalues = ["场所", "标识"]',
        "values",
        "“标识”",
        id="includes: no such word",
    ),
    pytest.param(
        'check = "count"\nrows = "branch.officers"\nwhere = { posts = ["支书"] }\nat_most = 1',
        "where",
        "“支书”",
        id="count: no such word",
    ),
    pytest.param(
        f'check = "some"\n{ITEMS}\nwhere = {{ category = ["安全"] }}',
        "where",
        "“安全”",
        id="some: no such word",
    ),
    pytest.param(
        f'check = "none_overdue"\n{ITEMS}\ndue = "due"\nunless = {{ status = ["完成"] }}',
        "unless",
        "“完成”",
        id="none_overdue: no such word",
    ),
    pytest.param(
        'check = "held_within"\nkind = "例会"\nmonths = 3', "kind", "“例会”", id="held_within: no such meeting"
    ),
    pytest.param(
        'check = "held_every"\nkind = "党课"\nperiod = "week"',
        "period",
        "“week”",
        id="held_every: no such period",
    ),
    pytest.param(
        'check = "attendance"\nmeetings = [{ kind = ["党课", "例会"] }]\npercent = 50\nmonths = 3',
        "meetings",
        "“例会”",
        id="attendance: no such meeting",
    ),
    pytest.param('check = "owned_by_post"\npost = "主任"', "post", "“主任”", id="owned_by_post: no such post"),
    # parameters of the wrong type
    pytest.param('check = "given"\nfields = "branch.name"', "fields", "a list", id="a text for a list"),
    pytest.param('check = "given"\nfields = []', "fields", "a list with something in it", id="an empty list"),
    pytest.param(
        f'check = "at_least"\n{MEMBERS}\nvalue = "3"',
        "value",
        "a number, but is “3”",
        id="a text for a number",
    ),
    pytest.param(
        f'check = "at_least"\n{MEMBERS}\nvalue = true',
        "value",
        "a number, but is true",
        id="a truth for a number",
    ),
    pytest.param(f'check = "at_least"\n{MEMBERS}\nvalue = nan', "value", "a number", id="not a number"),
    pytest.param(f'check = "at_least"\n{MEMBERS}\nvalue = inf', "value", "a number", id="an infinite number"),
    pytest.param(
        'check = "recent"\nfields = ["site.ends_on"]\nmonths = 1.5',
        "months",
        "a whole number",
        id="a part of a month",
    ),
    pytest.param('check = "recent"\nfields = ["site.ends_on"]\nmonths = 0', "months", "at least 1", id="no months"),
    pytest.param('check = "role_members"\npercent = 101', "percent", "at most 100", id="more than 100 per cent"),
    pytest.param('check = "role_members"\npercent = -1', "percent", "at least 0", id="less than 0 per cent"),
    pytest.param(
        'check = "within_days"\nfield = "site.ends_on"\nafter = "site.ends_on"\ndays = -1',
        "days",
        "at least 0",
        id="less than 0 days",
    ),
    pytest.param('check = "recorders_at_most"\nvalue = 0\nmonths = 3', "value", "at least 1", id="no recorders"),
    pytest.param(
        'check = "count"\nrows = "branch.covers"\nat_least = -1',
        "at_least",
        "at least 0",
        id="less than no rows",
    ),
    pytest.param('check = "count"\nrows = "branch.covers"', "", "one of at_least and at_most", id="no bound"),
    pytest.param(f'check = "some"\n{ITEMS}\nwhere = ["安全质量"]', "where", "a table", id="a list for a condition"),
    pytest.param(
        f'check = "some"\n{ITEMS}\nwhere = {{}}',
        "where",
        "a table with something in it",
        id="an empty condition",
    ),
    pytest.param(
        f'check = "some"\n{ITEMS}\nwhere = {{ category = "安全质量" }}',
        "where",
        "a list",
        id="a text for a list of words",
    ),
    pytest.param(f'check = "some"\n{ITEMS}\nwhere = {{ category = [] }}', "where", "a list", id="no words"),
]


@pytest.mark.parametrize(("lines", "key", "why"), CHECKS)
def test_a_check_that_makes_no_sense_is_refused(lines: str, key: str, why: str, tmp_path: Path) -> None:
    text = EXTENDING + own_rule(lines)
    path = write_standard(tmp_path, text)
    message = refusal(path)
    assert message.startswith(f"{path}:{line_of_key(text, key)}, rule GZ01: {key}")
    assert why in message
