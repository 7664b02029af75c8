"""Cells are understood as people write them, and what cannot be understood is refused with what to type instead."""

from datetime import date, datetime, time, timedelta
from math import inf, nan
from typing import Any

import pytest

from pilot_cli.exchange.books.details import FailedCell, ReadCell
from pilot_cli.exchange.cell_error import CellError
from pilot_cli.exchange.dates import has_time
from pilot_cli.exchange.left_out import Tally
from pilot_cli.exchange.values import TomlValue, reader
from pilot_cli.site.field import find_field
from pilot_cli.site.model import Item, Record

DAY = date(2020, 11, 23)


def read(path: str, cell: ReadCell, within: type | None = None) -> TomlValue:
    field = find_field(path, within) if within else find_field(path)
    return reader(field)(cell, Tally())


def refusal(path: str, cell: ReadCell, within: type | None = None) -> str:
    with pytest.raises(CellError) as raised:
        read(path, cell, within)
    return f"{raised.value.problem}；{raised.value.advice}"


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        datetime(2020, 11, 23),
        datetime(2020, 11, 23, 9, 30),
        44158.0,
        44158,
        44158.5,
        "44158",
        20201123.0,
        "20201123",
        *("2020-11-23", "2020/11/23", "2020.11.23", "2020年11月23日", "2020年11月23", " 2020-11-23 "),
        *("2020 年 11 月 23 日", "２０２０年１１月２３日", "2020／11／23", "2020．11．23", "2020。11。23"),
        *("2020-11-23 00:00:00", "2020-11-23 0:00", "2020/11/23 09:30", "2020年11月23号", "2020-11-23T00:00:00"),
        *("20.11.23", "20年11月23日", "20/11/23", "20-11-23", "二〇二〇年十一月二十三日", "二○二○年十一月二十三日"),
        *(
            "\u200b2020-11-23\ufeff",
            "2020\u00a0-11-23",
            "2020–11–23",
            "2020年11月23日（星期一）",
            "2020-11-23 下午3:20",
        ),
    ],
)
def test_a_date_is_read(cell: ReadCell) -> None:
    assert read("due", cell, Item) == DAY


@pytest.mark.parametrize(
    ("cell", "times"),
    [
        *((datetime(2020, 11, 23), 0), (datetime(2020, 11, 23, 9, 30), 1), (44158.5, 1), (44158.0, 0)),
        *(("2020-11-23 00:00:00", 0), ("2020-11-23T08:00:00Z", 1), ("2020-11-23", 0), ("2020/11/23 9:30", 1)),
    ],
)
def test_a_time_of_day_is_one_unless_it_is_midnight(cell: ReadCell, times: int) -> None:
    assert has_time(cell) == bool(times)
    assert read("due", cell, Item) == DAY


def test_days_are_counted_as_excel_does() -> None:
    assert [read("due", float(day), Item) for day in (18_264, 73_050)] == [date(1950, 1, 1), date(2099, 12, 31)]


@pytest.mark.parametrize(
    "cell",
    [
        *("2020-13-01", "2020-02-30", "2020年11月", "11月23日", "去年", "2020-11-23 上午", "9" * 5000),
        *("2020", "202011", "1123", "2020" + " " * 32_000 + "x", "11/23/2020", "2020年3月至5月"),
        *(2020.0, 202011.0, 5.0, 18_263.0, 73_051.0, 0.0, -1.0, 3e6, 1e300, inf, nan, True, time(9, 0), timedelta(1)),
    ],
)
def test_what_is_no_date_is_refused_with_an_example(cell: Any) -> None:
    assert "例如 2020-11-23" in refusal("due", cell, Item)


@pytest.mark.parametrize("cell", ["2020年11月", "2020-11", "2020.11", "202011", "20年11月"])
def test_a_month_alone_wants_a_day(cell: str) -> None:
    assert refusal("due", cell, Item) == f"“{cell}” 缺少日；请补填日，例如 2020-11-23"


@pytest.mark.parametrize("cell", ["每月", "每月一次", " 每季度 ", "每半年"])
def test_how_often_something_is_due_is_no_date_but_taken(cell: str) -> None:
    assert str(read("due", cell, Item)) in cell


def test_what_never_ends_wants_a_frequency() -> None:
    assert refusal("due", "长期", Item) == "“长期” 不是日期；请留空，并在“频次”列填每月、每季度、每半年、每年之一"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        *((8.0, 8), ("8", 8), (" 8 ", 8), ("８", 8), ("1,200", 1200), ("8.0", 8), (36.5, 36.5), ("36.5", 36.5)),
        *(("9223372036854775807", 2**63 - 1), (1e300, 1e300), (-1.0, -1)),
        *(
            ("30㎡", 30),
            ("30平方米", 30),
            ("30 m²", 30),
            ("约30", 30),
            ("约30平米", 30),
            ("30㎡左右", 30),
            ("五十", 50),
        ),
    ],
)
def test_a_number_is_read(cell: ReadCell, number: float) -> None:
    found = read("activity_space.area_m2", cell)
    assert (found, type(found)) == (number, type(number))


@pytest.mark.parametrize(
    ("cell", "number"),
    [("5人", 5), ("５名", 5), ("五", 5), ("十二人", 12), ("一百零五", 105), ("二十", 20), ("共8人", 8)],
)
def test_people_are_counted_in_words_too(cell: str, number: int) -> None:
    assert read("branch.full_members", cell) == number


@pytest.mark.parametrize(("cell", "years"), [("3年", 3), ("三年", 3), ("五", 5)])
def test_a_term_may_have_its_unit(cell: str, years: int) -> None:
    assert read("branch.term_years", cell) == years


def test_a_year_may_be_called_one() -> None:
    assert [read("year", cell, Record) for cell in ("2020年度", "2020年", "二〇二〇年", 2020.0)] == [2020] * 4


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        *(("5%", "是百分数"), ("百分之五", "是百分数"), ("5万元", "是金额"), ("￥5", "是金额"), ("5-8", "是数字范围")),
        *(("5人至8人", "是数字范围"), ("5～8", "是数字范围"), ("五六", "“五六” 不是整数")),
        *(
            (DAY, "“2020-11-23” 不是整数"),
            (True, "true 不是整数"),
            ("8亩", "“8亩” 不是整数"),
            ("若干", "“若干” 不是整数"),
        ),
        *(("1_000", "“1_000” 不是整数"), ("1,2", "“1,2” 不是整数"), ("0x8", "“0x8” 不是整数")),
    ],
)
def test_what_is_no_number_is_refused_in_words(cell: ReadCell, told: str) -> None:
    assert refusal("branch.full_members", cell) == f"{told}；请只填数字，例如 5"


@pytest.mark.parametrize("cell", ["36个月", "30亩"])
def test_a_number_in_another_unit_is_refused(cell: str) -> None:
    refusal("branch.term_years" if "月" in cell else "activity_space.area_m2", cell)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        *(
            (20200008.0, "20200008"),
            (13800138000.0, "13800138000"),
            (0.5, "0.5"),
            (True, "TRUE"),
            (time(9, 0), "09:00"),
        ),
        *((" 红色 ", " 红色 "), ("=1+1", "=1+1"), ('""', ""), ('"红色"', '"红色"'), ('"无"', "无")),
    ],
)
def test_a_text_is_what_was_meant_whatever_excel_took_it_for(cell: ReadCell, text: str) -> None:
    assert read("branch.approval_no", cell) == text


@pytest.mark.parametrize("cell", [DAY, datetime(2025, 9, 18)])
def test_a_date_in_a_column_of_texts_is_refused(cell: ReadCell) -> None:
    told = refusal("activity_space.opening_hours", cell)
    assert told.startswith("已被 Excel 改成日期 20") and told.endswith("请将该列设为文本格式后重新填写")


@pytest.mark.parametrize("path", ["branch.approval_no", "branch.full_members", "branch.approved_on", "site.kind"])
@pytest.mark.parametrize("cell", ["/", "—", "——", "-", "无", "暂无", "待定", "N/A", "？", " / ", "TBD"])
def test_a_mark_for_nothing_is_nothing_in_every_column(path: str, cell: str) -> None:
    assert read(path, cell) is None


@pytest.mark.parametrize("path", ["branch.approval_no", "branch.full_members", "branch.approved_on", "site.kind"])
@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#DIV/0!", "#name?"])
def test_an_error_value_is_told_in_every_column(path: str, cell: str) -> None:
    assert refusal(path, cell) == f"是错误值 {cell}；请填写实际内容，或者留空"


def test_a_failed_cell_is_told_as_what_it_is() -> None:
    assert refusal("site.name", FailedCell("#REF!")).startswith("是错误值 #REF!")
    assert refusal("site.name", FailedCell("")).startswith("公式没有计算结果")


@pytest.mark.parametrize("cell", ["1.23457E+17", "4.4E+15", 4.4e17])
def test_a_number_that_excel_has_shortened_is_told(cell: ReadCell) -> None:
    assert "已被 Excel 截短" in refusal("site.name", cell)


def test_spaces_beside_a_word_mean_nothing() -> None:
    assert read("site.kind", " 建筑工地\u3000") == "建筑工地"


def test_a_word_with_what_says_nothing_more_is_the_word() -> None:
    assert read("branch.form", "临时党支部") == "临时"


def test_all_of_a_list_is_all_its_words() -> None:
    for cell in ("全部", "六项齐全", "6项齐全", "齐全", "六有齐全"):
        assert read("activity_space.has", cell) == ["场所", "设施", "标志", "党旗", "书报", "制度"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        *(("√", ["场所"]), ("✔", ["场所"]), ("是", ["场所"]), ("有", ["场所"]), ("Y", ["场所"]), (1.0, ["场所"])),
        *(("×", []), ("否", []), ("无", []), (0.0, []), ("/", None)),
    ],
)
def test_a_tick_below_a_word_means_the_word(cell: ReadCell, words: list[str] | None) -> None:
    assert reader(find_field("activity_space.has"), "场所")(cell, Tally()) == words


def test_what_is_no_tick_is_refused() -> None:
    with pytest.raises(CellError) as raised:
        reader(find_field("activity_space.has"), "场所")("部分", Tally())
    assert str(raised.value.advice) == "有的打“√”，没有的留空"
