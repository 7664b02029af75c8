"""What the READMEs say is true."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from pilot_cli.standard.standard import Standard
from tests.commands.books import change_book
from tests.commands.running import AS_OF, ROOT, pilot
from tests.docs.blocks import said_by, sessions

PAGES = ["README.md", "README.zh.md"]


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page in one language."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [block for each, block in found if each == language]


@pytest.mark.parametrize("page", PAGES)
def test_the_example_of_a_site_file_has_no_mistakes(page: str, tmp_path: Path) -> None:
    site, _waiver, _standard = blocks(page, "toml")
    (tmp_path / "site.toml").write_text(site, encoding="utf-8")
    assert not re.search(r": F\d", pilot("check", tmp_path, *AS_OF, "--format", "concise").stdout)


@pytest.mark.parametrize("page", PAGES)
def test_the_example_of_a_standard_can_be_used(page: str, tmp_path: Path) -> None:
    _site, _waiver, standard = blocks(page, "toml")
    (tmp_path / "own.toml").write_text(standard, encoding="utf-8")
    result = pilot("rules", "A005", "--standard", tmp_path / "own.toml", "--format", "json")
    assert result.returncode == 0
    (rule,) = json.loads(result.stdout)["rules"]
    assert rule["severity"] == "error"
    assert "30" in rule["title"]


@pytest.mark.parametrize("page", PAGES)
def test_the_example_of_a_waiver_is_in_force_and_not_without_one_of_its_parts(page: str, tmp_path: Path) -> None:
    site, waiver, _standard = blocks(page, "toml")

    def found(waiver: str) -> str:
        (tmp_path / "site.toml").write_text(f"{site}\n{waiver}", encoding="utf-8")
        return pilot("check", tmp_path, *AS_OF, "--format", "concise").stdout

    assert not re.search(r": (F\d|P006|P007)", found(waiver))
    for key in ("reason", "approved_by", "until"):
        assert ": P006" in found("".join(line for line in waiver.splitlines(True) if not line.startswith(key)))


@pytest.mark.parametrize("page", PAGES)
def test_the_number_of_rules_is_the_one_that_there_is(page: str, five_ones: Standard) -> None:
    assert f"[{len(five_ones.rules)} " in (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_the_example_in_python_runs(page: str, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(blocks(page, "toml")[0], encoding="utf-8")
    code = blocks(page, "python")[0]
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert result.stderr == ""
    assert re.match(r"\d+\.\d \[", result.stdout)


@pytest.mark.parametrize("page", PAGES)
def test_the_ledger_of_rectification_goes_as_shown(page: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "checklists", tmp_path / "sites")
    (shown,) = (block for block in blocks(page, "sh") if block.startswith("$ pilot ledger record"))
    recording, export, take_in = sessions(shown)
    language = "zh" if page == "README.zh.md" else "en"
    for command, output in (recording, export):
        assert said_by(command, tmp_path, language) == output
    exported, filled_in, other = (tmp_path / name for name in (export[0][-1], *take_in[0][-2:]))
    shutil.copy(exported, filled_in)
    shutil.copy(exported, other)

    def type_a_month(book: Workbook) -> None:
        book.worksheets[0]["O14"] = "2020年12月"

    change_book(filled_in, type_a_month)
    assert said_by(take_in[0], tmp_path, language) == take_in[1]


@pytest.mark.parametrize("page", PAGES)
def test_every_option_that_is_named_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    commands = ("check", "report", "export", "import", "rules", "new", "schema", "doctor")
    pages = "".join(pilot(*command, "--help").stdout for command in ((), *((name,) for name in commands)))
    for option in set(re.findall(r"--[a-z][a-z-]+", text)):
        assert option in pages, option


@pytest.mark.parametrize("page", [*PAGES, "CONTRIBUTING.md"])
def test_every_link_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_the_mistake_shown_is_what_pilot_says(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('[site]\nid = "x-y"\nname = “海纳大厦”\n', encoding="utf-8")
    for page, language in (("README.md", "en"), ("README.zh.md", "zh")):
        shown = next(block for block in blocks(page, "") if "F003" in block)
        written = pilot("--lang", language, "check", tmp_path, *AS_OF).stdout
        for line in shown.splitlines():
            assert line.strip() in written
