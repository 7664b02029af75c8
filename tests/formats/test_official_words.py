"""What leaves the office as a Word document has the words of an office: nothing of files, rules or programs."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from pilot_cli import load_standard
from tests.commands.running import AS_OF, ROOT, pilot
from tests.formats.word import everything
from tests.province import make_province

RULE_ID = re.compile(r"\b(?:" + "|".join(load_standard().catalogue) + r")\b")
SCHEMA = json.loads((ROOT / "pilot_cli" / "site" / "site.schema.json").read_text(encoding="utf-8"))
OF_PROGRAMS = re.compile(
    r"five-ones|站点|toml|json|第[0-9]+行|\bline [0-9]+|pilot (?:check|report)|填报问题|(?i:utf-?8)"
)
PATH = re.compile(r"[\w.-]+/[\w.-]+\.[a-z]+|documents/|[A-Z]:\\")
BLANK_BETWEEN = re.compile("[\u4e00-\u9fff] +[0-9]|[0-9%] +[\u4e00-\u9fff]")
NIL = re.compile("(?<![0-9.])0[个家项条]|占0.0%")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sites")
    make_province(folder / "province", 80, seed=5)
    (folder / "broken").mkdir()
    (folder / "broken" / "site.toml").write_text("[site\nname = “甲”\n", encoding="utf-8")
    return folder


def keys_of(schema: Any) -> Iterator[str]:
    """Every key of several words that a site file may have; the others are English words as well."""
    if isinstance(schema, dict):
        yield from (key for key in schema.get("properties", {}) if "_" in key)
        for part in schema.values():
            yield from keys_of(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from keys_of(part)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_document_has_a_word_of_files_rules_or_programs(language: str, sites: Path, tmp_path: Path) -> None:
    paths = [sites / "province", ROOT / "checklists", sites / "broken"]
    outputs = ("--notices", tmp_path / "n", "-o", tmp_path / "summary.docx")
    assert pilot("--lang", language, "report", *paths, *AS_OF, *outputs).returncode == 0
    keys = re.compile(r"(?<![\w-])(?:" + "|".join({*keys_of(SCHEMA)}) + r")(?![\w-])|\[\[?[a-z_]+\]")
    files = [tmp_path / "summary.docx", *(tmp_path / "n").glob("*.docx")]
    assert len(files) > 90
    for file in files:
        told = everything(Document(str(file)))
        for pattern in (RULE_ID, OF_PROGRAMS, PATH, keys):
            assert pattern.findall(told) == [], file.name
        if language == "zh":
            assert NIL.findall(told) == [], file.name
            # The texts of the sites themselves stay as they are.
            assert [one for one in told.splitlines() if BLANK_BETWEEN.search(re.sub("“[^”]*”", "", one))] == []
