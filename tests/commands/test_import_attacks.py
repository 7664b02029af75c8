"""Books made to do harm: refused, or read within bounds, and nothing is written outside of the folder."""

import os
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from tests.commands.books import ITEMS, SITES, contents, make_book
from tests.commands.running import Result, pilot
from tests.editing import CONSTRUCTION, write_site
from tests.hostile import TEXTS, unseen

resource = pytest.importorskip("resource", reason="the bounds that POSIX sets")

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
Change = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger whose texts are in a part of their own, as Excel writes them."""
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("站点")
        for number, row in enumerate(SITES):
            sheet.write_row(number, 0, row)
    return path


def spoiled(book: Path, copy: Path, part: str, change: Change) -> Path:
    """Copy a book and change a part of it."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        assert part in old.namelist()
        for name in old.namelist():
            content = old.read(name)
            changed = change(content) if name == part else content
            assert (name == part) is (changed != content), "the change has to change something"
            new.writestr(name, changed)
    return copy


def more_cells(cells: str) -> Change:
    return lambda sheet: sheet.replace(b"</sheetData>", cells.encode() + b"</sheetData>")


def with_entities(definitions: str, cell: str) -> Change:
    """Define entities, and use them in a cell."""
    row = f'<row r="9"><c r="A9" t="inlineStr"><is><t>{cell}</t></is></c></row>'
    header = f"<!DOCTYPE x [{definitions}]><worksheet".encode()
    return lambda sheet: more_cells(row)(sheet.replace(b"<worksheet", header))


def with_texts(number: int) -> Change:
    """Say that there are so many different texts."""
    return lambda strings: re.sub(rb'uniqueCount="\d+"', b'uniqueCount="%d"' % number, strings)


def import_within_bounds(book: Path, folder: Path) -> Result:
    """Import a book, and see to it that no process takes much memory; a test that hangs is ended by whoever runs it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    result = pilot("import", book, "--output", folder)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < max(before, 2 * 2**20), "more than 2 GB"
    return result


LAUGHS = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))
REFUSED = {
    "an entity bomb": (SHEET, with_entities(f'<!ENTITY a0 "ha">{LAUGHS}', "&a9;")),
    "a file from outside": (SHEET, with_entities('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")),
    "a page from outside": (SHEET, with_entities('<!ENTITY a SYSTEM "http://127.0.0.1:9/">', "&a;")),
    "cells in opposite corners": (SHEET, more_cells('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "cells far apart": (SHEET, more_cells('<row r="900000"><c r="ZZ900000"><v>1</v></c></row>')),
    "no end": (SHEET, lambda sheet: sheet[: len(sheet) // 2]),
}


def assert_refused_or_read_within_bounds(book: Path, folder: Path) -> None:
    """See that a book is refused, or read as if nothing was wrong: versions of python-calamine differ."""
    result = import_within_bounds(book, folder)
    if result.returncode == 0:
        assert (result.stderr, len(list(folder.iterdir()))) == ("", 2)
    else:
        assert (result.returncode, result.stdout) == (2, "")
        assert re.search("：(文件已损坏|不是 Excel 工作簿)", result.stderr)
        assert not folder.exists()


@pytest.mark.parametrize("number", [10**12, 2**64 - 1])
def test_more_texts_than_there_is_memory_do_not_matter(number: int, book: Path, tmp_path: Path) -> None:
    file = spoiled(book, tmp_path / "a.xlsx", STRINGS, with_texts(number))
    assert_refused_or_read_within_bounds(file, tmp_path / "sites")


@pytest.mark.parametrize("attack", REFUSED)
def test_a_book_made_to_do_harm_is_refused(attack: str, book: Path, tmp_path: Path) -> None:
    result = import_within_bounds(spoiled(book, tmp_path / "a.xlsx", *REFUSED[attack]), tmp_path / "sites")
    assert (result.returncode, result.stdout) == (2, "")
    error, hint = result.stderr.splitlines()
    assert re.fullmatch("错误：无法读取 .*/a.xlsx：(文件已损坏|不是 Excel 工作簿).*", error)
    assert "import --help" in hint
    assert not (tmp_path / "sites").exists()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(book: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "a.xlsx"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) if name != SHEET else b"0" * 10_000_000)
        size = new.getinfo(SHEET).file_size
    # So large that the test would take long to write it: just the size that it says it has.
    bomb.write_bytes(bomb.read_bytes().replace(struct.pack("<L", size), struct.pack("<L", 2**32 - 2)))
    with zipfile.ZipFile(bomb) as archive:
        assert archive.getinfo(SHEET).file_size == 2**32 - 2
    result = import_within_bounds(bomb, tmp_path / "sites")
    assert result.returncode == 2
    assert "解压后" in result.stderr


def test_a_bomb_that_lies_about_its_size_does_no_harm(book: Path, tmp_path: Path) -> None:
    rows = b"<row><c/></row>" * 70_000
    bomb = tmp_path / "a.xlsx"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == SHEET:
                content = content.replace(b"</sheetData>", rows * 300 + b"</sheetData>")
                size = len(content)
            new.writestr(name, content)
    bomb.write_bytes(bomb.read_bytes().replace(struct.pack("<L", size), struct.pack("<L", 5000)))
    assert_refused_or_read_within_bounds(bomb, tmp_path / "sites")


def test_a_dimension_that_says_too_much_does_not_matter(book: Path, tmp_path: Path) -> None:
    change = (SHEET, lambda sheet: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', sheet))
    result = import_within_bounds(spoiled(book, tmp_path / "a.xlsx", *change), tmp_path / "sites")
    assert (result.returncode, result.stderr) == (0, "")
    assert len(list((tmp_path / "sites").iterdir())) == 2


def test_the_longest_text_that_a_cell_can_hold_is_read(tmp_path: Path) -> None:
    text = "长" * 32_767
    file = make_book(tmp_path / "a.xlsx", 站点=[SITES[0], ["gz-1", text, "建筑工地"]])
    result = import_within_bounds(file, tmp_path / "sites")
    assert (result.returncode, result.stderr) == (0, "")
    assert text in (tmp_path / "sites" / "gz-1" / "site.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("id", ["../aa", "/tmp/aa", "aa/bb", "aa\\bb", "C:", "aa\0", "aa ../bb", "AA", "a" * 65])
@pytest.mark.parametrize("options", [(), ("--update",), ("--force",), ("--dry-run",)])
def test_no_id_leads_out_of_the_folder(id: str, options: tuple[str, ...], tmp_path: Path) -> None:
    write_site(tmp_path / "aa", CONSTRUCTION)
    before = contents(tmp_path)
    written = id.replace("\0", "_x0000_")
    of_sites = {"站点": [SITES[0], [written, "甲", "建筑工地"]]}
    of_lists = {"站点": SITES, "责任清单": [ITEMS[0], [written, "巡查"]]}
    for sheets in (of_sites, of_lists):
        file = make_book(tmp_path.parent / f"{tmp_path.name}.xlsx", sheets)
        result = pilot("import", file, "--output", tmp_path / "sites", *options)
        assert result.returncode == 1
        assert contents(tmp_path) == before


@pytest.mark.parametrize("id", ["con", "nul", "com1"])
def test_an_id_that_no_folder_on_windows_can_have_is_refused(id: str, tmp_path: Path) -> None:
    file = make_book(tmp_path / "a.xlsx", 站点=[SITES[0], [id, "一号工地", "建筑工地"]])
    result = pilot("import", file, "--output", tmp_path / "sites")
    assert result.returncode == 1
    assert f"站点!A2 站点编号：“{id}” 不是Windows文件夹可以使用的编号" in result.stderr
    assert not (tmp_path / "sites").exists()


@pytest.mark.parametrize("id", [".", "..", "...", "/", "//", "~"])
def test_what_is_a_folder_to_the_system_is_a_mark_for_nothing(id: str, tmp_path: Path) -> None:
    file = make_book(tmp_path / "a.xlsx", 站点=[SITES[0], [id, "一号工地", "建筑工地"]])
    assert pilot("import", file, "--output", tmp_path / "in" / "sites").returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "in"]
    assert [path.name for path in (tmp_path / "in" / "sites").iterdir()] == ["yhgd"]


@pytest.mark.parametrize("options", [(), ("--update",), ("--force",)])
@pytest.mark.parametrize("link", ["gz-1", "gz-1/site.toml"])
def test_no_link_leads_out_of_the_folder(link: str, options: tuple[str, ...], book: Path, tmp_path: Path) -> None:
    write_site(tmp_path / "elsewhere", CONSTRUCTION)
    place = tmp_path / "sites" / link
    place.parent.mkdir(parents=True)
    place.symlink_to(tmp_path / "elsewhere" / ("site.toml" if "/" in link else ""))
    before = contents(tmp_path)
    result = pilot("import", book, "--output", tmp_path / "sites", *options)
    assert result.returncode == 2
    assert result.stderr.startswith(f"不能替换：{tmp_path}/sites/gz-1/site.toml")
    assert contents(tmp_path) == before


@pytest.mark.parametrize("thing", ["a folder", "a pipe", "no TOML"])
def test_what_is_no_site_file_is_not_replaced(thing: str, book: Path, tmp_path: Path) -> None:
    file = tmp_path / "sites" / "gz-1" / "site.toml"
    file.parent.mkdir(parents=True)
    match thing:
        case "a folder":
            file.mkdir()
        case "a pipe":
            os.mkfifo(file)
        case _:
            file.write_text("= 1", encoding="utf-8")
    for options in ((), ("--update",)):
        result = pilot("import", book, "--output", tmp_path / "sites", *options)
        assert result.returncode == 2
        assert "不能替换" in result.stderr
        assert sorted(path.name for path in (tmp_path / "sites").iterdir()) == ["gz-1"]
    assert pilot("import", book, "--output", tmp_path / "sites", "--force").returncode == (thing != "no TOML") * 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_of_a_book_does_anything_to_a_terminal(language: str, tmp_path: Path) -> None:
    texts = [text for text in TEXTS.values() if not set(text) & set("\0\uffff") and "<r>" not in text]
    headers = [*SITES[0], *texts]
    rows = [headers, *([text, text, text, text, text, text] for text in texts)]
    with Workbook(str(tmp_path / "a.xlsx"), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name in ("站点", "<b>红<", "=1+1", "\u202e甲"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text)
    result = pilot("--lang", language, "import", tmp_path / "a.xlsx", "--output", tmp_path / "sites")
    assert (result.returncode, result.stdout) == (1, "")
    assert unseen(result.stderr) == set()
    told = result.stderr.splitlines()
    assert len([line for line in told if line.startswith("站点!")]) == 20
    for text in ("[red]红[/red]", "\\x1b[31m红\\x1b[0m"):
        assert f"“{text}”" in result.stderr
