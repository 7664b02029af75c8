"""Headers and sheets as offices have them are recognised, and what is not is told."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pilot_cli.exchange.importing import ReadingOptions, UnreadableBookError
from pilot_cli.exchange.left_out import LeftOut
from tests.commands.books import Rows, make_book
from tests.exchange.field_book import HEADS, OTHER, SITE, read_books, read_rows

DAY = date(2020, 3, 1)


@pytest.mark.parametrize(
    ("header", "table", "key", "cell", "value"),
    [
        ("成立时间", "branch", "established_on", "2020-03-01", DAY),
        ("批复时间", "branch", "approved_on", "2020-03-01", DAY),
        ("批准日期", "branch", "approved_on", "2020-03-01", DAY),
        ("开工时间", "site", "started_on", "2020-03-01", DAY),
        ("开工日期（年/月/日）", "site", "started_on", "2020-03-01", DAY),
        ("联系领导", "site", "liaison", "陈某", "陈某"),
        ("党员人数", "branch", "full_members", 5, 5),
        ("党员人数（人）", "branch", "full_members", "5人", 5),
        ("支部名称", "branch", "name", "一号支部", "一号支部"),
        ("所属企业", "site", "organization", "示例公司", "示例公司"),
        ("面积（㎡）", "activity_space", "area_m2", "30㎡", 30),
        ("阵地面积(平方米)", "activity_space", "area_m2", 30, 30),
        ("所在市", "site", "city", "广州市", "广州市"),
        ("县（市、区）", "site", "district", "海珠区", "海珠区"),
        ("组建形式（下拉选择）", "branch", "form", "临时", "临时"),
        ("＊组 建 形 式：", "branch", "form", "临时", "临时"),
        ("批复文号（如有）", "branch", "approval_no", "示例〔2020〕1号", "示例〔2020〕1号"),
        ("任期", "branch", "term_years", "3年", 3),
        ("换届时间", "branch", "elected_on", "2020-03-01", DAY),
    ],
)
def test_a_field_has_other_names(header: str, table: str, key: str, cell: Any, value: Any, tmp_path: Path) -> None:
    told = read_rows(tmp_path, [[*HEADS, header], [*SITE, cell]])
    assert (told.errors, told.ignored) == ([], [])
    assert told.sites["gz-1"][table][key] == value


@pytest.mark.parametrize("name", ["项目名称", "工程名称", "小区名称", "工地名称", "试点单位"])
def test_a_site_has_other_names(name: str, tmp_path: Path) -> None:
    told = read_rows(tmp_path, [["编号", name, "类别"], SITE])
    assert told.sites["gz-1"]["site"] == {"id": "gz-1", "name": "一号工地", "kind": "建筑工地"}


def test_the_label_of_a_field_counts_more_than_another_name(tmp_path: Path) -> None:
    told = read_rows(tmp_path, [[*HEADS, "党员人数", "正式党员数"], [*SITE, 9, 7]])
    assert told.sites["gz-1"]["branch"]["full_members"] == 7
    (line,) = told.not_taken
    assert line.endswith("（1格）：“党员人数”列不属于台账栏目，相近的表头是“正式党员数”")


def test_an_office_has_names_of_its_own(tmp_path: Path) -> None:
    own = ReadingOptions(own_names={"楼宇": "站点名称", "挂点书记": "site.liaison"})
    book = make_book(tmp_path / "a.xlsx", {"站点": [["站点编号", "楼宇", "站点类型", "挂点书记"], [*SITE, "陈某"]]})
    assert read_books(book, options=own).sites["gz-1"]["site"]["liaison"] == "陈某"


def test_a_required_column_that_is_missing_is_named_with_headers_that_would_do(tmp_path: Path) -> None:
    told = read_rows(tmp_path, [["站点编号", "站点名称", "批次"], SITE])
    assert told.errors == ["站点!A1 缺少“站点类型”列；表头可写作：站点类型、类型、类别、项目类型、站点类别、试点类型"]


def test_an_empty_column_that_nobody_knows_is_not_told(tmp_path: Path) -> None:
    assert read_rows(tmp_path, [[*HEADS, "备注"], SITE]).ignored == []


GROUPS: Rows = [
    ["站点编号", "站点名称", "站点类型", "党支部责任清单", None, "党员发挥作用工作指引", "党员人数", None],
    [None, None, None, "印发日期", "佐证材料", "印发日期", "正式", "预备"],
    [*SITE, "2020-01-01", "documents/a.txt", "2020-02-02", 5, 1],
]


@pytest.mark.parametrize("is_merged", [True, False])
def test_two_rows_of_headers_are_read_together(is_merged: bool, tmp_path: Path) -> None:
    merges = ["站点!D1:E1", "站点!G1:H1", *(f"站点!{column}1:{column}2" for column in "ABC")] if is_merged else []
    told = read_rows(tmp_path, GROUPS, *merges)
    assert (told.errors, told.ignored) == ([], [])
    site = told.sites["gz-1"]
    assert site["responsibility_list"] == {"issued_on": date(2020, 1, 1), "documents": ["documents/a.txt"]}
    assert site["member_guide"] == {"issued_on": date(2020, 2, 2)}
    assert site["branch"] == {"full_members": 5, "probationary_members": 1}


def test_the_head_of_a_group_may_be_repeated(tmp_path: Path) -> None:
    rows: Rows = [[*HEADS, "工作制度", "工作制度"], [*HEADS, "印发时间", "佐证材料"], [*SITE, "2020-01-01", "a.txt"]]
    assert read_rows(tmp_path, rows).sites["gz-1"]["work_rules"] == {
        "issued_on": date(2020, 1, 1),
        "documents": ["a.txt"],
    }


def test_a_group_does_not_reach_beyond_its_cells(tmp_path: Path) -> None:
    rows: Rows = [[*HEADS, "党员人数", None, None], [None, None, None, "正式", "女", "备注"], [*SITE, 5, 2, "好"]]
    told = read_rows(tmp_path, rows, "站点!D1:E1")
    assert told.sites["gz-1"]["branch"] == {"full_members": 5}
    assert [line.partition("列")[0] for line in told.not_taken] == ["站点!E3（1格）：“女”", "站点!F3（1格）：“备注”"]


def test_a_title_over_all_columns_is_no_group(tmp_path: Path) -> None:
    rows: Rows = [["试点单位党支部责任清单台账"], [*HEADS, "成立时间"], [*SITE, "2020-03-01"]]
    assert read_rows(tmp_path, rows, "站点!A1:D1").sites["gz-1"]["branch"] == {"established_on": DAY}


@pytest.mark.parametrize(
    "row",
    [
        [1, 2, 3, 4],
        ["（1）", "（2）", "（3）", "（4）"],
        ["A", "B", "C", "D"],
        ["必填", "必填，全称", "下拉选择", "如：5"],
        ["（自动编号）", "请填写批复中的全称", "下拉选择", "填写正式党员人数"],
    ],
)
def test_a_row_that_explains_the_columns_is_counted(row: list[Any], tmp_path: Path) -> None:
    told = read_rows(tmp_path, [[*HEADS, "党员人数"], row, [*SITE, 5]])
    assert (list(told.sites), told.errors, told.left_out) == (["gz-1"], [], {LeftOut.EXPLANATION: 1})


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["合计", None, None, 8], LeftOut.TOTAL),
        ([None, "小计", None, 8], LeftOut.TOTAL),
        (["总 计", None, None, 8], LeftOut.TOTAL),
        (["广州市小计", None, None, 8], LeftOut.TOTAL),
        (["合计（2个）", None, None, 8], LeftOut.TOTAL),
        (["注：党员人数不含预备党员。"], LeftOut.NOTE),
        (["备注：", "以批复为准"], LeftOut.NOTE),
        (["填报人：张甲", None, "联系电话：020-1"], LeftOut.NOTE),
        (["填表日期：2020年11月23日"], LeftOut.NOTE),
        (["单位（盖章）："], LeftOut.NOTE),
        ([*HEADS, "党员人数"], LeftOut.HEADER),
        (["一、广州市"], LeftOut.CAPTION),
        (["深圳市（12个）"], LeftOut.CAPTION),
    ],
)
def test_a_row_that_is_no_site_is_counted(row: list[Any], reason: LeftOut, tmp_path: Path) -> None:
    told = read_rows(tmp_path, [[*HEADS, "党员人数"], [*SITE, 5], row, [*OTHER, 3]])
    assert (list(told.sites), told.errors, told.left_out) == (["gz-1", "gz-2"], [], {reason: 1})


def test_a_note_may_go_on(tmp_path: Path) -> None:
    rows: Rows = [HEADS, SITE, ["注：1. 名称以批复为准。"], ["2. 类型从下拉中选。"], ["（3）其他。"]]
    assert read_rows(tmp_path, rows).left_out == {LeftOut.NOTE: 3}


def test_numbers_of_rows_are_counted_and_no_entries(tmp_path: Path) -> None:
    rows: Rows = [["序号", *HEADS], [1, *SITE], [2, *OTHER], [3], [4]]
    told = read_rows(tmp_path, rows)
    assert (list(told.sites), told.errors, told.left_out) == (["gz-1", "gz-2"], [], {LeftOut.NUMBERING: 4})


@pytest.mark.parametrize(
    "names",
    [["站点信息"], ["站点（广州）"], ["Sheet1"], ["广州", "深圳"], ["站点（广州）", "站点（深圳）"], ["2020年台账"]],
)
def test_sheets_are_known_by_their_names_or_their_headers(names: list[str], tmp_path: Path) -> None:
    rows = [SITE, OTHER]
    parts = [rows] if len(names) == 1 else [[row] for row in rows]
    sheets = {name: [HEADS, *part] for name, part in zip(names, parts, strict=True)}
    told = read_books(make_book(tmp_path / "a.xlsx", sheets))
    assert (list(told.sites), told.errors, told.ignored) == (["gz-1", "gz-2"], [], [])


def test_a_list_is_known_by_its_headers_too(tmp_path: Path) -> None:
    sheets = {"甲": [HEADS, SITE], "乙": [["站点名称", "姓名", "党内职务"], ["一号工地", "张甲", "书记"]]}
    told = read_books(make_book(tmp_path / "a.xlsx", sheets))
    assert told.sites["gz-1"]["branch"]["officers"] == [{"name": "张甲", "posts": ["书记"]}]


def test_a_sheet_with_known_headers_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    told = read_rows(tmp_path, [HEADS, SITE], 进度表=[["事项", "责任人", "完成时限"], ["巡查", "张甲", "2020-12-31"]])
    assert told.errors == [
        "进度表!A1 缺少“站点名称”列；表头可写作：站点名称、项目名称、工程名称、小区名称、工地名称、站点、"
        "站点编号、编号、站点代码、试点编号、项目编号、单位编号"
    ]


def test_a_sheet_that_sums_up_is_told_and_left_out(tmp_path: Path) -> None:
    told = read_rows(tmp_path, [HEADS, SITE], 汇总=[["地市", "党员人数", "党小组数"], ["广州市", 5, 1]])
    assert (told.errors, told.ignored) == ([], ["工作表“汇总”不属于台账"])


def test_headers_alone_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableBookError, match="表头下面没有内容"):
        read_rows(tmp_path, [HEADS])


def test_a_wrong_cell_is_told_under_the_header_that_its_book_has(tmp_path: Path) -> None:
    rows: Rows = [
        [*HEADS, "批复\n时间", "党员人数", None],
        [None, None, None, None, "正式", "预备"],
        [*SITE, "去年", "若干", "多名"],
    ]
    told = read_rows(tmp_path, rows, "站点!E1:F1")
    assert [line.partition("：")[0] for line in told.errors] == [
        *("站点!D3 批复 时间", "站点!E3 党员人数/正式", "站点!F3 党员人数/预备")
    ]


def test_a_book_without_headers_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableBookError, match="没有一张工作表的名称或者表头与台账"):
        read_books(make_book(tmp_path / "a.xlsx", {"Sheet1": [["甲", "乙"], [1, 2]]}))


FORM: Rows = [
    ["试点单位登记表"],
    ["站点名称", "一号工地", "站点类型", "建筑工地"],
    ["党支部", "名称", "一号支部", "成立时间", "2020-03-01"],
    [None, "党员人数", "5人", "备注", "好"],
]


def test_a_form_is_read_label_by_label(tmp_path: Path) -> None:
    book = make_book(tmp_path / "a.xlsx", {"一号": FORM}, ["一号!A3:A4", "一号!A1:E1"])
    told = read_books(book)
    (site,) = told.sites.values()
    assert site["site"]["name"] == "一号工地"
    assert site["branch"] == {"name": "一号支部", "established_on": DAY, "full_members": 5}
    assert told.not_taken == ["一号!D4、E4（2格）：旁边没有台账认得的栏目名称"]
    own = read_books(book, options=ReadingOptions(own_names={"备注": "/"}))
    assert (own.not_taken, own.left_out) == ([], {LeftOut.OWN: 1})


def test_a_label_that_is_left_out_is_the_value_of_no_other(tmp_path: Path) -> None:
    form: Rows = [*FORM[:3], [None, "党员人数", "备注", None, "好"]]
    book = make_book(tmp_path / "a.xlsx", {"一号": form}, ["一号!A3:A4", "一号!A1:E1"])
    told = read_books(book, options=ReadingOptions(own_names={"备注": "/"}))
    (site,) = told.sites.values()
    assert site["branch"] == {"name": "一号支部", "established_on": DAY}
    assert (told.not_taken, told.left_out) == (["一号!E4（1格）：旁边没有台账认得的栏目名称"], {})


def test_each_sheet_may_be_a_form(tmp_path: Path) -> None:
    second: Rows = [*FORM[:1], ["站点名称", "二号小区", "站点类型", "社区物业"], ["地市", "广州市"]]
    told = read_books(make_book(tmp_path / "a.xlsx", {"一号": [*FORM[:2], ["地市", "广州市"]], "二号": second}))
    assert sorted(site["site"]["name"] for site in told.sites.values()) == ["一号工地", "二号小区"]


def test_what_is_wrong_in_a_form_is_told_by_its_cell(tmp_path: Path) -> None:
    rows: Rows = [["站点名称", "一号工地"], ["站点类型", "大楼"], ["成立日期", "2020年3月"]]
    told = read_books(make_book(tmp_path / "a.xlsx", {"一号": rows}))
    assert [line.partition(" ")[0] for line in told.errors] == ["一号!B2", "一号!B3"]
