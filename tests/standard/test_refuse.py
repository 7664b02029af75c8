"""Every way in which a standard can be wrong is an error that names file, line, rule and key."""

from pathlib import Path

import pytest

from pilot_cli import load_standard
from pilot_cli.locale import Language, use_language
from pilot_cli.standard.load import StandardError
from tests.editing import line_of
from tests.standard.own import EXTENDING, TEXTS, own_rule, write_standard

WHOLE = 'name = "自有标准"\nweight = 20\n[[grades]]\nfrom = 0\nname.zh = "合格"\n'
MEMBERS = 'field = "branch.full_members"'
ITEMS = 'rows = "responsibility_list.items"'
OVERRIDE = f"{EXTENDING}[override.A005]\n"


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Compare the English messages."""


def refusal(path: Path) -> str:
    with pytest.raises(StandardError) as caught:
        load_standard(path)
    return str(caught.value)


RULES = [
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
        "have no keys",
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
        'check = "attendance"\nkinds = ["党课", "例会"]\npercent = 50\nmonths = 3',
        "kinds",
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
    # what the rule applies to
    pytest.param('applies = ["联合"]\ncheck = "waivers_known"', "applies", "a table", id="applies: no table"),
    pytest.param(
        'applies = { "branch.forms" = ["联合"] }\ncheck = "waivers_known"',
        "applies.branch.forms",
        "no field",
        id="applies: no such field",
    ),
    pytest.param(
        'applies = { "branch.form" = "联合" }\ncheck = "waivers_known"',
        "applies.branch.form",
        "a table",
        id="applies: a text",
    ),
    pytest.param(
        'applies = { "branch.form" = [] }\ncheck = "waivers_known"',
        "applies.branch.form",
        "a list",
        id="applies: no words",
    ),
    pytest.param(
        'applies = { "branch.form" = {} }\ncheck = "waivers_known"',
        "applies.branch.form",
        "",
        id="applies: no condition",
    ),
    pytest.param(
        'applies = { "branch.form" = ["联"] }\ncheck = "waivers_known"',
        "applies.branch.form",
        "“联”",
        id="applies: no such word",
    ),
    pytest.param(
        'applies = { "branch.form" = { not = ["联"] } }\ncheck = "waivers_known"',
        "applies.branch.form",
        "“联”",
        id="applies: no such word not",
    ),
    pytest.param(
        'applies = { "branch.form" = { is = ["联合"] } }\ncheck = "waivers_known"',
        "applies.branch.form.is",
        "belong",
        id="applies: no such condition",
    ),
    pytest.param(
        'applies = { "branch.form" = { at_least = 3 } }\ncheck = "waivers_known"',
        "applies.branch.form",
        "not a number",
        id="applies: at least on a word",
    ),
    pytest.param(
        'applies = { "site.ends_on" = { at_most = 3 } }\ncheck = "waivers_known"',
        "applies.site.ends_on",
        "not a number",
        id="applies: at most on a date",
    ),
    pytest.param(
        'applies = { "branch.groups" = { at_most = "3" } }\ncheck = "waivers_known"',
        "applies.branch.groups.at_most",
        "a number",
        id="applies: at most a text",
    ),
    pytest.param(
        'applies = { "branch.groups" = ["3"] }\ncheck = "waivers_known"',
        "applies.branch.groups",
        "",
        id="applies: words on a number",
    ),
    pytest.param(
        'applies = { "site.ends_on" = ["明天"] }\ncheck = "waivers_known"',
        "applies.site.ends_on",
        "",
        id="applies: words on a date",
    ),
    pytest.param(
        'applies = { "site.name" = { given = "yes" } }\ncheck = "waivers_known"',
        "applies.site.name.given",
        "true or false",
        id="applies: given a text",
    ),
    pytest.param(
        'applies = { "branch.officers" = { at_least = 1 } }\ncheck = "waivers_known"',
        "applies.branch.officers",
        "not a number",
        id="applies: at least on a list",
    ),
    # the other keys of a rule
    pytest.param('points = -1\ncheck = "waivers_known"', "points", "at least 0", id="negative points"),
    pytest.param('points = "3"\ncheck = "waivers_known"', "points", "a whole number", id="points in words"),
    pytest.param('enabled = "no"\ncheck = "waivers_known"', "enabled", "true or false", id="enabled in words"),
    pytest.param('title.fr = "titre"\ncheck = "waivers_known"', "title.fr", "does not belong", id="a title in French"),
]


def line_of_key(text: str, key: str) -> int:
    """Find the line of a key of the only rule; for one that is absent, that of the rule."""
    lines = text.splitlines()
    beginnings = (f"{key} =", f"{key.partition('.')[0]} =", "[[rules]]")
    return next(n for beginning in beginnings for n, line in enumerate(lines, 1) if line.startswith(beginning))


@pytest.mark.parametrize(("lines", "key", "why"), RULES)
def test_a_rule_that_is_wrong_is_refused(lines: str, key: str, why: str, tmp_path: Path) -> None:
    text = EXTENDING + own_rule(lines)
    path = write_standard(tmp_path, text)
    message = refusal(path)
    assert message.startswith(f"{path}:{line_of_key(text, key)}, rule GZ01: {key}")
    assert why in message


BARE = f'[[rules]]\nid = "GZ01"\nseverity = "info"\ncheck = "waivers_known"\n{TEXTS}'


@pytest.mark.parametrize(
    ("old", "new", "at", "rule", "key", "why"),
    [
        pytest.param('id = "GZ01"', "", "[[rules]]", "", "id", "it is missing", id="no id"),
        pytest.param('"GZ01"', '"gz01"', "gz01", ", rule gz01", "id", "capital letters and digits", id="lower case"),
        pytest.param('"GZ01"', '"GZ"', "GZ", ", rule GZ", "id", "capital letters and digits", id="no digits"),
        pytest.param('"GZ01"', '"GZ-01"', "GZ", ", rule GZ-01", "id", "capital letters and digits", id="a hyphen"),
        pytest.param('"GZ01"', "7", "id = 7", ", rule 7", "id", "a text", id="an id that is a number"),
        pytest.param('severity = "info"\n', "", "[[rules]]", ", rule GZ01", "severity", "missing", id="no severity"),
        pytest.param(
            '"info"', '"grave"', "grave", ", rule GZ01", "severity", "error, warning, info", id="no such severity"
        ),
        pytest.param(
            'id = "GZ01"', 'id = "GZ01"\none = "site"', "one =", ", rule GZ01", "one", "work_rules", id="no such one"
        ),
        pytest.param('title.zh = "标题"\n', "", "[[rules]]", ", rule GZ01", "title", "it is missing", id="no title"),
        pytest.param(
            "basis.zh", "basis.en", "basis", ", rule GZ01", "basis.zh", "it is missing", id="no Chinese basis"
        ),
        pytest.param(
            'advice.zh = "建议"', 'advice = "建议"', "advice", ", rule GZ01", "advice", "a table", id="bare advice"
        ),
        pytest.param(
            '"标题"', "5", "title", ", rule GZ01", "title.zh", "a text, but is 5", id="a title that is a number"
        ),
    ],
)
def test_a_rule_without_what_each_rule_needs_is_refused(
    old: str, new: str, at: str, rule: str, key: str, why: str, tmp_path: Path
) -> None:
    assert BARE.count(old) == 1
    text = EXTENDING + BARE.replace(old, new)
    path = write_standard(tmp_path, text)
    message = refusal(path)
    assert message.startswith(f"{path}:{line_of(text, at)}{rule}: {key}: ")
    assert why in message


@pytest.mark.parametrize(
    ("text", "at", "where", "why"),
    [
        pytest.param(
            f"{OVERRIDE}valeu = 30", "valeu", ", rule A005: valeu", "does not belong here", id="an unknown parameter"
        ),
        pytest.param(
            f'{OVERRIDE}value = "30"', "value", ", rule A005: value", "a number", id="a value of the wrong type"
        ),
        pytest.param(
            f'{OVERRIDE}severity = "grave"',
            "severity",
            ", rule A005: severity",
            "error, warning",
            id="no such severity",
        ),
        pytest.param(
            f'{OVERRIDE}field = "branch.name"',
            "field",
            ", rule A005: field",
            "not a number",
            id="a field of the wrong type",
        ),
        pytest.param(
            f'{OVERRIDE}check = "given"',
            "[override",
            ", rule A005: fields",
            "it is missing",
            id="a check without its parameters",
        ),
        pytest.param(f'{OVERRIDE}id = "A006"', "[override", ", rule A005: ", "without an id", id="another id"),
        pytest.param(f"{EXTENDING}[override]\nA005 = 30", "A005", ", rule A005: ", "a table", id="no table"),
        pytest.param(f"{EXTENDING}override = 30", "override", ": override: ", "a table", id="no table of overrides"),
        pytest.param(
            f"{EXTENDING}[override.A999]\nvalue = 3", "A999", ", rule A999: ", "does not exist", id="no such rule"
        ),
        pytest.param(
            f"{EXTENDING}[override.a005]\nvalue = 3",
            "a005",
            ", rule a005: ",
            "does not exist",
            id="a rule in lower case",
        ),
        pytest.param(
            f"{WHOLE}[override.A005]\nvalue = 3", "A005", ", rule A005: ", "does not exist", id="nothing to override"
        ),
        pytest.param(
            f"{OVERRIDE}enabled = false\nvalue = true", "value", ", rule A005: value", "a number", id="a disabled rule"
        ),
    ],
)
def test_an_override_that_is_wrong_is_refused(text: str, at: str, where: str, why: str, tmp_path: Path) -> None:
    path = write_standard(tmp_path, text)
    message = refusal(path)
    assert message.startswith(f"{path}:{line_of(text, at)}{where}")
    assert why in message


KNOWN = 'check = "waivers_known"'


@pytest.mark.parametrize(
    ("rules", "at", "rule"),
    [
        pytest.param(
            own_rule(KNOWN) + own_rule(KNOWN, one="work_rules"), 'one = "work_rules"', "GZ01", id="in one file"
        ),
        pytest.param(
            own_rule(KNOWN, id="A005", one="work_rules"), 'one = "work_rules"', "A005", id="in the other standard"
        ),
    ],
)
def test_an_id_that_is_used_twice_is_refused(rules: str, at: str, rule: str, tmp_path: Path) -> None:
    text = EXTENDING + rules
    path = write_standard(tmp_path, text)
    assert refusal(path) == f"{path}:{line_of(text, at) - 1}, rule {rule}: id: the id is used twice"


@pytest.mark.parametrize(
    ("text", "at", "key", "why"),
    [
        pytest.param(f'{EXTENDING}extend = "x"', 'extend = "x"', "extend", "does not belong here", id="an unknown key"),
        pytest.param('extends = "five-ones"', "extends", "name", "it is missing", id="no name"),
        pytest.param('name = " "\nextends = "five-ones"', "name", "name", "something in it", id="a blank name"),
        pytest.param("name = 5", "name", "name", "a text", id="a name that is a number"),
        pytest.param('name = "a"\nextends = ["five-ones"]', "extends", "extends", "a text", id="several to extend"),
        pytest.param(f"{EXTENDING}weight = 0", "weight", "weight", "at least 1", id="no weight to speak of"),
        pytest.param(f'{EXTENDING}weight = "20"', "weight", "weight", "a whole number", id="weight in words"),
        pytest.param(f"{EXTENDING}rules = 5", "rules", "rules", "a list", id="rules that are no list"),
        pytest.param(f"{EXTENDING}rules = [5]", "rules", "rules", "a table", id="rules that are no tables"),
        pytest.param(
            f"{EXTENDING}grades = []", "grades", "grades", "a list with something in it", id="no grades in the list"
        ),
        pytest.param(
            f"{EXTENDING}[[grades]]\nfrom = 0", "grades", "grades.name", "it is missing", id="a grade without a name"
        ),
        pytest.param(
            f'{EXTENDING}[[grades]]\nname.zh = "好"',
            "grades",
            "grades.from",
            "it is missing",
            id="a grade without a bound",
        ),
        pytest.param(
            f'{EXTENDING}[[grades]]\nfrom = "0"\nname.zh = "好"',
            "from",
            "grades.from",
            "a number",
            id="a grade from a text",
        ),
        pytest.param(
            f'{EXTENDING}[[grades]]\nfrom = 0\nname.zh = "差"\n[[grades]]\nname.zh = "好"\nfrom = true',
            "from = true",
            "grades",
            "a number",
            id="a second grade from a truth",
        ),
        pytest.param(
            f'{EXTENDING}[[grades]]\nfrom = 60\nname.zh = "好"', "grades", "", "begin at 0", id="no grade from 0"
        ),
        pytest.param(
            f'{EXTENDING}[[grades]]\nfrom = -1\nname.zh = "差"', "grades", "", "begin at 0", id="a grade from below 0"
        ),
        pytest.param(WHOLE.replace("weight = 20\n", ""), "name = ", "", "needs weight and grades", id="no weight"),
        pytest.param('name = "自有标准"\nweight = 20', "name", "", "needs weight and grades", id="no grades"),
    ],
)
def test_a_file_that_is_wrong_is_refused(text: str, at: str, key: str, why: str, tmp_path: Path) -> None:
    path = write_standard(tmp_path, text)
    message = refusal(path)
    assert message.startswith(f"{path}:{line_of(text, at)}: {key}")
    assert why in message


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        pytest.param('name = "a"\nextends = five-ones\n', 2, "straight double quotes", id="a text without quotes"),
        pytest.param('name = "a"\n\nextends ＝ "five-ones"\n', 3, "＝", id="a full-width sign"),
        pytest.param('name = "a"\nname = "b"\n', 2, "second time", id="a key twice"),
    ],
)
def test_a_file_that_is_not_toml_is_refused(text: str, line: int, why: str, tmp_path: Path) -> None:
    path = write_standard(tmp_path, text)
    message = refusal(path)
    assert message.startswith(f"{path}:{line}: ")
    assert why in message


def test_a_file_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    message = refusal(tmp_path / "nowhere.toml")
    assert str(tmp_path / "nowhere.toml") in message
    assert "five-ones" in message


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert str(tmp_path) in refusal(tmp_path)


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    try:
        path.symlink_to(path)
    except OSError:
        pytest.skip("this system has no links")
    assert str(path) in refusal(path)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes('name = "广州"\n'.encode("gb18030"))
    message = refusal(path)
    assert str(path) in message
    assert "UTF-8" in message


def test_a_file_of_1_mib_is_read(tmp_path: Path) -> None:
    path = write_standard(tmp_path, EXTENDING + "#" * (1024 * 1024 - len(EXTENDING.encode())))
    assert path.stat().st_size == 1024 * 1024
    assert load_standard(path).name == "广州市加强版"


@pytest.mark.parametrize("filling", ["#", "# 注"], ids=["ASCII", "cut within a character"])
def test_a_larger_file_is_refused(filling: str, tmp_path: Path) -> None:
    path = write_standard(tmp_path, EXTENDING + "#" + filling[-1] * (1024 * 1024))
    message = refusal(path)
    assert str(path) in message
    assert "1 MiB" in message


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"own.toml": "own.toml"}, id="a file that extends itself"),
        pytest.param({"own.toml": "./sub/../own.toml", "sub/x.toml": "five-ones"}, id="by a detour"),
        pytest.param({"own.toml": "b.toml", "b.toml": "own.toml"}, id="two files that extend each other"),
        pytest.param({"own.toml": "b.toml", "b.toml": "c.toml", "c.toml": "b.toml"}, id="a circle further down"),
    ],
)
def test_a_standard_that_extends_itself_is_refused(files: dict[str, str], tmp_path: Path) -> None:
    for name, extended in files.items():
        write_standard(tmp_path, f'name = "a"\nextends = "{extended}"\n', name)
    message = refusal(tmp_path / "own.toml")
    assert message.startswith(str(tmp_path))
    assert ":2: extends: " in message
    assert "extends itself" in message


@pytest.mark.parametrize("extended", ["nowhere.toml", "", "five-twos", ".", "a\\u0000b"])
def test_a_standard_that_extends_what_is_not_there_is_refused(extended: str, tmp_path: Path) -> None:
    path = write_standard(tmp_path, f'name = "a"\nextends = "{extended}"\n')
    message = refusal(path)
    assert message.startswith(f"{path}:2: extends: ")


def test_an_error_in_an_extended_file_names_that_file(tmp_path: Path) -> None:
    base = write_standard(tmp_path, EXTENDING + own_rule('check = "at_last"'), "base.toml")
    own = write_standard(tmp_path, 'name = "a"\nextends = "base.toml"\n')
    assert refusal(own).startswith(f"{base}:")


def test_an_error_is_in_chinese_unless_asked_for_otherwise(tmp_path: Path) -> None:
    use_language(Language.CHINESE)
    path = write_standard(tmp_path, EXTENDING + own_rule('check = "at_last"'))
    assert "规则 GZ01" in refusal(path)
