"""What people read in Chinese has the words of officials: no level named like a sanction, and nothing of TOML."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from babel.messages.pofile import read_po
from docx import Document

from pilot_cli.formats.registry import CHECK_FORMATS, REPORT_FORMATS
from pilot_cli.locale import DIRECTORY, DOMAIN
from tests.commands.running import ROOT, check, document, pilot, write_report
from tests.editing import CONSTRUCTION, append, drop_table, edit, edited, write_site
from tests.formats.word import everything

LEVEL = re.compile("警告|(?<!内部)错误(?!：|值)")
"""The old names of levels; errors of the command line begin with 错误：, and formulas and programs have some too."""
OLD_WORDS = re.compile(f"{LEVEL.pattern}|豁免|检查基准日|规则")
OF_TOML = re.compile(r"\[\[?[a-z_]+\]?\]|(?<![a-z_./-])(?:[a-z]+_)+[a-z]+(?![a-z_./-])")
"""A table, or a key of several words."""
SCHEMA = (ROOT / "pilot_cli" / "site" / "site.schema.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sites with every sort of mistake, a one missing, a waiver, and files that cannot be read."""
    folder = tmp_path_factory.mktemp("broken")
    waiver = '[[waivers]]\nrule = "B003"\nreason = "人手不足"\napproved_by = "上级党委"\nuntil = 2021-06-30\n'
    few = edit("full_members = 5", "full_members = 2")
    write_site(folder / "waived", edited(CONSTRUCTION, few, append(waiver)))
    write_site(folder / "missing", edited(CONSTRUCTION, *map(drop_table, ("work_rules", "branch", "member_guide"))))
    write_site(folder / "least", '[site]\nid = "a-b"\nname = "甲"\nkind = "社区物业"\n[branch]\nform = "临时"\n')
    write_site(folder / "mistyped", edited(CONSTRUCTION, edit("full_members = 5", 'full_members = "五"\nmembres = 1')))
    (folder / "text.toml").write_text("[site]\nname = “甲”\n", encoding="utf-8")
    (folder / "bytes.toml").write_bytes(b"\xff\xfe")
    return folder


@pytest.fixture(params=["examples", "broken"])
def sites(request: pytest.FixtureRequest, broken: Path) -> Path:
    return broken if request.param == "broken" else ROOT / "checklists"


def test_no_translation_has_an_old_name_of_a_level() -> None:
    with (DIRECTORY / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        for message in read_po(file):
            texts = [message.string] if isinstance(message.string, str) else message.string or ()
            assert not [text for text in texts if text and LEVEL.search(text)], message.id


@pytest.mark.parametrize("options", [(), ("--select", "B,W003")], ids=["all", "some rules"])
@pytest.mark.parametrize("format", [*(record.name for record in CHECK_FORMATS), "quiet"])
def test_no_format_of_the_check_has_an_old_word(format: str, options: tuple[str, ...], sites: Path) -> None:
    how = ["--quiet"] if format == "quiet" else ["--format", format]
    result = check(sites, *options, *how, "--all")
    assert result.stderr == ""
    assert sorted(set(OLD_WORDS.findall(result.stdout))) == []


@pytest.mark.parametrize("options", [(), ("--select", "B,W003")], ids=["all", "some rules"])
@pytest.mark.parametrize("format", [record.name for record in REPORT_FORMATS])
def test_no_format_of_the_report_has_an_old_word(
    format: str, options: tuple[str, ...], sites: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"a.{format}"
    result = pilot("report", sites, *options, "--as-of", "2020-11-23", "--format", format, "--output", path)
    assert (result.returncode, result.stderr) == (0, f"已写入：{path}\n")
    told = told_in(path)
    assert "试点单位" in told or format == "json"
    assert sorted(set(OLD_WORDS.findall(told))) == []
    assert "five-ones" not in told or format == "json"


def told_in(path: Path) -> str:
    """What a person who opens a file reads."""
    if path.suffix == ".docx":
        return everything(Document(str(path)))
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        cells = [str(cell.value or "") for sheet in book for row in sheet.iter_rows() for cell in row]
        return "\n".join([*book.sheetnames, *cells])
    return path.read_text(encoding="utf-8")


def test_no_list_of_rules_and_no_notice_has_an_old_word(broken: Path, tmp_path: Path) -> None:
    for name in ("waived", "missing", "text.toml"):
        source = broken / name if name.endswith(".toml") else broken / name / "site.toml"
        notice = told_in(write_report(tmp_path / "a.docx", source))
        assert sorted(set(OLD_WORDS.findall(notice))) == []
        assert "填报问题" not in notice
    for format in ("table", "markdown", "json"):
        assert OLD_WORDS.findall(pilot("rules", "--format", format).stdout) == []


def keys_of(schema: Any) -> Iterator[str]:
    """Every key that a site file may have."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from keys_of(part)


def findings_about_work(*paths: Path) -> Iterator[tuple[str, str]]:
    for path in paths:
        for site in document(path)["sites"]:
            for finding in site["findings"]:
                if finding["about"] == "work":
                    yield finding["rule"], finding["message"]
                    yield finding["rule"], finding["problem"]


def test_no_finding_about_work_has_a_word_of_toml(broken: Path) -> None:
    keys = set(keys_of(json.loads(SCHEMA)))
    assert {"branch", "full_members", "owner"} <= keys
    found = list(findings_about_work(broken, ROOT / "checklists"))
    assert len(found) > 150
    for rule, text in found:
        # Names of files that the site itself gives are no words of ours.
        words = re.sub("“[^”]*”", "", text)
        assert not OF_TOML.search(words), (rule, text)
        assert not keys & set(re.findall("[a-z_]+", words)), (rule, text)
        assert not re.search("(?i)toml|json", words), (rule, text)
