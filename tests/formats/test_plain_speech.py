"""What leaves the office speaks of work: no rule, key, table, path or line of a file, and no word of programs."""

import json
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import tomli_w
from hypothesis import Phase, given, settings
from lxml import html
from openpyxl.workbook import Workbook

from tests.audit.judging import up_to
from tests.commands.running import AS_OF, ROOT, pilot, write_report
from tests.formats.test_vocabulary import SCHEMA, keys_of, told_in
from tests.generated import damaged_sites, make_folder
from tests.hostile import shown

SITES = int(os.environ.get("PILOT_TEST_EXAMPLES", "30"))
"""How many sites are made up."""
FORMATS = ("html", "xlsx", "docx", "md", "txt")
UNREADABLE = r"((?:## )?(?:无法读取的试点单位|Sites that could not be read)\n).*?(?=\n\n(?:## )?(?:经批准|Waivers))"
"""The files that could not be read, with the cause, as a report in text has them."""
KEYS = "|".join(sorted(set(keys_of(json.loads(SCHEMA)))))
NIL = re.compile("(?<![0-9.])0[个家项条]|占0.0%")
"""What is nil, and not to be told."""
TECHNICAL = {
    "a rule": r"(?<![A-Za-z0-9])[PBLAGWFX]\d{3}(?!\d)",
    "a key": rf"(?<![\w.-])(?:[a-z]+_[a-z_]+|(?:{KEYS})\.[a-z_]+)(?![\w-])",
    "a table": r"\[\[?[a-z_]+\]",
    "a path": r"\.toml\b|(?<![\w.])/?(?:[\w.-]+/)+[\w.-]+\.\w+",
    "a line": r"第\d+行|第\d+列|\blines? \d+|\bcolumn \d+",
    "a word of programs": r"(?i)five-ones|站点文件|site file|toml|json|utf-8|\bpilot (?:check|report|rules)|(?<!-)--\w",
}


@pytest.fixture(scope="module", params=["examples", "made up"])
def sites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "examples":
        return ROOT / "checklists"
    folder = tmp_path_factory.mktemp("sites")
    make_up(folder)
    (folder / "cut-short.toml").write_text("[site\n", encoding="utf-8")
    (folder / "bytes.toml").write_bytes(b"\xff\xfe\xfa")
    return folder


def make_up(folder: Path) -> None:
    """Write the same sites every time, many of them with values of the wrong type, and documents beside some."""

    @settings(up_to(1), max_examples=SITES, derandomize=True, database=None, phases=[Phase.generate])
    @given(damaged_sites())
    def write(site: dict[str, Any]) -> None:
        place = folder / f"site-{len(list(folder.iterdir())):03}"
        place.mkdir()
        (place / "site.toml").write_text(tomli_w.dumps(site), encoding="utf-8", newline="\n")
        if len(site) % 2:
            make_folder(place)

    write()


def texts_of(value: Any) -> Iterator[str]:
    """The texts that a site file gives."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)


def own_words(told: str, folder: Path) -> str:
    """What a document says of its own: without what the sites' files say, which is theirs, and what it quotes."""
    theirs = set[str]()
    for path in folder.rglob("*.toml"):
        try:
            theirs.update(texts_of(tomllib.loads(path.read_text(encoding="utf-8"))))
        except ValueError:
            continue
    for text in sorted({shown(text).strip() for text in theirs if len(text.strip()) > 1}, key=len, reverse=True):
        told = told.replace(text, "…")
    return re.sub("“[^”]*”", "“…”", told)


def handed_on(path: Path) -> str:
    """What those read who are handed a document, each text in a line."""
    match path.suffix:
        case ".html":
            return "\n".join(on_page(path))
        case ".xlsx":
            return "\n".join(on_paper(openpyxl.load_workbook(path)))
        case _:
            # Whoever writes a report has to find the files that cannot be read.
            return re.sub(UNREADABLE, r"\1", told_in(path), flags=re.DOTALL)


def on_page(path: Path) -> Iterator[str]:
    """What a page shows, and what it does when sites are unfolded."""
    page = html.fromstring(path.read_bytes())
    for script in page.xpath("//script[@id='details']"):
        yield from texts_of(json.loads(script.text or ""))
    for part in page.xpath("//style | //script"):
        part.drop_tree()
    yield from page.itertext()


def on_paper(book: Workbook) -> Iterator[str]:
    """What a workbook prints."""
    for sheet in book:
        yield from (sheet.title, sheet.oddHeader.center.text or "", sheet.oddFooter.left.text or "")
        area = sheet.print_area.split("!")[-1].replace("$", "") if sheet.print_area else sheet.dimensions
        for row in sheet[area]:
            yield from (str(cell.value) for cell in row if cell.value is not None)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("format", FORMATS)
def test_a_document_speaks_like_nobody_who_writes_programs(
    format: str, language: str, sites: Path, tmp_path: Path
) -> None:
    path = write_report(tmp_path / f"汇总.{format}", sites, language=language)
    told = own_words(handed_on(path), sites)
    assert len(told) > 1_000
    assert technical_words(told) == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_notice_speaks_like_nobody_who_writes_programs(language: str, sites: Path, tmp_path: Path) -> None:
    result = pilot("--lang", language, "report", sites, *AS_OF, "--notices", tmp_path / "notices")
    assert result.returncode == 0
    letters = [*(tmp_path / "notices").glob("*.docx")]
    assert len(letters) == len([*sites.rglob("*.toml")])
    (index,) = (tmp_path / "notices").glob("*.xlsx")
    told = "\n".join(map(told_in, [*letters, index]))
    for letter in letters:
        told = told.replace(letter.name, "…")
    assert technical_words(own_words(told, sites)) == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_said_of_rectification_speaks_like_nobody_who_writes_programs(
    language: str, sites: Path, tmp_path: Path
) -> None:
    in_ledger = ("--lang", language, "ledger")
    place = ("--ledger", tmp_path / "pilot-ledger.db")
    for day in ("2020-11-23", "2020-12-23"):
        assert pilot(*in_ledger, "record", sites, "--as-of", day, "--by", "示例", *place).returncode == 0
    numbers = listed(tmp_path, "--state", "pending", "--format", "json")
    moves = ("--owner", "示例", "--due", "2020-12-25", "--as-of", "2020-12-24", "--by", "示例")
    assert pilot(*in_ledger, "assign", *numbers[::2], *moves, *place).returncode == 0
    documents = {
        "bulletin": ["a.docx"],
        "progress": ["b.docx", "b.xlsx", "b.html"],
        "lights": ["c.txt", "c.xlsx", "c.html"],
        "notice": ["notices/"],
        "reminder": ["reminders/"],
    }
    late = ("--as-of", "2021-01-15", *place)
    for kind, outputs in documents.items():
        named = [part for output in outputs for part in ("-o", f"{tmp_path}/{output}")]
        assert pilot(*in_ledger, "report", "--kind", kind, *named, *late).returncode == 0
    for by, name in (((), "d"), (("--by", "city"), "e")):
        named = [part for end in ("docx", "xlsx", "html") for part in ("-o", f"{tmp_path}/{name}.{end}")]
        assert pilot(*in_ledger, "trend", *by, *named, *place).returncode == 0
    files = [path for path in tmp_path.rglob("*") if path.suffix in (".docx", ".xlsx", ".html", ".txt")]
    assert len(files) > 16
    names = {path.name for path in files}
    for path in files:
        told = handed_on(path)
        for name in names:
            told = told.replace(name, "…")
        assert technical_words(own_words(told, sites)) == {}, path.name
        if language == "zh":
            assert NIL.findall(told) == [], path.name


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("format", FORMATS)
def test_what_changed_since_an_audit_is_told_by_nobody_who_writes_programs(
    format: str, language: str, sites: Path, tmp_path: Path
) -> None:
    place = ("--ledger", tmp_path / "pilot-ledger.db")
    assert pilot("ledger", "record", sites, "--as-of", "2020-11-23", "--by", "示例", *place).returncode == 0
    output = tmp_path / f"a.{format}"
    later = ("--as-of", "2020-12-23", "--since", "1", *place)
    assert pilot("--lang", language, "report", sites, *later, "-o", output).returncode == 0
    assert technical_words(own_words(handed_on(output), sites)) == {}


def listed(folder: Path, *arguments: str) -> list[str]:
    """The numbers of the problems of a ledger."""
    result = pilot("ledger", "problems", *arguments, "--ledger", folder / "pilot-ledger.db")
    return [one["number"] for one in json.loads(result.stdout)["problems"]]


def technical_words(told: str) -> dict[str, list[str]]:
    found = {what: sorted(set(re.findall(pattern, told))) for what, pattern in TECHNICAL.items()}
    return {what: words for what, words in found.items() if words}
