"""``pilot import`` reads ledgers as people really make them, whatever program they use."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import rtoml
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from xlsxwriter import Workbook as XlsxWriterWorkbook

from tests.commands.books import ITEMS, SITES, Rows, change_book, export, import_book, make_book, saved_by_libreoffice
from tests.commands.running import Result

DAY = date(2020, 11, 23)


def import_beside(book: Path) -> Result:
    """Import a ledger into a folder beside it."""
    return import_book(book, book.parent / "sites")


def imported(book: Path) -> dict[str, Any]:
    """Import a ledger without anything to say of it; return what the files say."""
    result = import_beside(book)
    assert (result.returncode, result.stderr) == (0, "")
    return written(book)


def written(book: Path) -> dict[str, Any]:
    return {
        file.parent.name: rtoml.loads(file.read_text(encoding="utf-8"))
        for file in (book.parent / "sites").glob("*/site.toml")
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the files say by the ledger as it should be."""
    return imported(make_book(tmp_path_factory.mktemp("plain") / "a.xlsx", 站点=SITES, 责任清单=ITEMS))


def test_columns_may_stand_in_any_order(plain: dict[str, Any], tmp_path: Path) -> None:
    book = make_book(
        tmp_path / "a.xlsx", 责任清单=[row[::-1] for row in ITEMS], 站点=[row[3:] + row[:3] for row in SITES]
    )
    assert imported(book) == plain


def test_other_columns_and_sheets_are_told_and_ignored(plain: dict[str, Any], tmp_path: Path) -> None:
    rows = [[*row[:1], more, *row[1:]] for row, more in zip(SITES, ["备注", "好", "差"], strict=True)]
    book = make_book(tmp_path / "a.xlsx", 站点=rows, 责任清单=ITEMS, 联系电话=[["姓名"], ["张甲"]])
    result = import_beside(book)
    assert result.returncode == 1
    assert result.stderr.splitlines()[:2] == [
        "未导入：工作表“联系电话”不属于台账",
        "内容未导入：站点!B2:B3（2格）：“备注”列不属于台账栏目",
    ]
    assert written(book) == plain


@pytest.mark.parametrize(
    "headers",
    [
        [" 站点编号", "站点 名称", "站点类型\u3000", "开工(入驻)日期", "党支部名称", "正式党员数"],
        ["*站点编号", "站点名称*", "＊站点类型", "开工 （入驻） 日期", "党支部\n名称", "正式党员数："],
        ["站点编号（必填）", "站点名称（必填）", "站点类型", "开工日期", "党支部名称", "正式党员数（人）"],
        ["site.id", "site.name", "site.kind", "site.started_on", "branch.name", "branch.full_members"],
        ["Site ID", "site name", "Kind of Site", "Start date", "Branch name", "Full members"],
    ],
)
def test_headers_may_be_written_differently(headers: list[str], plain: dict[str, Any], tmp_path: Path) -> None:
    assert imported(make_book(tmp_path / "a.xlsx", 站点=[headers, *SITES[1:]], 责任清单=ITEMS)) == plain


@pytest.mark.parametrize(
    "names", [("站点 ", "责 任 清 单"), ("站点（1）", "责任清单（12）"), ("All sites", "Responsibilities")]
)
def test_sheets_may_be_named_differently(names: tuple[str, str], plain: dict[str, Any], tmp_path: Path) -> None:
    assert imported(make_book(tmp_path / "a.xlsx", dict(zip(names, (SITES, ITEMS), strict=True)))) == plain


def test_titles_may_stand_above_the_headers(plain: dict[str, Any], tmp_path: Path) -> None:
    title: Rows = [
        ["2020 年试点站点台账（站点名称以批复为准）"],
        ["填报单位：示例局", None, None, "填报日期：2020-11-23"],
        [],
    ]
    book = make_book(tmp_path / "a.xlsx", 站点=[*title, *SITES], 责任清单=[*title[:1], *ITEMS])

    def merge(book: Workbook) -> None:
        book["站点"].merge_cells("A1:F1")
        book["站点"]["A1"].font = Font(size=20, bold=True)
        book["站点"].merge_cells("A2:C2")
        book["责任清单"].merge_cells("A1:E1")

    assert imported(change_book(book, merge)) == plain


def test_a_table_may_stand_anywhere_and_errors_still_name_its_cells(plain: dict[str, Any], tmp_path: Path) -> None:
    rows: Rows = [[], [], *([None, None, *row] for row in SITES)]
    items: Rows = [[], *([None, *row] for row in ITEMS)]
    assert imported(make_book(tmp_path / "a.xlsx", 站点=rows, 责任清单=items)) == plain
    items[2][5] = "长期"
    result = import_beside(make_book(tmp_path / "b.xlsx", 站点=rows, 责任清单=items))
    assert result.stderr.splitlines()[0].startswith("责任清单!F3 完成时限：“长期” 不是日期；请留空")


def test_spaces_beside_an_id_mean_nothing(plain: dict[str, Any], tmp_path: Path) -> None:
    sites, items = ([rows[0], *([f" {row[0]}\u3000", *row[1:]] for row in rows[1:])] for rows in (SITES, ITEMS))
    assert imported(make_book(tmp_path / "a.xlsx", 站点=sites, 责任清单=items)) == plain


def test_empty_rows_mean_nothing(plain: dict[str, Any], tmp_path: Path) -> None:
    blank: Rows = [[], [None] * 5, [" ", "\u3000", None, "\n"]]
    items = [ITEMS[0], *blank, ITEMS[1], *blank, ITEMS[2], *blank]
    assert imported(make_book(tmp_path / "a.xlsx", 站点=[*SITES, *blank], 责任清单=items)) == plain


def test_numbers_may_be_texts_and_texts_numbers(tmp_path: Path) -> None:
    rows = [[*SITES[0], "批复文号", "面积（平方米）"], ["1001", 2020, "建筑工地", None, 18, "５", 202008, " 36.5 "]]
    rows.append([1002, "乙", "社区物业", None, 0.5, "1,200", True, "40"])
    sites = imported(make_book(tmp_path / "a.xlsx", 站点=rows, 责任清单=[ITEMS[0], [1001, 1, 2]]))
    assert sites["1001"]["site"]["name"] == "2020"
    assert sites["1001"]["branch"] == {"name": "18", "full_members": 5, "approval_no": "202008"}
    assert sites["1001"]["activity_space"] == {"area_m2": 36.5}
    assert sites["1001"]["responsibility_list"]["items"] == [{"title": "1", "owner": "2"}]
    assert sites["1002"]["branch"] == {"name": "0.5", "full_members": 1200, "approval_no": "TRUE"}


@pytest.mark.parametrize(
    "day",
    [
        *(DAY, datetime(2020, 11, 23), 44158, "44158", 20201123),
        *("2020/11/23", "2020.11.23", "2020年11月23日", "2020 年 11 月 23 日", "2020-11-23 ", "２０２０－１１－２３"),
    ],
)
def test_dates_may_be_written_in_every_usual_way(day: Any, tmp_path: Path) -> None:
    rows = [SITES[0], [*SITES[1][:3], day, *SITES[1][4:]]]
    assert imported(make_book(tmp_path / "a.xlsx", 站点=rows))["gz-1"]["site"]["started_on"] == DAY


def test_a_formula_is_worth_what_it_came_to(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    with XlsxWriterWorkbook(str(book)) as workbook:
        sheet = workbook.add_worksheet("站点")
        day = workbook.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row(0, 0, SITES[0])
        sheet.write_row(1, 0, ["gz-1", None, "建筑工地"])
        sheet.write_formula(1, 1, '="一号"&"工地"', None, "一号工地")
        sheet.write_formula(1, 3, "=TODAY()", day, 44158)
        sheet.write_formula(1, 5, "=2+3", None, 5)
    data = imported(book)["gz-1"]
    assert (data["site"]["name"], data["site"]["started_on"]) == ("一号工地", DAY)
    assert data["branch"] == {"full_members": 5}


def test_a_text_that_looks_like_a_formula_is_a_text(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    with XlsxWriterWorkbook(str(book), {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("站点")
        sheet.write_row(0, 0, SITES[0])
        sheet.write_row(1, 0, ["gz-1", '=HYPERLINK("http://x.y")', "建筑工地"])
    assert imported(book)["gz-1"]["site"]["name"] == '=HYPERLINK("http://x.y")'


@pytest.mark.parametrize("format", ["xlsx", "xls", "ods"])
def test_a_book_saved_again_by_libreoffice_says_the_same(format: str, tmp_path: Path) -> None:
    book = export("checklists", "tests/fixtures/good-community.toml", output=tmp_path / "台账.xlsx")
    direct = imported(book)
    (tmp_path / "again").mkdir()
    again = saved_by_libreoffice(book, format, tmp_path / "again")
    assert len(direct) == 20
    assert imported(again) == direct


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a"])
def test_a_book_may_be_named_as_what_it_is_not(name: str, plain: dict[str, Any], tmp_path: Path) -> None:
    make_book(tmp_path / "a.xlsx", 站点=SITES, 责任清单=ITEMS).rename(tmp_path / name)
    assert imported(tmp_path / name) == plain


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_an_encrypted_book_is_told_as_that(name: str, tmp_path: Path) -> None:
    book = make_book(tmp_path / name, 站点=SITES)
    encrypted = BytesIO()
    OOXMLFile(BytesIO(book.read_bytes())).encrypt("secret", encrypted)
    book.write_bytes(encrypted.getvalue())
    result = import_beside(book)
    assert result.returncode == 2
    assert "文件已加密，请在 Excel 中打开、取消密码后重新保存" in result.stderr


def test_a_sheet_may_go_on_in_another(plain: dict[str, Any], tmp_path: Path) -> None:
    sites = {"站点": SITES[:2], "站点（2）": [SITES[0], SITES[2]]}
    items = {"责任清单": ITEMS[:2], "责任清单（2）": [ITEMS[0], ITEMS[2]]}
    assert imported(make_book(tmp_path / "a.xlsx", {**sites, **items})) == plain


Change = Callable[[dict[str, Rows]], object]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda sheets: sheets["站点"][0].__setitem__(1, "标段"),
            "站点!A1 缺少“站点名称”列；表头可写作：站点名称、项目名称、工程名称、小区名称、工地名称、站点",
        ),
        (
            lambda sheets: sheets["站点"][0].__setitem__(4, "正式党员数"),
            "站点!F1 “正式党员数”列重复；请删除其中一列，或者改写表头",
        ),
        (
            lambda sheets: sheets.__setitem__("责任清单", [["甲"], ["乙"]]),
            "责任清单!A1 找不到表头行；请填写表头，例如：站点编号、站点名称、事项、责任人",
        ),
        (
            lambda sheets: sheets["责任清单"][0].__setitem__(0, "标段"),
            "责任清单!A1 缺少“站点名称”列；表头可写作：站点名称、项目名称、工程名称、小区名称、工地名称、站点、"
            "站点编号、编号、站点代码、试点编号、项目编号、单位编号",
        ),
    ],
)
def test_columns_that_are_not_as_needed_are_told(change: Change, told: str, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"站点": [[*row] for row in SITES], "责任清单": [[*row] for row in ITEMS]}
    change(sheets)
    result = import_beside(make_book(tmp_path / "a.xlsx", sheets))
    assert result.returncode == 1
    assert told in result.stderr.splitlines()
    assert not (tmp_path / "sites").exists()


def test_a_book_without_any_sheet_of_a_ledger_is_no_ledger(tmp_path: Path) -> None:
    result = import_beside(make_book(tmp_path / "a.xlsx", Sheet1=[["一"], ["二"]], 汇总=[["甲"]]))
    assert result.returncode == 2
    assert "没有一张工作表的名称或者表头与台账（站点、班子成员、" in result.stderr
    assert "现有：Sheet1、汇总" in result.stderr


def test_a_copied_sheet_beside_its_original_is_refused(plain: dict[str, Any], tmp_path: Path) -> None:
    book = make_book(tmp_path / "a.xlsx", {"站点": SITES, "责任清单": ITEMS, "责任清单 (2)": ITEMS})
    result = import_beside(book)
    assert (result.returncode, written(book)) == (1, {})
    assert result.stderr.splitlines()[0] == (
        "责任清单 (2)!A1 这张工作表像是“责任清单”的副本；请删除其中一张，或者改一个不同的名称"
    )
    alone = make_book(tmp_path / "b.xlsx", {"站点": SITES, "责任清单 (2)": ITEMS})
    assert imported(alone) == plain


@pytest.mark.parametrize("is_split", [False, True])
def test_headers_may_stand_in_two_rows(is_split: bool, plain: dict[str, Any], tmp_path: Path) -> None:
    upper = [*SITES[0][:3], None, "党支部", None] if is_split else ["站点", None, None, None, "党支部", None]
    lower = [*([None] * 3 if is_split else SITES[0][:3]), *SITES[0][3:]]
    rows: Rows = [["试点站点台账"], upper, lower, *SITES[1:]]
    assert imported(make_book(tmp_path / "a.xlsx", 站点=rows, 责任清单=ITEMS)) == plain


def test_the_upper_row_of_headers_may_say_what_the_lower_belongs_to(tmp_path: Path) -> None:
    rows: Rows = [
        [*SITES[0][:3], "党支部责任清单", None, "党支部工作制度"],
        [None, None, None, "印发日期", "最近修订日期", "印发日期"],
        [*SITES[1][:3], "2020-01-01", "2020-02-02", "2020-03-03"],
    ]
    data = imported(make_book(tmp_path / "a.xlsx", 站点=rows))["gz-1"]
    assert data["responsibility_list"] == {"issued_on": date(2020, 1, 1), "reviewed_on": date(2020, 2, 2)}
    assert data["work_rules"] == {"issued_on": date(2020, 3, 3)}


def test_any_number_of_blank_rows_may_stand_above(plain: dict[str, Any], tmp_path: Path) -> None:
    blank: Rows = [[] for _ in range(40)]
    book = make_book(tmp_path / "a.xlsx", 站点=[*blank, *SITES], 责任清单=[*blank, ["标题"], *ITEMS])
    assert imported(book) == plain


@pytest.mark.parametrize(
    ("header", "near"),
    [("正式党员数（其中女性）", "正式党员数"), ("面积（亩）", "面积（平方米）"), ("任期（月）", "任期（年）")],
)
def test_another_unit_is_another_column(header: str, near: str, tmp_path: Path) -> None:
    rows: Rows = [[*SITES[0], header], [*SITES[1], 2]]
    book = make_book(tmp_path / "a.xlsx", 站点=rows)
    result = import_beside(book)
    told = f"内容未导入：站点!G2（1格）：“{header}”列不属于台账栏目，相近的表头是“{near}”"
    assert (result.returncode, result.stderr.splitlines()[0]) == (1, told)
    assert written(book)["gz-1"]["branch"] == {"name": "一号支部", "full_members": 5}


def test_a_column_without_a_header_is_told_if_something_stands_in_it(tmp_path: Path) -> None:
    rows: Rows = [[*SITES[0], None, None], [*SITES[1], None, None], [*SITES[2], None, "好"]]
    result = import_beside(make_book(tmp_path / "a.xlsx", 站点=rows))
    told = "内容未导入：站点!H3（1格）：该列没有表头；请补上台账认得的表头"
    assert (result.returncode, result.stderr.splitlines()[0]) == (1, told)


def test_a_formula_that_came_to_no_value_is_told(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    with XlsxWriterWorkbook(str(book)) as workbook:
        workbook.add_worksheet("说明")
        sheet = workbook.add_worksheet("站点")
        sheet.write_row(1, 1, SITES[0])
        sheet.write_row(2, 1, SITES[1][:3])
        sheet.write_formula(2, 4, "=VLOOKUP(1,A:A,1)", None, "#N/A")
        sheet.write_formula(2, 5, '="一号"', None, "一号支部")
        sheet.write_formula(2, 6, "=2+3", None, 5)
        sheet.write_formula(2, 8, "=1/0", None, "#DIV/0!")
    result = import_beside(book)
    assert result.returncode == 1
    assert result.stderr.splitlines()[:-1] == [
        "内容未导入：站点!I3（1格）：该列没有表头；请补上台账认得的表头",
        "站点!E3 开工（入驻）日期：是错误值 #N/A；请填写实际内容，或者留空",
    ]
    not_calculated = make_book(tmp_path / "b.xlsx", 站点=[SITES[0], [*SITES[1][:5], "=2+3"]])
    assert import_beside(not_calculated).stderr.splitlines()[0] == (
        "站点!F2 正式党员数：公式没有计算结果；请用 Excel 或 WPS 打开台账并重新保存"
    )


def test_an_ambiguous_header_is_told(tmp_path: Path) -> None:
    rows = [[*SITES[0], "印发日期"], [*SITES[1], "2020-01-01"]]
    result = import_beside(make_book(tmp_path / "a.xlsx", 站点=rows))
    assert "内容未导入：站点!G2（1格）：“印发日期”列不属于台账栏目" in result.stderr
