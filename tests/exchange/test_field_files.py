"""Ledgers come in every kind of file, and in several at once."""

from datetime import date, datetime
from pathlib import Path

import pytest
import xlwt

from pilot_cli.exchange.importing import UnreadableBookError
from tests.commands.books import Rows, make_book, saved_by_libreoffice
from tests.commands.running import pilot
from tests.exchange.field_book import HEADS, OTHER, SITE, read_books

CSV = '站点编号,站点名称,站点类型,成立日期\r\ngz-1,一号工地,建筑工地,2020/3/1\r\ngz-2,"二号\n小区",社区物业,\r\n'


def write(path: Path, text: str, encoding: str) -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize(("name", "separator"), [("a.csv", ","), ("a.tsv", "\t"), ("a.txt", ";"), ("a.xls", ",")])
def test_a_text_file_is_read_in_every_usual_encoding(name: str, separator: str, encoding: str, tmp_path: Path) -> None:
    told = read_books(write(tmp_path / name, CSV.replace(",", separator), encoding))
    assert (told.errors, told.ignored) == ([], [])
    assert told.sites["gz-1"]["branch"]["established_on"] == date(2020, 3, 1)
    assert told.sites["gz-2"]["site"]["name"] == "二号\n小区"


def test_the_name_of_a_text_file_says_which_table_it_is(tmp_path: Path) -> None:
    sites = write(tmp_path / "站点.csv", CSV, "gbk")
    items = write(tmp_path / "责任清单.csv", "站点编号,事项\ngz-1,巡查\ngz-9,走访\n", "gbk")
    assert read_books(sites, items).errors == [
        "[责任清单.csv]责任清单!A3 站点编号：“gz-9”不在“站点”表中；请在“站点”表中补上，或者改正编号"
    ]


def test_what_excel_has_shortened_in_a_text_file_is_told(tmp_path: Path) -> None:
    text = "站点编号,站点名称,站点类型,批复文号\ngz-1,一号工地,建筑工地,4.40106E+17\ngz-2,二号,社区物业,#N/A\n"
    told = read_books(write(tmp_path / "a.csv", text, "gbk"))
    assert [line.partition("；")[0] for line in told.errors] == [
        *("a!D2 批复文号：数字 4.40106E+17 已被 Excel 截短", "a!D3 批复文号：是错误值 #N/A")
    ]


@pytest.mark.parametrize(
    "text", ["<html><table><tr><td>站点编号</td></tr></table></html>", "\n<table>", '<?xml version="1.0"?><Workbook/>']
)
def test_a_web_page_called_xls_is_told_as_what_it_is(text: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableBookError, match="实际上是网页或 XML，请用 Excel 打开后另存为"):
        read_books(write(tmp_path / "a.xls", text, "utf-8"))


def old_book(path: Path, rows: Rows, *, system_1904: bool = False) -> Path:
    """Write a workbook of Excel 97 to 2003."""
    book = xlwt.Workbook()
    book.dates_1904 = system_1904
    sheet = book.add_sheet("站点")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            match cell:
                case None:
                    continue
                case datetime():
                    sheet.write(number, column, cell, day)
                case "#N/A":
                    sheet.row(number).set_cell_error(column, 0x2A)
                case _:
                    sheet.write(number, column, cell)
    book.save(str(path))
    return path


@pytest.mark.parametrize("system_1904", [False, True])
@pytest.mark.parametrize("name", ["a.xls", "a.et"])
def test_an_old_workbook_has_the_right_dates(name: str, system_1904: bool, tmp_path: Path) -> None:
    rows: Rows = [[*HEADS, "成立日期"], [*SITE, datetime(2020, 3, 1)]]
    told = read_books(old_book(tmp_path / name, rows, system_1904=system_1904))
    assert told.sites["gz-1"]["branch"]["established_on"] == date(2020, 3, 1)


def test_an_error_value_in_an_old_workbook_is_told(tmp_path: Path) -> None:
    rows: Rows = [[*HEADS, "地市"], ["#N/A", *SITE[1:]], [*OTHER, "#N/A"]]
    told = read_books(old_book(tmp_path / "a.xls", rows))
    assert [line.partition("；")[0] for line in told.errors] == [
        *("站点!A2 站点编号：是错误值 #N/A", "站点!D3 地市：是错误值 #N/A")
    ]


@pytest.mark.parametrize("format", ["ods", "xls", "xlsx"])
def test_what_libreoffice_saves_has_its_merged_cells_and_errors(format: str, tmp_path: Path) -> None:
    rows: Rows = [[*HEADS, "地市", "区县"], [*SITE, "广州市", "=1/0"], [*OTHER, None, "海珠区"]]
    book = make_book(tmp_path / "a.xlsx", {"站点": rows}, ["站点!D2:D3"])
    again = saved_by_libreoffice(book, format, tmp_path)
    assert [line.partition("；")[0] for line in read_books(again).errors] == ["站点!E2 区县：是错误值 #DIV/0!"]
    rows[1][4] = "海珠区"
    again = saved_by_libreoffice(make_book(tmp_path / "b.xlsx", {"站点": rows}, ["站点!D2:D3"]), format, tmp_path)
    told = read_books(again)
    assert [site["site"]["city"] for site in told.sites.values()] == ["广州市"] * 2


def test_several_books_are_one_ledger(tmp_path: Path) -> None:
    first = make_book(tmp_path / "广州.xlsx", {"站点": [HEADS, SITE]})
    second = make_book(tmp_path / "深圳.xlsx", {"Sheet1": [HEADS, OTHER]})
    third = make_book(
        tmp_path / "清单.xlsx", {"责任清单": [["站点名称", "事项"], ["一号工地", "巡查"], ["二号小区", "走访"]]}
    )
    result = pilot("import", first, second, third, "--output", tmp_path / "sites")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"{tmp_path}/sites：新建2个，修改0个，不变0个\n"


def test_a_site_in_two_books_is_told_with_the_book(tmp_path: Path) -> None:
    books = [make_book(tmp_path / f"{name}.xlsx", {"站点": [HEADS, SITE]}) for name in ("广州", "深圳")]
    result = pilot("import", *books, "--output", tmp_path / "sites")
    assert result.returncode == 1
    assert result.stderr.startswith("[深圳.xlsx]站点!A2 站点编号：“gz-1”与“站点”表第 2 行重复")


def test_a_book_among_several_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    book = make_book(tmp_path / "a.xlsx", {"站点": [HEADS, SITE]})
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04")
    result = pilot("import", book, tmp_path / "b.xlsx", "--output", tmp_path / "sites")
    assert result.returncode == 2
    assert f"无法读取 {tmp_path}/b.xlsx" in result.stderr
    assert not (tmp_path / "sites").exists()


def test_what_was_left_out_is_told_with_its_number(tmp_path: Path) -> None:
    rows: Rows = [["序号", *HEADS, "备注"], [1, *SITE, "好"], [2, *OTHER, "/"], ["合计"], ["注：示例"]]
    result = pilot("import", make_book(tmp_path / "a.xlsx", {"站点": rows}), "--output", tmp_path / "sites")
    assert result.returncode == 1
    assert sorted(result.stderr.splitlines()) == [
        '  "备注" = "/"',
        "上面列出的内容不写入站点文件，其余内容已全部处理（退出码1）。",
        "不需要导入的列，可在设置文件 pilot.toml 的 [import.heads] 下写明：",
        "内容未导入：站点!E2（1格）：“备注”列不属于台账栏目",
        "未导入：“/”“无”等空白记号1处",
        "未导入：合计行1处",
        "未导入：备注、落款行1处",
        "未导入：序号2处",
    ]
    assert (tmp_path / "sites" / "gz-1" / "site.toml").is_file()


def test_a_column_that_may_be_meant_is_not_said_to_be_left_out(tmp_path: Path) -> None:
    book = make_book(tmp_path / "a.xlsx", {"站点": [[*HEADS, "所在城市"], [*SITE, "广州市"]]})
    told = pilot("import", book, "--output", tmp_path / "sites").stderr
    assert "名称不同的列，可在设置文件 pilot.toml 的 [import.heads] 下写明：\n" in told
    assert '"所在城市" = "/"' not in told


def test_the_settings_have_names_of_columns(tmp_path: Path) -> None:
    (tmp_path / "pilot.toml").write_text('[import.heads]\n"楼宇" = "站点名称"\n', encoding="utf-8")
    make_book(tmp_path / "a.xlsx", {"站点": [["站点编号", "楼宇", "站点类型"], SITE]})
    result = pilot("import", "a.xlsx", "--output", "sites", cwd=tmp_path, PILOT_NO_SETTINGS="")
    assert (result.returncode, result.stderr) == (0, "")
    (tmp_path / "pilot.toml").write_text('[import.heads]\n"楼宇" = "站名"\n', encoding="utf-8")
    result = pilot("import", "a.xlsx", "--output", "sites", cwd=tmp_path, PILOT_NO_SETTINGS="")
    assert result.returncode == 2
    assert "pilot.toml:2：台账中没有“站名”这一栏" in result.stderr.replace("第", "").replace("行", "")


def test_a_column_that_the_settings_leave_out_is_counted(tmp_path: Path) -> None:
    (tmp_path / "pilot.toml").write_text('[import.heads]\n"特色说明" = "/"\n"支部品牌" = "/"\n', encoding="utf-8")
    heads = [*HEADS, "特色说明（选填）", "支部品牌"]
    make_book(tmp_path / "a.xlsx", {"站点": [heads, [*SITE, "好", "红"], [*OTHER, "好", None]]})
    result = pilot("import", "a.xlsx", "--output", "sites", cwd=tmp_path, PILOT_NO_SETTINGS="")
    assert (result.returncode, result.stderr) == (0, "未导入：设置为不导入的列中的内容3处\n")
    assert "红" not in (tmp_path / "sites" / "gz-1" / "site.toml").read_text(encoding="utf-8")
