"""Has the real command line write Word documents, and reads them back."""

import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from docx.document import Document as WordDocument
from docx.table import Table

from tests.commands.running import AS_OF, ROOT, pilot

WORST = ROOT / "checklists" / "construction" / "huizhou-zhongkai-factory" / "site.toml"
"""The site of the examples with the most findings."""


def report(out: Path, *arguments: str | Path, cwd: Path = ROOT) -> Path:
    result = pilot(*arguments, *AS_OF, "--format", "docx", "--output", out, cwd=cwd)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    return out


def texts(word: WordDocument, style: str) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style and paragraph.style.name == style]


def everything(word: WordDocument) -> str:
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def table_of(word: WordDocument, title: str) -> list[list[str]]:
    """Find the table below the heading of an annex."""
    content = list(word.iter_inner_content())
    for heading, table in pairwise(content):
        if isinstance(table, Table) and not isinstance(heading, Table) and heading.text.endswith(title):
            return cells(table)
    raise AssertionError(f"there is no table {title}")


def converted(file: Path, folder: Path) -> str:
    """Have LibreOffice make a PDF, and take its text without any space."""
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    pdf = file.with_suffix(".pdf")
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True, encoding="utf-8", timeout=60)
    return "".join(text.stdout.split())
