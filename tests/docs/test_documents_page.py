"""The page on notices and reports: its settings can be used, its commands write what it says."""

from pathlib import Path

import pytest

from pilot_cli.settings.model import TABLES
from tests.commands.running import AS_OF, pilot
from tests.docs.blocks import LANGUAGES, blocks, page_text
from tests.editing import CONSTRUCTION, write_site

PAGE = "documents.md"

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def test_every_command_of_the_page_runs_with_its_settings(language: str, tmp_path: Path) -> None:
    (settings,) = (block.text for block in blocks(PAGE, language) if block.language == "toml")
    (tmp_path / "pilot.toml").write_text(settings, encoding="utf-8")
    write_site(tmp_path / "sites" / "haina", CONSTRUCTION)
    commands = [block.text.split()[1:] for block in blocks(PAGE, language) if block.language == "sh"]
    assert len(commands) == 3
    for command in commands:
        result = pilot("--lang", language, *command, *AS_OF, cwd=tmp_path, PILOT_NO_SETTINGS="")
        assert (result.returncode, result.stdout) == (0, ""), command
    assert len(list(tmp_path.glob("*/*.xlsx"))) == 1
    assert len(list(tmp_path.glob("*/*.docx"))) == 1
    assert len(list(tmp_path.glob("*.docx"))) == 2


def test_the_page_names_every_setting_of_documents(language: str) -> None:
    text = page_text(PAGE, language)
    for table in ("office", "deadlines", "documents"):
        assert [key for key in TABLES[table] if f"`{table}.{key}`" not in text] == []
