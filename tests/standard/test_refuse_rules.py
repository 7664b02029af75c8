"""A rule or an override that makes no sense is refused, with the file, line, rule and key."""

from pathlib import Path

import pytest

from tests.editing import line_of
from tests.standard.own import EXTENDING, TEXTS, WHOLE, line_of_key, own_rule, refusal, write_standard

OVERRIDE = f"{EXTENDING}[override.A005]\n"


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Compare the English messages."""


RULES = [
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


def test_ids_that_are_missing_are_not_the_same_id(tmp_path: Path) -> None:
    text = EXTENDING + BARE.replace('id = "GZ01"', "") * 2
    path = write_standard(tmp_path, text)
    assert refusal(path) == f"{path}:{len(EXTENDING.splitlines()) + 1}: id: it is missing"
