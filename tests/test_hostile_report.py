"""Texts from strangers in reports: shown as they are, and doing nothing; Word and web pages have tests of their own."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
import tomli_w
from markdown_it import MarkdownIt

from tests.commands.running import AS_OF, pilot
from tests.hostile import LONG_TEXTS, TEXTS, hostile_site, in_a_line, long_site, shown, unseen

TITLE = "=1+1 [red]<script>\x1b[31m\n甲"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site for each hostile text, and unreadable ones of such names as a file can have."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, text in enumerate(TEXTS.values()):
        (folder / f"{number:02}.toml").write_bytes(tomli_w.dumps(hostile_site(text)).encode())
    for text in ("[red]", "=1+1", "<script>", "|甲|"):
        (folder / f"{text}.toml").write_text("= 1", encoding="utf-8")
    return folder


def report(format: str, folder: Path, language: str = "zh") -> str:
    options = ("--format", format, "--by", "city", "--top", "100", "--title", TITLE)
    result = pilot("--lang", language, "report", ".", *AS_OF, *options, cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_terminal_gets_the_texts_and_none_of_their_escapes(language: str, folder: Path) -> None:
    out = report("terminal", folder, language)
    assert unseen(out) == set()
    assert out.startswith("=1+1 [red]<script>\\x1b[31m\\n甲\n")
    for text in TEXTS.values():
        assert out.count(in_a_line(text)) >= 4  # a group, an overdue item, among the best and the weakest


def test_markdown_shows_the_texts_and_nothing_that_they_ask_for(folder: Path) -> None:
    out = report("markdown", folder)
    assert unseen(out) == set()
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(out)
    kinds = {re.sub("_(open|close)$", "", token.type) for token in tokens}
    assert kinds == {"inline", "heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td"}
    inline = {child.type for token in tokens for child in token.children or []}
    assert inline == {"text", "strong_open", "strong_close"}
    told = {"".join(child.content for child in token.children or []).strip() for token in tokens}
    assert {shown(text).strip() for text in TEXTS.values()} <= told


def test_csv_has_one_row_a_site_and_no_formulas(folder: Path) -> None:
    rows = list(csv.reader(io.StringIO(report("csv", folder).removeprefix("\ufeff"), newline=""), strict=True))
    assert len(rows) == 1 + len(TEXTS) + 4
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {in_a_line(text) for text in TEXTS.values()} <= {row[0].removeprefix("'") for row in rows}


def test_json_has_the_texts_themselves_and_nothing_that_a_terminal_obeys(folder: Path) -> None:
    out = report("json", folder)
    assert {letter for letter in unseen(out) if ord(letter) < 0xA0 or letter in "\u2028\u2029"} == set()
    told = json.loads(out)
    assert told["title"] == TITLE
    readable = [site for site in told["sites"] if not site["unreadable"]]
    assert [site["name"] for site in readable] == list(TEXTS.values())
    assert [site["overdue"][0]["owner"] for site in readable] == list(TEXTS.values())


@pytest.mark.parametrize("format", ["terminal", "markdown", "csv", "json"])
def test_a_text_of_any_length_makes_no_more_lines(format: str, tmp_path: Path) -> None:
    def lines(texts: tuple[str, ...]) -> int:
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.toml").write_bytes(tomli_w.dumps(long_site(text)).encode())
        return report(format, tmp_path).count("\n")

    assert lines(LONG_TEXTS) == lines(("长", "x", "\x1b[31m"))
