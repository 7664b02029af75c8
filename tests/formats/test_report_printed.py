"""Word documents as they are printed: how many pages they have, and that no page has next to nothing on it.

LibreOffice prints them; a machine without the fonts of official documents shows them in others of the same size.
"""

import re
import subprocess
from pathlib import Path

import pytest

from tests.commands.office import all_printed, printed
from tests.commands.running import AS_OF, ROOT, document, pilot, write_report
from tests.formats.word import WORST, write_settings
from tests.province import make_province

MAX_NOTICE_PAGES = 3
"""For a notice of 15 findings."""
MAX_SUMMARY_PAGES = 10
"""For the summary of the 19 examples."""
MIN_LINES = 3
"""Of each page, its number aside."""
OFFICE = '[office]\nname = "示例·广州市住房和城乡建设局"\n[deadlines]\nerror = 15\nwarning = 30\n'


def pages(pdf: Path) -> list[list[str]]:
    """The lines of each printed page, without its number."""
    out = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, encoding="utf-8")
    lines = [[line.strip() for line in page.splitlines() if line.strip()] for page in out.stdout.split("\f")]
    return [[line for line in page if not re.fullmatch("(— )?[0-9]+( —)?|—", line)] for page in lines if page]


def assert_full(shown: list[list[str]]) -> None:
    assert not [page for page in shown if len(page) < MIN_LINES]
    for page in shown:
        # A heading is never the last line, nor is the head of a table.
        assert not re.match("[一二三四]、|（[一二三四]）.{0,12}$|附件[0-9]|表[0-9]|序号", page[-1]), page


@pytest.mark.parametrize("settings", [OFFICE, ""], ids=["with settings", "blanks"])
def test_a_notice_of_15_findings_takes_three_pages(settings: str, tmp_path: Path) -> None:
    findings = document(WORST)["sites"][0]["findings"]
    assert sum(one["about"] == "work" for one in findings) == 15
    path = write_settings(tmp_path, settings)
    shown = pages(printed(write_report(tmp_path / "notice.docx", WORST, settings=path), tmp_path))
    assert len(shown) <= MAX_NOTICE_PAGES
    assert_full(shown)
    assert sum("回执" in line for line in shown[-1]) == 1


def test_the_summary_of_the_examples_takes_ten_pages(tmp_path: Path) -> None:
    path = write_settings(tmp_path, OFFICE)
    shown = pages(printed(write_report(tmp_path / "summary.docx", "checklists", settings=path), tmp_path))
    assert len(shown) <= MAX_SUMMARY_PAGES
    assert_full(shown)


@pytest.mark.parametrize("sites", ["examples", "generated"])
def test_the_pages_of_all_notices_are_full(sites: str, tmp_path: Path) -> None:
    folder = ROOT / "checklists" if sites == "examples" else make_province(tmp_path / "sites", 40, seed=3)
    path = write_settings(tmp_path, OFFICE)
    pilot("--settings", path, "report", folder, *AS_OF, "--notices", tmp_path / "n")
    files = sorted((tmp_path / "n").glob("*.docx"))
    assert len(files) >= 19
    for pdf in all_printed(files, tmp_path):
        shown = pages(pdf)
        assert_full(shown)
        assert len(shown) <= MAX_NOTICE_PAGES
