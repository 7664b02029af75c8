"""The page on the ledger of rectification: its month goes as it says, and its tables leave nothing out."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from pilot_cli.ledger_app import app
from tests.commands.running import pilot
from tests.docs.blocks import LANGUAGES, blocks, continue_file, copy_checklists, page_text, sessions, table

PAGE = "ledger.md"
GROUP: Any = typer.main.get_command(app)
SITE = "checklists/construction/shantou-rongbin-road/site.toml"

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def test_the_month_goes_as_shown(language: str, tmp_path: Path) -> None:
    copy_checklists(tmp_path)
    shown = 0
    for kind, text in blocks(PAGE, language):
        if kind == "toml" and "postgresql" not in text:
            if text.startswith("# "):
                continue_file(tmp_path, text)
            else:
                fill_in(tmp_path / SITE, text)
        for command, output in sessions(text) if kind == "console" else ():
            result = pilot(*command[1:], cwd=tmp_path, PILOT_LANG=language, PILOT_NO_SETTINGS="")
            said = "".join(f"{line.rstrip()}\n" for line in (result.stdout + result.stderr).splitlines())
            assert said.strip() == output.strip(), command
            shown += 1
    assert shown == 22


def fill_in(path: Path, lines: str) -> None:
    """Add to a table of a site file what the page shows below the line that is there."""
    known = lines.splitlines()[0]
    text = path.read_text(encoding="utf-8")
    assert text.count(known) == 1
    path.write_text(text.replace(known, lines.rstrip()), encoding="utf-8")


def test_every_command_is_in_the_table(language: str) -> None:
    named = [name for row in table(PAGE, language, "`record`") for name in re.findall(r"`(\w+)`", row[0])]
    assert sorted(named) == sorted(GROUP.commands)


def test_every_option_that_the_page_names_exists(language: str) -> None:
    options = {name for command in GROUP.commands.values() for option in command.params for name in option.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page_text(PAGE, language))) <= options
