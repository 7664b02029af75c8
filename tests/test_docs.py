"""The pages in docs/ that are made from the program are what it says now, and what all pages refer to exists."""

import re
from pathlib import Path

import pytest

from tests.commands.running import ROOT, pilot

DOCS = ROOT / "docs"
LANGUAGES = ["en", "zh"]
MADE = {"format.md": "schema", "rules.md": "rules"}
PAGES = sorted(DOCS.glob("*/*.md"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", MADE)
def test_a_made_page_is_what_pilot_says_now(page: str, language: str) -> None:
    said = pilot("--lang", language, MADE[page], "--format", "markdown").stdout
    assert (DOCS / language / page).read_text(encoding="utf-8") == said, "`make docs` makes it anew"


def test_every_page_is_there_in_both_languages() -> None:
    english, chinese = ({page.name for page in PAGES if page.parent.name == language} for language in LANGUAGES)
    assert english == chinese
    assert english >= set(MADE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_every_option_of_a_command_that_is_named_exists(page: Path) -> None:
    for command, rest in re.findall(
        r"^(?:\$ )?pilot (?:--lang \w+ )?((?:ledger )?\w+)(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE
    ):
        # What stands before all commands may stand behind them too, where help pages leave it out.
        shown = pilot(*command.split(), "--help").stdout + pilot("--help").stdout
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", rest):
            assert option in shown, f"{command} {option}"
