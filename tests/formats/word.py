"""Has the real command line write Word documents, and reads them back."""

from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from docx.document import Document as WordDocument
from docx.table import Table
from lxml import etree

from tests.commands.running import ROOT

WORST = ROOT / "checklists" / "construction" / "huizhou-zhongkai-factory" / "site.toml"
"""The site of the examples with the most findings."""


def write_settings(folder: Path, text: str) -> Path:
    path = folder / "pilot.toml"
    path.write_text(text, encoding="utf-8")
    return path


def texts(word: WordDocument, style: str) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style and paragraph.style.name == style]


def everything(word: WordDocument) -> str:
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def xml(file: Path, name: str) -> Any:
    """A part of the file as it was written."""
    return etree.fromstring(ZipFile(file).read(name))


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def table_of(word: WordDocument, title: str) -> list[list[str]]:
    """Find the table below the heading of an annex."""
    content = list(word.iter_inner_content())
    for heading, table in pairwise(content):
        if isinstance(table, Table) and not isinstance(heading, Table) and heading.text.endswith(title):
            return cells(table)
    raise AssertionError(f"there is no table {title}")
