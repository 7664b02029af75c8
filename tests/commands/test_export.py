"""``pilot export``: all that the site files say, in an Excel ledger."""

import json
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.commands.books import export
from tests.commands.office import printed, text_of
from tests.commands.running import ROOT, check, pilot
from tests.editing import COMMUNITY, CONSTRUCTION, edit, edited, write_site
from tests.province import make_province

SHEETS = ["站点", "班子成员", "责任清单", "作用发挥岗位", "会议记录", "满意度", "暂不执行事项", "现场查看", "填写说明"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export("checklists", output=tmp_path_factory.mktemp("book") / "台账.xlsx")


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return openpyxl.load_workbook(export("--template", output=tmp_path_factory.mktemp("empty") / "空白.xlsx"))


def headers(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[2]]


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    return [dict(zip(headers(sheet), row, strict=True)) for row in sheet.iter_rows(min_row=3, values_only=True)]


def validation(sheet: Worksheet, header: str) -> Any:
    """What a column takes, as Excel knows it."""
    cell = sheet.cell(3, headers(sheet).index(header) + 1).coordinate
    return next((found for found in sheet.data_validations.dataValidation if cell in found), None)


def test_it_has_the_sheets_that_staff_expect(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_the_headers_are_the_titles_of_the_schema(book: Workbook) -> None:
    schema = json.loads(pilot("schema").stdout)["properties"]
    lists = {
        "班子成员": schema["branch"]["properties"]["officers"],
        "责任清单": schema["responsibility_list"]["properties"]["items"],
        "作用发挥岗位": schema["member_guide"]["properties"]["roles"],
        "会议记录": schema["work_rules"]["properties"]["records"],
        "满意度": schema["satisfaction"],
        "暂不执行事项": schema["waivers"],
    }
    for name, field in lists.items():
        titles = [value.get("title") for value in field["items"]["properties"].values()]
        assert headers(book[name]) == ["站点编号", "站点名称", *titles]
    singles = [
        (table["title"], value["title"])
        for table in schema.values()
        for value in table.get("properties", {}).values()
        if "properties" not in value.get("items", {})
    ]
    titles = [title for _table, title in singles]
    assert headers(book["站点"]) == [table + title if titles.count(title) > 1 else title for table, title in singles], (
        "where two tables have the same title, the one of the table stands before it"
    )


def test_values_are_of_the_type_that_they_are(book: Workbook) -> None:
    row = next(row for row in table(book["站点"]) if row["站点编号"] == "foshan-qiandeng-garden")
    assert row["站点类型"] == "社区物业"
    assert row["开工（入驻）日期"] == datetime(2017, 3, 15)
    assert (row["正式党员数"], row["面积（平方米）"], row["任期（年）"]) == (6, 58.5, 3)
    assert row["覆盖单位"].split("、")[1:] == ["示例·千灯苑业主委员会", "示例·禅南社会工作服务中心"]
    assert row["党支部佐证材料"] == "documents/联合党支部成立批复.txt、documents/联合共建协议.md"
    assert row["计划竣工（撤场）日期"] is None


def test_texts_are_texts_and_dates_are_dates_to_excel(book: Workbook) -> None:
    sheet = book["站点"]
    formats = {header: sheet.cell(3, column).number_format for column, header in enumerate(headers(sheet), 1)}
    assert {formats[header] for header in ("站点编号", "批复文号", "站点类型", "党支部佐证材料")} == {"@"}
    assert {formats[header] for header in ("批复日期", "启用日期")} == {"yyyy-mm-dd"}
    empty = sheet.column_dimensions
    assert sheet.cell(3, headers(sheet).index("批复文号") + 1).data_type == "s"
    assert empty["A"].number_format == "@", "what is typed in a new row is a text too"


def test_every_row_of_a_list_names_its_site(book: Workbook) -> None:
    ids = {row["站点编号"] for row in table(book["站点"])}
    assert len(ids) == 19
    for name in SHEETS[1:-1]:
        assert {row["站点编号"] for row in table(book[name])} <= ids
    for row in table(book["责任清单"]):
        assert row["进度"] in ("未开始", "进行中", "已完成")


def test_columns_offer_and_accept_what_the_format_does(book: Workbook) -> None:
    kind = validation(book["站点"], "站点类型")
    assert (kind.type, kind.formula1) == ("list", '"建筑工地,社区物业"')
    assert validation(book["会议记录"], "类型").formula1.count(",") == 7
    day = validation(book["责任清单"], "完成时限")
    assert (day.type, day.operator or "between") == ("date", "between")
    assert (day.formula1, day.formula2) == ("1", "2958465")
    members = validation(book["站点"], "正式党员数")
    assert (members.type, members.operator, members.formula1) == ("whole", "greaterThanOrEqual", "0")
    term = validation(book["站点"], "任期（年）")
    assert (term.type, term.formula1, term.formula2) == ("whole", "1", "5")
    decision = validation(book["会议记录"], "议决方式")
    assert (decision.type, decision.formula1) == ("list", '"无,表决,选举"')
    year = validation(book["会议记录"], "所属年度")
    assert (year.type, year.formula1, year.formula2) == ("whole", "1921", "9999")
    area = validation(book["站点"], "面积（平方米）")
    assert (area.type, area.operator, area.formula1) == ("decimal", "greaterThan", "0")
    assert "站点" in validation(book["班子成员"], "站点编号").formula1
    assert validation(book["站点"], "站点名称") is None
    assert validation(book["班子成员"], "职务") is None, "several words may stand in a cell"
    assert str(kind.sqref) == "C3:C1048576"


def test_every_header_is_explained(book: Workbook) -> None:
    for name in SHEETS[:-1]:
        for cell in book[name][2]:
            assert cell.comment, f"{name}!{cell.coordinate}"
    told = book["站点"]["C2"].comment.text
    assert told.startswith("必填")
    assert "建筑工地" in told
    rows = [row for row in book["填写说明"].iter_rows(values_only=True) if row[0] in SHEETS]
    assert [(row[0], row[1]) for row in rows] == [
        (name, header) for name in SHEETS[:-1] for header in headers(book[name])
    ]


def test_a_table_that_is_not_there_has_no_cells(tmp_path: Path) -> None:
    write_site(tmp_path / "a", '[site]\nid = "ab"\nname = "甲"\nkind = "建筑工地"\n')
    write_site(tmp_path / "b", '[site]\nid = "cd"\nname = "乙"\nkind = "建筑工地"\n[branch]\nfull_members = 3\n')
    sheet = openpyxl.load_workbook(export(tmp_path, output=tmp_path / "a.xlsx"))["站点"]
    absent, present = table(sheet)
    assert {header for header, value in absent.items() if value is not None} == {"站点编号", "站点名称", "站点类型"}
    assert (present["正式党员数"], present["任期（年）"], present["党小组数"], present["覆盖单位"]) == (
        3,
        None,
        0,
        "无",
    )


def test_nothing_is_judged(tmp_path: Path) -> None:
    write_site(tmp_path, edited(CONSTRUCTION, edit("full_members = 5", "full_members = 1")))
    result = pilot("export", tmp_path, "--output", tmp_path / "a.xlsx")
    assert (result.returncode, result.stdout, result.stderr) == (0, f"已写入：{tmp_path}/a.xlsx（1个试点单位）\n", "")


def test_what_cannot_be_read_is_left_out_and_told_with_its_place(tmp_path: Path) -> None:
    for name, text in {
        "a": CONSTRUCTION,
        "b": "= 1",
        "c": edited(COMMUNITY, edit('kind = "社区物业"', 'kind = "小区"')),
        "d": CONSTRUCTION,
        "e": "[site]\nname = 1\n",
    }.items():
        write_site(tmp_path / name, text)
    result = pilot("export", ".", "--output", "a.xlsx", cwd=tmp_path)
    lines = result.stderr.splitlines()
    assert [line.split(" ")[0] + line.split(" ")[1] for line in lines[:-1]] == [
        "b/site.toml:1:1:F003",
        "c/site.toml:9:1:F005",
        "d/site.toml:7:1:X001",
        "e/site.toml:1:1:F005",
        "e/site.toml:1:1:F005",
        "e/site.toml:2:1:F005",
    ]
    assert lines[-1] == "以上内容未写入台账，其中4个文件整个未写入；用 pilot check 检查可看到处理建议。"
    assert (result.returncode, result.stdout) == (0, "已写入：a.xlsx（1个试点单位）\n")
    rows = table(openpyxl.load_workbook(tmp_path / "a.xlsx")["站点"])
    assert [row["站点编号"] for row in rows] == ["good-construction"]


@pytest.mark.parametrize("key", ["id", "name", "kind"])
def test_what_is_exported_is_taken_by_an_import_and_a_site_that_it_would_refuse_is_told_at_once(
    key: str, tmp_path: Path
) -> None:
    write_site(tmp_path / "a", CONSTRUCTION)
    write_site(tmp_path / "b", re.sub(rf"(?m)^{key} = .*\n", "", COMMUNITY, count=1))
    result = pilot("export", ".", "--output", "a.xlsx", cwd=tmp_path)
    assert result.stdout == "已写入：a.xlsx（1个试点单位）\n"
    assert "b/site.toml" in result.stderr
    assert f"site.{key}" in result.stderr
    imported = pilot("import", "a.xlsx", "--output", "sites", cwd=tmp_path)
    assert (imported.returncode, imported.stderr) == (0, "")


def test_what_no_cell_can_hold_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    text = edited(CONSTRUCTION, edit('name = "江湾路工地"', 'name = "江湾\\u0007路"'), edit("工友夜校", "长" * 32_768))
    write_site(tmp_path / "a", text)
    write_site(tmp_path / "b", COMMUNITY)
    result = pilot("export", ".", "--output", "a.xlsx", cwd=tmp_path)
    assert result.returncode == 2
    first, second, *rest = result.stderr.splitlines()
    assert first == "a/site.toml:8:1: site.name 无法写入单元格：含有控制字符 U+0007"
    assert second == "a/site.toml:54:1: responsibility_list.items[1].title 无法写入单元格：超过 32767 个字符"
    assert "台账未生成" in rest[0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_file_that_is_there_is_kept_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_text("甲", encoding="utf-8")
    for arguments in (["checklists"], ["--template"]):
        result = pilot("export", *arguments, "--output", file)
        assert result.returncode == 2
        assert "--force" in result.stderr
        assert file.read_text(encoding="utf-8") == "甲"
    assert pilot("export", "checklists", "--output", file, "--force").returncode == 0
    assert openpyxl.load_workbook(file).sheetnames == SHEETS


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["checklists"], "--output"),
        (["checklists", "--output", "a.xls"], ".xlsx"),
        (["checklists", "--output", "a"], ".xlsx"),
        (["checklists", "--template", "--output", "a.xlsx"], "--template"),
        (["nowhere", "--output", "a.xlsx"], "nowhere"),
        (["checklists", "--output", "README.md/a.xlsx"], "README.md/a.xlsx"),
        (["checklists", "--output", "a.xlsx", "--jobs", "0"], "--jobs"),
    ],
)
def test_a_call_that_cannot_be_is_refused(arguments: list[str], told: str) -> None:
    result = pilot("export", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert told in result.stderr
    assert not (ROOT / "a.xlsx").exists()


def test_the_book_can_go_to_standard_output(path: Path) -> None:
    command = [sys.executable, "-m", "pilot_cli", "export", "checklists", "--output", "-"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert (result.stdout, result.stderr) == (path.read_bytes(), b"")


def test_a_site_can_come_from_standard_input(tmp_path: Path) -> None:
    result = pilot("export", "-", "--output", tmp_path / "a.xlsx", input=COMMUNITY)
    assert (result.returncode, result.stderr) == (0, "")
    assert table(openpyxl.load_workbook(tmp_path / "a.xlsx")["站点"])[0]["站点名称"] == "荔景花园"


def test_the_book_is_the_same_whenever_and_by_however_many_it_is_made(tmp_path: Path) -> None:
    folder = make_province(tmp_path / "province", 350)
    books = []
    for jobs in ("1", "2", "5"):
        result = pilot("export", folder, "--output", tmp_path / f"{jobs}.xlsx", "--jobs", jobs)
        assert result.returncode == 0
        books.append(((tmp_path / f"{jobs}.xlsx").read_bytes(), result.stderr))
    assert books[0] == books[1] == books[2]


def test_the_book_is_the_same_wherever_the_files_lie(path: Path, tmp_path: Path) -> None:
    assert pilot("import", path, "--output", tmp_path / "sites").returncode == 0
    assert export(tmp_path / "sites", output=tmp_path / "a.xlsx").read_bytes() == path.read_bytes()


def test_in_english_the_headers_are_english_and_the_words_are_those_of_the_files(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(export("checklists", output=tmp_path / "a.xlsx", language="en"))
    assert book.sheetnames[:3] == ["All sites", "Officers", "Responsibilities"]
    assert headers(book["All sites"])[:3] == ["Site ID", "Site name", "Kind of site"]
    assert {row["Kind of site"] for row in table(book["All sites"])} == {"社区物业", "建筑工地"}
    examples = [row[5] for row in book["How to fill in"].iter_rows(values_only=True) if row[1] == "Members"]
    assert examples == ["示例·张甲、示例·李乙"], "as they are to be written"


def test_an_empty_ledger_has_example_rows_and_nothing_else_is_different(template: Workbook, book: Workbook) -> None:
    assert template.sheetnames == SHEETS
    for name in SHEETS[:-1]:
        assert headers(template[name]) == headers(book[name])
        ids = {row["站点编号"] for row in table(template[name])}
        assert ids and ids <= {"example-community", "example-construction"}
        assert [cell.comment.text for cell in template[name][2]] == [cell.comment.text for cell in book[name][2]]
        rules = [
            [(str(found.sqref), found.type, found.formula1) for found in each[name].data_validations.dataValidation]
            for each in (template, book)
        ]
        assert rules[0] == rules[1]
    assert [*template["填写说明"].values] == [*book["填写说明"].values]
    assert len(table(template["站点"])) == 2
    filled = [{header for header, value in row.items() if value is not None} for row in table(template["站点"])]
    assert set.union(*filled) == set(headers(template["站点"]))
    assert "example-" in str(template["填写说明"]["A9"].value)


def test_the_examples_are_sites_without_mistakes() -> None:
    result = check("pilot_cli/exchange/examples", "--format", "concise", "--ignore", "B015,L011,A007,G009,W015")
    found = {line.split(" ")[1] for line in result.stdout.splitlines()}
    assert not found & {f"F00{number}" for number in range(1, 6)}
    assert not any(" error " in line for line in result.stdout.splitlines())


def test_every_sheet_is_printed_on_a4_across_in_letters_of_8_points_with_its_headers(book: Workbook) -> None:
    for sheet in book.worksheets[:-1]:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$1:$2"
        inches = 297 / 25.4 - sheet.page_margins.left - sheet.page_margins.right
        width = sum(sheet.column_dimensions[get_column_letter(n + 1)].width for n in range(sheet.max_column))
        if sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage:
            assert (sheet.page_setup.fitToWidth or 1) == 1
            # Excel takes 7 pixels of 1/96 inch for a character of its usual font.
            assert inches * 96 / (width * 7) * 10 >= 8
        else:
            assert sheet.page_setup.scale == 80
            assert sheet.print_title_cols == "$A:$B"
    assert not book["站点"].sheet_properties.pageSetUpPr.fitToPage
    assert all(book[name].sheet_properties.pageSetUpPr.fitToPage for name in SHEETS[1:-1])


def test_rows_are_as_high_as_their_texts_need(tmp_path: Path) -> None:
    reason = "项目部党员组织关系尚未全部转入，经街道党工委研究同意，" * 4
    waivers = [(reason, 9), ("场地受限", 1), ("甲\n乙\n丙", 3)]
    text = "".join(f'[[waivers]]\nrule = "B003"\nreason = {json.dumps(reason)}\n' for reason, _lines in waivers)
    write_site(tmp_path / "a", f'[site]\nid = "ab"\nname = "甲"\nkind = "建筑工地"\n{text}')
    sheet = openpyxl.load_workbook(export(tmp_path, output=tmp_path / "a.xlsx"))["暂不执行事项"]
    for row, (_reason, lines) in enumerate(waivers, 3):
        # A line of letters of 10 points takes 13 points or more.
        assert (sheet.row_dimensions[row].height or 13) >= 13 * lines


def test_libreoffice_prints_what_the_book_says(path: Path, tmp_path: Path) -> None:
    text = text_of(printed(path, tmp_path))
    for told in ("示例·佛山千灯苑小区", "阵地“六有”", "必填", "楼顶违建和堆物清理"):
        assert told in text
