"""Rows and cells as offices have them are understood, and what is not is told by address."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook

from pilot_cli.exchange.importing import Existing, ReadingOptions, UnreadableBookError
from pilot_cli.exchange.left_out import LeftOut
from tests.commands.books import Rows, export, make_book
from tests.exchange.field_book import HEADS, OTHER, SITE, read_books, read_rows

ITEMS = ["站点编号", "事项", "责任人", "类别", "完成时限"]


def items_of(told: Any, id: str = "gz-1") -> Any:
    return told.sites[id]["responsibility_list"]["items"]


def test_a_merged_cell_counts_for_each_of_its_rows(tmp_path: Path) -> None:
    items: Rows = [
        ITEMS,
        ["gz-1", "巡查", "张甲", "安全质量", datetime(2020, 12, 31)],
        [None, "夜校"],
        ["gz-2", "走访"],
    ]
    merges = [f"责任清单!{column}2:{column}3" for column in "ACDE"]
    told = read_rows(tmp_path, [[*HEADS, "地市"], [*SITE, "广州市"], OTHER], "站点!D2:D3", *merges, 责任清单=items)
    assert told.errors == []
    assert [site["site"]["city"] for site in told.sites.values()] == ["广州市", "广州市"]
    patrol, school = items_of(told)
    assert {**patrol, "title": ""} == {**school, "title": ""}
    assert (school["owner"], school["due"]) == ("张甲", date(2020, 12, 31))
    assert items_of(told, "gz-2") == [{"title": "走访"}]


def test_a_blank_below_a_value_is_no_merged_cell(tmp_path: Path) -> None:
    told = read_rows(
        tmp_path, [HEADS, SITE], 责任清单=[ITEMS, ["gz-1", "巡查", "张甲"], ["gz-1", "夜校"], [None, "走访"]]
    )
    assert told.errors == ["责任清单!A4 站点编号：不能为空；请填写站点编号或者站点名称"]


def test_a_row_with_nothing_but_merged_cells_is_no_entry(tmp_path: Path) -> None:
    items: Rows = [ITEMS, ["gz-1", "巡查", "张甲"], [], [None, "夜校"]]
    told = read_rows(tmp_path, [HEADS, SITE], "责任清单!A2:A4", 责任清单=items)
    assert [item["title"] for item in items_of(told)] == ["巡查", "夜校"]


@pytest.mark.parametrize("head", ["站点名称", "项目名称", "小区名称"])
def test_rows_may_name_their_site(head: str, tmp_path: Path) -> None:
    items: Rows = [[head, *ITEMS[1:]], ["一号　工地", "巡查"], ["二号小区", "走访"]]
    told = read_rows(tmp_path, [HEADS, SITE, OTHER], 责任清单=items)
    assert (items_of(told), items_of(told, "gz-2")) == ([{"title": "巡查"}], [{"title": "走访"}])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("一号工区", "没有名为“一号工区”的试点单位；是否为“一号工地”？"),
        ("示范项目", "没有名为“示范项目”的试点单位；请按“站点”表中的名称填写"),
    ],
)
def test_a_name_that_no_site_has_is_told_with_the_nearest(name: str, told: str, tmp_path: Path) -> None:
    items: Rows = [["站点名称", *ITEMS[1:]], [name, "巡查"]]
    assert read_rows(tmp_path, [HEADS, SITE], 责任清单=items).errors == [f"责任清单!A2 站点名称：{told}"]


def test_a_name_that_several_sites_have_is_not_enough(tmp_path: Path) -> None:
    items: Rows = [["站点名称", *ITEMS[1:]], ["一号工地", "巡查"]]
    told = read_rows(tmp_path, [HEADS, SITE, ["gz-3", *SITE[1:]]], 责任清单=items)
    assert told.errors == ["责任清单!A2 站点名称：有多个名为“一号工地”的试点单位；请同时填写站点编号：gz-1或gz-3"]


def test_an_id_and_a_name_that_do_not_fit_are_told(tmp_path: Path) -> None:
    items: Rows = [["站点编号", "站点名称", "事项"], ["gz-1", "二号小区", "巡查"]]
    told = read_rows(tmp_path, [HEADS, SITE, OTHER], 责任清单=items)
    assert told.errors == ["责任清单!B2 站点名称：“二号小区”不是站点“gz-1”的名称；请改正编号或者名称"]


@pytest.mark.parametrize("mark", ["/", "—", "——", "无", "暂无", "待定", "N/A", "不详"])
def test_a_mark_for_nothing_is_empty_in_every_column(mark: str, tmp_path: Path) -> None:
    heads = [*HEADS, "支部品牌", "批复日期", "正式党员数", "组建形式", "党建指导员"]
    told = read_rows(tmp_path, [heads, [*SITE, mark, mark, mark, mark, mark]])
    assert (told.errors, told.left_out) == ([], {LeftOut.MARK: 5})
    assert told.sites["gz-1"] == {"format": 1, "site": {"id": "gz-1", "name": "一号工地", "kind": "建筑工地"}}


def test_a_mark_is_a_word_where_it_is_one(tmp_path: Path) -> None:
    records: Rows = [["站点编号", "类型", "议决方式"], ["gz-1", "党课", "无"]]
    told = read_rows(tmp_path, [HEADS, SITE], 会议记录=records)
    assert told.sites["gz-1"]["work_rules"]["records"] == [{"kind": "党课", "decision": "无"}]


@pytest.mark.parametrize("system_1904", [False, True])
@pytest.mark.parametrize("day", [datetime(2020, 11, 23), date(2020, 11, 23)])
def test_dates_are_right_in_both_calendars_of_excel(day: Any, system_1904: bool, tmp_path: Path) -> None:
    book = Workbook()
    if system_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    for row in ([*HEADS, "成立日期"], [*SITE, day]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    assert read_books(tmp_path / "a.xlsx").sites["gz-1"]["branch"]["established_on"] == date(2020, 11, 23)


def test_a_time_behind_a_day_is_told_by_address(tmp_path: Path) -> None:
    heads = [*HEADS, "批复日期", "成立日期"]
    told = read_rows(tmp_path, [heads, [*SITE, datetime(2020, 3, 1, 9, 30), "2020-03-02 00:00:00"]])
    assert (told.errors, told.left_out) == ([], {})
    assert told.not_taken == ["站点!D2（1格）：只导入了日期，没有导入时刻；请只填日期"]
    assert told.sites["gz-1"]["branch"]["established_on"] == date(2020, 3, 2)


@pytest.mark.parametrize(("due", "frequency", "taken"), [("每月", None, "每月"), ("每季度", "每季度", "每季度")])
def test_how_often_something_is_due_goes_where_it_belongs(due: str, frequency: str, taken: str, tmp_path: Path) -> None:
    items: Rows = [[*ITEMS, "频次"], ["gz-1", "巡查", "张甲", "安全质量", due, frequency]]
    (item,) = items_of(read_rows(tmp_path, [HEADS, SITE], 责任清单=items))
    assert (item["frequency"], "due" in item) == (taken, False)


def test_two_frequencies_that_differ_are_told(tmp_path: Path) -> None:
    items: Rows = [[*ITEMS, "频次"], ["gz-1", "巡查", "张甲", "安全质量", "每月", "每年"]]
    told = read_rows(tmp_path, [HEADS, SITE], 责任清单=items)
    assert told.errors == ["责任清单!E2 完成时限：“每月”与“频次”列的“每年”不一致；请只保留一处，或者填写日期"]


def test_columns_named_after_words_are_ticked(tmp_path: Path) -> None:
    rows: Rows = [
        [*HEADS, "阵地“六有”", None, None, None, None, None],
        [None, None, None, "场所", "设施", "标志", "党旗", "书报", "制度"],
        [*SITE, "√", "有", None, "Y", 1, "×"],
        [*OTHER, None, None, None, None, None, None],
    ]
    told = read_rows(tmp_path, rows, "站点!D1:I1")
    assert (told.errors, told.ignored) == ([], [])
    assert told.sites["gz-1"]["activity_space"] == {"has": ["场所", "设施", "党旗", "书报"]}
    assert "activity_space" not in told.sites["gz-2"]


def test_all_in_a_column_of_words_means_all_of_them(tmp_path: Path) -> None:
    told = read_rows(tmp_path, [[*HEADS, "六有"], [*SITE, "六项齐全"]])
    assert len(told.sites["gz-1"]["activity_space"]["has"]) == 6


def test_an_error_value_is_told_wherever_it_stands(tmp_path: Path) -> None:
    book = make_book(
        tmp_path / "a.xlsx",
        {"站点": [[*HEADS, "地市"], ["#N/A", "甲", "建筑工地", "#REF!"]], "责任清单": [ITEMS, ["gz-1"]]},
    )
    workbook = openpyxl.load_workbook(book)
    for place in ("A2", "D2"):
        workbook["站点"][place].data_type = "e"
    workbook["责任清单"]["B3"] = "=1/0"
    workbook.save(book)
    told = read_books(book)
    assert [line.partition("；")[0] for line in told.errors] == [
        *("站点!A2 站点编号：是错误值 #N/A", "站点!D2 地市：是错误值 #REF!"),
        *("责任清单!A2 站点编号：“gz-1”不在“站点”表中", "责任清单!A3 站点编号：不能为空"),
        "责任清单!B3 事项：公式没有计算结果",
    ]


def test_a_formula_without_a_result_below_all_else_is_told(tmp_path: Path) -> None:
    told = read_rows(tmp_path, [HEADS, SITE, [None, "=A1"]])
    assert [line.partition("；")[0] for line in told.errors] == ["站点!B3 站点名称：公式没有计算结果"]


def test_an_example_that_was_written_over_is_an_error(tmp_path: Path) -> None:
    book = export("--template", output=tmp_path / "a.xlsx")
    workbook = openpyxl.load_workbook(book)
    workbook["站点"]["B3"] = "一号工地"
    workbook.save(book)
    told = read_books(book)
    assert told.errors[0] == (
        "站点!A3 站点编号：“example-community”是示例的编号；请改为本单位的站点编号，或者留空由系统编号"
    )


def test_examples_alone_are_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableBookError, match="只有示例行"):
        read_books(export("--template", output=tmp_path / "a.xlsx"))


def test_two_spellings_are_one_person_in_an_update(tmp_path: Path) -> None:
    officers: Rows = [["站点编号", "姓名", "职务"], ["gz-1", "张甲", "书记"]]
    read_rows(tmp_path, [HEADS, SITE], 班子成员=officers)
    officers[1] = ["gz-1", "张　甲 ", "副书记"]
    book = make_book(tmp_path / "b.xlsx", {"班子成员": officers})
    told = read_books(book, existing=Existing.UPDATE)
    assert told.sites["gz-1"]["branch"]["officers"] == [{"name": "张甲", "posts": ["副书记"]}]


def test_without_made_ids_each_site_needs_its_own(tmp_path: Path) -> None:
    book = make_book(tmp_path / "a.xlsx", {"站点": [HEADS, [None, *SITE[1:]]]})
    told = read_books(book, options=ReadingOptions(needs_ids=True))
    assert told.errors == ["站点!A2 站点编号：不能为空；请填写站点编号"]
