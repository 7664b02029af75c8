"""How a standard of one's own is written: the page's example works as it says, and its tables leave nothing out."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
import rtoml

from pilot_cli import load_standard
from pilot_cli.site.file_rules import FILE_RULES
from pilot_cli.site.folder import Folder
from pilot_cli.site.reader import parse_site
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.check import Context
from pilot_cli.standard.checks import CHECKS
from pilot_cli.standard.load import _File, _RuleTable
from pilot_cli.standard.parameter import Declared, Parameter, ParameterError, _Required
from pilot_cli.standard.rule import POINTS, Condition
from tests import editing
from tests.commands.running import AS_OF, pilot
from tests.docs.blocks import (
    LANGUAGES,
    blocks,
    code,
    continue_file,
    copy_checklists,
    page_text,
    said_by,
    sessions,
    table,
)
from tests.standard.own import EXTENDING, own_rule, write_standard

PAGE = "standard.md"
EMPTY = '[site]\nid = "a-b"\nname = "a"\nkind = "建筑工地"\n'
YOUNG = f"{EMPTY}[branch]\nestablished_on = 2020-11-20\n"
ALWAYS = {"en": "always", "zh": "总是适用"}
TYPES = {"en": "number", "zh": "数字"}
OPTIONAL = {"en": ", optional", "zh": "，可省略"}
UNLIKELY = [101, -1, 0.5, True, "site", ["site"], "work_rules.covers", ["branch.name", "branch.groups"], {}, {"a": []}]
"""Values besides those of the page that tell the types of parameters apart."""

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def declared(table: type[Declared]) -> dict[str, Parameter]:
    """The keys that a table of a standard may have."""
    return {value.key or name: value for name, value in table._parameters.items()}


def listed(language: str, first: str) -> list[str]:
    """The code in the first column of a table."""
    return [code(row[0]) for row in table(PAGE, language, first)]


def test_the_example_grows_and_answers_as_shown(language: str, tmp_path: Path) -> None:
    copy_checklists(tmp_path)
    names = []
    for block in blocks(PAGE, language):
        if block.language == "toml":
            names.append(load_standard(continue_file(tmp_path, block.text)).name)
            continue
        assert block.language == "console"
        for command, output in sessions(block.text):
            assert said_by(command, tmp_path, language) == output
    assert len(names) == 5
    for command in re.findall(r"`(pilot [^`\n]+)`", page_text(PAGE, language)):
        assert pilot(*command.split()[1:], *AS_OF, cwd=tmp_path).returncode == 0, command


def test_every_mistake_is_answered_as_shown(language: str, tmp_path: Path) -> None:
    for block in blocks(PAGE, language):
        if block.text.startswith("# guangzhou.toml\n"):
            path = continue_file(tmp_path, block.text)
    right = path.read_text(encoding="utf-8")
    for old, new, shown in (map(code, row) for row in table(PAGE, language, "`value = 60`")):
        assert right.count(old) == 1
        path.write_text(right.replace(old, new), encoding="utf-8")
        result = pilot("rules", "--standard", path.name, cwd=tmp_path, PILOT_LANG=language)
        assert result.returncode == 2
        assert result.stderr.splitlines()[0].endswith((f"--standard: {shown}", f"--standard：{shown}"))


def test_the_keys_of_a_file_are_those_that_there_are(language: str) -> None:
    assert listed(language, "`extends`") == list(declared(_File))


def test_the_keys_of_a_rule_are_those_that_there_are(language: str) -> None:
    rows = {code(row[0]): row[-1] for row in table(PAGE, language, "`severity`")}
    keys = declared(_RuleTable)
    assert set(rows) == set(keys)
    required = rows["id"]
    for key, parameter in keys.items():
        assert (rows[key] == required) == (parameter.default is _Required), key
    for severity in Severity:
        assert f"`{severity}` {POINTS[severity]}" in rows["points"]


def test_the_ids_that_cannot_be_used_are_named(language: str) -> None:
    meaning = next(row[1] for row in table(PAGE, language, "`severity`") if row[0] == "`id`")
    assert [word for word in meaning.replace("、", " ").replace(",", " ").split() if word in FILE_RULES] == list(
        FILE_RULES
    )


def test_the_conditions_are_those_that_there_are(language: str) -> None:
    assert listed(language, "`not`") == list(declared(Condition))


def test_the_conditions_shown_can_be_used_and_the_short_form_means_the_long_one(language: str, tmp_path: Path) -> None:
    (shown,) = re.findall(r"`(applies = .*?)`", page_text(PAGE, language))
    (row,) = (row for row in table(PAGE, language, "`not`") if row[0] == "`in`")
    forms = sorted(re.findall(r"`([^`]+)`", row[1]))
    words = []
    for line in (shown, *(f'applies = {{ "branch.form" = {form} }}' for form in forms)):
        path = write_standard(tmp_path, EXTENDING + own_rule(f'{line}\ncheck = "waivers_known"'))
        words.append(load_standard(path).rules[-1].applies[0].condition.words)
    assert words == [("联合",)] * 3


def parameters_of(cell: str, language: str) -> dict[str, tuple[str, bool]]:
    """The parameters in a cell: for each its type, and whether it may be left out."""
    found = {}
    for part in filter(None, cell.replace("；", ";").split(";")):
        name, type = part.strip()[1:].split("`", 1)
        found[name] = (type.removesuffix(OPTIONAL[language]).strip(), type.endswith(OPTIONAL[language]))
    return found


def test_the_checks_and_their_parameters_are_those_that_there_are(language: str) -> None:
    rows = {code(row[0]): row for row in table(PAGE, language, "`attendance`")}
    assert set(rows) == set(CHECKS)
    assert len(table(PAGE, language, "`attendance`")) == len(CHECKS)
    for name, check in CHECKS.items():
        stated = {key: may_be_absent for key, (_type, may_be_absent) in parameters_of(rows[name][3], language).items()}
        assert stated == {key: parameter.default in (None, {}) for key, parameter in declared(check).items()}, name


def accepts(parameter: Parameter, value: object) -> bool:
    """Whether a parameter may have this value."""
    try:
        parameter.read(value)
    except ParameterError:
        return False
    return True


def test_parameters_are_of_the_types_that_the_page_gives_them(language: str) -> None:
    rows = table(PAGE, language, TYPES[language])
    examples = {row[0]: rtoml.loads(f"x = {code(row[1])}")["x"] for row in rows}
    assert len(examples) == len(rows)
    accepted = defaultdict(set)
    for row in table(PAGE, language, "`attendance`"):
        for key, (type, _may_be_absent) in parameters_of(row[3], language).items():
            parameter = declared(CHECKS[code(row[0])])[key]
            assert accepts(parameter, examples[type]), f"{row[0]}: {key}"
            accepted[type].add(tuple(accepts(parameter, value) for value in [*examples.values(), *UNLIKELY]))
    assert set(accepted) == set(examples), "types that no parameter has"
    assert all(len(patterns) == 1 for patterns in accepted.values()), "one name for two types"
    assert len({min(patterns) for patterns in accepted.values()}) == len(accepted), "two names for one type"


def test_checks_apply_when_the_page_says(language: str) -> None:
    five_ones = load_standard("five-ones-onsite")
    rules = {rule.info.id: rule for rule in five_ones.rules}
    for name, _asks, applies, _parameters, example in table(PAGE, language, "`attendance`"):
        check = rules[example].check
        assert type(check) is CHECKS[code(name)]
        verdicts = []
        for text in (EMPTY, YOUNG):
            reading = parse_site(text.encode())
            assert reading.site
            folder, placeholders = Folder(reading.folder), five_ones.placeholders
            context = Context(editing.AS_OF, folder, frozenset(rules), placeholders, reading.source_path)
            verdicts.append(check.decide(reading.site, context))
        assert (None not in verdicts) == (applies == ALWAYS[language]), name
