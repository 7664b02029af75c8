"""``pilot import --errors``: a copy of the ledger in which wrong cells are marked, to be sent back."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.books import ITEMS, SITES, change_book, export, make_book, saved_by_libreoffice
from tests.commands.running import Result, pilot

WRONG = {"站点!C2": "大楼", "站点!D3": "2020年3月", "站点!F3": "5%", "责任清单!A3": "gz-7", "责任清单!E2": "#REF!"}
RIGHT = {"站点!C2": "建筑工地", "站点!D3": "2020-03-01", "站点!F3": 5, "责任清单!A3": "gz-2", "责任清单!E2": None}


def put(path: Path, values: dict[str, Any]) -> Path:
    def change(book: Any) -> None:
        for place, value in values.items():
            sheet, _sign, cell = place.partition("!")
            book[sheet][cell] = value

    return change_book(path, change)


def import_with_errors(book: Path, *options: str) -> Result:
    folder = book.parent
    return pilot("import", book, "--output", folder / "sites", "--errors", folder / "问题.xlsx", *options)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return put(make_book(tmp_path / "台账.xlsx", 站点=SITES, 责任清单=ITEMS), WRONG)


def test_each_wrong_cell_is_coloured_and_commented_and_listed(book: Path) -> None:
    result = import_with_errors(book)
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == f"已写入：{book.parent}/问题.xlsx"
    copy = openpyxl.load_workbook(book.parent / "问题.xlsx")
    marked = {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in copy.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment and cell.fill.fgColor.rgb == "00FFFF99"
    }
    assert marked.keys() == WRONG.keys()
    assert marked["站点!D3"] == "“2020年3月” 缺少日\n请补填日，例如 2020-11-23"
    rows = [*copy["问题清单"].iter_rows(values_only=True)]
    assert rows[0] == ("工作表", "单元格", "列", "现有内容", "问题", "请填写")
    assert [f"{row[0]}!{row[1]}" for row in rows[1:]] == ["站点!C2", "站点!D3", "站点!F3", "责任清单!E2", "责任清单!A3"]
    assert rows[2] == ("站点", "D3", "开工（入驻）日期", "2020年3月", "“2020年3月” 缺少日", "请补填日，例如 2020-11-23")


def test_the_copy_is_accepted_once_it_is_corrected(book: Path) -> None:
    import_with_errors(book)
    result = pilot("import", put(book.parent / "问题.xlsx", RIGHT), "--output", book.parent / "sites")
    assert (result.returncode, result.stderr) == (0, "")
    assert len(list((book.parent / "sites").iterdir())) == 2


def test_libreoffice_opens_the_copy_and_it_is_still_accepted(tmp_path: Path) -> None:
    book = export("checklists", output=tmp_path / "台账.xlsx")
    put(book, {"站点!C3": "大楼"})
    assert import_with_errors(book).returncode == 1
    corrected = put(tmp_path / "问题.xlsx", {"站点!C3": "建筑工地"})
    (tmp_path / "again").mkdir()
    again = saved_by_libreoffice(corrected, "xlsx", tmp_path / "again")
    assert openpyxl.load_workbook(again)["站点"]["C3"].comment
    result = pilot("import", again, "--output", tmp_path / "sites")
    assert (result.returncode, result.stderr) == (0, "")
    assert "新建19个" in result.stdout


@pytest.mark.parametrize("format", ["xls", "ods"])
def test_of_other_files_the_values_are_copied(format: str, book: Path) -> None:
    again = saved_by_libreoffice(book, format, book.parent)
    result = pilot("import", again, "--output", book.parent / "sites", "--errors", book.parent / "问题.xlsx")
    assert result.returncode == 1
    sheet = openpyxl.load_workbook(book.parent / "问题.xlsx").worksheets[1]
    assert sheet["C2"].comment and sheet["B2"].value == "一号工地"


def test_of_several_books_each_has_a_copy(book: Path) -> None:
    other = put(make_book(book.parent / "深圳.xlsx", 站点=[SITES[0], ["sz-1", *SITES[2][1:]]]), {"站点!C2": "大楼"})
    result = import_with_errors(book, str(other))
    assert result.returncode == 1
    assert {path.name for path in book.parent.glob("问题*")} == {"问题-台账.xlsx", "问题-深圳.xlsx"}


def test_past_twenty_errors_are_counted_by_kind_and_the_copy_is_offered(tmp_path: Path) -> None:
    rows = [SITES[0], *([f"gz-{number}", "甲", "大楼", "2020年3月"] for number in range(15))]
    book = make_book(tmp_path / "a.xlsx", 站点=rows)
    result = pilot("import", book, "--output", tmp_path / "sites")
    *listed, counted, nothing, offer = result.stderr.splitlines()
    assert len(listed) == 20
    assert counted == "共30处有误，以上列出前20处。分类：不是所列词语15处、不是日期15处"
    assert "--errors" in offer and "未写入" in nothing


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    text = '=HYPERLINK("http://x.y")'
    book = tmp_path / "a.csv"
    book.write_text(f"站点编号,站点名称,站点类型\ngz-1,'{text}',{text.replace(chr(34), '')}\n", encoding="utf-8")
    assert import_with_errors(book).returncode == 1
    copy = openpyxl.load_workbook(tmp_path / "问题.xlsx")
    assert {cell.data_type for sheet in copy.worksheets for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize(("errors", "told"), [("问题.csv", ".xlsx"), ("台账.xlsx", "就是台账本身")])
def test_a_copy_that_cannot_be_is_refused(errors: str, told: str, book: Path) -> None:
    before = book.read_bytes()
    result = pilot("import", book, "--output", book.parent / "sites", "--errors", book.parent / errors)
    assert result.returncode == 2
    assert told in result.stderr
    assert book.read_bytes() == before


def test_nothing_is_written_where_nothing_is_wrong(tmp_path: Path) -> None:
    result = import_with_errors(make_book(tmp_path / "a.xlsx", 站点=SITES))
    assert result.returncode == 0
    assert not (tmp_path / "问题.xlsx").exists()
