"""The Excel workbook of ``pilot report``: read back by two libraries, and opened by LibreOffice."""

import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import tomli_w
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import load_workbook

from pilot_cli.formats import xlsx
from pilot_cli.formats.xlsx import PLAIN, PagedTable, WorkbookWriter
from tests.commands.office import printed, text_of
from tests.commands.running import AS_OF, check, pilot, report_document, write_report
from tests.editing import CONSTRUCTION, edit, edited, write_site
from tests.hostile import LONG_TEXTS, TEXTS, hostile_site, long_site, shown

SHEETS = ["概览", "分组", "试点单位明细", "问题清单", "逾期事项", "经批准暂不执行的事项", "问题统计"]
GREEN, YELLOW, RED = "FFC6EFCE", "FFFFEB9C", "FFFFC7CE"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(tmp_path_factory.mktemp("workbook") / "汇总.xlsx", "checklists", "--by", "kind", "--by", "city")


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def told() -> Any:
    return report_document("checklists", "--by", "kind", "--by", "city")


@pytest.fixture(scope="module")
def by_city() -> Any:
    """The sites of the document in the order in which the workbook has them."""
    return report_document("checklists", "--sort", "city")["sites"]


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    """Read the rows of a sheet by the headers of its columns."""
    headers, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, headers), row, strict=True)) for row in rows]


def width_of(sheet: Worksheet, column: int) -> float:
    """The width of a column; neighbours of the same width share an entry."""
    return next(float(one.width) for one in sheet.column_dimensions.values() if one.min <= column <= one.max)


def test_it_has_the_sheets_that_staff_expect(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_a_second_library_reads_the_same_values(path: Path, book: Workbook) -> None:
    other = load_workbook(path)
    for name in SHEETS:
        ours = [["" if value is None else value for value in row] for row in book[name].iter_rows(values_only=True)]
        theirs = other.get_sheet_by_name(name).to_python(skip_empty_area=False)
        dates = [[datetime(*v.timetuple()[:3]) if type(v) is date else v for v in row] for row in theirs]
        assert dates == ours


def test_the_groups_have_the_figures_of_the_document(book: Workbook, told: Any) -> None:
    *rows, totals = table(book["分组"])
    for row, group in zip(rows, told["groups"], strict=True):
        names = [*group["group"], "（小计）"][:2]
        assert [row["类型"], row["地市"]] == names
        assert (row["试点单位数"], row["五项齐"]) == (group["sites"], group["complete"]["sites"])
        assert row["平均分"] == group["mean_score"]
        percents = [group["complete"]["percent"], *(one["percent"] for one in group["ones"].values())]
        shares = [row[header] for header in ("占比", "支部", "清单", "阵地", "指引", "制度")]
        assert shares == pytest.approx([percent / 100 for percent in percents])
    assert (totals["类型"], totals["试点单位数"], totals["五项齐"]) == ("合计", 19, 12)


def test_the_sites_have_a_row_each_city_by_city_with_numbers_as_numbers(book: Workbook, by_city: Any) -> None:
    cities = list(dict.fromkeys(row["地市"] for row in table(book["试点单位明细"])))
    assert cities[:4] == ["广州市", "深圳市", "珠海市", "汕头市"]
    for row, site in zip(table(book["试点单位明细"]), by_city, strict=True):
        assert (row["文件"], row["试点单位编号"], row["试点单位名称"]) == (site["path"], site["id"], site["name"])
        assert (row["得分"], row["等级"], row["完成项数"]) == (site["score"], site["grade"], site["complete"])
        assert (row["突出问题"], row["逾期事项"]) == (site["findings"]["error"], len(site["overdue"]))


def test_the_five_ones_of_a_site_are_coloured_by_status(book: Workbook) -> None:
    sheet = book["试点单位明细"]
    cells = [cell for row in sheet.iter_rows(min_row=2, min_col=5, max_col=9) for cell in row]
    colours = {(cell.value, cell.fill.start_color.rgb) for cell in cells}
    assert colours == {("已完成", GREEN), ("部分完成", YELLOW), ("未建立", RED)}


def test_the_findings_have_a_row_each_with_room_for_what_is_to_be_done(book: Workbook) -> None:
    checked = json.loads(check("checklists", "--format", "json", "--sort", "city").stdout)["sites"]
    findings = [(site, finding) for site in checked for finding in site["findings"] if finding["about"] == "work"]
    number = sum(finding["about"] == "filing" for site in checked for finding in site["findings"])
    *rows, _empty, note = table(book["问题清单"])
    assert next(iter(note.values())) == f"另有填报问题{number}个，未列入本表。"
    for row, (site, finding) in zip(rows, findings, strict=True):
        assert (row["试点单位编号"], row["检查项"], row["行"]) == (site["id"], finding["rule"], finding["line"])
        assert (row["依据"], row["整改建议"]) == (finding["basis"], finding["advice"])
        assert [row[header] for header in ("责任人", "整改期限", "整改情况")] == [None, None, None]
        if finding["waived"]:
            assert row["问题"] == f"{finding['message']} {row['暂不执行情况']}"
        else:
            assert (row["问题"], row["暂不执行情况"]) == (finding["message"], None)


def test_how_a_finding_was_put_right_is_chosen_from_a_list(book: Workbook) -> None:
    sheet = book["问题清单"]
    (choice,) = sheet.data_validations.dataValidation
    column = next(cell.column_letter for cell in sheet[1] if cell.value == "整改情况")
    assert choice.formula1 == '"已完成整改,正在整改,尚未整改,长期坚持"'
    assert str(choice.sqref) == f"{column}2:{column}{sheet.max_row - 2}"


def test_dates_are_dates(book: Workbook, by_city: Any) -> None:
    rows = table(book["逾期事项"])
    items = [item for site in by_city for item in site["overdue"]]
    assert [row["完成时限"] for row in rows] == [datetime.fromisoformat(item["due"]) for item in items]
    assert [row["逾期天数"] for row in rows] == [item["days"] for item in items]
    (waiver,) = table(book["经批准暂不执行的事项"])
    assert (waiver["有效期至"], waiver["检查项"]) == (datetime(2021, 3, 31), "W008")
    assert waiver["暂不执行的要求"] == "每月开展主题党日"


def printed_columns(sheet: Worksheet) -> list[int]:
    """The numbers of the columns that go on paper."""
    (area,) = sheet.print_area.split(",")
    first, _row, last, _last_row = openpyxl.utils.range_boundaries(area.split("!")[1].replace("$", ""))
    assert first == 1
    return list(range(first, last + 1))


def test_what_is_technical_is_not_printed(book: Workbook) -> None:
    technical = {"检查项", "行", "配置项", "文件", "试点单位编号", "无法读取的原因", "暂不执行情况"}
    for name in SHEETS[1:]:
        sheet = book[name]
        headers = [str(cell.value) for cell in sheet[1]]
        printed = printed_columns(sheet)
        assert not technical & {headers[number - 1] for number in printed}
        if name != "分组":
            assert technical & set(headers[len(printed) :])
        assert sheet.print_area.endswith(f"${sheet.max_row}")


def test_a_list_is_one_a4_page_wide_with_text_of_at_least_8_points(book: Workbook) -> None:
    for name in SHEETS[1:]:
        sheet = book[name]
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, str(sheet.page_setup.fitToHeight)) in {(None, "0"), (1, "0")}
        assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == (name, "&P / &N")
        # Excel draws a digit of the font of ten points seven pixels wide, and an inch is 96 of them.
        inches = sum(7 * width_of(sheet, column) for column in printed_columns(sheet)) / 96
        room = 297 / 25.4 - sheet.page_margins.left - sheet.page_margins.right
        smallest = min(cell.font.size for row in sheet.iter_rows(max_col=len(printed_columns(sheet))) for cell in row)
        assert smallest * min(1, room / inches) >= 8, name


def test_lists_can_be_filtered_and_keep_their_header_in_view(book: Workbook) -> None:
    for name in SHEETS[1:]:
        sheet = book[name]
        last = sheet.max_row - (2 if str(sheet[sheet.max_row][0].value).startswith("另有") else 0)
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(last, sheet.max_column).coordinate}"
        assert str(sheet.freeze_panes).endswith("2")
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.print_options.gridLines


def test_rows_are_as_high_as_their_texts_need(book: Workbook) -> None:
    sheet = book["问题清单"]
    advice = next(cell.column_letter for cell in sheet[1] if cell.value == "整改建议")
    for row in range(2, sheet.max_row - 1):
        lines = len(sheet[f"{advice}{row}"].value) / 18
        assert (sheet.row_dimensions[row].height or 15) >= 15 * min(lines, 3)


def test_the_columns_that_staff_fill_in_have_room(book: Workbook) -> None:
    sheet = book["问题清单"]
    for cell in sheet[1]:
        if cell.value in ("责任人", "整改期限", "整改情况"):
            assert width_of(sheet, cell.column) >= 10


def test_texts_take_several_lines_rather_than_wide_columns(book: Workbook) -> None:
    for sheet in book:
        assert max(width_of(sheet, column) for column in range(1, sheet.max_column + 1)) < 82
    for cell in next(book["问题清单"].iter_rows(min_row=2, max_row=2, max_col=7)):
        assert cell.value is None or cell.alignment.wrap_text


def test_the_charts_are_charts_of_excel_over_the_cells_of_the_overview(path: Path, book: Workbook) -> None:
    sheet = book["概览"]
    rows = {str(row[0].value): row for row in sheet.iter_rows()}
    first, last = rows["党支部"][0].row, rows["党支部工作制度"][0].row
    with zipfile.ZipFile(path) as archive:
        charts = [archive.read(f"xl/charts/chart{number}.xml").decode() for number in (1, 2)]
    for column in "BDF":
        assert f"概览!${column}${first}:${column}${last}" in charts[0]
    assert f"概览!$B${rows['优秀'][0].row}:$B${rows['不合格'][0].row}" in charts[1]


def test_the_overview_has_the_headline_and_the_five_ones(book: Workbook, told: Any) -> None:
    rows = {str(row[0]): row for row in book["概览"].iter_rows(values_only=True)}
    assert rows["试点单位数"][1] == 19
    assert rows["平均得分"][1] == told["summary"]["mean_score"]
    for name, one in zip(("党支部", "党支部责任清单"), ("branch", "responsibility_list"), strict=True):
        shares = told["ones"][one].values()
        expected = [v for s in shares for v in ((s["sites"], s["percent"] / 100) if s["sites"] else (None, None))]
        assert list(rows[name][1:7]) == pytest.approx(expected)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    folder = tmp_path_factory.mktemp("hostile")
    sites = [*map(hostile_site, TEXTS.values()), *map(long_site, (*LONG_TEXTS, "甲" + "👍" * 20_000))]
    for number, site in enumerate(sites):
        (folder / f"{number:02}.toml").write_bytes(tomli_w.dumps(site).encode())
    return openpyxl.load_workbook(write_report(folder / "out.xlsx", folder, "--by", "city", "--title", "=1+1"))


def test_texts_stay_texts_and_no_formula_or_link_is_live(hostile: Workbook) -> None:
    for sheet in hostile:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
        assert not [cell for cell in cells if cell.hyperlink]
    assert hostile["概览"]["A1"].value == "=1+1"
    names = {row["试点单位名称"] for row in table(hostile["试点单位明细"])}
    assert {shown(text) for text in TEXTS.values()} <= names


def test_a_name_is_cut_where_nobody_would_read_on(hostile: Workbook) -> None:
    names = {row["试点单位名称"] for row in table(hostile["试点单位明细"])}
    assert {"长" * 499 + "…", "甲" + "👍" * 498 + "…"} <= names


def test_a_text_that_is_too_long_for_a_cell_ends_with_an_ellipsis(hostile: Workbook) -> None:
    titles = [str(row["事项"]) for row in table(hostile["逾期事项"])]
    assert {"长" * 32_766 + "…", "甲" + "👍" * 16_382 + "…"} <= set(titles)
    assert all(len(title.encode("utf-16-le")) <= 2 * 32_767 for title in titles)


def test_a_date_that_excel_cannot_tell_is_written_as_text(tmp_path: Path) -> None:
    item = '[[responsibility_list.items]]\ntitle = "甲"\nowner = "乙"\ndue = 1899-12-31\nstatus = "未开始"\n'
    text = edited(CONSTRUCTION, edit("[activity_space]", f"{item}\n[activity_space]"))
    write_site(tmp_path, text)
    sheet = openpyxl.load_workbook(write_report(tmp_path / "a.xlsx", tmp_path))["逾期事项"]
    assert [row["完成时限"] for row in table(sheet) if row["事项"] == "甲"] == ["1899-12-31"]


def test_as_of_a_day_that_excel_cannot_tell_the_workbook_opens_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert pilot("report", "checklists", "--as-of", "0900-01-01", "--output", path).returncode == 0
    assert openpyxl.load_workbook(path).properties.created == datetime(1900, 1, 1)


def test_nothing_is_left_behind_even_when_the_file_cannot_be_written(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for output, status in ((tmp_path / "a.xlsx", 0), ("/dev/full", 2)):
        result = pilot("report", "checklists", *AS_OF, "-f", "xlsx", "-o", output, TMPDIR=str(temporary))
        assert result.returncode == status
        assert list(temporary.iterdir()) == []


def test_a_list_that_is_longer_than_a_sheet_goes_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 4)
    with (tmp_path / "a.xlsx").open("wb") as out, WorkbookWriter(out, "甲", date(2020, 11, 23)) as book:
        listing = PagedTable(book, "站点", ["数"])
        for number in range(7):
            listing.add([(number, PLAIN)])
        listing.finish()
    sheets = openpyxl.load_workbook(tmp_path / "a.xlsx")
    values = {sheet.title: [cell.value for cell in sheet["A"]] for sheet in sheets}
    assert values == {"站点": ["数", 0, 1, 2], "站点（2）": ["数", 3, 4, 5], "站点（3）": ["数", 6]}


def test_libreoffice_opens_it_and_prints_its_figures(path: Path, tmp_path: Path) -> None:
    out = text_of(printed(path, tmp_path))
    assert all(text in out for text in ("88.9", "63.2%", "优秀", "党员发挥作用工作指引"))
