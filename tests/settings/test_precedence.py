"""Options beat variables beat the file, for every option that may be set."""

from pathlib import Path
from typing import Any

import pytest
import typer

from pilot_cli.app import app
from pilot_cli.settings.model import OPTIONS, TABLES
from pilot_cli.settings.names import COMMANDS, OWN, VARIABLES_ALONE
from pilot_cli.settings.precedence import origin, variables
from tests.settings.pilots import write_settings

GROUP: Any = typer.main.get_command(app)

VALUES: dict[str, tuple[Any, str, list[str], list[Any]]] = {
    # By option: what stands in the file, in the variable, on the command line, and what comes of each.
    "standard": ("a.toml", "b.toml", ["--standard", "c.toml"], ["a.toml", "b.toml", "c.toml"]),
    "select": (["A"], "B,C D", ["--select", "E"], [["A"], ["B,C", "D"], ["E"]]),
    "ignore": ("A", "B", ["--ignore", "C", "--ignore", "D"], [["A"], ["B"], ["C", "D"]]),
    "exclude": (["a b/"], "b/", ["--exclude", "c/"], [["a b/"], ["b/"], ["c/"]]),
    "borders": ("ascii", "unicode", ["--borders", "ascii"], ["ascii", "unicode", "ascii"]),
    "verbose": (True, "0", ["--verbose"], [True, False, True]),
    "jobs": (2, "3", ["-j", "4"], [2, 3, 4]),
    "fail_on": ("warning", "info", ["--fail-on", "never"], ["warning", "info", "never"]),
    "no_findings": (False, "1", ["--findings"], [False, True, False]),
    "all": (True, "no", ["--all"], [True, False, True]),
    "by": ("city", "kind district", ["--by", "form"], [["city"], ["kind", "district"], ["form"]]),
    "top": (1, "2", ["--top", "3"], [1, 2, 3]),
    "title": ("甲", "乙", ["--title", "丙"], ["甲", "乙", "丙"]),
    "format": ("json", "markdown", ["-f", "json"], ["json", "markdown", "json"]),
    "statistics": (True, "0", ["--statistics"], [True, False, True]),
    "severity": ("error", "info", ["--severity", "filing"], ["error", "info", "filing"]),
    "kind": ("建筑工地", "社区物业", ["--kind", "建筑工地"], ["建筑工地", "社区物业", "建筑工地"]),
    "grade": ("优秀", "良好", ["--grade", "合格"], ["优秀", "良好", "合格"]),
    "sort": ("score", "city", ["--sort", "name"], ["score", "city", "name"]),
    "output": ("a", "b", ["-o", "c"], ["a", "b", "c"]),
    "city": ("甲", "乙", ["--city", "丙"], ["甲", "乙", "丙"]),
    "district": ("甲", "乙", ["--district", "丙"], ["甲", "乙", "丙"]),
    "organization": ("甲", "乙", ["--organization", "丙"], ["甲", "乙", "丙"]),
}
EVERY = [(command, name) for command, names in COMMANDS.items() for name in names]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PILOT_NO_SETTINGS")


def context(command: str, *arguments: str) -> Any:
    """Read a command line as pilot does, without running it."""
    needed = {"import": ["ledger.xlsx"]}.get(command, [])
    root = GROUP.make_context("pilot", [command])
    return GROUP.commands[command].make_context(command, [*needed, *arguments], parent=root)


def held(found: Any, name: str) -> Any:
    """The value that holds; one alone of an option that may be given several times, in commands where it may."""
    value = found.params[name]
    is_alone = isinstance(value, list) and not isinstance(VALUES[name][3][0], list)
    return str(*value) if is_alone else str(value) if isinstance(value, Path) else value


@pytest.mark.parametrize(("command", "name"), EVERY)
@pytest.mark.parametrize("is_own", [True, False], ids=["in the table of the command", "at the top"])
def test_an_option_beats_a_variable_beats_the_file(
    command: str, name: str, is_own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_own and name in OWN:
        pytest.skip("it stands in tables alone")
    needed = ["-o", "a.xlsx"] if command == "export" and name != "output" else []
    in_file, in_variable, on_line, (of_file, of_variable, of_line) = VALUES[name]
    write_settings(Path(), {command: {name: in_file}} if is_own else {name: in_file})
    found = context(command, *needed)
    assert (held(found, name), origin(found, name)) == (of_file, f"pilot.toml:{1 + is_own}")
    variable = variables(command, name)[0 if is_own else -1]
    monkeypatch.setenv(variable, in_variable)
    found = context(command, *needed)
    assert (held(found, name), origin(found, name)) == (of_variable, f"环境变量 {variable}")
    found = context(command, *needed, *on_line)
    assert (held(found, name), origin(found, name)) == (of_line, None)


def test_the_table_of_a_command_and_its_variable_beat_what_is_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    write_settings(Path(), {"exclude": "a/", "report": {"exclude": []}})
    assert context("check").params["exclude"] == ["a/"]
    assert context("report").params["exclude"] == []
    monkeypatch.setenv("PILOT_EXCLUDE", "b/")
    monkeypatch.setenv("PILOT_REPORT_EXCLUDE", "c/")
    assert context("check").params["exclude"] == ["b/"]
    assert context("report").params["exclude"] == ["c/"]


@pytest.mark.parametrize(
    ("settings", "arguments", "name", "value"),
    [
        ({"jobs": 2}, ["--scheduler", "tcp://a:1"], "jobs", None),
        ({"check": {"format": "csv"}}, ["--output", "a.json"], "format", None),
        ({"check": {"output": "a.csv"}}, ["--format", "json"], "output", None),
        ({"check": {"output": "a.csv"}}, ["--watch"], "output", None),
        ({"check": {"output": "a.csv", "format": "csv"}}, [], "output", ["a.csv"]),
    ],
)
def test_what_goes_with_an_option_on_the_line_is_not_taken_from_the_file(
    settings: dict[str, Any], arguments: list[str], name: str, value: Any
) -> None:
    write_settings(Path(), settings)
    assert (context("check", *arguments).params[name] or None) == value


def test_a_cluster_has_a_variable_and_no_place_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write_settings(Path(), {"jobs": 2})
    monkeypatch.setenv("PILOT_SCHEDULER", "tcp://a:1")
    found = context("check")
    assert (found.params["scheduler"], found.params["jobs"]) == ("tcp://a:1", None)
    assert not VARIABLES_ALONE & OPTIONS.keys()


@pytest.mark.parametrize(("command", "name"), EVERY)
def test_what_may_be_set_is_an_option_with_the_same_words(command: str, name: str) -> None:
    (option,) = (option for option in GROUP.commands[command].params if option.name == name)
    assert option.param_type_name == "option"
    kind = TABLES[command][name].kind.schema
    is_several = "anyOf" in kind
    assert option.multiple is is_several
    kind = kind["anyOf"][0] if is_several else kind
    assert [str(word) for word in option.type_descriptor.choices or ()] == kind.get("enum", [])
    assert option.is_flag is (kind["type"] == "boolean")
    assert option.min == kind.get("minimum")
