"""The page on settings: its example can be used, its tables leave nothing out, its mistakes are answered as it says."""

import re
from pathlib import Path

import pytest

from pilot_cli.settings.model import OPTIONS, TABLES
from pilot_cli.settings.names import COMMANDS, OWN
from tests.commands.running import pilot
from tests.docs.blocks import LANGUAGES, blocks, code, table
from tests.standard.own import EXTENDING

PAGE = "settings.md"
ON = {"PILOT_NO_SETTINGS": ""}

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def example(language: str, folder: Path) -> Path:
    """The example of the page, in a folder that has what it names."""
    (block,) = (block.text for block in blocks(PAGE, language) if block.language == "toml")
    (folder / "guangzhou.toml").write_text(EXTENDING, encoding="utf-8")
    path = folder / "pilot.toml"
    path.write_text(block, encoding="utf-8")
    return path


def test_the_example_holds(language: str, tmp_path: Path) -> None:
    example(language, tmp_path)
    result = pilot("--lang", language, "doctor", cwd=tmp_path, **ON)
    assert (result.returncode, result.stderr) == (0, "")
    for line in ("pilot.toml:1", "pilot.toml:8", "pilot.toml:23"):
        assert f"({line})" in result.stdout.replace("（", "(").replace("）", ")")


def test_every_mistake_is_answered_as_shown(language: str, tmp_path: Path) -> None:
    path = example(language, tmp_path)
    text = path.read_text(encoding="utf-8")
    rows = table(PAGE, language, "`fail_on =`")
    assert len(rows) == 8
    for right, wrong, said in (map(code, row) for row in rows):
        assert text.count(right) == 1
        path.write_text(text.replace(right, wrong), encoding="utf-8")
        result = pilot("--lang", language, "check", cwd=tmp_path, **ON)
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.strip().removeprefix("Error: ").removeprefix("错误：").rstrip("。.") == said.rstrip("。.")


def test_the_tables_name_every_key_and_where_it_may_stand(language: str) -> None:
    common, own, others = (table(PAGE, language, first) for first in ("`lang`", "`format`", "`office.name`"))
    listed = {code(row[0]): set(re.findall(r"`(\w+)`", row[3])) for row in (*common, *own)}
    assert listed.pop("lang") == set()
    assert {code(row[0]) for row in common} == {"lang", *OPTIONS}
    assert {code(row[0]) for row in own} == OWN
    names = {name for options in COMMANDS.values() for name in options}
    assert listed == {name: {command for command in COMMANDS if name in COMMANDS[command]} for name in names}
    rest = [f"{name}.{key}" for name, keys in TABLES.items() if name not in COMMANDS for key in keys]
    assert [code(row[0]) for row in others] == rest


def test_every_command_of_the_page_runs(language: str, tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites/site.toml").write_text('[site]\nid = "a-b"\n', encoding="utf-8")
    commands = [block.text for block in blocks(PAGE, language) if block.language == "sh"]
    assert len(commands) == 2
    for command in commands:
        assert pilot(*command.split()[1:], cwd=tmp_path).returncode in (0, 1), command
