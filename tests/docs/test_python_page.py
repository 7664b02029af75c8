"""How pilot is used from Python: the programs of the page write what it shows, and its tables name what there is."""

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pilot_cli
from pilot_cli.audit.assessment import Assessment, Completion, Finding, OverdueItem, Status, WaiverInForce
from pilot_cli.audit.summary import Summary
from pilot_cli.site.problem import Excerpt, Problem
from pilot_cli.site.reader import Reading
from pilot_cli.site.rule_info import RuleInfo
from pilot_cli.standard.rule import Rule
from pilot_cli.standard.standard import Grade, Standard
from tests.commands.running import ROOT
from tests.docs.blocks import LANGUAGES, blocks, code, continue_file, copy_checklists, table

PAGE = "python.md"

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def written_by(program: str, folder: Path) -> str:
    """What a program writes in an interpreter of its own."""
    inherited = {key: value for key, value in os.environ.items() if key != "PILOT_LANG"}
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=folder,
        env={**inherited, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.stderr == ""
    return result.stdout


def test_every_program_writes_what_is_shown(language: str, tmp_path: Path) -> None:
    copy_checklists(tmp_path)
    for block in blocks("standard.md", language):
        if block.text.startswith("# guangzhou.toml\n"):
            continue_file(tmp_path, block.text)
    programs = blocks(PAGE, language)
    assert [block.language for block in programs] == ["python", "text"] * 6
    for program, shown in zip(programs[::2], programs[1::2], strict=True):
        assert written_by(program.text, tmp_path) == shown.text


def test_programs_use_public_names_alone(language: str) -> None:
    for block in blocks(PAGE, language)[::2]:
        for module, names in re.findall(r"^from (pilot_cli\S*) import (.*)$", block.text, re.MULTILINE):
            assert module == "pilot_cli"
            assert set(names.split(", ")) <= set(pilot_cli.__all__)


def test_every_public_name_is_described_with_its_parameters(language: str) -> None:
    described = {}
    for cell, *_rest in table(PAGE, language, "`StandardError`"):
        name, _bracket, parameters = code(cell).removesuffix(")").partition("(")
        described[name] = parameters
    assert sorted(described) == sorted(pilot_cli.__all__)
    for name, parameters in described.items():
        public = getattr(pilot_cli, name)
        if inspect.isfunction(public):
            assert parameters == ", ".join(inspect.signature(public).parameters)


TABLES: dict[str, type] = {
    "`problems`": Reading,
    "`left_out`": Assessment,
    "`excerpt`": Finding,
    "`pillar`": RuleInfo,
    "`rules`": Standard,
    "`by_rule`": Summary,
}
"""What the tables of attributes are about, by a row of each."""
WHOLE: dict[type, set[str]] = {
    Assessment: {"complete"},
    Finding: set(),
    Completion: {"status_label"},
    OverdueItem: set(),
    WaiverInForce: set(),
    Excerpt: set(),
    RuleInfo: {"family", "level"},
}
"""Those of which every value is named, and what is named besides."""
WITHIN: dict[str, type] = {
    "`pillars`": Completion,
    "`overdue`": OverdueItem,
    "`waivers`": WaiverInForce,
    "`excerpt`": Excerpt,
    "`problems`": Problem,
    "`grades`": Grade,
    "`rules`": Rule,
}
"""What stands in the rows whose own attributes are named beside them."""


def attributes_of(described: type) -> set[str]:
    """The attributes that instances of a class have."""
    instance = described() if described is Summary else described
    return {*dir(instance), *inspect.get_annotations(described)}


def words_of(cell: str) -> set[str]:
    """The names that stand in a cell as code, those in brackets aside."""
    return {name.partition("(")[0] for name in re.findall(r"`([^`]+)`", cell)}


@pytest.mark.parametrize("first", TABLES)
def test_the_attributes_named_are_those_that_there_are(language: str, first: str) -> None:
    rows = table(PAGE, language, first)
    described = TABLES[first]
    named = {name for row in rows for name in words_of(row[0])}
    assert named <= attributes_of(described)
    if described in WHOLE:
        assert named == {*inspect.get_annotations(described), *WHOLE[described]}
    for row in rows:
        if row[0] in WITHIN:
            beside = WITHIN[row[0]]
            named = {name for name in words_of(row[1]) if name.isidentifier() and name.islower()} - set(Status)
            assert named <= attributes_of(beside)
            assert beside not in WHOLE or named == {*inspect.get_annotations(beside), *WHOLE[beside]}
