"""The ledger as a workbook: what is open in it, and every cell that comes back wrong."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.books import change_book, saved_by_libreoffice
from tests.commands.ledger.books import Cells, address, export, fill_in, hand_in
from tests.commands.ledger.office import BY, FAULTY, ledger, listed, record, write_sites

ON = ("--as-of", "2020-11-24")
ASSIGNED: Cells = {("1", "整改责任人"): "乙", ("1", "整改时限"): "2020-12-08"}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office that has recorded two sites with two problems each."""
    write_sites(tmp_path, north=FAULTY, south=FAULTY)
    record(tmp_path, "2020-11-23")
    return tmp_path


def take(office: Path, *books: Path, status: int = 0, day: str = "2020-11-25", options: tuple[str, ...] = ()) -> str:
    """Import workbooks as they are; return what is said."""
    result = ledger(office, "import", *books, "--as-of", day, *BY, *options, status=status)
    return result.stdout + result.stderr


def test_what_people_fill_in_is_open_and_the_rest_is_locked(office: Path) -> None:
    sheet: Any = openpyxl.load_workbook(export(office, "台账.xlsx")).worksheets[0]
    row = {header.value: cell for header, cell in zip(sheet[1], sheet[2], strict=True)}
    opened = [header for header, cell in row.items() if not cell.protection.locked]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert opened == [
        *("整改措施", "责任领导", "责任单位", "整改责任人", "整改时限", "整改进展"),
        *("状态", "佐证材料", "核查方式", "核查人", "核查意见", "备注"),
    ]
    lists = {str(one.sqref)[0]: one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list"}
    assert lists == {"Q": '"待交办,整改中,待核查,已销号"', "T": '"查阅资料,现场查看,座谈了解"'}
    assert sheet.freeze_panes == "C2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.column_dimensions["Y"].hidden


def test_what_comes_back_as_it_was_changes_nothing_whichever_program_saved_it(office: Path) -> None:
    ledger(office, "assign", "1", "--owner", "=1+1", "--unit", "_x0041__x0042_", "--due", "2020-12-08", *ON, *BY)
    ledger(
        office,
        "assign",
        "2",
        "--owner",
        "张 甲",
        "--measure",
        "3. 购置",
        "--measure",
        "一；二",
        "--due",
        "2020-12-08",
        *ON,
        *BY,
    )
    book = export(office, "台账.xlsx")
    before = ledger(office, "dump").stdout
    said = "4行的内容台账中均已有，未作改动。\n"
    assert take(office, book) == said
    for format in ("xlsx", "ods", "xls"):
        assert take(office, saved_by_libreoffice(book, format, office / "saved")) == said
    assert ledger(office, "dump").stdout == before


def test_taking_the_same_workbook_in_twice_changes_nothing_the_second_time(office: Path) -> None:
    book = export(office, "台账.xlsx")
    done = {
        ("1", "状态"): "已销号",
        ("1", "整改进展"): "已发展\n已公示",
        ("1", "核查人"): "丙",
        ("1", "核查意见"): "属实",
    }
    fill_in(book, {**ASSIGNED, **done})
    assert take(office, book) == "已导入4行，其中1个问题有更新（交办1个、提交核查1个、已销号1个）。\n"
    before = ledger(office, "dump").stdout
    assert take(office, book) == "4行的内容台账中均已有，未作改动。\n"
    assert ledger(office, "dump").stdout == before
    (one,) = listed(office, "--state", "closed")
    assert one["progress"] == "已发展；已公示"


WRONG: list[tuple[Cells, str, str]] = [
    ({("1", "整改时限"): "2020-12-08"}, "整改责任人", "本次更新须填写此项；请填写整改责任人"),
    ({**ASSIGNED, ("1", "整改时限"): "下月初"}, "整改时限", "“下月初” 不是日期"),
    ({**ASSIGNED, ("1", "整改时限"): "2020年12月"}, "整改时限", "缺少日"),
    ({**ASSIGNED, ("1", "整改时限"): "2020-11-01"}, "整改时限", "整改时限2020年11月1日已过"),
    ({("1", "状态"): "办结"}, "状态", "“办结” 不是所列词语（待交办、整改中、待核查、已销号）之一"),
    ({**ASSIGNED, ("1", "状态"): "待核查"}, "整改进展", "本次更新须填写此项"),
    ({**ASSIGNED, ("1", "状态"): "已销号", ("1", "整改进展"): "已办"}, "核查人", "请填写核查人"),
    ({("1", "核查意见"): "属实"}, "状态", "未说明是否销号"),
    ({("1", "核查方式"): "电话"}, "核查方式", "查阅资料、现场查看、座谈了解"),
    ({("1", "问题表现"): "没有问题"}, "问题表现", "此列由程序填写，应为“"),
    ({("1", "完成日期"): "2020-12-01"}, "完成日期", "此列由程序填写，应为“”"),
    ({("1", "核对码"): None}, "核对码", "缺少核对码"),
    ({("1", "整改责任人"): "#REF!"}, "整改责任人", "#REF!"),
    ({("1", "整改进展"): "长" * 2001}, "整改进展", "超过 2000 个字符"),
    ({("1", "整改进展"): "=A1"}, "整改进展", "公式没有计算结果"),
]


@pytest.mark.parametrize(("cells", "header", "said"), WRONG)
def test_a_wrong_cell_is_told_by_its_address_and_nothing_is_taken(
    cells: Cells, header: str, said: str, office: Path
) -> None:
    before = ledger(office, "dump").stdout
    book = export(office, "台账.xlsx")
    place = address(book, "1", header)
    fill_in(book, {**cells, ("3", "整改责任人"): "丁", ("3", "整改时限"): "2020-12-08"})
    told = take(office, book, status=1)
    assert f"{place} {header}：" in told
    assert said in told
    assert told.endswith("\n台账未作任何改动。请更正以上单元格后重新导入。\n")
    assert ledger(office, "dump").stdout == before


def test_all_that_is_wrong_is_told_at_once_and_marked_in_a_copy(office: Path) -> None:
    book = export(office, "台账.xlsx")
    fill_in(book, {("1", "整改时限"): "下月初", ("2", "状态"): "办结", ("3", "核查意见"): "属实"})
    result = hand_in(office, book, day="2020-11-25", status=1, options=("--errors", "问题.xlsx"))
    wrong = [address(book, *cell) for cell in (("1", "整改时限"), ("2", "状态"), ("3", "状态"))]
    assert [line.split(" ")[0] for line in result.stderr.splitlines()[:3]] == wrong
    marked = openpyxl.load_workbook(office / "问题.xlsx")
    assert [f"{row[0]}!{row[1]}" for row in marked["问题清单"].iter_rows(min_row=2, values_only=True)] == wrong
    fill_in_marked = {("1", "整改时限"): None, ("2", "状态"): "待交办", ("3", "核查意见"): None}

    def correct(opened: Any) -> None:
        opened.move_sheet("问题清单", 1)

    fill_in(change_book(office / "问题.xlsx", correct), fill_in_marked)
    assert take(office, office / "问题.xlsx") == "4行的内容台账中均已有，未作改动。\n"


def test_what_changed_in_the_ledger_meanwhile_is_told_cell_by_cell(office: Path) -> None:
    book = fill_in(export(office, "台账.xlsx"), {**ASSIGNED, ("1", "整改进展"): "已联系", ("2", "整改责任人"): "戊"})
    ledger(office, "assign", "1", "--owner", "丙", "--due", "2020-12-08", "--as-of", "2020-11-24", *BY)
    told = take(office, book, status=1)
    assert f"{address(book, '1', '整改责任人')} 整改责任人：台账中已由“”变为“丙”" in told
    assert address(book, "1", "整改时限") not in told
    assert address(book, "1", "整改进展") not in told
    assert listed(office)[0]["owner"] == "丙"


def test_cells_that_others_did_not_touch_are_taken_though_the_ledger_moved_on(office: Path) -> None:
    book = fill_in(export(office, "台账.xlsx"), {("1", "整改进展"): "已联系"})
    ledger(office, "assign", "1", "--owner", "丙", "--due", "2020-12-08", "--as-of", "2020-11-24", *BY)
    assert take(office, book) == "已导入4行，其中1个问题有更新（更新进展1个）。\n"
    assert [(one["owner"], one["progress"]) for one in listed(office, "--owner", "丙")] == [("丙", "已联系")]


def test_workbooks_of_several_people_are_one_and_contradictions_are_told(office: Path) -> None:
    first, second = (export(office, f"{name}.xlsx") for name in ("甲", "乙"))
    fill_in(first, ASSIGNED)
    fill_in(second, {("1", "整改责任人"): "丙", ("3", "整改责任人"): "丁", ("3", "整改时限"): "2020-12-08"})
    told = take(office, first, second, status=1)
    assert f"[乙.xlsx]{address(second, '1', '整改责任人')} 整改责任人：同一问题在另一行中填写的是“乙”" in told
    fill_in(second, {("1", "整改责任人"): "乙"})
    assert take(office, first, second) == "已导入8行，其中2个问题有更新（交办2个）。\n"


def test_sheets_columns_and_rows_of_their_own_are_told(office: Path) -> None:
    book = fill_in(export(office, "台账.xlsx"), ASSIGNED)

    def add(opened: Any) -> None:
        sheet = opened.worksheets[0]
        sheet["Z1"], sheet["Z2"], sheet["Z3"], sheet["AA3"] = "联系电话", "12345", "/", "见附件"
        sheet["H6"], sheet["B7"] = "新问题", "填报人：张甲"
        opened.create_sheet("通讯录")["A1"] = "张甲"

    told = take(office, change_book(book, add), status=1)
    assert "整改台账!Z2（1格）：“联系电话”列" in told, "a mark for nothing is nothing that is not taken"
    assert "通讯录" in told
    assert "AA" in told
    assert "整改台账!B6 问题编号：不是问题编号" in told


def test_a_workbook_of_another_ledger_is_refused(office: Path) -> None:
    book = fill_in(export(office, "台账.xlsx"), ASSIGNED)
    write_sites(office, another=FAULTY)
    ledger(office, "record", "sites/another", "--as-of", "2020-11-23", "--ledger", "other.db", *BY)
    told = take(office, book, status=1, options=("--ledger", "other.db"))
    assert "台账中该编号是另一个问题" in told
    assert "台账中没有该问题" in told


def test_texts_of_strangers_stay_texts(office: Path) -> None:
    nasty = '=HYPERLINK("x")[red]\x1b[31m<b>\u202e'
    ledger(office, "assign", "1", "--owner", nasty, "--due", "2020-12-08", "--as-of", "2020-11-25", *BY)
    sheet: Any = openpyxl.load_workbook(export(office, "台账.xlsx")).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    book = fill_in(
        office / "台账.xlsx", {("2", "整改责任人"): "[red]'; DROP TABLE events; --", ("2", "整改时限"): "2020-12-08"}
    )
    assert "交办1个" in take(office, book)
    assert listed(office)[1]["owner"] == "[red]'; DROP TABLE events; --"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "-o", "台账.docx"], "xlsx"),
        (["export", "-o", "台账.xlsx", "--owner", "无人"], "台账中没有符合条件的问题"),
        (["export", "-o", "台账.xlsx", "--site", "nowhere"], "台账中没有这样的试点单位"),
        (["import", "nowhere.xlsx"], "没有文件“nowhere.xlsx”"),
        (["import", "pilot-ledger.db"], "无法读取 pilot-ledger.db"),
        (["import", "other.csv"], "没有整改台账的表头"),
    ],
)
def test_a_wrong_call_is_explained(office: Path, arguments: list[str], said: str) -> None:
    (office / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert said in ledger(office, *arguments, status=2).stderr


def test_an_existing_workbook_is_replaced_only_when_asked(office: Path) -> None:
    export(office, "台账.xlsx")
    assert "--force" in ledger(office, "export", "-o", "台账.xlsx", status=2).stderr
    export(office, "台账.xlsx", "--force")
